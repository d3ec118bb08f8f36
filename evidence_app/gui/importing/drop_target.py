"""A window on which files can be dropped anywhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow

from evidence_app.gui.importing import drop
from evidence_app.gui.importing.drop_overlay import DropOverlay


class DropTarget(QMainWindow):
    """Takes what is dropped, and shows that it can be.

    Args:
        on_drop: What is to be done with it, once the drop is over.
    """

    def __init__(self, on_drop: Callable[[list[Path] | drop.Picture], None]) -> None:
        super().__init__()
        self._on_drop = on_drop
        self.overlay = DropOverlay(self)
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Show that files can be dropped."""
        if drop.has_evidence(event.mimeData()):
            event.acceptProposedAction()
            self.overlay.show_over(self)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Show the window again."""
        self.overlay.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import what was dropped."""
        self.overlay.hide()
        dropped = drop.evidence_in(event.mimeData())
        if dropped is None:
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        # The other program waits for the end of the drop; dialogs come after it.
        QTimer.singleShot(0, self, lambda: self._on_drop(dropped))
