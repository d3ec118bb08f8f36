"""Which items and events a view wants; an empty set or None means all."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import ItemKind


class ItemOrder(StrEnum):
    """By what items are sorted."""

    TIME = "time"
    NAME = "name"
    KIND = "kind"
    IMPORTED = "imported"


@dataclass(frozen=True, slots=True)
class ItemFilter:
    """Which items.

    Attributes:
        text: Words that must occur in titles, names, notes or text.
        kinds: Of these kinds.
        tag_id: With this tag on them.
        violation: With a confirmed finding of this type on them.
        trashed: Those in the trash instead of those outside it.
    """

    text: str = ""
    kinds: frozenset[ItemKind] = field(default_factory=frozenset)
    tag_id: int | None = None
    violation: str | None = None
    trashed: bool = False


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events.

    Attributes:
        text: Words that must occur in text, names or numbers.
        types: Of these types.
        directions: Of these directions.
        outcomes: Of these outcomes.
        party_ids: With these parties.
        tag_id: With this tag on them or on their item.
        violation: With a confirmed finding of this type on them or on their item.
        first_day: On this day of the case's zone, or later.
        last_day: On this day of the case's zone, or earlier.
        item_id: Of this item.
        undated: Only those without a time.
        ids: Of these numbers.
    """

    text: str = ""
    types: frozenset[EventType] = field(default_factory=frozenset)
    directions: frozenset[Direction] = field(default_factory=frozenset)
    outcomes: frozenset[Outcome] = field(default_factory=frozenset)
    party_ids: frozenset[int] = field(default_factory=frozenset)
    tag_id: int | None = None
    violation: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    item_id: int | None = None
    undated: bool = False
    ids: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class DayGroup:
    """The events of one day.

    Attributes:
        day: In the case's zone; None for events without a time.
        start: Where they begin in the index.
        count: How many they are.
        file_dated: How many of them have no other date than that of a file.
    """

    day: date | None
    start: int
    count: int
    file_dated: int = 0


@dataclass(frozen=True, slots=True)
class TimelineIndex:
    """The events of a view in their order, by number only.

    Attributes:
        ids: 64-bit event numbers.
        days: The days in that order.
    """

    ids: array[int]
    days: list[DayGroup]
