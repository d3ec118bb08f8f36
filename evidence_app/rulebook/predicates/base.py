"""What all predicates share: the contacts in the order of their times, grouped, and a hit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Protocol

from evidence_app.model.event import EventType, Outcome
from evidence_app.model.suggestion import EventRole, Missing, SubjectRole
from evidence_app.rulebook.contact import CHANNELS, Contact, Surroundings


@dataclass(frozen=True, slots=True)
class Hit:
    """Events that break a rule, as far as the predicate can tell.

    Attributes:
        subjects: The events and what they are to it.
        arithmetic: What was counted.
        missing: What is not known and could refute it.
    """

    subjects: tuple[EventRole, ...]
    arithmetic: Mapping[str, Any]
    missing: tuple[Missing, ...] = ()


class Predicate(Protocol):
    """What a rule's parameters become."""

    def hits(self, contacts: Contacts) -> Iterator[Hit]:
        """What breaks the rule."""
        ...


GroupKey = tuple[Hashable, ...]


@dataclass(frozen=True)
class Contacts:
    """The contacts that a rule is asked about.

    Attributes:
        all: In the order of their times; those of no known time are left out.
        surroundings: What is known besides them.
    """

    all: Sequence[Contact]
    surroundings: Surroundings = field(default_factory=Surroundings)

    @classmethod
    def of(cls, contacts: Iterable[Contact], surroundings: Surroundings) -> Contacts:
        """Sort contacts, whatever their order."""
        timed = (contact for contact in contacts if contact.day is not None)
        return cls(sorted(timed, key=_time_of), surroundings)

    @cached_property
    def theirs(self) -> Sequence[Contact]:
        """Those in which a collector reached out to the person."""
        return [contact for contact in self.all if contact.is_theirs]

    @cached_property
    def own_acts(self) -> Sequence[Contact]:
        """What the person did."""
        return [contact for contact in self.all if contact.own_act is not None]


def _time_of(contact: Contact) -> tuple[int, int]:
    return contact.at_ms or 0, contact.event_id


_KEYS: dict[str, Callable[[Contact], Hashable]] = {
    "collector": lambda contact: contact.collector or contact.party or contact.number,
    "creditor": lambda contact: (
        contact.creditor or contact.collector or contact.party or contact.number
    ),
    "party": lambda contact: contact.party or contact.number,
    "number": lambda contact: contact.number,
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
    groups: dict[GroupKey, list[Contact]] = defaultdict(list)
    for contact in contacts:
        if "number" in per and not contact.number:
            continue
        groups[tuple(key(contact) for key in keys)].append(contact)
    return groups


def by_day(contacts: Iterable[Contact]) -> dict[date, list[Contact]]:
    """Contacts by the day on the person's clock, in order."""
    days: dict[date, list[Contact]] = defaultdict(list)
    for contact in contacts:
        if contact.day is not None:
            days[contact.day].append(contact)
    return days


COUNTERS: dict[str, Callable[[Contact], bool | None]] = {
    "placed": lambda contact: contact.type is EventType.CALL,
    "connected": lambda contact: _connected(contact),
    "unanswered": lambda contact: _unanswered(contact),
    "contacts": lambda contact: _reached(contact),
    "texts": lambda contact: contact.type in (EventType.MESSAGE, EventType.EMAIL),
    "calls_and_texts": lambda contact: (
        contact.type in (EventType.CALL, EventType.MESSAGE, EventType.VOICEMAIL)
    ),
    "attempts": lambda contact: (
        contact.type in (EventType.CALL, EventType.MESSAGE, EventType.EMAIL, EventType.VISIT)
    ),
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
    """Contact that was really made: a call that nobody answered and left no message is none."""
    if contact.type is EventType.CALL:
        if contact.outcome is Outcome.UNKNOWN:
            return None
        return contact.outcome in (Outcome.ANSWERED, Outcome.VOICEMAIL)
    return contact.type in _REACHING


_REACHING = frozenset(
    {
        EventType.MESSAGE,
        EventType.EMAIL,
        EventType.VOICEMAIL,
        EventType.LETTER,
        EventType.VISIT,
        EventType.POST,
    }
)


def of_channels(contacts: Iterable[Contact], channels: Sequence[str]) -> list[Contact]:
    """Contacts through some channels; all of them if none is named."""
    if not channels:
        return list(contacts)
    types = frozenset().union(*(CHANNELS[name] for name in channels))
    return [contact for contact in contacts if contact.type in types]


def subjects(contacts: Iterable[Contact], role: SubjectRole) -> tuple[EventRole, ...]:
    """Contacts as subjects of one role."""
    return tuple(EventRole(contact.event_id, role) for contact in contacts)
