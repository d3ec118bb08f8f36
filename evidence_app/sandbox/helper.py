"""A closed-off process that is kept between requests, and started again after it died."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from evidence_app import logs
from evidence_app.closing import Closing
from evidence_app.errors import Cancelled
from evidence_app.progress import SILENT, Progress
from evidence_app.sandbox.child import BROKEN, Child
from evidence_app.sandbox.watch import Verdict

_LOG = logging.getLogger(__name__)


class HelperEnded(Exception):
    """The process died, was silent or greedy, or did not keep to the protocol.

    Attributes:
        verdict: Why it was ended from here, if it was.
    """

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.name)
        self.verdict = verdict


class Helper(Closing):
    """One process at a time, for one thread; the first request starts it.

    Args:
        module: What it runs; see `Child`.
        memory: Bytes of address space that it will use at most.
        silence_s: Seconds for which it may say nothing; see `Watch`.

    Attributes:
        child: The process, or None.
    """

    def __init__(self, module: str, memory: int, silence_s: float) -> None:
        self.child: Child | None = None
        self._module = module
        self._memory = memory
        self._silence_s = silence_s

    def close(self) -> None:
        """End the process; the next request starts a new one."""
        child, self.child = self.child, None
        if child is not None:
            child.stop()

    @contextmanager
    def exchange(self, progress: Progress = SILENT) -> Iterator[Child]:
        """One request and its answer; a process that fails in it serves no other.

        Args:
            progress: Asked often, from another thread; the process is ended when cancelled.

        Raises:
            Cancelled: The person asked to stop.
            HelperEnded: There is no answer, or no whole one.
        """
        child = self._running()
        is_usable = False
        try:
            with child.watched(self._silence_s, progress) as watch:
                yield child
            is_usable = watch.verdict is Verdict.WELL
        except BROKEN as error:
            if watch.verdict is Verdict.CANCELLED:
                raise Cancelled from error
            kind = logs.kind_of(error)
            _LOG.warning("%s ended early (%s): %s", self._module, watch.verdict, kind)
            raise HelperEnded(watch.verdict) from error
        finally:
            if not is_usable:
                self.close()

    def _running(self) -> Child:
        if self.child is not None and not self.child.is_alive():
            self.close()
        if self.child is None:
            self.child = Child(self._module, self._memory)
        return self.child
