"""Contact at a time of the day, of the week or of the year when the person must be left alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from evidence_app.model.suggestion import Missing, SubjectRole
from evidence_app.rulebook.contact import AgreedHours, Contact
from evidence_app.rulebook.contacts import Contacts, TimedContact
from evidence_app.rulebook.predicates.base import (
    Hit,
    channel_types,
    subjects,
)

Minutes = tuple[int, int]
"""Where a stretch of the day begins and before which minute it ends, after midnight."""

_DAY = 24 * 60
_HOLIDAY = 7


@dataclass(frozen=True, slots=True)
class Hours:
    """Outside which hours contact is not allowed.

    Attributes:
        allowed: For each day of the week (0 is Monday) and for holidays (7): the stretches in
            which contact is allowed; none at all on a weekday that has no entry. Where holidays
            have none, a holiday is a day like others.
        channels: Through which channels; empty: all.
        agreed_hours: Whether hours that both sides agreed on take the place of the rule's.
        is_end_allowed: Whether the minute at which a stretch ends still is allowed: "after 21:00"
            forbids 21:01, "from 22:00" forbids 22:00.
    """

    allowed: dict[int, tuple[Minutes, ...]]
    channels: tuple[str, ...] = ()
    agreed_hours: bool = False
    is_end_allowed: bool = False

    @property
    def reach(self) -> int | None:
        """Each day stands for itself; in another zone it holds parts of two."""
        return 1

    def hits(self, contacts: Contacts) -> Iterator[Hit]:
        """One hit for each day and each caller."""
        types = channel_types(self.channels)
        missing = () if contacts.surroundings.is_zone_known else (Missing.ZONE,)
        clock = _Clock(self, contacts)
        for group in contacts.on_the_clock.values():
            outside: dict[date, list[TimedContact]] = {}
            for timed in group:
                if not clock.may_be_outside(timed) or clock.is_allowed(timed):
                    continue
                if not types or timed.contact.type in types:
                    outside.setdefault(timed.local.date(), []).append(timed)
            for day, late in outside.items():
                yield Hit(
                    subjects((timed.contact for timed in late), SubjectRole.ACT),
                    clock.arithmetic(day, late),
                    missing,
                    day,
                )


class _Clock:
    """Which minutes of which days are allowed."""

    def __init__(self, rule: Hours, contacts: Contacts) -> None:
        self._rule = rule
        self._agreed = contacts.surroundings.agreed_hours if rule.agreed_hours else ()
        self._holidays = contacts.surroundings.holidays if _HOLIDAY in rule.allowed else frozenset()
        last = 1 if rule.is_end_allowed else 0
        self._minutes = [
            {
                minute
                for start, end in rule.allowed.get(day, ())
                for minute in range(start, end + last)
            }
            for day in range(_HOLIDAY + 1)
        ]
        self._is_simple = not self._agreed and not self._holidays
        self._week = bytes(
            minute in self._minutes[day] for day in range(_HOLIDAY) for minute in range(_DAY)
        )
        self._clocks = [
            [[_clock(start), _clock(end)] for start, end in rule.allowed.get(day, ())]
            for day in range(_HOLIDAY + 1)
        ]

    def may_be_outside(self, timed: TimedContact) -> bool:
        """Whether the minute of the week alone does not decide that a contact is allowed."""
        return not (self._is_simple and self._week[timed.week_minute])

    def is_allowed(self, timed: TimedContact) -> bool:
        """Whether contact is allowed at that time."""
        day, minute = timed.local.date(), timed.week_minute % _DAY
        if self._agreed:
            agreed = self._agreed_with(timed.contact, day)
            if agreed is not None:
                last = 1 if self._rule.is_end_allowed else 0
                return any(start <= minute < end + last for start, end in _stretches(agreed))
        return minute in self._minutes[self._kind_of(day)]

    def arithmetic(self, day: date, late: Sequence[TimedContact]) -> dict[str, object]:
        """What was counted on a day."""
        agreed = self._agreed_with(late[0].contact, day) if self._agreed else None
        return {
            "count": len(late),
            "day": day.isoformat(),
            "times": [_clock(timed.week_minute % _DAY) for timed in late],
            "allowed": [[_clock(start), _clock(end)] for start, end in _stretches(agreed)]
            if agreed is not None
            else self._clocks[self._kind_of(day)],
            "agreed": agreed is not None,
        }

    def _kind_of(self, day: date) -> int:
        return _HOLIDAY if day in self._holidays else day.weekday()

    def _agreed_with(self, contact: Contact, day: date) -> AgreedHours | None:
        holding = [
            agreed
            for agreed in self._agreed
            if agreed.since <= day and agreed.party in (None, contact.party, contact.collector)
        ]
        return max(holding, key=lambda agreed: agreed.since, default=None)


def _stretches(agreed: AgreedHours) -> tuple[Minutes, ...]:
    if agreed.start_minute < agreed.end_minute:
        return ((agreed.start_minute, agreed.end_minute),)
    return ((0, agreed.end_minute), (agreed.start_minute, _DAY))


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
