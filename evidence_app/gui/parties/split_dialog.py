"""Which numbers belong to somebody else after all."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from evidence_app.gui.appearance import theme
from evidence_app.gui.common.missing_hint import MissingHint
from evidence_app.model.party import Party


class SplitDialog(QDialog):
    """The numbers of one party, to be ticked.

    Signals:
        chosen: The ticked numbers in their compared form.
    """

    chosen = Signal(list)

    def __init__(self, party: Party, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Split: {0}").format(party.label()))
        hint = QLabel(self.tr("Tick the numbers that belong to somebody else."))
        hint.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName(hint.text())
        for identifier in party.identifiers:
            row = QListWidgetItem(identifier.raw)
            row.setData(Qt.ItemDataRole.UserRole, identifier.normalized)
            row.setCheckState(Qt.CheckState.Unchecked)
            self.list.addItem(row)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(hint)
        layout.addWidget(self.list, 1)
        self.list_hint = MissingHint(self.list)
        layout.addWidget(self.list_hint)
        layout.addWidget(self._buttons)
        self.list.itemChanged.connect(self._check)
        self._buttons.accepted.connect(self._accept)
        self._buttons.rejected.connect(self.reject)
        self._check()

    def ticked(self) -> list[str]:
        """The ticked numbers in their compared form."""
        rows = [self.list.item(row) for row in range(self.list.count())]
        return [
            row.data(Qt.ItemDataRole.UserRole)
            for row in rows
            if row.checkState() is Qt.CheckState.Checked
        ]

    def _check(self) -> None:
        ticked = len(self.ticked())
        possible = 0 < ticked < self.list.count()
        hint = ""
        if not ticked:
            hint = self.tr("Please tick at least one number.")
        elif not possible:
            hint = self.tr("At least one number has to stay with this person.")
        self.list_hint.say(hint)
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(possible)

    def _accept(self) -> None:
        self.chosen.emit(self.ticked())
        self.accept()
