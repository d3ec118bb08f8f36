"""One place for files that are needed for a moment only.

What passes through it may be of a locked case. So it is emptied when the program ends, and what a
program that was killed has left there, or beside a file that it was writing, goes when the
program starts next.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path

from evidence_app import settings
from evidence_app.process_lock import ProcessLock

_LOG = logging.getLogger(__name__)
_VARIABLES = ("TMPDIR", "TEMP", "TMP")
_NOTES = "unfinished.txt"
_UNFINISHED = re.compile(r"\.[0-9a-f]{32}|\..+\.(new|old)")
_PLAIN = b"SQLite format 3\x00"
_PIECE = 1 << 20
_here: list[Path] = []


@contextmanager
def session() -> Iterator[None]:
    """Let all temporary files of this process and of those that it starts lie in one folder.

    If there is nowhere to make it, they lie where the system has its own.
    """
    root = settings.data_folder() / "scratch"
    place = root / uuid.uuid4().hex
    lock = _lock_of(place)
    try:
        root.mkdir(parents=True, exist_ok=True, mode=0o700)
        _sweep(root)
        lock.take()
        place.mkdir(mode=0o700)
    except OSError:
        lock.drop()
        _LOG.warning("temporary files will lie in the folder of the system", exc_info=True)
        yield
        return
    before = tempfile.tempdir, {name: os.environ.get(name) for name in _VARIABLES}
    tempfile.tempdir = str(place)
    os.environ.update(dict.fromkeys(_VARIABLES, str(place)))
    _here.append(place)
    try:
        yield
    finally:
        _here.remove(place)
        tempfile.tempdir = before[0]
        for name, value in before[1].items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value
        shutil.rmtree(place, ignore_errors=True)
        lock.drop()


def unfinished_beside(target: Path) -> Path:
    """A new name beside a file, for what will take its place; nothing of it outlives a kill."""
    path = target.with_name(f".{uuid.uuid4().hex}")
    note_unfinished(path)
    return path


def note_unfinished(path: Path) -> None:
    """Let a hidden file beside another one, ``.….new`` or ``.….old``, go after a kill."""
    if _here:
        with (_here[-1] / _NOTES).open("a", encoding="utf-8") as notes:
            notes.write(f"{path.absolute()}\n")


def _sweep(root: Path) -> None:
    """Remove what programs left that run no more."""
    for place in root.iterdir():
        if not place.is_dir():
            continue
        lock = _lock_of(place)
        try:
            if not lock.take():
                continue  # That program is at work.
            _remove_unfinished(place / _NOTES)
            shutil.rmtree(place)
        except OSError:
            _LOG.warning("what a killed program left could not be removed", exc_info=True)
        finally:
            lock.drop()


def _lock_of(place: Path) -> ProcessLock:
    return ProcessLock(place.with_name(f"{place.name}.lock"))


def _remove_unfinished(notes: Path) -> None:
    if not notes.exists():
        return
    for line in notes.read_text(encoding="utf-8").splitlines():
        path = Path(line)
        if _UNFINISHED.fullmatch(path.name) is not None:
            remove_written(path)


def remove_written(path: Path) -> None:
    """Remove a file, or a folder, with what SQLite has beside it.

    A case in plain text is written over first, for the case may be locked now. Bytes that have
    another name still are left alone, and so is what a link leads to.
    """
    for ending in ("", "-wal", "-shm", "-journal"):
        target = path.with_name(path.name + ending)
        if target.is_dir() and not target.is_symlink():
            shutil.rmtree(target)
            continue
        if target.is_file() and not target.is_symlink():
            _write_over_plain(target, bool(ending))
        target.unlink(missing_ok=True)


def _write_over_plain(path: Path, is_beside: bool) -> None:
    with path.open("rb+", buffering=0) as file:
        is_plain = is_beside or file.read(len(_PLAIN)) == _PLAIN
        if is_plain and os.fstat(file.fileno()).st_nlink == 1:
            write_zeros(file)


def write_zeros(file: FileIO) -> None:
    """Write zeros over all of an open file, and wait until they are on the disk."""
    remaining = os.fstat(file.fileno()).st_size
    file.seek(0)
    while remaining > 0:
        remaining -= file.write(bytes(min(remaining, _PIECE)))
    os.fsync(file.fileno())


def remove(path: Path) -> None:
    """Remove a file, or a folder with all that is in it, if it is there."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
