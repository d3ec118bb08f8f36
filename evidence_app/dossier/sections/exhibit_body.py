"""What an exhibit holds besides a picture: entries, sound, text."""

from __future__ import annotations

from itertools import pairwise

from evidence_app.dossier import limits
from evidence_app.dossier.allowance import Allowance
from evidence_app.dossier.content import Exhibit
from evidence_app.dossier.context import DossierContext
from evidence_app.dossier.styles import (
    ACCENT,
    BODY,
    CELL,
    FINE,
    RULE,
    SMALL,
    SOFT,
    STRONG,
    WARNING,
)
from evidence_app.dossier.tables import Column, Table
from evidence_app.model.event import Event, EventType
from evidence_app.model.evidence import Item, ItemKind, PlaceUnit, RenditionKind

_MOST_EXCERPT = 6_000
_WAVE_HEIGHT = 54.0
_WAVE_STEP = 2.4
_WHOLE_TEXTS = (ItemKind.NOTE, ItemKind.TEXT, ItemKind.EMAIL)


def write_entries(book: DossierContext, exhibit: Exhibit, rows: Allowance) -> None:
    """Write the entries of a log as a table, each with its place in the file.

    Args:
        book: The dossier.
        exhibit: The log.
        rows: How many rows may still be printed.
    """
    words, sheet = book.words, book.sheet
    item = exhibit.item
    sheet.paragraph(words.counted("exhibit.entries", item.event_count), SMALL.coloured(SOFT))
    if book.options.only_findings:
        sheet.paragraph(words("exhibit.entries_chosen"), SMALL.coloured(SOFT))
    if not book.options.include_call_logs:
        sheet.paragraph(words("exhibit.entries_left_out"), SMALL.coloured(SOFT), after=6)
        return
    sheet.space(4)
    calls_only = item.kind is ItemKind.CALL_LOG
    table = Table(sheet, _call_columns(book) if calls_only else _message_columns(book))
    row = _call_row if calls_only else _message_row
    shown = 0
    for event in rows.of(book.content.access.item_events(item.id)):
        sheet.meter.advance()
        table.row(row(book, event))
        shown += 1
    if rows.is_cut:
        count = words.number(item.event_count)
        said = words("format.first_of", shown=words.number(shown), count=count)
        sheet.paragraph(said, STRONG.coloured(WARNING), after=6)


def _call_columns(book: DossierContext) -> tuple[Column, ...]:
    words = book.words
    return (
        Column(words("table.time"), 3.2),
        Column(words("table.what"), 4),
        Column(words("table.other_side"), 4.3),
        Column(words("table.duration"), 1.6, right=True),
        Column(words("table.place"), 3),
    )


def _call_row(book: DossierContext, event: Event) -> tuple[str, ...]:
    words = book.words
    side = words.other_side(event)
    what = words.act(event)
    if event.text.strip():
        what = f"{what}\n{words.beginning(event.text.strip(), limits.CHARACTERS)}"
    duration = words.length(event)
    return words.stamp(event.time), what, side, duration, words.place(event.place)


def _message_columns(book: DossierContext) -> tuple[Column, ...]:
    words = book.words
    return (
        Column(words("table.time"), 3.3),
        Column(words("table.what"), 2.8),
        Column(words("table.other_side"), 3),
        Column(words("table.words"), 7),
        Column(words("table.place"), 1.7),
    )


def _message_row(book: DossierContext, event: Event) -> tuple[str, ...]:
    words = book.words
    text = words.beginning(event.text.strip(), limits.CHARACTERS)
    if event.type is EventType.CALL:
        text = words.joined(words.length(event), text)
    return (
        words.stamp(event.time),
        words.act(event),
        words.other_side(event),
        text,
        words.place(event.place),
    )


def write_sound(book: DossierContext, item: Item) -> None:
    """Draw how loud a recording is over its length."""
    words, sheet = book.words, book.sheet
    sheet.paragraph(words("exhibit.sound"), SMALL.coloured(SOFT), after=6)
    wave = book.content.access.rendition(item.id, RenditionKind.WAVEFORM)
    if wave is None or not wave.data:
        return
    sheet.room(_WAVE_HEIGHT + 20)
    left, right = sheet.geometry.left, sheet.geometry.right
    middle = sheet.y - _WAVE_HEIGHT / 2
    bars = int((right - left) / _WAVE_STEP)
    for n, peak in enumerate(_thinned(wave.data, bars)):
        height = max(0.6, peak / 255 * _WAVE_HEIGHT)
        sheet.fill(left + n * _WAVE_STEP, middle - height / 2, 1.4, height, ACCENT)
    sheet.y -= _WAVE_HEIGHT
    sheet.rule(sheet.y - 3, RULE)
    sheet.put(left, sheet.y - 12, "0:00", FINE)
    sheet.put_right(right, sheet.y - 12, words.duration(item.duration_s), FINE)
    sheet.space(22)


def _thinned(peaks: bytes, bars: int) -> list[int]:
    """The loudest of each of ``bars`` equal stretches."""
    count = len(peaks)
    edges = [n * count // bars for n in range(bars + 1)]
    return [max(peaks[a : max(a + 1, b)]) for a, b in pairwise(edges)]


def write_texts(book: DossierContext, item: Item) -> None:
    """Write the texts of an item: notes in full, the beginning of long documents."""
    words, sheet = book.words, book.sheet
    blocks = [one for one in book.content.access.texts(item.id) if one.text.strip()]
    if not blocks:
        return
    whole = item.kind in _WHOLE_TEXTS
    sheet.room(60)
    sheet.paragraph(words("exhibit.text" if whole else "exhibit.excerpt"), STRONG, after=3)
    most = left = limits.TEXT if whole else _MOST_EXCERPT
    count = sum(len(one.text) for one in blocks)
    for block in blocks:
        if block.place.unit is PlaceUnit.PAGE:
            sheet.room(40)
            sheet.paragraph(words.place(block.place), FINE)
        sheet.paragraph(block.text.strip()[:left], BODY if whole else CELL, after=6)
        sheet.meter.check()
        left -= len(block.text)
        if left < 0:
            said = words("exhibit.cut", shown=words.number(most), count=words.number(count))
            sheet.paragraph(said, SMALL.coloured(WARNING), after=6)
            return
