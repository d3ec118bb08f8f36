"""More contacts than a limit: in a day, in some days that follow each other, in some minutes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from evidence_app.model.suggestion import Missing, SubjectRole
from evidence_app.rulebook.contact import Contact
from evidence_app.rulebook.predicates.base import (
    COUNTERS,
    Contacts,
    Hit,
    by_day,
    grouped,
    subjects,
)

_MINUTE_MS = 60_000


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

    def hits(self, contacts: Contacts) -> Iterator[Hit]:
        """The windows in which there were too many."""
        for group in contacts.theirs_by(self.per).values():
            yield from self._hits_of(group, missing=self._unknown(group[0]))

    def _unknown(self, of_group: Contact) -> tuple[Missing, ...]:
        """What the contacts are counted for, and nobody said."""
        missing = []
        if "debt" in self.per and of_group.debt is None:
            missing.append(Missing.DEBT)
        if "own_number" in self.per and not of_group.own_number:
            missing.append(Missing.OWN_NUMBER)
        return tuple(missing)

    def _hits_of(self, group: Sequence[Contact], missing: tuple[Missing, ...]) -> Iterator[Hit]:
        counts = COUNTERS[self.counted]
        certain = by_day(contact for contact in group if counts(contact))
        possible = by_day(contact for contact in group if counts(contact) is None)
        blocked: set[date] = set()
        for end in self._full_windows(certain, {}, blocked):
            yield from self._hit(end, certain, possible, missing)
        if possible:
            for end in self._full_windows(certain, possible, blocked):
                yield from self._hit(end, certain, possible, (*missing, Missing.ANSWERED))

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
        certain: dict[date, list[Contact]],
        possible: dict[date, list[Contact]],
        missing: tuple[Missing, ...],
    ) -> Iterator[Hit]:
        start = end - timedelta(self.days - 1)
        days = [start + timedelta(n) for n in range(self.days)]
        counted = [contact for day in days for contact in certain.get(day, ())]
        unknown = [contact for day in days for contact in possible.get(day, ())]
        rests_on = [*counted, *unknown] if Missing.ANSWERED in missing else counted
        if self.is_across_collectors and len({contact.collector for contact in rests_on}) < 2:
            return
        yield Hit(
            subjects(rests_on, SubjectRole.COUNTED),
            {
                "count": len(counted),
                "limit": self.limit,
                "days": self.days,
                "from": start.isoformat(),
                "to": end.isoformat(),
                "counted": self.counted,
                "unknown": len(unknown),
            },
            missing,
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

    def hits(self, contacts: Contacts) -> Iterator[Hit]:
        """The bursts; two that touch are one."""
        counts = COUNTERS[self.counted]
        exact = [
            contact
            for contact in contacts.theirs
            if contact.at_ms is not None and contact.local is not None and counts(contact)
        ]
        for group in grouped(exact, self.per).values():
            for burst in self._bursts(group):
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
                )

    def _bursts(self, group: Sequence[Contact]) -> Iterator[Sequence[Contact]]:
        times = [contact.at_ms or 0 for contact in group]
        span, first, start, stop = self.minutes * _MINUTE_MS, 0, 0, 0
        for place, at in enumerate(times):
            while at - times[first] > span:
                first += 1
            if place - first >= self.limit:
                if first >= stop:
                    if stop > start:
                        yield group[start:stop]
                    start = first
                stop = place + 1
        if stop > start:
            yield group[start:stop]


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
                    )
