"""The entries of logs as tables: calls in the annex, messages of a thread beside each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from evidence_app.dossier import limits
from evidence_app.dossier import text as texts
from evidence_app.dossier.allowance import Allowance
from evidence_app.dossier.content import Exhibit
from evidence_app.dossier.context import DossierContext
from evidence_app.dossier.key_figures import is_counted
from evidence_app.dossier.options import Part
from evidence_app.dossier.styles import BODY, SMALL, SOFT, STRONG, SUBHEADING, TINT, WARNING
from evidence_app.dossier.tables import LEAST, ROW, Column, Table, before_last
from evidence_app.dossier.wording import Wording
from evidence_app.model.event import Direction, Event, EventType, Outcome
from evidence_app.model.evidence import Item, ItemKind

_COUNTED = "●"
_AGAIN = "="
"""Of a second record of an act, which is counted where it stands first."""


def is_log(item: Item) -> bool:
    """Whether the entries of an item are calls, which are listed in the annex."""
    return item.kind in (ItemKind.CALL_LOG, ItemKind.TABLE) and item.event_count > 0


def is_thread(item: Item) -> bool:
    """Whether the entries of an item are messages, which are shown with the exhibit."""
    return item.kind is ItemKind.MESSAGES and item.event_count > 0


def key(exhibit: Exhibit) -> str:
    """The anchor of an exhibit's table in the annex."""
    return f"log-{exhibit.number}"


def title(book: DossierContext, exhibit: Exhibit) -> str:
    """As in the contents and above the table."""
    label = book.wording.joined(book.exhibit_label(exhibit.number), book.name_of(exhibit.item))
    return book.wording("logs.of", exhibit=label)


def write(book: DossierContext) -> None:
    """Write the annex: every row of every call log."""
    wording, sheet = book.wording, book.sheet
    sheet.paragraph(wording("logs.intro", mark=_COUNTED, again=_AGAIN), BODY, after=10)
    rows = Allowance(limits.ROWS)
    for exhibit in book.content.exhibits:
        if not is_log(exhibit.item):
            continue
        sheet.room(LEAST + 60)
        sheet.anchor(key(exhibit), title(book, exhibit), level=1)
        with sheet.leading(book.exhibit_key(exhibit.number), "H2"):
            name = texts.one_line(title(book, exhibit))
            for line in texts.wrap(name, SUBHEADING.size, sheet.geometry.measure, bold=True):
                sheet.line(line, SUBHEADING)
        sheet.space(3)
        write_calls(book, exhibit, rows)
        sheet.space(18)


def write_calls(book: DossierContext, exhibit: Exhibit, rows: Allowance) -> None:
    """Write the entries of a call log, those that are counted on a ground of their own."""
    wording = book.wording
    _say_how_many(book, exhibit)
    table = Table(
        book.sheet,
        (
            Column(wording("table.place"), 1.7),
            Column(wording("table.time"), 3.2),
            Column(wording("table.what"), 3.7),
            Column(wording("table.other_side"), 5.8),
            Column(wording("table.duration"), 1.2, right=True),
            Column(wording("table.counted"), 1.0),
            Column(wording("table.line"), 1.1, right=True),
        ),
    )
    _write_rows(book, exhibit, rows, table, _call_row)


def write_messages(book: DossierContext, exhibit: Exhibit, rows: Allowance) -> None:
    """Write the messages of a thread: number, time, sender, words; none is shortened unsaid."""
    wording = book.wording
    _say_how_many(book, exhibit)
    table = Table(
        book.sheet,
        (
            Column(wording("table.place"), 1.7),
            Column(wording("table.time"), 3.3),
            Column(wording("table.sender"), 3.2),
            Column(wording("table.words"), 7.2),
            Column(wording("table.counted"), 1.1),
            Column(wording("table.line"), 1.1, right=True),
        ),
    )
    _write_rows(book, exhibit, rows, table, _message_row)


def _say_how_many(book: DossierContext, exhibit: Exhibit) -> None:
    wording, sheet = book.wording, book.sheet
    sheet.room(SMALL.leading + 4 + LEAST)
    sentences = [wording.counted("exhibit.entries", exhibit.item.event_count)]
    if book.options.only_findings:
        sentences.append(wording("exhibit.entries_chosen"))
    sheet.paragraph(wording("format.sentences").join(sentences), SMALL.coloured(SOFT), after=4)


def _write_rows(
    book: DossierContext,
    exhibit: Exhibit,
    rows: Allowance,
    table: Table,
    cells: Callable[[DossierContext, Event], tuple[str, ...]],
) -> None:
    sheet, wording, lines = book.sheet, book.wording, book.lines
    has_lines = book.options.has(Part.CHRONOLOGY)
    shown_count, sheet_name = 0, ""
    events = rows.of(book.content.access.item_events(exhibit.item.id))
    for event, is_next_to_last in before_last(events):
        sheet.meter.advance()
        is_first = event.id in lines.of_event
        is_counted_row = is_first and is_counted(event, book.content.role_of(event))
        line = lines.printed(event.id) if has_lines else None
        mark, number = _COUNTED if is_counted_row else "", str(line) if line else ""
        if not is_first:
            mark = _AGAIN
        link = f"line-{line}" if line and event.id in lines.cited else ""
        ground = TINT if is_counted_row else None
        place = _place(wording, event, sheet_name)
        sheet_name = event.place.sheet if event.place else ""
        below = ROW if is_next_to_last else 0.0
        table.row((place, *cells(book, event), mark, number), link, ground=ground, below=below)
        if event.id in lines.cited:
            sheet.page_of_event[event.id] = sheet.page
        shown_count += 1
    if rows.is_cut:
        count = wording.number(exhibit.item.event_count)
        cut_note = wording("format.first_of", shown=wording.number(shown_count), count=count)
        sheet.paragraph(cut_note, STRONG.coloured(WARNING), after=6)


def _place(wording: Wording, event: Event, sheet_name: str) -> str:
    """Where an entry is in its file; the name of a sheet only where another one begins."""
    place = event.place
    if place is None or not place.sheet:
        return wording.place(place)
    row = wording.place(replace(place, sheet=""))
    return row if place.sheet == sheet_name else f"{texts.name(place.sheet)}\n{row}"


def _call_row(book: DossierContext, event: Event) -> tuple[str, ...]:
    wording = book.wording
    act = wording.act(event)
    if event.text.strip():
        act = f"{act}\n{wording.beginning(event.text.strip(), limits.CHARACTERS)}"
    role = "" if is_counted(event, book.content.role_of(event)) else book.role(event)
    side = wording.joined(wording.other_side(event), role)
    return wording.stamp(event.time), act, side, wording.length(event)


def _message_row(book: DossierContext, event: Event) -> tuple[str, ...]:
    wording = book.wording
    text = wording.beginning(event.text.strip(), limits.CHARACTERS)
    if event.type is not EventType.MESSAGE or event.outcome is not Outcome.UNKNOWN:
        text = "\n".join(
            filter(None, (wording.joined(wording.act(event), wording.length(event)), text))
        )
    sender = wording.other_side(event)
    if event.direction is Direction.OUTGOING:
        sender = wording("logs.sent_to", other=sender) if sender else wording("logs.sent")
    return wording.stamp(event.time), sender, text
