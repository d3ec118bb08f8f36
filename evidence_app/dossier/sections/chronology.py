"""Every act, by day: when and how that is known, who, what, and where it is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import islice

from evidence_app.dossier import folding, limits
from evidence_app.dossier import text as texts
from evidence_app.dossier.context import WORDLESS, DossierContext, repeats_as
from evidence_app.dossier.folding import Line
from evidence_app.dossier.options import Part
from evidence_app.dossier.sections import crops, logs
from evidence_app.dossier.sections.findings import quoted
from evidence_app.dossier.structure import Element
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
from evidence_app.dossier.tables import before_last
from evidence_app.model.event import Event, EventType, Outcome

_NUMBER_WIDTH = 30.0
_TIME_WIDTH = 70.0
_WHO_WIDTH = 112.0
_EXHIBIT_WIDTH = 82.0
_PLACE_WIDTH = 44.0
_THUMBNAIL_WIDTH = crops.THUMBNAIL[0] + 6
_DAY_HEIGHT = 20.0
_ACT = Style(8.4, 11.5, False, INK)
_PAD = 2.5
_KEPT_TOGETHER = 4
_LINE_HEIGHT = _KEPT_TOGETHER * _ACT.leading + 2 * _PAD

_Text = tuple[str, Style]


def parts(book: DossierContext) -> tuple[tuple[str, str], ...]:
    """Anchors and titles of the months of which lines are printed, and of the undated ones."""
    contents = [
        (_month_key(*month), book.wording.month(*month)) for month in sorted(book.lines.months)
    ]
    if book.lines.undated:
        contents.append((_UNDATED, book.wording("chronology.undated")))
    return tuple(contents)


_UNDATED = "chronology-undated"


def _month_key(year: int, month: int) -> str:
    return f"chronology-{year:04}-{month:02}"


def line_key(number: int) -> str:
    """The anchor of a line."""
    return f"line-{number}"


def write(book: DossierContext) -> None:
    """Write the chapter."""
    wording, sheet = book.wording, book.sheet
    sheet.paragraph(wording("chronology.intro", zone=book.content.case.timezone), BODY, after=4)
    sheet.paragraph(wording("chronology.legend"), SMALL.coloured(SOFT), after=10)
    if book.lines.count > limits.LINES:
        shown_count, count = wording.number(limits.LINES), wording.number(book.lines.count)
        cut_note = wording("format.first_of", shown=shown_count, count=count)
        sheet.paragraph(cut_note, STRONG.coloured(WARNING), after=14)
    writer = _Writer(book)
    every = folding.lines(book.content.access.events(), wording.zone, repeats_as(book.content))
    for line, is_next_to_last in before_last(islice(every, limits.LINES)):
        sheet.meter.advance()
        writer.write(line, below=_LINE_HEIGHT if is_next_to_last else 0.0)
    writer.end()


@dataclass(frozen=True, slots=True)
class _Columns:
    """What stands side by side in one line."""

    time: list[_Text]
    other_side: list[_Text]
    act: list[_Text]
    has_picture: bool

    def height(self) -> float:
        columns = (self.time, self.other_side, self.act)
        heights = (sum(style.leading for _, style in column) for column in columns)
        least = crops.THUMBNAIL[1] if self.has_picture else 2 * _ACT.leading
        return max(least, *heights)


class _Writer:
    """Writes lines below each other, with a heading for each day."""

    def __init__(self, book: DossierContext) -> None:
        self._book = book
        self._day: date | None = None
        self._heading = ""
        self._month: tuple[int, int] | None = None
        self._lines = book.sheet.structure.begin("L")

    def end(self) -> None:
        """End the list of the last day."""
        self._book.sheet.structure.end(self._lines)

    def write(self, line: Line, below: float = 0.0) -> None:
        """Write one line, under its day, on a page that has so much room below it."""
        if not self._heading or line.day != self._day:
            self._begin_day(line.day)
        sheet = self._book.sheet
        columns = self._columns(line)
        least = min(columns.height(), _KEPT_TOGETHER * _ACT.leading)
        if sheet.room(least + 2 * _PAD + below):
            self._repeat_heading()
        sheet.space(_PAD)
        sheet.anchor(line_key(line.number))
        structure = sheet.structure
        with structure.into(self._lines), structure.within("LI"):
            with structure.within("Lbl"):
                number = str(line.number)
                sheet.put(sheet.geometry.left + 2, sheet.y - 9, number, FINE.coloured(SOFT))
            with structure.within("LBody"):
                self._write_columns(line, columns)
        sheet.space(_PAD)
        sheet.rule(sheet.y, RULE)

    def _write_columns(self, line: Line, columns: _Columns) -> None:
        structure = self._book.sheet.structure
        time = structure.begin("P") if columns.time else None
        side_element, act_element, where = (structure.begin("P") for _ in range(3))
        self._write_margins(line, columns, time, side_element, where)
        with structure.into(act_element):
            self._write_what(line, columns)
        for element in filter(None, (time, side_element, act_element, where)):
            structure.end(element)

    def _begin_day(self, day: date | None) -> None:
        book, sheet = self._book, self._book.sheet
        if self._heading:
            sheet.space(9)
        sheet.room(_DAY_HEIGHT + _LINE_HEIGHT)
        if day is None:
            sheet.anchor(_UNDATED, book.wording("chronology.undated"), level=1)
        elif (day.year, day.month) != self._month:
            self._month = day.year, day.month
            sheet.anchor(_month_key(*self._month), book.wording.month(*self._month), level=1)
        self._day = day
        self._heading = book.wording.day_heading(day) if day else book.wording("chronology.undated")
        self.end()
        with sheet.structure.within("H2"):
            self._put_heading(self._heading)
        self._lines = sheet.structure.begin("L")

    def _repeat_heading(self) -> None:
        with self._book.sheet.structure.nothing():
            self._put_heading(self._book.wording("chronology.continued", day=self._heading))

    def _put_heading(self, heading: str) -> None:
        sheet = self._book.sheet
        left, height = sheet.geometry.left, _DAY_HEIGHT - 3
        sheet.fill(left, sheet.y - height, sheet.geometry.measure, height, TINT)
        sheet.put(left + 6, sheet.y - 12, heading, STRONG)
        sheet.space(_DAY_HEIGHT)

    def _columns(self, line: Line) -> _Columns:
        measure = self._book.sheet.geometry.measure
        act_width = measure - _NUMBER_WIDTH - _TIME_WIDTH - _WHO_WIDTH - _EXHIBIT_WIDTH
        has_picture = self._has_picture(line.event)
        if has_picture:
            act_width -= _THUMBNAIL_WIDTH
        return _Columns(
            _wrapped(self._time(line), _TIME_WIDTH),
            _wrapped(self._other_side(line), _WHO_WIDTH),
            _wrapped(self._act(line), act_width),
            has_picture,
        )

    def _has_picture(self, event: Event) -> bool:
        content = self._book.content
        item = content.exhibit(content.exhibit_of(event)).item
        return event.type is EventType.PICTURE and crops.has_picture(self._book, item)

    def _time(self, line: Line) -> list[_Text]:
        wording, event = self._book.wording, line.event
        if event.time is None:
            return []
        clock = wording.clock(event.time)
        last = line.repeats[-1].time if line.repeats else None
        if last is not None and wording.clock(last) != clock:
            clock = wording("format.clocks", first=clock, last=wording.clock(last))
        how = wording.established_short(event.time)
        return [(clock, _ACT), (how, FINE.coloured(FAINT))]

    def _other_side(self, line: Line) -> list[_Text]:
        book, event = self._book, line.event
        name = texts.name(event.party or event.contact_name)
        numbers = dict.fromkeys(
            texts.name(contact.identifier)
            for contact in (event, *line.repeats)
            if contact.identifier
        )
        number = next(iter(numbers), "")
        if len(numbers) > 1:
            number = book.wording("chronology.numbers", count=len(numbers))
        if not (name or number):
            number = book.wording.other_side(event)
        texts_of_side = [(name or number, _ACT)]
        role = book.role(event)
        below = book.wording.joined(role, number if name and name != number else "")
        return [*texts_of_side, (below, FINE)] if below else texts_of_side

    def _act(self, line: Line) -> list[_Text]:
        book, event, wording = self._book, line.event, self._book.wording
        blocks: list[_Text] = [(wording.joined(wording.act(event), wording.length(event)), _ACT)]
        if event.type in WORDLESS:
            blocks.append((book.wordless_title(event), SMALL))
        text = event.text.strip()
        if text:
            blocks.append((wording("format.quote", text=quoted(text, book)), SMALL))
        if line.repeats:
            blocks.append((_repeats(book, line), SMALL.coloured(SOFT)))
        for number, place in book.content.linked.get(event.id, ()):
            where = wording.joined(book.exhibit_label(number), wording.place(place))
            blocks.append((wording("chronology.also", where=where), FINE))
        names = book.content.event_violations.get(event.id, ())
        return blocks + [("→ " + name, SMALL.coloured(ACCENT)) for name in names]

    def _write_margins(
        self,
        line: Line,
        columns: _Columns,
        time: Element | None,
        side_element: Element,
        where: Element,
    ) -> None:
        """Write number, time, side and exhibit; never longer than what is kept together."""
        book, sheet = self._book, self._book.sheet
        left = sheet.geometry.left + _NUMBER_WIDTH
        if time is not None:
            with sheet.structure.into(time):
                _put_column(book, left, columns.time[:_KEPT_TOGETHER])
        with sheet.structure.into(side_element):
            _put_column(book, left + _TIME_WIDTH, columns.other_side[:_KEPT_TOGETHER])
        with sheet.structure.into(where):
            self._write_where(line)

    def _write_where(self, line: Line) -> None:
        """The exhibit, and the place and page in it."""
        book, sheet = self._book, self._book.sheet
        right, top = sheet.geometry.right, sheet.y
        x = right - _EXHIBIT_WIDTH + 6
        number = book.content.exhibit_of(line.event)
        with sheet.structure.within("Link"):
            sheet.link(_key(book, number), x - 2, top - 12, right - x + 2, 12)
            sheet.put(x, top - 9, book.exhibit_label(number), SMALL.coloured(ACCENT))
        place = texts.shorten(book.wording.place(line.event.place), FINE.size, _PLACE_WIDTH)
        if place:
            place += book.wording("format.separator")
        end = sheet.put(x, top - 9 - _ACT.leading, place, FINE)
        sheet.put_later(end, top - 9 - _ACT.leading, _page_of(book, line.event, number), FINE)

    def _write_what(self, line: Line, columns: _Columns) -> None:
        sheet = self._book.sheet
        x = sheet.geometry.left + _NUMBER_WIDTH + _TIME_WIDTH + _WHO_WIDTH
        if columns.has_picture:
            crops.thumbnail(self._book, self._book.content.exhibit_of(line.event), x, sheet.y)
            x += _THUMBNAIL_WIDTH
        lowest = sheet.y - min(columns.height(), _KEPT_TOGETHER * _ACT.leading)
        for n, (text, style) in enumerate(columns.act):
            if n and sheet.room(style.leading):
                self._repeat_heading()
                lowest = sheet.y
            sheet.put(x, sheet.y - 9, text, style)
            sheet.space(style.leading)
        sheet.y = min(sheet.y, lowest)


def _put_column(book: DossierContext, x: float, lines: list[_Text]) -> float:
    """Write lines below each other beside the position; return where they end."""
    y = book.sheet.y
    for line, style in lines:
        book.sheet.put(x, y - 9, line, style)
        y -= style.leading
    return y


def _wrapped(blocks: list[_Text], width: float) -> list[_Text]:
    return [
        (line, style)
        for text, style in blocks
        for line in texts.wrap(texts.clean(text), style.size, width - 6, style.bold)
    ]


def _key(book: DossierContext, number: int) -> str:
    """The anchor of the place where the events of an exhibit are shown."""
    exhibit = book.content.exhibit(number)
    if book.options.has(Part.LOGS) and logs.is_log(exhibit.item):
        return logs.key(exhibit)
    return book.exhibit_key(number)


def _page_of(book: DossierContext, event: Event, number: int) -> Callable[[], str]:
    """Says the page on which an event is shown, once all pages are written."""
    wording, sheet, key = book.wording, book.sheet, _key(book, number)

    def say() -> str:
        page = sheet.page_of_event.get(event_id, sheet.page_of[key])
        return wording("page.short", page=page)

    event_id = event.id
    return say


def _repeats(book: DossierContext, line: Line) -> str:
    """How many repeats there were, when, and with what outcomes."""
    wording = book.wording
    count = len(line.repeats)
    count_text = wording.counted(f"repeats.{line.event.type}", count)
    first, last = line.repeats[0].time, line.repeats[-1].time
    if first is not None and last is not None:
        clocks = wording.clock(first), wording.clock(last)
        count_text = wording("repeats.between", count=count_text, first=clocks[0], last=clocks[1])
    outcomes = Counter(repeat.outcome for repeat in line.repeats)
    del outcomes[Outcome.UNKNOWN]
    listed = [
        wording("repeats.outcome", outcome=wording(f"outcome.{outcome}"), count=n)
        for outcome, n in outcomes.most_common()
    ]
    if listed:
        count_text = wording(
            "repeats.of_them", said=count_text, outcomes=wording("format.list").join(listed)
        )
    in_annex = book.options.has(Part.LOGS) or book.options.has(Part.EXHIBITS)
    return wording("repeats.listed" if in_annex else "repeats.not_listed", said=count_text)
