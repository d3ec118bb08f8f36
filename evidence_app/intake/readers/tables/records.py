"""What the tables of one file yield: the entries of logs, the words of other tables, questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from evidence_app.intake.readers.support.filename_times import times_in_name
from evidence_app.intake.readers.tables.call_log import CallLog
from evidence_app.intake.readers.tables.columns import guessed_columns
from evidence_app.intake.readers.tables.doubts import Doubts
from evidence_app.intake.readers.tables.head import LOOK_AHEAD, TableHead, continues, head_of
from evidence_app.intake.readers.tables.headings import Column
from evidence_app.intake.readers.tables.payments import are_payments
from evidence_app.intake.readers.tables.sheets import Row, Sheet, ahead, cell_text
from evidence_app.intake.records import Description, Notice, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.evidence import ItemKind, PlaceUnit, SourcePlace, TextBlock
from evidence_app.model.question import Question, QuestionKind

_TEXT_ROWS = 100
_PREVIEW_ROWS = 20
_FEWEST_COLUMNS = 3

NumberedRows = Sequence[tuple[int, Row]]


@dataclass(frozen=True, slots=True)
class _Table:
    """A sheet of which the first rows were read.

    Attributes:
        sheet: It, with the rest of its rows.
        rows: The first rows.
        head: What is known of it as a log; None if it is none.
    """

    sheet: Sheet
    rows: NumberedRows
    head: TableHead | None


def looks_like_log(rows: NumberedRows) -> bool:
    """Whether rows are alike and hold a time each: a log of some unknown kind."""
    cells = [row for _, row in rows[:_PREVIEW_ROWS]]
    widths = {len(row) for row in cells if any(cell_text(cell).strip() for cell in row)}
    has_times = Column.TIME in guessed_columns(cells)
    return len(widths) == 1 and max(widths) >= _FEWEST_COLUMNS and len(cells) > 1 and has_times


def records(source: Source, media_type: str, sheets: Iterable[Sheet]) -> Iterator[Record]:
    """The entries of all logs among a file's tables; if none is one, the tables' words.

    Args:
        source: The file.
        media_type: What it is, by its content.
        sheets: Its tables.

    Raises:
        ReadFailure: The file is damaged.
    """
    tables = list(_tables(source, sheets))
    doubts = Doubts(source.answers.table_words)
    logs = [
        CallLog(table.sheet, table.head, source.answers, source.region, doubts)
        for table in tables
        if table.head is not None
    ]
    if not logs:
        yield from _unknown(media_type, tables)
        return
    kind = ItemKind.MESSAGES if all(log.is_messages for log in logs) else ItemKind.CALL_LOG
    yield Description(kind, media_type, reader=logs[0].layout())
    yield from times_in_name(source.filename)
    yield from _entries(logs)
    for table in tables:
        if table.head is None:
            yield from _text(table)
    yield from _encoding(tables)
    yield from doubts.questions()


def _tables(source: Source, sheets: Iterable[Sheet]) -> Iterator[_Table]:
    before: TableHead | None = None
    for sheet in sheets:
        rows = ahead(sheet.rows, LOOK_AHEAD)
        head = head_of(sheet, rows, source.filename, source.answers)
        is_bare = head is None or not head.heading
        if is_bare and before is not None and continues(before, rows):
            head = replace(before, above=[], rows=rows, names=f"{before.preamble()} {sheet.name}")
        before = head or before
        yield _Table(sheet, rows, head)


def _entries(logs: Sequence[CallLog]) -> Iterator[Record]:
    """The entries of all logs; what is to be said of several is said once."""
    notices: list[Notice] = []
    for log in logs:
        for record in log.records():
            if not isinstance(record, Notice):
                yield record
            elif record not in notices:
                notices.append(record)
                yield record


def _unknown(media_type: str, tables: Sequence[_Table]) -> Iterator[Record]:
    is_bill = any(are_payments(table.rows) for table in tables)
    yield Description(ItemKind.TABLE, media_type)
    if is_bill:
        yield Notice(message(MessageCode.PAYMENT_LIST))
    else:
        yield Notice(message(MessageCode.UNKNOWN_TABLE), damaged=True)
    for table in tables:
        yield from _text(table)
    doubted = list(_encoding(tables))
    yield from doubted
    preview = next((table.rows for table in tables if any(map(any, _cells(table)))), ())
    rows = [row for _, row in preview[:_PREVIEW_ROWS]]
    # While it is unsure in what encoding they are, the words would mean nothing to anybody.
    if not (doubted or is_bill) and any(len(row) >= _FEWEST_COLUMNS for row in rows):
        yield Question(QuestionKind.MAPPING, _helping(rows))


def _cells(table: _Table) -> list[Row]:
    return [row for _, row in table.rows]


def _text(table: _Table) -> Iterator[TextBlock]:
    rows = chain(table.rows, table.sheet.rows)
    while piece := ahead(rows, _TEXT_ROWS):
        text = "\n".join("\t".join(map(cell_text, row)).rstrip() for _, row in piece)
        if text.strip():
            yield TextBlock(text, SourcePlace(PlaceUnit.ROW, piece[0][0], table.sheet.name))


def _encoding(tables: Sequence[_Table]) -> Iterator[Question]:
    """The question in what encoding the words are, if it is open."""
    doubted = next((table.sheet.doubted for table in tables if table.sheet.doubted), None)
    if doubted:
        yield Question(QuestionKind.ENCODING, {"samples": dict(doubted)})


def _helping(rows: Sequence[Row]) -> dict[str, object]:
    """What helps to say what the columns hold: the first rows, and a guess."""
    guess = guessed_columns(rows)
    has_heading = Column.TIME in guess and Column.TIME not in guessed_columns(rows[:1])
    return {
        "rows": [[cell_text(cell)[:80] for cell in row] for row in rows],
        "guess": {column.value: position for column, position in guess.items()},
        "heading_row": 0 if has_heading else -1,
    }
