"""What a command says on standard error while it works for long."""

from __future__ import annotations

import sys
import time

from evidence_app.progress import ProgressState
from evidence_app.services.importing.results import ImportProgress

_FIRST_AFTER_S = 2.0
_ON_A_SCREEN_S, _IN_A_LOG_S = 0.5, 10.0


class SignOfLife:
    """Says how far an import is: one line that is written over, or a line now and then in a log."""

    def __init__(self) -> None:
        self._is_screen = sys.stderr.isatty()
        self._next = time.monotonic() + _FIRST_AFTER_S
        self._is_open = False

    def show(self, state: ProgressState) -> None:
        """Look at how far it is, and say it if it is time."""
        assert isinstance(state, ImportProgress)
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + (_ON_A_SCREEN_S if self._is_screen else _IN_A_LOG_S)
        number = min(state.done_files + 1, state.total_files)
        line = f"{state.share:4.0%}  file {number} of {state.total_files}: {state.current}"
        if not self._is_screen:
            print(line, file=sys.stderr, flush=True)  # noqa: T201
            return
        self._is_open = True
        print(f"\r{line}\x1b[K", end="", file=sys.stderr, flush=True)  # noqa: T201

    def close(self) -> None:
        """Wipe the line away, so that results stand alone."""
        if self._is_open:
            self._is_open = False
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)  # noqa: T201
