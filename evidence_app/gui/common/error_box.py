"""Says what went wrong, in one sentence, and offers what helps."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from evidence_app.errors import EvidenceError
from evidence_app.gui.appearance import texts
from evidence_app.messages import MessageCode

_LOG = logging.getLogger(__name__)
_COPY_HELPS = frozenset(
    {
        MessageCode.DISK_FULL,
        MessageCode.DISK_FAILS,
        MessageCode.CASE_GONE,
        MessageCode.CASE_READ_ONLY,
    }
)
"""After these, work can go on in a copy on another drive."""


def show(error: Exception, parent: QWidget, save_copy: Callable[[], None] | None) -> QMessageBox:
    """Tell an error.

    Args:
        error: What happened.
        parent: The window over which it is told.
        save_copy: Saves a copy of the open case elsewhere; None without an open case.

    Returns:
        The box that tells it, which goes away by itself when it is closed.
    """
    code = error.message.code if isinstance(error, EvidenceError) else None
    # The log must not hold names of evidence: an error's words may have some.
    _LOG.warning("told the person: %s", code or type(error).__name__)
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("Evidence App")
    box.setText(texts.error_text(error))
    box.addButton(QMessageBox.StandardButton.Ok)
    if code in _COPY_HELPS and save_copy is not None:
        label = QCoreApplication.translate("ErrorBox", "Save a copy…")
        box.addButton(label, QMessageBox.ButtonRole.ActionRole).clicked.connect(save_copy)
    box.finished.connect(box.deleteLater)
    box.open()
    return box
