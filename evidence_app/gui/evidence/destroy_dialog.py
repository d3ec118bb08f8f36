"""Asks twice before evidence is removed for good: what that means, and why it is done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from evidence_app.gui.appearance import theme
from evidence_app.gui.common.missing_hint import MissingHint

_MOST_NAMES = 5


class DestroyDialog(QDialog):
    """What is destroyed cannot come back.

    Attributes:
        agreed: The reason, and whether kept copies are to be removed too.
    """

    agreed = Signal(str, bool)

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Delete permanently"))
        item_list = QLabel(self._listed(names))
        warning_label = QLabel(
            self.tr(
                "The original files and all their entries, notes and tags are "
                "deleted and overwritten. This cannot be undone. The history "
                "keeps the file names, the SHA-256 values and your reason, so "
                "that you can show later what was deleted, and why."
            )
        )
        warning = QLabel(
            self.tr(
                "Please think twice. A court may ask for anything that bears on "
                "the dispute, so don’t delete it. Items in the trash are never "
                "shown or exported."
            )
        )
        for label in (warning_label, warning, item_list):
            label.setWordWrap(True)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(self.tr("For example: it is somebody else’s"))
        self.copies = QCheckBox(
            self.tr("Also delete the automatic backups of this case on this computer")
        )
        self.copies.setToolTip(self.tr("The backups still hold what is deleted now."))
        form = QFormLayout()
        form.addRow(self.tr("Why"), self.reason)
        self.reason_hint = MissingHint(self.reason)
        form.addRow("", self.reason_hint)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.destroy_ = buttons.addButton(
            self.tr("Delete permanently"), QDialogButtonBox.ButtonRole.DestructiveRole
        )
        self.destroy_.setAutoDefault(False)
        self.reason.textChanged.connect(self._check)
        self._check()
        self.destroy_.clicked.connect(self._agree)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.WIDE_SPACE] * 4)
        layout.setSpacing(theme.SPACE)
        for part in (item_list, warning_label, warning):
            layout.addWidget(part)
        layout.addLayout(form)
        layout.addWidget(self.copies)
        layout.addWidget(buttons)
        self.setMinimumWidth(520)

    def _listed(self, names: Sequence[str]) -> str:
        listed = "\n".join(names[:_MOST_NAMES])
        if len(names) > _MOST_NAMES:
            listed += "\n" + self.tr("… and %n more", "", len(names) - _MOST_NAMES)
        return listed

    def _check(self) -> None:
        has_reason = bool(self.reason.text().strip())
        self.reason_hint.say("" if has_reason else self.tr("Please write why."))
        self.destroy_.setEnabled(has_reason)

    def _agree(self) -> None:
        self.accept()
        self.agreed.emit(self.reason.text().strip(), self.copies.isChecked())
