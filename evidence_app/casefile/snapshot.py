"""One state of a case, for what takes long and must agree with itself: an export."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from sqlalchemy import Connection

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.storage.errors import translated
from evidence_app.errors import InternalError


class Snapshot(CaseFile):
    """A case as it is when this is made, whatever is written to it until this is closed.

    It reads as any case that is open for reading only, on any thread; the threads take turns with
    its one transaction, so that none may wait for another one within a `read`. What is written
    meanwhile stays in the write-ahead log until it is closed.

    Args:
        case: Stays open at least as long.
    """

    def __init__(self, case: CaseFile) -> None:
        self._turn = threading.RLock()
        with ExitStack() as opening:
            self._connection = opening.enter_context(case.long_read())
            # SQLite fixes the state with the first thing that is read, not with the transaction.
            self._connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema").all()
            self._reading = opening.pop_all()
        super().__init__(case.path, case.key)
        self.version, self.doubts = case.version, case.doubts
        self.piece_digests = case.piece_digests

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """The one state."""
        with self._turn, translated(self.path):
            if self._is_closed:
                raise InternalError("the snapshot was closed")
            yield self._connection

    def close(self) -> None:
        """Release the state; the case stays open."""
        with self._turn:
            self._is_closed = True
            self._reading.close()
