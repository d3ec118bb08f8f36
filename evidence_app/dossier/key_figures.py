"""Key figures, counted in one pass over the events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from evidence_app.model.event import Direction, Event, EventType, Outcome
from evidence_app.model.times import DATES_OF_FILES, TimePrecision, in_zone

CONTACTS = (
    EventType.CALL,
    EventType.MESSAGE,
    EventType.VOICEMAIL,
    EventType.EMAIL,
    EventType.LETTER,
    EventType.VISIT,
    EventType.POST,
)
"""The kinds of act by which somebody reaches a person."""

_WITHOUT_DIRECTION = (EventType.VISIT, EventType.LETTER, EventType.POST)
_NOT_SENT = (Outcome.DRAFT, Outcome.FAILED)
_COARSE = (TimePrecision.DAY, TimePrecision.MONTH, TimePrecision.YEAR)
NIGHT_ENDS, NIGHT_BEGINS = 8, 22
"""Hours of the day in the case's zone."""


@dataclass(slots=True)
class Figures:
    """What is counted.

    Attributes:
        entries: All events.
        undated: Events without a time.
        by_type: Events of each type.
        contacts: Acts by which somebody reached the person.
        calls: Calls received.
        messages: Messages received.
        at_night: Contacts from 22:00 to 08:00, where the hour is known.
        numbers: Distinct numbers and addresses that contacts came from.
        by_day: Contacts of each day, by type, dates of files left aside.
        by_sender: Contacts by name or number.
        months: Year and month of each dated event, counted.
        first_day: Of any event whose time is not the date of a file.
        last_day: Of any such event.
    """

    entries: int = 0
    undated: int = 0
    by_type: Counter[EventType] = field(default_factory=Counter)
    contacts: int = 0
    calls: int = 0
    messages: int = 0
    at_night: int = 0
    numbers: set[str] = field(default_factory=set)
    by_day: dict[date, Counter[EventType]] = field(default_factory=dict)
    by_sender: Counter[str] = field(default_factory=Counter)
    months: Counter[tuple[int, int]] = field(default_factory=Counter)
    first_day: date | None = None
    last_day: date | None = None

    def busiest_day(self) -> tuple[date, int] | None:
        """The day with most contacts, the earliest of them, and how many; or None."""
        totals = {day: counts.total() for day, counts in sorted(self.by_day.items())}
        if not totals:
            return None
        day = max(totals, key=lambda one: totals[one])
        return day, totals[day]


def is_contact(event: Event) -> bool:
    """Whether by this act somebody reached the person: drafts and failed ones did not."""
    if event.type not in CONTACTS or event.outcome in _NOT_SENT:
        return False
    if event.type in _WITHOUT_DIRECTION:
        return event.direction is not Direction.OUTGOING
    return event.direction is Direction.INCOMING


def count(events: Iterable[Event], where: ZoneInfo) -> Figures:
    """Count all events; days and hours are those of the zone."""
    figures = Figures()
    for event in events:
        figures.entries += 1
        figures.by_type[event.type] += 1
        _count_day(figures, event, where)
        if is_contact(event):
            _count_contact(figures, event, where)
    return figures


def _count_day(figures: Figures, event: Event, where: ZoneInfo) -> None:
    if event.time is None:
        figures.undated += 1
        return
    day = in_zone(event.time.moment, where).date()
    figures.months[day.year, day.month] += 1
    if event.time.source in DATES_OF_FILES:
        return
    figures.first_day = min(figures.first_day or day, day)
    figures.last_day = max(figures.last_day or day, day)


def _count_contact(figures: Figures, event: Event, where: ZoneInfo) -> None:
    figures.contacts += 1
    figures.calls += event.type is EventType.CALL
    figures.messages += event.type is EventType.MESSAGE
    sender = event.party or event.contact_name or event.identifier
    figures.by_sender[sender] += 1
    if event.identifier_normalized:
        figures.numbers.add(event.identifier_normalized)
    if event.time is None or event.time.source in DATES_OF_FILES:
        return
    at = in_zone(event.time.moment, where)
    figures.by_day.setdefault(at.date(), Counter())[event.type] += 1
    known = event.time.precision not in _COARSE
    figures.at_night += known and not NIGHT_ENDS <= at.hour < NIGHT_BEGINS
