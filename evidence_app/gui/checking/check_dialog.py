"""What the dialogs that check something have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from evidence_app.errors import Cancelled
from evidence_app.gui.appearance import texts, theme
from evidence_app.gui.background.jobs import Task, TaskHandle
from evidence_app.gui.checking.check_code import CheckCode
from evidence_app.gui.checking.check_progress import Verdict
from evidence_app.gui.checking.mismatch_table import MismatchTable


class CheckDialog(QDialog):
    """Works while it is open; closing it stops the check.

    Args:
        waiting: What is said while it works.
        code_label: What the check code is of.
        parent: The window.
    """

    def __init__(self, waiting: str, code_label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.verdict = Verdict(waiting)
        self.table = MismatchTable()
        self.facts = QLabel()
        self.facts.setWordWrap(True)
        self.facts.setTextFormat(Qt.TextFormat.PlainText)
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.facts.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.code = CheckCode(code_label)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.WIDE_SPACE] * 4)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self.verdict)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.facts)
        layout.addWidget(self.code)
        layout.addStretch()
        layout.addWidget(self.buttons)
        for part in (self.facts, self.code):
            part.hide()
        self.resize(640, 200)

    def begin(self, work: Callable[[TaskHandle], Any], show: Callable[[Any], None]) -> None:
        """Begin the check.

        Args:
            work: Is done on a thread of its own, and tells how many bytes of how many were read.
            show: Gets what it returns.
        """
        self._task = Task(work, self)
        self._task.progress.connect(self.verdict.show_progress)
        self._task.finished.connect(show)
        self._task.failed.connect(self._fail)
        self._task.start()

    def done(self, code: int) -> None:
        """Stop the check and close; its result is dropped."""
        self._task.cancel()
        super().done(code)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, Cancelled):
            self.verdict.end(texts.error_text(error), is_good=False)
