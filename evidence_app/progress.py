"""How far long work has come, and whether the person still wants it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from evidence_app.errors import Cancelled

Part = TypeVar("Part")

_SMALLEST_STEP = 0.005
"""A share of the whole that can be seen in a bar; a `Meter` tells no smaller ones."""


@dataclass(frozen=True, slots=True)
class ProgressState:
    """How far work has come.

    Attributes:
        done: Pieces of work that are done: bytes, files, or a share of 1.
        total: Pieces that there are in all; 0 as long as nobody knows.
        step: What is being done, a word for which the window has a text; may be empty.
    """

    done: float
    total: float
    step: str = ""

    @property
    def share(self) -> float:
        """The share that is done, 0 to 1."""
        return min(1.0, self.done / self.total) if self.total else 0.0


def _show_nobody(state: ProgressState) -> None:
    pass


def _never() -> bool:
    return False


class Progress:
    """What work tells of itself, and asks: one object for both, handed down to all its parts.

    Args:
        show: Gets each state, on the thread that does the work.
        is_cancelled: Whether the person asked to stop; is called often, and from any thread.
    """

    def __init__(
        self,
        show: Callable[[ProgressState], None] = _show_nobody,
        is_cancelled: Callable[[], bool] = _never,
    ) -> None:
        self._show = show
        self._is_cancelled = is_cancelled

    def tell(self, done: float, total: float = 1.0, step: str = "") -> None:
        """Tell how far the work has come; see `ProgressState`."""
        self.show(ProgressState(done, total, step))

    def show(self, state: ProgressState) -> None:
        """Tell a state that is at hand."""
        self._show(state)

    def is_cancelled(self) -> bool:
        """Whether the person asked to stop."""
        return self._is_cancelled()

    def check(self) -> None:
        """Look whether to go on.

        Raises:
            Cancelled: The person asked to stop.
        """
        if self._is_cancelled():
            raise Cancelled

    def until_cancelled(self, parts: Iterable[Part]) -> Iterator[Part]:
        """The parts in their order, as long as the person wants them.

        Raises:
            Cancelled: The person asked to stop.
        """
        for part in parts:
            self.check()
            yield part

    def shown_by(self, show: Callable[[ProgressState], None]) -> Progress:
        """Work that ends with this, but whose states ``show`` gets."""
        return Progress(show, self._is_cancelled)

    def unshown(self) -> Progress:
        """Work that ends with this and tells nobody how far it is."""
        return self.shown_by(_show_nobody)

    def within(self, start: float, end: float) -> Progress:
        """A part of this work, whose own shares 0 to 1 lie between two shares of the whole."""
        return self.shown_by(
            lambda state: self.tell(start + (end - start) * state.share, step=state.step)
        )


SILENT = Progress()
"""For work that nobody watches and nobody stops."""


class Meter:
    """Adds up pieces of work, on any threads, and tells their sum now and then.

    Args:
        progress: Gets the sum.
        total: How many pieces there are in all.
        step: What is being done.

    Attributes:
        done: How many pieces are done.
        total: How many there are; may be set when it is known.
        step: What is being done.
    """

    def __init__(self, progress: Progress, total: float = 0, step: str = "") -> None:
        self.done = 0
        self.total = total
        self.step = step
        self._progress = progress
        self._told_share = -1.0
        self._lock = threading.Lock()

    def begin(self, step: str) -> None:
        """Go on to another step."""
        with self._lock:
            self.step = step
            self._tell(self.done)

    def advance(self, pieces: int = 1) -> None:
        """Note pieces of work as done.

        Raises:
            Cancelled: The person asked to stop.
        """
        self.check()
        with self._lock:
            self.done += pieces
            self._tell_if_seen(self.done)

    def counted(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Pieces of bytes, each noted as done when the next one is asked for.

        Raises:
            Cancelled: The person asked to stop.
        """
        for piece in pieces:
            yield piece
            self.advance(len(piece))

    def check(self) -> None:
        """Look whether to go on.

        Raises:
            Cancelled: The person asked to stop.
        """
        self._progress.check()

    def creep(self, share: float) -> None:
        """Tell a share of what is left, whose pieces cannot be counted, by the time it takes."""
        with self._lock:
            remaining = max(0.0, self.total - self.done)
            self._tell_if_seen(self.done + remaining * min(share, 0.98))

    def _tell_if_seen(self, done: float) -> None:
        share = done / self.total if self.total else 0.0
        if share - self._told_share >= _SMALLEST_STEP or self._told_share < 1 <= share:
            self._tell(done)

    def _tell(self, done: float) -> None:
        state = ProgressState(done, self.total, self.step)
        self._told_share = state.share
        self._progress.show(state)
