"""Ends a process that is waited for in vain, or no longer wanted."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum, auto
from types import TracebackType
from typing import Self

_EVERY_S = 0.1


class Verdict(Enum):
    """What a watch has found."""

    WELL = auto()
    CANCELLED = auto()
    TIMED_OUT = auto()


class Watch:
    """A thread beside one exchange with a process.

    Args:
        kill: Ends the process; whoever waits for it then finds it gone.
        timeout_s: So many seconds may pass while somebody waits. Time in which nobody waits,
            as while the records are written to the disk, does not count.
        is_cancelled: Whether the process is no longer wanted.

    Attributes:
        verdict: Why the process was ended, if it was.
    """

    def __init__(
        self, kill: Callable[[], None], timeout_s: float, is_cancelled: Callable[[], bool]
    ) -> None:
        self.verdict = Verdict.WELL
        self._kill = kill
        self._timeout_s = timeout_s
        self._is_cancelled = is_cancelled
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
            if self._is_cancelled():
                self.verdict = Verdict.CANCELLED
            elif since is not None and time.monotonic() - since > self._timeout_s:
                self.verdict = Verdict.TIMED_OUT
            else:
                continue
            self._kill()
            return
