"""What the case file answers about items and events."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, or_, select

from evidence_app.casefile.records import findings, row_values, search_hits
from evidence_app.casefile.schema import (
    content,
    enclosure,
    event,
    finding,
    finding_subject,
    item,
    party,
    skipped_entry,
    tagging,
    text_span,
    time_reading,
)
from evidence_app.casefile.storage.cells import damaged
from evidence_app.model.coverage import Coverage
from evidence_app.model.event import Event, EventType
from evidence_app.model.evidence import Item, ItemKind, SkippedEntry, TextBlock
from evidence_app.model.filters import (
    DayGroup,
    EventFilter,
    ItemFilter,
    ItemOrder,
    TimelineIndex,
)
from evidence_app.model.finding import SubjectKind
from evidence_app.model.times import DATES_OF_FILES, TimeReading

_OF_FILES = [source.value for source in DATES_OF_FILES]
_PAGE = 500
_OF_THINGS = [kind.value for kind in (EventType.PICTURE, EventType.RECORDING, EventType.DOCUMENT)]


def item_index(
    connection: Connection, item_filter: ItemFilter, order: ItemOrder, descending: bool
) -> array[int]:
    """The numbers of the wanted items, in order; those without a time last."""
    columns: dict[ItemOrder, ColumnElement[Any]] = {
        ItemOrder.TIME: item.c.sort_ms,
        ItemOrder.NAME: func.lower(item.c.title),
        ItemOrder.KIND: item.c.kind,
        ItemOrder.IMPORTED: item.c.id,
    }
    column = columns[order]
    direction = column.desc() if descending else column.asc()
    query = select(item.c.id).where(*_item_conditions(item_filter))
    ordered = query.order_by(direction.nulls_last(), item.c.id)
    return array("q", connection.execute(ordered).scalars())


def _item_conditions(item_filter: ItemFilter) -> Iterator[ColumnElement[bool]]:
    trashed = item.c.trashed_at
    yield trashed.is_not(None) if item_filter.trashed else trashed.is_(None)
    if item_filter.kinds:
        yield item.c.kind.in_([kind.value for kind in item_filter.kinds])
    if item_filter.text.strip():
        yield item.c.id.in_(search_hits.items_holding(item_filter.text))
    if item_filter.tag_id is not None:
        yield item.c.id.in_(select(tagging.c.item_id).where(tagging.c.tag_id == item_filter.tag_id))
    if item_filter.violation is not None:
        yield item.c.id.in_(findings.subjects_with(item_filter.violation, SubjectKind.ITEM))


def items(connection: Connection, ids: Sequence[int]) -> list[Item]:
    """The items of those numbers, in that order; those that are not there are left out."""
    by_id: dict[int, Item] = {}
    query = select(item, content.c.sha256, content.c.size, content.c.media_type).join(content)
    for start in range(0, len(ids), _PAGE):
        page = list(ids[start : start + _PAGE])
        for row in connection.execute(query.where(item.c.id.in_(page))).mappings():
            by_id[row["id"]] = row_values.item(row)
    return [by_id[key] for key in ids if key in by_id]


def item_by_sha256(connection: Connection, sha256: str) -> int | None:
    """The number of the item whose original has that hash."""
    # Asked twice of each file: to build the statement anew would take longer than to answer it.
    query = "SELECT min(item.id) FROM item JOIN content ON content.id = content_id WHERE sha256 = ?"
    return connection.exec_driver_sql(query, (sha256,)).scalar()


def event_index(
    connection: Connection, event_filter: EventFilter, descending: bool
) -> TimelineIndex:
    """The numbers of the wanted events by time; those without a time last."""
    column = event.c.sort_ms
    query = (
        select(event.c.id, event.c.day, event.c.time_source.in_(_OF_FILES))
        .where(*event_conditions(event_filter))
        .order_by((column.desc() if descending else column.asc()).nulls_last(), event.c.id)
    )
    events_by_day = connection.execute(query).all()
    days: list[DayGroup] = []
    start = 0
    for day, rows in groupby(events_by_day, key=lambda row: row[1]):
        is_file_dated = [bool(row[2]) for row in rows]
        count = len(is_file_dated)
        at = row_values.day(day) if day else None
        days.append(DayGroup(at, start, count, sum(is_file_dated)))
        start += count
    return TimelineIndex(array("q", [row[0] for row in events_by_day]), days)


def event_conditions(event_filter: EventFilter) -> Iterator[ColumnElement[bool]]:
    """What is true of the rows of ``event`` that are wanted."""
    yield event.c.item_id.not_in(select(item.c.id).where(item.c.trashed_at.is_not(None)))
    if event_filter.item_id is None:
        yield event.c.same_as.is_(None)
        yield event.c.id.not_in(_attached())
    chosen = (
        (event.c.type, event_filter.types),
        (event.c.direction, event_filter.directions),
        (event.c.outcome, event_filter.outcomes),
    )
    for column, values in chosen:
        if values:
            yield column.in_([value.value for value in values])
    if event_filter.ids:
        # Written out: there may be more than a statement may have parameters.
        yield event.c.id.in_(
            bindparam("ids", sorted(event_filter.ids), expanding=True, literal_execute=True)
        )
    if event_filter.party_ids:
        yield event.c.party_id.in_(event_filter.party_ids)
    if event_filter.item_id is not None:
        yield event.c.item_id == event_filter.item_id
    yield from _time_conditions(event_filter)
    if event_filter.text.strip():
        yield event.c.id.in_(search_hits.events_with(event_filter.text))
    if event_filter.tag_id is not None:
        tagged = tagging.c.tag_id == event_filter.tag_id
        yield or_(
            event.c.id.in_(select(tagging.c.event_id).where(tagged)),
            event.c.item_id.in_(select(tagging.c.item_id).where(tagged)),
        )
    if event_filter.violation is not None:
        yield or_(
            event.c.id.in_(findings.subjects_with(event_filter.violation, SubjectKind.EVENT)),
            event.c.item_id.in_(findings.subjects_with(event_filter.violation, SubjectKind.ITEM)),
        )


def _attached() -> Select[Any]:
    """What items are themselves that belong to a message: they are shown with the message.

    A call or message that was attached, as a recorded call or an e-mail, is an act of its own.
    So is what the person marked.
    """
    message, source = event.alias("message"), item.alias("source")
    own = event.alias("own")
    marked = [
        select(table.c.event_id).where(table.c.event_id.is_not(None))
        for table in (tagging, finding, finding_subject)
    ]
    return (
        select(own.c.id)
        .join(enclosure, enclosure.c.item_id == own.c.item_id)
        .join(message, message.c.id == enclosure.c.event_id)
        .join(source, source.c.id == message.c.item_id)
        .where(
            own.c.place_unit.is_(None),
            own.c.type.in_(_OF_THINGS),
            source.c.trashed_at.is_(None),
            *(own.c.id.not_in(subquery) for subquery in marked),
        )
    )


def _time_conditions(event_filter: EventFilter) -> Iterator[ColumnElement[bool]]:
    if event_filter.first_day is not None:
        yield event.c.day >= event_filter.first_day.isoformat()
    if event_filter.last_day is not None:
        yield event.c.day <= event_filter.last_day.isoformat()
    if event_filter.undated:
        yield event.c.sort_ms.is_(None)


def _event_query() -> Select[Any]:
    return (
        select(event, party.c.name.label("party_name"), item.c.filename)
        .join(item, event.c.item_id == item.c.id)
        .outerjoin(party, event.c.party_id == party.c.id)
    )


def events(connection: Connection, ids: Sequence[int]) -> list[Event]:
    """The events of those numbers, in that order; those that are not there are left out."""
    by_id: dict[int, Event] = {}
    for start in range(0, len(ids), _PAGE):
        page = list(ids[start : start + _PAGE])
        chosen = _event_query().where(event.c.id.in_(page))
        for row in connection.execute(chosen).mappings():
            by_id[row["id"]] = row_values.event(row)
    return [by_id[key] for key in ids if key in by_id]


def event_raw(connection: Connection, event_id: int) -> str:
    """The entry's fields as written in the source, as a JSON object.

    Raises:
        DamagedError: There is no such event.
    """
    raw = connection.execute(select(event.c.raw).where(event.c.id == event_id)).scalar()
    if raw is None:
        raise damaged(f"event {event_id}")
    return str(raw)


def span(connection: Connection) -> tuple[date, date] | None:
    """The first and the last day with an event, dates of files left aside."""
    days = select(func.min(event.c.day), func.max(event.c.day))
    first, last = connection.execute(days.where(event.c.time_source.not_in(_OF_FILES))).one()
    return (row_values.day(first), row_values.day(last)) if first else None


def coverage(connection: Connection) -> list[Coverage]:
    """Every log of calls or messages that has entries with a time."""
    kinds = [ItemKind.CALL_LOG.value, ItemKind.MESSAGES.value]
    days = (
        func.min(event.c.day).label("first"),
        func.max(event.c.day).label("last"),
        func.count(event.c.day).label("count"),
    )
    query = (
        select(item.c.id, item.c.filename, item.c.kind, *days)
        .join(event, event.c.item_id == item.c.id)
        .where(item.c.kind.in_(kinds), item.c.trashed_at.is_(None), event.c.day.is_not(None))
        .group_by(item.c.id)
        .order_by(days[0], item.c.id)
    )
    return [_coverage(row) for row in connection.execute(query).mappings()]


@row_values.converts(item)
def _coverage(row: row_values.Values) -> Coverage:
    first, last, count = row["first"], row["last"], row["count"]
    kind = ItemKind(row["kind"])
    return Coverage(
        row["id"], row["filename"], kind, row_values.day(first), row_values.day(last), count
    )


def time_readings(
    connection: Connection, *, item_id: int | None = None, event_id: int | None = None
) -> list[TimeReading]:
    """All times that sources state for an item or an event, the most trustworthy first."""
    column = time_reading.c.item_id if item_id is not None else time_reading.c.event_id
    key = item_id if item_id is not None else event_id
    rows = connection.execute(select(time_reading).where(column == key))
    return [reading for row in rows.mappings() if (reading := _time_reading(row))]


@row_values.converts(time_reading)
def _time_reading(row: row_values.Values) -> TimeReading | None:
    return row_values.time_reading(row)


def texts(connection: Connection, item_id: int) -> list[TextBlock]:
    """The texts of an item in their order."""
    query = select(text_span).where(text_span.c.item_id == item_id).order_by(text_span.c.id)
    return [row_values.text_block(row) for row in connection.execute(query).mappings()]


def skipped(connection: Connection, item_id: int) -> list[SkippedEntry]:
    """The entries of an item that could not be read."""
    query = select(skipped_entry).where(skipped_entry.c.item_id == item_id)
    ordered = query.order_by(skipped_entry.c.id)
    return [row_values.skipped_entry(row) for row in connection.execute(ordered).mappings()]
