"""How far the dossier is, and whether the person wants it still."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import TypeVar

from evidence_app.errors import Cancelled

Part = TypeVar("Part")


def until_cancelled(parts: Iterable[Part], is_cancelled: Callable[[], bool]) -> Iterator[Part]:
    """The parts in their order, as long as the person wants them.

    Raises:
        Cancelled: The person asked to stop.
    """
    for part in parts:
        if is_cancelled():
            raise Cancelled
        yield part


class ExportStep(StrEnum):
    """What is being done."""

    LOOKING = "looking"
    COUNTING = "counting"
    SUMMARY = "summary"
    FINDINGS = "findings"
    TIMELINE = "timeline"
    EXHIBITS = "exhibits"
    ORIGINALS = "originals"
    CHECKING = "checking"
    PACKING = "packing"


class Meter:
    """Counts pieces of work and passes the share that is done on.

    Attributes:
        step: What is being done.
        total: How many pieces there are in all.
    """

    def __init__(
        self, progress: Callable[[float, str], None], is_cancelled: Callable[[], bool]
    ) -> None:
        self.step = ExportStep.COUNTING
        self.total = 1
        self._done = 0
        self._told = -1.0
        self._progress = progress
        self._is_cancelled = is_cancelled

    def begin(self, step: ExportStep) -> None:
        """Go on to another step."""
        self.step = step
        self._tell(force=True)

    def advance(self, pieces: int = 1) -> None:
        """Note pieces of work as done.

        Raises:
            Cancelled: The person asked to stop.
        """
        self.check()
        self._done += pieces
        self._tell(force=False)

    def check(self) -> None:
        """Look whether to go on.

        Raises:
            Cancelled: The person asked to stop.
        """
        if self._is_cancelled():
            raise Cancelled

    def creep(self, share: float) -> None:
        """Tell a part of the check, whose work cannot be counted, by the time that it takes."""
        start = self._done / self.total
        self._show(start + (1 - start) * min(share, 0.98), force=False)

    def _tell(self, *, force: bool) -> None:
        self._show(min(1.0, self._done / self.total), force=force)

    def _show(self, share: float, *, force: bool) -> None:
        if force or share - self._told >= 0.005:
            self._told = share
            self._progress(share, self.step.value)
