"""Shows of single rows, to somebody without the case file, that the custody log vouches for them.

A row is handed over with all its cells and its key; the entry that sealed it last, with what
stands for each row that it changed (`entry_form.leaves`). From them its digest, its place among
those of the entry, and the entry's ``rows_digest`` can be recomputed. Of the other rows nothing
can be read or guessed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import orjson
from sqlalchemy import Connection, func, select

from evidence_app.casefile.custody import entry_form, seals
from evidence_app.casefile.custody import log as custody
from evidence_app.casefile.custody.seals import SIZE, Seal
from evidence_app.casefile.schema import custody_entry, row_seal

_BATCH = 500


@dataclass(frozen=True, slots=True)
class RowProof:
    """A row as it was handed over.

    Attributes:
        table: Its table.
        cells: What stands in it, without empty cells.
        entry: The number of the entry that sealed it last.
        place: Which of the rows that the entry changed it is, from 0; negative if the entry is of
            the first form, which cannot show single rows.
        key: With which it was digested; empty if there is none.
    """

    table: str
    cells: Mapping[str, Any]
    entry: int
    place: int
    key: str

    def to_line(self) -> bytes:
        """As one line of JSON."""
        values = {"table": self.table, "entry": self.entry, "place": self.place, "key": self.key}
        return orjson.dumps({**values, "cells": self.cells}, option=orjson.OPT_SORT_KEYS) + b"\n"

    @classmethod
    def from_line(cls, line: bytes) -> RowProof:
        """What `to_line` made.

        Raises:
            ValueError: It is something else.
        """
        try:
            values = json.loads(line)
            proof = cls(**values)
            is_plain = proof.to_line() == line and isinstance(proof.cells["id"], int)
        except (TypeError, KeyError, RecursionError) as error:
            raise ValueError("no row") from error
        if not is_plain or type(proof.place) is not int or not isinstance(proof.table, str):
            raise ValueError("no row")
        return proof

    def withheld(self) -> RowProof:
        """The same without what stands in the row: where the log has it, and no more."""
        return RowProof(self.table, {"id": self.cells["id"]}, self.entry, self.place, "")

    @property
    def is_withheld(self) -> bool:
        """Whether what stands in the row is withheld."""
        return not self.key and self.cells.keys() == {"id"}

    def leaf(self) -> bytes:
        """What stands for it in its entry."""
        name = entry_form.row_name(self.table, self.cells["id"])
        digest = seals.digest_of(self.table, list(self.cells), list(self.cells.values()))
        return entry_form.row_leaf(self.key, name, digest)

    def is_among(self, leaves: bytes) -> bool:
        """Whether it stands at its place among the rows of its entry."""
        start = self.place * SIZE
        return self.place >= 0 and leaves[start : start + SIZE] == self.leaf()


class RowProver:
    """Makes the proofs of rows of one table."""

    def __init__(self, connection: Connection, table: str, ids: Iterable[int]) -> None:
        self._connection = connection
        self._table = table
        self._sealed = _newest_seals(connection, table, set(ids))
        entries = {entry for entry, _ in self._sealed.values()}
        self._salts = {entry: _salt_of(connection, entry) for entry in entries}

    def rows(self, ids: Sequence[int]) -> Iterator[RowProof]:
        """The rows of those numbers, in that order."""
        for start in range(0, len(ids), _BATCH):
            batch = ids[start : start + _BATCH]
            cells = _cells(self._connection, self._table, batch)
            for row_id in batch:
                yield self._proof(row_id, cells[row_id])

    def leaves(self) -> Iterator[tuple[int, bytes]]:
        """The number of each entry that sealed rows last, with what stands for its rows.

        Entries of the first form are left out.
        """
        query = select(row_seal).order_by(row_seal.c.entry_seq, row_seal.c.id)
        for entry, group in groupby(self._connection.execute(query), lambda row: row.entry_seq):
            if self._salts.get(entry):
                sealed = (Seal(row.table_name, row.first_id, row.digests) for row in group)
                yield entry, b"".join(entry_form.leaves(self._salts[entry], sealed))

    def _proof(self, row_id: int, cells: Mapping[str, Any]) -> RowProof:
        entry, place = self._sealed.get(row_id, (0, -1))
        salt = self._salts.get(entry, "")
        if not salt:
            return RowProof(self._table, cells, entry, -1, "")
        key = entry_form.key_of(salt, entry_form.row_name(self._table, row_id))
        return RowProof(self._table, cells, entry, place, key)


def digest_of(leaves: bytes) -> str:
    """What the entry says of the rows that it changed, if these stand for them."""
    return hashlib.sha256(leaves).hexdigest()


def _newest_seals(connection: Connection, table: str, ids: set[int]) -> dict[int, tuple[int, int]]:
    """For each row the entry that sealed it last, and its place among the rows of that entry."""
    size = func.length(row_seal.c.digests).label("size")
    columns = (row_seal.c.entry_seq, row_seal.c.table_name, row_seal.c.first_id, size)
    query = select(*columns).order_by(row_seal.c.entry_seq, row_seal.c.id)
    newest: dict[int, tuple[int, int]] = {}
    for entry, group in groupby(connection.execute(query), lambda row: row.entry_seq):
        start = 0
        for row in group:
            count = row.size // SIZE
            if row.table_name == table:
                own = ids.intersection(range(row.first_id, row.first_id + count))
                newest |= {row_id: (entry, start + row_id - row.first_id) for row_id in own}
            start += count
    return newest


def _salt_of(connection: Connection, seq: int) -> str:
    query = select(custody_entry).where(custody_entry.c.seq == seq)
    row = connection.execute(query).mappings().one_or_none()
    return entry_form.salt_of(custody.decoded(row)) if row is not None else ""


def _cells(connection: Connection, table: str, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    numbers = ",".join(map(str, ids))
    rows = connection.exec_driver_sql(f'SELECT * FROM "{table}" WHERE id IN ({numbers})')
    return {
        row["id"]: {name: cell for name, cell in row.items() if cell is not None}
        for row in rows.mappings()
    }
