"""Contact at a time of the day, of the week or of the year when the person must be left alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from evidence_app.model.suggestion import Missing, SubjectRole
from evidence_app.rulebook.contact import AgreedHours, Contact
from evidence_app.rulebook.predicates.base import (
    Contacts,
    Hit,
    by_day,
    grouped,
    of_channels,
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
            which contact is allowed; none at all on a day that has no entry.
        channels: Through which channels; empty: all.
        agreed_hours: Whether hours that both sides agreed on take the place of the rule's.
        is_end_allowed: Whether the minute at which a stretch ends still is allowed: "after 21:00"
            forbids 21:01, "from 22:00" forbids 22:00.
    """

    allowed: dict[int, tuple[Minutes, ...]]
    channels: tuple[str, ...] = ()
    agreed_hours: bool = False
    is_end_allowed: bool = False

    def hits(self, contacts: Contacts) -> Iterator[Hit]:
        """One hit for each day and each caller."""
        outside = [
            contact
            for contact in of_channels(contacts.theirs, self.channels)
            if contact.local is not None and self._is_outside(contact, contact.local, contacts)
        ]
        missing = () if contacts.surroundings.is_zone_known else (Missing.ZONE,)
        for group in grouped(outside, ("party",)).values():
            for day, late in by_day(group).items():
                yield Hit(
                    subjects(late, SubjectRole.ACT), self._arithmetic(day, late, contacts), missing
                )

    def _is_outside(self, contact: Contact, local: datetime, contacts: Contacts) -> bool:
        minute = _minute(local)
        last = 1 if self.is_end_allowed else 0
        return not any(
            start <= minute < end + last
            for start, end in self._allowed_for(contact, local.date(), contacts)
        )

    def _allowed_for(self, contact: Contact, day: date, contacts: Contacts) -> tuple[Minutes, ...]:
        agreed = self._agreed(contact, day, contacts)
        if agreed is not None:
            return _stretches(agreed)
        is_holiday = day in contacts.surroundings.holidays
        return self.allowed.get(
            _HOLIDAY if is_holiday and self._has_holidays else day.weekday(), ()
        )

    @property
    def _has_holidays(self) -> bool:
        return self.allowed.get(_HOLIDAY, ((0, _DAY),)) != ((0, _DAY),)

    def _agreed(self, contact: Contact, day: date, contacts: Contacts) -> AgreedHours | None:
        if not self.agreed_hours:
            return None
        holding = [
            agreed
            for agreed in contacts.surroundings.agreed_hours
            if agreed.since <= day and agreed.party in (None, contact.party, contact.collector)
        ]
        return max(holding, key=lambda agreed: agreed.since, default=None)

    def _arithmetic(self, day: date, late: list[Contact], contacts: Contacts) -> dict[str, object]:
        agreed = self._agreed(late[0], day, contacts)
        return {
            "count": len(late),
            "day": day.isoformat(),
            "times": [f"{contact.local:%H:%M}" for contact in late if contact.local is not None],
            "allowed": [
                [_clock(start), _clock(end)]
                for start, end in self._allowed_for(late[0], day, contacts)
            ],
            "agreed": agreed is not None,
        }


def _minute(local: datetime) -> int:
    return local.hour * 60 + local.minute


def _stretches(agreed: AgreedHours) -> tuple[Minutes, ...]:
    if agreed.start_minute < agreed.end_minute:
        return ((agreed.start_minute, agreed.end_minute),)
    return ((0, agreed.end_minute), (agreed.start_minute, _DAY))


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
