"""The lock by which a case file has one writer at most."""

from __future__ import annotations

import contextlib
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

from evidence_app.casefile.storage import atomic_file, links
from evidence_app.errors import UserError
from evidence_app.messages import MessageCode, message


def lock_file(path: Path) -> Path:
    """The file by which the one writer of a case is known."""
    return atomic_file.beside(links.followed(path), ".", ".lock")


def take_lock(path: Path) -> FileLock:
    """Become the one writer of the file at ``path``.

    The operating system drops the lock with the process, so that none can be left behind.

    Raises:
        UserError: Somebody else is the writer, or the lock is no file of ours.
    """
    # One thread may open a case and another close it.
    links.refuse_planted(lock_file(path))
    lock = FileLock(lock_file(path), thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise UserError(message(MessageCode.CASE_IN_USE)) from error
    return lock


def has_writer(path: Path) -> bool:
    """Whether a program that may change the case seems to have it open."""
    return lock_file(path).exists()


def release_lock(lock: BaseFileLock) -> None:
    """Let somebody else become the writer, and leave no file behind."""
    path = Path(lock.lock_file)
    # While it is still held: whoever opens it in between sees that it is gone, and tries again.
    # Windows removes no open file, and there the name may stay.
    with contextlib.suppress(PermissionError):
        path.unlink(missing_ok=True)
    lock.release()
