"""Moves what was committed from the write-ahead log into the case file while others write.

Large originals fill the log fast. If each commit that finds it full had to empty it, an import
would wait for the disk twice; so that is done in a thread. A kill at any moment costs nothing: what
was committed stands in the log until it stands in the file.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2

from evidence_app.casefile.storage import connection as database
from evidence_app.casefile.storage.cipher import CipherKey

_LOG = logging.getLogger(__name__)


class Checkpoints:
    """One thread for a case that is open for changes; it begins when the log is first large."""

    def __init__(self, path: Path, key: CipherKey | None) -> None:
        self._path, self._key = path, key
        self._wal = path.with_name(f"{path.name}-wal")
        self._request = threading.Event()
        self._guard = threading.Lock()
        self._thread: threading.Thread | None = None
        self._is_closed = False
        self._counting = threading.Lock()
        self._long_readers = 0
        self._is_owed = False

    def want(self) -> None:
        """To be called after each commit, by one thread at a time."""
        if self._is_closed or not self._is_large():
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="checkpoints", daemon=True)
            self._thread.start()
        self._request.set()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """No checkpoint in this block: SQLite lets only one be made at a time."""
        with self._guard:
            yield

    def postpone(self) -> None:
        """Somebody reads for long; SQLite can empty the whole log only after that."""
        with self._counting:
            self._long_readers += 1

    def resume(self) -> bool:
        """A long reader is done; whether the log is to be emptied now."""
        with self._counting:
            self._long_readers -= 1
            is_due = self._is_owed and not self._long_readers
            self._is_owed = self._is_owed and not is_due
        return is_due

    def is_postponed(self) -> bool:
        """Whether emptying the log has to wait; `resume` tells when it is due then."""
        with self._counting:
            self._is_owed = self._is_owed or self._long_readers > 0
            return self._long_readers > 0

    def close(self) -> None:
        """End the thread, after the checkpoint that it is making."""
        self._is_closed = True
        self._request.set()
        if self._thread is not None:
            self._thread.join()

    def _is_large(self) -> bool:
        try:
            return self._wal.stat().st_size > database.WAL_SIZE
        except OSError:
            return False  # It is not there, or its drive was pulled: the next change tells.

    def _work(self) -> None:
        try:
            connection = database.connect(self._path, read_only=False, key=self._key)
            try:
                while self._is_wanted():
                    with self._guard:
                        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
            finally:
                connection.close()
        except dbapi2.DatabaseError:
            # SQLite makes one itself when the log is much larger, or the case is closed.
            _LOG.warning("the write-ahead log could not be emptied", exc_info=True)

    def _is_wanted(self) -> bool:
        self._request.wait()
        self._request.clear()
        return not self._is_closed
