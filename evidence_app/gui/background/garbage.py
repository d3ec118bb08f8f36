"""Garbage is collected on the UI thread only.

Python collects cycles on whichever thread happens to allocate. A widget that is part of a cycle
would then be destroyed on the database worker, which ends the program.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 400


class GarbageCollector(QObject):
    """Collects from a timer of the thread in which it was made, instead of anywhere."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._thresholds = gc.get_threshold()
        timer = QTimer(self)
        timer.timeout.connect(self.collect_if_due)
        timer.start(_EVERY_MS)

    def collect_if_due(self) -> None:
        """Collect each generation whose threshold is passed, as Python itself would."""
        for generation, count in reversed(list(enumerate(gc.get_count()))):
            if count > self._thresholds[generation]:
                gc.collect(generation)
                return
