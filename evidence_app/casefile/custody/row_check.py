"""Compares the rows as they stand in the file with the digests that the custody log vouches for."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from evidence_app.casefile.custody import seals
from evidence_app.casefile.custody.seals import GONE, SIZE, Seal, in_blocks
from evidence_app.model.verification import Mismatch, MismatchKind
from evidence_app.progress import Meter

_BLOCK = 1024


class SealedRows:
    """What every row should be by the newest seal of it.

    The digests lie in blocks of rows with numbers that follow each other: some millions of them
    take little more than 32 bytes each.
    """

    def __init__(self) -> None:
        self._tables: dict[str, dict[int, bytearray]] = {}

    def put(self, seal: Seal) -> None:
        """Note newer digests of rows."""
        blocks = self._tables.setdefault(seal.table, {})
        for number, offset, digests in in_blocks(seal, _BLOCK):
            block = blocks.get(number)
            if block is None:
                block = blocks[number] = bytearray(_BLOCK * SIZE)
            block[offset * SIZE : offset * SIZE + len(digests)] = digests

    def take(self, table: str, row_id: int) -> bytes:
        """The digest that a row should have, `GONE` for none; it is forgotten then."""
        number, offset = divmod(row_id, _BLOCK)
        block = self._tables.get(table, {}).get(number)
        if block is None:
            return GONE
        place = slice(offset * SIZE, (offset + 1) * SIZE)
        digest = bytes(block[place])
        block[place] = GONE
        return digest

    def remaining(self, table: str) -> Iterator[tuple[int, bytes]]:
        """Rows of which there are digests that nobody took."""
        for number, block in sorted(self._tables.get(table, {}).items()):
            for offset in range(_BLOCK) if any(block) else ():
                digest = bytes(block[offset * SIZE : (offset + 1) * SIZE])
                if digest != GONE:
                    yield number * _BLOCK + offset, digest


def compare_all(connection: Connection, sealed: SealedRows, rows: Meter) -> Iterator[Mismatch]:
    """Compare all tables; ``rows`` counts those of each table before it is compared."""
    for table in seals.TABLES:
        rows.advance(seals.count(connection, table))
        yield from compare(connection, table, sealed)


def compare(connection: Connection, table: str, sealed: SealedRows) -> Iterator[Mismatch]:
    """Rows of a table that were changed, added or removed beside the program."""
    condition = "sha256 IS NOT NULL" if table == "content" else "TRUE"
    after: int | None = None
    while True:
        further = condition if after is None else f"{condition} AND id > {after}"
        try:
            for row_id, actual in seals.rows(connection, table, f"WHERE {further}"):
                yield from _compared(table, row_id, sealed.take(table, row_id), actual)
                after = row_id
            break
        except dbapi2.DatabaseError as error:
            # One row that is no text, or lies on a damaged page, hides no others.
            after = _next_id(connection, table, further)
            if after is None:
                yield Mismatch(MismatchKind.DATABASE, table, "readable", str(error))
                return
            expected = sealed.take(table, after).hex()
            yield Mismatch(MismatchKind.ROW_CHANGED, f"{table} {after}", expected, str(error))
    for row_id, digest in sealed.remaining(table):
        yield Mismatch(MismatchKind.ROW_REMOVED, f"{table} {row_id}", digest.hex(), "none")


def _compared(table: str, row_id: int, expected: bytes, actual: bytes) -> Iterator[Mismatch]:
    if actual == expected:
        return
    where = f"{table} {row_id}"
    if expected == GONE:
        yield Mismatch(MismatchKind.ROW_ADDED, where, "none", actual.hex())
    else:
        yield Mismatch(MismatchKind.ROW_CHANGED, where, expected.hex(), actual.hex())


def _next_id(connection: Connection, table: str, condition: str) -> int | None:
    try:
        query = f'SELECT min(id) FROM "{table}" WHERE {condition}'
        next_id = connection.exec_driver_sql(query).scalar()
    except DBAPIError:
        return None
    return None if next_id is None else int(next_id)
