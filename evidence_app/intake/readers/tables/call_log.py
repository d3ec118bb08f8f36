"""One table of calls or messages whose columns are known, row by row."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from evidence_app.intake.readers.tables import values
from evidence_app.intake.readers.tables.call_words import (
    MEANINGS,
    CallSort,
    call_sort,
    is_message_word,
    result,
)
from evidence_app.intake.readers.tables.columns import holds_messages, looks_like_bill
from evidence_app.intake.readers.tables.doubts import Doubts
from evidence_app.intake.readers.tables.head import TableHead
from evidence_app.intake.readers.tables.headings import Column, unit_of
from evidence_app.intake.readers.tables.owner import TableOwner
from evidence_app.intake.readers.tables.sheets import Cell, Row, Sheet, cell_text
from evidence_app.intake.readers.tables.times import (
    UnknownOrderError,
    UnknownYearError,
    is_clock,
    read_time,
)
from evidence_app.intake.records import EventRecord, Notice, Record
from evidence_app.messages import Message, MessageCode, message
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import SkippedEntry, SourcePlace
from evidence_app.model.question import Answers, DurationUnit
from evidence_app.model.times import TimeReading, WallClock

_FOOTER = re.compile(
    r"(?:合计|总计|小计|总条数|共\s*\d+\s*条|合計|總計|小計|합계|총계|"
    r"total\b|sub-?total\b|grand total\b|"
    r"summe\b|gesamt|somme\b|suma\b|jumlah\b|toplam\b|итого|всего|第\s*\d+\s*页|共\s*\d+\s*页|"
    r"page\s+\d+|seite\s+\d+|página\s+\d+|halaman\s+\d+|sayfa\s+\d+|стр)",
    re.I,
)
_SIDES = (Column.NUMBER, Column.CALLER, Column.CALLEE)
_UNITS = {
    Column.MINUTES: 60.0, Column.SECONDS: 1.0,
    DurationUnit.MINUTES: 60.0, DurationUnit.SECONDS: 1.0,
}  # fmt: skip
_NO_CALL_SO_LONG = 600
_NAMELESS = frozenset(
    {"unknown", "unknown contact", "null", "n/a", "-", "--", "未知", "未知联系人", "陌生号码", "无",
     "unbekannt", "inconnu", "desconocido", "不明", "알 수 없음"}
)  # fmt: skip
"""More minutes than any call lasts: such a number counts seconds."""


class CallLog:
    """The entries of one table.

    Attributes:
        columns: What its columns hold.
        is_messages: Whether they are messages, not calls.
    """

    def __init__(
        self, sheet: Sheet, head: TableHead, answers: Answers, region: str | None, doubts: Doubts
    ) -> None:
        self.columns = head.columns
        self.is_messages = holds_messages(head.heading, head.columns, head.preamble())
        self._head = head
        self._title = head.title()
        self._above = {tuple(map(str, row)) for row in head.above}
        self._sheet = sheet
        self._doubts = doubts
        self._dating = head.dating([self._cell(row, Column.TIME) for _, row in head.rows], answers)
        self._owner = TableOwner(head, answers.owners, region)
        self._meanings = self._find_meanings(answers)
        self._unit = self._find_unit(answers)
        self._has_outgoing = self._some_row_says_outgoing()
        self._last_day = ""
        self._fingerprints: set[int] = set()
        self._duplicates = self._forwarded = 0
        self._has_missed = self._lacks_day = False
        self._is_bill = looks_like_bill(head.heading, head.columns)

    def layout(self) -> str:
        """A short mark that tables of the same layout share."""
        names = "\t".join(self._title)
        return hashlib.sha256(names.encode("utf-8", "surrogatepass")).hexdigest()[:8]

    def records(self) -> Iterator[Record]:
        """Every row, read or skipped; the two legs of a forwarded call as one."""
        waiting: EventRecord | None = None
        for number, row in chain(self._head.rows, self._sheet.rows):
            record = self._record(number, row)
            if not isinstance(record, EventRecord) or "forwarded" not in record.raw:
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
        yield from self._notices()

    def _notices(self) -> Iterator[Notice]:
        """What is to be said of the table as a whole."""
        if self._duplicates:
            yield Notice(message(MessageCode.ROWS_DUPLICATE, count=self._duplicates))
        if self._lacks_day:
            yield Notice(message(MessageCode.CHAT_WITHOUT_DATES))
        if self._forwarded:
            yield Notice(message(MessageCode.CALLS_FORWARDED, count=self._forwarded))
        if self._is_bill and not self._has_missed and not self.is_messages:
            yield Notice(message(MessageCode.BILL_HAS_NO_MISSED))
        if not {*_SIDES, Column.NAME} & self.columns.keys():
            yield Notice(message(MessageCode.TABLE_WITHOUT_NUMBERS))
        if self._is_bill:
            self._doubts.is_bill = True
            self._doubts.lacks_owner = self._doubts.lacks_owner or not self._owner.is_known

    def _record(self, number: int, row: Row) -> EventRecord | SkippedEntry | None:
        if self._is_furniture(row):
            return None
        place = self._sheet.place(number)
        try:
            time = self._time(row)
        except UnknownOrderError:
            self._doubts.date(self._cell_text(row, Column.TIME))
            return self._act(row, None, place)
        except UnknownYearError:
            self._doubts.yearless(self._cell_text(row, Column.TIME), self._dating.order)
            return self._act(row, None, place)
        if time is None and is_clock(self._cell(row, Column.TIME)):
            self._lacks_day = True
            return self._act(row, None, place)
        if time is None:
            reason = message(MessageCode.ROW_BAD_TIME, value=self._cell_text(row, Column.TIME))
            return _skipped(place, reason, row)
        problem = self._number_problem(row)
        if problem is not None:
            return _skipped(place, problem, row)
        if isinstance(time.moment, WallClock):
            self._doubts.has_wall_clock = True
        return self._act(row, time, place)

    def _is_furniture(self, row: Row) -> bool:
        """Whether the row is empty, a sum, a page's foot, or what stands above the table."""
        filled = next((text for cell in row if (text := cell_text(cell).strip())), None)
        if filled is None or tuple(map(str, row)) in self._above:
            return True
        names = [cell_text(cell).strip() for cell in row]
        if self._title and _trimmed(names) == _trimmed(self._title):
            return True
        return _FOOTER.match(filled) is not None and not self._cell_text(row, Column.NUMBER)

    def _number_problem(self, row: Row) -> Message | None:
        for column in _SIDES:
            text = self._cell_text(row, column)
            if text and values.is_scientific(text):
                return message(MessageCode.ROW_SCIENTIFIC_NUMBER, value=text)
        return None

    def _act(self, row: Row, time: TimeReading | None, place: SourcePlace) -> EventRecord:
        raw = self._raw(row)
        is_message = self.is_messages or self._is_message(row)
        length = None if is_message else self._length(row)
        sort = self._sort(row)
        direction, identifier = self._other_side(row, sort)
        if sort.forwarded:
            raw["forwarded"] = "yes"
        outcome = Outcome.UNKNOWN if is_message else self._outcome(row, direction, sort)
        self._has_missed = self._has_missed or outcome is Outcome.MISSED
        return EventRecord(
            type=EventType.MESSAGE if is_message else EventType.CALL,
            direction=direction,
            outcome=outcome,
            time=time,
            duration_s=length,
            identifier=identifier,
            contact_name=_name(
                "" if self._owner.has_name(row) else self._cell_text(row, Column.NAME)
            ),
            text=self._cell_text(row, Column.TEXT),
            place=place,
            raw=raw,
        )

    def _is_message(self, row: Row) -> bool:
        """Whether a cell says that the row, among calls, is a message."""
        return any(isinstance(cell, str) and is_message_word(cell) for cell in row)

    def _length_cell(self, row: Row) -> Cell:
        held = (Column.DURATION, Column.MINUTES, Column.SECONDS)
        column = next((column for column in held if column in self.columns), Column.DURATION)
        return self._cell(row, column)

    def _length(self, row: Row) -> float | None:
        """Seconds; None if nobody has told yet what a number counts."""
        cell = self._length_cell(row)
        if self._unit is None and values.bare_count(cell):
            self._doubts.count(self._title, cell_text(cell).strip())
            return None
        return values.duration(cell, self._unit or 1)

    def _find_unit(self, answers: Answers) -> float | None:
        """How many seconds the one is that durations count; None if nothing tells."""
        for column in (Column.DURATION, Column.MINUTES, Column.SECONDS):
            if (position := self.columns.get(column)) is not None:
                heading = self._head.heading
                stated = unit_of(heading[position]) if position < len(heading) else None
                if (unit := _UNITS.get(stated or column)) is not None:
                    return unit
                break
        for answer in answers.table_words:
            if answer.heading == self._title and answer.unit is not None:
                return _UNITS[answer.unit]
        counts = (values.bare_count(self._length_cell(row)) for _, row in self._head.rows)
        return 1 if max(filter(None, counts), default=0) > _NO_CALL_SO_LONG else None

    def _find_meanings(self, answers: Answers) -> dict[str, str]:
        """What words mean, as the person said of this table or of one with the same heading."""
        meanings: dict[str, str] = {}
        for answer in reversed(answers.table_words):
            if answer.heading == self._title:
                meanings |= answer.meanings
        if self._head.mapping is not None:
            meanings |= self._head.mapping.directions
        return meanings

    def _some_row_says_outgoing(self) -> bool:
        cells = (self._cell_text(row, Column.SORT) for _, row in self._head.rows)
        sorts = (self._meant(word) or call_sort(word) for word in set(cells))
        return any(sort and sort.direction is Direction.OUTGOING for sort in sorts)

    def _meant(self, word: str) -> CallSort | None:
        return MEANINGS.get(self._meanings.get(word, ""))

    def _sort(self, row: Row) -> CallSort:
        """What the row says of who called and of what became of it, as far as it is understood."""
        word, other = self._cell_text(row, Column.SORT), self._cell_text(row, Column.OUTCOME)
        sort = self._meant(word) or result(word) or CallSort()
        outcome_sort = (self._meant(other) or result(other) if other else None) or CallSort()
        if other and outcome_sort == CallSort() and self._meanings.get(other) != "nothing":
            self._doubts.word(self._title, other, row)
        direction = self._owner.by_flag(row)
        if direction is Direction.NONE:
            direction = sort.direction
        if direction is Direction.NONE:
            direction = self._direction_otherwise(row, word, sort, outcome_sort)
        outcome = sort.outcome if outcome_sort.outcome is Outcome.UNKNOWN else outcome_sort.outcome
        return CallSort(
            direction, outcome, sort.forwarded, sort.unanswered or outcome_sort.unanswered
        )

    def _direction_otherwise(
        self, row: Row, word: str, sort: CallSort, outcome_sort: CallSort
    ) -> Direction:
        """Who called, if the column for it does not say so by a word that is known."""
        if {Column.CALLER, Column.CALLEE} <= self.columns.keys():
            return Direction.NONE
        if is_message_word(word) and not {Column.CALLER, Column.CALLEE}.isdisjoint(self.columns):
            word = ""
        place = self._cell_text(row, Column.DESTINATION)
        if place:
            went = call_sort(place) or CallSort()
            is_place = went.direction is Direction.NONE or went.outcome is Outcome.VOICEMAIL
            return Direction.OUTGOING if is_place else went.direction
        if sort.outcome is Outcome.ANSWERED and self._has_outgoing:
            return Direction.INCOMING
        # A word for what became of a call leaves to the column of the number who called whom.
        is_clear = not word or sort != CallSort() or self._meanings.get(word) == "nothing"
        if is_clear and (Column.CALLEE in self.columns or self._owner.is_caller(row)):
            return Direction.OUTGOING
        by_name = self._owner.by_name(row)
        if not word and self.is_messages and by_name is not Direction.NONE:
            return by_name
        if (
            Column.CALLER in self.columns and is_clear
        ) or outcome_sort.direction is Direction.INCOMING:
            return Direction.INCOMING
        if self._meanings.get(word) != "nothing":
            self._doubts.word(self._title, word, row)
        return Direction.NONE

    def _other_side(self, row: Row, sort: CallSort) -> tuple[Direction, str]:
        direction = sort.direction
        if Column.CALLER not in self.columns or Column.CALLEE not in self.columns:
            column = next((side for side in _SIDES if side in self.columns), Column.NUMBER)
            is_own = column is Column.CALLER and self._owner.is_caller(row)
            if self.is_messages and self._owner.is_own_number(row):
                return direction, self._owner.partner()
            return direction, "" if is_own else values.number(self._cell(row, column))
        caller = values.number(self._cell(row, Column.CALLER))
        callee = values.number(self._cell(row, Column.CALLEE))
        if direction is Direction.NONE:
            direction = self._owner.direction(row)
        if direction is Direction.NONE and self._doubts.sides is None:
            self._doubts.sides = self._owner.candidates()
        return direction, callee if direction is Direction.OUTGOING else caller or callee

    def _outcome(self, row: Row, direction: Direction, sort: CallSort) -> Outcome:
        came = direction is Direction.INCOMING
        if sort.unanswered:
            return Outcome.MISSED if came else Outcome.UNKNOWN
        if sort.outcome is Outcome.MISSED and not came:
            return Outcome.UNKNOWN
        if sort.outcome is not Outcome.UNKNOWN:
            return sort.outcome
        cell = self._length_cell(row)
        talked = bool(values.duration(cell))
        return Outcome.ANSWERED if talked or came else Outcome.UNKNOWN

    def _time(self, row: Row) -> TimeReading | None:
        """When it was; a day that stands only once holds for the rows below it."""
        if Column.CLOCK not in self.columns:
            return read_time(self._cell(row, Column.TIME), self._dating)
        clock = self._cell_text(row, Column.CLOCK)
        day = self._day(row) or (self._last_day if clock else "")
        self._last_day = day
        return read_time(f"{day} {clock}".strip(), self._dating)

    def _day(self, row: Row) -> str:
        cell = self._cell(row, Column.TIME)
        if isinstance(cell, str):
            return cell.strip()
        read = read_time(cell, self._dating)
        return read.moment.at.date().isoformat() if read is not None else cell_text(cell)

    def _cell(self, row: Row, column: Column) -> Cell:
        position = self.columns.get(column)
        return row[position] if position is not None and position < len(row) else ""

    def _cell_text(self, row: Row, column: Column) -> str:
        return cell_text(self._cell(row, column)).strip()

    def _raw(self, row: Row) -> dict[str, str]:
        """The cells by their headings; a row that stood here before is marked."""
        names = [*self._title]
        names += [f"column {n}" for n in range(len(names) + 1, len(row) + 1)]
        raw = {name: cell_text(cell) for name, cell in zip(names, row, strict=False) if cell != ""}
        mark = hash(tuple(raw.items()))
        if mark in self._fingerprints:
            self._duplicates += 1
            raw["duplicate"] = "yes"
        self._fingerprints.add(mark)
        return raw


def _name(written: str) -> str:
    """A contact's name; apps write words for having none."""
    return "" if written.strip("()（） ").lower() in _NAMELESS else written


def _trimmed(cells: list[str] | tuple[str, ...]) -> list[str]:
    """The cells without empty ones at the end."""
    trimmed = list(cells)
    while trimmed and not trimmed[-1]:
        trimmed.pop()
    return trimmed


def _skipped(place: SourcePlace, reason: Message, row: Row) -> SkippedEntry:
    return SkippedEntry(place, reason, "\t".join(map(cell_text, row))[:500])


def _same_call(act: EventRecord, other: EventRecord) -> bool:
    if act.time is None or other.time is None:
        return False
    return act.time.moment == other.time.moment and act.direction != other.direction


def _joined(act: EventRecord, other: EventRecord) -> EventRecord:
    """A forwarded call, told by the leg on which it came in."""
    came, went = (act, other) if act.direction is Direction.INCOMING else (other, act)
    row = str(went.place.number) if went.place else ""
    return replace(came, raw={**came.raw, "forwarded row": row})
