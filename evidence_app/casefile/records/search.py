"""The full-text indexes: what they are made of, and how they follow the rows.

They find two-character Chinese words and beginnings of Latin words. One index has the names and
notes of items, one the events, one the texts of items: by pages where there are pages, else by
items, as a sentence goes on in the next line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, count, islice
from typing import Any

from sqlalchemy import Connection

from evidence_app.casefile.change import Change
from evidence_app.folding import fold
from evidence_app.model.search import Phrase, SearchQuery
from evidence_app.model.snippets import CJK

_CJK = re.compile(f"[{CJK}]+")
_BATCH = 2000
_PART = 1 << 18
_PARTS_FROM = 1 << 40
FIRST_LINE = _PARTS_FROM - 1
"""The bits of a row's number in ``text_search`` that are the first line of what it indexes.

Those above count rows. What was corrected has a row as it was read, and one as it is now. FTS5
keeps all words of one row in memory until the row is complete, so that a long text has a row for
each of its parts; a search for several words finds those that stand in one part.
"""

PAGE = "CASE place_unit WHEN 'page' THEN place_number END"
"""The page of a row of ``text_span``; none in what has no pages."""

_OWN_WORDS = {
    "event_search": (
        "SELECT id, text, contact_name, identifier, identifier_normalized FROM event WHERE id "
    ),
    "item_search": "SELECT id, title, filename, note FROM item WHERE id ",
}


def index_text(text: str) -> str:
    """The words in one form, with every Chinese, Japanese or Korean character as its own word."""
    return text if text.isascii() else _CJK.sub(_spaced, fold(text))


def _spaced(match: re.Match[str]) -> str:
    return f" {' '.join(match[0])} "


def match_expression(query: SearchQuery) -> str:
    """An FTS5 query; without wanted phrases, one that matches nothing."""
    wanted = " AND ".join(map(phrase_expression, query.wanted)) or '""'
    unwanted = " OR ".join(map(phrase_expression, query.unwanted))
    return f"({wanted}) NOT ({unwanted})" if unwanted else wanted


def phrase_expression(phrase: Phrase) -> str:
    """An FTS5 query for one phrase."""
    tokens = " ".join(index_text(phrase.text.replace('"', " ")).split())
    goes_on = phrase.may_go_on and not _CJK.search(tokens[-1:])
    return f'"{tokens}"*' if goes_on else f'"{tokens}"'


def refresh(change: Change) -> None:
    """Index anew what the change touched."""
    connection = change.connection
    for index, table in (("event_search", "event"), ("item_search", "item")):
        _forget(connection, index, change.changed(table))
        for batch in _batches(change.changed(table)):
            _add_own_words(connection, index, f"IN ({','.join(map(str, batch))})")
    for ids in change.inserted.get("item", ()):
        _add_own_words(connection, "item_search", f"BETWEEN {ids.start} AND {ids.stop - 1}")
    for ids in change.inserted.get("event", ()):
        for batch in _batches(ids):
            which = f"BETWEEN {batch[0]} AND {batch[-1]}"
            _add_own_words(connection, "event_search", which)
            change.finish(len(batch))
    # In their order: FTS5 writes all it has in memory to the file when a row has a lower number.
    pages = dict.fromkeys(_pages_of_spans(change))
    _forget(connection, "text_search", _rows_of_texts(change, pages))
    for item_id, page in pages:
        for spans in _add_texts(connection, item_id, page):
            change.finish(spans)


def rebuild(connection: Connection) -> None:
    """Index everything anew: a program of another version may have indexed it by other rules."""
    for index in (*_OWN_WORDS, "text_search"):
        connection.exec_driver_sql(f"INSERT INTO {index}({index}) VALUES ('delete-all')")
    for index in _OWN_WORDS:
        table = index.removesuffix("_search")
        ids = connection.exec_driver_sql(f"SELECT id FROM {table} ORDER BY id").scalars().all()
        for batch in _batches(ids):
            _add_own_words(connection, index, f"BETWEEN {batch[0]} AND {batch[-1]}")
    for item_id, page in connection.exec_driver_sql(_ALL_PAGES).all():
        for _ in _add_texts(connection, item_id, page):
            pass


_ALL_PAGES = f"SELECT DISTINCT item_id, {PAGE} FROM text_span"


def _pages_of_spans(change: Change) -> Iterator[tuple[int, int | None]]:
    """The items and pages of which texts were written, changed or removed."""
    yield from change.reworded
    for new in change.inserted.get("text_span", ()):
        query = f"{_ALL_PAGES} WHERE id BETWEEN ? AND ?"
        rows = change.connection.exec_driver_sql(query, (new.start, new.stop - 1))
        yield from ((item_id, page) for item_id, page in rows)


def _rows_of_texts(change: Change, pages: Iterable[tuple[int, int | None]]) -> Iterator[int]:
    """The rows in which pages are indexed, and those of texts that are no more."""
    connection = change.connection
    new_items = {item_id for ids in change.inserted.get("item", ()) for item_id in ids}
    spans = (
        span_id
        for item_id, page in pages
        if item_id not in new_items
        for span_id in connection.exec_driver_sql(
            f"SELECT id FROM text_span WHERE item_id = ?1 AND {lines_of(page)}", (item_id, page)
        ).scalars()
    )
    for batch in _batches(chain(change.touched.get("text_span", ()), spans)):
        rows = batch
        while rows := _indexed(connection, rows):
            yield from rows
            rows = [row + _PARTS_FROM for row in rows]


def _indexed(connection: Connection, rows: Iterable[int]) -> list[int]:
    """Those of some numbers of which there is a row in the index of texts."""
    # Each row that is indexed has one in this table of FTS5.
    query = f"SELECT id FROM text_search_docsize WHERE id IN ({','.join(map(str, rows))})"
    return list(connection.exec_driver_sql(query).scalars())


def _forget(connection: Connection, index: str, ids: Iterable[int]) -> None:
    for batch in _batches(ids):
        numbers = ",".join(map(str, batch))
        connection.exec_driver_sql(f"DELETE FROM {index} WHERE rowid IN ({numbers})")


def _add_own_words(connection: Connection, index: str, which: str) -> None:
    """Index the events or items that meet a condition on their numbers."""
    raw: Any = connection.connection.driver_connection
    texts = raw.execute(f"{_OWN_WORDS[index]}{which}")
    rows = ((row[0], index_text("\n".join(row[1:]))) for row in texts)
    raw.executemany(f"INSERT INTO {index}(rowid, text) VALUES (?, ?)", rows)


_LINES_OF_PAGE = "place_unit = 'page' AND place_number = ?2"
_LINES_WITHOUT_PAGE = f"{PAGE} IS ?2"


def lines_of(page: int | None) -> str:
    """The condition on rows of ``text_span``, without that on their item, to be on a page.

    It has the page as its second parameter, and is one that the index by pages can answer.
    """
    return _LINES_WITHOUT_PAGE if page is None else _LINES_OF_PAGE


def _add_texts(connection: Connection, item_id: int, page: int | None) -> Iterator[int]:
    """Index the texts on a page, as far as there are any; yields how many were in each part."""
    raw: Any = connection.connection.driver_connection
    lines = f"FROM text_span WHERE item_id = ?1 AND {lines_of(page)}"
    measure = f"SELECT min(id), count(corrected) {lines}"
    first, corrected = raw.execute(measure, (item_id, page)).fetchone()
    if first is None:
        return
    numbers = count(first, _PARTS_FROM)
    for version in ("text", "coalesce(corrected, text)") if corrected else ("text",):
        texts = raw.execute(f"SELECT {version} {lines} ORDER BY id", (item_id, page))
        for part in _parts(text for (text,) in texts):
            row = (next(numbers), index_text("\n".join(part)))
            raw.execute("INSERT INTO text_search(rowid, text) VALUES (?, ?)", row)
            yield len(part)


def _parts(texts: Iterable[str]) -> Iterator[list[str]]:
    """Texts as they come, in parts that are not too long."""
    part: list[str] = []
    size = 0
    for text in texts:
        if part and size + len(text) > _PART:
            yield part
            part, size = [], 0
        part.append(text)
        size += len(text)
    yield part


def _batches(ids: Iterable[int]) -> Iterator[list[int]]:
    going_on = iter(ids)
    while batch := list(islice(going_on, _BATCH)):
        yield batch
