"""Tables of any length, drawn row by row, the header again on every page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import TypeVar

from evidence_app.dossier import text as texts
from evidence_app.dossier.page_writer import PageWriter
from evidence_app.dossier.structure import Element
from evidence_app.dossier.styles import ACCENT, CELL, CELL_HEAD, RULE, TINT, Colour, Style

Cell = str | Callable[[], str]
"""What a cell says; what only the end knows is asked then, and is one line."""

PAD = 3.0
"""Above and below the lines of a row."""

ROW = 2 * CELL.leading + 2 * PAD
"""The height of a row as most are: of two lines."""

LEAST = 2 * CELL_HEAD.leading + 2 * PAD + 2 * ROW
"""What a table needs to begin: its header, and two rows, so that none stands there alone."""

_GAP = 8.0
_KEPT_TOGETHER = 8
_EMPTY = ("",)
_T = TypeVar("_T")


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


def widths(columns: Sequence[Column], measure: float) -> list[float]:
    """How wide each column is: by its share, but no word of its title is broken.

    What narrow columns need beyond their share, the others give, each from what it can spare.

    Args:
        columns: From left to right.
        measure: The width of all together, in points.
    """
    unit = measure / sum(column.share for column in columns)
    shares = [column.share * unit for column in columns]
    least = [
        texts.widest_word(column.title, CELL_HEAD.size, bold=True) + _GAP for column in columns
    ]
    lacking = sum(max(0.0, need - share) for need, share in zip(least, shares, strict=True))
    spare = sum(max(0.0, share - need) for need, share in zip(least, shares, strict=True))
    portion = min(1.0, lacking / spare) if spare else 0.0
    return [
        need if share < need else share - portion * (share - need)
        for need, share in zip(least, shares, strict=True)
    ]


class Table:
    """A table that is written while its rows arrive."""

    def __init__(self, sheet: PageWriter, columns: Sequence[Column], style: Style = CELL) -> None:
        self._sheet = sheet
        self._columns = columns
        self._style = style
        self._widths = widths(columns, sheet.geometry.measure)
        self._element = sheet.structure.last("Table")
        with sheet.structure.into(self._element), sheet.structure.within("TR"):
            self._header()

    def row(
        self,
        cells: Sequence[Cell],
        link: str = "",
        *,
        short: bool = False,
        spanning: bool = False,
        ground: Colour | None = None,
        anchor: str = "",
        below: float = 0.0,
    ) -> None:
        """Write a row, over a page break if it is long.

        Args:
            cells: What is in each column.
            link: Where the last cell leads.
            short: Whether each cell is cut to one line.
            spanning: Whether the first cell goes over all columns.
            ground: The colour behind it.
            anchor: A name by which links lead to it, or nothing.
            below: What has to fit under it on the same page; else it begins a page.
        """
        structure = self._sheet.structure
        with structure.into(self._element), structure.within("TR"):
            elements = [structure.begin("TD") for _ in cells] if not spanning else [self._wide()]
            lines = [self._lines(n, cell, short, spanning) for n, cell in enumerate(cells)]
            self._write(lines, elements, link, ground, anchor, below)
            for cell in elements:
                structure.end(cell)

    def _wide(self) -> Element:
        return self._sheet.structure.begin("TD", ColSpan=len(self._columns))

    @contextmanager
    def across(self) -> Iterator[None]:
        """Let what is drawn be in a row of one cell."""
        structure = self._sheet.structure
        with structure.into(self._element), structure.within("TR"):
            cell = self._wide()
            with structure.into(cell):
                yield
            structure.end(cell)

    def _write(
        self,
        lines: Sequence[Sequence[Cell]],
        elements: Sequence[Element],
        link: str,
        ground: Colour | None,
        anchor: str,
        below: float,
    ) -> None:
        height = max(len(cell) for cell in lines)
        first = 0
        while first < height:
            line_count = min(height - first, _KEPT_TOGETHER)
            if self._sheet.room(line_count * self._style.leading + 2 * PAD + below):
                self._header_again()
            if anchor and not first:
                self._sheet.anchor(anchor)
            free = self._sheet.y - self._sheet.geometry.bottom - 2 * PAD
            last = min(height, first + max(1, int(free / self._style.leading)))
            part = [cell[first:last] for cell in lines]
            self._stretch(part, elements, last - first, link, ground)
            first = last

    def room(self, height: float) -> None:
        """Begin a page unless something of that height fits under the last row."""
        if self._sheet.room(height):
            self._header_again()

    def _lines(self, n: int, cell: Cell, short: bool, spanning: bool) -> Sequence[Cell]:
        if not isinstance(cell, str):
            return (cell,)
        if not cell:
            return _EMPTY
        room = (self._sheet.geometry.measure if spanning else self._widths[n]) - _GAP
        if short:
            return (texts.shorten(texts.one_line(cell), self._style.size, room),)
        return texts.wrap(texts.clean(cell), self._style.size, room)

    def _stretch(
        self,
        cells: Sequence[Sequence[Cell]],
        elements: Sequence[Element],
        count: int,
        link: str,
        ground: Colour | None,
    ) -> None:
        sheet, style = self._sheet, self._style
        x, top = sheet.geometry.left, sheet.y - PAD
        bottom = top - count * style.leading - PAD
        if ground is not None:
            sheet.fill(x, bottom, sheet.geometry.measure, sheet.y - bottom, ground)
        for n, (lines, width) in enumerate(zip(cells, self._widths, strict=True)):
            if any(lines) and n < len(elements):
                with sheet.structure.into(elements[n]):
                    if link and n == len(cells) - 1:
                        with sheet.structure.within("Link"):
                            self._put_lines(n, x, top, lines, style.coloured(ACCENT))
                            sheet.link(link, x, bottom, width, top - bottom)
                    else:
                        self._put_lines(n, x, top, lines, style)
            x += width
        sheet.y = bottom
        sheet.rule(bottom, RULE)

    def _put_lines(self, n: int, x: float, top: float, lines: Sequence[Cell], style: Style) -> None:
        for m, line in enumerate(lines):
            self._cell(n, x, top - m * style.leading - style.size, line, style)

    def _cell(self, n: int, x: float, y: float, line: Cell, style: Style) -> None:
        if not line:
            return
        right = self._columns[n].right
        x += self._widths[n] - _GAP / 2 if right else _GAP / 2
        if not isinstance(line, str):
            self._sheet.put_later(x, y, line, style, right=right)
        elif right:
            self._sheet.put_right(x, y, line, style)
        else:
            self._sheet.put(x, y, line, style)

    def _heading(self) -> AbstractContextManager[object]:
        structure = self._sheet.structure
        if not structure.is_content:
            return nullcontext()
        return structure.within("TH", Scope="Column")

    def _header_again(self) -> None:
        with self._sheet.structure.nothing():
            self._header()

    def _header(self) -> None:
        sheet = self._sheet
        sheet.room(LEAST)
        titles = [
            texts.wrap(column.title, CELL_HEAD.size, width - _GAP, bold=True)
            for column, width in zip(self._columns, self._widths, strict=True)
        ]
        height = max(map(len, titles)) * CELL_HEAD.leading + 2 * PAD
        sheet.fill(sheet.geometry.left, sheet.y - height, sheet.geometry.measure, height, TINT)
        x = sheet.geometry.left
        for n, lines in enumerate(titles):
            with self._heading():
                for m, line in enumerate(lines):
                    y = sheet.y - PAD - CELL_HEAD.size - m * CELL_HEAD.leading
                    self._cell(n, x, y, line, CELL_HEAD)
            x += self._widths[n]
        sheet.y -= height


def before_last(rows: Iterable[_T]) -> Iterator[tuple[_T, bool]]:
    """The rows, each with whether exactly one more follows: those two stay on one page."""
    earlier: list[_T] = []
    for row in rows:
        if len(earlier) == 2:
            yield earlier.pop(0), False
        earlier.append(row)
    for row in earlier:
        yield row, len(earlier) == 2 and row is earlier[0]
