"""What every row should be by its newest seal, kept in memory that hardly grows with the rows.

Digests of many rows that were sealed at once stay in the file. What is remembered of them is which
row of ``row_seal`` holds them, and the SHA-256 of them all: digests that were changed since are
not believed.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from evidence_app.casefile.custody.seals import GONE, SIZE, Seal, in_blocks
from evidence_app.casefile.storage import connection as database

_BLOCK = 1024
_MANY = 64
"""Digests of so many rows, sealed at once, stay in the file."""

_ELSEWHERE = b"\xff" * SIZE
"""Stands in the place of a digest that is in the file; no row has that digest."""

_MOST_READ = 64
_QUERY = "SELECT digests FROM row_seal WHERE id = ?"


@dataclass(frozen=True, slots=True)
class _Run:
    """Rows with numbers that follow each other, whose digests are in the file.

    Attributes:
        first: The number of the first.
        last: The number of the last.
        seal_id: The row of ``row_seal`` that holds their digests.
        digest: The SHA-256 of all these digests.
    """

    first: int
    last: int
    seal_id: int
    digest: bytes


class _Block:
    """The newest digests of `_BLOCK` rows: in memory, or else in the newest run that has them."""

    __slots__ = ("_held", "_runs")

    def __init__(self) -> None:
        self._runs: list[_Run] = []
        self._held: bytearray | None = None

    def hold(self, offset: int, digests: bytes) -> None:
        """Keep the digests of rows from a place of the block on in memory."""
        if self._held is None:
            self._held = bytearray(_ELSEWHERE * _BLOCK)
        self._held[offset * SIZE : offset * SIZE + len(digests)] = digests

    def refer(self, run: _Run, start: int) -> None:
        """Refer to a run for all rows of it in the block whose first row is ``start``."""
        own = range(max(run.first, start), min(run.last + 1, start + _BLOCK))
        self._runs = [
            run
            for run in self._runs
            if max(run.first, start) < own.start or min(run.last, start + _BLOCK - 1) >= own.stop
        ]
        self._runs.append(run)
        if self._held is not None:
            self.hold(own.start - start, _ELSEWHERE * len(own))

    def find(self, row_id: int) -> bytes | _Run:
        """The digest of a row, or the run that has it; `GONE` if nothing is known of it."""
        if self._held is not None:
            place = row_id % _BLOCK * SIZE
            digest = bytes(self._held[place : place + SIZE])
            if digest != _ELSEWHERE:
                return digest
        runs = reversed(self._runs)
        return next((run for run in runs if run.first <= row_id <= run.last), GONE)


class NewestSeals:
    """The newest seals of all rows of a case.

    Attributes:
        is_complete: Whether no digests were forgotten.
    """

    def __init__(self) -> None:
        self._tables: dict[str, dict[int, _Block]] = {}
        self._highest: dict[str, int] = {}
        self._read: OrderedDict[int, bytes] = OrderedDict()
        self._waiting: list[Seal | tuple[str, _Run]] = []
        self.is_complete = True

    def put(self, seal: Seal) -> None:
        """Note newer digests of rows; those of many must stand in the file."""
        self._note(_remembered(seal))

    def wait(self, seal: Seal) -> None:
        """Note newer digests once it is known whether their entry agrees."""
        self._waiting.append(_remembered(seal))

    def decide(self, agrees: bool) -> None:
        """Accept the waiting seals, or forget all digests if their entry does not agree."""
        waiting, self._waiting = self._waiting, []
        if agrees:
            for waiting_seal in waiting:
                self._note(waiting_seal)
        else:
            self._tables.clear()
            self.is_complete = False

    def get(self, connection: Connection, table: str, row_id: int) -> bytes:
        """The digest that a row should have: `GONE` for none, nothing if it cannot be known."""
        block = self._tables.get(table, {}).get(row_id // _BLOCK)
        newest = GONE if block is None else block.find(row_id)
        if isinstance(newest, bytes):
            return newest
        place = (row_id - newest.first) * SIZE
        return self._digests(connection, newest)[place : place + SIZE]

    def highest(self, table: str) -> int:
        """The highest number that a row of a table ever had; 0 if there was none."""
        return self._highest.get(table, 0)

    def _note(self, newer: Seal | tuple[str, _Run]) -> None:
        if isinstance(newer, Seal):
            self._hold(newer)
            return
        table, run = newer
        self._note_highest(table, run.last)
        blocks = self._tables.setdefault(table, {})
        for number in range(run.first // _BLOCK, run.last // _BLOCK + 1):
            blocks.setdefault(number, _Block()).refer(run, number * _BLOCK)

    def _hold(self, seal: Seal) -> None:
        self._note_highest(seal.table, seal.first + len(seal.digests) // SIZE - 1)
        blocks = self._tables.setdefault(seal.table, {})
        for number, offset, digests in in_blocks(seal, _BLOCK):
            blocks.setdefault(number, _Block()).hold(offset, digests)

    def _note_highest(self, table: str, row_id: int) -> None:
        self._highest[table] = max(row_id, self._highest.get(table, 0))

    def _digests(self, connection: Connection, run: _Run) -> bytes:
        """The digests of a run; empty if their SHA-256 is not the remembered one."""
        if run.seal_id in self._read:
            self._read.move_to_end(run.seal_id)
            return self._read[run.seal_id]
        digests = _cell(database.as_stored(connection, _QUERY, (run.seal_id,)))
        if hashlib.sha256(digests).digest() != run.digest:
            return b""
        self._read[run.seal_id] = digests
        if len(self._read) > _MOST_READ:
            self._read.popitem(last=False)
        return digests


def _remembered(seal: Seal) -> Seal | tuple[str, _Run]:
    count = len(seal.digests) // SIZE
    if count < _MANY:
        return seal
    digest = hashlib.sha256(seal.digests).digest()
    return seal.table, _Run(seal.first, seal.first + count - 1, seal.id, digest)


def _cell(rows: Iterable[dict[str, object]]) -> bytes:
    cell = next((row["digests"] for row in rows), None)
    return cell if isinstance(cell, bytes) else b""
