"""What the log of a damaged file still vouches for, as far as it can be followed."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from evidence_app.casefile.custody import chain_check
from evidence_app.casefile.custody.row_check import SealedRows
from evidence_app.casefile.custody.seals import GONE, Seal
from evidence_app.casefile.custody.witness import Witness
from evidence_app.casefile.storage import connection as database
from evidence_app.casefile.storage.cipher import CipherKey
from evidence_app.errors import UserError

_STOPPED = (SQLAlchemyError, database.DatabaseError, ValueError, TypeError, LookupError, UserError)
"""What damage, or somebody who made it, does to whoever follows the log."""


class Vouched:
    """The digests of rows that signed entries vouch for.

    Where an entry does not agree, nothing is known of rows that were sealed until then; where the
    log is not the one that this computer saw, of none.

    Attributes:
        is_whole: Whether the log agrees from its first entry to its last, and with what this
            computer saw of it: then a row without a seal is one that somebody added.
    """

    def __init__(self, path: Path, key: CipherKey | None) -> None:
        self.is_whole = False
        self._sealed = SealedRows()
        self._waiting: list[Seal] = []
        try:
            engine = database.engine_for(path, read_only=True, key=key)
            try:
                with engine.connect() as connection:
                    self._follow(connection, Witness(path))
            finally:
                engine.dispose()
        except _STOPPED:
            # Nothing is known of what comes after the place that cannot be read.
            self._sealed = SealedRows()

    def _follow(self, connection: Connection, witness: Witness) -> None:
        chain = chain_check.follow(connection, self._waiting.append, on_entry=self._decide)
        if witness.differences(connection):
            self._sealed = SealedRows()
            return
        self.is_whole = not chain.mismatches and chain.entries > chain.unsigned

    def _decide(self, agrees: bool) -> None:
        if not agrees:
            self._sealed = SealedRows()
        for seal in self._waiting if agrees else ():
            self._sealed.put(seal)
        self._waiting.clear()

    def take(self, table: str, row_id: int) -> bytes | None:
        """The digest of a row, once; None if the log vouches for none."""
        digest = self._sealed.take(table, row_id)
        return None if digest == GONE else digest
