"""Full-text search that finds two-character Chinese words and beginnings of Latin words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice

from sqlalchemy import Connection, select

from evidence_app.casefile.change import Change
from evidence_app.casefile.schema import event, item, text_span

_CJK = re.compile(
    "([\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff])"
)
_BATCH = 2000


def index_text(words: str) -> str:
    """The words with every Chinese, Japanese or Korean character as a word of its own."""
    return _CJK.sub(r" \1 ", words)


def match_expression(words: str) -> str:
    """An FTS5 query: each word of ``words`` must occur, the last one may go on."""
    phrases = []
    for word in re.sub('["\0]', " ", words).split():
        tokens = " ".join(index_text(word).split())
        phrases.append(f'"{tokens}"' if _CJK.search(word[-1]) else f'"{tokens}"*')
    return " AND ".join(phrases)


def refresh(change: Change) -> None:
    """Index anew what the change touched."""
    connection = change.connection
    _forget(connection, "event_search", change.changed("event"))
    _add(connection, "event_search", _event_texts, change.changed("event"))
    for ids in change.inserted.get("event", ()):
        _add(connection, "event_search", _event_texts, ids)
    new = set(chain.from_iterable(change.inserted.get("item", ())))
    items = {*change.changed("item"), *_items_of_spans(change)} - new
    _forget(connection, "item_search", items)
    _add(connection, "item_search", _item_texts, sorted(items | new))


def _items_of_spans(change: Change) -> Iterator[int]:
    """The items whose texts were changed."""
    yield from change.reworded
    query = select(text_span.c.item_id).distinct()
    for new in change.inserted.get("text_span", ()):
        between = text_span.c.id.between(new.start, new.stop - 1)
        yield from change.connection.execute(query.where(between)).scalars()


_Texts = Callable[[Connection, list[int]], Iterator[tuple[int, str]]]


def _forget(connection: Connection, table: str, ids: Iterable[int]) -> None:
    for batch in _batches(ids):
        numbers = ",".join(map(str, batch))
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE rowid IN ({numbers})")


def _add(connection: Connection, table: str, texts: _Texts, ids: Iterable[int]) -> None:
    for batch in _batches(ids):
        rows = [(key, index_text(words)) for key, words in texts(connection, batch)]
        if rows:
            connection.exec_driver_sql(f"INSERT INTO {table}(rowid, text) VALUES (?, ?)", rows)


def _event_texts(connection: Connection, ids: list[int]) -> Iterator[tuple[int, str]]:
    columns = event.c
    query = select(
        columns.id,
        columns.text,
        columns.contact_name,
        columns.identifier,
        columns.identifier_normalized,
    ).where(columns.id.in_(ids))
    for row in connection.execute(query):
        yield row.id, "\n".join(row[1:])


def _item_texts(connection: Connection, ids: list[int]) -> Iterator[tuple[int, str]]:
    columns = item.c
    query = select(columns.id, columns.title, columns.filename, columns.note)
    for row in connection.execute(query.where(columns.id.in_(ids))).all():
        spans = connection.execute(
            select(text_span.c.text).where(text_span.c.item_id == row[0])
        ).scalars()
        yield row[0], "\n".join([*row[1:], *spans])


def _batches(ids: Iterable[int]) -> Iterator[list[int]]:
    going_on = iter(ids)
    while batch := list(islice(going_on, _BATCH)):
        yield batch
