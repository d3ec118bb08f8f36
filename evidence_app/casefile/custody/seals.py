"""Digests of single rows, which custody entries vouch for.

What is changed beside the program does not fit them any more. At the end of each transaction
every row that it touched is read back as it stands in the file and digested. The digests are kept
in ``row_seal``, and the digest over them is part of the custody entry, so that the chain holds
them, and the signature too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import Connection, LargeBinary, func, select

from evidence_app.casefile import schema
from evidence_app.casefile.schema import row_seal
from evidence_app.casefile.storage.cells import damaged

if TYPE_CHECKING:
    from evidence_app.casefile.change import Change

SIZE = hashlib.sha256().digest_size
"""Bytes of a digest."""

GONE = bytes(SIZE)
"""Stands for a row that is no longer there."""

EMPTY_DIGEST = hashlib.sha256().hexdigest()
"""The digest of a change that touches no row."""

TABLES = tuple(
    name for name in sorted(schema.metadata.tables) if name not in schema.UNSEALED_TABLES
)
"""The tables whose rows are sealed: all that the person sees, and the list of originals."""

_BLOBS = {
    name: frozenset(column.name for column in table.columns if isinstance(column.type, LargeBinary))
    for name, table in schema.metadata.tables.items()
}
"""The columns of each table that hold bytes."""

_BATCH = 512
_AT_ONCE = 16
_LAST = 1 << 62
"""The program never comes to so high a number; beyond it SQLite has few left."""


@dataclass(frozen=True, slots=True)
class Seal:
    """The digests of rows with numbers that follow each other.

    Attributes:
        table: Their table.
        first: The number of the first.
        digests: `SIZE` bytes for each; `GONE` for one that was removed.
        id: The row of ``row_seal`` that holds them; 0 if none does yet.
    """

    table: str
    first: int
    digests: bytes
    id: int = 0


def digest_of(table: str, names: Sequence[str], row: Sequence[Any]) -> bytes:
    """SHA-256 over one row as one JSON object; empty cells are left out.

    So a column that a later version adds does not change what was sealed before.
    """
    cells = {name: cell for name, cell in zip(names, row, strict=True) if cell is not None}
    blobs = _BLOBS.get(table, frozenset())
    for name in blobs & cells.keys():
        # Bytes are digested as a text. A text in their place must not pass for them.
        cell = cells[name]
        cells[name] = hashlib.sha256(cell).hexdigest() if isinstance(cell, bytes) else [cell]
    return hashlib.sha256(orjson.dumps(cells, default=_stray_bytes, option=_SORTED)).digest()


def of_change(change: Change) -> Iterator[Seal]:
    """The rows that a transaction touched, as they stand in the file now."""
    for table in filter(change.touches, TABLES):
        for seal in _of_rows(change.connection, table, change.all_ids(table)):
            yield seal
            change.finish(len(seal.digests) // SIZE)


def of_everything(connection: Connection) -> Iterator[Seal]:
    """All rows that there are."""
    for table in TABLES:
        rows = connection.exec_driver_sql(f'SELECT id FROM "{table}" ORDER BY id')
        yield from _of_rows(connection, table, (row[0] for row in rows))


def digest(seals: Iterable[Seal]) -> str:
    """What a custody entry says of the rows that it changed: SHA-256 over their seals."""
    hasher = hashlib.sha256()
    for seal in seals:
        hasher.update(orjson.dumps([seal.table, seal.first, len(seal.digests)]))
        hasher.update(seal.digests)
    return hasher.hexdigest()


def keep(connection: Connection, entry: int, new_seals: Iterable[Seal]) -> Iterator[Seal]:
    """Write the seals of the custody entry with that number, some at a time.

    The entry may be written later in the same transaction.

    Yields:
        Each seal, as it is kept.

    Raises:
        DamagedError: Somebody planted a seal that leaves no number.
    """
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    newest = int(connection.exec_driver_sql("SELECT max(id) FROM row_seal").scalar() or 0)
    if newest >= _LAST:
        raise damaged("row_seal")
    going_on = iter(new_seals)
    while batch := list(islice(going_on, _AT_ONCE)):
        numbered = [replace(seal, id=newest + n) for n, seal in enumerate(batch, 1)]
        connection.exec_driver_sql(
            "INSERT INTO row_seal (id, entry_seq, table_name, first_id, digests) "
            "VALUES (?, ?, ?, ?, ?)",
            [(seal.id, entry, seal.table, seal.first, seal.digests) for seal in numbered],
        )
        newest += len(numbered)
        yield from numbered


def in_blocks(seal: Seal, size: int) -> Iterator[tuple[int, int, bytes]]:
    """The digests of a seal, apart for each block of so many row numbers.

    Yields:
        The number of the block, the place of the first row in it, and the digests.
    """
    count, position = len(seal.digests) // SIZE, 0
    while position < count:
        number, offset = divmod(seal.first + position, size)
        following = min(count, position + size - offset)
        yield number, offset, seal.digests[position * SIZE : following * SIZE]
        position = following


def rows(connection: Connection, table: str, condition: str = "") -> Iterator[tuple[int, bytes]]:
    """Number and digest of rows as they stand in the file, in the order of their numbers.

    Raises:
        sqlcipher3.dbapi2.DatabaseError: The file is damaged, or a text is no text.
    """
    raw: Any = connection.connection.driver_connection
    cursor = raw.execute(f'SELECT * FROM "{table}" {condition} ORDER BY id')
    names = [column[0] for column in cursor.description]
    key = names.index("id")
    for row in cursor:
        yield row[key], digest_of(table, names, row)


def newest(connection: Connection) -> int:
    """The number of the seal that was made last; 0 if there is none."""
    return connection.execute(select(func.max(row_seal.c.id))).scalar() or 0


def touched_since(connection: Connection, seal: int) -> dict[str, set[int]]:
    """The numbers of all rows that were written or removed since a seal was made, by table."""
    columns = row_seal.c.table_name, row_seal.c.first_id, func.length(row_seal.c.digests)
    touched: dict[str, set[int]] = {}
    for table, first, size in connection.execute(select(*columns).where(row_seal.c.id > seal)):
        touched.setdefault(table, set()).update(range(first, first + size // SIZE))
    return touched


def count(connection: Connection, table: str) -> int:
    """How many rows a table has."""
    return int(connection.exec_driver_sql(f'SELECT count(*) FROM "{table}"').scalar_one())


def _of_rows(connection: Connection, table: str, ids: Iterable[int]) -> Iterator[Seal]:
    going_on = iter(ids)
    while batch := list(islice(going_on, _BATCH)):
        digests = dict(rows(connection, table, f"WHERE id {_among(batch)}"))
        for run in _runs(batch):
            yield Seal(table, run[0], b"".join(digests.get(row_id, GONE) for row_id in run))


def _among(ids: Sequence[int]) -> str:
    """The condition of a number to be one of these, which are in order."""
    if ids[-1] - ids[0] + 1 == len(ids):
        return f"BETWEEN {ids[0]} AND {ids[-1]}"
    return f"IN ({','.join(map(str, ids))})"


def _runs(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    start = 0
    for place in range(1, len(ids) + 1):
        if place == len(ids) or ids[place] != ids[place - 1] + 1:
            yield ids[start:place]
            start = place


def _stray_bytes(value: object) -> list[str]:
    """Bytes in a column that holds something else."""
    if isinstance(value, bytes):
        return [value.hex()]
    raise TypeError(f"no JSON for {type(value).__name__}")


_SORTED = orjson.OPT_SORT_KEYS
