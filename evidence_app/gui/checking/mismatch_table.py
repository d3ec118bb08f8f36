"""Everything that a check has found, one line each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from evidence_app.gui.checking import mismatch_texts
from evidence_app.model.verification import Mismatch


class MismatchTable(QTableWidget):
    """Hidden until there is something to show."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 4, parent)
        self.setHorizontalHeaderLabels(
            [self.tr("What"), self.tr("Where"), self.tr("Expected"), self.tr("Found")]
        )
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setAccessibleName(self.tr("What does not agree"))
        self.hide()

    def show_all(self, mismatches: Sequence[Mismatch]) -> None:
        """List what was found; with nothing, stay hidden."""
        self.setRowCount(len(mismatches))
        for row, mismatch in enumerate(mismatches):
            values = map(mismatch_texts.value, (mismatch.expected, mismatch.found))
            cells = (mismatch_texts.kind(mismatch.kind), mismatch_texts.where(mismatch), *values)
            for column, text in enumerate(cells):
                cell = QTableWidgetItem(text)
                cell.setToolTip(text)
                self.setItem(row, column, cell)
        self.setVisible(bool(mismatches))
