"""Reads events as rules need them: fewer cells than a list shows, of a hundred thousand at once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, case, select

from evidence_app.casefile.custody import seals
from evidence_app.casefile.records import passages, queries, row_values
from evidence_app.casefile.schema import event
from evidence_app.model.event import OWN_ACTS, Direction, EventType, Outcome
from evidence_app.model.filters import EventFilter
from evidence_app.model.times import TimeReading

_PAGE = 500
_COLUMNS = (
    event.c.id,
    event.c.item_id,
    event.c.type,
    event.c.direction,
    event.c.outcome,
    event.c.at,
    event.c.time_source,
    event.c.time_precision,
    event.c.time_raw,
    event.c.duration_s,
    event.c.party_id,
    event.c.identifier_normalized,
    event.c.text,
    case((event.c.type.in_([act_type.value for act_type in OWN_ACTS]), event.c.raw)).label(
        "fields"
    ),
)


@dataclass(frozen=True, slots=True)
class Act:
    """An event, as far as rules ask about it.

    Attributes:
        event_id: Its number in the case.
        item_id: The item that proves it.
        type: What it was.
        direction: Who reached out.
        outcome: What became of it.
        time: When; None if no source states it.
        duration_s: In seconds; None if not known.
        party_id: Who the other side was; None if not known.
        number: The other side's number or address in its comparable form; empty if there is none.
        text: The words.
        fields: What else was written down of what the person did themselves.
    """

    event_id: int
    item_id: int
    type: EventType
    direction: Direction
    outcome: Outcome
    time: TimeReading | None
    duration_s: float | None
    party_id: int | None
    number: str
    text: str
    fields: Mapping[str, Any]


def acts(connection: Connection) -> Iterator[Act]:
    """All events that lists show: not in the trash, each act once."""
    query = select(*_COLUMNS).where(*queries.event_conditions(EventFilter()))
    for row in connection.execute(query).mappings():
        yield _act(row)


def of_ids(connection: Connection, ids: Sequence[int]) -> Iterator[Act]:
    """Those of the given events that lists show."""
    query = select(*_COLUMNS).where(*queries.event_conditions(EventFilter()))
    for start in range(0, len(ids), _PAGE):
        page = query.where(event.c.id.in_(ids[start : start + _PAGE]))
        for row in connection.execute(page).mappings():
            yield _act(row)


def of_type(connection: Connection, type: EventType) -> Iterator[Act]:
    """The events of one type that lists show."""
    event_filter = EventFilter(types=frozenset({type}))
    query = select(*_COLUMNS).where(*queries.event_conditions(event_filter))
    for row in connection.execute(query).mappings():
        yield _act(row)


def changed_since(connection: Connection, seal: int) -> set[int] | None:
    """The events that lists may show differently since a seal was made.

    Returns:
        None if it may be any of them: who is who was changed, words that were read are gone, or
        very much.
    """
    touched = seals.touched_since(connection, seal)
    if touched.keys() & _OF_ALL_EVENTS:
        return None
    events = touched.get("event", set())
    item_ids = touched.get("item", set())
    of_items = sorted(item_ids)
    for start in range(0, len(of_items), _PAGE):
        page = event.c.item_id.in_(of_items[start : start + _PAGE])
        events.update(connection.execute(select(event.c.id).where(page)).scalars())
    for table in ("text_span", "proposal"):
        read = passages.items_with(connection, table, touched.get(table, ()))
        if read is None:
            return None
        item_ids |= read
    events |= passages.events_of(connection, item_ids)
    return None if len(events) > _MANY else events


_MANY = 2_000
"""So many changed events are no longer looked up one by one."""
_OF_ALL_EVENTS = frozenset(
    {"case_info", "case_rulebook", "party", "party_identifier", "debt", "enclosure"}
)
"""Tables of which a change may make another contact of any event."""


@row_values.converts(event)
def _act(row: Any) -> Act:
    fields = json.loads(row["fields"]) if row["fields"] is not None else {}
    return Act(
        row["id"],
        row["item_id"],
        EventType(row["type"]),
        Direction(row["direction"]),
        Outcome(row["outcome"]),
        row_values.time_reading(row),
        row["duration_s"],
        row["party_id"],
        row["identifier_normalized"],
        row["text"],
        fields if isinstance(fields, dict) else {},
    )
