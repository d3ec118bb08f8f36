"""Who of the authors of a chat is the person whose phone it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evidence_app.model import numbers
from evidence_app.model.event import Direction

_TELEPHONE = re.compile(r"\+\d{7,15}|1[3-9]\d{9}|106\d{5,17}|95\d{3,6}|0\d{9,11}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Sides:
    """Who is who in a chat.

    Attributes:
        owner: The author that is the person, or None if that is not known.
        partner: The other side of a chat of two, or None in a group.
        chat: What the chat is called, empty if not told.
    """

    owner: str | None
    partner: str | None
    chat: str = ""

    def of(self, author: str) -> tuple[Direction, str]:
        """Who reached out, and the other side's name; empty for what went to a whole group."""
        if self.owner is None:
            return Direction.NONE, author
        if author == self.owner:
            return Direction.OUTGOING, self.partner or ""
        return Direction.INCOMING, author


def sides(authors: Sequence[str], owners: Iterable[str], chat: str, is_group: bool) -> Sides:
    """Find the owner among the authors.

    Args:
        authors: Everybody who wrote, the most frequent first.
        owners: Names and numbers of the person's own.
        chat: The chat's name; in a chat of two it is that of the other side.
        is_group: Whether the chat says of itself that it is one.
    """
    owners = tuple(owners)
    owner_names = {folded(name) for name in owners if name.strip()}
    owner = next((author for author in authors if folded(author) in owner_names), None)
    is_group = is_group or len(authors) > 2
    if is_group:
        return Sides(owner, None, chat)
    others = [author for author in authors if author != owner]
    if owner is not None:
        return Sides(owner, others[0] if others else chat or None, chat)
    if len(authors) == 1 and _TELEPHONE.fullmatch(_bare(authors[0])):
        # Who is known by a number, and did not write under it, is not the one who wrote.
        own = next((name for name in owners if _TELEPHONE.fullmatch(_bare(name))), None)
        if own is not None:
            return Sides(own, authors[0], chat)
    partner = (
        next((author for author in authors if folded(author) == folded(chat)), None)
        if chat
        else None
    )
    if partner is not None:
        mine = next((author for author in authors if author != partner), "")
        return Sides(mine, partner, chat)
    return Sides(None, None, chat)


def _bare(number: str) -> str:
    return re.sub(r"[\s().~-]", "", number)


def folded(name: str) -> str:
    """A name or number as it is compared."""
    digits = numbers.normalize(name.strip("~ \u00a0"), None)
    if digits.lstrip("+").isdigit():
        # The end of a number is the same with a country's code and without.
        return digits.lstrip("+")[-10:]
    return " ".join(name.strip("~ \u00a0").split()).casefold()


def account(service: str, name: str) -> str:
    """The identifier of an account or of a name that people chose there.

    Digits among them are no telephone number, so they are told apart by the service's name.
    """
    plain = numbers.normalize(name, None).lstrip("+")
    return f"{service} {name.strip()}" if plain.isdigit() else name
