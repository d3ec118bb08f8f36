"""Key figures, counted in one pass over the events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from evidence_app.model.event import Direction, Event, EventType, Outcome
from evidence_app.model.party import Role
from evidence_app.model.times import DATES_OF_FILES, TimePrecision, TimeReading, in_zone

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

COUNTED_ROLES = (Role.COLLECTOR, Role.AGENCY, Role.CREDITOR, Role.UNKNOWN)
"""Whose contacts are counted. A number of which nobody said whose it is counts too, and is
shown apart; those of family, authorities and the person never do."""

_WITHOUT_DIRECTION = (EventType.VISIT, EventType.LETTER, EventType.POST)
_NOT_SENT = (Outcome.DRAFT, Outcome.FAILED)
_WITHOUT_DAY = (TimePrecision.MONTH, TimePrecision.YEAR)
_NAMED = "name:"
"""Begins the keys of contacts whose source states no number."""

NIGHT_ENDS, NIGHT_BEGINS = 8, 22
"""Hours of the day in the case's zone."""


@dataclass(slots=True)
class Number:
    """One number or address from which counted contacts came.

    Attributes:
        written: As the first source writes it; empty if none states one.
        party_id: Whose it is, or None.
        name: Of that party, or the one that the source gives.
        role: Of that party.
        calls: Calls from it.
        messages: Messages from it.
        others: Other contacts.
        first: The first contact whose time is known, in the case's zone.
        last: The last one.
    """

    written: str
    party_id: int | None
    name: str
    role: Role
    calls: int = 0
    messages: int = 0
    others: int = 0
    first: datetime | None = None
    last: datetime | None = None

    @property
    def total(self) -> int:
        """All contacts from it."""
        return self.calls + self.messages + self.others


@dataclass(slots=True)
class Figures:
    """What is counted. A contact is one by somebody whose role is counted, unless it says more.

    Attributes:
        entries: All events.
        undated: Events without a time.
        by_type: Events of each type.
        contacts: Acts by which somebody reached the person.
        calls: Calls received.
        messages: Messages received.
        at_night: Contacts from 22:00 to 08:00, where the hour is known.
        by_role: Contacts by the role of the other side, those that are not counted too.
        numbers: What contacts came from, by number, else by name.
        by_day: Contacts of each day, by type, dates of files left aside.
        by_hour: Contacts by weekday (0 is Monday) and hour, where the hour is known.
        without_day: Contacts of which no source states the day.
    """

    entries: int = 0
    undated: int = 0
    by_type: Counter[EventType] = field(default_factory=Counter)
    contacts: int = 0
    calls: int = 0
    messages: int = 0
    at_night: int = 0
    by_role: Counter[Role] = field(default_factory=Counter)
    numbers: dict[str, Number] = field(default_factory=dict)
    by_day: dict[date, Counter[EventType]] = field(default_factory=dict)
    by_hour: Counter[tuple[int, int]] = field(default_factory=Counter)
    without_day: int = 0

    def different_numbers(self) -> int:
        """How many numbers and addresses there are; what states none is not one."""
        return sum(not key.startswith(_NAMED) for key in self.numbers)

    def busiest_day(self) -> tuple[date, int] | None:
        """The day with most contacts, the earliest of them, and how many; or None."""
        totals = {day: counts.total() for day, counts in sorted(self.by_day.items())}
        if not totals:
            return None
        day = max(totals, key=lambda candidate: totals[candidate])
        return day, totals[day]

    @property
    def first_day(self) -> date | None:
        """Of any contact whose day is known."""
        return min(self.by_day, default=None)

    @property
    def last_day(self) -> date | None:
        """Of any contact whose day is known."""
        return max(self.by_day, default=None)

    @property
    def not_counted(self) -> int:
        """Contacts by people whose role is not counted."""
        return sum(n for role, n in self.by_role.items() if role not in COUNTED_ROLES)

    def ranked(self) -> list[Number]:
        """The numbers: those of one party together, the party with most contacts first."""
        of_party: Counter[object] = Counter()
        for key, number in self.numbers.items():
            of_party[number.party_id or key] += number.total
        return [
            number
            for _, number in sorted(
                self.numbers.items(),
                key=lambda pair: (
                    pair[1].role is Role.UNKNOWN,
                    -of_party[pair[1].party_id or pair[0]],
                    pair[1].party_id or 0,
                    -pair[1].total,
                ),
            )
        ]


def is_contact(event: Event) -> bool:
    """Whether by this act somebody reached the person: drafts and failed ones did not."""
    if event.type not in CONTACTS or event.outcome in _NOT_SENT:
        return False
    if event.type in _WITHOUT_DIRECTION:
        return event.direction is not Direction.OUTGOING
    return event.direction is Direction.INCOMING


def is_counted(event: Event, role: Role) -> bool:
    """Whether an act is a contact by somebody whose contacts are counted."""
    return role in COUNTED_ROLES and is_contact(event)


def count(events: Iterable[Event], where: ZoneInfo, role_of: Callable[[Event], Role]) -> Figures:
    """Count all events; days and hours are those of the zone.

    Args:
        events: Each act once.
        where: The case's zone.
        role_of: What the other side of an event is to the case.
    """
    figures = Figures()
    for event in events:
        figures.entries += 1
        figures.by_type[event.type] += 1
        figures.undated += event.time is None
        if is_contact(event):
            role = role_of(event)
            figures.by_role[role] += 1
            if role in COUNTED_ROLES:
                _count_contact(figures, event, role, where)
    return figures


def _count_contact(figures: Figures, event: Event, role: Role, where: ZoneInfo) -> None:
    figures.contacts += 1
    figures.calls += event.type is EventType.CALL
    figures.messages += event.type is EventType.MESSAGE
    number = _number(figures, event, role)
    reading = event.time
    at = when(reading, where)
    if reading is None or at is None:
        figures.without_day += 1
        return
    number.first = min(number.first or at, at)
    number.last = max(number.last or at, at)
    figures.by_day.setdefault(at.date(), Counter())[event.type] += 1
    if reading.precision is not TimePrecision.DAY:
        figures.by_hour[at.weekday(), at.hour] += 1
        figures.at_night += not NIGHT_ENDS <= at.hour < NIGHT_BEGINS


def when(reading: TimeReading | None, where: ZoneInfo) -> datetime | None:
    """When something happened; None if not even the day is known but that of a file."""
    if reading is None or reading.source in DATES_OF_FILES or reading.precision in _WITHOUT_DAY:
        return None
    return in_zone(reading.moment, where)


def _number(figures: Figures, event: Event, role: Role) -> Number:
    name = event.party or event.contact_name
    key = event.identifier_normalized or event.identifier or f"{_NAMED}{name}"
    number = figures.numbers.get(key)
    if number is None:
        number = Number(event.identifier, event.party_id, name, role)
        figures.numbers[key] = number
    number.calls += event.type is EventType.CALL
    number.messages += event.type is EventType.MESSAGE
    number.others += event.type not in (EventType.CALL, EventType.MESSAGE)
    return number
