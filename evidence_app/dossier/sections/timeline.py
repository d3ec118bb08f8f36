"""Every entry, by day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby, islice

from evidence_app.dossier import limits
from evidence_app.dossier import text as texts
from evidence_app.dossier.context import DossierContext
from evidence_app.dossier.sections.findings import quoted
from evidence_app.dossier.styles import (
    ACCENT,
    BODY,
    FAINT,
    FINE,
    INK,
    RULE,
    SMALL,
    SOFT,
    STRONG,
    TINT,
    WARNING,
    Style,
)
from evidence_app.model.event import Event
from evidence_app.model.times import in_zone

_TIME_WIDTH = 42.0
_HOW_WIDTH = 92.0
_EXHIBIT_WIDTH = 58.0
_DAY_HEIGHT = 20.0
_ACT = Style(8.4, 12, False, INK)
_PAD = 2.5

Line = tuple[str, Style]


def months(book: DossierContext) -> tuple[tuple[str, str], ...]:
    """Anchors and titles of the months of which entries are printed, and of the undated ones."""
    figures, found, before = book.figures, [], 0
    for one in sorted(figures.months):
        if before < limits.ENTRIES:
            found.append((_month_key(*one), book.words.month(*one)))
        before += figures.months[one]
    if figures.undated and before < limits.ENTRIES:
        found.append(("timeline-undated", book.words("timeline.undated")))
    return tuple(found)


def _month_key(year: int, month: int) -> str:
    return f"timeline-{year:04}-{month:02}"


def write(book: DossierContext) -> None:
    """Write the chapter."""
    words, sheet = book.words, book.sheet
    sheet.paragraph(words("timeline.intro", zone=book.content.case.timezone), BODY, after=4)
    sheet.paragraph(words("timeline.legend"), SMALL.coloured(SOFT), after=14)
    if book.figures.entries > limits.ENTRIES:
        shown, count = words.number(limits.ENTRIES), words.number(book.figures.entries)
        said = words("format.first_of", shown=shown, count=count)
        sheet.paragraph(said, STRONG.coloured(WARNING), after=14)
    month: tuple[int, int] | None = None
    for day, events in _by_day(book):
        if day is None:
            _write_day(book, day, events, *months(book)[-1])
        elif (day.year, day.month) == month:
            _write_day(book, day, events)
        else:
            month = day.year, day.month
            _write_day(book, day, events, _month_key(*month), words.month(*month))


def _by_day(book: DossierContext) -> Iterator[tuple[date | None, list[Event]]]:
    zone = book.words.zone

    def day_of(event: Event) -> date | None:
        return in_zone(event.time.moment, zone).date() if event.time else None

    printed = islice(book.content.access.events(), limits.ENTRIES)
    for day, events in groupby(printed, key=day_of):
        yield day, list(events)


def _write_day(
    book: DossierContext, day: date | None, events: list[Event], key: str = "", title: str = ""
) -> None:
    sheet, words = book.sheet, book.words
    sheet.room(_DAY_HEIGHT + 3 * _ACT.leading)
    if key:
        sheet.anchor(key, title, level=1)
    heading = words.day_heading(day) if day else words("timeline.undated")
    _write_heading(book, heading, words.counted("timeline.entries", len(events)))
    continued = words("timeline.continued", day=heading)
    for event in events:
        sheet.meter.advance()
        _write_event(book, event, continued)
    sheet.space(12)


def _write_heading(book: DossierContext, heading: str, count: str = "") -> None:
    sheet = book.sheet
    geometry = sheet.geometry
    sheet.fill(geometry.left, sheet.y - _DAY_HEIGHT + 3, geometry.measure, _DAY_HEIGHT - 3, TINT)
    sheet.put(geometry.left + 6, sheet.y - 12, heading, STRONG)
    sheet.put_right(geometry.right - 6, sheet.y - 12, count, FINE)
    sheet.space(_DAY_HEIGHT + 2)


def _lines(book: DossierContext, event: Event, available: float) -> list[Line]:
    """The right-hand side of an entry, line by line."""
    act = book.headline(event)
    blocks: list[Line] = [(act, _ACT)]
    if event.text.strip():
        blocks.append((quoted(event.text.strip(), book), SMALL.coloured(SOFT)))
    for number, place in book.content.linked.get(event.id, ()):
        where = book.words.joined(book.exhibit_label(number), book.words.place(place))
        blocks.append((book.words("timeline.also", where=where), FINE))
    names = book.content.event_violations.get(event.id, ())
    blocks += [("→ " + name, SMALL.coloured(ACCENT)) for name in names]
    return [
        (line, style)
        for text, style in blocks
        for line in texts.wrap(texts.clean(text), style.size, available, style.bold)
    ]


def _write_event(book: DossierContext, event: Event, continued: str) -> None:
    sheet = book.sheet
    geometry = sheet.geometry
    indent = _TIME_WIDTH + _HOW_WIDTH
    lines = _lines(book, event, geometry.measure - indent - _EXHIBIT_WIDTH)
    if sheet.room(min(len(lines), 4) * _ACT.leading + 2 * _PAD):
        _write_heading(book, continued)
    sheet.space(_PAD)
    _write_margins(book, event)
    for n, (line, style) in enumerate(lines):
        if n and sheet.room(style.leading):
            _write_heading(book, continued)
        sheet.put(geometry.left + indent, sheet.y - 9, line, style)
        sheet.space(style.leading)
    sheet.space(_PAD)
    sheet.rule(sheet.y, RULE)


def _write_margins(book: DossierContext, event: Event) -> None:
    """The time and how it was established at the left, the exhibit at the right."""
    sheet, words = book.sheet, book.words
    geometry = sheet.geometry
    y = sheet.y - 9
    if event.time:
        sheet.put(geometry.left + 6, y, words.clock(event.time), _ACT)
        how = words.established_short(event.time)
        shown = texts.shorten(how, FINE.size, _HOW_WIDTH - 8)
        sheet.put(geometry.left + _TIME_WIDTH + 4, y, shown, FINE.coloured(FAINT))
    number = book.content.exhibit_of(event)
    label = book.exhibit_label(number)
    start = sheet.put_right(geometry.right - 2, y, label, SMALL.coloured(ACCENT))
    sheet.link(book.exhibit_key(number), start, y - 3, geometry.right - start, 12)
