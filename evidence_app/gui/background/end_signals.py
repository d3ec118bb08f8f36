"""Signals of the operating system that ask the program to end, as Qt's loop can hear them."""

from __future__ import annotations

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


class EndSignals(QObject):
    """Hears the signals that there are on this system.

    Attributes:
        asked: The program is asked to end.
    """

    asked = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        # Python's handlers run only between its own instructions, and Qt's loop has none: what
        # wakes the loop up is the byte that Python writes when a signal comes.
        self._heard, self._written = socket.socketpair()
        for end in (self._heard, self._written):
            end.setblocking(False)
        signal.set_wakeup_fd(self._written.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._heard.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_signal)
        for name in _NAMES:
            number = getattr(signal, name, None)
            if number is not None:
                signal.signal(number, _heard)

    def _on_signal(self) -> None:
        self._heard.recv(64)
        self.asked.emit()


def _heard(number: int, frame: FrameType | None) -> None:
    """The byte tells it."""
