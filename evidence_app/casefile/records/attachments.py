"""Which items belong to which events: pictures in a message, attachments of an e-mail."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from sqlalchemy import Connection, or_, select

from evidence_app.casefile.change import Change
from evidence_app.casefile.records import places as place_records
from evidence_app.casefile.schema import enclosure, event, item, part


def add(change: Change, named: Sequence[tuple[int, str]]) -> None:
    """Keep which files events name, as pairs of an event's number and a file's name."""
    change.insert_many(
        enclosure,
        [{"event_id": event_id, "name": name, "item_id": None} for event_id, name in named],
    )


def unresolved(connection: Connection) -> list[int]:
    """The items whose events name files that were not found yet."""
    query = (
        select(event.c.item_id)
        .join(enclosure, enclosure.c.event_id == event.c.id)
        .where(enclosure.c.item_id.is_(None))
        .distinct()
    )
    return list(connection.execute(query).scalars())


def resolve(change: Change, item_id: int) -> None:
    """Find the files that the item's events name: in it, beside it in an archive or a folder."""
    folders = place_records.folders(change.connection, item_id)
    files = _Files(_near(change.connection, item_id, folders), folders)
    query = (
        select(enclosure.c.id, enclosure.c.name)
        .join(event, event.c.id == enclosure.c.event_id)
        .where(event.c.item_id == item_id, enclosure.c.item_id.is_(None))
    )
    for row in change.connection.execute(query).all():
        attached_id = files.find(row.name)
        if attached_id is not None and attached_id != item_id:
            change.update(enclosure, row.id, item_id=attached_id)


def missing(connection: Connection, item_id: int) -> dict[str, list[int]]:
    """The files that the item's events name and that were not found yet, with who names them.

    Returns:
        The numbers of the links that wait for a file, by its name.
    """
    query = (
        select(enclosure.c.name, enclosure.c.id)
        .join(event, event.c.id == enclosure.c.event_id)
        .where(event.c.item_id == item_id, enclosure.c.item_id.is_(None))
        .order_by(enclosure.c.id)
    )
    link_ids: dict[str, list[int]] = {}
    for name, link_id in connection.execute(query):
        link_ids.setdefault(name, []).append(link_id)
    return link_ids


def link(change: Change, link_id: int, item_id: int) -> None:
    """Say which item a file is that an event names."""
    change.update(enclosure, link_id, item_id=item_id)


def items_of(connection: Connection, event_id: int) -> list[int]:
    """The items that belong to an event."""
    query = (
        select(enclosure.c.item_id)
        .join(item, item.c.id == enclosure.c.item_id)
        .where(enclosure.c.event_id == event_id, item.c.trashed_at.is_(None))
        .order_by(enclosure.c.id)
    )
    return list(connection.execute(query).scalars())


def events_of(connection: Connection, item_id: int) -> list[int]:
    """The events to which an item belongs."""
    query = select(enclosure.c.event_id).where(enclosure.c.item_id == item_id)
    return list(connection.execute(query.order_by(enclosure.c.id)).scalars())


def _near(connection: Connection, item_id: int, folders: Sequence[str]) -> list[tuple[int, str]]:
    """Items in and around an item, with their paths; those inside it first."""
    containers = select(part.c.container_id).where(part.c.item_id == item_id)
    inside = select(part.c.item_id, part.c.key).where(
        or_(part.c.container_id == item_id, part.c.container_id.in_(containers)),
        part.c.item_id.is_not(None),
    )
    members = [
        (row.item_id, row.key)
        for row in connection.execute(
            inside.order_by((part.c.container_id == item_id).desc(), part.c.id)
        )
    ]
    for folder in folders:
        members += place_records.in_folder(connection, folder)
    return members


class _Files:
    """Finds a file by the name that a message gives: its path, its name, or its bare name.

    Args:
        near: Items with their paths.
        folders: Where the message's own file lies; a file beside it goes before one below.
    """

    def __init__(self, near: Iterable[tuple[int, str]], folders: Iterable[str]) -> None:
        self._folders = [_folded(folder) for folder in folders]
        self._by_key: dict[str, int] = {}
        self._by_name: dict[str, list[tuple[int, str]]] = {}
        self._by_stem: dict[str, list[tuple[int, str]]] = {}
        for item_id, written in near:
            path = _folded(written)
            self._by_key.setdefault(path, item_id)
            name = PurePosixPath(path).name
            self._by_name.setdefault(name, []).append((item_id, path))
            self._by_stem.setdefault(PurePosixPath(name).stem, []).append((item_id, path))

    def find(self, written: str) -> int | None:
        path = _folded(written)
        for exact in (path, *(f"{folder}/{path}" for folder in self._folders)):
            if exact in self._by_key:
                return self._by_key[exact]
        name = PurePosixPath(path).name
        candidates = self._by_name.get(name) or self._by_stem.get(name) or []
        ending = {item_id for item_id, other in candidates if other.endswith("/" + path)}
        # Of several files that the name fits, none is taken by guess.
        fitting = ending or {item_id for item_id, _ in candidates}
        return fitting.pop() if len(fitting) == 1 else None


def _folded(path: str) -> str:
    return path.replace("\\", "/").removeprefix("./")
