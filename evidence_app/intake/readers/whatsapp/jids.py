"""How WhatsApp names accounts, groups and lists in its databases."""

from __future__ import annotations

from dataclasses import dataclass

from evidence_app.model.event import Direction, Outcome

_PERSONS = ("s.whatsapp.net", "c.us")
_MANY = ("g.us", "broadcast", "newsletter")


@dataclass(frozen=True, slots=True)
class Account:
    """Whom an id of WhatsApp's stands for.

    Attributes:
        identifier: The telephone number with its country; of an account without one, the id.
        is_group: Whether it is a group, a list, or the status that all contacts see.
    """

    identifier: str = ""
    is_group: bool = False


def account(jid: str) -> Account:
    """Whom an id stands for; nobody if it is empty."""
    user, _, server = jid.strip().partition("@")
    # A device's number may follow the user's.
    user = user.partition(":")[0].partition(".")[0] if server in _PERSONS else user
    if server in _MANY:
        return Account(jid.strip(), is_group=True)
    if server in _PERSONS and user.isascii() and user.isdigit():
        return Account(f"+{user}")
    return Account(jid.strip())


def call_outcome(direction: Direction, *, answered: bool, rejected: bool = False) -> Outcome:
    """What became of a call; of one that went out only that it was answered is certain."""
    if answered:
        return Outcome.ANSWERED
    if direction is not Direction.INCOMING:
        return Outcome.UNKNOWN
    return Outcome.REJECTED if rejected else Outcome.MISSED
