"""The custody log: everything that was done to the case, in sentences, the details on demand."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from evidence_app.gui.appearance import theme
from evidence_app.gui.appearance.zone_names import zone_name
from evidence_app.gui.checking.custody_details import LogNames, detail_lines, read_log
from evidence_app.gui.checking.custody_texts import sentence
from evidence_app.gui.session import Session
from evidence_app.model.custody import CustodyEntry
from evidence_app.model.times import zone

_NEWEST = 2000
_ENTRY = Qt.ItemDataRole.UserRole
_NUMBER, _TIME, _WHAT = range(3)


class CustodyDialog(QDialog):
    """Shows the log, the newest entry first; an entry unfolds into its details."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._where = zone(session.info.timezone)
        self.setWindowTitle(self.tr("History"))
        explanation = QLabel(
            self.tr(
                "Every change is recorded here as it is made, and each entry is linked to the one "
                "before. If an entry is changed later, the check finds it."
            )
            + "\n"
            + self.tr("Times in {0}").format(zone_name(self._where.key))
        )
        if session.is_package:
            scope = self.tr("This is the history of the case up to the package. What the package "
                           "does not tell is left out of it.")  # fmt: skip
            explanation.setText(f"{scope}\n{explanation.text()}")
        explanation.setWordWrap(True)
        self.entries = QTreeWidget()
        self.entries.setHeaderLabels([self.tr("No."), self.tr("When"), self.tr("What")])
        self.entries.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        self.entries.setAllColumnsShowFocus(True)
        self.entries.header().setSectionResizeMode(_WHAT, QHeaderView.ResizeMode.Stretch)
        self.entries.setWordWrap(True)
        self.entries.setAccessibleName(self.windowTitle())
        self.entries.itemExpanded.connect(self._unfold)
        copy = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self.entries)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        copy.activated.connect(self.copy)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        button = buttons.addButton(self.tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        button.setToolTip(self.tr("Copies the selected entries, or all if none is selected"))
        button.clicked.connect(self.copy)
        button.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.WIDE_SPACE] * 4)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(explanation)
        layout.addWidget(self.entries, 1)
        layout.addWidget(buttons)
        self.resize(860, 560)
        session.query(partial(read_log, most=_NEWEST), self._show, owner=self)

    def copy(self) -> None:
        """Put the selected lines on the clipboard, all entries if none is selected."""
        rows = [self.entries.topLevelItem(n) for n in range(self.entries.topLevelItemCount())]
        chosen = self.entries.selectedItems() or [row for row in rows if row is not None]
        lines = ["\t".join(filter(None, map(row.text, range(3)))) for row in chosen]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _show(self, log: tuple[list[CustodyEntry], LogNames]) -> None:
        entries, names = log
        rows = [self._row(entry, names) for entry in entries]
        self.entries.addTopLevelItems(rows)
        self.entries.resizeColumnToContents(_NUMBER)
        self.entries.resizeColumnToContents(_TIME)

    def _row(self, entry: CustodyEntry, names: LogNames) -> QTreeWidgetItem:
        at = entry.at.astimezone(self._where)
        entry_text = sentence(entry, names, self._where)
        row = QTreeWidgetItem([str(entry.seq), f"{at:%Y-%m-%d %H:%M:%S}", entry_text])
        row.setToolTip(_WHAT, entry_text)
        row.setData(_NUMBER, _ENTRY, entry)
        row.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
        return row

    def _unfold(self, row: QTreeWidgetItem) -> None:
        if row.childCount():
            return
        for name, value in detail_lines(row.data(_NUMBER, _ENTRY)):
            child = QTreeWidgetItem(["", name, value])
            child.setToolTip(_WHAT, value)
            row.addChild(child)
