"""Android's own databases of calls: contacts2.db, calllog.db, and Samsung's logs.db."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from evidence_app.intake.readers.android.mms import visible_number
from evidence_app.intake.readers.android.type_codes import CALL_TYPES, OTHER
from evidence_app.intake.readers.support.epoch_times import from_unix
from evidence_app.intake.readers.support.sqlite_copy import MEDIA_TYPE, Copy, fields, opened, text
from evidence_app.intake.records import Description, EventRecord, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.event import EventType, Outcome
from evidence_app.model.evidence import ItemKind, PlaceUnit, SkippedEntry, SourcePlace

_TABLES = ("calls", "logs")
_NO_MESSAGES = "WHERE coalesce(logtype, 0) NOT IN (200, 300)"
"""Samsung's table holds MMS and SMS too."""

_NEEDED = ("number", "date", "type", "duration")


def recognises(source: Source) -> bool:
    """Whether the file is a database with a table of Android's calls."""
    with opened(source) as copy:
        return copy is not None and _table(copy) is not None


def _table(copy: Copy) -> str | None:
    return next((name for name in _TABLES if copy.has(name, *_NEEDED)), None)


def read(source: Source) -> Iterator[Record]:
    """Every call that the phone noted."""
    yield Description(ItemKind.CALL_LOG, MEDIA_TYPE)
    with opened(source) as copy:
        table = _table(copy) if copy is not None else None
        if copy is None or table is None:
            return
        query = f'SELECT {copy.number(table)} AS "rowid", * FROM "{table}" ORDER BY 1'
        if copy.has(table, "logtype"):
            query = query.replace("ORDER", _NO_MESSAGES + " ORDER")
        for row in copy.rows(query):
            yield _call(row, table)
        yield from copy.damage()


def _call(row: sqlite3.Row, table: str) -> Record:
    raw = fields(row)
    place = SourcePlace(PlaceUnit.ROW, row["rowid"], table)
    time = from_unix(row["date"])
    if time is None:
        reason = message(MessageCode.ROW_BAD_TIME, value=text(row["date"]))
        return SkippedEntry(place, reason, str(raw)[:500])
    kind = text(row["type"])
    duration = float(row["duration"]) if str(row["duration"] or "").isdigit() else None
    direction, outcome = CALL_TYPES.get(kind, OTHER)
    if kind == "2" and duration:
        outcome = Outcome.ANSWERED
    return EventRecord(
        type=EventType.VOICEMAIL if kind == "4" else EventType.CALL,
        direction=direction,
        outcome=outcome,
        time=time,
        duration_s=duration,
        identifier=visible_number(text(row["number"]), raw.get("presentation", "1")),
        contact_name=raw.get("name", ""),
        text="",
        place=place,
        raw=raw,
    )
