"""A lock that a process holds on a file, and that the operating system drops with the process.

The library for it, which the case file has, brings asyncio, sqlite3 and ssl along. Loading these
takes half as long as a bare window of Qt, and every start needs this lock.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_HELD_BY_OTHERS = (errno.EACCES, errno.EAGAIN)


class ProcessLock:
    """One lock; it is neither shared between threads nor taken twice.

    Args:
        path: The file that stands for it, which is made if it is not there.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def take(self) -> bool:
        """Take it; whether nobody else holds it.

        Raises:
            OSError: The file cannot be made, or its file system knows no locks.
        """
        file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(file)
        except OSError as error:
            os.close(file)
            if error.errno in _HELD_BY_OTHERS:
                return False
            raise
        self._file = file
        return True

    def drop(self) -> None:
        """Let others take it, and remove its file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
            self._path.unlink(missing_ok=True)


def _lock(file: int) -> None:
    if sys.platform == "win32":
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
