"""The years of a conversation whose dates have none: counted from New Year to New Year."""

from __future__ import annotations

from datetime import date

from evidence_app.intake.readers.support.worded_times import WordedTime
from evidence_app.model.question import DateOrder

_HALF_A_YEAR = 182


class YearCount:
    """Which year each date is in, from the one in which the newest is.

    Messages stand in their order, oldest or newest first: a date that jumps back by more than half
    a year is one of the next year, and one that jumps as far ahead is one of the year before.

    Args:
        newest: The year of the newest date, if the person said it.
    """

    def __init__(self, newest: int | None) -> None:
        self._newest = newest
        self._written: dict[str, tuple[int, date]] = {}
        self._after: dict[str, int] = {}
        self._last: date | None = None
        self._now = self._most = 0

    @property
    def is_asked(self) -> bool:
        """Whether the year has to be asked."""
        return bool(self._written) and self._newest is None

    def take(self, written_time: WordedTime | None, order: DateOrder | None) -> None:
        """Look at the next date."""
        if written_time is None or written_time.has_year:
            return
        day = written_time.day(order or DateOrder.DMY) or written_time.day(DateOrder.MDY)
        if day is None:
            return
        gone = (day - self._last).days if self._last is not None else 0
        self._now += (gone < -_HALF_A_YEAR) - (gone > _HALF_A_YEAR)
        self._most = max(self._most, self._now)
        self._last = day
        self._written[written_time.raw] = (self._now, day)

    def is_open(self, written_time: WordedTime) -> bool:
        """Whether a date lacks its year."""
        return not written_time.has_year and self._newest is None

    def day(self, written_time: WordedTime | None, order: DateOrder | None) -> date | None:
        """The day of a date; None if it is not told yet."""
        day = written_time.day(order) if written_time is not None else None
        if written_time is None or day is None or written_time.has_year:
            return day
        if self._newest is None:
            return None
        count, _day = self._written[written_time.raw]
        try:
            return day.replace(year=self._newest - (self._most - count))
        except ValueError:
            return None

    def samples(self) -> list[list[object]]:
        """The oldest and the newest date as written, each with how many years it is back."""
        listed = sorted(self._written, key=self._written.__getitem__)
        ends = dict.fromkeys((listed[0], listed[-1]))
        return [[end, self._most - self._written[end][0]] for end in ends]
