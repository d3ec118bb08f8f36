"""Dates and times in the cells of tables, without ever guessing what is day and what is month."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from evidence_app.intake.readers.support.eras import common_year, with_common_year
from evidence_app.intake.readers.support.month_names import month_of
from evidence_app.intake.readers.support.written_clock import Clock, read_clock
from evidence_app.intake.readers.tables.sheets import Cell, cell_text
from evidence_app.intake.readers.tables.values import plain
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

_BETWEEN = (
    r"(?:\s*г\.?)?(?:[T,.;]?\s+|T|,\s*|\s*[-–]\s+|(?<=[日일号])|$)"
    r"(?:(?:at|um|às|à|a las?|klo|kl\.?|в|pukul|saat|-|–)\s+)?"
)
_YEAR_FIRST = re.compile(
    rf"(?P<year>\d{{4}}|\d\d(?=年))\s?[-/.年년]\s?(?P<month>\d{{1,2}})\s?[-/.月월]\s?(?P<day>\d{{1,2}})\s?[日일号]?{_BETWEEN}(?P<clock>.*)"
)
_COMPACT = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?:[T_ -]?(?P<clock>\d{6}|\d\d:.*|\d{4}))?"
)
_YEAR_LAST = re.compile(
    rf"(?P<first>\d{{1,2}})\s?(?P<sign>[-/.])\s?(?P<second>\d{{1,2}})\s?(?P=sign)\s?'?(?P<third>\d{{4}}|\d{{2}}){_BETWEEN}(?P<clock>.*)"
)
_NAME = r"(?P<name>[^\W\d_][\w’'॰\u0900-\u097f]{1,14})\.?"
_WORDED = re.compile(
    rf"{_NAME}[-/\s]?\s?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:(?:,\s?|[-/\s])'?(?P<year>\d{{4}}|\d\d(?![\d:])))?{_BETWEEN}(?P<clock>.*)",
    re.I,
)
_WORDED_DAY = re.compile(
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|ª|\.)?[-/.\s]?\s?(?:(?:de|of)\s)?{_NAME}"
    rf"(?:[-/.,\s]\s?(?:de\s)?'?(?P<year>\d{{4}}|\d\d(?![\d:])))?{_BETWEEN}(?P<clock>.*)",
    re.I,
)
_WORDED_YEAR = re.compile(
    rf"(?P<year>\d{{4}})[-/.\s]{_NAME}[-/.\s](?P<day>\d{{1,2}}){_BETWEEN}(?P<clock>.*)", re.I
)
_OF_JAVA = re.compile(
    r"(?P<name>[A-Za-z]{3}) (?P<day>\d{1,2}) (?P<clock>\d\d:\d\d:\d\d) "
    r"(?:(?P<zone>(?:GMT|UTC)[+-]\d\d:?\d\d|GMT|UTC|Z) |[A-Z]{2,5} )?(?P<year>\d{4})"
)
_NO_YEAR = re.compile(
    r"(?P<month>\d{1,2})\s?[-月월]\s?(?P<day>\d{1,2})[日일]?(?:[T ](?P<clock>.*))?"
)
_NO_YEAR_EITHER = re.compile(
    r"(?P<first>\d{1,2})(?P<sign>[/.])(?P<second>\d{1,2})\.?(?: (?P<clock>.*))?"
)
_WEEKDAY = re.compile(
    r"(?:星期|周|週|礼拜)[一二三四五六日天][,、]?|[日月火水木金土]曜日?|[일월화수목금토]요일|\([^\d()]{1,12}\)"
)
_LEADING_WORD = re.compile(r"\A[^\W\d_][^\W\d]{1,14}\.?,?\s+(?=.*\d)")
_EXCEL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's date has no zone.
_LEAP_YEAR = 2000


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


class UndecidedDateError(ValueError):
    """A date lacks something that only the person can tell."""


class UnknownOrderError(UndecidedDateError):
    """A date can be read in two ways, and nothing tells which is right."""


class UnknownYearError(UndecidedDateError):
    """A date has no year, and nothing tells which it was."""


def date_without_year(text: str, dating: Dating) -> date | None:
    """The date that a text states, as one of a leap year; None if it states a year, or no date."""
    assumed = Dating(dating.order, date(_LEAP_YEAR, 1, 1), date(_LEAP_YEAR, 12, 1))
    return None if day_in(text, dating) is not None else day_in(text, assumed)


def order_of(cells: Iterable[Cell]) -> DateOrder | None:
    """Which order a table's dates have: one number above 12 tells, two that contradict do not."""
    orders = set()
    for cell in cells:
        text = _LEADING_WORD.sub("", _bare(cell), count=1) if isinstance(cell, str) else ""
        match = _YEAR_LAST.fullmatch(text) or _NO_YEAR_EITHER.fullmatch(text)
        if match and int(match["first"]) > 12:
            orders.add(DateOrder.DMY)
        elif match and int(match["second"]) > 12:
            orders.add(DateOrder.MDY)
        elif match and match["sign"] == ".":
            orders.add(DateOrder.DMY)
    return orders.pop() if len(orders) == 1 else None


def read_time(cell: Cell, dating: Dating) -> TimeReading | None:
    """The time that a cell states, or None if it states none.

    Raises:
        UnknownOrderError: It is not told what is the day and what the month.
        UnknownYearError: It has no year, and none is told.
    """
    reading = _typed(cell)
    if reading is None and not isinstance(cell, bool):
        reading = _written(_bare(cell), dating)
    if reading is None:
        return None
    moment, precision = reading
    at = moment.at.replace(tzinfo=None)
    if not datetime(1995, 1, 1) <= at <= _tomorrow():  # noqa: DTZ001
        return None
    return TimeReading(moment, TimeSource.RECORD, precision, cell_text(cell).strip())


def is_clock(cell: Cell) -> bool:
    """Whether a cell is a time of day alone."""
    if isinstance(cell, time):
        return True
    return isinstance(cell, str) and read_clock(plain(cell)) is not None


def day_in(text: str, dating: Dating) -> date | None:
    """The day that a text states; None if it states none, or not surely."""
    try:
        reading = _written(_bare(text), dating)
    except UndecidedDateError:
        return None
    return reading[0].at.date() if reading else None


def _typed(cell: Cell) -> tuple[Moment, TimePrecision] | None:
    if isinstance(cell, datetime):
        return WallClock(cell.replace(tzinfo=None)), TimePrecision.SECOND
    if isinstance(cell, date):
        return WallClock(datetime.combine(cell, time())), TimePrecision.DAY
    if isinstance(cell, bool | time | timedelta):
        return None
    if isinstance(cell, int | float):
        return _from_number(float(cell))
    if re.fullmatch(r"\d{10}|\d{13}", cell.strip()):
        return _from_number(float(cell))
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


def _bare(cell: Cell) -> str:
    """A cell's words without the day of the week."""
    return " ".join(_WEEKDAY.sub(" ", with_common_year(plain(cell))).split())


def _written(text: str, dating: Dating) -> tuple[Moment, TimePrecision] | None:
    reading = _numeric(text, dating) or _worded(text, dating)
    if reading is None and (word := _LEADING_WORD.match(text)):
        rest = text[word.end() :]
        return _numeric(rest, dating) or _worded(rest, dating)
    return reading


def _numeric(text: str, dating: Dating) -> tuple[Moment, TimePrecision] | None:
    if match := _YEAR_FIRST.fullmatch(text):
        year = _century(int(match["year"]))
        return _moment(year, int(match["month"]), int(match["day"]), match["clock"])
    if match := _COMPACT.fullmatch(text):
        clock = match["clock"] or ""
        clock = f"{clock[:2]}:{clock[2:]}" if len(clock) == 4 else clock
        return _moment(int(match["year"]), int(match["month"]), int(match["day"]), clock)
    if match := _YEAR_LAST.fullmatch(text):
        return _year_last(match, dating)
    if match := _NO_YEAR.fullmatch(text):
        month, day = int(match["month"]), int(match["day"])
        return _undated(month, day, match["clock"] or "", dating)
    if match := _NO_YEAR_EITHER.fullmatch(text):
        return _no_year(match, dating)
    return None


def _year_last(match: re.Match[str], dating: Dating) -> tuple[Moment, TimePrecision] | None:
    first, second, third = int(match["first"]), int(match["second"]), int(match["third"])
    if dating.order is DateOrder.YMD and len(match["third"]) == 2:
        return _moment(_century(first), second, third, match["clock"])
    year = _century(third)
    readings = {
        DateOrder.DMY: _moment(year, second, first, match["clock"]),
        DateOrder.MDY: _moment(year, first, second, match["clock"]),
    }
    if dating.order is not None:
        return readings[DateOrder.MDY if dating.order is DateOrder.MDY else DateOrder.DMY]
    return _only(list(readings.values()), match[0])


def _no_year(match: re.Match[str], dating: Dating) -> tuple[Moment, TimePrecision] | None:
    """A date of two numbers, whose year the table's period tells, and maybe their order."""
    first, second, clock = int(match["first"]), int(match["second"]), match["clock"] or ""
    readings = []
    for order, month, day in ((DateOrder.DMY, second, first), (DateOrder.MDY, first, second)):
        year = _year_for(month, dating) if dating.order in (None, order) else None
        read = _moment(year, month, day, clock) if year else None
        if read is not None and (dating.order is order or _is_within(read[0], dating)):
            readings.append(read)
    possible = [_moment(_LEAP_YEAR, *pair, clock) for pair in ((second, first), (first, second))]
    if not readings and any(possible):
        raise UnknownYearError(match[0])
    return _only(readings, match[0])


def _only(
    readings: Sequence[tuple[Moment, TimePrecision] | None], text: str
) -> tuple[Moment, TimePrecision] | None:
    """The one reading that there is.

    Raises:
        UnknownOrderError: There are several that differ.
    """
    real = [reading for reading in readings if reading is not None]
    if len({reading[0].at for reading in real}) > 1:
        raise UnknownOrderError(text)
    return real[0] if real else None


def _is_within(moment: Moment, dating: Dating) -> bool:
    """Whether a time lies in the stated period, which may end on any day of its last month."""
    if dating.first is None or dating.last is None:
        return True
    day = moment.at.date().replace(day=1)
    return dating.first <= day <= dating.last


def _century(year: int) -> int:
    return year + 2000 if year < 100 else year


def _worded(text: str, dating: Dating) -> tuple[Moment, TimePrecision] | None:
    for form in (_OF_JAVA, _WORDED_YEAR, _WORDED, _WORDED_DAY):
        match = form.fullmatch(text)
        month = month_of(match["name"]) if match else None
        if match is None or month is None:
            continue
        zone = match["zone"] if form is _OF_JAVA and match["zone"] else ""
        day, clock = int(match["day"]), f"{match['clock']} {zone}"
        if match["year"]:
            read = _moment(_century(int(match["year"])), month, day, clock)
        else:
            read = _undated(month, day, clock, dating)
        if read is not None:
            return read
    return None


def _undated(
    month: int, day: int, clock: str, dating: Dating
) -> tuple[Moment, TimePrecision] | None:
    """A time whose year the table's period tells.

    Raises:
        UnknownYearError: The period does not tell it.
    """
    if _moment(_LEAP_YEAR, month, day, clock) is None:
        return None
    year = _year_for(month, dating)
    if year is None:
        raise UnknownYearError(f"{month}-{day}")
    return _moment(year, month, day, clock)


def _year_for(month: int, dating: Dating) -> int | None:
    """The year of a month in the stated period, which may span a New Year."""
    if dating.first is None or dating.last is None:
        return None
    years = range(dating.first.year, dating.last.year + 1)
    begin, end = [(day.year, day.month) for day in (dating.first, dating.last)]
    fitting = [year for year in years if begin <= (year, month) <= end]
    return fitting[0] if len(fitting) == 1 else None


def _moment(year: int, month: int, day: int, clock: str) -> tuple[Moment, TimePrecision] | None:
    try:
        at = datetime(common_year(year), month, day)  # noqa: DTZ001
    except ValueError:
        return None
    if not clock.strip():
        return WallClock(at), TimePrecision.DAY
    read = read_clock(clock)
    if read is None:
        return None
    at += read.since_midnight
    if read.zone is not None:
        return Instant(at.replace(tzinfo=read.zone)), _precision(read)
    return WallClock(at), _precision(read)


def _precision(clock: Clock) -> TimePrecision:
    if clock.has_fraction:
        return TimePrecision.MILLISECOND
    return TimePrecision.SECOND if clock.has_seconds else TimePrecision.MINUTE


def _tomorrow() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None) + timedelta(days=2)
