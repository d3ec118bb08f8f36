"""Files that appear whole or not at all, whenever the computer stops."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PIECE = 1 << 20


@contextmanager
def appearing(target: Path) -> Iterator[Path]:
    """A place beside ``target`` whose file takes its name when the block ends well, else vanishes.

    Raises:
        OSError: Nothing can be written there.
    """
    waiting = target.with_name(f".{target.name}.new")
    waiting.unlink(missing_ok=True)
    try:
        yield waiting
        sync(waiting)
        waiting.replace(target)
        sync_folder(target.parent)
    finally:
        for name in (waiting.name, f"{waiting.name}-wal", f"{waiting.name}-journal"):
            waiting.with_name(name).unlink(missing_ok=True)


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

    Windows does not replace what is open: there the old bytes stay until they are written over.
    A drive that spreads its writes may still hold them somewhere on any system.
    """
    if os.name == "nt":
        yield
        return
    with path.open("rb+", buffering=0) as old:
        yield
        left = os.fstat(old.fileno()).st_size
        while left > 0:
            left -= old.write(bytes(min(left, _PIECE)))
        os.fsync(old.fileno())
