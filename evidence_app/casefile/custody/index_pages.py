"""Looks whether the tables behind a search index hang together, which SQLite does not check.

The format is that of FTS5: https://sqlite.org/fts5.html and the comments of fts5_index.c. A segment
is a sorted list of words on pages (``data``); of each page on which a word begins, ``idx`` has the
beginning of that word. A search looks only where ``idx`` sends it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlcipher3 import dbapi2

_TOTALS, _STRUCTURE = 1, 10
_SEGMENT_BITS, _PAGE = 37, (1 << 36) - 1
_OF_REMOVED = 1 << 16
"""Pages with the numbers of removed rows have the number of their segment, and this added."""

_CELLS = (("data", "block", "blob"), ("docsize", "sz", "blob"), ("docsize", "origin", "integer"))
_SEVEN_BITS = 0x7F


def check(connection: Any, index: str) -> None:
    """Make sure that the tables of an index fit each other.

    Raises:
        sqlcipher3.dbapi2.DatabaseError: They do not.
    """
    for table, column, kind in _CELLS:
        query = f"SELECT count(*) FROM {index}_{table} WHERE typeof({column}) <> '{kind}'"
        _require(connection.execute(query).fetchone()[0] == 0, f"{index}_{table}.{column}")
    settings = connection.execute(f"SELECT k, v FROM {index}_config").fetchall()
    _require([key for key, _ in settings] == [b"version"], f"{index}_config")
    _check_pages(connection, index)


def _check_pages(connection: Any, index: str) -> None:
    pages: dict[int, list[int]] = {}
    with_words: set[tuple[int, int]] = set()
    others: set[int] = set()
    query = f"SELECT id, substr(block, 3, 2), length(block) FROM {index}_data ORDER BY id"
    for row_id, end_of_rows, size in connection.execute(query):
        segment, page = row_id >> _SEGMENT_BITS, row_id & (1 << _SEGMENT_BITS) - 1
        if segment == 0:
            others.add(row_id)
        elif segment > _OF_REMOVED or page > _PAGE:
            _require(segment % _OF_REMOVED in pages, f"{index}_data")
        else:
            pages.setdefault(segment, []).append(page)
            if int.from_bytes(end_of_rows) < size:
                with_words.add((segment, page))
    _require(others == {_TOTALS, _STRUCTURE}, f"{index}_data")
    listed = set(_listed(connection, index))
    _require(
        all(segment in pages and page <= pages[segment][-1] for segment, page in listed),
        f"{index}_idx",
    )
    # What a merge did not come to the end of begins on a page that needs no place in the list.
    begins = {(segment, numbers[0]) for segment, numbers in pages.items()}
    _require(with_words - begins <= listed, f"{index}_idx")
    _require(pages.keys() == {segment for segment, _ in listed}, f"{index}_idx")


def _listed(connection: Any, index: str) -> Iterator[tuple[int, int]]:
    yield from connection.execute(f"SELECT segid, pgno >> 1 FROM {index}_idx")


def lengths(connection: Any, index: str) -> Iterator[tuple[int, int]]:
    """Row and number of words of each row, as the index has them listed; -1 for no number."""
    for row_id, size in connection.execute(f"SELECT id, sz FROM {index}_docsize"):
        yield row_id, _number(size)


def _number(encoded: bytes) -> int:
    *before, last = encoded or b"\xff"
    if last > _SEVEN_BITS or any(byte <= _SEVEN_BITS for byte in before):
        return -1
    value = 0
    for byte in encoded:
        value = value << 7 | byte & _SEVEN_BITS
    return value


def _require(is_right: bool, where: str) -> None:
    if not is_right:
        raise dbapi2.DatabaseError(f"{where} does not fit the rest of the index")
