"""Records as JSON values, for the pipe between the program and its reading process."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import NoneType
from typing import Any

from evidence_app.intake import event_cells
from evidence_app.intake.records import (
    Contact,
    Description,
    Enclosure,
    EventColumns,
    EventRecord,
    Notice,
    Record,
)
from evidence_app.messages import Message, MessageCode
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import (
    ItemKind,
    PlaceUnit,
    Rendition,
    RenditionKind,
    SkippedEntry,
    SourcePlace,
    TextBlock,
)
from evidence_app.model.question import Question, QuestionKind
from evidence_app.model.times import Instant, TimePrecision, TimeReading, TimeSource, WallClock

# A look-up costs a fifth of an enumeration's own, and a log has hundreds of thousands.
_TYPES = {str(member): member for member in EventType}
_DIRECTIONS = {str(member): member for member in Direction}
_OUTCOMES = {str(member): member for member in Outcome}
_SOURCES = {str(member): member for member in TimeSource}
_PRECISIONS = {str(member): member for member in TimePrecision}
_UNITS = {str(member): member for member in PlaceUnit}

_KINDS = {
    **dict.fromkeys(event_cells.NAMES, frozenset({str})),
    **dict.fromkeys(
        ("at", "time_source", "time_precision", "time_raw", "day", "place_unit", "place_sheet"),
        frozenset({str, NoneType}),
    ),
    **dict.fromkeys(("sort_ms", "place_number", "fingerprint"), frozenset({int, NoneType})),
    "duration_s": frozenset({int, float, NoneType}),
}
"""What the cells of an act may be."""

_NUMBERS = ("sort_ms", "place_number", "fingerprint", "duration_s")
_LARGE = 1 << 63
_CHOICES: dict[str, frozenset[str | None]] = {
    "type": frozenset(_TYPES),
    "direction": frozenset(_DIRECTIONS),
    "outcome": frozenset(_OUTCOMES),
    "time_source": frozenset({None, *_SOURCES}),
    "time_precision": frozenset({None, *_PRECISIONS}),
    "place_unit": frozenset({None, *_UNITS}),
}


def encode(record: Record) -> list[Any]:  # noqa: C901 - one case for each kind.
    """A record as JSON values; the bytes of a rendition or an enclosure are sent beside it."""
    match record:
        case EventColumns():
            return ["acts", list(record.cells.values()), record.enclosed]
        case EventRecord():
            return [
                "act", record.type, record.direction, record.outcome, _time(record.time),
                record.duration_s, record.identifier, record.contact_name, record.text,
                _place(record.place), record.raw, record.enclosed,
            ]  # fmt: skip
        case TimeReading():
            return ["time", _time(record)]
        case SkippedEntry():
            return ["skipped", _place(record.place), message_values(record.reason), record.raw]
        case Notice():
            return ["notice", message_values(record.message), record.damaged]
        case TextBlock():
            return ["text", record.text, _place(record.place)]
        case Rendition():
            return ["rendition", record.kind, record.media_type]
        case Contact():
            return ["contact", record.name, record.identifiers]
        case Question():
            return ["question", record.kind, dict(record.detail), record.blocking]
        case Enclosure():
            return ["enclosure", record.key, record.filename]
        case Description():
            return [
                "description", record.kind, record.media_type, record.width, record.height,
                record.duration_s, record.page_count, record.metadata, record.reader,
            ]  # fmt: skip


def decode(values: Sequence[Any], data: bytes) -> Record:
    """The reverse of `encode`.

    Raises:
        ValueError, TypeError, KeyError: The values are no record.
    """
    return _DECODERS[values[0]](values[1:], data)


def _act(values: Sequence[Any], data: bytes) -> EventRecord:
    kind, direction, outcome, time, duration, identifier, name, text, place, raw, files = values
    return EventRecord(
        _TYPES[kind], _DIRECTIONS[direction], _OUTCOMES[outcome], _time_back(time), duration,
        identifier, name, text, _place_back(place), raw, tuple(files),
    )  # fmt: skip


def columns(values: Sequence[Any], enclosed: Sequence[Any], zone: str) -> EventColumns:
    """The cells of acts as they came over the pipe.

    The process that made them read bytes of strangers: whatever it sends must be cells that the
    program itself could have made.

    Raises:
        ValueError, TypeError: They are not.
    """
    if len({len(column) for column in values}) != 1:
        raise ValueError("columns of different lengths")
    cells = dict(zip(event_cells.NAMES, values, strict=True))
    _require_fitting(cells)
    named = [(int(place), [str(name) for name in names]) for place, names in enclosed]
    if any(not 0 <= place < len(values[0]) for place, _ in named):
        raise ValueError("files that belong to no act")
    return EventColumns(cells, named, zone)


def _require_fitting(cells: Mapping[str, Sequence[Any]]) -> None:
    if any(not set(map(type, cells[name])) <= kinds for name, kinds in _KINDS.items()):
        raise ValueError("cells of another kind")
    if any(not choices.issuperset(cells[name]) for name, choices in _CHOICES.items()):
        raise ValueError("words that are none of those to choose from")
    for name in _NUMBERS:
        if not all(cell is None or -_LARGE <= cell < _LARGE for cell in cells[name]):
            raise ValueError("a number that is too large")
    for text in filter(None, cells["at"]):
        datetime.fromisoformat(text)


def _time_record(values: Sequence[Any], data: bytes) -> TimeReading:
    reading = _time_back(values[0])
    if reading is None:
        raise ValueError("a time reading without a time")
    return reading


def _skipped(values: Sequence[Any], data: bytes) -> SkippedEntry:
    place = _place_back(values[0])
    if place is None:
        raise ValueError("a skipped entry without a place")
    return SkippedEntry(place, message_from_json(values[1]), values[2])


def _notice(values: Sequence[Any], data: bytes) -> Notice:
    return Notice(message_from_json(values[0]), values[1])


def _text(values: Sequence[Any], data: bytes) -> TextBlock:
    place = _place_back(values[1])
    return TextBlock(values[0], place or SourcePlace(PlaceUnit.LINE, 1))


def _rendition(values: Sequence[Any], data: bytes) -> Rendition:
    return Rendition(RenditionKind(values[0]), values[1], data)


def _description(values: Sequence[Any], data: bytes) -> Description:
    return Description(ItemKind(values[0]), *values[1:])


def _contact(values: Sequence[Any], data: bytes) -> Contact:
    return Contact(values[0], tuple(values[1]))


def _question(values: Sequence[Any], data: bytes) -> Question:
    return Question(QuestionKind(values[0]), values[1], values[2])


def _enclosure(values: Sequence[Any], data: bytes) -> Enclosure:
    return Enclosure(values[0], values[1], io.BytesIO(data))


_DECODERS: dict[str, Callable[[Sequence[Any], bytes], Record]] = {
    "act": _act,
    "time": _time_record,
    "skipped": _skipped,
    "notice": _notice,
    "text": _text,
    "rendition": _rendition,
    "description": _description,
    "contact": _contact,
    "question": _question,
    "enclosure": _enclosure,
}


def message_values(message: Message) -> list[Any]:
    """A message as JSON values."""
    return [message.code, message.arguments]


def message_from_json(values: Sequence[Any]) -> Message:
    """The reverse of `message_values`."""
    return Message(MessageCode(values[0]), {str(k): str(v) for k, v in values[1].items()})


def _time(reading: TimeReading | None) -> list[Any] | None:
    if reading is None:
        return None
    return [reading.moment.at.isoformat(), reading.source, reading.precision, reading.raw]


def _time_back(values: Sequence[Any] | None) -> TimeReading | None:
    if values is None:
        return None
    at = datetime.fromisoformat(values[0])
    moment = WallClock(at) if at.utcoffset() is None else Instant(at)
    return TimeReading(moment, _SOURCES[values[1]], _PRECISIONS[values[2]], values[3])


def _place(place: SourcePlace | None) -> list[Any] | None:
    return None if place is None else [place.unit, place.number, place.sheet]


def _place_back(values: Sequence[Any] | None) -> SourcePlace | None:
    return None if values is None else SourcePlace(_UNITS[values[0]], values[1], values[2])
