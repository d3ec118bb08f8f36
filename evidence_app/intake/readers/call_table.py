"""Logs of calls and messages as tables: carriers' bills, apps' exports, spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evidence_app.intake.call_log import CallLog, head_of
from evidence_app.intake.clues import times_in_name
from evidence_app.intake.records import Description, Notice, Record, Source
from evidence_app.intake.table_columns import Column, guessed_columns
from evidence_app.intake.tables import Row, ahead, is_workbook, sheets, words
from evidence_app.messages import MessageCode, message
from evidence_app.model.evidence import ItemKind, PlaceUnit, SourcePlace, TextBlock
from evidence_app.model.question import Question, QuestionKind

_TEXT_ROWS = 100
_PREVIEW_ROWS = 20
_FEWEST_COLUMNS = 3
_MEDIA_TYPES = {
    b"\xd0": "application/vnd.ms-excel",
    b"P": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def recognises(source: Source) -> bool:
    """Whether the file is a workbook, or text in columns of which one holds times."""
    head = source.stream.read(8)
    found = next(sheets(source.stream), None)
    if found is None:
        return False
    if is_workbook(head):
        return True
    rows = ahead(found.rows, _PREVIEW_ROWS)
    again = next(sheets(source.stream))
    return head_of(again, source.filename, source.answers) is not None or _is_table(
        [row for _, row in rows]
    )


def _is_table(rows: Sequence[Row]) -> bool:
    """Whether the rows are alike and hold a time each: a log of some unknown kind."""
    widths = {len(row) for row in rows if any(words(cell).strip() for cell in row)}
    has_times = Column.TIME in guessed_columns(rows)
    return len(widths) == 1 and max(widths) >= _FEWEST_COLUMNS and len(rows) > 1 and has_times


def read(source: Source) -> Iterator[Record]:
    """The rows of a log; the text of a table that is none, and what its columns hold, asked.

    Raises:
        ReadFailure: The file is damaged.
    """
    source.stream.seek(0)
    media_type = _MEDIA_TYPES.get(source.stream.read(1), "text/csv")
    logs = [
        CallLog(sheet, head, source.answers, source.region)
        for sheet in sheets(source.stream)
        if (head := head_of(sheet, source.filename, source.answers)) is not None
    ]
    if not logs:
        yield from _unknown(source, media_type)
        return
    messages = all(Column.TEXT in log.columns for log in logs)
    kind = ItemKind.MESSAGES if messages else ItemKind.CALL_LOG
    yield Description(kind, media_type, reader=logs[0].layout())
    yield from times_in_name(source.filename)
    for log in logs:
        yield from log.records()


def _unknown(source: Source, media_type: str) -> Iterator[Record]:
    yield Description(ItemKind.TABLE, media_type)
    yield Notice(message(MessageCode.UNKNOWN_TABLE), damaged=True)
    preview: list[Row] = []
    for sheet in sheets(source.stream):
        while rows := ahead(sheet.rows, _TEXT_ROWS):
            if not preview:
                preview = [row for _, row in rows[:_PREVIEW_ROWS]]
            text = "\n".join("\t".join(map(words, row)).rstrip() for _, row in rows)
            if text.strip():
                yield TextBlock(text, SourcePlace(PlaceUnit.ROW, rows[0][0], sheet.name))
    if any(len(row) >= _FEWEST_COLUMNS for row in preview):
        yield Question(QuestionKind.MAPPING, _helping(preview))


def _helping(rows: Sequence[Row]) -> dict[str, object]:
    """What helps to say what the columns hold: the first rows, and a guess."""
    guess = guessed_columns(rows)
    has_heading = Column.TIME in guess and Column.TIME not in guessed_columns(rows[:1])
    return {
        "rows": [[words(cell)[:80] for cell in row] for row in rows],
        "guess": {column.value: position for column, position in guess.items()},
        "heading_row": 0 if has_heading else -1,
    }
