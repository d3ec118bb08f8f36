"""What all predicates share: what counts, for whom it counts, and a hit."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.party import Role
from evidence_app.model.suggestion import EventRole, Missing, SubjectRole
from evidence_app.rulebook.contact import CHANNELS, COLLECTING, Contact, Passage
from evidence_app.rulebook.lexicon import Speaker

if TYPE_CHECKING:
    from evidence_app.rulebook.contacts import Contacts


@dataclass(frozen=True, slots=True)
class Hit:
    """Events that break a rule, as far as the predicate can tell.

    Attributes:
        subjects: The events and what they are to it.
        arithmetic: What was counted.
        missing: What is not known and could refute it.
        day: The day that it belongs to, where the predicate has a `Predicate.reach`.
    """

    subjects: tuple[EventRole, ...]
    arithmetic: Mapping[str, Any]
    missing: tuple[Missing, ...] = ()
    day: date | None = None


class Predicate(Protocol):
    """What a rule's parameters become."""

    @property
    def reach(self) -> int | None:
        """How many days around its own a hit depends on; None: it may be all of them.

        What is found for a day follows from the contacts of that many days before and after it.
        """
        ...

    def hits(self, contacts: Contacts) -> Iterator[Hit]:
        """What breaks the rule."""
        ...


GroupKey = tuple[Hashable, ...]


def speaker_of(contact: Contact) -> Speaker:
    """Whose words the text of a contact is, as far as that is known.

    A call or a visit has no words of its own: its text is what the person tells of it.
    """
    is_retold = contact.type in (EventType.CALL, EventType.VISIT)
    if contact.role in COLLECTING and not is_retold:
        return Speaker.COLLECTOR
    return Speaker.UNKNOWN


def may_be_theirs(contact: Contact) -> bool:
    """Whether a collector may have said it: what the person said themselves never counts."""
    return (
        contact.own_act is None
        and contact.direction is not Direction.OUTGOING
        and contact.role not in (Role.ME, Role.THIRD_PARTY, Role.AUTHORITY)
        and contact.type not in _OWN_WORDS
    )


def passages_of(contact: Contact) -> tuple[Passage, ...]:
    """What a collector may have said in a contact, and in what came with it."""
    if not contact.text or not may_be_theirs(contact):
        return contact.passages
    return (Passage(contact.text, speaker_of(contact)), *contact.passages)


def is_with_other(contact: Contact) -> bool:
    """Whether an event states that collectors contacted somebody else."""
    return (
        contact.role is Role.THIRD_PARTY
        and contact.direction is Direction.NONE
        and contact.own_act is None
        and contact.type in _CONTACT
    )


_CONTACT: frozenset[EventType] = frozenset().union(*CHANNELS.values())
_OWN_WORDS = frozenset(
    {EventType.NOTE, EventType.PAYMENT, EventType.AGREEMENT, EventType.COMPLAINT}
)


_KEYS: dict[str, Callable[[Contact], Hashable]] = {
    "collector": lambda contact: contact.collector or contact.party or contact.number,
    "creditor": lambda contact: (
        contact.creditor or contact.collector or contact.party or contact.number
    ),
    "party": lambda contact: contact.party or contact.number,
    "number": lambda contact: contact.number,
    "own_number": lambda contact: contact.own_number,
    "debt": lambda contact: contact.debt,
    "type": lambda contact: contact.type,
}
GROUPINGS = frozenset(_KEYS)
"""By what a rule may count: the words of ``per`` in a rulebook."""


def grouped(contacts: Iterable[Contact], per: Sequence[str]) -> dict[GroupKey, list[Contact]]:
    """Contacts by what a rule counts them for; each group keeps their order.

    Who reaches out from a withheld number is told apart from nobody: such contacts count
    together only where the number does not.
    """
    keys = [_KEYS[name] for name in per]
    is_by_number = "number" in per
    groups: dict[GroupKey, list[Contact]] = defaultdict(list)
    for contact in contacts:
        if not is_by_number or contact.number:
            groups[tuple([key(contact) for key in keys])].append(contact)
    return groups


def group_of(contact: Contact, per: Sequence[str]) -> GroupKey | None:
    """What a rule counts a contact for; None: it counts for nobody."""
    return next(iter(grouped([contact], per)), None)


def by_day(contacts: Iterable[Contact]) -> dict[date, list[Contact]]:
    """Contacts by the day on the person's clock, in order."""
    days: dict[date, list[Contact]] = defaultdict(list)
    for contact in contacts:
        if contact.day is not None:
            days[contact.day].append(contact)
    return days


COUNTERS: dict[str, Callable[[Contact], bool | None]] = {
    "placed": lambda contact: (
        contact.type is EventType.CALL and contact.outcome is not Outcome.FAILED
    ),
    "connected": lambda contact: _connected(contact),
    "unanswered": lambda contact: _unanswered(contact),
    "contacts": lambda contact: _reached(contact),
    "texts": lambda contact: contact.type in (EventType.MESSAGE, EventType.EMAIL),
    "by_phone": lambda contact: _by_phone(contact),
    "without_visits": lambda contact: (
        False if contact.type is EventType.VISIT else _reached(contact)
    ),
    "attempts": lambda contact: contact.type in _REACHING or contact.type is EventType.CALL,
    "visits": lambda contact: contact.type is EventType.VISIT,
}
"""What can be counted. Each says of a contact: it counts, it does not, or (None) nobody knows."""

_UNANSWERED = frozenset({Outcome.MISSED, Outcome.REJECTED, Outcome.BLOCKED, Outcome.VOICEMAIL})


def _connected(contact: Contact) -> bool | None:
    if contact.type is not EventType.CALL:
        return False
    return None if contact.outcome is Outcome.UNKNOWN else contact.outcome is Outcome.ANSWERED


def _unanswered(contact: Contact) -> bool | None:
    if contact.type is not EventType.CALL:
        return False
    return None if contact.outcome is Outcome.UNKNOWN else contact.outcome in _UNANSWERED


def _reached(contact: Contact) -> bool | None:
    """Contact that was really made; an unanswered call without a message is none."""
    if contact.type is EventType.CALL:
        if contact.outcome is Outcome.UNKNOWN:
            return None
        return contact.outcome in (Outcome.ANSWERED, Outcome.VOICEMAIL)
    return contact.type in _REACHING


def _by_phone(contact: Contact) -> bool | None:
    """Spoken, recorded or written to a telephone."""
    if contact.type in (EventType.CALL, EventType.MESSAGE, EventType.VOICEMAIL):
        return _reached(contact)
    return False


_REACHING: frozenset[EventType] = frozenset(
    {
        EventType.MESSAGE,
        EventType.EMAIL,
        EventType.VOICEMAIL,
        EventType.LETTER,
        EventType.VISIT,
        EventType.POST,
    }
)


def channel_types(channels: Sequence[str]) -> frozenset[EventType]:
    """The types of events that channels stand for; empty, which means all, if none is named."""
    return frozenset().union(*(CHANNELS[name] for name in channels))


def of_channels(contacts: Iterable[Contact], channels: Sequence[str]) -> list[Contact]:
    """Contacts through some channels; all of them if none is named."""
    types = channel_types(channels)
    return [contact for contact in contacts if not types or contact.type in types]


def plain(text: str) -> str:
    """A text in the form in which phrases are looked for: width, case and spaces do not matter."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def holds(text: str, phrases: Sequence[str]) -> bool:
    """Whether one of the phrases, each in its `plain` form, stands in a text."""
    searched = plain(text)
    return any(phrase in searched for phrase in phrases)


def subjects(contacts: Iterable[Contact], role: SubjectRole) -> tuple[EventRole, ...]:
    """Contacts as subjects of one role."""
    return tuple([EventRole(contact.event_id, role) for contact in contacts])
