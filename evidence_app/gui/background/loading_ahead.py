"""Loads what works with cases while the person looks at the window, a piece at a time.

On the thread of the window: two threads that import modules which import each other may see them
half made. Between two pieces the window answers.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from evidence_app.gui.main_window import MainWindow

PIECES = (
    "sqlalchemy",
    "cryptography.x509",
    "PIL.Image",
    "evidence_app.services.cases",
    "evidence_app.services.importing.importer",
    "evidence_app.services.suggestions",
    "evidence_app.services.exporting.exports",
    "evidence_app.gui.viewer.viewer",
    "evidence_app.gui.evidence.page",
    "evidence_app.gui.timeline.page",
    "evidence_app.gui.findings.tabs",
    "evidence_app.gui.workspace",
    "evidence_app.gui.desk",
)
"""Modules, each after what it needs most of; the first took longest when measured, 0.17 s."""

_PAUSE_MS = 5


class LoadingAhead(QObject):
    """Loads one piece whenever the window has nothing else to do."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._pieces = iter(PIECES)

    def start(self) -> None:
        """Begin as soon as the window has been painted."""
        QTimer.singleShot(_PAUSE_MS, self, self._load_next)

    def _load_next(self) -> None:
        piece = next(self._pieces, None)
        if piece is None:
            _ = self._window.desk
            return
        importlib.import_module(piece)
        self.start()
