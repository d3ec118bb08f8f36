"""Members of containers: which item lies in which, and which were not taken out yet."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from evidence_app.casefile.change import Change
from evidence_app.casefile.schema import item, part


def add(change: Change, container_id: int, keys: Iterable[str]) -> None:
    """Note what lies in an item; each becomes an item of its own afterwards."""
    members = dict.fromkeys(keys)
    if not members:
        return
    present = set(
        change.connection.execute(
            select(part.c.key).where(part.c.container_id == container_id)
        ).scalars()
    )
    new = [key for key in members if key not in present]
    change.insert_many(
        part, [{"container_id": container_id, "key": key, "item_id": None} for key in new]
    )


def fill(change: Change, container_id: int, key: str, item_id: int) -> None:
    """Say which item a part is."""
    query = select(part.c.id).where(part.c.container_id == container_id, part.c.key == key)
    for part_id in change.connection.execute(query).scalars().all():
        change.update(part, part_id, item_id=item_id)


def is_complete(connection: Connection, container_id: int) -> bool:
    """Whether every part of an item is an item."""
    query = select(part.c.id).where(part.c.container_id == container_id, part.c.item_id.is_(None))
    return connection.execute(query.limit(1)).first() is None


def containers(connection: Connection, item_id: int) -> list[int]:
    """The items in which an item lies."""
    query = select(part.c.container_id).where(part.c.item_id == item_id).distinct()
    return list(connection.execute(query.order_by(part.c.container_id)).scalars())


def parts(connection: Connection, container_id: int) -> list[int]:
    """The items that lie in an item and are not in the trash."""
    query = select(part.c.item_id).join(item, item.c.id == part.c.item_id)
    in_use = query.where(part.c.container_id == container_id, item.c.trashed_at.is_(None))
    return list(connection.execute(in_use.order_by(part.c.id)).scalars())


def container_name(connection: Connection, item_id: int) -> str:
    """The file name of the item in which an item lies, empty if it lies in none."""
    query = select(item.c.filename).join(part, part.c.container_id == item.c.id)
    rows = connection.execute(query.where(part.c.item_id == item_id).order_by(part.c.id).limit(1))
    return rows.scalar() or ""


def containers_of_items(connection: Connection) -> dict[int, int]:
    """The item in which each item lies, the first if there are several."""
    query = select(part.c.item_id, part.c.container_id).where(part.c.item_id.is_not(None))
    container_ids: dict[int, int] = {}
    for row in connection.execute(query.order_by(part.c.id)):
        container_ids.setdefault(row.item_id, row.container_id)
    return container_ids
