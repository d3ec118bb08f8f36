"""Tables of calls in the text of PDF documents: columns by their places under the headings."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from evidence_app.intake.readers.documents.pdf_words import Line, Piece, lines_of
from evidence_app.intake.readers.tables.columns import holds_messages
from evidence_app.intake.readers.tables.headings import Column, column_of, folded
from evidence_app.intake.readers.tables.sheets import Cell, Row, Sheet
from evidence_app.intake.readers.tables.times import Dating, UndecidedDateError, is_clock, read_time
from evidence_app.intake.readers.tables.values import looks_like_number
from evidence_app.model.evidence import PlaceUnit, SourcePlace

_TIMES = (Column.TIME, Column.DATE, Column.CLOCK)
_LENGTHS = (Column.DURATION, Column.MINUTES, Column.SECONDS)
_WHO = (Column.NUMBER, Column.CALLER, Column.CALLEE)
_FEWEST_COLUMNS = 3
_MOST_HEADING_LINES = 3
_MOST_ABOVE = 50
_MOST_TITLE_LINES = 5
_MOST_TABLES = 20
_PAGES_BEFORE = 8
"""A bill's first pages may be letters and sums."""

_TIGHT = 1.9
"""So many heights of a line may lie between two lines of one cell."""

_TALK_TIME = folded("通话时间")
_ANY_DATE = Dating(None)
_BEGINS_DATE = re.compile(r"\d{1,4}[-/.年月]\d|[^\W\d_]{3,}\.?[ -]\d|\d{1,2}[ -][^\W\d_]{3}|\d{8}$")


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a table.

    Attributes:
        columns: The names of its columns, with their places, from left to right.
    """

    columns: Sequence[Piece]

    def cells(self) -> list[str]:
        """The names."""
        return [piece.text for piece in self.columns]

    def position(self, column: Column) -> int | None:
        """Where the first column is that holds that, by its name."""
        kinds = [_kind(piece.text) for piece in self.columns]
        return kinds.index(column) if column in kinds else None

    def placed(self, pieces: Sequence[Piece]) -> list[str]:
        """The words of a line, each under its heading."""
        cells = [""] * len(self.columns)
        for piece in pieces:
            under = [at for at, name in enumerate(self.columns) if _overlap(piece, name) > 0]
            parts = [piece] if len(under) < 2 else piece.words()
            for part in parts:
                at = self._nearest(part)
                cells[at] = f"{cells[at]} {part.text}".strip()
        return cells

    def _nearest(self, piece: Piece) -> int:
        def distance(at: int) -> tuple[float, float]:
            name = self.columns[at]
            middle = abs((piece.left + piece.right) - (name.left + name.right)) / 2
            edges = min(abs(piece.left - name.left), abs(piece.right - name.right), middle)
            return (0.0 if _overlap(piece, name) > 0 else 1.0), edges

        return min(range(len(self.columns)), key=distance)


def tables_of(document: Any, alive: Callable[[], None]) -> list[Sheet]:
    """The lists of calls or messages in a document, each over all pages on which it stands.

    Args:
        document: The document.
        alive: To be called now and then.
    """
    finder = _Finder()
    for index in range(len(document)):
        alive()
        if not finder.tables and index >= _PAGES_BEFORE:
            return []
        page = document[index]
        textpage = page.get_textpage()
        finder.take(index + 1, lines_of(textpage))
        textpage.close()
        page.close()
    return [table.sheet() for table in finder.tables.values() if table.is_list()]


@dataclass(slots=True)
class _Table:
    """A list, as far as it was found.

    Attributes:
        rows: Its rows, those above the heading included.
        places: The page and the line of each.
        heading: The names of its columns.
    """

    heading: Row
    rows: list[tuple[int, Row]] = field(default_factory=list)
    places: dict[int, SourcePlace] = field(default_factory=dict)

    def add(self, page: int, line: int, row: Row) -> None:
        number = len(self.rows) + 1
        self.rows.append((number, row))
        self.places[number] = SourcePlace(PlaceUnit.ROW, line, f"p. {page}")

    def is_list(self) -> bool:
        """Whether it tells how long its entries took, or calls them messages."""
        kinds = {_kind(str(cell)) for cell in self.heading}
        text = " ".join(str(cell) for _, row in self.rows[:_MOST_ABOVE] for cell in row)
        return not kinds.isdisjoint(_LENGTHS) or holds_messages(self.heading, {}, text)

    def sheet(self) -> Sheet:
        return Sheet("", iter(self.rows), places=self.places)


class _Finder:
    """Finds lists page by page.

    Attributes:
        tables: Those that were found, by their headings.
    """

    def __init__(self) -> None:
        self.tables: dict[tuple[str, ...], _Table] = {}
        self._heading: Heading | None = None
        self._first: list[tuple[int, int, Row]] = []
        self._newest: deque[tuple[int, int, Row]] = deque(maxlen=_MOST_TITLE_LINES)

    def take(self, page: int, lines: Sequence[Line]) -> None:
        """Look through a page; a list goes on from the page before it."""
        body = _Body(self._heading) if self._heading is not None else None
        at = 0
        while at < len(lines):
            heading, used = _heading_at(lines, at)
            if heading is not None or _names_other_columns(lines[at]):
                self._close(page, body)
                self._heading = heading
                body = self._begin(page, at + 1, heading) if heading is not None else None
                at += max(used, 1)
                continue
            if body is not None:
                body.take(at + 1, lines[at])
            else:
                self._keep_above(page, at + 1, [piece.text for piece in lines[at].pieces])
            at += 1
        self._close(page, body)

    def _keep_above(self, page: int, line: int, row: Row) -> None:
        """Remember a line that is no entry: the first ones tell the period, the last a title."""
        if len(self._first) < _MOST_ABOVE:
            self._first.append((page, line, row))
        else:
            self._newest.append((page, line, row))

    def _begin(self, page: int, line: int, heading: Heading) -> _Body:
        names = tuple(heading.cells())
        if names not in self.tables and len(self.tables) < _MOST_TABLES:
            table = self.tables[names] = _Table(list[Cell](names))
            for above in (*self._first, *self._newest):
                table.add(*above)
            table.add(page, line, list[Cell](names))
        return _Body(heading)

    def _close(self, page: int, body: _Body | None) -> None:
        if body is None or self._heading is None:
            return
        table = self.tables.get(tuple(self._heading.cells()))
        for line, row in body.finish():
            if body.is_entry(row) and table is not None:
                table.add(page, line, list[Cell](row))
            else:
                self._keep_above(page, line, [cell for cell in row if cell])


class _Body:
    """The rows under a heading, put together from lines."""

    def __init__(self, heading: Heading) -> None:
        self._heading = heading
        self._rows: list[tuple[int, list[str]]] = []
        self._last: Line | None = None
        whos = (heading.position(column) for column in _WHO)
        self._party_at = next((at for at in whos if at is not None), None)
        clock, day = heading.position(Column.CLOCK), heading.position(Column.DATE)
        time = heading.position(Column.TIME)
        first = day if day is not None else time
        self._day = time if first is None else first
        self._clock = clock if clock is not None and self._day is not None else None
        if self._day is None:
            self._day, self._clock = clock, None

    def take(self, number: int, line: Line) -> None:
        """One more line: a row, or more of the row above it."""
        cells = self._heading.placed(line.pieces)
        if self._begins_row(cells) or not self._goes_on(line, cells):
            self._rows.append((number, cells))
        else:
            self._join(cells)
        self._last = line

    def finish(self) -> list[tuple[int, list[str]]]:
        """All rows, and what else stands between them."""
        rows, self._rows = self._rows, []
        return rows

    def is_entry(self, cells: list[str]) -> bool:
        """Whether words under the columns are an entry, if only one whose time cannot be read."""
        if self._begins_row(cells):
            return True
        has_number = self._party_at is not None and looks_like_number(cells[self._party_at])
        return has_number and sum(map(bool, cells)) >= _FEWEST_COLUMNS

    def _begins_row(self, cells: list[str]) -> bool:
        if self._day is not None and _begins_date(cells[self._day]):
            return True
        return self._clock is not None and is_clock(cells[self._clock])

    def _goes_on(self, line: Line, cells: list[str]) -> bool:
        """Whether a line stands so close to a row that it is a part of it, and is no sum."""
        if self._day is not None and cells[self._day][:1].isalpha():
            return False
        if self._last is None or not self._rows or not self._begins_row(self._rows[-1][1]):
            return False
        return self._last.base - line.base < _TIGHT * max(line.height, self._last.height)

    def _join(self, cells: list[str]) -> None:
        before = self._rows[-1][1]
        for at, cell in enumerate(cells):
            if cell:
                sign = "" if not before[at] or before[at][-1] >= "\u2e80" else " "
                before[at] = f"{before[at]}{sign}{cell}"


def _begins_date(text: str) -> bool:
    if not _BEGINS_DATE.match(text):
        return False
    try:
        return read_time(text, _ANY_DATE) is not None or text[:1].isdigit()
    except UndecidedDateError:
        return True


def _heading_at(lines: Sequence[Line], at: int) -> tuple[Heading | None, int]:
    """The heading that begins in a line, which may go on in the next ones; and its lines."""
    best, best_score, used = None, 0, 0
    merged: list[Piece] = []
    for count in range(1, _MOST_HEADING_LINES + 1):
        if at + count > len(lines) or (count > 1 and not _is_below(lines, at + count - 1)):
            break
        merged = _merged(merged, lines[at + count - 1].pieces)
        kinds = [_kind(piece.text) for piece in merged]
        score = sum(kind is not None for kind in kinds)
        if _is_heading(kinds) and score > best_score:
            best, best_score, used = Heading(tuple(merged)), score, count
    return best, used


def _is_below(lines: Sequence[Line], at: int) -> bool:
    above, line = lines[at - 1], lines[at]
    return above.base - line.base < _TIGHT * max(line.height, above.height)


def _merged(above: Sequence[Piece], below: Sequence[Piece]) -> list[Piece]:
    """Names of columns with what stands under them."""
    merged = list(above)
    for piece in below:
        at = next((n for n, name in enumerate(merged) if _overlap(piece, name) > 0), None)
        if at is None:
            merged.append(piece)
            continue
        name = merged[at]
        sign = "" if name.text[-1] >= "\u2e80" else " "
        merged[at] = replace(
            name,
            text=f"{name.text}{sign}{piece.text}",
            left=min(name.left, piece.left),
            right=max(name.right, piece.right),
        )
    return sorted(merged, key=lambda piece: piece.left)


def _is_heading(kinds: Sequence[Column | None]) -> bool:
    """Whether columns are those of calls or messages: when, and how long or with what number."""
    columns = [kind for kind in kinds if kind is not None]
    says_more = any(kind in columns for kind in (*_LENGTHS, *_WHO))
    return len(columns) >= _FEWEST_COLUMNS and any(kind in columns for kind in _TIMES) and says_more


def _names_other_columns(line: Line) -> bool:
    """Whether a line is the heading of another table, as of data or of payments."""
    kinds = [_kind(piece.text) for piece in line.pieces]
    has_digits = any(sign.isdigit() for piece in line.pieces for sign in piece.text)
    is_wide = len(line.pieces) >= _FEWEST_COLUMNS and not has_digits
    return is_wide and any(kind in _TIMES for kind in kinds)


@lru_cache(maxsize=8192)
def _kind(text: str) -> Column | None:
    return Column.TIME if folded(text) == _TALK_TIME else column_of(text)


def _overlap(piece: Piece, other: Piece) -> float:
    return min(piece.right, other.right) - max(piece.left, other.left)
