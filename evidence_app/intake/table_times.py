"""Dates and times in the cells of tables, without ever guessing what is day and what is month."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from evidence_app.intake.table_values import plain
from evidence_app.intake.tables import Cell
from evidence_app.model.question import DateOrder
from evidence_app.model.times import (
    Instant,
    Moment,
    TimePrecision,
    TimeReading,
    TimeSource,
    WallClock,
    instant_from_ms,
)

_YEAR_FIRST = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[T ]?(.*)")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)[T ]?(\d\d)(\d\d)(\d\d)")
_NO_YEAR = re.compile(r"(\d{1,2})[-/月](\d{1,2})日?[T ](\d.*)")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2}),?[T ]?(.*)")
_WORDED = re.compile(r"([A-Za-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4}),?(?: at)? ?(.*)")
_WORDED_DAY = re.compile(r"(\d{1,2}) ([A-Za-z]{3})[a-z]*\.?,? (\d{4}),?(?: at)? ?(.*)")
_OF_JAVA = re.compile(
    r"([A-Za-z]{3}) (\d{1,2}) (\d\d:\d\d:\d\d) "
    r"(?:((?:GMT|UTC)[+-]\d\d:?\d\d|GMT|UTC|Z) |[A-Z]{2,5} )?(\d{4})"
)
_WEEKDAY = re.compile(
    r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? |(?:星期|周|週)[一二三四五六日天] ?", re.I
)
_CLOCK = re.compile(
    r"(上午|下午|凌晨|早上|中午|晚上|AM|PM)?\s*(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2}))?秒?(?:[.,](\d{1,6}))?"
    r"\s*([AaPp]\.?\s?[Mm]\.?|上午|下午|晚上)?\s*(Z|(?:UTC|GMT)?[+-]\d{2}:?\d{2}|UTC|GMT)?"
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_EXCEL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's date has no zone.
_PERIOD = re.compile(r"((?:19|20)\d\d)[-/.年](\d{1,2})(?:[-/.月](\d{1,2}))?")


@dataclass(frozen=True, slots=True)
class Dating:
    """How the dates of one table are to be read.

    Attributes:
        order: For dates that end with the year; None if the table does not tell.
        first: The first month of the period that the table states, for dates without a year.
        last: The last month of that period.
    """

    order: DateOrder | None = None
    first: date | None = None
    last: date | None = None


class UnknownOrderError(ValueError):
    """A date can be read in two ways, and nothing tells which is right."""


def period_of(text: str) -> tuple[date | None, date | None]:
    """The first and the last month that a heading states."""
    months = [
        date(int(found[1]), int(found[2]), 1)
        for found in _PERIOD.finditer(text)
        if 1 <= int(found[2]) <= 12
    ]
    return (min(months), max(months)) if months else (None, None)


def order_of(cells: Iterable[Cell]) -> DateOrder | None:
    """Which order a table's dates have: one number above 12 tells, two that contradict do not."""
    seen = set()
    for cell in cells:
        found = _YEAR_LAST.fullmatch(plain(cell)) if isinstance(cell, str) else None
        if found and int(found[1]) > 12:
            seen.add(DateOrder.DMY)
        elif found and int(found[3]) > 12:
            seen.add(DateOrder.MDY)
        elif found and found[2] == ".":
            seen.add(DateOrder.DMY)
    return seen.pop() if len(seen) == 1 else None


def read_time(cell: Cell, dating: Dating) -> TimeReading | None:
    """The time that a cell states, or None if it states none.

    Raises:
        UnknownOrderError: It is not told what is the day and what the month.
    """
    found = _typed(cell)
    if found is None and isinstance(cell, str):
        found = _written(plain(cell), dating)
    if found is None:
        return None
    moment, precision = found
    at = moment.at.replace(tzinfo=None)
    if not datetime(1995, 1, 1) <= at <= _tomorrow():  # noqa: DTZ001
        return None
    return TimeReading(moment, TimeSource.RECORD, precision, str(cell).strip())


def _typed(cell: Cell) -> tuple[Moment, TimePrecision] | None:
    if isinstance(cell, datetime):
        return WallClock(cell.replace(tzinfo=None)), TimePrecision.SECOND
    if isinstance(cell, date):
        return WallClock(datetime.combine(cell, time())), TimePrecision.DAY
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return _from_number(float(cell))
    if re.fullmatch(r"\d{10}|\d{13}", str(cell).strip()):
        return _from_number(float(str(cell)))
    return None


def _from_number(value: float) -> tuple[Moment, TimePrecision] | None:
    if 30_000 < value < 80_000:
        seconds = round(value * 86400)
        precision = TimePrecision.DAY if value.is_integer() else TimePrecision.SECOND
        return WallClock(_EXCEL_EPOCH + timedelta(seconds=seconds)), precision
    if 800_000_000 < value < 5_000_000_000:
        return instant_from_ms(round(value * 1000)), TimePrecision.SECOND
    if 800_000_000_000 < value < 5_000_000_000_000:
        return instant_from_ms(round(value)), TimePrecision.MILLISECOND
    return None


def _written(text: str, dating: Dating) -> tuple[Moment, TimePrecision] | None:
    text = _WEEKDAY.sub("", text).strip()
    if found := _OF_JAVA.fullmatch(text):
        return _worded(found[1], found[2], found[5], f"{found[3]} {found[4] or ''}")
    if found := _YEAR_FIRST.fullmatch(text):
        return _moment(int(found[1]), int(found[2]), int(found[3]), found[4])
    if found := _COMPACT.fullmatch(text):
        clock = f"{found[4]}:{found[5]}:{found[6]}"
        return _moment(int(found[1]), int(found[2]), int(found[3]), clock)
    if found := _YEAR_LAST.fullmatch(text):
        return _year_last(found, dating)
    if found := _WORDED.fullmatch(text):
        return _worded(found[1], found[2], found[3], found[4])
    if found := _WORDED_DAY.fullmatch(text):
        return _worded(found[2], found[1], found[3], found[4])
    if found := _NO_YEAR.fullmatch(text):
        year = _year_for(int(found[1]), dating)
        return _moment(year, int(found[1]), int(found[2]), found[3]) if year else None
    return None


def _year_last(found: re.Match[str], dating: Dating) -> tuple[Moment, TimePrecision] | None:
    first, second, third = int(found[1]), int(found[3]), int(found[4])
    if dating.order is None and first != second:
        raise UnknownOrderError(found[0])
    if dating.order is DateOrder.YMD and len(found[4]) == 2:
        return _moment(_century(first), second, third, found[5])
    day, month = (second, first) if dating.order is DateOrder.MDY else (first, second)
    return _moment(_century(third), month, day, found[5])


def _century(year: int) -> int:
    return year + 2000 if year < 100 else year


def _worded(month: str, day: str, year: str, clock: str) -> tuple[Moment, TimePrecision] | None:
    if month.lower() not in _MONTHS:
        return None
    return _moment(int(year), _MONTHS.index(month.lower()) + 1, int(day), clock)


def _year_for(month: int, dating: Dating) -> int | None:
    """The year of a month in the stated period, which may span a New Year."""
    if dating.first is None or dating.last is None:
        return None
    if dating.first.year == dating.last.year:
        return dating.first.year
    return dating.first.year if month >= dating.first.month else dating.last.year


def _moment(year: int, month: int, day: int, clock: str) -> tuple[Moment, TimePrecision] | None:
    found = _CLOCK.fullmatch(clock.strip()) if clock.strip() else None
    if clock.strip() and found is None:
        return None
    try:
        at = datetime(year, month, day)  # noqa: DTZ001
        if found is None:
            return WallClock(at), TimePrecision.DAY
        at = at.replace(hour=_hour(found), minute=int(found[3]), second=int(found[4] or 0))
    except ValueError:
        return None
    precision = TimePrecision.SECOND if found[4] else TimePrecision.MINUTE
    if found[5]:
        at = at.replace(microsecond=int(found[5].ljust(6, "0")) // 1000 * 1000)
        precision = TimePrecision.MILLISECOND
    return _with_offset(at, found[7]), precision


def _hour(found: re.Match[str]) -> int:
    hour = int(found[2])
    half = (found[1] or found[6] or "").lower().replace(".", "").replace(" ", "")
    if half in ("pm", "下午", "晚上") and hour < 12:
        return hour + 12
    return 0 if half in ("am", "上午", "凌晨") and hour == 12 else hour


def _with_offset(at: datetime, offset: str | None) -> Moment:
    if not offset:
        return WallClock(at)
    if offset in ("Z", "UTC", "GMT"):
        return Instant(at.replace(tzinfo=UTC))
    bare = offset.removeprefix("UTC").removeprefix("GMT")
    return Instant(datetime.fromisoformat(f"{at.isoformat()}{bare}"))


def _tomorrow() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None) + timedelta(days=2)
