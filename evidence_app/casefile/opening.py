"""What comes before a case file is open: its password, its version, and bringing it up to date."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import DatabaseError
from sqlcipher3 import dbapi2

from evidence_app.casefile import attempts, cipher, copies, custody, database, schema, seals
from evidence_app.casefile.cipher import CipherKey
from evidence_app.casefile.failures import translated
from evidence_app.errors import MendableError
from evidence_app.messages import MessageCode, message
from evidence_app.model.copies import Occasion
from evidence_app.model.custody import Action


def key_of(path: Path, password: str | None) -> CipherKey | None:
    """The key that opens a file, or None if it is not locked.

    Raises:
        MendableError: It is not there, is no case file, or does not open with that password.
    """
    if not database.is_locked(path):
        return None
    if password is None:
        raise MendableError(message(MessageCode.CASE_LOCKED))
    key = cipher.key_for(path, password)
    connection = None
    try:
        connection = database.connect(path, read_only=True, key=key)
        marked = connection.execute("PRAGMA application_id").fetchone()[0]
    except dbapi2.DatabaseError as error:
        if "not a database" not in str(error):
            with translated(path):
                raise DatabaseError(str(error), None, error) from error
        attempts.note(key)
        raise MendableError(message(MessageCode.CASE_WRONG_PASSWORD)) from error
    finally:
        if connection is not None:
            connection.close()
    if marked != schema.APPLICATION_ID:
        raise MendableError(message(MessageCode.NOT_A_CASE, path=path))
    return key


def version_of(path: Path, key: CipherKey | None) -> int:
    """The version of the schema that a file has."""
    with translated(path):
        engine = database.engine_for(path, read_only=True, key=key)
        try:
            return database.schema_version(engine)
        finally:
            engine.dispose()


def bring_up_to_date(path: Path, version: int, key: CipherKey | None) -> None:
    """Copy a file of an older program and migrate it, with the entry that says so.

    Raises:
        MendableError: It has a writer already, or cannot be copied; it is as it was then.
    """
    lock = database.take_lock(path)
    try:
        copy = copies.keep(path, identity(path, key)[0], Occasion.UPDATE, key)
        with translated(path):
            engine = database.engine_for(path, read_only=False, key=key)
            detail = {"from": version, "to": schema.SCHEMA_VERSION, "backup": copy.name}
            try:
                database.migrate(
                    engine,
                    lambda connection: custody.append(
                        connection, Action.MIGRATE_CASE, detail, seals.of_everything(connection)
                    ),
                )
            finally:
                engine.dispose()
    finally:
        database.release_lock(lock)


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
