"""Where else the bytes of an item were found: further names and folders of the same file."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, Text, func, or_, select

from evidence_app.casefile.change import Change
from evidence_app.casefile.schema import item, notice
from evidence_app.messages import MessageCode

ALSO_AT = MessageCode.ALSO_AT.value


def add(change: Change, item_id: int, origin: str, filename: str) -> None:
    """Keep a further place of an item; the person sees it as a notice."""
    arguments = json.dumps({"origin": origin, "filename": filename}, ensure_ascii=False)
    change.insert(notice, item_id=item_id, code=ALSO_AT, arguments=arguments, damaged=False)


def is_at(connection: Connection, item_id: int, origin: str, filename: str) -> bool:
    """Whether the item is known to have lain there."""
    own = select(item.c.id).where(
        item.c.id == item_id, item.c.origin == origin, item.c.filename == filename
    )
    further = select(notice.c.id).where(
        notice.c.item_id == item_id,
        notice.c.code == ALSO_AT,
        _argument("origin") == origin,
        _argument("filename") == filename,
    )
    return any(connection.execute(query.limit(1)).first() for query in (own, further))


def further(connection: Connection, item_id: int) -> list[tuple[str, str]]:
    """The further places of an item, as folders and names, in the order in which they came."""
    query = select(_argument("origin"), _argument("filename")).where(
        notice.c.item_id == item_id, notice.c.code == ALSO_AT
    )
    return [(row[0], row[1]) for row in connection.execute(query.order_by(notice.c.id))]


def folders(connection: Connection, item_id: int) -> list[str]:
    """Every folder in which an item lay, the one of its first import first."""
    first = connection.execute(select(item.c.origin).where(item.c.id == item_id)).scalar_one()
    return list(dict.fromkeys([first, *(origin for origin, _ in further(connection, item_id))]))


def in_folder(connection: Connection, folder: str) -> Iterator[tuple[int, str]]:
    """Every item that lies or also lay in a folder or below it, with its path there."""
    queries = (
        select(item.c.id, item.c.origin, item.c.filename).where(_is_in(item.c.origin, folder)),
        select(item.c.id, _argument("origin"), _argument("filename"))
        .join(notice, notice.c.item_id == item.c.id)
        .where(notice.c.code == ALSO_AT, _is_in(_argument("origin"), folder)),
    )
    for query in queries:
        in_use = query.where(item.c.trashed_at.is_(None)).order_by(item.c.id)
        for row in connection.execute(in_use):
            yield row[0], f"{row[1]}/{row[2]}"


def _is_in(origin: ColumnElement[str], folder: str) -> ColumnElement[bool]:
    below = [origin.startswith(f"{folder}{parted}", autoescape=True) for parted in "/\\"]
    return or_(origin == folder, *below)


def _argument(name: str) -> ColumnElement[str]:
    return func.json_extract(notice.c.arguments, f"$.{name}", type_=Text)
