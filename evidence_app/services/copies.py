"""Copies of a case: those that the program keeps by itself, and those that the person saves."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from evidence_app import logs
from evidence_app.casefile import opening, rekey, schema
from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.custody.witness import Witness
from evidence_app.casefile.storage import connection as database
from evidence_app.casefile.storage import copies as kept_copies
from evidence_app.casefile.storage import links
from evidence_app.casefile.storage import lock as case_lock
from evidence_app.casefile.storage.atomic_file import appearing, beside
from evidence_app.casefile.storage.cipher import CipherKey
from evidence_app.casefile.storage.errors import translated
from evidence_app.errors import DamagedError, UserError
from evidence_app.messages import MessageCode, message
from evidence_app.model.copies import BackupReason, KeptCopy
from evidence_app.model.custody import Action
from evidence_app.progress import SILENT, Progress
from evidence_app.services import cases

_UNREADABLE = {
    MessageCode.NOT_A_CASE,
    MessageCode.CASE_LOCKED,
    MessageCode.CASE_WRONG_PASSWORD,
}
"""What a case is that nobody can open with the password that is known."""


@logs.step("save a copy")
def save_copy(
    case: CaseFile,
    target: Path,
    *,
    progress: Progress = SILENT,
) -> None:
    """Write the whole case, as it is now, to another file; with its password, if it has one.

    It works also when the case itself can no longer be written, or another file is in its place.

    Raises:
        Cancelled: The person asked to stop.
        UserError: There is a file already, or nothing can be written there.
    """
    if target.exists():
        raise UserError(message(MessageCode.TARGET_EXISTS, path=target))
    with case.own_connection() as reading:
        kept_copies.copy(case.path, target, case.key, reading=reading, progress=progress)


@logs.step("keep a copy")
def keep(
    case: CaseFile,
    *,
    progress: Progress = SILENT,
) -> Path | None:
    """Keep a copy after a session, if anything was changed in it.

    Raises:
        Cancelled: The person asked to stop; there is one copy less.
        UserError: There is no room, or nothing can be written.
    """
    if case.read_only or not case.has_changes:
        return None
    case_id = cases.info(case).case_id
    kept = case.path, case_id, BackupReason.SESSION, case.key
    with case.own_connection() as reading:
        copy_path = kept_copies.keep(*kept, reading=reading, progress=progress)
    case.has_changes = False
    return copy_path


def list_copies(path: Path) -> list[KeptCopy]:
    """The copies that are kept of the case that was at that place, the newest first.

    The case need not open any more, nor be there.
    """
    return kept_copies.all_of(Witness(path).case_id())


def forget(path: Path) -> None:
    """Remove all copies that are kept of the case that was at that place."""
    kept_copies.forget(Witness(path).case_id())


def was_case_at(path: Path) -> bool:
    """Whether this computer has seen a case at that place before."""
    return bool(Witness(path).case_id())


@logs.step("put a copy back")
def restore(copy: KeptCopy, path: Path, *, password: str | None = None) -> None:
    """Put a kept copy in the place of a closed case.

    What is there now is kept as well: as one more copy, or under another name beside it if it is
    too damaged for that.

    Args:
        copy: Which.
        path: The case file.
        password: Of the copy, if it is locked.

    Raises:
        UserError: The case is open elsewhere, the password is wrong, or nothing can be written;
            the case is as it was.
        DamagedError: The copy itself is damaged; the case is as it was.
    """
    path = links.followed(path)
    key = opening.key_of(copy.path, password)
    opening.refuse_if_forged(copy.path, key)
    lock = case_lock.take_lock(path)
    try:
        replaced = _put_aside(path, password)
        for ending in ("-wal", "-shm", "-journal"):
            database.beside(path, ending).unlink(missing_ok=True)
        # What takes the place of the case says already why: a kill costs no entry.
        with appearing(path) as waiting:
            shutil.copyfile(copy.path, waiting)
            _account(waiting, key, copy, replaced)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(message(MessageCode.CANNOT_WRITE, path=path, reason=reason)) from error
    finally:
        case_lock.release_lock(lock)
    with cases.open_case(path, read_only=True, password=password) as case:
        # An older state than the one that was seen is just what the person asked for.
        case.take_as_seen()


def _account(waiting: Path, key: CipherKey | None, copy: KeptCopy, replaced: str) -> None:
    """Bring a copy up to date, and write into its log what it is about to replace."""
    version = opening.examine_file(copy.path, key).version
    if version < schema.SCHEMA_VERSION:
        opening.bring_up_to_date(waiting, version, key)
    detail = {"copy_of": copy.at.isoformat(timespec="seconds"), "replaced": replaced}
    with translated(waiting):
        rekey.account(waiting, key, Action.RESTORE_COPY, detail)


def _put_aside(path: Path, password: str | None) -> str:
    """Move the present file aside; return its newest hash, or its new name.

    Raises:
        UserError: There is no room for a copy of it, or nothing can be written.
    """
    if not path.exists():
        return ""
    try:
        key = opening.key_of(path, password)
        case_id, head = opening.identity(path, key)
    except DamagedError:
        return _set_apart(path)
    except UserError as error:
        if error.message.code not in _UNREADABLE:
            raise
        return _set_apart(path)
    try:
        kept_copies.keep(path, case_id, BackupReason.RESTORE, key)
        with translated(path):
            # Its write-ahead log is written back: the one that takes its place must find none.
            database.connect(path, read_only=False, key=key, wal=False).close()
    except DamagedError:
        return _set_apart(path)
    return head


def _set_apart(path: Path) -> str:
    """Give a file that cannot be read another name."""
    ending = f" {datetime.now().astimezone():%Y%m%d-%H%M%S}.damaged"
    aside = beside(path.with_name(path.stem), "", ending, room=len("-wal"))
    path.rename(aside)
    for ending in ("-wal", "-shm"):
        own = database.beside(path, ending)
        if own.exists():
            own.rename(database.beside(aside, ending))
    return aside.name
