"""One table of calls or messages whose columns are known, row by row."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from evidence_app.intake import table_values as values
from evidence_app.intake.records import ActRecord, Notice, Record
from evidence_app.intake.table_columns import (
    Column,
    Columns,
    columns_by_heading,
    columns_by_mapping,
    columns_by_values,
    looks_like_bill,
)
from evidence_app.intake.table_times import (
    Dating,
    UnknownOrderError,
    order_of,
    period_of,
    read_time,
)
from evidence_app.intake.tables import Cell, Row, Sheet, ahead, words
from evidence_app.messages import Message, MessageCode, message
from evidence_app.model import numbers
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import PlaceUnit, SkippedEntry, SourcePlace
from evidence_app.model.question import Answers, Question, QuestionKind, TableMapping
from evidence_app.model.times import TimeReading, WallClock

_LOOK_AHEAD = 3000
_PREAMBLE = 30
_SAMPLES = 5
_FOOTER = re.compile(r"合计|总计|小计|总条数|共\s*\d+\s*条|total\b", re.I)
_OWN_NUMBER = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_CHINA = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class TableHead:
    """What is known of a table before its rows are read.

    Attributes:
        columns: What its columns hold.
        heading: The row above the entries; empty if there is none.
        preamble: The words above that row, the sheet's name and the file's.
        rows: The rows that were read ahead.
        mapping: What the person said of the table, or None.
    """

    columns: Columns
    heading: Row
    preamble: str
    rows: Sequence[tuple[int, Row]]
    mapping: TableMapping | None = None


def head_of(sheet: Sheet, filename: str, answers: Answers) -> TableHead | None:
    """What a sheet is, by what the person said, by its heading, or by its values; else None."""
    rows = ahead(sheet.rows, _LOOK_AHEAD)
    names = f"{sheet.name} {filename}"
    for position, (_, row) in enumerate(rows[:_PREAMBLE]):
        body = rows[position + 1 :]
        mapping = _mapping_for(row, answers)
        columns = (
            columns_by_mapping(mapping)
            if mapping
            else columns_by_heading(row, [cells for _, cells in body[:200]])
        )
        if columns is not None:
            above = [words(cell) for _, cells in rows[:position] for cell in cells]
            return TableHead(columns, row, " ".join([*above, names]), body, mapping)
    bare = next((one for one in answers.mappings if not one.heading), None)
    if bare is not None:
        return TableHead(columns_by_mapping(bare), [], names, rows, bare)
    dating = Dating(answers.date_order, *period_of(names))
    found = columns_by_values([row for _, row in rows[:200] if any(row)], dating)
    return TableHead(found, [], names, rows) if found is not None else None


def _mapping_for(row: Row, answers: Answers) -> TableMapping | None:
    named = tuple(words(cell).strip() for cell in row)
    return next((one for one in answers.mappings if one.heading and one.heading == named), None)


class CallLog:
    """The entries of one table.

    Attributes:
        columns: What its columns hold.
    """

    def __init__(self, sheet: Sheet, head: TableHead, answers: Answers, region: str | None) -> None:
        self.columns = head.columns
        self._head = head
        self._sheet = sheet
        self._answers = answers
        self._region = region
        self._dating = self._find_dating()
        self._owners = self._find_owners()
        self._is_bill = looks_like_bill(head.heading, head.columns)
        self._seen: set[int] = set()
        self._undecided: list[str] = []
        self._duplicates = self._forwarded = 0
        self._has_missed = self._has_wall_clock = self._has_unknown_side = False

    def layout(self) -> str:
        """A short mark that tables of the same layout share."""
        names = "\t".join(words(cell).strip() for cell in self._head.heading)
        return hashlib.sha256(names.encode("utf-8", "surrogatepass")).hexdigest()[:8]

    def records(self) -> Iterator[Record]:
        """Every row, read or skipped; the two legs of a forwarded call as one."""
        waiting: ActRecord | None = None
        for number, row in chain(self._head.rows, self._sheet.rows):
            record = self._record(number, row)
            if not isinstance(record, ActRecord) or "forwarded" not in record.raw:
                if record is not None:
                    yield record
                continue
            if waiting is not None and _same_call(waiting, record):
                self._forwarded += 1
                yield _joined(waiting, record)
                waiting = None
                continue
            if waiting is not None:
                yield waiting
            waiting = record
        if waiting is not None:
            yield waiting
        yield from self._closing()

    def _closing(self) -> Iterator[Record]:
        """What is to be said and asked of the table as a whole."""
        if self._duplicates:
            yield Notice(message(MessageCode.ROWS_DUPLICATE, count=self._duplicates))
        if self._forwarded:
            yield Notice(message(MessageCode.CALLS_FORWARDED, count=self._forwarded))
        if self._is_bill and not self._has_missed and Column.TEXT not in self.columns:
            yield Notice(message(MessageCode.BILL_HAS_NO_MISSED))
        if self._undecided:
            yield Question(QuestionKind.DATE_ORDER, {"samples": self._undecided[:_SAMPLES]})
        if self._has_unknown_side:
            yield Question(QuestionKind.OWNER, {"candidates": self._most_frequent_numbers()})
        elif self._is_bill and not self._owners:
            yield Question(QuestionKind.OWNER, {"candidates": []}, blocking=False)
        if self._has_wall_clock or self._undecided:
            yield Question(
                QuestionKind.TIMEZONE,
                {"suggested": _CHINA} if self._is_bill else {},
                blocking=False,
            )

    def _record(self, number: int, row: Row) -> ActRecord | SkippedEntry | None:
        if self._is_furniture(row):
            return None
        place = SourcePlace(PlaceUnit.ROW, number, self._sheet.name)
        try:
            time = self._time(row)
        except UnknownOrderError:
            self._undecided.append(self._words(row, Column.TIME))
            return self._act(row, None, place)
        if time is None:
            reason = message(MessageCode.ROW_BAD_TIME, value=self._words(row, Column.TIME))
            return _skipped(place, reason, row)
        problem = self._number_problem(row)
        if problem is not None:
            return _skipped(place, problem, row)
        self._has_wall_clock = self._has_wall_clock or isinstance(time.moment, WallClock)
        return self._act(row, time, place)

    def _is_furniture(self, row: Row) -> bool:
        """Whether the row is empty, a sum, or the heading once more."""
        filled = next((text for cell in row if (text := words(cell).strip())), None)
        if filled is None or row == self._head.heading:
            return True
        return _FOOTER.match(filled) is not None and not self._words(row, Column.NUMBER)

    def _number_problem(self, row: Row) -> Message | None:
        for column in (Column.NUMBER, Column.CALLER, Column.CALLEE):
            text = self._words(row, column)
            if text and values.is_scientific(text):
                return message(MessageCode.ROW_SCIENTIFIC_NUMBER, value=text)
        return None

    def _act(self, row: Row, time: TimeReading | None, place: SourcePlace) -> ActRecord:
        raw = self._raw(row)
        is_message = Column.TEXT in self.columns
        length = self._length(row)
        sort = self._sort(row)
        direction, identifier = self._other_side(row, sort)
        if sort is not None and sort.forwarded:
            raw["forwarded"] = "yes"
        outcome = Outcome.UNKNOWN if is_message else _outcome(direction, sort, length)
        self._has_missed = self._has_missed or outcome is Outcome.MISSED
        return ActRecord(
            type=EventType.MESSAGE if is_message else EventType.CALL,
            direction=direction,
            outcome=outcome,
            time=time,
            duration_s=None if is_message else length,
            identifier=identifier,
            contact_name=self._words(row, Column.NAME),
            text=self._words(row, Column.TEXT),
            place=place,
            raw=raw,
        )

    def _length(self, row: Row) -> float | None:
        """Seconds; a carrier may count whole minutes."""
        if Column.MINUTES not in self.columns:
            return values.duration(self._cell(row, Column.DURATION))
        written = self._words(row, Column.MINUTES)
        is_count = re.fullmatch(r"\d+(?:\.\d+)?", written)
        return float(written) * 60 if is_count else values.duration(written)

    def _sort(self, row: Row) -> values.CallSort | None:
        cell = self._cell(row, Column.SORT)
        meant = self._head.mapping.directions.get(words(cell).strip()) if self._head.mapping else ""
        return values.mapped_sort(meant) if meant else values.call_sort(cell)

    def _other_side(self, row: Row, sort: values.CallSort | None) -> tuple[Direction, str]:
        direction = sort.direction if sort else Direction.NONE
        if Column.CALLER not in self.columns or Column.CALLEE not in self.columns:
            column = next((one for one in _SIDES if one in self.columns), Column.NUMBER)
            return direction, values.number(self._cell(row, column))
        caller = values.number(self._cell(row, Column.CALLER))
        callee = values.number(self._cell(row, Column.CALLEE))
        if direction is Direction.NONE:
            direction = self._by_owner(caller, callee)
        self._has_unknown_side = self._has_unknown_side or direction is Direction.NONE
        return direction, callee if direction is Direction.OUTGOING else caller or callee

    def _by_owner(self, caller: str, callee: str) -> Direction:
        if self._plain(caller) in self._owners:
            return Direction.OUTGOING
        return Direction.INCOMING if self._plain(callee) in self._owners else Direction.NONE

    def _find_owners(self) -> frozenset[str]:
        """The owner's numbers: as told, as stated above the rows, or the one in every row."""
        told = {self._plain(one) for one in self._answers.owners}
        told |= {self._plain(found) for found in _OWN_NUMBER.findall(self._head.preamble)}
        counts = Counter(self._caller_and_callee())
        if told & counts.keys():
            return frozenset(told) - {""}
        rows = len(self._head.rows)
        everywhere = {number for number, count in counts.items() if count >= rows > 1}
        return frozenset(told | everywhere) - {""}

    def _caller_and_callee(self) -> Iterator[str]:
        if not {Column.CALLER, Column.CALLEE} <= self.columns.keys():
            return
        for _, row in self._head.rows:
            yield from {
                self._plain(values.number(self._cell(row, column)))
                for column in (Column.CALLER, Column.CALLEE)
            }

    def _most_frequent_numbers(self) -> list[str]:
        counts = Counter(one for one in self._caller_and_callee() if one)
        return [number for number, _ in counts.most_common(_SAMPLES)]

    def _plain(self, number: str) -> str:
        return numbers.normalize(number, self._region) if number else ""

    def _find_dating(self) -> Dating:
        cells = [self._cell(row, Column.TIME) for _, row in self._head.rows]
        order = self._answers.date_order or order_of(cells)
        return Dating(order, *period_of(self._head.preamble))

    def _time(self, row: Row) -> TimeReading | None:
        cell = self._cell(row, Column.TIME)
        if Column.CLOCK in self.columns:
            clock = _with_colons(self._words(row, Column.CLOCK))
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
        names = [words(cell).strip() for cell in self._head.heading]
        names += [f"column {n}" for n in range(len(names) + 1, len(row) + 1)]
        raw = {name: words(cell) for name, cell in zip(names, row, strict=False) if cell != ""}
        mark = hash(tuple(raw.items()))
        if mark in self._seen:
            self._duplicates += 1
            raw["duplicate"] = "yes"
        self._seen.add(mark)
        return raw


def _with_colons(clock: str) -> str:
    """A time of day that is six digits alone, as one with colons."""
    digits = re.fullmatch(r"(\d{2})(\d{2})(\d{2})", clock)
    return ":".join(digits.groups()) if digits else clock


_SIDES = (Column.NUMBER, Column.CALLER, Column.CALLEE)


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
