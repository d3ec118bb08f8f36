"""Compares the search index with the words that it should be made of."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from evidence_app.casefile.custody import index_pages
from evidence_app.casefile.records import search
from evidence_app.casefile.schema import SEARCH_INDEXES, SEARCH_TABLES
from evidence_app.casefile.storage import connection as database
from evidence_app.casefile.storage.cipher import CipherKey
from evidence_app.model.verification import Mismatch, MismatchKind
from evidence_app.progress import Progress

_ROWS = 20_000
_CHARACTERS = 8 << 20
"""So much is indexed anew at once: the memory for it stays small."""

_HIGHEST = 50_000_000
"""No row that the program wrote has a higher number."""

_MASK = (1 << 64) - 1


def compare(path: Path, key: CipherKey | None, progress: Progress) -> Iterator[Mismatch]:
    """Rows whose words in the search index differ from their text.

    The words are indexed once more, in memory, by the same rules.

    Args:
        path: The case file.
        key: If it is locked.
        progress: Asked now and then whether to go on.
    """
    connection = database.connect(path, read_only=True, key=key)
    connection.text_factory = bytes
    try:
        connection.execute("BEGIN")
        for index, statement, words in zip(SEARCH_INDEXES, SEARCH_TABLES, _WORDS, strict=True):
            try:
                yield from _compare(connection, index, statement, words, progress)
            except dbapi2.DatabaseError as error:
                yield Mismatch(MismatchKind.SEARCH, index, "readable", str(error))
    finally:
        connection.close()


@dataclass(frozen=True, slots=True)
class _Words:
    """What an index should be made of.

    Attributes:
        table: To whose rows it leads.
        rows: The numbers of these rows with words, and whether it is the first time that a row is
            among them.
        is_in_parts: Whether one row may have several in the index: then which words stand in it
            is compared, not where.
    """

    table: str
    rows: Callable[[Any], Iterator[tuple[int, bool, str]]]
    is_in_parts: bool = False


def _own_words(query: str) -> Callable[[Any], Iterator[tuple[int, bool, str]]]:
    def rows(connection: Any) -> Iterator[tuple[int, bool, str]]:
        for row_id, *cells in connection.execute(query):
            yield row_id, True, _joined(cells)

    return rows


def _texts(connection: Any) -> Iterator[tuple[int, bool, str]]:
    """The words of each line, as of the first line of its page; corrected pages twice."""
    pages = f"SELECT DISTINCT item_id, {search.PAGE} FROM text_span WHERE corrected IS NOT NULL"
    corrected_pages = set(connection.execute(pages))
    lines = f"SELECT id, item_id, {search.PAGE}, text, corrected FROM text_span ORDER BY id"
    first_lines: dict[tuple[int, object], int] = {}
    for line, item_id, page, words, corrected in connection.execute(lines):
        first = first_lines.setdefault((item_id, page), line)
        yield first, first == line, _joined([words])
        if (item_id, page) in corrected_pages:
            yield first, False, _joined([words if corrected is None else corrected])


_WORDS = (
    _Words("item", _own_words("SELECT id, title, filename, note FROM item")),
    _Words(
        "event",
        _own_words("SELECT id, text, contact_name, identifier, identifier_normalized FROM event"),
    ),
    _Words("text_span", _texts, is_in_parts=True),
)


@dataclass(slots=True)
class _Sums:
    """A checksum of each row's words: those in the index minus those that should be there.

    Attributes:
        totals: By the number of the row.
        strays: Numbers in the index that no row has.
    """

    totals: array[int]
    strays: set[int] = field(default_factory=set)

    def add(self, row_id: int, value: int) -> None:
        if 0 <= row_id < len(self.totals):
            self.totals[row_id] = (self.totals[row_id] + value) & _MASK
        else:
            self.strays.add(row_id)


def _compare(
    connection: Any, index: str, statement: str, words: _Words, progress: Progress
) -> Iterator[Mismatch]:
    index_pages.check(connection, index)
    highest = connection.execute(f"SELECT max(id) FROM {words.table}").fetchone()[0] or 0
    sums = _Sums(array("Q", bytes(8 * (min(max(highest, 0), _HIGHEST) + 1))))
    for term, row_id, offset in _indexed_words(connection, index):
        row = row_id & search.FIRST_LINE if words.is_in_parts else row_id
        sums.add(row, _weight(term, 0 if words.is_in_parts else offset) + _COUNTED)
    for row_id, length in index_pages.lengths(connection, index):
        row = row_id & search.FIRST_LINE if words.is_in_parts else row_id
        sums.add(row, (_LISTED if row == row_id else 0) - length * _COUNTED)
    for batch in _batches(words.rows(connection)):
        progress.check()
        with closing(dbapi2.connect(":memory:", isolation_level=None)) as anew:
            anew.text_factory = bytes
            anew.execute(statement)
            rows = enumerate(text for _, _, text in batch)
            anew.executemany(f"INSERT INTO {index}(rowid, text) VALUES (?, ?)", rows)
            for term, place, offset in _indexed_words(anew, index):
                sums.add(batch[place][0], -_weight(term, 0 if words.is_in_parts else offset))
        for row_id, is_first, _ in batch:
            sums.add(row_id, -_LISTED if is_first else 0)
    differing = {row_id for row_id, total in enumerate(sums.totals) if total}
    for row_id in sorted(differing | sums.strays):
        yield Mismatch(MismatchKind.SEARCH, f"{words.table} {row_id}", "its words", "other words")


def _weight(term: bytes, offset: int) -> int:
    # Hashes of bytes are another each time the program runs: nobody can aim at them.
    return hash((term, offset))


_COUNTED, _LISTED = hash(b"a word of a row"), hash(b"a row in the list of lengths")


def _indexed_words(connection: Any, index: str) -> Iterator[tuple[bytes, int, int]]:
    """Each word of an index, with the number of its row and its place there."""
    connection.execute(f"CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, {index}, instance)")
    yield from connection.execute("SELECT term, doc, offset FROM temp.words")
    connection.execute("DROP TABLE temp.words")


def _batches(
    rows: Iterable[tuple[int, bool, str]],
) -> Iterator[list[tuple[int, bool, str]]]:
    batch: list[tuple[int, bool, str]] = []
    size = 0
    for row_id, is_first, words in rows:
        text = search.index_text(words)
        batch.append((row_id, is_first, text))
        size += len(text)
        if len(batch) >= _ROWS or size >= _CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _joined(cells: Iterable[object]) -> str:
    # A cell of another kind is told of where rows are checked.
    return "\n".join(cell.decode("utf-8", "replace") for cell in cells if isinstance(cell, bytes))
