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
from sqlalchemy import Connection, Engine, delete, select

from evidence_app.casefile import custody, database, schema, seals, search, sorting
from evidence_app.casefile.backup import backup
from evidence_app.casefile.change import Change
from evidence_app.casefile.failures import translated
from evidence_app.casefile.witness import Witness
from evidence_app.errors import MendableError
from evidence_app.messages import MessageCode, message
from evidence_app.model.custody import Action
from evidence_app.model.verification import Mismatch

_WORTH_AN_ENTRY = frozenset({Action.EXTRACT, Action.ACCEPT_STATE})
"""What is noted although no row changes."""


class CaseFile:
    """A case file that is open.

    Any thread may read; each read sees one state of the case, whatever is being written.
    Changes are serialised.

    Attributes:
        path: Where it is.
        read_only: Whether changes are refused.
        doubts: How the log differs from what this installation saw of it before, until the
            person accepts it.
    """

    def __init__(self, path: Path, engine: Engine, lock: BaseFileLock | None) -> None:
        self.path = path
        self.read_only = lock is None
        self._engine = engine
        self._lock = lock
        self._writer = threading.RLock()
        self._witness = Witness(path)
        self.doubts: tuple[Mismatch, ...] = ()

    @classmethod
    def create(cls, path: Path) -> CaseFile:
        """Make an empty case file.

        Raises:
            MendableError: There is a file already, or none can be made there.
        """
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
        with translated():
            engine = database.engine_for(path, read_only=False)
            database.migrate(engine)
        return cls(path, engine, lock)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> CaseFile:
        """Open a case file, for reading only where it cannot be changed.

        Raises:
            MendableError: It is not there, is no case file, or has a writer already.
            DamageError: It cannot be read.
        """
        database.check_header(path)
        with translated():
            probe = database.engine_for(path, read_only=True)
            version = database.schema_version(probe)
            probe.dispose()
        is_writable = _writable(path)
        if version < schema.SCHEMA_VERSION:
            if not is_writable:
                raise MendableError(message(MessageCode.CASE_OLDER))
            _bring_up_to_date(path, version)
        if read_only or version > schema.SCHEMA_VERSION or not is_writable:
            case = cls(path, database.engine_for(path, read_only=True), None)
            if version == schema.SCHEMA_VERSION:
                case._look_back()
            return case
        lock = database.take_lock(path)
        with translated():
            engine = database.engine_for(path, read_only=False)
        case = cls(path, engine, lock)
        case._drop_unfinished_originals()
        case._look_back()
        return case

    def close(self) -> None:
        """Give the file back; nothing is pending, for every change was durable when made."""
        self._engine.dispose()
        if self._lock is not None:
            self._lock.release()
            Path(self._lock.lock_file).unlink(missing_ok=True)

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
        with translated(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def change(
        self, action: Action, detail: Mapping[str, Any], *, undoable: bool = True
    ) -> Iterator[Change]:
        """One transaction: what is changed in it, and its custody entry, or neither.

        If nothing was changed and the action is not worth an entry by itself, none is written.
        ``detail`` may be filled while the transaction is open.
        """
        with self._writing() as connection:
            change = Change(connection, undoable=undoable)
            yield change
            if not change.is_empty() or action in _WORTH_AN_ENTRY:
                sorting.refresh(change)
                search.refresh(change)
                sealed = seals.of_change(change)
                change.entry = custody.append(connection, action, detail, sealed)
        if change.entry:
            self._remember()

    def accept_doubts(self) -> None:
        """Take the file as it is, with an entry in the log that says so."""
        found = [[one.kind.value, one.where, one.expected, one.found] for one in self.doubts]
        with self.change(Action.ACCEPT_STATE, {"doubts": found}):
            pass
        self.doubts = ()
        with self.read() as connection:
            self._witness.start_anew(connection)

    def _look_back(self) -> None:
        """Compare the log with what was seen of it, and note what is new."""
        with self.read() as connection:
            self.doubts = tuple(self._witness.doubts(connection))
        self._remember()

    def _remember(self) -> None:
        # What is in doubt must not replace what was seen.
        if not self.doubts:
            with self.read() as connection:
                self._witness.remember(connection)

    @contextmanager
    def unlogged(self) -> Iterator[Connection]:
        """A transaction for bytes that are not part of the case yet: an original in transit."""
        with self._writing() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if self.read_only:
            raise MendableError(message(MessageCode.CASE_READ_ONLY))
        with (
            self._writer,
            translated(),
            self._engine.connect() as connection,
            database.writing(connection).begin(),
        ):
            yield connection

    def _drop_unfinished_originals(self) -> None:
        table = schema.content
        with self.unlogged() as connection:
            for row in connection.execute(select(table.c.id).where(table.c.sha256.is_(None))).all():
                chunks = schema.content_chunk
                connection.execute(delete(chunks).where(chunks.c.content_id == row.id))
                connection.execute(delete(table).where(table.c.id == row.id))


def _bring_up_to_date(path: Path, version: int) -> None:
    """Copy a file of an older program and migrate it, with the entry that says so."""
    lock = database.take_lock(path)
    try:
        with translated():
            copy = backup(path, f"before-update-{version}")
            engine = database.engine_for(path, read_only=False)
            detail = {"from": version, "to": schema.SCHEMA_VERSION, "backup": copy.name}
            database.migrate(
                engine,
                lambda connection: custody.append(
                    connection, Action.MIGRATE_CASE, detail, seals.of_everything(connection)
                ),
            )
            engine.dispose()
    finally:
        lock.release()
        Path(lock.lock_file).unlink(missing_ok=True)


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
