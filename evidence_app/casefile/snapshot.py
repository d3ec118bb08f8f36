"""One state of a case, for what takes long and must agree with itself: an export."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import Connection

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.storage import connection as database
from evidence_app.casefile.storage.errors import translated
from evidence_app.errors import InternalError, UserError
from evidence_app.messages import MessageCode, message


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
        self._is_alone = case.read_only and database.reading_mode(case.path) == database.ALONE
        self._mark = _mark_of(case.path)
        self.version, self.doubts = case.version, case.doubts
        self.piece_digests = case.piece_digests

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """The one state."""
        with self._turn, translated(self.path):
            if self._is_closed:
                raise InternalError("the snapshot was closed")
            yield self._connection

    def was_written_over(self) -> bool:
        """Whether something was written into the file since this was made.

        Changes stand beside it until they are written back, which waits for this to be closed
        unless they are very many. What is read after this call is read from the file again.

        Raises:
            UserError: Something was, and nobody had the file open.
        """
        if _mark_of(self.path) == self._mark:
            return False
        if self._is_alone:
            raise UserError(message(MessageCode.CASE_CHANGED_MEANWHILE))
        with self.read() as connection:
            connection.exec_driver_sql("PRAGMA shrink_memory")
        return True

    def close(self) -> None:
        """Release the state; the case stays open."""
        with self._turn:
            self._is_closed = True
            self._reading.close()


def _mark_of(path: Path) -> tuple[int, ...]:
    """What is another number once somebody wrote into a file."""
    try:
        status = path.stat()
    except OSError:
        return ()
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
