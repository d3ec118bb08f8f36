"""Ends a process that is waited for in vain, takes too much disk, or is no longer wanted."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum, auto
from pathlib import Path
from types import TracebackType
from typing import Self

from evidence_app.progress import Progress
from evidence_app.sandbox.room import free_bytes

_EVERY_S = 0.1
_MOST_KEPT = 40 << 30
_MOST_FILES = 10_000
_FLOOR = 1 << 30
_FAIR_SHARE = 256 << 20


class Verdict(Enum):
    """What a watch has found."""

    WELL = auto()
    CANCELLED = auto()
    TIMED_OUT = auto()
    GREEDY = auto()


class Watch:
    """A thread beside one exchange with a process.

    Args:
        kill: Ends the process; whoever waits for it then finds it gone.
        timeout_s: So many seconds may pass while somebody waits. Time in which nobody waits,
            as while the records are written to the disk, does not count.
        progress: Says whether the process is no longer wanted.
        folder: Where it keeps files.

    Attributes:
        verdict: Why the process was ended, if it was.
    """

    def __init__(
        self,
        kill: Callable[[], None],
        timeout_s: float,
        progress: Progress,
        folder: Path,
    ) -> None:
        self.verdict = Verdict.WELL
        self._kill = kill
        self._timeout_s = timeout_s
        self._progress = progress
        self._disk = _Disk(folder)
        self._since: float | None = None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="reading watch", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """The time in which the process is waited for."""
        self._since = time.monotonic()
        try:
            yield
        finally:
            self._since = None

    def _run(self) -> None:
        while not self._over.wait(_EVERY_S):
            since = self._since
            if self._progress.is_cancelled():
                self.verdict = Verdict.CANCELLED
            elif since is not None and time.monotonic() - since > self._timeout_s:
                self.verdict = Verdict.TIMED_OUT
            elif self._disk.is_overused():
                self.verdict = Verdict.GREEDY
            else:
                continue
            self._kill()
            return


class _Disk:
    """How much disk a process uses: files in its folder, and files without a name.

    Files that it made and removed while they were open are not seen; the disk that gets full is.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._free = free_bytes(folder)

    def is_overused(self) -> bool:
        """Whether it takes more than reading a file ever needs."""
        free = free_bytes(self._folder)
        if free < _FLOOR and self._free - free > _FAIR_SHARE:
            return True
        count, size = _sizes_of_files(self._folder)
        return count > _MOST_FILES or size > _MOST_KEPT


def _sizes_of_files(folder: Path) -> tuple[int, int]:
    """How many files lie in a folder, and how many bytes they take; stops when it is too many."""
    count = size = 0
    for parent, folders, files in os.walk(folder):
        count += len(folders) + len(files)
        if count > _MOST_FILES:
            break
        for name in files:
            try:
                status = (Path(parent) / name).lstat()
            except OSError:
                continue  # It was removed meanwhile.
            if sys.platform == "win32":
                size += status.st_size
            else:
                size += status.st_blocks * 512
    return count, size
