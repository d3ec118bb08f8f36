"""What a person can see of events, and do to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records import attachments as enclosure_records
from evidence_app.casefile.records import case_info as case_records
from evidence_app.casefile.records import duplicates as same_acts
from evidence_app.casefile.records import events as event_records
from evidence_app.casefile.records import queries
from evidence_app.errors import UsageError
from evidence_app.messages import MessageCode, message
from evidence_app.model.custody import Action
from evidence_app.model.event import Direction, Event, EventType, Outcome
from evidence_app.model.evidence import SourcePlace
from evidence_app.model.filters import DayGroup, EventFilter, TimelineIndex
from evidence_app.model.times import TimeReading, to_text
from evidence_app.services.history import Edit, editing

__all__ = ["DayGroup", "EventFilter", "TimelineIndex"]

_PAGE = 500


def index(case: CaseFile, event_filter: EventFilter, descending: bool = False) -> TimelineIndex:
    """The numbers of the wanted events by day in the case's zone; undated ones last."""
    with case.read() as connection:
        return queries.event_index(connection, event_filter, descending)


def get_many(case: CaseFile, ids: Sequence[int]) -> list[Event]:
    """The events of those numbers, in that order."""
    with case.read() as connection:
        return queries.events(connection, ids)


def get(case: CaseFile, event_id: int) -> Event:
    """One event.

    Raises:
        UsageError: There is none of that number.
    """
    events = get_many(case, [event_id])
    if not events:
        raise UsageError(message(MessageCode.UNKNOWN_ID, value=f"e{event_id}"))
    return events[0]


def stream(case: CaseFile, event_filter: EventFilter) -> Iterator[Event]:
    """The wanted events by time, a page in memory at a time."""
    ids = index(case, event_filter).ids
    for start in range(0, len(ids), _PAGE):
        yield from get_many(case, ids[start : start + _PAGE])


def span(case: CaseFile) -> tuple[date, date] | None:
    """The first and the last day with an event, dates of files left aside."""
    with case.read() as connection:
        return queries.span(connection)


def time_readings(case: CaseFile, event_id: int) -> list[TimeReading]:
    """The times that were in force before the person corrected them."""
    with case.read() as connection:
        return queries.time_readings(connection, event_id=event_id)


def raw_fields(case: CaseFile, event_id: int) -> str:
    """The entry's fields as they stand in the source, as a JSON object."""
    with case.read() as connection:
        return queries.event_raw(connection, event_id)


def correct_time(case: CaseFile, ids: Sequence[int], reading: TimeReading | None) -> Edit:
    """Put another time in force; the first reading stays beside it."""
    detail = {"events": list(ids), "time": to_text(reading.moment) if reading else None}
    with editing(case, Action.CORRECT_TIME, detail) as (change, edit):
        where = case_records.case_zone(change.connection)
        for event_id in ids:
            event_records.set_time(change, event_id, reading, where)
    return edit


def set_text(case: CaseFile, event_id: int, text: str) -> Edit:
    """Change an event's words; those in the original stay as they are."""
    with editing(case, Action.EDIT_EVENT, {"event": event_id, "text": text}) as (change, edit):
        event_records.edit_event(change, event_id, text=text)
    return edit


def edit(
    case: CaseFile,
    event_id: int,
    *,
    type: EventType | None = None,
    direction: Direction | None = None,
    outcome: Outcome | None = None,
    party_id: int | None = None,
) -> Edit:
    """Change what an event was; None leaves a value as it is."""
    changes = {"type": type, "direction": direction, "outcome": outcome}
    values: dict[str, Any] = {name: value.value for name, value in changes.items() if value}
    if party_id is not None:
        values["party_id"] = party_id
    with editing(case, Action.EDIT_EVENT, {"event": event_id, **values}) as (change, new_edit):
        event_records.edit_event(change, event_id, **values)
    return new_edit


def sources(case: CaseFile, event_id: int) -> list[Event]:
    """All records of the act that an event tells, from every source, the shown one first."""
    with case.read() as connection:
        return queries.events(connection, same_acts.records_of(connection, event_id))


def enclosed_items(case: CaseFile, event_id: int) -> list[int]:
    """The items that belong to an event: the pictures of a message, the files of an e-mail."""
    with case.read() as connection:
        return enclosure_records.items_of(connection, event_id)


def other_sources(case: CaseFile, event_ids: Sequence[int]) -> dict[int, list[Event]]:
    """For each of at most some hundred events, the same act as other sources record it."""
    with case.read() as connection:
        others_of = same_acts.other_records(connection, event_ids)
        ids = [other for others in others_of.values() for other in others]
        by_id = {event.id: event for event in queries.events(connection, ids)}
    return {
        shown_id: [by_id[other] for other in others if other in by_id]
        for shown_id, others in others_of.items()
    }


def linked_places(case: CaseFile) -> dict[int, list[tuple[int, SourcePlace | None]]]:
    """For each act that stands in several sources, the items and places of the other records."""
    places: dict[int, list[tuple[int, SourcePlace | None]]] = {}
    with case.read() as connection:
        for shown_id, item_id, place in same_acts.all_others(connection):
            places.setdefault(shown_id, []).append((item_id, place))
    return places
