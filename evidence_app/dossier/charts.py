"""Charts of contacts: one column a day, or a week or month where days would be too many."""

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
    INK,
    RULE,
    SOFT,
    TINT,
    WHITE,
    Colour,
)
from evidence_app.model.event import EventType

CHART_HEIGHT = 92.0
"""Of the chart of days, without heading and legend."""

HEAT_MAP_HEIGHT = 100.0
"""Of the chart of hours, without its heading."""

_AXIS = 26.0
_DATES = 24.0
_MOST_COLUMNS = 100
_MOST_MONTHS = 160
_STEPS = (1, 2, 5)
_LEAST_GAP = 30
"""Days. Less is no gap, however short the rest is."""

_OUTLIERS = 0.05
"""At most this part of the contacts lies outside the axis."""

_MOST_SAID = 5
"""Columns and cells that are told of in words."""

_CELL_HEIGHT = 11.0
_DAY_WIDTH = 34.0
_DARK = 0.55


@dataclass(frozen=True, slots=True)
class Axis:
    """The stretch of time that a chart shows.

    Attributes:
        days: What it shows, by day.
        outside: Days that would stretch it over mostly empty time, with their contacts.
    """

    days: Mapping[date, Counter[EventType]]
    outside: tuple[tuple[date, int], ...]


def axis(by_day: Mapping[date, Counter[EventType]]) -> Axis:
    """Leave days aside that lie far from nearly all others.

    Days are left aside if the time between them and the others is longer than all the time that
    the others span, and if they have no more than a twentieth of the contacts, or one.
    """
    days = sorted(by_day)
    allowed = max(1, int(_contacts(by_day, days) * _OUTLIERS))
    outside: list[date] = []
    while len(days) > 1:
        near, far = _parted(by_day, days)
        if not far or _contacts(by_day, [*outside, *far]) > allowed:
            break
        days, outside = near, [*outside, *far]
    near_days = {day: by_day[day] for day in days}
    return Axis(near_days, tuple((day, by_day[day].total()) for day in sorted(outside)))


def _contacts(by_day: Mapping[date, Counter[EventType]], days: list[date]) -> int:
    return sum(by_day[day].total() for day in days)


def _parted(
    by_day: Mapping[date, Counter[EventType]], days: list[date]
) -> tuple[list[date], list[date]]:
    """The days on the busier side of the longest gap, and the others if they are far away."""
    gap, cut = max(((days[n] - days[n - 1]).days, n) for n in range(1, len(days)))
    sides = sorted((days[:cut], days[cut:]), key=lambda side: _contacts(by_day, side))
    few, many = sides
    return many, few if gap > max((many[-1] - many[0]).days, _LEAST_GAP) else []


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
    columns = tuple((calls, messages, others) for calls, messages, others in sums.values())
    return Series(unit, tuple(sums), columns)


def _start(day: date, unit: str) -> date:
    if unit == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if unit == "month" else day


def _next(start: date, unit: str) -> date:
    if unit == "month":
        return (start.replace(day=28) + timedelta(days=4)).replace(day=1)
    return start + timedelta(days=7 if unit == "week" else 1)


def draw_days(sheet: PageWriter, chart: Series) -> None:
    """Draw the chart of days at the position on the sheet."""
    base = sheet.y - CHART_HEIGHT
    step = _step(chart.highest)
    top = -(-chart.highest // step) * step
    left, below = sheet.geometry.left, base - _DATES
    with sheet.figure(_summary(sheet, chart), left, below, sheet.geometry.measure, sheet.y - below):
        draw_legend(sheet)
        for value in range(0, top + 1, step):
            _grid_line(sheet, base + value / top * (CHART_HEIGHT - 8), value)
        _columns(sheet, chart, base, top)
        _dates(sheet, chart, base)
    sheet.y = below


def _summary(sheet: PageWriter, chart: Series) -> str:
    """The chart of days in words: its highest columns, which the drawing is there to show."""
    wording = sheet.wording
    sums = sorted(
        zip(map(sum, chart.columns), chart.starts, strict=True), key=lambda pair: -pair[0]
    )
    listed = (
        wording("chart.on_day", date=wording.day(start), count=wording.number(count))
        for count, start in sums[:_MOST_SAID]
        if count
    )
    first, last = wording.day(chart.starts[0]), wording.day(chart.starts[-1])
    title, most = wording(f"chart.per_{chart.unit}"), wording("format.list").join(listed)
    return wording("figure.days", title=title, first=first, last=last, most=most)


def _step(highest: int) -> int:
    """A round step that makes at most six lines."""
    power = 1
    while True:
        for step in _STEPS:
            if highest <= step * power * 5:
                return step * power
        power *= 10


def draw_legend(sheet: PageWriter) -> None:
    """Say what the colours of the chart of days mean, flush right at the position."""
    x = sheet.geometry.right
    for colour, key in reversed([*zip(_COLOURS, ("calls", "messages", "others"), strict=True)]):
        x = sheet.put_right(x, sheet.y + 6, sheet.wording(f"chart.{key}"), FINE) - 11
        sheet.fill(x, sheet.y + 5.2, 7, 7, colour)
        x -= 12


_COLOURS: tuple[Colour, Colour, Colour] = (ACCENT, ACCENT_LIGHT, ACCENT_PALE)


def _grid_line(sheet: PageWriter, y: float, value: int) -> None:
    left, zero = sheet.geometry.left + _AXIS, value == 0
    width = 0.6 if zero else 0.4
    sheet.stroke(left, y, sheet.geometry.right, y, SOFT if zero else RULE, width)
    sheet.put_right(left - 6, y - 2.3, str(value), FINE)


def _slot(sheet: PageWriter, chart: Series) -> float:
    return min(46.0, (sheet.geometry.measure - _AXIS) / len(chart.columns))


def _columns(sheet: PageWriter, chart: Series, base: float, top: int) -> None:
    slot = _slot(sheet, chart)
    width = max(0.8, min(slot * 0.7, 26.0))
    unit = (CHART_HEIGHT - 8) / top
    for n, column in enumerate(chart.columns):
        x = sheet.geometry.left + _AXIS + n * slot + (slot - width) / 2
        y = base
        for count, colour in zip(column, _COLOURS, strict=True):
            if count:
                sheet.fill(x, y, width, count * unit, colour)
                y += count * unit


def _dates(sheet: PageWriter, chart: Series, base: float) -> None:
    """Dates under the columns, as many as have room."""
    pattern = "%Y-%m" if chart.unit == "month" else "%m-%d"
    slot = _slot(sheet, chart)
    needed = fonts.width("00-00-00") * FINE.size
    every = max(1, int(-(-needed // slot)))
    year = 0
    for n in range(0, len(chart.starts), every):
        start = chart.starts[n]
        label = start.strftime(pattern)
        x = sheet.geometry.left + _AXIS + n * slot + slot / 2
        half = fonts.width(label) * FINE.size / 2
        left = min(max(sheet.geometry.left + _AXIS, x - half), sheet.geometry.right - 2 * half)
        sheet.put(left, base - 11, label, FINE)
        if chart.unit != "month" and start.year != year:
            year = start.year
            sheet.put(left, base - 20, str(year), FINE)


def draw_hours(sheet: PageWriter, by_hour: Mapping[tuple[int, int], int]) -> None:
    """Draw weekdays by hours: the darker, the more, and the number in each cell."""
    left = sheet.geometry.left + _DAY_WIDTH
    width = (sheet.geometry.right - left) / 24
    highest = max(by_hour.values(), default=1)
    summary, bottom = _summary_of_hours(sheet, by_hour), sheet.y - HEAT_MAP_HEIGHT
    with sheet.figure(
        summary, sheet.geometry.left, bottom, sheet.geometry.measure, HEAT_MAP_HEIGHT
    ):
        _draw_cells(sheet, by_hour, left, width, highest)
    sheet.y = bottom


def _summary_of_hours(sheet: PageWriter, by_hour: Mapping[tuple[int, int], int]) -> str:
    """The chart of hours in words: those with most contacts."""
    wording = sheet.wording
    ranked = sorted(by_hour.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_SAID]
    listed = (
        wording(
            "figure.hour",
            day=wording(f"weekday.d{day + 1}"),
            hour=hour,
            count=wording.number(count),
        )
        for (day, hour), count in ranked
    )
    title = wording("chart.hours")
    return wording("figure.hours", title=title, most=wording("format.list").join(listed))


def _draw_cells(
    sheet: PageWriter,
    by_hour: Mapping[tuple[int, int], int],
    left: float,
    width: float,
    highest: int,
) -> None:
    for hour in range(24):
        sheet.put(left + hour * width + 1, sheet.y - 8, f"{hour:02}", FINE)
    top = sheet.y - 12
    for day in range(7):
        y = top - (day + 1) * _CELL_HEIGHT
        sheet.put(sheet.geometry.left, y + 3, sheet.wording(f"weekday_short.d{day + 1}"), FINE)
        for hour in range(24):
            count = by_hour.get((day, hour), 0)
            x = left + hour * width
            sheet.fill(x, y, width - 1, _CELL_HEIGHT - 1, _shade(count / highest))
            if count:
                ink = FINE.coloured(WHITE if count / highest > _DARK else INK)
                half = fonts.width(str(count)) * FINE.size / 2
                sheet.put(x + (width - 1) / 2 - half, y + 2.8, str(count), ink)


def _shade(share: float) -> Colour:
    """From nearly white to the darkest colour; grey printers keep the order."""
    if not share:
        return TINT
    pale, dark = ACCENT_PALE, ACCENT
    red, green, blue = (a + (b - a) * share for a, b in zip(pale, dark, strict=True))
    return red, green, blue
