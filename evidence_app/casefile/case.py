"""An open case file: reading on any thread, changing in one transaction with its custody entry."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from filelock import BaseFileLock
from sqlalchemy import Connection, Engine, Table, delete, select

from evidence_app.casefile import (
    attempts,
    custody,
    database,
    durable,
    opening,
    schema,
    seals,
    search,
    sorting,
)
from evidence_app.casefile.change import Change
from evidence_app.casefile.checkpoints import Checkpoints
from evidence_app.casefile.cipher import CipherKey
from evidence_app.casefile.failures import translated
from evidence_app.casefile.row_guard import RowGuard
from evidence_app.casefile.witness import Witness
from evidence_app.errors import InternalError, MendableError
from evidence_app.messages import MessageCode, message
from evidence_app.model.custody import Action
from evidence_app.model.verification import Mismatch

_WORTH_AN_ENTRY = frozenset(
    {
        Action.EXTRACT,
        Action.ACCEPT_STATE,
        Action.WRONG_PASSWORD,
        Action.RESTORE_COPY,
        Action.EXPORT,
    }
)
"""What is noted although no row changes."""


class CaseFile:
    """A case file that is open.

    Any thread may read; each read sees one state of the case, whatever is being written.
    Changes are serialised.

    Attributes:
        path: Where it is.
        key: What opens it, if it is locked with a password.
        has_changes: Whether anything was changed since it was opened.
        read_only: Whether changes are refused.
        doubts: How the log differs from what this installation saw of it before, until the
            person accepts it.
        piece_digests: The SHA-256 of each piece of the originals that were read and found whole,
            by the SHA-256 of the original.
    """

    def __init__(
        self, path: Path, engine: Engine, lock: BaseFileLock | None, key: CipherKey | None = None
    ) -> None:
        self.path = path
        self.key = key
        self.has_changes = False
        self.read_only = lock is None
        self._engine = engine
        self._lock = lock
        self._is_closed = False
        self._writer = threading.RLock()
        self._guard = RowGuard()
        self._witness = Witness(path)
        self._checkpoints = Checkpoints(path, key)
        self.doubts: tuple[Mismatch, ...] = ()
        self.piece_digests: dict[str, tuple[bytes, ...]] = {}

    @classmethod
    def create(cls, path: Path) -> CaseFile:
        """Make an empty case file.

        Raises:
            MendableError: There is a file already, or none can be made there.
        """
        database.require_short_name(path)
        if path.exists():
            raise MendableError(message(MessageCode.CASE_EXISTS, path=path))
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(exist_ok=False)
        except OSError as error:
            raise MendableError(
                message(MessageCode.CANNOT_WRITE, path=path, reason=error.strerror)
            ) from error
        lock = database.take_lock(path)
        with translated(path):
            engine = database.engine_for(path, read_only=False)
            database.migrate(engine)
        return cls(path, engine, lock)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        read_only: bool = False,
        password: str | None = None,
        key: CipherKey | None = None,
    ) -> CaseFile:
        """Open a case file, for reading only where it cannot be changed.

        One of an older version is copied and brought up to date first, also for reading only.

        Args:
            path: Where it is.
            read_only: Allow no changes, whether there could be any or not.
            password: If it is locked: the password, or the code of a recovery sheet.
            key: The key of that password, if it is known already.

        Raises:
            MendableError: It is not there, is no case file, has a writer already, or does not
                open with that password.
            DamageError: It cannot be read.
        """
        key = key or opening.key_of(path, password)
        version = opening.version_of(path, key)
        is_writable = _writable(path)
        if version < schema.SCHEMA_VERSION:
            if not is_writable:
                raise MendableError(message(MessageCode.CASE_OLDER))
            opening.bring_up_to_date(path, version, key)
        if read_only or version > schema.SCHEMA_VERSION or not is_writable:
            case = cls(path, database.engine_for(path, read_only=True, key=key), None, key)
            if version <= schema.SCHEMA_VERSION:
                case._look_back()
            return case
        lock = database.take_lock(path)
        try:
            with translated(path):
                # A password may have been removed when the program was killed: what it wrote
                # until then is not locked.
                durable.remove_unfinished(path)
                engine = database.engine_for(path, read_only=False, key=key)
            case = cls(path, engine, lock, key)
            case._begin()
        except BaseException:
            database.release_lock(lock)
            raise
        return case

    def _begin(self) -> None:
        """What is due when a case is opened for changes."""
        self._drop_unfinished_originals()
        self._look_back()
        tries = attempts.take(self.key) if self.key is not None else []
        if tries:
            with self.change(Action.WRONG_PASSWORD, {"at": tries}):
                pass
        self.has_changes = False

    def close(self) -> None:
        """Give the file back, after a change that is under way; later ones are refused."""
        with self._writer:
            self._is_closed = True
        self._checkpoints.close()
        self._engine.dispose()
        if self._lock is not None:
            database.release_lock(self._lock)
        elif _writable(self.path):
            database.tidy(self.path, self.key)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One state of the case, for reading."""
        with (
            translated(self.path),
            self._engine.connect() as connection,
            database.reading(connection).begin(),
        ):
            yield connection

    @contextmanager
    def change(
        self, action: Action, detail: Mapping[str, Any], *, undoable: bool = True
    ) -> Iterator[Change]:
        """One transaction: what is changed in it, and its custody entry, or neither.

        If nothing was changed and the action is not worth an entry by itself, none is written.
        ``detail`` may be filled while the transaction is open.
        """
        with self._writer, self._guard.following() as made, self._writing() as connection:
            change = Change(connection, self._guard, undoable=undoable)
            yield change
            observed = None
            if not change.is_empty() or action in _WORTH_AN_ENTRY:
                sorting.refresh(change)
                search.refresh(change)
                made.extend(seals.of_change(change))
                change.entry = custody.append(connection, action, detail, made)
                observed = self._witness.observe(connection)
        if change.entry:
            self.has_changes = True
            # What is in doubt must not replace what was seen.
            if not self.doubts:
                self._witness.note(observed)

    def head(self) -> str:
        """The hash of the newest entry of the log; empty without any."""
        with self.read() as connection:
            newest = custody.last(connection)
        return newest.entry_hash if newest is not None else ""

    def take_as_seen(self) -> None:
        """Forget what was seen of the log before: that it differs has a known reason."""
        self.doubts = ()
        with self.read() as connection:
            self._witness.start_anew(connection)

    def accept_doubts(self) -> None:
        """Take the file as it is, with an entry in the log that says so."""
        found = [[one.kind.value, one.where, one.expected, one.found] for one in self.doubts]
        with self.change(Action.ACCEPT_STATE, {"doubts": found}):
            pass
        self.take_as_seen()

    def _look_back(self) -> None:
        """Compare the log with what was seen of it, and note what is new."""
        with self.read() as connection:
            self.doubts = tuple(self._witness.doubts(connection))
            if not self.doubts:
                self._witness.remember(connection)

    @contextmanager
    def unlogged(self) -> Iterator[Connection]:
        """A transaction for bytes that are not part of the case yet: an original in transit."""
        with self._writing() as connection:
            yield connection

    def next_id(self, connection: Connection, table: Table) -> int:
        """A number that no row of a table ever had, for a row that is written without the gate."""
        return self._guard.next_id(connection, table.name)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if self.read_only:
            raise MendableError(message(MessageCode.CASE_READ_ONLY))
        with self._writer, self._still_open(), translated(self.path):
            with self._engine.connect() as connection, database.writing(connection).begin():
                yield connection
            self._checkpoints.want()

    @contextmanager
    def _still_open(self) -> Iterator[None]:
        # Without the lock that was given back, somebody else may be writing.
        if self._is_closed:
            raise InternalError("the case was closed")
        yield

    def write_back(self) -> None:
        """Empty the write-ahead log, so that nothing that was removed stands in it."""
        with (
            self._checkpoints.held(),
            translated(self.path),
            self._engine.connect() as connection,
        ):
            raw: Any = connection.connection.driver_connection
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _drop_unfinished_originals(self) -> None:
        table = schema.content
        with self.unlogged() as connection:
            for row in connection.execute(select(table.c.id).where(table.c.sha256.is_(None))).all():
                if self._guard.may_be_sealed(connection, table.name, row.id):
                    continue  # Somebody took the digest away: its bytes must stay.
                chunks = schema.content_chunk
                connection.execute(delete(chunks).where(chunks.c.content_id == row.id))
                connection.execute(delete(table).where(table.c.id == row.id))


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
