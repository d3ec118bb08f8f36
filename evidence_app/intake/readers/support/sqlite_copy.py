"""Databases of phones, opened as copies: reading a database can write beside it."""

from __future__ import annotations

import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from evidence_app.intake.readers.support.database_parts import ENDINGS
from evidence_app.intake.records import Notice, Source
from evidence_app.messages import MessageCode, message

MAGIC = b"SQLite format 3\x00"
MEDIA_TYPE = "application/vnd.sqlite3"

_KNOWN_COLLATIONS = frozenset({"BINARY", "NOCASE", "RTRIM"})
_COLLATION = re.compile(r"collate\s+[\"'`\[]?(\w{1,64})", re.I)
_STEPS = 100_000
_LONGEST = 64 << 20


class Copy:
    """A copy of a database.

    Attributes:
        tables: The columns of each ordinary table, by its name. Views and virtual tables are left
            out: they may need code that only the phone has, as the tokenizers of Apple's full-text
            tables, and hold nothing that no other table holds.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._is_damaged = False
        self._know_collations()
        self.tables = {name: columns for name in self._names() if (columns := self._columns(name))}

    def has(self, table: str, *columns: str) -> bool:
        """Whether there is such a table with these columns."""
        return table in self.tables and set(columns) <= self.tables[table]

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[sqlite3.Row]:
        """The rows of a query, as far as the database is whole there."""
        try:
            yield from self._connection.execute(sql, parameters)
        except sqlite3.DatabaseError:
            self._is_damaged = True

    def damage(self) -> Iterator[Notice]:
        """What is to be said if some rows could not be read; to be asked for after all rows."""
        if self._is_damaged:
            yield Notice(message(MessageCode.DATABASE_DAMAGED), damaged=True)

    def column(self, table: str, name: str, default: str = "NULL", alias: str = "") -> str:
        """An expression for a column that not every version of a database has."""
        expression = f'{alias}"{name}"' if name in self.tables.get(table, ()) else default
        return f'{expression} AS "{name}"'

    def number(self, table: str) -> str:
        """An expression for the number of a row, also in a table that has none of its own."""
        try:
            self._connection.execute(f"SELECT rowid FROM {_quoted(table)} LIMIT 0")
        except sqlite3.DatabaseError:
            return "row_number() OVER ()"
        return "rowid"

    def _names(self) -> list[str]:
        # A virtual table has no page of its own.
        query = "SELECT name FROM sqlite_master WHERE type='table' AND rootpage > 0"
        return [str(row[0]) for row in self._connection.execute(query)]

    def _columns(self, table: str) -> set[str]:
        """The columns, generated ones too; none of a table whose definition is not understood."""
        try:
            rows = self._connection.execute(f"PRAGMA table_xinfo({_quoted(table)})")
            return {str(row[1]) for row in rows}
        except sqlite3.DatabaseError:
            return set()

    def _know_collations(self) -> None:
        """Order words by their bytes where a phone has an order of its own."""
        query = "SELECT sql FROM sqlite_master WHERE sql LIKE '%collate%'"
        for row in self._connection.execute(query):
            for name in _COLLATION.findall(text(row[0])):
                if name.upper() not in _KNOWN_COLLATIONS:
                    self._connection.create_collation(name, _by_code_point)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _by_code_point(first: str, other: str) -> int:
    return (first > other) - (first < other)


@contextmanager
def opened(source: Source) -> Iterator[Copy | None]:
    """A copy of the database with its newest rows, or None if it is none.

    The rows that were not yet moved from the write-ahead log into the database are only seen if
    that log is copied along and the copy is opened as a database that may be written: with
    ``immutable=1`` SQLite leaves the log aside.
    """
    source.stream.seek(0)
    if source.stream.read(len(MAGIC)) != MAGIC:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="evidence-database-") as folder:
        path = Path(folder) / "copy.db"
        parts = {
            ending: source.companions[ending] for ending in ENDINGS if ending in source.companions
        }
        for ending, stream in {"": source.stream, **parts}.items():
            stream.seek(0)
            with Path(f"{path}{ending}").open("wb") as target:
                shutil.copyfileobj(stream, target, 1 << 20)
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            yield _prepared(connection, source)
        finally:
            connection.close()


def _prepared(connection: sqlite3.Connection, source: Source) -> Copy | None:
    connection.row_factory = sqlite3.Row
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    connection.set_progress_handler(lambda: source.alive(), _STEPS)
    try:
        # What a schema from a stranger calls is not to be trusted.
        connection.execute("PRAGMA trusted_schema=OFF")
        # One definition that SQLite does not understand must not hide all other tables.
        connection.execute("PRAGMA writable_schema=ON")
        return Copy(connection)
    except sqlite3.DatabaseError:
        return None


def text(value: Any) -> str:
    """A cell as text; bytes as UTF-8, also where a tool wrote them as Python does."""
    if value is None:
        return ""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    written = str(value)
    if len(written) > 3 and written[:2] in ("b'", 'b"') and written[-1] == written[1]:
        return written[2:-1]
    return written


def fields(row: sqlite3.Row) -> dict[str, str]:
    """All cells of a row that hold something, as written."""
    return {
        name: text(row[name])[:500]
        for name in row.keys()  # noqa: SIM118 - a row is not its keys.
        if row[name] not in (None, "") and not isinstance(row[name], bytes)
    }
