"""What an exhibit holds besides a picture: entries, sound, text."""

from __future__ import annotations

from itertools import pairwise

from evidence_app.dossier import limits
from evidence_app.dossier.context import DossierContext
from evidence_app.dossier.styles import ACCENT, BODY, CELL, FINE, RULE, SMALL, SOFT, STRONG, WARNING
from evidence_app.model.evidence import Item, ItemKind, PlaceUnit, RenditionKind

_MOST_EXCERPT = 6_000
_WAVE_HEIGHT = 54.0
SOUND_HEIGHT = 3 * SMALL.leading + _WAVE_HEIGHT + 20
"""Of what is said of a recording, and how loud it is."""

_WAVE_STEP = 2.4
_WHOLE_TEXTS = (ItemKind.NOTE, ItemKind.TEXT, ItemKind.EMAIL)


def write_sound(book: DossierContext, item: Item) -> None:
    """Draw how loud a recording is over its length."""
    wording, sheet = book.wording, book.sheet
    wave = book.content.access.rendition(item.id, RenditionKind.WAVEFORM)
    sheet.room(SOUND_HEIGHT)
    sheet.paragraph(wording("exhibit.sound"), SMALL.coloured(SOFT), after=6)
    if wave is None or not wave.data:
        return
    left, right = sheet.geometry.left, sheet.geometry.right
    middle = sheet.y - _WAVE_HEIGHT / 2
    bars = int((right - left) / _WAVE_STEP)
    length = wording.duration(item.duration_s)
    bottom, figure_height = sheet.y - _WAVE_HEIGHT - 14, _WAVE_HEIGHT + 14
    with sheet.figure(
        wording("figure.sound", length=length), left, bottom, right - left, figure_height
    ):
        for n, peak in enumerate(_thinned(wave.data, bars)):
            height = max(0.6, peak / 255 * _WAVE_HEIGHT)
            sheet.fill(left + n * _WAVE_STEP, middle - height / 2, 1.4, height, ACCENT)
        sheet.y -= _WAVE_HEIGHT
        sheet.rule(sheet.y - 3, RULE)
        sheet.put(left, sheet.y - 12, "0:00", FINE)
        sheet.put_right(right, sheet.y - 12, length, FINE)
    sheet.space(22)


def _thinned(peaks: bytes, bars: int) -> list[int]:
    """The loudest of each of ``bars`` equal stretches."""
    count = len(peaks)
    edges = [n * count // bars for n in range(bars + 1)]
    return [max(peaks[a : max(a + 1, b)]) for a, b in pairwise(edges)]


def write_texts(book: DossierContext, item: Item, *, is_whole: bool = False) -> None:
    """Write the texts of an item, in full if ``is_whole``; notes always are.

    Of others only the beginning is written.
    """
    wording, sheet = book.wording, book.sheet
    blocks = [block for block in book.content.access.texts(item.id) if block.text.strip()]
    if not blocks:
        return
    is_whole = is_whole or item.kind in _WHOLE_TEXTS
    sheet.room(60)
    sheet.paragraph(wording("exhibit.text" if is_whole else "exhibit.excerpt"), STRONG, after=3)
    most = remaining = limits.TEXT if is_whole else _MOST_EXCERPT
    count = sum(len(block.text) for block in blocks)
    page = None
    for block in blocks:
        if block.place.unit is PlaceUnit.PAGE and item.page_count and block.place != page:
            page = block.place
            sheet.room(40)
            sheet.paragraph(wording.place(block.place), FINE)
        sheet.paragraph(block.text.strip()[:remaining], BODY if is_whole else CELL, after=6)
        sheet.meter.check()
        remaining -= len(block.text)
        if remaining < 0:
            cut_note = wording(
                "exhibit.cut", shown=wording.number(most), count=wording.number(count)
            )
            sheet.paragraph(cut_note, SMALL.coloured(WARNING), after=6)
            return
