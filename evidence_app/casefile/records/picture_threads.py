"""Writes and reads which pictures belong to one scrolled conversation, and their layouts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from evidence_app.casefile.change import Change
from evidence_app.casefile.records import row_values
from evidence_app.casefile.schema import item, rendition, thread_part
from evidence_app.model.evidence import RenditionKind

_MEDIA_TYPE = "application/octet-stream"


def keep_layout(change: Change, item_id: int, data: bytes | None) -> None:
    """Keep the layout of a picture in place of an earlier one; None if it is no chat.

    The thread in which it was is to be joined anew.
    """
    query = select(rendition.c.id).where(rendition.c.item_id == item_id)
    earlier = change.connection.execute(query.where(_is_layout())).scalars().all()
    change.delete_many(rendition, earlier)
    _forget(change, [item_id])
    if data is not None:
        row = {"item_id": item_id, "kind": RenditionKind.LAYOUT.value, "data": data}
        change.insert(rendition, **row, media_type=_MEDIA_TYPE)


def layouts(
    connection: Connection, item_ids: Sequence[int] | None = None
) -> Iterator[tuple[int, bytes]]:
    """The layouts of pictures that are not in the trash, by their numbers.

    Args:
        connection: For reading.
        item_ids: Only of these; None for all.
    """
    query = select(rendition.c.item_id, rendition.c.data).join(
        item, item.c.id == rendition.c.item_id
    )
    query = query.where(_is_layout(), item.c.trashed_at.is_(None))
    if item_ids is not None:
        query = query.where(rendition.c.item_id.in_(item_ids))
    for row in connection.execute(query.order_by(rendition.c.item_id)).mappings():
        yield _layout(row)


def unjoined(connection: Connection) -> list[int]:
    """Pictures of chats that were never compared with the others."""
    query = (
        select(rendition.c.item_id)
        .join(item, item.c.id == rendition.c.item_id)
        .outerjoin(thread_part, thread_part.c.item_id == rendition.c.item_id)
        .where(_is_layout(), item.c.trashed_at.is_(None), thread_part.c.id.is_(None))
        .order_by(rendition.c.item_id)
    )
    return list(connection.execute(query).scalars())


def thread_of(connection: Connection, item_id: int) -> list[int]:
    """The pictures of the conversation in which one is, in order; none if it is in none."""
    own = select(thread_part.c.thread).where(thread_part.c.item_id == item_id)
    query = (
        select(thread_part.c.item_id)
        .join(item, item.c.id == thread_part.c.item_id)
        .where(thread_part.c.thread.in_(own), item.c.trashed_at.is_(None))
        .order_by(thread_part.c.thread, thread_part.c.position)
    )
    return list(connection.execute(query).scalars())


def replace(change: Change, threads: Iterable[Sequence[int]]) -> None:
    """Keep which pictures belong together, replacing what was kept of them before.

    Args:
        change: The transaction.
        threads: The pictures of each conversation in order; one that overlaps with no other one
            is a conversation of its own.
    """
    new_threads = list(threads)
    _forget(change, [item_id for thread in new_threads for item_id in thread])
    last = change.connection.execute(select(func.max(thread_part.c.thread))).scalar() or 0
    change.insert_many(
        thread_part,
        [
            {"thread": number, "item_id": item_id, "position": position}
            for number, thread in enumerate(new_threads, last + 1)
            for position, item_id in enumerate(thread, 1)
        ],
    )


def _forget(change: Change, item_ids: Sequence[int]) -> None:
    """Forget the threads in which pictures are, with all that is in them."""
    own = select(thread_part.c.thread).where(thread_part.c.item_id.in_(item_ids))
    query = select(thread_part.c.id).where(thread_part.c.thread.in_(own))
    change.delete_many(thread_part, change.connection.execute(query).scalars().all())


def _is_layout() -> Any:
    return rendition.c.kind == RenditionKind.LAYOUT.value


@row_values.converts(rendition)
def _layout(row: Any) -> tuple[int, bytes]:
    return row["item_id"], bytes(row["data"])
