"""The chart of contacts: one column a day, or a week where days would be too many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from evidence_app.dossier import fonts
from evidence_app.dossier.page_writer import PageWriter
from evidence_app.dossier.styles import (
    ACCENT,
    ACCENT_LIGHT,
    ACCENT_PALE,
    FINE,
    RULE,
    SOFT,
    Colour,
)
from evidence_app.model.event import EventType

_HEIGHT = 150.0
_AXIS = 26.0
_MOST_COLUMNS = 100
_MOST_MONTHS = 160
_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Series:
    """A stretch of time in columns.

    Attributes:
        unit: ``day``, ``week`` or ``month``.
        starts: The first day of each column.
        columns: Calls, messages and others in each.
    """

    unit: str
    starts: tuple[date, ...]
    columns: tuple[tuple[int, int, int], ...]

    @property
    def highest(self) -> int:
        """The highest column."""
        return max((sum(column) for column in self.columns), default=0)


def series(by_day: Mapping[date, Counter[EventType]]) -> Series:
    """Put days into columns, gaps included, so that time runs evenly."""
    first, last = min(by_day), max(by_day)
    days = (last - first).days + 1
    unit = "day" if days <= _MOST_COLUMNS else "week" if days <= 7 * _MOST_MONTHS else "month"
    sums: dict[date, list[int]] = {}
    start = _start(first, unit)
    while start <= last:
        sums[start] = [0, 0, 0]
        start = _next(start, unit)
    for day, counts in by_day.items():
        column = sums[_start(day, unit)]
        column[0] += counts[EventType.CALL]
        column[1] += counts[EventType.MESSAGE]
        column[2] += counts.total() - counts[EventType.CALL] - counts[EventType.MESSAGE]
    columns = tuple((one[0], one[1], one[2]) for one in sums.values())
    return Series(unit, tuple(sums), columns)


def _start(day: date, unit: str) -> date:
    if unit == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if unit == "month" else day


def _next(start: date, unit: str) -> date:
    if unit == "month":
        return (start.replace(day=28) + timedelta(days=4)).replace(day=1)
    return start + timedelta(days=7 if unit == "week" else 1)


def draw(sheet: PageWriter, by_day: Mapping[date, Counter[EventType]]) -> None:
    """Draw the chart at the position on the sheet, with a heading and a legend."""
    shown = series(by_day)
    sheet.subheading(sheet.words(f"chart.per_{shown.unit}"), keep_with=_HEIGHT + 50)
    _legend(sheet)
    base = sheet.y - _HEIGHT
    step = _step(shown.highest)
    top = -(-shown.highest // step) * step
    for value in range(0, top + 1, step):
        y = base + value / top * (_HEIGHT - 8)
        _grid_line(sheet, y, value)
    _columns(sheet, shown, base, top)
    _dates(sheet, shown, base)
    sheet.y = base - 34


def _step(highest: int) -> int:
    """A round step that makes at most six lines."""
    power = 1
    while True:
        for step in _STEPS:
            if highest <= step * power * 5:
                return step * power
        power *= 10


def _legend(sheet: PageWriter) -> None:
    x, y = sheet.geometry.left + _AXIS, sheet.y - 8
    for colour, key in zip(_COLOURS, ("calls", "messages", "others"), strict=True):
        sheet.fill(x, y, 7, 7, colour)
        x = sheet.put(x + 11, y + 0.8, sheet.words(f"chart.{key}"), FINE) + 16
    sheet.space(20)


_COLOURS: tuple[Colour, Colour, Colour] = (ACCENT, ACCENT_LIGHT, ACCENT_PALE)


def _grid_line(sheet: PageWriter, y: float, value: int) -> None:
    sheet.canvas.setStrokeColorRGB(*(SOFT if value == 0 else RULE))
    sheet.canvas.setLineWidth(0.6 if value == 0 else 0.4)
    sheet.canvas.line(sheet.geometry.left + _AXIS, y, sheet.geometry.right, y)
    sheet.put_right(sheet.geometry.left + _AXIS - 6, y - 2.3, str(value), FINE)


def _slot(sheet: PageWriter, shown: Series) -> float:
    return min(46.0, (sheet.geometry.measure - _AXIS) / len(shown.columns))


def _columns(sheet: PageWriter, shown: Series, base: float, top: int) -> None:
    slot = _slot(sheet, shown)
    width = max(0.8, min(slot * 0.7, 26.0))
    unit = (_HEIGHT - 8) / top
    for n, column in enumerate(shown.columns):
        x = sheet.geometry.left + _AXIS + n * slot + (slot - width) / 2
        y = base
        for count, colour in zip(column, _COLOURS, strict=True):
            if count:
                sheet.fill(x, y, width, count * unit, colour)
                y += count * unit


def _dates(sheet: PageWriter, shown: Series, base: float) -> None:
    """Dates under the columns, as many as have room."""
    pattern = "%Y-%m" if shown.unit == "month" else "%m-%d"
    slot = _slot(sheet, shown)
    needed = fonts.width("00-00-00") * FINE.size
    every = max(1, int(-(-needed // slot)))
    year = 0
    for n in range(0, len(shown.starts), every):
        start = shown.starts[n]
        words = start.strftime(pattern)
        x = sheet.geometry.left + _AXIS + n * slot + slot / 2
        half = fonts.width(words) * FINE.size / 2
        sheet.put(max(sheet.geometry.left + _AXIS, x - half), base - 11, words, FINE)
        if shown.unit != "month" and start.year != year:
            year = start.year
            sheet.put(max(sheet.geometry.left + _AXIS, x - half), base - 20, str(year), FINE)
