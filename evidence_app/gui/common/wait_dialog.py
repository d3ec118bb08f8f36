"""Shows the progress of long work, with a button to stop it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QProgressBar, QVBoxLayout, QWidget

from evidence_app.gui.appearance import theme
from evidence_app.gui.background.jobs import Task, TaskHandle
from evidence_app.progress import ProgressState

_STEPS = 1000
_SHOW_AFTER_MS = 300


class WaitDialog(QDialog):
    """Runs one piece of work; it stays hidden if the work is quick.

    Attributes:
        finished_work: What the work returned.
        failed_work: What it raised, `Cancelled` if it was stopped.
    """

    finished_work = Signal(object)
    failed_work = Signal(object)

    def __init__(
        self, text: str, work: Callable[[TaskHandle], Any], parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setWindowTitle("Evidence App")
        label = QLabel(text)
        label.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(text)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.rejected.connect(self.stop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.WIDE_SPACE] * 4)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(label)
        layout.addWidget(self.bar)
        layout.addWidget(self.buttons)
        self.setMinimumWidth(420)
        self._shows = QTimer(self, singleShot=True, interval=_SHOW_AFTER_MS)
        self._shows.timeout.connect(self.show)
        self._task = Task(work, self)
        self._task.progress.connect(self._show_share)
        self._task.finished.connect(self._finish)
        self._task.failed.connect(self._fail)

    def start(self) -> None:
        """Begin; nothing else can be done in the window until the work has ended."""
        window = self.parentWidget()
        if window is not None:
            window.setEnabled(False)
        self._shows.start()
        self._task.start()

    def stop(self) -> None:
        """Ask the work to stop."""
        self.buttons.setEnabled(False)
        self._task.cancel()

    def reject(self) -> None:
        """Escape stops the work; the dialog closes when it has stopped."""
        self.stop()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing stops the work; the dialog closes when it has stopped."""
        self.stop()
        event.ignore()

    def _show_share(self, state: ProgressState) -> None:
        self.bar.setRange(0, _STEPS)
        self.bar.setValue(round(_STEPS * state.share))

    def _finish(self, result: Any) -> None:
        self._end()
        self.finished_work.emit(result)

    def _fail(self, error: Exception) -> None:
        self._end()
        self.failed_work.emit(error)

    def _end(self) -> None:
        self._shows.stop()
        window = self.parentWidget()
        if window is not None:
            window.setEnabled(True)
        self.hide()
        self.deleteLater()
