"""Tables of any length, drawn row by row, the header again on every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evidence_app.dossier import text as texts
from evidence_app.dossier.page_writer import PageWriter
from evidence_app.dossier.styles import ACCENT, CELL, CELL_HEAD, RULE, TINT, Style

_PAD = 3.0
_GAP = 8.0
_KEPT_TOGETHER = 8


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        title: Above it.
        share: Its part of the width, in any unit.
        right: Whether its cells are flush right.
    """

    title: str
    share: float
    right: bool = False


class Table:
    """A table that is written while its rows arrive."""

    def __init__(self, sheet: PageWriter, columns: Sequence[Column], style: Style = CELL) -> None:
        self._sheet = sheet
        self._columns = columns
        self._style = style
        unit = sheet.geometry.measure / sum(column.share for column in columns)
        self._widths = [column.share * unit for column in columns]
        self._header()

    def row(self, cells: Sequence[str], link: str = "") -> None:
        """Write a row, over a page break if it is long; ``link`` makes its last cell lead there."""
        lines = [self._lines(n, cell) for n, cell in enumerate(cells)]
        height = max(len(cell) for cell in lines)
        first = 0
        while first < height:
            kept = min(height - first, _KEPT_TOGETHER)
            if self._sheet.room(kept * self._style.leading + 2 * _PAD):
                self._header()
            free = self._sheet.y - self._sheet.geometry.bottom - 2 * _PAD
            last = min(height, first + max(1, int(free / self._style.leading)))
            self._stretch([cell[first:last] for cell in lines], last - first, link)
            first = last

    def _lines(self, n: int, cell: str) -> list[str]:
        return texts.wrap(texts.clean(cell), self._style.size, self._widths[n] - _GAP)

    def _stretch(self, cells: Sequence[Sequence[str]], count: int, link: str) -> None:
        sheet, style = self._sheet, self._style
        x, top = sheet.geometry.left, sheet.y - _PAD
        bottom = top - count * style.leading - _PAD
        for n, (lines, width) in enumerate(zip(cells, self._widths, strict=True)):
            linked = bool(link) and n == len(cells) - 1
            shown = style.coloured(ACCENT) if linked else style
            for m, line in enumerate(lines):
                self._cell(n, x, top - m * style.leading - style.size, line, shown)
            if linked:
                sheet.link(link, x, bottom, width, top - bottom)
            x += width
        sheet.y = bottom
        sheet.rule(bottom, RULE)

    def _cell(self, n: int, x: float, y: float, line: str, style: Style) -> None:
        if self._columns[n].right:
            self._sheet.put_right(x + self._widths[n] - _GAP / 2, y, line, style)
        else:
            self._sheet.put(x + _GAP / 2, y, line, style)

    def _header(self) -> None:
        sheet = self._sheet
        sheet.room(2 * (CELL_HEAD.leading + 2 * _PAD) + self._style.leading)
        titles = [
            texts.wrap(column.title, CELL_HEAD.size, width - _GAP, bold=True)
            for column, width in zip(self._columns, self._widths, strict=True)
        ]
        height = max(map(len, titles)) * CELL_HEAD.leading + 2 * _PAD
        sheet.fill(sheet.geometry.left, sheet.y - height, sheet.geometry.measure, height, TINT)
        x = sheet.geometry.left
        for n, lines in enumerate(titles):
            for m, line in enumerate(lines):
                y = sheet.y - _PAD - CELL_HEAD.size - m * CELL_HEAD.leading
                self._cell(n, x, y, line, CELL_HEAD)
            x += self._widths[n]
        sheet.y -= height
