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

_MOST_NAMES = 5


class DestroyDialog(QDialog):
    """What is destroyed cannot come back.

    Attributes:
        agreed: The reason, and whether kept copies are to be removed too.
    """

    agreed = Signal(str, bool)

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Destroy for good"))
        listed = "\n".join(names[:_MOST_NAMES])
        if len(names) > _MOST_NAMES:
            listed += "\n" + self.tr("… and %n more", "", len(names) - _MOST_NAMES)
        what = QLabel(listed)
        words = QLabel(
            self.tr(
                "The originals, with all events, notes and tags that hang on them, are removed "
                "and their place in the file is overwritten. This cannot be undone. The log keeps "
                "the names, the fingerprints and your reason, so that nobody can say that it was "
                "done in secret."
            )
        )
        warning = QLabel(
            self.tr(
                "Think of it twice: what you may be asked for in court must not be destroyed. "
                "What is in the trash is neither shown nor exported anyway."
            )
        )
        for label in (words, warning, what):
            label.setWordWrap(True)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(self.tr("For example: it is somebody else’s"))
        self.copies = QCheckBox(self.tr("Also remove the copies of this case that are kept here"))
        self.copies.setToolTip(self.tr("They still hold what is destroyed now."))
        form = QFormLayout()
        form.addRow(self.tr("Why"), self.reason)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.destroy_ = buttons.addButton(
            self.tr("Destroy for good"), QDialogButtonBox.ButtonRole.DestructiveRole
        )
        self.destroy_.setEnabled(False)
        self.destroy_.setAutoDefault(False)
        self.reason.textChanged.connect(lambda text: self.destroy_.setEnabled(bool(text.strip())))
        self.destroy_.clicked.connect(self._agree)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.WIDE_SPACE] * 4)
        layout.setSpacing(theme.SPACE)
        for part in (what, words, warning):
            layout.addWidget(part)
        layout.addLayout(form)
        layout.addWidget(self.copies)
        layout.addWidget(buttons)
        self.setMinimumWidth(520)

    def _agree(self) -> None:
        self.accept()
        self.agreed.emit(self.reason.text().strip(), self.copies.isChecked())
