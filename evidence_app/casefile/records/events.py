"""Writes events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from evidence_app.casefile.change import Change
from evidence_app.casefile.records import duplicates as same_acts
from evidence_app.casefile.records import row_values
from evidence_app.casefile.schema import (
    enclosure,
    event,
    finding,
    finding_subject,
    proposal,
    tagging,
    time_reading,
)
from evidence_app.model.times import TimeReading, TimeSource

_TIMES = frozenset({"at", "time_source", "time_precision", "time_raw", "sort_ms", "day"})


def add_events(change: Change, cells: Mapping[str, Sequence[Any]]) -> range:
    """Add events, given column by column; return their numbers."""
    return change.insert_columns(event, cells)


Place = tuple[str | None, int | None, str | None]


def places(connection: Connection, item_id: int) -> dict[Place, int]:
    """The events that a reader found in an item, by their place in it.

    What the person accepted of proposals is not among them: no reader tells of it.
    """
    query = select(event.c.id, event.c.place_unit, event.c.place_number, event.c.place_sheet)
    accepted = select(proposal.c.event_id).where(proposal.c.event_id.is_not(None))
    rows = connection.execute(query.where(event.c.item_id == item_id, event.c.id.not_in(accepted)))
    return {(row[1], row[2], row[3]): row[0] for row in rows}


def renew(change: Change, event_id: int, values: Mapping[str, Any]) -> None:
    """Bring an event up to date; a time that the person corrected stays in force."""
    source = change.connection.execute(
        select(event.c.time_source).where(event.c.id == event_id)
    ).scalar()
    unchanged = _TIMES if source == TimeSource.PERSON.value else frozenset()
    change.update(event, event_id, **{k: v for k, v in values.items() if k not in unchanged})


def remove_unused(change: Change, event_ids: Sequence[int]) -> None:
    """Remove events that the source does not tell any more, unless the person worked on them."""
    unused = [event_id for event_id in event_ids if not _is_used(change.connection, event_id)]
    same_acts.release_acts(change, unused)
    for event_id in unused:
        _remove(change, event_id)


def _is_used(connection: Connection, event_id: int) -> bool:
    return any(
        connection.execute(select(table.c.id).where(table.c.event_id == event_id).limit(1)).first()
        for table in (tagging, finding, finding_subject, time_reading)
    )


def _remove(change: Change, event_id: int) -> None:
    named = select(enclosure.c.id).where(enclosure.c.event_id == event_id)
    for enclosure_id in change.connection.execute(named).scalars().all():
        change.delete(enclosure, enclosure_id)
    linked = select(event.c.id).where(event.c.same_as == event_id)
    for other in change.connection.execute(linked).scalars().all():
        change.update(event, other, same_as=None)
    change.delete(event, event_id)


def edit_event(change: Change, event_id: int, **values: Any) -> None:
    """Change cells of an event."""
    change.update(event, event_id, **values)


def set_time(change: Change, event_id: int, reading: TimeReading | None, where: ZoneInfo) -> None:
    """Put another time in force; the first reading stays beside it."""
    before = change.connection.execute(select(event).where(event.c.id == event_id))
    row = before.mappings().one_or_none()
    if row is None:
        return
    readings = select(time_reading.c.id).where(time_reading.c.event_id == event_id)
    original = row_values.time_reading(row)
    if original is not None and change.connection.execute(readings).first() is None:
        change.insert(
            time_reading, item_id=None, event_id=event_id, **row_values.time_columns(original)
        )
    change.update(
        event,
        event_id,
        **row_values.time_columns(reading),
        **row_values.sort_columns(reading, where),
    )
