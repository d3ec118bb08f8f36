"""Compares the search index with the words that it should be made of."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from evidence_app.casefile.records import search
from evidence_app.casefile.schema import SEARCH_TABLES
from evidence_app.casefile.storage import connection as database
from evidence_app.casefile.storage.cipher import CipherKey
from evidence_app.model.verification import Mismatch, MismatchKind

_ROWS = 20_000
_CHARACTERS = 8 << 20
"""So much is indexed anew at once: the memory for it stays small."""

_HIGHEST = 50_000_000
"""No row that the program wrote has a higher number."""

_MASK = (1 << 64) - 1


def compare(
    path: Path, key: CipherKey | None, on_rows: Callable[[int], None]
) -> Iterator[Mismatch]:
    """Rows whose words in the index are not those that stand in them.

    The words are indexed once more, in memory, by the same rules.

    Args:
        path: The case file.
        key: If it is locked.
        on_rows: Told now and then that it goes on; with 0.
    """
    connection = database.connect(path, read_only=True, key=key)
    connection.text_factory = bytes
    try:
        connection.execute("BEGIN")
        for statement, words in zip(SEARCH_TABLES, (_ITEMS, _EVENTS), strict=True):
            index = statement.split()[3]
            try:
                yield from _compare(connection, index, statement, words, on_rows)
            except dbapi2.DatabaseError as error:
                yield Mismatch(MismatchKind.SEARCH, index, "readable", str(error))
    finally:
        connection.close()


_ITEMS = (
    "SELECT id, title, filename, note, (SELECT group_concat(text, char(10)) FROM "
    "(SELECT text FROM text_span WHERE item_id = item.id ORDER BY id)) FROM item"
)
_EVENTS = "SELECT id, text, contact_name, identifier, identifier_normalized FROM event"


def _compare(
    connection: Any, index: str, statement: str, words: str, on_rows: Callable[[int], None]
) -> Iterator[Mismatch]:
    table = index.removesuffix("_search")
    highest = connection.execute(f"SELECT max(id) FROM {table}").fetchone()[0] or 0
    # What the words of a row sum up to: in the index, less what they should.
    sums = array("Q", bytes(8 * (min(max(highest, 0), _HIGHEST) + 1)))
    strays: set[int] = set()
    _add(connection, index, 1, sums, strays)
    for batch in _batches(connection.execute(f"{words} ORDER BY id")):
        on_rows(0)
        with closing(dbapi2.connect(":memory:", isolation_level=None)) as anew:
            anew.text_factory = bytes
            anew.execute(statement)
            anew.executemany(f"INSERT INTO {index}(rowid, text) VALUES (?, ?)", batch)
            _add(anew, index, -1, sums, strays)
    for row_id in sorted({n for n, total in enumerate(sums) if total} | strays):
        yield Mismatch(MismatchKind.SEARCH, f"{table} {row_id}", "its words", "other words")


def _batches(rows: Iterable[Any]) -> Iterator[list[tuple[int, str]]]:
    batch: list[tuple[int, str]] = []
    size = 0
    for row in rows:
        text = search.index_text(_joined(row[1:]))
        batch.append((row[0], text))
        size += len(text)
        if len(batch) >= _ROWS or size >= _CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _joined(cells: Iterable[object]) -> str:
    # A cell of another kind is told of where rows are checked.
    return "\n".join(cell.decode("utf-8", "replace") for cell in cells if isinstance(cell, bytes))


def _add(connection: Any, index: str, sign: int, sums: array[int], strays: set[int]) -> None:
    connection.execute(f"CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, {index}, instance)")
    for term, row_id, offset in connection.execute("SELECT term, doc, offset FROM temp.words"):
        if 0 <= row_id < len(sums):
            # Hashes of bytes are another each time the program runs: nobody can aim at them.
            sums[row_id] = (sums[row_id] + sign * hash((term, offset))) & _MASK
        else:
            strays.add(row_id)
    connection.execute("DROP TABLE temp.words")
