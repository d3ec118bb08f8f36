"""Logs of calls and messages as tables: carriers' bills, apps' exports, spreadsheets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from evidence_app.intake import table_values as values
from evidence_app.intake.clues import times_in_name
from evidence_app.intake.records import ActRecord, Description, Notice, Record, Source
from evidence_app.intake.table_columns import (
    Column,
    Columns,
    columns_by_heading,
    columns_by_values,
)
from evidence_app.intake.table_times import (
    Dating,
    UnknownOrderError,
    order_of,
    period_of,
    read_time,
)
from evidence_app.intake.tables import Cell, Row, Sheet, ahead, is_workbook, sheets, words
from evidence_app.messages import Message, MessageCode, message
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import (
    ItemKind,
    PlaceUnit,
    SkippedEntry,
    SourcePlace,
    TextBlock,
)
from evidence_app.model.times import TimeReading

_LOOK_AHEAD = 3000
_PREAMBLE = 30
_FOOTER = re.compile(r"合计|总计|小计|总条数|共\s*\d+\s*条|total\b", re.I)
_TEXT_ROWS = 100
_MEDIA_TYPES = {
    b"\xd0": "application/vnd.ms-excel",
    b"P": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def recognises(source: Source) -> bool:
    """Whether the file is a workbook, or text with the heading or the rows of a log."""
    head = source.stream.read(8)
    found = next(sheets(source.stream), None)
    if found is None:
        return False
    return is_workbook(head) or _Log.of(found, source.filename) is not None


def read(source: Source) -> Iterator[Record]:
    """The rows of a log; the text of a workbook that is none.

    Raises:
        ReadFailure: The file is damaged.
    """
    source.stream.seek(0)
    media_type = _MEDIA_TYPES.get(source.stream.read(1), "text/csv")
    logs = [log for sheet in sheets(source.stream) if (log := _Log.of(sheet, source.filename))]
    if not logs:
        yield from _unknown(source, media_type)
        return
    messages = all(Column.TEXT in log.columns for log in logs)
    kind = ItemKind.MESSAGES if messages else ItemKind.CALL_LOG
    yield Description(kind, media_type)
    yield from times_in_name(source.filename)
    for log in logs:
        yield from log.records()


def _unknown(source: Source, media_type: str) -> Iterator[Record]:
    yield Description(ItemKind.TABLE, media_type)
    yield Notice(message(MessageCode.UNKNOWN_TABLE), damaged=True)
    for sheet in sheets(source.stream):
        while rows := ahead(sheet.rows, _TEXT_ROWS):
            text = "\n".join("\t".join(map(words, row)).rstrip() for _, row in rows)
            if text.strip():
                yield TextBlock(text, SourcePlace(PlaceUnit.ROW, rows[0][0], sheet.name))


class _Log:
    """One table whose columns are known."""

    def __init__(
        self,
        sheet: Sheet,
        columns: Columns,
        dating: Dating,
        heading: Row,
        head: list[tuple[int, Row]],
    ) -> None:
        self.columns = columns
        self._sheet = sheet
        self._dating = dating
        self._heading = heading
        self._head = head
        self._owner = self._most_frequent_number()
        self._seen: set[int] = set()
        self._order_unknown = False

    @classmethod
    def of(cls, sheet: Sheet, filename: str) -> _Log | None:
        """The log that a sheet is, or None."""
        head = ahead(sheet.rows, _LOOK_AHEAD)
        for position, (_, row) in enumerate(head[:_PREAMBLE]):
            columns = columns_by_heading(row)
            if columns is None:
                continue
            body = head[position + 1 :]
            preamble = [words(cell) for _, above in head[:position] for cell in above]
            dating = _dating(columns, body, " ".join([*preamble, sheet.name, filename]))
            return cls(sheet, columns, dating, row, body)
        dating = _dating({}, [], f"{sheet.name} {filename}")
        found = columns_by_values([row for _, row in head[:200] if any(row)], dating)
        if found is None:
            return None
        return cls(sheet, found, _dating(found, head, f"{sheet.name} {filename}"), [], head)

    def records(self) -> Iterator[Record]:
        """Every row, read or skipped; the two legs of a forwarded call as one."""
        waiting: ActRecord | None = None
        for number, row in chain(self._head, self._sheet.rows):
            record = self._record(number, row)
            if not isinstance(record, ActRecord) or "forwarded" not in record.raw:
                if record is not None:
                    yield record
                continue
            if waiting is not None and _same_call(waiting, record):
                yield _joined(waiting, record)
                waiting = None
                continue
            if waiting is not None:
                yield waiting
            waiting = record
        if waiting is not None:
            yield waiting
        if self._order_unknown:
            yield Notice(message(MessageCode.DATE_ORDER_UNKNOWN), damaged=True)

    def _record(self, number: int, row: Row) -> ActRecord | SkippedEntry | None:
        if self._is_furniture(row):
            return None
        place = SourcePlace(PlaceUnit.ROW, number, self._sheet.name)
        raw = self._raw(row)
        try:
            time = self._time(row)
        except UnknownOrderError:
            self._order_unknown = True
            return self._act(row, None, place, raw)
        if time is None:
            reason = message(MessageCode.ROW_BAD_TIME, value=self._words(row, Column.TIME))
            return _skipped(place, reason, row)
        problem = self._number_problem(row)
        if problem is not None:
            return _skipped(place, problem, row)
        return self._act(row, time, place, raw)

    def _is_furniture(self, row: Row) -> bool:
        """Whether the row is empty, a sum, or the heading once more."""
        filled = [words(cell).strip() for cell in row if words(cell).strip()]
        if not filled or row == self._heading:
            return True
        return _FOOTER.match(filled[0]) is not None and not self._words(row, Column.NUMBER)

    def _number_problem(self, row: Row) -> Message | None:
        for column in (Column.NUMBER, Column.CALLER, Column.CALLEE):
            text = self._words(row, column)
            if values.is_scientific(text):
                return message(MessageCode.ROW_SCIENTIFIC_NUMBER, value=text)
        return None

    def _act(
        self, row: Row, time: TimeReading | None, place: SourcePlace, raw: dict[str, str]
    ) -> ActRecord:
        is_message = Column.TEXT in self.columns
        length = values.duration(self._cell(row, Column.DURATION))
        sort = values.call_sort(self._cell(row, Column.SORT))
        direction, identifier = self._other_side(row, sort)
        if sort is not None and sort.forwarded:
            raw["forwarded"] = "yes"
        return ActRecord(
            type=EventType.MESSAGE if is_message else EventType.CALL,
            direction=direction,
            outcome=Outcome.UNKNOWN if is_message else _outcome(direction, sort, length),
            time=time,
            duration_s=None if is_message else length,
            identifier=identifier,
            contact_name=self._words(row, Column.NAME),
            text=self._words(row, Column.TEXT),
            place=place,
            raw=raw,
        )

    def _other_side(self, row: Row, sort: values.CallSort | None) -> tuple[Direction, str]:
        direction = sort.direction if sort else Direction.NONE
        if Column.NUMBER in self.columns:
            return direction, values.number(self._cell(row, Column.NUMBER))
        caller = values.number(self._cell(row, Column.CALLER))
        callee = values.number(self._cell(row, Column.CALLEE))
        if direction is Direction.NONE and self._owner in (caller, callee):
            direction = Direction.OUTGOING if caller == self._owner else Direction.INCOMING
        return direction, callee if direction is Direction.OUTGOING else caller or callee

    def _most_frequent_number(self) -> str:
        """In a table with caller and called, the number that most rows have: its owner's."""
        if not {Column.CALLER, Column.CALLEE} <= self.columns.keys():
            return ""
        counts = Counter(
            values.number(self._cell(row, column))
            for _, row in self._head
            for column in (Column.CALLER, Column.CALLEE)
        )
        return counts.most_common(1)[0][0] if counts else ""

    def _time(self, row: Row) -> TimeReading | None:
        cell = self._cell(row, Column.TIME)
        if Column.CLOCK in self.columns:
            clock = self._words(row, Column.CLOCK)
            day = words(cell).split(" ")[0] if not isinstance(cell, str) else cell.strip()
            return read_time(f"{day} {clock}", self._dating)
        return read_time(cell, self._dating)

    def _cell(self, row: Row, column: Column) -> Cell:
        position = self.columns.get(column)
        return row[position] if position is not None and position < len(row) else ""

    def _words(self, row: Row, column: Column) -> str:
        return words(self._cell(row, column)).strip()

    def _raw(self, row: Row) -> dict[str, str]:
        """The cells by their headings; a row that stood here before is marked."""
        names = [words(cell).strip() for cell in self._heading]
        names += [f"column {n}" for n in range(len(names) + 1, len(row) + 1)]
        raw = {name: words(cell) for name, cell in zip(names, row, strict=False) if cell != ""}
        mark = hash(tuple(raw.items()))
        if mark in self._seen:
            raw["duplicate"] = "yes"
        self._seen.add(mark)
        return raw


def _dating(columns: Columns, rows: list[tuple[int, Row]], heading: str) -> Dating:
    position = columns.get(Column.TIME)
    cells = [row[position] for _, row in rows if position is not None and position < len(row)]
    return Dating(order_of(cells), *period_of(heading))


def _outcome(direction: Direction, sort: values.CallSort | None, length: float | None) -> Outcome:
    if sort is not None and sort.outcome is not Outcome.UNKNOWN:
        return sort.outcome
    if length or direction is Direction.INCOMING:
        return Outcome.ANSWERED
    return Outcome.UNKNOWN


def _skipped(place: SourcePlace, reason: Message, row: Row) -> SkippedEntry:
    return SkippedEntry(place, reason, "\t".join(map(words, row))[:500])


def _same_call(one: ActRecord, other: ActRecord) -> bool:
    if one.time is None or other.time is None:
        return False
    return one.time.moment == other.time.moment and one.direction != other.direction


def _joined(one: ActRecord, other: ActRecord) -> ActRecord:
    """A forwarded call, told by the leg on which it came in."""
    came, went = (one, other) if one.direction is Direction.INCOMING else (other, one)
    row = str(went.place.number) if went.place else ""
    return replace(came, raw={**came.raw, "forwarded row": row})
