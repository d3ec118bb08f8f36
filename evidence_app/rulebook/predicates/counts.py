"""More contacts than a limit: in a day, in some days that follow each other, in some minutes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from evidence_app.model.suggestion import Missing, SubjectRole
from evidence_app.rulebook.contact import Contact
from evidence_app.rulebook.contacts import Contacts, DayCounts
from evidence_app.rulebook.predicates.base import (
    COUNTERS,
    GroupKey,
    Hit,
    by_day,
    grouped,
    subjects,
)

_MINUTE_MS = 60_000
_DAY_MINUTES = 24 * 60
Window = tuple[str, bool]
"""The last day of a window, as it is written, and whether it is only one with unknown calls."""


@dataclass(frozen=True, slots=True)
class CountInDays:
    """More than ``limit`` in ``days`` calendar days that follow each other, on the person's clock.

    Windows that overlap are reported once: the fullest, then the fullest of those that do not
    touch it, and so on.

    Attributes:
        counted: What counts, a name of `COUNTERS`.
        limit: So many are still allowed; one more breaks the rule.
        days: 1 for a calendar day, 7 for any seven days.
        per: For what it is counted, names of `GROUPINGS`.
        is_across_collectors: Whether it only matters where several collectors of one creditor
            add up to too many.
    """

    counted: str
    limit: int
    days: int
    per: tuple[str, ...]
    is_across_collectors: bool = False

    @property
    def reach(self) -> int | None:
        """A single day stands for itself; which of longer windows are chosen depends on all."""
        return 0 if self.days == 1 else None

    def hits(self, contacts: Contacts) -> Iterator[Hit]:
        """The windows in which there were too many."""
        for key in contacts.theirs_by(self.per):
            yield from self.hits_of(key, contacts, {}, frozenset())

    def hits_of(
        self,
        key: GroupKey,
        contacts: Contacts,
        earlier_hits: Mapping[Window, Hit],
        touched: Collection[date],
    ) -> Iterator[Hit]:
        """The windows of one group.

        Args:
            key: The group.
            contacts: All contacts.
            earlier_hits: What was found before.
            touched: The days on which something is another since.
        """
        groups = contacts.theirs_by(self.per)
        if key not in groups:
            return
        missing = self._unknown(groups[key][0])
        counts = contacts.days_of(self.per, self.counted)[key]
        for end, unsure in self._windows(counts):
            hit = earlier_hits.get((end.isoformat(), bool(unsure)))
            if hit is None or any(0 <= (end - day).days < self.days for day in touched):
                yield from self._hit(end, counts, (*missing, *unsure))
            else:
                yield hit

    def _unknown(self, of_group: Contact) -> tuple[Missing, ...]:
        """What the contacts are counted for, and nobody said."""
        missing = []
        if "debt" in self.per and of_group.debt is None:
            missing.append(Missing.DEBT)
        if "own_number" in self.per and not of_group.own_number:
            missing.append(Missing.OWN_NUMBER)
        return tuple(missing)

    def _windows(self, counts: DayCounts) -> Iterator[tuple[date, tuple[Missing, ...]]]:
        """The last days of windows with too many, and what is not known of them."""
        blocked: set[date] = set()
        for end in self._full_windows(counts.certain, {}, blocked):
            yield end, ()
        if counts.possible:
            for end in self._full_windows(counts.certain, counts.possible, blocked):
                yield end, (Missing.ANSWERED,)

    def _full_windows(
        self,
        certain: dict[date, list[Contact]],
        possible: dict[date, list[Contact]],
        blocked: set[date],
    ) -> list[date]:
        """The last days of windows with too many, in order; none overlaps another.

        Args:
            certain: What counts.
            possible: What may count.
            blocked: The last days of windows that overlap one that was chosen; grows.
        """
        counts = _sums(certain, possible, self.days)
        full = sorted((-count, end) for end, count in counts.items() if count > self.limit)
        chosen: list[date] = []
        for _count, end in full:
            if end not in blocked:
                chosen.append(end)
                blocked.update(end + timedelta(n) for n in range(1 - self.days, self.days))
        return sorted(chosen)

    def _hit(
        self,
        end: date,
        counts: DayCounts,
        missing: tuple[Missing, ...],
    ) -> Iterator[Hit]:
        start = end - timedelta(self.days - 1)
        days = [start + timedelta(n) for n in range(self.days)]
        counted_contacts = [contact for day in days for contact in counts.certain.get(day, ())]
        unknown = [contact for day in days for contact in counts.possible.get(day, ())]
        rests_on = (
            [*counted_contacts, *unknown] if Missing.ANSWERED in missing else counted_contacts
        )
        if self.is_across_collectors and len({contact.collector for contact in rests_on}) < 2:
            return
        yield Hit(
            subjects(rests_on, SubjectRole.COUNTED),
            {
                "count": len(counted_contacts),
                "limit": self.limit,
                "days": self.days,
                "from": start.isoformat(),
                "to": end.isoformat(),
                "counted": self.counted,
                "unknown": len(unknown),
            },
            missing,
            end,
        )


def _sums(
    certain: dict[date, list[Contact]], possible: dict[date, list[Contact]], days: int
) -> dict[date, int]:
    """How many there are in the window that ends on each day on which there is one."""
    present = sorted(certain.keys() | possible.keys())
    sums = [
        0,
        *accumulate(len(certain.get(day, ())) + len(possible.get(day, ())) for day in present),
    ]
    first = 0
    result = {}
    for place, end in enumerate(present):
        while end - present[first] >= timedelta(days):
            first += 1
        result[end] = sums[place + 1] - sums[first]
    return result


@dataclass(frozen=True, slots=True)
class CountInMinutes:
    """More than ``limit`` within ``minutes``: bursts, and redialling at once.

    Attributes:
        counted: What counts, a name of `COUNTERS`.
        limit: So many are still allowed.
        minutes: How long the window is; both ends count.
        per: For what it is counted, names of `GROUPINGS`.
    """

    counted: str
    limit: int
    minutes: int
    per: tuple[str, ...]

    @property
    def reach(self) -> int | None:
        """A burst that begins on a day, and those that touch it on the days before and after."""
        return 2 + 2 * (self.minutes // _DAY_MINUTES)

    def hits(self, contacts: Contacts) -> Iterator[Hit]:
        """The bursts of each day; two that touch on one day are one."""
        for group in contacts.theirs_by(self.per).values():
            counts = COUNTERS[self.counted]
            exact = [
                contact
                for contact in group
                if contact.at_ms is not None and contact.local is not None and counts(contact)
            ]
            for day, burst in self._bursts(exact):
                yield Hit(
                    subjects(burst, SubjectRole.COUNTED),
                    {
                        "count": len(burst),
                        "limit": self.limit,
                        "minutes": self.minutes,
                        "from": _clock_time(burst[0]),
                        "to": _clock_time(burst[-1]),
                        "counted": self.counted,
                    },
                    day=day,
                )

    def _bursts(self, group: Sequence[Contact]) -> Iterator[tuple[date, Sequence[Contact]]]:
        """The bursts by the day on which they begin; each contact is in one.

        Where one goes on beyond midnight into the first of the next day, it ends where that
        begins; if too little of it were left by itself, it becomes a part of the next.
        """
        pending: tuple[date, int, int] | None = None
        for day, start, stop in self._raw_bursts(group):
            if pending is not None:
                before, begun, end = pending
                if end <= start:
                    yield before, group[begun:end]
                elif start - begun > self.limit:
                    yield before, group[begun:start]
                else:
                    start = begun
            pending = day, start, stop
        if pending is not None:
            before, begun, end = pending
            yield before, group[begun:end]

    def _raw_bursts(self, group: Sequence[Contact]) -> Iterator[tuple[date, int, int]]:
        """Where full windows that begin on one day and touch each other begin and end."""
        times = [contact.at_ms or 0 for contact in group]
        span, end, count = self.minutes * _MINUTE_MS, 0, len(times)
        burst: tuple[date, int, int] | None = None
        for first, at in enumerate(times):
            while end < count and times[end] - at <= span:
                end += 1
            if end - first <= self.limit:
                continue
            day = group[first].day
            assert day is not None
            if burst is not None and burst[0] == day and first < burst[2]:
                burst = day, burst[1], end
                continue
            if burst is not None:
                yield burst
            burst = day, first, end
        if burst is not None:
            yield burst


def _clock_time(contact: Contact) -> str:
    return contact.local.isoformat(timespec="minutes") if contact.local is not None else ""


@dataclass(frozen=True, slots=True)
class ManyNumbers:
    """One caller who uses more than ``limit`` different numbers in a day: a sign, never law.

    Attributes:
        limit: So many are not remarkable.
        per: For whom they are counted, names of `GROUPINGS`.
    """

    limit: int
    per: tuple[str, ...]

    @property
    def reach(self) -> int | None:
        """Each day stands for itself."""
        return 0

    def hits(self, contacts: Contacts) -> Iterator[Hit]:
        """The days with too many numbers."""
        numbered = [contact for contact in contacts.theirs if contact.number]
        for group in grouped(numbered, self.per).values():
            for day, of_day in by_day(group).items():
                numbers = {contact.number for contact in of_day}
                if len(numbers) > self.limit:
                    yield Hit(
                        subjects(of_day, SubjectRole.COUNTED),
                        {"count": len(numbers), "limit": self.limit, "day": day.isoformat()},
                        day=day,
                    )
