"""What is known of a table before its rows are read: its columns, its period, its owner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evidence_app.intake.readers.tables.columns import (
    Columns,
    columns_by_heading,
    columns_by_mapping,
    columns_by_values,
    is_time,
)
from evidence_app.intake.readers.tables.headings import Column
from evidence_app.intake.readers.tables.periods import dates_in, period_before, period_of
from evidence_app.intake.readers.tables.sheets import Row, Sheet, cell_text
from evidence_app.intake.readers.tables.times import Dating, order_of
from evidence_app.model.question import Answers, TableMapping

LOOK_AHEAD = 3000
"""So many rows are looked at before the first is read for good."""

_PREAMBLE = 60
_BODY = 200


@dataclass(frozen=True, slots=True)
class TableHead:
    """What is known of a table before its rows are read.

    Attributes:
        columns: What its columns hold.
        heading: The row above the entries; empty if there is none.
        above: The rows above that row.
        names: The names of sheet and file.
        rows: The rows that were read ahead.
        mapping: What the person said of the table, or None.
    """

    columns: Columns
    heading: Row
    above: Sequence[Row]
    names: str
    rows: Sequence[tuple[int, Row]]
    mapping: TableMapping | None = None

    def preamble(self) -> str:
        """The words above the table, and its names."""
        return " ".join([*(cell_text(cell) for row in self.above for cell in row), self.names])

    def title(self) -> tuple[str, ...]:
        """The words of the heading, by which tables of one layout are known."""
        return tuple(cell_text(cell).strip() for cell in self.heading)

    def dating(self, cells: Sequence[object], answers: Answers) -> Dating:
        """How dates are to be read: as they, or the words above them, or the person tell."""
        preamble = self.preamble()
        order = order_of([str(cell) for cell in cells if isinstance(cell, str)])
        order = order or order_of(dates_in(preamble)) or answers.date_order
        if answers.year is not None:
            return Dating(order, *period_before(answers.year, map(str, cells), order))
        return Dating(order, *period_of(preamble, order))


def head_of(
    sheet: Sheet, rows: Sequence[tuple[int, Row]], filename: str, answers: Answers
) -> TableHead | None:
    """What a sheet is, by what the person said, by its heading, or by its values; else None.

    Args:
        sheet: The sheet.
        rows: Its first rows.
        filename: The name of the file.
        answers: What the person said.
    """
    names = f"{sheet.name} {filename}"
    for position, (_, row) in enumerate(rows[:_PREAMBLE]):
        above = [cells for _, cells in rows[:position]]
        body = rows[position + 1 :]
        mapping = _mapping_for(row, answers)
        below = [cells for _, cells in body[:_BODY]]
        context = " ".join([*(cell_text(cell) for above_row in above for cell in above_row), names])
        columns = (
            columns_by_mapping(mapping) if mapping else columns_by_heading(row, below, context)
        )
        if columns is not None:
            return TableHead(columns, row, above, names, body, mapping)
    bare = next((candidate for candidate in answers.mappings if not candidate.heading), None)
    if bare is not None:
        return TableHead(columns_by_mapping(bare), [], [], names, rows, bare)
    return _without_heading(rows, names, answers)


def continues(before: TableHead, rows: Sequence[tuple[int, Row]]) -> bool:
    """Whether a sheet without a heading goes on with the table of the sheet before it."""
    at = before.columns[Column.TIME]
    cells = [row[at] for _, row in rows[:_BODY] if at < len(row) and any(map(cell_text, row))]
    dating = before.dating(cells, Answers())
    return bool(cells) and sum(is_time(cell, dating) for cell in cells) * 10 >= len(cells) * 8


def _without_heading(
    rows: Sequence[tuple[int, Row]], names: str, answers: Answers
) -> TableHead | None:
    dating = Dating(answers.date_order, *period_of(names))
    columns = columns_by_values([row for _, row in rows[:_BODY] if any(row)], dating)
    return TableHead(columns, [], [], names, rows) if columns is not None else None


def _mapping_for(row: Row, answers: Answers) -> TableMapping | None:
    named = tuple(cell_text(cell).strip() for cell in row)
    return next(
        (
            candidate
            for candidate in answers.mappings
            if candidate.heading and candidate.heading == named
        ),
        None,
    )
