"""iMazing's tables of calls and of messages."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.records import ActRecord, Description, Notice, Record, Source
from evidence_app.intake.table_values import duration
from evidence_app.intake.text_encoding import SNIFF_SIZE, encoding_of
from evidence_app.messages import MessageCode, message
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import (
    ItemKind,
    PlaceUnit,
    SkippedEntry,
    SourcePlace,
    TextBlock,
)
from evidence_app.model.question import Question, QuestionKind
from evidence_app.model.times import TimePrecision, TimeReading, TimeSource, WallClock

_CALLS = {"Call type", "Date", "Duration", "Number"}
_MESSAGES = {"Chat Session", "Message Date", "Sender Name", "Text"}
_MAX_CELL = 4 << 20
_SERVICE_NUMBER = re.compile(r":\s*(\+?[\d\s()-]{5,})$", re.ASCII)
_SORTS = {
    "outgoing": (Direction.OUTGOING, Outcome.UNKNOWN),
    "incoming": (Direction.INCOMING, Outcome.ANSWERED),
    "missed": (Direction.INCOMING, Outcome.MISSED),
    "rejected": (Direction.INCOMING, Outcome.REJECTED),
    "blocked": (Direction.INCOMING, Outcome.BLOCKED),
    "cancelled": (Direction.OUTGOING, Outcome.UNKNOWN),
    "canceled": (Direction.OUTGOING, Outcome.UNKNOWN),
}


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
    source.stream.seek(0)
    head = source.stream.read(SNIFF_SIZE)
    source.stream.seek(0)
    encoding = encoding_of(head, complete=len(head) < SNIFF_SIZE) or "utf-8"
    csv.field_size_limit(_MAX_CELL)
    text = io.TextIOWrapper(source.stream, encoding=encoding, errors="replace", newline="")
    try:
        yield from _rows(text)
    except csv.Error as error:
        raise ReadFailure(message(MessageCode.DAMAGED_TABLE)) from error
    finally:
        text.detach()


def _rows(text: io.TextIOWrapper) -> Iterator[Record]:
    reader = csv.DictReader(line.replace("\x00", "") for line in text)
    names = {name.lstrip("\ufeff") for name in reader.fieldnames or ()}
    reader.fieldnames = [name.lstrip("\ufeff") for name in reader.fieldnames or ()]
    is_calls = names >= _CALLS
    yield Description(ItemKind.CALL_LOG if is_calls else ItemKind.MESSAGES, "text/csv")
    for number, cells in enumerate(reader, 2):
        row = {
            str(name): (value or "").strip()
            for name, value in cells.items()
            if isinstance(value, str) or value is None
        }
        if any(row.values()):
            place = SourcePlace(PlaceUnit.ROW, number)
            yield _call(row, place) if is_calls else _message(row, place)
    yield Question(QuestionKind.TIMEZONE, {}, blocking=False)
    if is_calls:
        yield Notice(message(MessageCode.IPHONE_CALL_LIMIT))


def _time(written: str) -> TimeReading | None:
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        return None
    return TimeReading(
        WallClock(at.replace(tzinfo=None)), TimeSource.RECORD, TimePrecision.SECOND, written
    )


def _skipped(row: Mapping[str, str], written: str, place: SourcePlace) -> SkippedEntry:
    reason = message(MessageCode.ROW_BAD_TIME, value=written)
    return SkippedEntry(place, reason, ",".join(row.values())[:500])


def _call(row: dict[str, str], place: SourcePlace) -> Record:
    time = _time(row["Date"])
    if time is None:
        return _skipped(row, row["Date"], place)
    length = duration(row["Duration"]) if row["Duration"] else None
    sort = row["Call type"].lower().split()
    direction, outcome = next(
        (_SORTS[word] for word in sort if word in _SORTS), (Direction.NONE, Outcome.UNKNOWN)
    )
    if direction is Direction.OUTGOING and length:
        outcome = Outcome.ANSWERED
    service = _SERVICE_NUMBER.search(row.get("Service", ""))
    number = row["Number"] or (service[1].strip() if service else "")
    return ActRecord(
        type=EventType.CALL,
        direction=direction,
        outcome=outcome,
        time=time,
        duration_s=length,
        identifier=number or row.get("Contact", ""),
        contact_name=row.get("Contact", ""),
        text="",
        place=place,
        raw=row,
    )


def _message(row: dict[str, str], place: SourcePlace) -> Record:
    time = _time(row["Message Date"])
    if time is None:
        return _skipped(row, row["Message Date"], place)
    kind = row.get("Type", "").lower()
    words = row["Text"]
    if kind == "notification":
        return TextBlock(words or "—", place)
    outgoing = kind == "outgoing"
    sender, session = row["Sender Name"], row["Chat Session"]
    identifier = row.get("Sender ID", "") or sender or session
    raw = {name: value for name, value in row.items() if name != "Text" and value}
    raw["chat"] = session
    return ActRecord(
        type=EventType.MESSAGE,
        direction=Direction.OUTGOING if outgoing else _incoming(kind),
        outcome=Outcome.UNKNOWN,
        time=time,
        duration_s=None,
        identifier=session if outgoing else identifier,
        contact_name=session if outgoing else sender,
        text=words,
        place=place,
        raw=raw,
        enclosed=(row["Attachment"],) if row.get("Attachment") else (),
    )


def _incoming(kind: str) -> Direction:
    return Direction.INCOMING if kind in ("incoming", "") else Direction.NONE
