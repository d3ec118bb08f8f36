"""The iPhone's list of calls: CallHistory.storedata, and call_history.db before iOS 8."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping

from evidence_app.intake.readers.android.mms import visible_number
from evidence_app.intake.readers.support.epoch_times import from_cocoa, from_unix
from evidence_app.intake.readers.support.sqlite_copy import MEDIA_TYPE, Copy, fields, opened, text
from evidence_app.intake.records import Description, EventRecord, Notice, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import ItemKind, PlaceUnit, SkippedEntry, SourcePlace

_TABLE = "ZCALLRECORD"
_OLD_TABLE = "call"
_PARTICIPANTS = "Z_2REMOTEPARTICIPANTHANDLES"
_OLD_OUTGOING = 1
_OLD_MISSED_BIT = 0x10000


def recognises(source: Source) -> bool:
    """Whether the file is such a database."""
    with opened(source) as copy:
        return copy is not None and (_is_new(copy) or _is_old(copy))


def _is_new(copy: Copy) -> bool:
    return copy.has(_TABLE, "ZDATE", "ZADDRESS", "ZORIGINATED")


def _is_old(copy: Copy) -> bool:
    return copy.has(_OLD_TABLE, "address", "date", "duration", "flags")


def read(source: Source) -> Iterator[Record]:
    """Every call that the phone still knows."""
    yield Description(ItemKind.CALL_LOG, MEDIA_TYPE)
    with opened(source) as copy:
        if copy is None:
            return
        yield from _calls(copy) if _is_new(copy) else _old_calls(copy)
        yield from copy.damage()
    yield Notice(message(MessageCode.IPHONE_CALL_LIMIT))
    yield Notice(message(MessageCode.NO_REJECTED_CALLS))


def _calls(copy: Copy) -> Iterator[Record]:
    handles = _handles(copy)
    for row in copy.rows(f'SELECT {copy.number(_TABLE)} AS "rowid", * FROM {_TABLE} ORDER BY 1'):
        yield _call(row, handles)


def _handles(copy: Copy) -> Mapping[int, list[str]]:
    """The other sides of each call, where a newer version keeps them in a table of their own."""
    if _PARTICIPANTS not in copy.tables or not copy.has("ZHANDLE", "Z_PK", "ZVALUE"):
        return {}
    columns = copy.tables[_PARTICIPANTS]
    call = next((name for name in columns if name.endswith("REMOTEPARTICIPANTCALLS")), None)
    handle = next((name for name in columns if name.endswith("REMOTEPARTICIPANTHANDLES")), None)
    if call is None or handle is None:
        return {}
    handles: dict[int, list[str]] = {}
    query = (
        f'SELECT p."{call}" AS call, h.ZVALUE AS value FROM "{_PARTICIPANTS}" p '
        f'JOIN ZHANDLE h ON h.Z_PK = p."{handle}" ORDER BY p.rowid'
    )
    for row in copy.rows(query):
        handles.setdefault(row["call"], []).append(text(row["value"]))
    return handles


def _call(row: sqlite3.Row, handles: Mapping[int, list[str]]) -> Record:
    raw = fields(row)
    place = SourcePlace(PlaceUnit.ROW, row["rowid"], _TABLE)
    time = from_cocoa(row["ZDATE"])
    if time is None:
        return _skipped(row["ZDATE"], raw, place)
    outgoing = bool(row["ZORIGINATED"])
    duration = float(row["ZDURATION"] or 0) if "ZDURATION" in row.keys() else None  # noqa: SIM118
    answered = raw.get("ZANSWERED") == "1"
    address = text(row["ZADDRESS"]) or next(iter(handles.get(row["rowid"], [])), "")
    return EventRecord(
        type=EventType.CALL,
        direction=Direction.OUTGOING if outgoing else Direction.INCOMING,
        outcome=_outcome(outgoing, answered, duration),
        time=time,
        duration_s=duration,
        identifier=visible_number(address),
        contact_name=raw.get("ZNAME", ""),
        text="",
        place=place,
        raw={**raw, "ZADDRESS": address},
    )


def _outcome(outgoing: bool, answered: bool, duration: float | None) -> Outcome:
    """An iPhone notes a rejected call as a missed one, and an outgoing one as not answered."""
    if outgoing:
        return Outcome.ANSWERED if duration else Outcome.UNKNOWN
    return Outcome.ANSWERED if answered else Outcome.MISSED


def _old_calls(copy: Copy) -> Iterator[Record]:
    query = f'SELECT {copy.number(_OLD_TABLE)} AS "rowid", * FROM "{_OLD_TABLE}" ORDER BY 1'
    for row in copy.rows(query):
        raw = fields(row)
        place = SourcePlace(PlaceUnit.ROW, row["rowid"], _OLD_TABLE)
        time = from_unix(row["date"])
        if time is None:
            yield _skipped(row["date"], raw, place)
            continue
        flags, duration = int(row["flags"] or 0), float(row["duration"] or 0)
        outgoing = bool(flags & _OLD_OUTGOING)
        answered = duration > 0 and not flags & _OLD_MISSED_BIT
        yield EventRecord(
            type=EventType.CALL,
            direction=Direction.OUTGOING if outgoing else Direction.INCOMING,
            outcome=_outcome(outgoing, answered, duration),
            time=time,
            duration_s=duration,
            identifier=visible_number(text(row["address"])),
            contact_name="",
            text="",
            place=place,
            raw=raw,
        )


def _skipped(value: object, raw: Mapping[str, str], place: SourcePlace) -> SkippedEntry:
    reason = message(MessageCode.ROW_BAD_TIME, value=text(value))
    return SkippedEntry(place, reason, str(dict(raw))[:500])
