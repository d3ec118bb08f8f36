"""Opens and creates the SQLite file: driver, pragmas, migrations, the lock of the one writer."""

from __future__ import annotations

import contextlib
import functools
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from filelock import BaseFileLock, FileLock, Timeout
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from evidence_app.casefile import interruption, schema
from evidence_app.casefile.cipher import CipherKey
from evidence_app.errors import MendableError
from evidence_app.messages import MessageCode, message

_SQLITE_HEADER = b"SQLite format 3\x00"
_WRITE = "write"
_READ = "read"

PAGE_SIZE = 16384
"""Bytes of a page of a case file."""

WAL_SIZE = 64 << 20
"""Bytes of the write-ahead log that are kept for being written again."""


def connect(path: Path, *, read_only: bool, key: CipherKey | None = None, wal: bool = True) -> Any:
    """A connection of the driver, in no transaction.

    Args:
        path: The file; it is made if it is not there and may be written.
        read_only: Whether it must not be changed.
        key: If it is locked with a password.
        wal: Whether a file that may be written gets a write-ahead log.
    """
    mode = _read_only_mode(path) if read_only else "mode=rwc"
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
    except BaseException:
        connection.close()
        raise
    return connection


def _read_only_mode(path: Path) -> str:
    # Even a reader of a file with a write-ahead log makes files beside it. Where it cannot, as on
    # a disc, nobody else writes either.
    alone = not path.with_name(f"{path.name}-wal").exists()
    return "immutable=1" if alone and not os.access(path.parent, os.W_OK) else "mode=ro"


def engine_for(path: Path, *, read_only: bool, key: CipherKey | None = None) -> Engine:
    """An engine on the file; transactions begin explicitly, writing ones at once."""
    # SQLAlchemy takes a nameless SQLite database for one in memory, whose pool closes the
    # connections of other threads; this one is a file.
    engine = create_engine(
        "sqlite://",
        hide_parameters=True,
        module=dbapi2,
        creator=lambda: connect(path, read_only=read_only, key=key),
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
    wanted = "ON" if options.get(_READ) else "OFF"
    if connection.info.get(_READ) != wanted:
        connection.exec_driver_sql(f"PRAGMA query_only={wanted}")
        connection.info[_READ] = wanted
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(_WRITE) else "BEGIN")


def reading(connection: Connection) -> Connection:
    """Make the next transactions of ``connection`` refuse every change."""
    return connection.execution_options(**{_READ: True})


def writing(connection: Connection) -> Connection:
    """Make the next transaction of ``connection`` take the write lock when it begins."""
    return connection.execution_options(**{_WRITE: True})


def take_lock(path: Path) -> FileLock:
    """Become the one writer of the file at ``path``.

    The operating system drops the lock with the process, so that none can be left behind.

    Raises:
        MendableError: Somebody else is the writer.
    """
    lock = FileLock(path.with_name(f".{path.name}.lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise MendableError(message(MessageCode.CASE_IN_USE)) from error
    return lock


def release_lock(lock: BaseFileLock) -> None:
    """Let somebody else become the writer, and leave no file behind."""
    path = Path(lock.lock_file)
    # While it is still held: whoever opens it in between sees that it is gone, and tries again.
    # Windows removes no open file, and there the name may stay.
    with contextlib.suppress(PermissionError):
        path.unlink(missing_ok=True)
    lock.release()


def tidy(path: Path, key: CipherKey | None) -> None:
    """Remove the empty files that a reader leaves beside a case, unless somebody else has it open.

    Only a connection that may write can do that; SQLite itself sees whether it is the last one.
    """
    log = path.with_name(f"{path.name}-wal")
    if not log.exists() or log.stat().st_size:
        return
    with contextlib.suppress(dbapi2.DatabaseError, MendableError):
        lock = take_lock(path)
        try:
            connect(path, read_only=False, key=key).close()
        finally:
            release_lock(lock)


def is_locked(path: Path) -> bool:
    """Whether a case file is locked with a password; refuses what is not there or is no case file.

    A locked file shows nothing but its size: whole pages.

    Raises:
        MendableError: With the reason.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(72)
        size = path.stat().st_size
    except FileNotFoundError as error:
        raise MendableError(message(MessageCode.CASE_NOT_FOUND, path=path)) from error
    except IsADirectoryError as error:
        raise MendableError(message(MessageCode.NOT_A_CASE, path=path)) from error
    except OSError as error:
        raise MendableError(message(MessageCode.FILE_UNREADABLE, reason=error.strerror)) from error
    if head.startswith(_SQLITE_HEADER):
        if int.from_bytes(head[68:72], "big") != schema.APPLICATION_ID:
            raise MendableError(message(MessageCode.NOT_A_CASE, path=path))
        return False
    if not size or size % PAGE_SIZE or not any(head):
        raise MendableError(message(MessageCode.NOT_A_CASE, path=path))
    return True


def schema_version(engine: Engine) -> int:
    """The version that the file says it has."""
    with engine.connect() as connection:
        return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def structure(connection: Connection) -> dict[str, str]:
    """The statements that made the tables, indexes and triggers of a file, by name."""
    query = "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL"
    found = connection.exec_driver_sql(query).all()
    return {
        f"{kind} {name}": str(sql)
        for kind, name, sql in found
        if not name.startswith(("sqlite_", "alembic_"))
    }


@functools.cache
def expected_structure() -> dict[str, str]:
    """What `structure` says of a file of this version of the program."""
    with tempfile.TemporaryDirectory(prefix="evidence-structure-") as folder:
        engine = engine_for(Path(folder) / "empty", read_only=False)
        migrate(engine)
        with engine.connect() as connection:
            made = structure(connection)
        engine.dispose()
    return made


def migrate(
    engine: Engine, account: Callable[[Connection], object] = lambda connection: None
) -> None:
    """Bring the schema to the newest version, in one transaction.

    Args:
        engine: On the file.
        account: Writes down that it was done, in the same transaction.
    """
    from alembic import command
    from alembic.config import Config

    with engine.connect() as connection, writing(connection).begin():
        config = Config()
        config.set_main_option("script_location", "evidence_app:casefile/migrations")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        account(connection)
        connection.exec_driver_sql(f"PRAGMA application_id={schema.APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version={schema.SCHEMA_VERSION}")
    # The marks by which a case file is known stand in its head, not in a file beside it.
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.close()
