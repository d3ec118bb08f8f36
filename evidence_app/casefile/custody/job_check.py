"""Compares the jobs with the readings that the custody log records.

Rows of ``job`` have no seals. But whoever marks a picture as read that nobody read keeps its words
out of the search and the suggestions.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from evidence_app.casefile.records import row_values
from evidence_app.casefile.records.jobs import PICTURE, SPEECH, page_kind, page_of
from evidence_app.casefile.storage import connection as database
from evidence_app.model.custody import Action
from evidence_app.model.proposals import JobState
from evidence_app.model.verification import Mismatch, MismatchKind

_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError)
_ENDED = (JobState.DONE, JobState.FAILED)
_Readings = dict[tuple[int, str], set[str]]
"""By item and kind of a job, what has read the item according to the log."""


def compare(connection: Connection) -> Iterator[Mismatch]:
    """Jobs that the program would not have written, or that contradict the log."""
    readings = _readings(connection)
    missing = _still_there(connection, readings)
    for row in database.as_stored(connection, "SELECT * FROM job ORDER BY id"):
        missing.discard((row["item_id"], row["kind"]))
        for column, is_right in _RULES.items():
            if not _holds(is_right, row, readings):
                where = f"job {row['id']}"
                yield Mismatch(MismatchKind.ROW_CHANGED, where, column, str(row[column]))
                break
    for item_id, kind in sorted(missing):
        yield Mismatch(MismatchKind.ROW_REMOVED, f"job of i{item_id}", kind, "none")


def _readings(connection: Connection) -> _Readings:
    query = "SELECT detail FROM custody_entry WHERE action = ?"
    readings: _Readings = {}
    for row in database.as_stored(connection, query, (Action.READ_ITEM.value,)):
        try:
            detail = json.loads(row["detail"])
            kind = _kind(detail)
            readings.setdefault((int(detail["item"]), kind), set()).add(str(detail["engine"]))
        except _UNREADABLE:
            continue  # What is wrong with the entry itself is told by the check of the chain.
    return readings


def _kind(detail: Mapping[str, Any]) -> str:
    if "model" in detail:
        return SPEECH
    return page_kind(int(detail["page"])) if "page" in detail else PICTURE


def _still_there(connection: Connection, readings: _Readings) -> set[tuple[int, str]]:
    items = {row["id"] for row in database.as_stored(connection, "SELECT id FROM item")}
    return {reading for reading in readings if reading[0] in items}


_Rule = Callable[[Mapping[str, Any], _Readings], bool]


def _holds(is_right: _Rule, row: Mapping[str, Any], readings: _Readings) -> bool:
    try:
        return is_right(row, readings)
    except _UNREADABLE:
        return False


def _engine(row: Mapping[str, Any], readings: _Readings) -> bool:
    engines = readings.get((row["item_id"], row["kind"]), set())
    return row["engine"] in engines or (row["state"] != JobState.DONE and row["engine"] == "")


def _is_time(value: Any) -> bool:
    return bool(datetime.fromisoformat(value).isoformat(timespec="seconds") == value)


def _reason(row: Mapping[str, Any]) -> bool:
    if row["state"] != JobState.FAILED:
        return row["reason_code"] is None and row["reason_arguments"] is None
    row_values.stored_message(row["reason_code"], row["reason_arguments"])
    return True


_RULES: dict[str, _Rule] = {
    "kind": lambda row, _: row["kind"] in (PICTURE, SPEECH) or page_of(row["kind"]) is not None,
    "state": lambda row, _: JobState(row["state"]) in JobState,
    "attempts": lambda row, _: type(row["attempts"]) is int and row["attempts"] >= 0,
    "engine": _engine,
    "queued_at": lambda row, _: _is_time(row["queued_at"]),
    "finished_at": lambda row, _: (
        _is_time(row["finished_at"]) if row["state"] in _ENDED else row["finished_at"] is None
    ),
    "reason_code": lambda row, _: _reason(row),
}
"""What the program keeps to when it writes a job, by the column in which the contrary stands."""
