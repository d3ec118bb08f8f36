"""Where an open case is: nothing is committed to a file that was moved, deleted or replaced.

What was committed before is still there for the connections that were made before, and is saved.
Nor is anything committed to a file over which another program wrote: the end of its log must be the
one that was written last.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError
from sqlcipher3 import dbapi2

from evidence_app import settings
from evidence_app.casefile.storage import connection as database
from evidence_app.casefile.storage import copies
from evidence_app.casefile.storage.cipher import CipherKey
from evidence_app.errors import UserError
from evidence_app.messages import MessageCode, message

_LOG = logging.getLogger(__name__)


_End = tuple[Any, ...]
"""Number and hash of the newest entry of a log; nothing without any."""


class _MovedError(Exception):
    """Another file, or none, is where the case was."""


class Place:
    """The place of a case that is open for changes."""

    def __init__(self, path: Path, key: CipherKey | None) -> None:
        self._path, self._key = path, key
        self._identity = database.identity_of(path)
        self._saved: Path | None = None
        self._end: _End | None = None

    def engine(self) -> Engine:
        """An engine for changes, on just this file."""
        return database.engine_for(
            self._path, read_only=False, key=self._key, identity=self._identity
        )

    @contextmanager
    def transaction(self, engine: Engine) -> Iterator[Connection]:
        """A transaction that writes; if the case was moved, the committed work is saved beside it.

        Raises:
            UserError: What happened, and where the case is now.
        """
        try:
            with engine.connect() as connection, database.writing(connection).begin():
                before = _end_of(connection)
                if self._end is not None and before != self._end:
                    raise UserError(message(MessageCode.CASE_OVERWRITTEN, path=self._path))
                yield connection
                if database.identity_of(self._path) != self._identity:
                    raise _MovedError
                after = _end_of(connection)
        except _MovedError as error:
            raise self._saved_elsewhere(engine) from error
        self._end = after

    def _saved_elsewhere(self, engine: Engine) -> UserError:
        if self._saved is None:
            try:
                self._saved = _save(engine, self._path, self._key)
            except (OSError, dbapi2.DatabaseError, DatabaseError):
                _LOG.warning("the case is not where it was, and cannot be saved", exc_info=True)
        is_there = self._path.exists()
        if self._saved is None:
            code = MessageCode.CASE_REPLACED if is_there else MessageCode.CASE_GONE
            return UserError(message(code, path=self._path))
        code = MessageCode.CASE_REPLACED_SAVED if is_there else MessageCode.CASE_GONE_SAVED
        return UserError(message(code, saved=self._saved))


def _end_of(connection: Connection) -> _End:
    # Asked twice in each transaction: the driver alone answers faster.
    raw: Any = connection.connection.driver_connection
    query = "SELECT seq, entry_hash FROM custody_entry ORDER BY seq DESC LIMIT 1"
    return tuple(raw.execute(query).fetchone() or ())


def _save(engine: Engine, path: Path, key: CipherKey | None) -> Path:
    """Save the case beside the place where it was, else among the documents; return where."""
    folder = path.parent if path.parent.is_dir() else settings.documents_folder()
    folder.mkdir(parents=True, exist_ok=True)
    target = next(name for name in _names(folder / path.name) if not name.exists())
    with driver_connection(engine) as reading:
        copies.copy_open(reading, target, key)
    return target


@contextmanager
def driver_connection(engine: Engine) -> Iterator[Any]:
    """A connection of the driver, in no transaction."""
    raw = engine.raw_connection()
    try:
        yield raw.driver_connection
    finally:
        raw.close()


def _names(path: Path) -> Iterator[Path]:
    yield path.with_stem(f"{path.stem} (saved)")
    for number in count(2):
        yield path.with_stem(f"{path.stem} (saved {number})")
