"""What comes before a case file is open: its password, its version, and bringing it up to date."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select
from sqlalchemy.exc import DatabaseError
from sqlcipher3 import dbapi2

from evidence_app.casefile import schema
from evidence_app.casefile.custody import chain_check, file_form, seals, signing
from evidence_app.casefile.custody import log as custody
from evidence_app.casefile.custody.witness import Witness
from evidence_app.casefile.records import search
from evidence_app.casefile.storage import cipher, copies, failed_unlocks, structure
from evidence_app.casefile.storage import connection as database
from evidence_app.casefile.storage.cipher import CipherKey
from evidence_app.casefile.storage.errors import translated
from evidence_app.casefile.storage.reading import Reader
from evidence_app.errors import DamagedError, UserError
from evidence_app.messages import Message, MessageCode, message
from evidence_app.model.copies import BackupReason
from evidence_app.model.custody import Action
from evidence_app.model.verification import Mismatch, MismatchKind

_LOG = logging.getLogger(__name__)

ACCEPTABLE = frozenset(
    {
        MismatchKind.TAIL_CUT,
        MismatchKind.REWRITTEN,
        MismatchKind.SWAPPED,
        MismatchKind.UNKNOWN_KEY,
    }
)
"""Doubts that can have a harmless reason, which only the person knows."""


def key_of(path: Path, password: str | None) -> CipherKey | None:
    """The key that opens a file, or None if it is not locked.

    Raises:
        UserError: It is not there, is no case file, or does not open with that password.
    """
    if not database.is_locked(path):
        return None
    if password is None:
        raise UserError(message(MessageCode.CASE_LOCKED))
    key = cipher.key_for(path, password)
    connection = None
    try:
        # The first page tells. Whatever lies beside the file may be of another case.
        connection = dbapi2.connect(f"{path.absolute().as_uri()}?{database.ALONE}", uri=True)
        for pragma in key.pragmas():
            connection.execute(pragma)
        marked = connection.execute("PRAGMA application_id").fetchone()[0]
    except dbapi2.DatabaseError as error:
        if "not a database" not in str(error):
            with translated(path):
                raise DatabaseError(str(error), None, error) from error
        # SQLCipher would say it on the terminal, in words that nobody else understands.
        _LOG.info("a password did not open a case: %s", error)
        failed_unlocks.note(key)
        raise UserError(message(MessageCode.CASE_WRONG_PASSWORD)) from error
    finally:
        if connection is not None:
            connection.close()
    if marked != schema.APPLICATION_ID:
        raise UserError(message(MessageCode.NOT_A_CASE, path=path))
    return key


@dataclass(frozen=True, slots=True)
class Examined:
    """What a look at a file shows before anything is done to it.

    Attributes:
        version: Of the schema that it has, whatever it says of itself.
        doubts: What stands against trusting it.
        is_new_here: Whether this computer had never seen the case before.
        notices: What the person should know although it stands against nothing.
    """

    version: int
    doubts: tuple[Mismatch, ...]
    is_new_here: bool = True
    notices: tuple[Message, ...] = ()


def examine(connection: Connection, witness: Witness) -> Examined:
    """Check structure, end of the log, and what was seen of it before; quick at any size.

    Of a file of before the log was signed the whole log is followed: nothing else vouches for it.
    """
    raw = connection.connection.driver_connection
    form = structure.form_of(raw)
    doubts, is_new_here, notices = list(form.mismatches), True, list[Message]()
    try:
        if form.version >= chain_check.SIGNED_SINCE:
            doubts += chain_check.check_end(connection)
        elif form.version:
            doubts += chain_check.follow_unsigned(connection).mismatches
        doubts += witness.doubts(connection)
        is_new_here = not witness.has_seen(connection)
        notices += _notices(connection, witness, is_new_here)
    except DatabaseError as error:
        doubts.append(Mismatch(MismatchKind.DATABASE, "log", "readable", str(error.orig)))
    version = form.version or schema.SCHEMA_VERSION
    return Examined(version, tuple(doubts), is_new_here, tuple(notices))


def _notices(connection: Connection, witness: Witness, is_new_here: bool) -> Iterator[Message]:
    if is_new_here and witness.is_signed_elsewhere(connection):
        yield message(MessageCode.NOTICE_ELSEWHERE)
    if is_new_here and witness.has_forgotten(connection):
        yield message(MessageCode.NOTICE_FORGOTTEN)
    if witness.misses_password(connection):
        yield message(MessageCode.NOTICE_UNLOCKED)
    if signing.is_open_to_others():
        yield message(MessageCode.NOTICE_KEY_OPEN)
    later = custody.later_than_now(connection)
    if later:
        yield message(MessageCode.NOTICE_CLOCK, found=later)


def notices_of_place(path: Path) -> Iterator[Message]:
    """What the person should know of where a file lies."""
    if database.has_other_names(path):
        yield message(MessageCode.NOTICE_OTHER_NAME, path=path)


def examine_file(path: Path, key: CipherKey | None) -> Examined:
    """As `examine`, of a file that is not open.

    Raises:
        UserError, DamagedError: It cannot be read.
    """
    reader = Reader(path, key)
    try:
        with translated(path), reader.connect() as connection:
            return examine(connection, Witness(path))
    finally:
        reader.close()


def refuse_if_forged(path: Path, key: CipherKey | None) -> None:
    """Refuse a file that has doubts which nobody can accept.

    Raises:
        UserError, DamagedError: It has some, or cannot be read.
    """
    doubts = examine_file(path, key).doubts
    if any(doubt.kind not in ACCEPTABLE for doubt in doubts):
        raise UserError(message(MessageCode.CASE_IN_DOUBT))


def look_below(path: Path, key: CipherKey | None, write_back: Callable[[], None]) -> None:
    """Look at the free pages of a file beside which a killed program left its newest pages.

    Args:
        path: The file, which is open for changes.
        key: If it is locked.
        write_back: Brings what lies beside the file into it.

    Raises:
        DamagedError: The next changes would write over something.
    """
    if not file_form.is_being_changed(path):
        return
    # On a full disk nothing can be written over either: the next change tells.
    with suppress(UserError):
        write_back()
    if file_form.check_next(path, key):
        raise DamagedError(message(MessageCode.CASE_DAMAGED, reason="free pages"))


def bring_up_to_date(path: Path, version: int, key: CipherKey | None) -> None:
    """Copy a file of an older program and migrate it, with the entry that says so.

    Whoever calls it has the lock, and has looked at the file. The rows of a version that sealed
    nothing are sealed as they are: the entry vouches for them from here on, and for nothing before.
    Those of a version that did keep their seals: a migration adds tables and columns, which are
    empty, and so leaves what was sealed as it was.

    Raises:
        UserError: It cannot be copied; it is as it was then.
    """
    copy = copies.keep(path, identity(path, key)[0], BackupReason.UPDATE, key)
    detail = {"from": version, "to": schema.SCHEMA_VERSION, "backup": copy.name}

    def account(connection: Connection) -> None:
        search.rebuild(connection)
        is_sealed = version >= chain_check.SIGNED_SINCE
        sealed = [] if is_sealed else seals.of_everything(connection)
        custody.append(connection, Action.MIGRATE_CASE, detail, sealed)

    with translated(path):
        engine = database.engine_for(path, read_only=False, key=key)
        try:
            database.migrate(engine, account)
        finally:
            engine.dispose()


@contextmanager
def readable_copy(path: Path, version: int, key: CipherKey | None) -> Iterator[Path]:
    """A private copy of a file of an older program in the form of this one, for reading only.

    It is as locked as the file, lies in a folder that nobody else may read, and goes afterwards.
    """
    with tempfile.TemporaryDirectory(prefix="older-") as folder:
        copy = Path(folder) / path.name
        copies.copy(path, copy, key)
        with translated(copy):
            engine = database.engine_for(copy, read_only=False, key=key)
            try:
                database.migrate(engine, search.rebuild, version=version)
            finally:
                engine.dispose()
        yield copy


def identity(path: Path, key: CipherKey | None) -> tuple[str, str]:
    """The case's id and the hash of its newest entry, of a file of any version, as it is."""
    newest = select(schema.custody_entry.c.entry_hash).order_by(schema.custody_entry.c.seq.desc())
    with translated(path):
        engine = database.engine_for(path, read_only=True, key=key)
        try:
            with engine.connect() as connection:
                case_id = connection.execute(select(schema.case_info.c.case_id)).scalar()
                return str(case_id or ""), str(connection.execute(newest.limit(1)).scalar() or "")
        finally:
            engine.dispose()
