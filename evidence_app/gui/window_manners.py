"""What holds for every window and dialog of the program, wherever it is made."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog

QUIT = "Ctrl+Q"
"""Not every desktop has keys of its own for this."""

_NAME = "quit"


class WindowManners(QObject):
    """Notices each dialog when it is first shown.

    Attributes:
        quit_wanted: The keys that end the program were pressed over a dialog, which hides those
            of the window from Qt.
    """

    quit_wanted = Signal()

    def __init__(self, application: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Prepare a dialog just before it is seen."""
        if event.type() is QEvent.Type.Show and isinstance(watched, QDialog):
            self._prepare(watched)
        return False

    def _prepare(self, dialog: QDialog) -> None:
        if dialog.findChild(QShortcut, _NAME) is None:
            keys = QShortcut(QKeySequence(QUIT), dialog)
            keys.setObjectName(_NAME)
            keys.activated.connect(self.quit_wanted)
