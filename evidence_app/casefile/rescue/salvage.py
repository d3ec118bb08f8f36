"""Reads what can still be read of a damaged case file, row by row, and never writes to it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Float, LargeBinary, Table, Text
from sqlcipher3 import dbapi2

from evidence_app.casefile import schema
from evidence_app.casefile.custody import seals
from evidence_app.casefile.custody.seals import GONE, SIZE
from evidence_app.casefile.rescue.vouched import Vouched
from evidence_app.casefile.storage import connection as database
from evidence_app.casefile.storage.cipher import CipherKey
from evidence_app.closing import Closing

Row = dict[str, Any]
DatabaseError = dbapi2.DatabaseError
"""What `Damaged` raises if SQLite does not take the file for a database."""

_LEFT_OUT = frozenset({"content", "content_chunk", "custody_entry", "row_seal", "time_anchor"})
TABLES = tuple(table for table in schema.metadata.sorted_tables if table.name not in _LEFT_OUT)
"""The tables whose rows are salvaged one by one, those that others refer to first."""

_NUMBERS = 200_000
"""So many numbers above the highest known are tried where a table's end cannot be read."""


@dataclass(slots=True)
class SalvagedTable:
    """What could be read of a table.

    Attributes:
        rows: Its rows, by their numbers.
        lost: How many rows are known to be damaged, altered, added or gone.
        unvouched: The numbers of those of its rows for which nothing in the log vouches any more.
    """

    rows: dict[int, Row] = field(default_factory=dict)
    lost: int = 0
    unvouched: set[int] = field(default_factory=set)


class Damaged(Closing):
    """A damaged case file, open for reading.

    Raises:
        sqlcipher3.dbapi2.DatabaseError: SQLite does not take it for a database at all.
    """

    def __init__(self, path: Path, key: CipherKey | None) -> None:
        self._connection = database.connect(path, read_only=True, key=key)
        # A text with a broken character is better than none.
        self._connection.text_factory = lambda data: data.decode("utf-8", "replace")
        try:
            self._connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except BaseException:
            self._connection.close()
            raise
        self._sealed = self._read_seals()
        self._vouched = Vouched(path, key)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def table(self, table: Table) -> SalvagedTable:
        """The rows of a table that are whole: readable, and as they were sealed.

        Of rows whose seals are lost nobody can tell whether they are; they are among them as long
        as the log is damaged too. Where it is whole, they were added by somebody else.
        """
        salvaged = SalvagedTable()
        sealed = self._sealed.get(table.name, {})
        columns = {column.name for column in table.columns}
        for names, row in self._rows(table.name):
            cells = dict(zip(names, row, strict=True))
            vouched = self._vouched.take(table.name, cells["id"])
            expected = sealed.pop(cells["id"], None)
            if vouched is None and self._vouched.is_whole:
                salvaged.lost += 1
                continue
            expected = vouched or expected
            if expected is not None and expected != seals.digest_of(table.name, names, row):
                salvaged.lost += 1
            elif _fits(table, cells):
                salvaged.rows[cells["id"]] = {
                    name: cell for name, cell in cells.items() if name in columns
                }
                if vouched is None:
                    salvaged.unvouched.add(cells["id"])
            else:
                salvaged.lost += 1
        salvaged.lost += len(sealed)
        return salvaged

    def contents(self) -> list[tuple[int, str, int, str]]:
        """Number, digest, size and media type of each original whose row can be read."""
        originals = []
        for names, row in self._rows("content"):
            cells = dict(zip(names, row, strict=True))
            if isinstance(cells["sha256"], str) and isinstance(cells["size"], int):
                kind = str(cells["media_type"] or "application/octet-stream")
                originals.append((cells["id"], cells["sha256"], cells["size"], kind))
        return originals

    def pieces(self, content_id: int) -> Iterator[bytes]:
        """The pieces of an original that can be read, in their order."""
        try:
            query = "SELECT seq FROM content_chunk WHERE content_id = ? ORDER BY seq"
            numbers = [row[0] for row in self._connection.execute(query, (content_id,))]
        except dbapi2.DatabaseError:
            return  # Its list is damaged; it is looked for without it.
        for seq in numbers:
            try:
                query = "SELECT data FROM content_chunk WHERE content_id = ? AND seq = ?"
                row = self._connection.execute(query, (content_id, seq)).fetchone()
            except dbapi2.DatabaseError:
                continue  # This piece is lost; the digest will tell.
            if row is not None and isinstance(row[0], bytes):
                yield row[0]

    def entries(self) -> list[Row]:
        """The entries of the custody log that can be read."""
        rows = (dict(zip(names, row, strict=True)) for names, row in self._rows("custody_entry"))
        return sorted(rows, key=lambda row: str(row["seq"]).zfill(20))

    def anchors(self) -> list[Row]:
        """The trusted timestamps that can be read."""
        return [dict(zip(names, row, strict=True)) for names, row in self._rows("time_anchor")]

    def _rows(self, table: str) -> Iterator[tuple[list[str], tuple[Any, ...]]]:
        """Column names and cells of every row that can be read, whatever lies between them."""
        after, misses = -1, 0
        highest = self._highest(table)
        while True:
            try:
                query = f'SELECT rowid, * FROM "{table}" WHERE rowid > {after} ORDER BY rowid'
                cursor = self._connection.execute(query)
                names = [column[0] for column in cursor.description][1:]
                for row in cursor:
                    after, misses = row[0], 0
                    yield names, row[1:]
                return
            except dbapi2.DatabaseError:
                # The next row cannot be reached from here: go on behind it.
                after, misses = after + 1, misses + 1
                if after >= highest or misses > _NUMBERS:
                    return

    def _highest(self, table: str) -> int:
        try:
            highest = self._connection.execute(f'SELECT max(rowid) FROM "{table}"').fetchone()[0]
        except dbapi2.DatabaseError:
            highest = None  # Its last page is damaged.
        return int(highest or 0) or _NUMBERS

    def _read_seals(self) -> dict[str, dict[int, bytes]]:
        sealed: dict[str, dict[int, bytes]] = {}
        for names, row in self._rows("row_seal"):
            cells: Mapping[str, Any] = dict(zip(names, row, strict=True))
            digests, first = cells["digests"], cells["first_id"]
            if not isinstance(digests, bytes) or not isinstance(first, int):
                continue
            table = sealed.setdefault(str(cells["table_name"]), {})
            for place in range(0, len(digests) - SIZE + 1, SIZE):
                table[first + place // SIZE] = digests[place : place + SIZE]
        return {
            name: {row_id: digest for row_id, digest in rows.items() if digest != GONE}
            for name, rows in sealed.items()
        }


def digest_of(pieces: Iterator[bytes]) -> str:
    """The SHA-256 of an original in pieces."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()


def _fits(table: Table, cells: Row) -> bool:
    """Whether the cells are of the kinds that the table has."""
    for column in table.columns:
        cell = cells.get(column.name)
        if cell is None:
            if not column.nullable and column.name in cells:
                return False
        elif not isinstance(cell, _kinds(column.type)):
            return False
    return True


def _kinds(kind: object) -> type | tuple[type, ...]:
    if isinstance(kind, Float):
        return (int, float)
    if isinstance(kind, Text):
        return str
    if isinstance(kind, LargeBinary):
        return bytes
    return int
