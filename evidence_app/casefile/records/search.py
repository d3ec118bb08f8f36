"""Full-text search that finds two-character Chinese words and beginnings of Latin words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

from sqlalchemy import Connection, bindparam, select

from evidence_app.casefile.change import Change
from evidence_app.casefile.schema import item, text_span
from evidence_app.folding import fold
from evidence_app.model.search import Phrase, SearchQuery
from evidence_app.model.snippets import CJK

_CJK = re.compile(f"[{CJK}]+")
_BATCH = 2000
_PART = 1 << 18
_PARTS_FROM = 1 << 40
ITEM_OF_PART = _PARTS_FROM - 1
"""The bits of a row's number in ``item_search`` that are the item's; those above count its parts.

FTS5 keeps all words of one row in memory until the row is complete, so that a long text is
indexed in parts. A search for several words finds those that stand in one part.
"""


def index_text(text: str) -> str:
    """The words in one form, with every Chinese, Japanese or Korean character as its own word."""
    return text if text.isascii() else _CJK.sub(_spaced, fold(text))


def _spaced(match: re.Match[str]) -> str:
    return f" {' '.join(match[0])} "


def match_expression(query: SearchQuery) -> str:
    """An FTS5 query; without wanted phrases, one that matches nothing."""
    wanted = " AND ".join(map(_match, query.wanted)) or '""'
    unwanted = " OR ".join(map(_match, query.unwanted))
    return f"({wanted}) NOT ({unwanted})" if unwanted else wanted


def _match(phrase: Phrase) -> str:
    tokens = " ".join(index_text(phrase.text.replace('"', " ")).split())
    goes_on = phrase.may_go_on and not _CJK.search(tokens[-1:])
    return f'"{tokens}"*' if goes_on else f'"{tokens}"'


def refresh(change: Change) -> None:
    """Index anew what the change touched."""
    connection = change.connection
    _forget(connection, "event_search", change.changed("event"))
    for batch in _batches(change.changed("event")):
        _add(connection, _event_texts(connection, f"IN ({','.join(map(str, batch))})"))
    for ids in change.inserted.get("event", ()):
        for batch in _batches(ids):
            _add(connection, _event_texts(connection, f"BETWEEN {batch[0]} AND {batch[-1]}"))
            change.finish(len(batch))
    new = set(chain.from_iterable(change.inserted.get("item", ())))
    items = {*change.changed("item"), *_items_of_spans(change)} - new
    _forget(connection, "item_search", _with_parts(connection, items))
    for item_id in sorted(items | new):
        for spans in _add_item(connection, item_id):
            change.finish(spans)


def rebuild(connection: Connection) -> None:
    """Index everything anew: a program of another version may have indexed it by other rules."""
    for table in ("event_search", "item_search"):
        connection.exec_driver_sql(f"INSERT INTO {table}({table}) VALUES ('delete-all')")
    events = connection.exec_driver_sql("SELECT id FROM event ORDER BY id").scalars().all()
    for batch in _batches(events):
        _add(connection, _event_texts(connection, f"BETWEEN {batch[0]} AND {batch[-1]}"))
    for item_id in connection.execute(select(item.c.id)).scalars().all():
        for _ in _add_item(connection, item_id):
            pass


def _add_item(connection: Connection, item_id: int) -> Iterator[int]:
    """Index an item; yields how many texts were in each part."""
    for number, (texts, spans) in enumerate(_item_parts(connection, item_id)):
        row = (item_id + number * _PARTS_FROM, index_text(texts))
        connection.exec_driver_sql("INSERT INTO item_search(rowid, text) VALUES (?, ?)", row)
        yield spans


def _with_parts(connection: Connection, items: Iterable[int]) -> Iterator[int]:
    """The numbers of the rows in which items are indexed."""
    for batch in _batches(items):
        rows = batch
        while rows:
            yield from rows
            following = ",".join(str(row + _PARTS_FROM) for row in rows)
            # Each row that is indexed has one in this table of FTS5.
            query = f"SELECT id FROM item_search_docsize WHERE id IN ({following})"
            rows = list(connection.exec_driver_sql(query).scalars())


def _items_of_spans(change: Change) -> Iterator[int]:
    """The items whose texts were changed."""
    yield from change.reworded
    query = select(text_span.c.item_id).distinct()
    for new in change.inserted.get("text_span", ()):
        between = text_span.c.id.between(new.start, new.stop - 1)
        yield from change.connection.execute(query.where(between)).scalars()


def _forget(connection: Connection, table: str, ids: Iterable[int]) -> None:
    for batch in _batches(ids):
        numbers = ",".join(map(str, batch))
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE rowid IN ({numbers})")


def _add(connection: Connection, texts: Iterable[tuple[int, str]]) -> None:
    rows = [(key, index_text(text)) for key, text in texts]
    if rows:
        connection.exec_driver_sql("INSERT INTO event_search(rowid, text) VALUES (?, ?)", rows)


def _event_texts(connection: Connection, which: str) -> Iterator[tuple[int, str]]:
    """The searchable text of the events that meet a condition on their numbers."""
    query = (
        "SELECT id, text, contact_name, identifier, identifier_normalized FROM event "
        f"WHERE id {which}"
    )
    raw: Any = connection.connection.driver_connection
    for row in raw.execute(query):
        yield row[0], "\n".join(row[1:])


_DESCRIBED = select(item.c.title, item.c.filename, item.c.note).where(
    item.c.id == bindparam("item_id")
)
_SPANS = (
    select(text_span.c.text, text_span.c.corrected)
    .where(text_span.c.item_id == bindparam("item_id"))
    .order_by(text_span.c.id)
)


def _item_parts(connection: Connection, item_id: int) -> Iterator[tuple[str, int]]:
    """The searchable text of an item, if it exists: one part unless its texts are long.

    Yields:
        The words of a part, and how many texts are in it.
    """
    of_item = {"item_id": item_id}
    described = connection.execute(_DESCRIBED, of_item).one_or_none()
    if described is None:
        return
    parts, texts, size = list(described), 0, 0
    spans = connection.execute(_SPANS, of_item)
    for span in (cell for row in spans for cell in row if cell is not None):
        if size + len(span) > _PART and parts:
            yield "\n".join(parts), texts
            parts, texts, size = [], 0, 0
        parts.append(span)
        texts += 1
        size += len(span)
    yield "\n".join(parts), texts


def _batches(ids: Iterable[int]) -> Iterator[list[int]]:
    going_on = iter(ids)
    while batch := list(islice(going_on, _BATCH)):
        yield batch
