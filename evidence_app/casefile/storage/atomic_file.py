"""Files that appear whole or not at all, whenever the computer stops."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evidence_app import scratch

LONGEST_NAME = 255
"""Bytes of a file's name on all usual file systems."""

_PIECE = 1 << 20


@contextmanager
def appearing(target: Path) -> Iterator[Path]:
    """A place beside ``target`` whose file takes its name when the block ends well, else vanishes.

    If the program is killed, the next one removes what is left, whatever it is of.

    Raises:
        OSError: Nothing can be written there.
    """
    waiting = _waiting(target)
    scratch.remove_written(waiting)
    scratch.note_unfinished(waiting)
    try:
        yield waiting
        sync(waiting)
        waiting.replace(target)
        sync_folder(target.parent)
    finally:
        scratch.remove_written(waiting)


def remove_unfinished(target: Path) -> None:
    """Remove temporary files beside ``target`` that a killed program left."""
    for waiting in (_waiting(target), replaced(target)):
        scratch.remove_written(waiting)


def _waiting(target: Path) -> Path:
    return beside(target, ".", ".new", room=len("-journal"))


def beside(path: Path, before: str, after: str, *, room: int = 0) -> Path:
    """A file beside another, named after it, also if the other's name is as long as names can be.

    Args:
        path: The other file.
        before: What stands before its name.
        after: What stands after it.
        room: So many bytes may be added to the new name.
    """
    raw = os.fsencode(path.name)
    most = LONGEST_NAME - len(before) - len(after) - room
    if len(raw) <= most:
        return path.with_name(f"{before}{path.name}{after}")
    digest = hashlib.sha256(raw).hexdigest()[:16]
    start = raw[: most - len(digest) - 1].decode("utf-8", "ignore")
    return path.with_name(f"{before}{start}-{digest}{after}")


def replaced(target: Path) -> Path:
    """The name that a file keeps in `overwritten` until its bytes are gone."""
    return beside(target, ".", ".old", room=len("-journal"))


def sync(path: Path) -> None:
    """Wait until the file is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the names in the folder are on the disk; Windows needs and knows no such thing."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def overwritten(path: Path) -> Iterator[None]:
    """Write zeros over the file that another one replaces in this block, if it ends well.

    It keeps a second name until then, so that it is found and overwritten also after a kill.
    Windows does not replace what is open: there the old bytes stay until they are written over.
    A drive that spreads its writes may still hold them somewhere on any system.
    """
    old = replaced(path)
    scratch.note_unfinished(old)
    scratch.remove_written(old)
    try:
        os.link(path, old)
    except OSError:
        # Some drives know no second names: there a kill right here leaves bytes that no file has.
        with _overwritten_by_handle(path):
            yield
        return
    try:
        yield
    except BaseException:
        old.unlink()
        raise
    scratch.remove_written(old)


@contextmanager
def _overwritten_by_handle(path: Path) -> Iterator[None]:
    if os.name == "nt":
        yield
        return
    with path.open("rb+", buffering=0) as old:
        yield
        scratch.write_zeros(old)
