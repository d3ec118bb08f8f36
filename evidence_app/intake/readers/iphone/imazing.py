"""iMazing's tables of calls and of messages."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.readers.support.encoding import SNIFF_SIZE, encoding_of
from evidence_app.intake.readers.tables.call_words import MEANINGS, CallSort, call_sort
from evidence_app.intake.readers.tables.doubts import Doubts
from evidence_app.intake.readers.tables.periods import period_before
from evidence_app.intake.readers.tables.times import (
    Dating,
    UnknownOrderError,
    UnknownYearError,
    order_of,
    read_time,
)
from evidence_app.intake.readers.tables.values import duration
from evidence_app.intake.records import Description, EventRecord, Notice, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import (
    ItemKind,
    PlaceUnit,
    SkippedEntry,
    SourcePlace,
    TextBlock,
)
from evidence_app.model.question import Answers
from evidence_app.model.times import TimeReading, WallClock

_CALLS = {"Call type", "Date", "Duration", "Number", "Service"}
_MESSAGES = {"Chat Session", "Message Date", "Sender Name", "Text"}
_MAX_CELL = 4 << 20
_SERVICE_NUMBER = re.compile(r":\s*(\+?[\d\s()-]{5,})$", re.ASCII)
_NUMBER = re.compile(r"\+?[\d\s()-]{5,}", re.ASCII)
_MOST_CHATS = 100_000
_MOST_MEMBERS = 8
_DATES_LOOKED_AT = 3000

Row = dict[str, str]


def recognises(source: Source) -> bool:
    """Whether the file has one of the two headings."""
    head = source.stream.read(SNIFF_SIZE)
    encoding = encoding_of(head, complete=len(head) < SNIFF_SIZE)
    if encoding is None:
        return False
    lines = head.decode(encoding, "ignore").lstrip("\ufeff").splitlines()
    names = set(next(csv.reader(lines[:1]), [])) if lines else set()
    return names >= _CALLS or names >= _MESSAGES


def read(source: Source) -> Iterator[Record]:
    """Every row.

    Raises:
        ReadFailure: The file is damaged.
    """
    names = next((tuple(row) for _, row in _rows(source)), ())
    is_calls = set(names) >= _CALLS
    yield Description(ItemKind.CALL_LOG if is_calls else ItemKind.MESSAGES, "text/csv")
    table = _Calls(source, names) if is_calls else _Messages(source, names)
    for number, row in _rows(source):
        yield table.record(row, SourcePlace(PlaceUnit.ROW, number))
    yield from table.doubts.questions()
    if is_calls:
        yield Notice(message(MessageCode.IPHONE_CALL_LIMIT))


def _rows(source: Source) -> Iterator[tuple[int, Row]]:
    """Each row that holds anything, by its headings, with its number from 1.

    Raises:
        ReadFailure: The rest of the file is damaged.
    """
    source.stream.seek(0)
    head = source.stream.read(SNIFF_SIZE)
    source.stream.seek(0)
    encoding = encoding_of(head, complete=len(head) < SNIFF_SIZE) or "utf-8"
    csv.field_size_limit(_MAX_CELL)
    text = io.TextIOWrapper(source.stream, encoding=encoding, errors="replace", newline="")
    try:
        reader = csv.DictReader(line.replace("\x00", "") for line in text)
        reader.fieldnames = [name.lstrip("\ufeff") for name in reader.fieldnames or ()]
        for number, cells in enumerate(reader, 2):
            source.alive()
            row = {
                str(name): (value or "").strip()
                for name, value in cells.items()
                if isinstance(value, str) or value is None
            }
            if any(row.values()):
                yield number, row
    except csv.Error as error:
        raise ReadFailure(message(MessageCode.DAMAGED_TABLE)) from error
    finally:
        text.detach()


class _Table:
    """What the two tables have in common.

    Attributes:
        doubts: What is to be asked.
    """

    def __init__(self, names: tuple[str, ...], dates: Sequence[str], answers: Answers) -> None:
        self.doubts = Doubts(answers.table_words)
        self._names = names
        order = order_of(dates) or answers.date_order
        period = period_before(answers.year, dates, order) if answers.year else (None, None)
        self._dating = Dating(order, *period)
        self._meanings: dict[str, str] = {}
        for answer in reversed(answers.table_words):
            if answer.heading == names:
                self._meanings |= answer.meanings

    def _time(self, written: str) -> TimeReading | None:
        """When it was.

        Raises:
            UnknownOrderError: It is not told what is the day and what the month.
            UnknownYearError: It has no year, and none is told.
        """
        time = read_time(written, self._dating)
        if time is not None and isinstance(time.moment, WallClock):
            self.doubts.has_wall_clock = True
        return time

    def record(self, row: Row, place: SourcePlace) -> Record:
        """One row."""
        written = self._written(row)
        try:
            time = self._time(written)
        except UnknownOrderError:
            self.doubts.date(written)
            return self._act(row, None, place)
        except UnknownYearError:
            self.doubts.yearless(written, self._dating.order)
            return self._act(row, None, place)
        if time is None:
            reason = message(MessageCode.ROW_BAD_TIME, value=written)
            return SkippedEntry(place, reason, ",".join(row.values())[:500])
        return self._act(row, time, place)

    def _written(self, row: Row) -> str:
        raise NotImplementedError

    def _act(self, row: Row, time: TimeReading | None, place: SourcePlace) -> Record:
        raise NotImplementedError


class _Calls(_Table):
    def __init__(self, source: Source, names: tuple[str, ...]) -> None:
        self._numbers: dict[str, set[str]] = {}
        dates: list[str] = []
        for _, row in _rows(source):
            if len(dates) < _DATES_LOOKED_AT:
                dates.append(row["Date"])
            if row.get("Contact") and len(self._numbers) < _MOST_CHATS and (number := _number(row)):
                self._numbers.setdefault(row["Contact"], set()).add(number)
        super().__init__(names, dates, source.answers)

    def _written(self, row: Row) -> str:
        return row["Date"]

    def _act(self, row: Row, time: TimeReading | None, place: SourcePlace) -> EventRecord:
        length = duration(row["Duration"]) if row["Duration"] else None
        sort = self._sort(row)
        return EventRecord(
            type=EventType.CALL,
            direction=sort.direction,
            outcome=_outcome(sort, length),
            time=time,
            duration_s=length,
            identifier=_number(row) or self._known_number(row.get("Contact", "")),
            contact_name=row.get("Contact", ""),
            text="",
            place=place,
            raw=row,
        )

    def _sort(self, row: Row) -> CallSort:
        word = row["Call type"]
        sort = MEANINGS.get(self._meanings.get(word, "")) or call_sort(word)
        if sort is not None and sort.direction is not Direction.NONE:
            return sort
        if word.lower().startswith("cancel"):
            return CallSort(Direction.OUTGOING)
        if self._meanings.get(word) != "nothing":
            self.doubts.word(self._names, word, list(row.values()))
        return sort or CallSort()

    def _known_number(self, contact: str) -> str:
        """The number that other rows have for a contact, if it is one; else the contact's name."""
        numbers = self._numbers.get(contact, set())
        return next(iter(numbers)) if len(numbers) == 1 else contact


def _number(row: Row) -> str:
    service = _SERVICE_NUMBER.search(row.get("Service", ""))
    return row["Number"] or (service[1].strip() if service else "")


def _outcome(sort: CallSort, length: float | None) -> Outcome:
    if sort.unanswered:
        return Outcome.MISSED if sort.direction is Direction.INCOMING else Outcome.UNKNOWN
    if sort.outcome is not Outcome.UNKNOWN:
        return sort.outcome
    answered = bool(length) or sort.direction is Direction.INCOMING
    return Outcome.ANSWERED if answered else Outcome.UNKNOWN


@dataclass(slots=True)
class _Chat:
    """Who wrote in a chat besides the owner: names and numbers, so many as are needed."""

    names: dict[str, None] = field(default_factory=dict)
    ids: dict[str, None] = field(default_factory=dict)

    def is_of_two(self) -> bool:
        """Whether one person alone wrote."""
        return len(self.names) <= 1 and (bool(self.names) or len(self.ids) <= 1)


class _Messages(_Table):
    def __init__(self, source: Source, names: tuple[str, ...]) -> None:
        self._chats: dict[str, _Chat] = {}
        dates: list[str] = []
        for _, row in _rows(source):
            if len(dates) < _DATES_LOOKED_AT:
                dates.append(row["Message Date"])
            self._look(row)
        super().__init__(names, dates, source.answers)

    def _look(self, row: Row) -> None:
        session = row["Chat Session"]
        if row.get("Type", "").lower() not in ("incoming", "") or (
            session not in self._chats and len(self._chats) >= _MOST_CHATS
        ):
            return
        chat = self._chats.setdefault(session, _Chat())
        for members, value in ((chat.names, row["Sender Name"]), (chat.ids, row.get("Sender ID"))):
            if value and len(members) < _MOST_MEMBERS:
                members[value] = None

    def _written(self, row: Row) -> str:
        return row["Message Date"]

    def _act(self, row: Row, time: TimeReading | None, place: SourcePlace) -> Record:
        kind = row.get("Type", "").lower()
        if kind == "notification":
            return TextBlock(row["Text"] or "—", place)
        outgoing = kind == "outgoing"
        identifier, name = self._other_side(row, is_outgoing=outgoing)
        raw = {heading: value for heading, value in row.items() if heading != "Text" and value}
        if not self._chats.get(row["Chat Session"], _Chat()).is_of_two():
            raw["chat"] = row["Chat Session"]
        return EventRecord(
            type=EventType.MESSAGE,
            direction=Direction.OUTGOING if outgoing else _incoming(kind),
            outcome=Outcome.UNKNOWN,
            time=time,
            duration_s=None,
            identifier=identifier,
            contact_name=name,
            text=row["Text"],
            place=place,
            raw=raw,
            enclosed=(row["Attachment"],) if row.get("Attachment") else (),
        )

    def _other_side(self, row: Row, *, is_outgoing: bool) -> tuple[str, str]:
        """The other side's number and name: in a chat of two the session's name is one of them."""
        session, sender = row["Chat Session"], row["Sender Name"]
        chat = self._chats.get(session, _Chat())
        if not chat.is_of_two():
            return ("", "") if is_outgoing else (row.get("Sender ID", "") or sender, sender)
        own = "" if is_outgoing else row.get("Sender ID", "")
        number = own or next(iter(chat.ids), "") or _as_number(session) or _as_number(sender)
        number = number or next(
            (name_number for name in chat.names if (name_number := _as_number(name))), ""
        )
        names = [session, *chat.names, *([] if is_outgoing else [sender])]
        name = next((name for name in names if name and not _as_number(name)), "")
        return number or name or session, name


def _as_number(text: str) -> str:
    return text if _NUMBER.fullmatch(text) or "@" in text else ""


def _incoming(kind: str) -> Direction:
    return Direction.INCOMING if kind in ("incoming", "") else Direction.NONE
