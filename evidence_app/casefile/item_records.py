"""Writes items and what hangs on them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from evidence_app.casefile import content, rows
from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.change import Change
from evidence_app.casefile.schema import content as content_table
from evidence_app.casefile.schema import (
    event,
    item,
    notice,
    rendition,
    skipped_entry,
    text_span,
    time_reading,
)
from evidence_app.messages import Message
from evidence_app.model.evidence import Rendition, RenditionKind, SkippedEntry, TextBlock
from evidence_app.model.times import TimeReading


def add_item(change: Change, values: Mapping[str, Any]) -> int:
    """Add an item; return its number."""
    return change.insert(item, **values)


def add_renditions(change: Change, item_id: int, renditions: list[Rendition]) -> None:
    """Keep derivatives of an item, one of each kind."""
    newest = {one.kind: one for one in renditions}
    change.insert_many(
        rendition,
        [
            {
                "item_id": item_id,
                "kind": one.kind.value,
                "media_type": one.media_type,
                "data": one.data,
            }
            for one in newest.values()
        ],
    )


def add_texts(change: Change, item_id: int, blocks: list[TextBlock]) -> None:
    """Keep texts that stand in an item."""
    change.insert_many(
        text_span,
        [
            {"item_id": item_id, "text": block.text, **rows.place_columns(block.place)}
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
                **rows.place_columns(entry.place),
                "reason_code": entry.reason.code.value,
                "reason_arguments": json.dumps(entry.reason.arguments, ensure_ascii=False),
                "raw": entry.raw[:500],
            }
            for entry in entries
        ],
    )


def add_notice(change: Change, item_id: int, words: Message, *, damaged: bool) -> None:
    """Keep what is to be said of an item as a whole."""
    change.insert(
        notice,
        item_id=item_id,
        code=words.code.value,
        arguments=json.dumps(words.arguments, ensure_ascii=False),
        damaged=damaged,
    )


def add_time_readings(change: Change, item_id: int, readings: list[TimeReading]) -> None:
    """Keep all times that sources state for an item."""
    change.insert_many(
        time_reading,
        [{"item_id": item_id, "event_id": None, **rows.time_columns(one)} for one in readings],
    )


def edit_item(change: Change, item_id: int, **values: Any) -> None:
    """Change cells of an item."""
    change.update(item, item_id, **values)


def set_time(change: Change, item_id: int, reading: TimeReading | None, where: ZoneInfo) -> None:
    """Put another time in force, for the item and for the event that it is itself."""
    values = rows.time_columns(reading)
    change.update(item, item_id, **values, **rows.sort_column(reading, where))
    own = select(event.c.id).where(event.c.item_id == item_id, event.c.place_unit.is_(None))
    for event_id in change.connection.execute(own).scalars().all():
        change.update(event, event_id, **values, **rows.sort_columns(reading, where))


def find_rendition(connection: Connection, item_id: int, kind: RenditionKind) -> Rendition | None:
    """The derivative of that kind, or None."""
    query = select(rendition.c.media_type, rendition.c.data)
    row = connection.execute(
        query.where(rendition.c.item_id == item_id, rendition.c.kind == kind.value)
    ).one_or_none()
    return Rendition(kind, row.media_type, bytes(row.data)) if row else None


def item_metadata(connection: Connection, item_id: int) -> dict[str, str]:
    """What the file says of itself."""
    text = connection.execute(select(item.c.metadata).where(item.c.id == item_id)).scalar_one()
    return {str(name): str(value) for name, value in json.loads(text).items()}


def is_trashed(connection: Connection, item_id: int) -> bool:
    """Whether the item is in the trash."""
    query = select(item.c.trashed_at).where(item.c.id == item_id)
    return connection.execute(query).scalar() is not None


def open_original(case: CaseFile, item_id: int) -> BinaryIO | None:
    """The item's original, seekable; None if there is no such item."""
    with case.read() as connection:
        query = select(content_table.c.id, content_table.c.size).join(item)
        row = connection.execute(query.where(item.c.id == item_id)).one_or_none()
    return content.open_content(case, row.id, row.size) if row else None
