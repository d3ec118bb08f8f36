"""The custody log: everything that was done to the case, as it will be printed."""

from __future__ import annotations

import json

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
from evidence_app.gui.session import Session
from evidence_app.model.custody import CustodyEntry
from evidence_app.services import custody

_NEWEST = 2000


class CustodyDialog(QDialog):
    """Shows the log, the newest entry first."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What was done to the case"))
        words = QLabel(
            self.tr(
                "Every change is written here when it is made, and each line vouches for all "
                "lines before it. Nobody can change a line later without breaking the chain."
            )
        )
        words.setWordWrap(True)
        self.table = QTableWidget(0, 4)
        self.table.setHorizontalHeaderLabels(
            [self.tr("No."), self.tr("When"), self.tr("What"), self.tr("Details")]
        )
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.table.setAccessibleName(self.windowTitle())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.WIDE_SPACE] * 4)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(words)
        layout.addWidget(self.table, 1)
        layout.addWidget(buttons)
        self.resize(860, 560)
        session.query(custody.list_entries, self._show, owner=self)

    def _show(self, entries: list[CustodyEntry]) -> None:
        newest = entries[::-1][:_NEWEST]
        self.table.setRowCount(len(newest))
        for row, entry in enumerate(newest):
            cells = (
                str(entry.seq),
                entry.at.strftime("%Y-%m-%d %H:%M:%S"),
                texts.action(entry.action),
                json.dumps(entry.detail, ensure_ascii=False),
            )
            for column, text in enumerate(cells):
                cell = QTableWidgetItem(text)
                cell.setToolTip(f"SHA-256 {entry.entry_hash}" if column == 0 else text)
                self.table.setItem(row, column, cell)
        self.table.resizeColumnsToContents()
