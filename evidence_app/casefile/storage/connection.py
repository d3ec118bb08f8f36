"""Opens the SQLite file: driver, pragmas, migrations, and the files that SQLite has beside it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool, StaticPool
from sqlcipher3 import dbapi2

from evidence_app.casefile import schema
from evidence_app.casefile.storage import atomic_file, interruption, links, lock
from evidence_app.casefile.storage.cipher import CipherKey
from evidence_app.errors import UserError
from evidence_app.messages import MessageCode, message

_SQLITE_HEADER = b"SQLite format 3\x00"
_ENDINGS = ("-wal", "-shm", "-journal")
_BATCH = 100
_WRITE = "write"
_READ = "read"

DatabaseError = dbapi2.DatabaseError
"""What the driver raises."""

PAGE_SIZE = 16384
"""Bytes of a page of a case file."""

WAL_SIZE = 64 << 20
"""Bytes of the write-ahead log that are kept for being written again."""


def connect(path: Path, *, read_only: bool, key: CipherKey | None = None, wal: bool = True) -> Any:
    """A connection of the driver, in no transaction.

    Args:
        path: The file, which is there.
        read_only: Whether it must not be changed.
        key: If it is locked with a password.
        wal: Whether a file that may be written gets a write-ahead log.

    Raises:
        UserError: A link or the like is in the place of a file that SQLite has beside it.
    """
    links.refuse_planted(*(beside(path, ending) for ending in _ENDINGS))
    # Never ``rwc``: when a case was moved away, nothing empty may appear in its place.
    mode = reading_mode(path) if read_only else "mode=rw"
    connection = dbapi2.connect(
        f"{path.absolute().as_uri()}?{mode}",
        uri=True,
        check_same_thread=False,
        isolation_level=None,
        timeout=60,
    )
    try:
        for pragma in (*(key.pragmas() if key else ()), *_pragmas(read_only=read_only, wal=wal)):
            connection.execute(pragma).close()
        connection.set_authorizer(_only_what_was_asked)
    except BaseException:
        connection.close()
        raise
    return connection


def _only_what_was_asked(
    _action: int, _first: object, _second: object, _database: object, source: object
) -> int:
    """Disable the triggers and views of a file: a statement that needs one fails.

    The driver does not offer SQLite's switches for them. It names here the trigger or view on
    whose behalf a table is used. (It would name a common table expression too: use subqueries.)
    """
    return int(dbapi2.SQLITE_OK if source is None else dbapi2.SQLITE_DENY)


ALONE = "immutable=1"
"""How a file is opened that nobody has open: no lock is taken, no file made beside it."""


def reading_mode(path: Path) -> str:
    """How to open a file for reading so that nothing changes, in it or beside it.

    Even a reader of a file with a write-ahead log makes files beside it, if they are not there.
    They are there while somebody has it open; otherwise it can be read as it is, as on a disc.
    """
    return "mode=ro" if beside(path, "-wal").exists() or has_journal(path) else ALONE


def beside(path: Path, ending: str) -> Path:
    """The file that SQLite has beside a case, as ``-wal``."""
    real = links.followed(path)
    return real.with_name(real.name + ending)


def is_writable(path: Path) -> bool:
    """Whether a file and what SQLite puts beside it can be written, and nothing else is by that.

    What is done to a file with a second name is done under that name too; SQLite keeps its log
    beside just one of them.
    """
    can_write = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    return can_write and not has_other_names(path)


def has_other_names(path: Path) -> bool:
    """Whether a file has a name besides this one and that which a change of password gives it."""
    return links.other_names(path, atomic_file.replaced(path)) > 0


def has_journal(path: Path) -> bool:
    """Whether a change was cut short that SQLite has to take back before the file can be read."""
    try:
        return beside(path, "-journal").stat().st_size > 0
    except OSError:
        return False


def take_back(path: Path, key: CipherKey | None) -> None:
    """Let SQLite take back a change that was cut short; whoever calls it has the lock."""
    if has_journal(path):
        with contextlib.closing(_bare(path, key)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()


def _bare(path: Path, key: CipherKey | None) -> Any:
    """A connection that may write, opened without any pragma that writes."""
    links.refuse_planted(*(beside(path, ending) for ending in _ENDINGS))
    connection = dbapi2.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)
    for pragma in key.pragmas() if key else ():
        connection.execute(pragma).close()
    return connection


Identity = tuple[int, int]
"""Which file it is, whatever its name: its device, and its number there."""


def identity_of(path: Path) -> Identity | None:
    """Which file is at a place; None if there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def engine_for(
    path: Path, *, read_only: bool, key: CipherKey | None = None, identity: Identity | None = None
) -> Engine:
    """An engine on the file; transactions begin explicitly, writing ones at once.

    Args:
        path: The file.
        read_only: Whether it must not be changed.
        key: If it is locked with a password.
        identity: Which file it is: no connection is made with another one in its place.
    """

    def connected() -> Any:
        if identity is not None and identity_of(path) not in (None, identity):
            raise UserError(message(MessageCode.CASE_REPLACED, path=path))
        return connect(path, read_only=read_only, key=key)

    # SQLAlchemy takes a nameless SQLite database for one in memory, whose pool closes the
    # connections of other threads; this one is a file.
    engine = create_engine(
        "sqlite://",
        hide_parameters=True,
        module=dbapi2,
        creator=connected,
        poolclass=QueuePool,
        pool_size=8,
        max_overflow=-1,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _pragmas(*, read_only: bool, wal: bool) -> list[str]:
    common = [
        "PRAGMA foreign_keys=ON",
        "PRAGMA cache_size=-32000",
        "PRAGMA mmap_size=0",
        # What is sorted must not leave the file in a temporary one.
        "PRAGMA temp_store=MEMORY",
        # A file from a stranger may hold views and triggers that call functions, and pages that
        # were made to confuse.
        "PRAGMA trusted_schema=OFF",
        "PRAGMA recursive_triggers=OFF",
        "PRAGMA cell_size_check=ON",
    ]
    if read_only:
        return common
    return [
        f"PRAGMA page_size={PAGE_SIZE}",
        f"PRAGMA journal_mode={'WAL' if wal else 'DELETE'}",
        "PRAGMA synchronous=FULL",
        # `checkpoints` empties a log that is larger than this. SQLite does it itself only if that
        # thread is much too slow.
        f"PRAGMA journal_size_limit={WAL_SIZE}",
        f"PRAGMA wal_autocheckpoint={4 * WAL_SIZE // PAGE_SIZE}",
        "PRAGMA secure_delete=ON",
        *common,
    ]


def _begin(connection: Connection) -> None:
    interruption.watch(connection)
    options = connection.get_execution_options()
    # The pool gives the same connections to those who read and those who write.
    query_only = "ON" if options.get(_READ) else "OFF"
    if connection.info.get(_READ) != query_only:
        connection.exec_driver_sql(f"PRAGMA query_only={query_only}")
        connection.info[_READ] = query_only
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(_WRITE) else "BEGIN")


def reading(connection: Connection) -> Connection:
    """Make the next transactions of ``connection`` refuse every change."""
    return connection.execution_options(**{_READ: True})


def writing(connection: Connection) -> Connection:
    """Make the next transaction of ``connection`` take the write lock when it begins."""
    return connection.execution_options(**{_WRITE: True})


def as_stored(
    connection: Connection, query: str, parameters: Sequence[object] = ()
) -> Iterator[dict[str, Any]]:
    """Rows with their cells as they are stored, whatever their types, for checks.

    A text whose bytes are no UTF-8 has half surrogate pairs in their places.

    Raises:
        sqlalchemy.exc.DatabaseError: The rows cannot be read; as for every other query.
    """
    raw: Any = connection.connection.driver_connection
    with _any_text(raw, query):
        cursor = raw.execute(query, parameters)
        batch = cursor.fetchmany(_BATCH)
    names = [column[0] for column in cursor.description]
    while batch:
        for row in batch:
            yield dict(zip(names, row, strict=True))
        with _any_text(raw, query):
            batch = cursor.fetchmany(_BATCH)


@contextlib.contextmanager
def _any_text(raw: Any, query: str) -> Iterator[None]:
    before = raw.text_factory
    raw.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
    try:
        yield
    except dbapi2.Error as error:
        raise DBAPIError.instance(query, None, error, dbapi2.Error) from error
    finally:
        raw.text_factory = before


def require_short_name(path: Path) -> None:
    """Make sure that SQLite can name its own files after a case file.

    Raises:
        UserError: The name is too long for it.
    """
    if len(os.fsencode(path.name)) > atomic_file.LONGEST_NAME - len("-journal"):
        raise UserError(message(MessageCode.NAME_TOO_LONG, path=path))


def tidy(path: Path, key: CipherKey | None) -> None:
    """Remove the empty files that are left beside a case when its writer ended before a reader.

    Only a connection that may write can do that; SQLite itself sees whether it is the last one.
    Where there is a change to take back, it would write into the case: then they stay.
    """
    log = beside(path, "-wal")
    if not log.exists() or log.stat().st_size or has_journal(path):
        return
    with contextlib.suppress(dbapi2.DatabaseError, UserError):
        locked = lock.take_lock(path)
        try:
            with contextlib.closing(_bare(path, key)) as connection:
                connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
        finally:
            lock.release_lock(locked)


def remove_index(path: Path) -> None:
    """Remove the index of a write-ahead log that a reader made, unless somebody has it open.

    It holds nothing that SQLite does not find again in the log.
    """
    index = beside(path, "-shm")
    if not index.exists():
        return
    with contextlib.suppress(UserError):
        locked = lock.take_lock(path)
        try:
            index.unlink(missing_ok=True)
        finally:
            lock.release_lock(locked)


def remove_files(path: Path) -> None:
    """Remove a case file that nobody has open, with all that SQLite has beside it."""
    for ending in ("", *_ENDINGS):
        beside(path, ending).unlink(missing_ok=True)


def is_locked(path: Path) -> bool:
    """Whether a case file is locked with a password; refuses what is not there or is no case file.

    A locked file shows nothing but its size: whole pages.

    Raises:
        UserError: With the reason.
    """
    require_short_name(path)
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            # To read a pipe would wait for ever.
            raise UserError(message(MessageCode.NOT_A_CASE, path=path))
        with path.open("rb") as stream:
            head = stream.read(72)
        size = path.stat().st_size
    except FileNotFoundError as error:
        raise UserError(message(MessageCode.CASE_NOT_FOUND, path=path)) from error
    except IsADirectoryError as error:
        raise UserError(message(MessageCode.NOT_A_CASE, path=path)) from error
    except OSError as error:
        raise UserError(message(MessageCode.FILE_UNREADABLE, reason=error.strerror)) from error
    if head.startswith(_SQLITE_HEADER):
        if int.from_bytes(head[68:72], "big") != schema.APPLICATION_ID:
            raise UserError(message(MessageCode.NOT_A_CASE, path=path))
        return False
    if not size or size % PAGE_SIZE or not any(head):
        raise UserError(message(MessageCode.NOT_A_CASE, path=path))
    return True


@contextlib.contextmanager
def empty_of_version(version: int) -> Iterator[Any]:
    """A connection of the driver on an empty case of that version, in memory."""
    connection = dbapi2.connect(":memory:", isolation_level=None)
    engine = create_engine(
        "sqlite://", module=dbapi2, creator=lambda: connection, poolclass=StaticPool
    )
    with engine.connect() as opened, opened.begin():
        _upgrade(opened, f"{version:04}")
    try:
        yield connection
    finally:
        engine.dispose()


def migrate(
    engine: Engine,
    account: Callable[[Connection], object] = lambda connection: None,
    *,
    version: int | None = None,
) -> None:
    """Bring the schema to the newest version, in one transaction.

    Args:
        engine: On the file.
        account: Writes down that it was done, in the same transaction.
        version: Which one the file has, if it is not the one that it says.
    """
    with engine.connect() as connection, writing(connection).begin():
        _upgrade(connection, "head", version)
        account(connection)
        connection.exec_driver_sql(f"PRAGMA application_id={schema.APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version={schema.SCHEMA_VERSION}")
    # The marks by which a case file is known stand in its head, not in a file beside it.
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.close()


def _upgrade(connection: Connection, revision: str, version: int | None = None) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "evidence_app:casefile/migrations")
    config.attributes["connection"] = connection
    if version is not None:
        command.stamp(config, f"{version:04}", purge=True)
    command.upgrade(config, revision)
