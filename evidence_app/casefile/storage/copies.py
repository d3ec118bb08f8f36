"""Consistent copies of case files, and the rolling set of them in the person's data folder."""

from __future__ import annotations

import logging
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from evidence_app import scratch, settings
from evidence_app.casefile.storage import connection as database
from evidence_app.casefile.storage.atomic_file import appearing
from evidence_app.casefile.storage.cipher import CipherKey
from evidence_app.casefile.storage.errors import translated
from evidence_app.errors import UserError
from evidence_app.messages import MessageCode, message
from evidence_app.model.copies import BackupReason, KeptCopy
from evidence_app.progress import SILENT, Progress

_LOG = logging.getLogger(__name__)
_STEP = 512
"""Pages that are copied at a time: 8 MiB."""

_ROOM = 1 << 30
"""Bytes that a copy must leave free."""

_LARGEST_SET = 8 << 30
_FEWEST = 2
_NEWEST, _DAYS, _WEEKS = 3, 7, 4
_NAME = re.compile(r"(\d{8}-\d{6}-\d{6}) ([a-z]+)\.evcase")
_CHANGING = "password-changing"
"""A mark beside the copies of a case whose password is being changed."""

_START = 16
"""Bytes at the start of a file: its salt, or what says that it has no password."""

_STAMP = "%Y%m%d-%H%M%S-%f"


def copy(
    source: Path,
    target: Path,
    key: CipherKey | None = None,
    *,
    reading: Any = None,
    progress: Progress = SILENT,
) -> None:
    """Copy a case file with SQLite's online backup, even while it is being changed.

    Args:
        source: The case file.
        target: Its copy; a file that is there is replaced when the copy is whole.
        key: If the file is locked; the copy is locked with the same password.
        reading: A connection of the driver to it, of whoever has it open; another file may lie in
            its place by now.
        progress: Is told the share that is done, 0 to 1; if it is cancelled, nothing is left
            behind.

    Raises:
        Cancelled: The person asked to stop.
        UserError, DamagedError: The copy could not be made; nothing of it is left.
    """
    try:
        with appearing(target) as waiting, translated():
            if reading is not None:
                _back_up(reading, waiting, key, progress)
                return
            with closing(database.connect(source, read_only=True, key=key)) as reader:
                _back_up(reader, waiting, key, progress)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(message(MessageCode.CANNOT_WRITE, path=target, reason=reason)) from error


def copy_open(reading: Any, target: Path, key: CipherKey | None) -> None:
    """Copy a case file that is open, even if it is no longer where it was.

    Args:
        reading: A connection of the driver, in no transaction.
        target: Its copy; nothing is there yet.
        key: If the file is locked; the copy is locked with the same password.

    Raises:
        OSError, sqlcipher3.dbapi2.DatabaseError: It could not be made; nothing of it is left.
    """
    with appearing(target) as waiting:
        _back_up(reading, waiting, key, SILENT)


def _back_up(
    reading: Any,
    waiting: Path,
    key: CipherKey | None,
    progress: Progress,
) -> None:
    def look(status: int, remaining: int, total: int) -> None:
        progress.check()
        progress.tell(total - remaining, total)

    waiting.touch(0o600)
    writing = database.connect(waiting, read_only=False, key=key, wal=False)
    try:
        reading.backup(writing, pages=_STEP, progress=look)
    finally:
        writing.close()


def folder_of(case_id: str) -> Path:
    """Where the copies of a case are kept."""
    return settings.data_folder() / "backups" / case_id


def all_of(case_id: str) -> list[KeptCopy]:
    """The copies of a case that are kept, the newest first."""
    folder = folder_of(case_id)
    if not case_id or not folder.is_dir():
        return []
    return sorted(_find_copies(folder), key=lambda kept_copy: kept_copy.at, reverse=True)


def keep(
    source: Path,
    case_id: str,
    occasion: BackupReason,
    key: CipherKey | None = None,
    *,
    reading: Any = None,
    progress: Progress = SILENT,
) -> Path:
    """Add a copy to those that are kept, and let go of those that are no longer needed.

    ``reading`` is as for `copy`.

    Raises:
        Cancelled: The person asked to stop; no copy is made.
        UserError: There is no room, or nothing can be written.
    """
    folder = folder_of(case_id)
    target = folder / f"{datetime.now().astimezone().strftime(_STAMP)} {occasion.value}.evcase"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        room = shutil.disk_usage(folder).free - source.stat().st_size
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(message(MessageCode.CANNOT_WRITE, path=folder, reason=reason)) from error
    if room < _ROOM:
        raise UserError(message(MessageCode.NO_ROOM_FOR_COPY))
    copy(source, target, key, reading=reading, progress=progress)
    for kept_copy in to_prune(all_of(case_id)):
        kept_copy.path.unlink(missing_ok=True)
    return target


def to_prune(copies: list[KeptCopy]) -> list[KeptCopy]:
    """Those that a set needs no longer, of copies with the newest first.

    The newest three stay, then the newest of each of seven days and of each of four weeks, and
    no more than 8 GiB altogether, though never fewer than two.
    """
    days: set[str] = set()
    weeks: set[str] = set()
    size = 0
    staying: list[KeptCopy] = []
    for place, kept_copy in enumerate(copies):
        day, week = kept_copy.at.strftime("%Y%m%d"), kept_copy.at.strftime("%G%V")
        is_needed = place < _NEWEST
        if day not in days and len(days) < _DAYS:
            is_needed = True
        if week not in weeks and len(weeks) < _WEEKS:
            is_needed = True
        days.add(day)
        weeks.add(week)
        if is_needed and (len(staying) < _FEWEST or size + kept_copy.size <= _LARGEST_SET):
            staying.append(kept_copy)
            size += kept_copy.size
    return [kept_copy for kept_copy in copies if kept_copy not in staying]


def forget(case_id: str) -> None:
    """Remove all copies of a case, and what is left of one that was not finished."""
    folder = folder_of(case_id)
    if case_id and folder.is_dir():
        # The mark goes last: whatever a kill leaves goes when the case is opened next.
        for path in sorted(folder.iterdir(), key=lambda path: path.name == _CHANGING):
            scratch.remove_written(path)


def mark_changing(case_id: str) -> None:
    """Note that a case gets another password: a kill may leave copies that have the old one."""
    folder = folder_of(case_id)
    if case_id and folder.is_dir():
        with (folder / _CHANGING).open("wb") as mark:
            os.fsync(mark.fileno())


def forget_interrupted(case_id: str, source: Path) -> None:
    """Remove copies that do not have the password of the case, if its change was interrupted."""
    folder = folder_of(case_id)
    mark = folder / _CHANGING
    try:
        if not case_id or not mark.exists():
            return
        start = _start(source)
        for path in folder.iterdir():
            if path != mark and path.exists() and _start(path) != start:
                scratch.remove_written(path)
        mark.unlink()
    except OSError:
        # The mark is still there: it is tried again when the case is opened next.
        _LOG.warning("copies with another password could not be removed", exc_info=True)


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_START)


def _find_copies(folder: Path) -> Iterator[KeptCopy]:
    for path in folder.iterdir():
        named = _NAME.fullmatch(path.name)
        if named is None or named[2] not in set(BackupReason):
            continue
        at = datetime.strptime(named[1], _STAMP).astimezone()
        yield KeptCopy(path, at, BackupReason(named[2]), path.stat().st_size)
