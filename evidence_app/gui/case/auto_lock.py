"""Locks a case with a password when nobody has used the program for a while."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

_USE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.DragMove,
    }
)
_LOOK_EVERY_MS = 1000


class AutoLock(QObject):
    """Counts the time without use.

    Attributes:
        due: The case is to be locked now.
    """

    due = Signal()

    def __init__(self, application: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._limit_ms = 0
        self._idle_ms = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)
        application.installEventFilter(self)

    def watch(self, minutes: int) -> None:
        """Lock after so many minutes without use; 0 for never."""
        self._limit_ms = minutes * 60_000
        self._idle_ms = 0
        if minutes:
            self._timer.start()
        else:
            self._timer.stop()

    def used(self) -> None:
        """Begin to count anew."""
        self._idle_ms = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that the program is used."""
        if event.type() in _USE:
            self._idle_ms = 0
        return False

    def _look(self) -> None:
        self._idle_ms += _LOOK_EVERY_MS
        if self._idle_ms >= self._limit_ms:
            self._timer.stop()
            self.due.emit()
