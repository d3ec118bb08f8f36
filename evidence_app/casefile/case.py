"""An open case file: reading on any thread, changing in one transaction with its custody entry."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from filelock import BaseFileLock
from sqlalchemy import Connection, Engine, Table

from evidence_app import settings
from evidence_app.casefile import opening, schema
from evidence_app.casefile.change import Change
from evidence_app.casefile.custody import file_form, seals
from evidence_app.casefile.custody import log as custody
from evidence_app.casefile.custody.row_guard import RowGuard
from evidence_app.casefile.custody.witness import Witness
from evidence_app.casefile.records import destruction, search, sort_keys
from evidence_app.casefile.storage import atomic_file, copies, failed_unlocks, links
from evidence_app.casefile.storage import connection as database
from evidence_app.casefile.storage import lock as case_lock
from evidence_app.casefile.storage.checkpoints import Checkpoints
from evidence_app.casefile.storage.cipher import CipherKey
from evidence_app.casefile.storage.errors import forged_as_damage, translated
from evidence_app.casefile.storage.place import Place, driver_connection
from evidence_app.casefile.storage.reading import Reader
from evidence_app.closing import Closing
from evidence_app.errors import InternalError, UserError
from evidence_app.messages import Message, MessageCode, message
from evidence_app.model.custody import Action
from evidence_app.model.verification import Mismatch

_WORTH_AN_ENTRY = (
    *(Action.EXTRACT, Action.READ_ITEM, Action.ACCEPT_STATE, Action.WRONG_PASSWORD),
    *(Action.RESTORE_COPY, Action.CHANGE_KEY, Action.EXPORT),
)
"""What is noted although no row changes."""


class CaseFile(Closing):
    """A case file that is open.

    Any thread may read; each read sees one state of the case, whatever is being written.
    Changes are serialised. A file that comes from somebody else may be an attack: it is looked at
    before anything is done to it, and while there are doubts nothing is.

    Attributes:
        path: Where it is.
        key: What opens it, if it is locked with a password.
        version: Of the schema that the file has.
        has_changes: Whether anything was changed since it was opened.
        doubts: What stands against trusting the file, until the person accepts it.
        is_new_here: Whether this computer had never seen the case before.
        piece_digests: The SHA-256 of each piece of the originals that were read and found whole,
            by the SHA-256 of the original.
    """

    def __init__(self, path: Path, key: CipherKey | None = None) -> None:
        self.path = path = links.followed(path)
        self.key = key
        self.version = schema.SCHEMA_VERSION
        self.has_changes = False
        self.doubts: tuple[Mismatch, ...] = ()
        self.is_new_here = True
        self._notices: tuple[Message, ...] = ()
        self._may_change = False
        self._reader: Reader | None = None
        self._engine: Engine | None = None
        self._lock: BaseFileLock | None = None
        self._place: Place | None = None
        self._is_closed = False
        self._writer = threading.RLock()
        self._guard = RowGuard()
        self._witness = Witness(path)
        self._checkpoints = Checkpoints(path, key)
        self.piece_digests: dict[str, tuple[bytes, ...]] = {}
        self._aside = ExitStack()

    @classmethod
    def create(cls, path: Path) -> CaseFile:
        """Make an empty case file.

        Raises:
            UserError: There is a file already, or none can be made there.
        """
        database.require_short_name(path)
        if path.exists():
            raise UserError(message(MessageCode.CASE_EXISTS, path=path))
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(exist_ok=False)
        except OSError as error:
            raise UserError(
                message(MessageCode.CANNOT_WRITE, path=path, reason=error.strerror)
            ) from error
        case = cls(path)
        case._may_change = True
        try:
            case._lock = case_lock.take_lock(path)
            with translated(path):
                database.migrate(case._make_engine())
        except BaseException:
            case.close()
            database.remove_files(path)
            raise
        return case

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        read_only: bool = False,
        password: str | None = None,
        key: CipherKey | None = None,
    ) -> CaseFile:
        """Open a case file, for reading only where it cannot be changed or is in doubt.

        It is looked at first. One of an older version is then copied and brought up to date; where
        it is not to be changed, it is read through a private copy.

        Args:
            path: Where it is.
            read_only: Allow no changes, whether there could be any or not.
            password: If it is locked: the password, or the code of a recovery sheet.
            key: The key of that password, if it is known already.

        Raises:
            UserError: It is not there, is no case file, has a writer already, or does not
                open with that password.
            DamagedError: It cannot be read.
        """
        case = cls(path, key or opening.key_of(path, password))
        case._may_change = not read_only and database.is_writable(path)
        try:
            if case._may_change:
                case._take_lock()
            case._look()
            if case._lock is not None and not case.doubts:
                case._begin()
            else:
                case._only_read()
        except BaseException:
            case.close()
            raise
        return case

    @property
    def read_only(self) -> bool:
        """Whether changes are refused."""
        return self._engine is None

    @property
    def notices(self) -> tuple[Message, ...]:
        """What the person should know of the file although it stands against nothing."""
        if not self._witness.is_failing:
            return self._notices
        folder = settings.data_folder()
        return *self._notices, message(MessageCode.NOTICE_WITNESS, path=folder)

    @property
    def can_be_accepted(self) -> bool:
        """Whether the person may accept the doubts and go on."""
        acceptable = all(doubt.kind in opening.ACCEPTABLE for doubt in self.doubts)
        return bool(self.doubts) and acceptable and self._may_change

    def _take_lock(self) -> None:
        self._lock = case_lock.take_lock(self.path)
        with translated(self.path):
            database.take_back(self.path, self.key)

    def _look(self) -> None:
        """Examine the file without writing to it or beside it."""
        reader = Reader(self.path, self.key, has_lock=self._lock is not None)
        self._aside.callback(reader.close)
        self._reader = reader
        with translated(self.path), reader.connect() as connection:
            examined = opening.examine(connection, self._witness)
            if not examined.doubts:
                self._witness.remember(connection)
        self.version, self.doubts = examined.version, examined.doubts
        if self._lock is not None and self.version == schema.SCHEMA_VERSION:
            self.doubts += tuple(file_form.check_next(self.path, self.key))
        self.is_new_here = examined.is_new_here
        self._notices = *examined.notices, *opening.notices_of_place(self.path)

    def _only_read(self) -> None:
        """Open for reading only; a file of an older version is read through a private copy."""
        self._give_lock_back()
        if self.version < schema.SCHEMA_VERSION:
            older = opening.readable_copy(self.path, self.version, self.key)
            reader = Reader(self._aside.enter_context(older), self.key)
            self._aside.callback(reader.close)
            self._reader = reader

    def _begin(self) -> None:
        """Open the file for changes; the caller holds its lock."""
        self._aside.close()
        self._reader = None
        if self.version < schema.SCHEMA_VERSION:
            opening.bring_up_to_date(self.path, self.version, self.key)
            self.version = schema.SCHEMA_VERSION
        with translated(self.path):
            # A kill while a password was removed leaves what is not locked.
            atomic_file.remove_unfinished(self.path)
            self._make_engine()
            opening.look_below(self.path, self.key, self.write_back)
        with self.unlogged() as connection:
            destruction.drop_unfinished(connection, self._guard.may_be_sealed)
        with self.read() as connection:
            observed = self._witness.observe(connection)
        if not self.doubts:
            self._witness.note(observed)
            copies.forget_interrupted(self._witness.case_id(), self.path)
        tries = failed_unlocks.take(self.key) if self.key is not None else []
        if tries:
            with self.change(Action.WRONG_PASSWORD, {"at": tries}):
                pass
        self.has_changes = False

    def _make_engine(self) -> Engine:
        """Make the engine with which the case is changed from now on."""
        self._place = Place(self.path, self.key)
        self._engine = self._place.engine()
        return self._engine

    def close(self) -> None:
        """Close the file once the running change has ended; later changes are refused."""
        with self._writer:
            self._is_closed = True
        self._checkpoints.close()
        self._aside.close()
        if self._engine is not None:
            self._engine.dispose()
        self._give_lock_back()

    def _give_lock_back(self) -> None:
        if self._lock is not None:
            case_lock.release_lock(self._lock)
            self._lock = None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One state of the case, for reading.

        Raises:
            DamagedError: The file is damaged, or in doubt and holds what no program writes.
            InternalError: The case was closed.
        """
        source = self._engine or self._reader
        assert source is not None, "it is being opened"
        with (
            self._still_open(),
            forged_as_damage() if self.doubts else nullcontext(),
            translated(self.path),
            source.connect() as connection,
            database.reading(connection).begin(),
        ):
            yield connection

    @contextmanager
    def long_read(self) -> Iterator[Connection]:
        """As `read`, for long reading: writers do not wait for its end."""
        self._checkpoints.postpone()
        try:
            with self.read() as connection:
                yield connection
        finally:
            if self._checkpoints.resume() and self._engine is not None and not self._is_closed:
                self.write_back()

    @contextmanager
    def change(
        self, action: Action, detail: Mapping[str, Any], *, undoable: bool = True
    ) -> Iterator[Change]:
        """One transaction that writes the changes and their custody entry, or neither.

        If nothing was changed and the action is not worth an entry by itself, none is written.
        ``detail`` may be filled while the transaction is open.
        """
        with self._writer, self._guard.following() as on_seal, self._writing() as connection:
            change = Change(connection, self._guard, undoable=undoable)
            yield change
            observed = None
            if not change.is_empty() or action in _WORTH_AN_ENTRY:
                sort_keys.refresh(change)
                search.refresh(change)
                new_seals = seals.of_change(change)
                change.entry = custody.append(connection, action, detail, new_seals, on_seal)
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
        """Take the present log as the one that was seen: the reason why it differs is known."""
        self.doubts = ()
        with self.read() as connection:
            self._witness.start_anew(connection)

    def accept_doubts(
        self, action: Action = Action.ACCEPT_STATE, detail: Mapping[str, Any] | None = None
    ) -> None:
        """Take the file as it is, with an entry in the log that says so, and go on with it.

        Args:
            action: What the entry is.
            detail: More of it; the doubts, if it is not given.

        Raises:
            UserError: The doubts are none that anybody could accept, the file cannot be
                written, has a writer already, or changed meanwhile.
        """
        if not self.can_be_accepted:
            raise UserError(message(MessageCode.CASE_IN_DOUBT))
        before = self.doubts
        self._take_lock()
        try:
            self._aside.close()
            self._look()
            if self.doubts != before:
                raise UserError(message(MessageCode.CASE_CHANGED_MEANWHILE))
            self._begin()
        except BaseException:
            self._give_lock_back()
            raise
        doubts = [[doubt.kind.value, doubt.where, doubt.expected, doubt.found] for doubt in before]
        with self.change(action, {"doubts": doubts} if detail is None else detail):
            pass
        self.take_as_seen()

    def differences(self, connection: Connection) -> list[Mismatch]:
        """The doubts about the file, and where its log differs from what this computer saw."""
        differences = self._witness.differences(connection)
        return [*self.doubts, *(new for new in differences if new not in self.doubts)]

    def known_keys(self, connection: Connection) -> frozenset[str]:
        """The keys of this installation, and those that signed the part of the log it has seen."""
        return self._witness.known_keys(connection)

    @contextmanager
    def unlogged(self) -> Iterator[Connection]:
        """A transaction without a log entry, for rows outside the case: transit, jobs."""
        with self._writing() as connection:
            yield connection

    def next_id(self, connection: Connection, table: Table) -> int:
        """A number that no row of a table ever had, for a row that is written without the gate."""
        return self._guard.next_id(connection, table.name)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        engine, place = self._engine, self._place
        if engine is None or place is None:
            code = MessageCode.CASE_IN_DOUBT if self.doubts else MessageCode.CASE_READ_ONLY
            raise UserError(message(code))
        with self._writer, self._still_open(), translated(self.path):
            with place.transaction(engine) as connection:
                yield connection
            self._checkpoints.want()

    def own_connection(self) -> AbstractContextManager[Any]:
        """A connection of the driver to the very file that is open; None if it is only read."""
        return nullcontext() if self._engine is None else driver_connection(self._engine)

    @contextmanager
    def _still_open(self) -> Iterator[None]:
        # The lock was given back: somebody else may be writing, and nobody would tidy up after us.
        if self._is_closed:
            raise InternalError("the case was closed")
        yield

    def write_back(self) -> None:
        """Empty the write-ahead log, so that nothing that was removed stands in it.

        As long as somebody reads an older state, it cannot be done; the end of the reading does.
        """
        if self._checkpoints.is_postponed():
            return
        assert self._engine is not None, "something was changed"
        with (
            self._checkpoints.paused(),
            translated(self.path),
            self._engine.connect() as connection,
        ):
            raw: Any = connection.connection.driver_connection
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
