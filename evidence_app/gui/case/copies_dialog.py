"""The copies that the program keeps of a case, to be put back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from evidence_app.gui.appearance import texts, theme
from evidence_app.model.copies import BackupReason, KeptCopy


class CopiesDialog(QDialog):
    """A list with dates.

    Attributes:
        restore_wanted: The copy that is to take the place of the case.
        look_wanted: The copy that is to be looked at.
    """

    restore_wanted = Signal(object)
    look_wanted = Signal(object)

    def __init__(
        self, path: Path, copies: Sequence[KeptCopy], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Automatic backups of “{0}”").format(path.stem))
        self._copies = copies
        explanation = QLabel(
            self.tr(
                "After each session with changes the program makes a backup on "
                "this computer. If you restore one, the case goes back to how it "
                "was then. Today’s version is backed up first."
            )
        )
        explanation.setWordWrap(True)
        self.empty = QLabel(self.tr("There is no automatic backup yet."))
        self.empty.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.empty.setVisible(not copies)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        roles = QDialogButtonBox.ButtonRole
        self.restore = buttons.addButton(self.tr("Put back"), roles.ActionRole)
        self.look = buttons.addButton(self.tr("Open read-only"), roles.ActionRole)
        self.restore.clicked.connect(lambda: self._choose(self.restore_wanted.emit))
        self.look.clicked.connect(lambda: self._choose(self.look_wanted.emit))
        buttons.rejected.connect(self.reject)
        self.table = self._make_table()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.WIDE_SPACE] * 4)
        layout.setSpacing(theme.SPACE)
        for part in (explanation, self.empty):
            layout.addWidget(part)
        layout.addWidget(self.table, 1)
        layout.addWidget(buttons)
        self.resize(560, 420)

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(len(self._copies), 3)
        table.setHorizontalHeaderLabels([self.tr("When"), self.tr("Why"), self.tr("Size")])
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        table.setAccessibleName(self.windowTitle())
        for row, kept_copy in enumerate(self._copies):
            cells = (
                texts.stamp(kept_copy.at),
                self._why(kept_copy.occasion),
                texts.size(kept_copy.size),
            )
            for column, text in enumerate(cells):
                cell = QTableWidgetItem(text)
                if column == 2:
                    cell.setTextAlignment(
                        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                    )
                table.setItem(row, column, cell)
        table.resizeColumnToContents(0)
        table.setVisible(bool(self._copies))
        if self._copies:
            table.selectRow(0)
        for button in (self.restore, self.look):
            button.setEnabled(bool(self._copies))
        return table

    def _why(self, occasion: BackupReason) -> str:
        return {
            BackupReason.SESSION: self.tr("After a session with changes"),
            BackupReason.UPDATE: self.tr("Before the file was brought up to date"),
            BackupReason.RESTORE: self.tr("Before another backup was restored"),
            BackupReason.PASSWORD: self.tr("After the password was changed"),
        }[occasion]

    def _choose(self, tell: Callable[[KeptCopy], None]) -> None:
        chosen = self._copies[max(self.table.currentRow(), 0)]
        self.accept()
        tell(chosen)
