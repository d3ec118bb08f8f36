"""Links in the place of a case file, or of a file that SQLite or the program keeps beside it.

Whoever can put files beside a case could let what is written to them go to any file of the person.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from evidence_app.errors import UserError
from evidence_app.messages import MessageCode, message


def followed(path: Path) -> Path:
    """The file that a link names in the end: what SQLite keeps lies beside that one."""
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def refuse_planted(*paths: Path) -> None:
    """Refuse what is there and is no file with just one name.

    Raises:
        UserError: One is a link, has a second name, or is a pipe, a folder or a device.
    """
    for path in paths:
        if is_planted(path):
            raise UserError(message(MessageCode.PLANTED_FILE, path=path))


def is_planted(path: Path) -> bool:
    """Whether something is there that is no file with just one name."""
    try:
        status = path.lstat()
    except OSError:
        return False  # It is not there; what else it may be, its use tells.
    return not stat.S_ISREG(status.st_mode) or status.st_nlink > 1


def other_names(path: Path, *own: Path) -> int:
    """How many names a file has elsewhere; 0 for one that is not there.

    Args:
        path: One of its names.
        own: Others that the program gave it, which may be gone again.
    """
    try:
        names = sum(name.exists() and not name.is_symlink() and name.samefile(path) for name in own)
        return max(path.stat().st_nlink - 1 - names, 0)
    except OSError:
        return 0
