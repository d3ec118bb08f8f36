"""Writes items and what hangs on them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from evidence_app.casefile import originals
from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.change import Change
from evidence_app.casefile.records import places as place_records
from evidence_app.casefile.records import row_values
from evidence_app.casefile.schema import (
    contact,
    event,
    item,
    notice,
    rendition,
    skipped_entry,
    text_span,
    time_reading,
)
from evidence_app.casefile.storage.cells import damaged
from evidence_app.messages import Message, MessageCode
from evidence_app.model.evidence import Item, Rendition, RenditionKind, SkippedEntry, TextBlock
from evidence_app.model.times import TimeReading, TimeSource


def add_item(change: Change, values: Mapping[str, Any]) -> int:
    """Add an item; return its number."""
    return change.insert(item, **values)


def add_renditions(change: Change, item_id: int, renditions: list[Rendition]) -> None:
    """Keep derivatives of an item, one of each kind."""
    newest = {derivative.kind: derivative for derivative in renditions}
    change.insert_many(
        rendition,
        [
            {
                "item_id": item_id,
                "kind": derivative.kind.value,
                "media_type": derivative.media_type,
                "data": derivative.data,
            }
            for derivative in newest.values()
        ],
    )


def add_texts(change: Change, item_id: int, blocks: list[TextBlock]) -> None:
    """Keep texts that stand in an item."""
    change.insert_many(
        text_span,
        [
            {"item_id": item_id, "text": block.text, **row_values.place_columns(block.place)}
            for block in blocks
        ],
    )


def add_skipped(change: Change, item_id: int, entries: list[SkippedEntry]) -> None:
    """Keep which entries of an item could not be read."""
    change.insert_many(
        skipped_entry,
        [
            {
                "item_id": item_id,
                **row_values.place_columns(entry.place),
                "reason_code": entry.reason.code.value,
                "reason_arguments": json.dumps(entry.reason.arguments, ensure_ascii=False),
                "raw": entry.raw[:500],
            }
            for entry in entries
        ],
    )


def add_notice(change: Change, item_id: int, notice_message: Message, *, damaged: bool) -> None:
    """Keep a message about an item as a whole."""
    change.insert(
        notice,
        item_id=item_id,
        code=notice_message.code.value,
        arguments=json.dumps(notice_message.arguments, ensure_ascii=False),
        damaged=damaged,
    )


def add_time_readings(change: Change, item_id: int, readings: list[TimeReading]) -> None:
    """Keep all times that sources state for an item."""
    change.insert_many(
        time_reading,
        [
            {"item_id": item_id, "event_id": None, **row_values.time_columns(reading)}
            for reading in readings
        ],
    )


def edit_item(change: Change, item_id: int, **values: Any) -> None:
    """Change cells of an item."""
    change.update(item, item_id, **values)


def has_corrected_time(change: Change, item_id: int) -> bool:
    """Whether the time in force is one that the person set."""
    query = select(item.c.time_source).where(item.c.id == item_id)
    return change.connection.execute(query).scalar() == TimeSource.PERSON.value


def forget_reading(change: Change, item_id: int) -> None:
    """Remove what a reader produced for an item that is read again, except its events.

    Text that was recognised in a picture or recording, and what a person corrected, stays too.
    """
    tables = (text_span, skipped_entry, notice, rendition, contact)
    for table in tables:
        query = select(table.c.id).where(table.c.item_id == item_id)
        if table is rendition:
            query = query.where(rendition.c.kind != RenditionKind.LAYOUT.value)
        if table is notice:
            query = query.where(notice.c.code != place_records.ALSO_AT)
        if table is text_span:
            query = query.where(text_span.c.origin.is_(None), text_span.c.corrected.is_(None))
        for row_id in change.connection.execute(query).scalars().all():
            change.delete(table, row_id)
    for row in change.connection.execute(_file_times(item_id)).all():
        change.delete(time_reading, row.id)


def _file_times(item_id: int) -> Any:
    query = select(time_reading).where(time_reading.c.item_id == item_id)
    lasting = (TimeSource.FILE_SYSTEM.value, TimeSource.PERSON.value)
    return query.where(time_reading.c.time_source.not_in(lasting))


def set_time(change: Change, item_id: int, reading: TimeReading | None, where: ZoneInfo) -> None:
    """Put another time in force for the item, and for the event that the item itself is."""
    values = row_values.time_columns(reading)
    change.update(item, item_id, **values, **row_values.sort_column(reading, where))
    own = select(event.c.id).where(event.c.item_id == item_id, event.c.place_unit.is_(None))
    for event_id in change.connection.execute(own).scalars().all():
        change.update(event, event_id, **values, **row_values.sort_columns(reading, where))


def find_rendition(connection: Connection, item_id: int, kind: RenditionKind) -> Rendition | None:
    """The derivative of that kind, or None."""
    query = select(rendition).where(rendition.c.item_id == item_id)
    row = connection.execute(query.where(rendition.c.kind == kind.value)).mappings().first()
    # Whoever tampers may leave text where there were bytes; a derivative can be done without.
    if row is None or not isinstance(row["data"], bytes):
        return None
    return _rendition(row)


@row_values.converts(rendition)
def _rendition(row: Any) -> Rendition:
    return Rendition(RenditionKind(row["kind"]), row["media_type"], row["data"])


def item_metadata(connection: Connection, item_id: int) -> dict[str, str]:
    """What the file says of itself."""
    query = select(item.c.id, item.c.metadata).where(item.c.id == item_id)
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise damaged(f"item {item_id}")
    return _metadata(row)


@row_values.converts(item)
def _metadata(row: Any) -> dict[str, str]:
    return {str(name): str(value) for name, value in json.loads(row["metadata"]).items()}


def is_trashed(connection: Connection, item_id: int) -> bool:
    """Whether the item is in the trash."""
    query = select(item.c.trashed_at).where(item.c.id == item_id)
    return connection.execute(query).scalar() is not None


def companions(case: CaseFile, connection: Connection, main_item: Item) -> dict[str, BinaryIO]:
    """The originals of files that lay beside an item and are named after it, by their ending."""
    query = select(item.c.filename, item.c.content_id).where(
        item.c.origin == main_item.origin,
        item.c.filename.startswith(f"{main_item.filename}-", autoescape=True),
    )
    return {
        row[0].removeprefix(main_item.filename): originals.open_content(case, row[1])
        for row in connection.execute(query)
    }


def of_name(connection: Connection, origin: str, filename: str) -> int | None:
    """The newest item of that name from that place, or None."""
    query = select(item.c.id).where(item.c.origin == origin, item.c.filename == filename)
    return connection.execute(query.order_by(item.c.id.desc()).limit(1)).scalar()


def content_of(connection: Connection, item_id: int) -> int | None:
    """The number of the item's original; None if there is no such item."""
    return connection.execute(select(item.c.content_id).where(item.c.id == item_id)).scalar()


def notices(connection: Connection, codes: Sequence[MessageCode]) -> dict[int, list[Message]]:
    """Messages about items as a whole, by the items' numbers; only those in ``codes``."""
    query = select(notice).where(notice.c.code.in_([code.value for code in codes]))
    messages: dict[int, list[Message]] = {}
    for row in connection.execute(query.order_by(notice.c.id)).mappings():
        messages.setdefault(row["item_id"], []).append(_notice(row))
    return messages


@row_values.converts(notice)
def _notice(row: Any) -> Message:
    return row_values.stored_message(row["code"], row["arguments"])
