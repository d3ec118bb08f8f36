"""Android's calls and messages as JSON, a row of the phone's own tables each.

SMS Import / Export writes them so, as a list or as a line each, with the parts and addresses of a
multimedia message inside of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from evidence_app.intake.failures import cut_off
from evidence_app.intake.readers.android.adb_dump import record_of
from evidence_app.intake.readers.support.json_stream import (
    ITEM,
    BrokenJsonError,
    Path,
    plain_fields,
    shortened,
    signs,
    values,
    written,
)
from evidence_app.intake.records import Description, EventRecord, Notice, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.evidence import ItemKind, PlaceUnit, SkippedEntry, SourcePlace

_HEAD = 65536
_LONGEST_LINE = 64 << 20
_CALL = frozenset({"number", "date", "duration", "type"})
_SMS = frozenset({"address", "date", "type", "body"})
_MMS = frozenset({"date", "msg_box", "__parts"})
_ROW_SIGNS = frozenset(
    {"_id", "thread_id", "presentation", "countryiso", "__parts", "dateSent", "serviceCenter"}
)
_LISTS: tuple[Path, ...] = ((ITEM,), ("messages", ITEM))
"""Where rows stand, if not each in a line: in a list, or in one that has a name, as of QKSMS."""
_FILES = frozenset({"__parts", "__addresses", "__sender_address", "__recipient_addresses"})


def recognises(source: Source) -> bool:
    """Whether the first object has the columns of one of the phone's tables."""
    if _is_by_line(source):
        return True
    source.stream.seek(0)
    paths = list(signs(source))
    return any(
        _is_row({path[len(place)] for path in paths if path[:-1] == place}) for place in _LISTS
    )


def _is_by_line(source: Source) -> bool:
    """Whether each line is a row."""
    source.stream.seek(0)
    entry = _object(source.stream.readline(_HEAD).removeprefix(b"\xef\xbb\xbf").strip())
    return entry is not None and _is_row(set(entry))


def _is_row(keys: set[str]) -> bool:
    is_complete = any(names <= keys for names in (_CALL, _SMS, _MMS))
    return is_complete and not keys.isdisjoint(_ROW_SIGNS)


def read(source: Source) -> Iterator[Record]:
    """Every call and message."""
    _, first = next(_entries(source), (None, None))
    is_calls = isinstance(first, dict) and set(first) >= _CALL
    yield Description(ItemKind.CALL_LOG if is_calls else ItemKind.MESSAGES, "application/json")
    count, last = 0, first
    for place, last in _entries(source):
        count += 1
        yield _record(last, place)
    if count and last is None:
        yield Notice(cut_off(count - 1), damaged=True)


def _entries(source: Source) -> Iterator[tuple[SourcePlace, Any]]:
    """Every object with its place; None for what cannot be read."""
    if not _is_by_line(source):
        yield from _listed(source)
        return
    source.stream.seek(0)
    number = 0
    while line := source.stream.readline(_LONGEST_LINE):
        source.alive()
        number += 1
        if line.strip():
            yield SourcePlace(PlaceUnit.LINE, number), _object(line)


def _listed(source: Source) -> Iterator[tuple[SourcePlace, Any]]:
    number = 0
    source.stream.seek(0)
    try:
        for path, value in values(source.stream, _is_outer):
            source.alive()
            if path in _LISTS:
                number += 1
                yield SourcePlace(PlaceUnit.ENTRY, number), value
    except BrokenJsonError:
        yield SourcePlace(PlaceUnit.ENTRY, number + 1), None


def _is_outer(path: Path) -> bool:
    return not path or path == ("messages",)


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _record(entry: Any, place: SourcePlace) -> EventRecord | SkippedEntry:
    if not isinstance(entry, dict):
        return SkippedEntry(place, message(MessageCode.ROW_UNREADABLE), shortened(entry))
    raw = plain_fields(entry, _FILES)
    raw.setdefault("name", raw.get("cached_name") or raw.get("__display_name") or "")
    if "msg_box" in entry:
        raw["type"] = raw["msg_box"]
        raw["address"] = raw.get("address") or _other_side(entry)
        raw["body"] = _message_text(entry)
    record = record_of(raw, place, shortened(entry))
    return replace(record, enclosed=_files(entry)) if isinstance(record, EventRecord) else record


def _other_side(entry: dict[str, Any]) -> str:
    """Who wrote a message that came in, or all to whom one went."""
    sender = entry.get("__sender_address")
    receivers = entry.get("__recipient_addresses") or entry.get("__addresses") or []
    listed = [sender] if str(entry.get("msg_box")) == "1" and sender else receivers
    numbers = [written(address.get("address")) for address in listed if isinstance(address, dict)]
    return "~".join(filter(None, numbers))


def _files(entry: dict[str, Any]) -> tuple[str, ...]:
    """The names of the files that lie beside, as the phone's database has their paths."""
    paths = [written(part.get("_data")) for part in _parts(entry)]
    return tuple(PurePosixPath(path).name for path in paths if path)


def _parts(entry: dict[str, Any]) -> list[dict[str, Any]]:
    parts = entry.get("__parts")
    return [part for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []


def _message_text(entry: dict[str, Any]) -> str:
    plain = [part for part in _parts(entry) if part.get("ct") == "text/plain"]
    return "\n".join(text for part in plain if (text := written(part.get("text"))))
