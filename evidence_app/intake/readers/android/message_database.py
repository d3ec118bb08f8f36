"""Android's own database of SMS and MMS: mmssms.db."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from evidence_app.intake.readers.android.mms import value_or_empty, visible_number
from evidence_app.intake.readers.android.type_codes import MESSAGE_TYPES, OTHER
from evidence_app.intake.readers.support.epoch_times import from_unix
from evidence_app.intake.readers.support.sqlite_copy import MEDIA_TYPE, Copy, fields, opened, text
from evidence_app.intake.records import Description, EventRecord, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.event import Direction, EventType
from evidence_app.model.evidence import ItemKind, PlaceUnit, SkippedEntry, SourcePlace
from evidence_app.model.times import TimeReading

_FROM, _TO = 137, 151
_MYSELF = "insert-address-token"


def recognises(source: Source) -> bool:
    """Whether the file is a database with Android's table of SMS."""
    with opened(source) as copy:
        return copy is not None and copy.has("sms", "address", "date", "type", "body")


def read(source: Source) -> Iterator[Record]:
    """Every message that the phone noted."""
    yield Description(ItemKind.MESSAGES, MEDIA_TYPE)
    with opened(source) as copy:
        if copy is None:
            return
        for row in copy.rows(f'SELECT {copy.number("sms")} AS "rowid", * FROM sms ORDER BY 1'):
            yield _sms(row)
        if copy.has("pdu", "date", "msg_box"):
            yield from _mms(copy)
        yield from copy.damage()


def _sms(row: sqlite3.Row) -> Record:
    raw = fields(row)
    place = SourcePlace(PlaceUnit.ROW, row["rowid"], "sms")
    time = from_unix(row["date"])
    if time is None:
        return _skipped(row, place)
    direction, outcome = MESSAGE_TYPES.get(text(row["type"]), OTHER)
    raw.pop("body", None)
    return EventRecord(
        type=EventType.MESSAGE,
        direction=direction,
        outcome=outcome,
        time=time,
        duration_s=None,
        identifier=visible_number(text(row["address"])),
        contact_name="",
        text=text(row["body"]),
        place=place,
        raw=raw,
    )


def _skipped(row: sqlite3.Row, place: SourcePlace) -> SkippedEntry:
    reason = message(MessageCode.ROW_BAD_TIME, value=text(row["date"]))
    return SkippedEntry(place, reason, str(fields(row))[:500])


def _mms(copy: Copy) -> Iterator[Record]:
    """Picture messages; their date is in seconds where that of an SMS is in milliseconds."""
    parts, addresses = _parts(copy), _addresses(copy)
    for row in copy.rows(f'SELECT {copy.number("pdu")} AS "rowid", * FROM pdu ORDER BY 1'):
        place = SourcePlace(PlaceUnit.ROW, row["rowid"], "pdu")
        time = from_unix(row["date"])
        if time is None:
            yield _skipped(row, place)
            continue
        key = row["_id"] if copy.has("pdu", "_id") else row["rowid"]
        yield _picture_message(row, place, time, parts.get(key, []), addresses.get(key, []))


def _parts(copy: Copy) -> dict[int, list[sqlite3.Row]]:
    parts: dict[int, list[sqlite3.Row]] = {}
    if copy.has("part", "mid", "ct"):
        columns = ", ".join(copy.column("part", name) for name in ("text", "_data", "name", "cl"))
        for row in copy.rows(f"SELECT mid, ct, {columns} FROM part ORDER BY rowid"):
            parts.setdefault(row["mid"], []).append(row)
    return parts


def _addresses(copy: Copy) -> dict[int, list[tuple[int, str]]]:
    addresses: dict[int, list[tuple[int, str]]] = {}
    if copy.has("addr", "msg_id", "address", "type"):
        for row in copy.rows("SELECT msg_id, address, type FROM addr ORDER BY rowid"):
            addresses.setdefault(row["msg_id"], []).append((row["type"], text(row["address"])))
    return addresses


def _picture_message(
    row: sqlite3.Row,
    place: SourcePlace,
    time: TimeReading,
    parts: list[sqlite3.Row],
    addresses: list[tuple[int, str]],
) -> EventRecord:
    raw = fields(row)
    direction, outcome = MESSAGE_TYPES.get(raw.get("msg_box", ""), OTHER)
    address_type = _FROM if direction is Direction.INCOMING else _TO
    others = [
        address
        for kind, address in addresses
        if kind == address_type and address not in ("", _MYSELF)
    ]
    if len({address for _, address in addresses if address != _MYSELF}) > 2:
        raw["chat"] = "~".join(
            dict.fromkeys(address for _, address in addresses if address != _MYSELF)
        )
    subject = [raw["sub"]] if value_or_empty(raw.get("sub")) else []
    texts = [text(part["text"]) for part in parts if part["ct"] == "text/plain" and part["text"]]
    is_clear = direction is Direction.INCOMING or len(others) == 1
    files = [
        text(part["_data"]) or text(part["name"]) or text(part["cl"])
        for part in parts
        if part["ct"] not in ("text/plain", "application/smil")
    ]
    return EventRecord(
        type=EventType.MESSAGE,
        direction=direction,
        outcome=outcome,
        time=time,
        duration_s=None,
        identifier=visible_number(others[0]) if others and is_clear else "",
        contact_name="",
        text="\n".join([*subject, *texts]),
        place=place,
        raw=raw,
        enclosed=tuple(dict.fromkeys(name for name in files if name)),
    )
