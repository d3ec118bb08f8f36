"""Logs of calls and messages as tables: carriers' bills, apps' exports, spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator

from evidence_app.intake.readers.tables.head import head_of
from evidence_app.intake.readers.tables.headings import Column
from evidence_app.intake.readers.tables.json_rows import begins_as_json
from evidence_app.intake.readers.tables.owner import flag_of
from evidence_app.intake.readers.tables.payments import are_payments
from evidence_app.intake.readers.tables.records import looks_like_log, records
from evidence_app.intake.readers.tables.sheets import ahead, is_workbook, sheets
from evidence_app.intake.records import Record, Source

_PREVIEW_ROWS = 200
_MEDIA_TYPES = {
    b"\xd0": "application/vnd.ms-excel",
    b"P": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def recognises(source: Source) -> bool:
    """Whether the file is a workbook, or text in columns of which one holds times."""
    head = source.stream.read(8)
    sheet = next(sheets(source.stream, source.answers.encoding), None)
    if sheet is None:
        return False
    if is_workbook(head):
        return True
    rows = ahead(sheet.rows, _PREVIEW_ROWS)
    log = head_of(sheet, rows, source.filename, source.answers)
    if begins_as_json(head):
        # Lists of messages are conversations; of anything else, no list is a log.
        return log is not None and (Column.TEXT not in log.columns or flag_of(log.heading) >= 0)
    return log is not None or looks_like_log(rows) or are_payments(rows)


def read(source: Source) -> Iterator[Record]:
    """The rows of a log; the text of a table that is none, and what its columns hold, asked.

    Raises:
        ReadFailure: The file is damaged.
    """
    source.stream.seek(0)
    media_type = _MEDIA_TYPES.get(source.stream.read(1), "text/csv")
    yield from records(source, media_type, sheets(source.stream, source.answers.encoding))
