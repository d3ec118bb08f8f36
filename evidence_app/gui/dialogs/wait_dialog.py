"""Shows long work that the person waits for, with a way to stop it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QProgressBar, QVBoxLayout, QWidget

from evidence_app.errors import Cancelled
from evidence_app.gui import theme
from evidence_app.gui.jobs import Task

_STEPS = 1000
_SHOW_AFTER_MS = 300


class WaitDialog(QDialog):
    """Runs one piece of work; what is quick is done before the dialog would be seen.

    Attributes:
        result_: What the work returned.
        error: What it raised, `Cancelled` if it was stopped; None if it ended well.
    """

    def __init__(self, words: str, work: Callable[[Task], Any], parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setWindowTitle("Evidence App")
        self.result_: Any = None
        self.error: Exception | None = None
        label = QLabel(words)
        label.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(words)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.rejected.connect(self.stop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.WIDE_SPACE] * 4)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(label)
        layout.addWidget(self.bar)
        layout.addWidget(self.buttons)
        self.setMinimumWidth(420)
        self._loop = QEventLoop()
        self._task = Task(work, self)
        self._task.progress.connect(self._show_share)
        self._task.finished.connect(self._finish)
        self._task.failed.connect(self._fail)

    def run(self) -> Any:
        """Wait for the end; return what the work returned, None if it failed or was stopped."""
        window = self.parentWidget()
        if window is not None:
            window.setEnabled(False)
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(self.show)
        timer.start(_SHOW_AFTER_MS)
        self._task.start()
        self._loop.exec()
        timer.stop()
        if window is not None:
            window.setEnabled(True)
        self.hide()
        self.deleteLater()
        return self.result_

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

    def _show_share(self, share: float) -> None:
        self.bar.setRange(0, _STEPS)
        self.bar.setValue(round(_STEPS * share))

    def _finish(self, result: Any) -> None:
        self.result_ = result
        self._loop.quit()

    def _fail(self, error: Exception) -> None:
        self.error = error
        self._loop.quit()

    def was_stopped(self) -> bool:
        """Whether the person stopped it."""
        return isinstance(self.error, Cancelled)
