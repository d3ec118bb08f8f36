"""Asks whether something is to be exported although the case is not as it was put in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from evidence_app.gui.checking import mismatch_texts
from evidence_app.model.verification import Mismatch

_MOST = 5


class MismatchQuestion(QMessageBox):
    """Says what does not agree; nothing is exported unless the person wishes it all the same.

    Attributes:
        anyway: The button for that.

    Args:
        mismatches: What does not agree; at least one thing.
        parent: What wanted to export.
    """

    def __init__(self, mismatches: Sequence[Mismatch], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setIcon(QMessageBox.Icon.Warning)
        self.setWindowTitle(parent.windowTitle())
        self.setText(
            self.tr("Nothing was exported: something in this case is not as it was put in.")
        )
        named = [
            f"• {mismatch_texts.kind(mismatch.kind)}: {mismatch_texts.where(mismatch)}"
            for mismatch in mismatches[:_MOST]
        ]
        if len(mismatches) > _MOST:
            named.append(self.tr("and %n more", "", len(mismatches) - _MOST))
        advice = self.tr(
            "Somebody may have changed the case file without this program, or it was damaged. Look "
            "for another copy of it first. If you export it anyway, the document itself says what "
            "does not agree."
        )
        self.setInformativeText("\n".join([*named, "", advice]))
        self.anyway = self.addButton(
            self.tr("Export anyway, and say so in it"), QMessageBox.ButtonRole.DestructiveRole
        )
        stop = self.addButton(self.tr("Do not export"), QMessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(stop)
        self.setEscapeButton(stop)
