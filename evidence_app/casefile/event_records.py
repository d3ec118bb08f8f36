"""Writes events."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from evidence_app.casefile import rows
from evidence_app.casefile.change import Change
from evidence_app.casefile.schema import event, time_reading
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import SourcePlace
from evidence_app.model.times import TimeReading


def event_values(
    *,
    item_id: int,
    type: EventType,
    direction: Direction,
    outcome: Outcome,
    time: TimeReading | None,
    where: ZoneInfo,
    duration_s: float | None,
    party_id: int | None,
    identifier: str,
    identifier_normalized: str,
    contact_name: str,
    text: str,
    place: SourcePlace | None,
    raw: Mapping[str, str],
) -> dict[str, Any]:
    """The cells of a new event in a case of the zone ``where``."""
    return {
        "item_id": item_id,
        "type": type.value,
        "direction": direction.value,
        "outcome": outcome.value,
        **rows.time_columns(time),
        **rows.sort_columns(time, where),
        "duration_s": duration_s,
        "party_id": party_id,
        "identifier": identifier,
        "identifier_normalized": identifier_normalized,
        "contact_name": contact_name,
        "text": text,
        **rows.place_columns(place),
        "raw": json.dumps(dict(raw), ensure_ascii=False) if raw else "{}",
    }


def add_events(change: Change, values: Sequence[dict[str, Any]]) -> range:
    """Add events of `event_values`; return their numbers."""
    return change.insert_many(event, values)


def edit_event(change: Change, event_id: int, **values: Any) -> None:
    """Change cells of an event."""
    change.update(event, event_id, **values)


def set_time(change: Change, event_id: int, reading: TimeReading | None, where: ZoneInfo) -> None:
    """Put another time in force; the first reading stays beside it."""
    before = change.connection.execute(select(event).where(event.c.id == event_id))
    row = before.mappings().one_or_none()
    if row is None:
        return
    known = select(time_reading.c.id).where(time_reading.c.event_id == event_id)
    original = rows.time_reading(row)
    if original is not None and change.connection.execute(known).first() is None:
        change.insert(time_reading, item_id=None, event_id=event_id, **rows.time_columns(original))
    change.update(
        event, event_id, **rows.time_columns(reading), **rows.sort_columns(reading, where)
    )
