"""Reads a case that is not to be changed, and leaves no trace in its folder."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine

from evidence_app.casefile.storage import connection as database
from evidence_app.casefile.storage import lock as case_lock
from evidence_app.casefile.storage.cipher import CipherKey
from evidence_app.errors import UserError
from evidence_app.messages import MessageCode, message


@dataclass(frozen=True, slots=True)
class _State:
    """What is compared to notice that a file changed.

    Attributes:
        is_alone: Whether nobody has the file open.
        mark: Which file it is, how long, and when it was written last.
    """

    is_alone: bool
    mark: tuple[int, ...]


class Reader:
    """An engine for reading alone.

    A file that nobody has open is read without any lock, so that nothing has to be written. When
    somebody else begins to write, it is read with locks from then on; what was read while the file
    changed is not given out.

    Args:
        path: The file.
        key: If it is locked with a password.
        has_lock: Whether whoever reads is the one who may write.
    """

    def __init__(self, path: Path, key: CipherKey | None, *, has_lock: bool = False) -> None:
        self._path, self._key, self._has_lock = path, key, has_lock
        self._guard = threading.Lock()
        self._state: _State | None = None
        self._engine: Engine | None = None
        self._had_writer = self._has_writer()
        self._had_index = database.beside(path, "-shm").exists()

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        """A connection, in no transaction.

        Raises:
            UserError: Somebody changed the file meanwhile.
        """
        engine, state = self._current()
        try:
            with engine.connect() as connection:
                yield connection
        except Exception as error:
            self._refuse_if_changed(state, error)
            raise
        self._refuse_if_changed(state, None)

    def _current(self) -> tuple[Engine, _State]:
        with self._guard:
            state = _state_of(self._path)
            if self._engine is None or state != self._state:
                if self._engine is not None:
                    self._engine.dispose()
                self._engine = database.engine_for(self._path, read_only=True, key=self._key)
                self._state = state
                self._had_writer |= self._has_writer()
            return self._engine, state

    def _has_writer(self) -> bool:
        """Whether somebody else may leave files beside the case because of this reader."""
        return not self._has_lock and case_lock.has_writer(self._path)

    def _refuse_if_changed(self, state: _State, cause: Exception | None) -> None:
        if state.is_alone and _state_of(self._path).mark != state.mark:
            raise UserError(message(MessageCode.CASE_CHANGED_MEANWHILE)) from cause

    def close(self) -> None:
        """Give the file back; what SQLite made beside it for this reader goes."""
        with self._guard:
            if self._engine is not None:
                self._engine.dispose()
                self._engine = None
        if not os.access(self._path.parent, os.W_OK):
            return
        if self._had_writer:
            database.tidy(self._path, self._key)
        elif not self._had_index:
            database.remove_index(self._path)


def _state_of(path: Path) -> _State:
    try:
        status = path.stat()
    except OSError:
        return _State(False, ())
    mark = status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns
    return _State(database.reading_mode(path) == database.ALONE, mark)
