"""The entries of a call log or of messages, each with the place where it stands in its file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelection, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from evidence_app.gui.appearance import icons, texts
from evidence_app.gui.common.empty_state import EmptyState
from evidence_app.gui.common.find_bar import FindBar
from evidence_app.gui.labels.label_state import apply_tag_shortcut
from evidence_app.gui.viewer.records_model import Column, RecordsModel, event_at_place
from evidence_app.model.evidence import Item, ItemKind, SkippedEntry, SourcePlace
from evidence_app.model.finding import Subject

if TYPE_CHECKING:
    from evidence_app.gui.session import Session

_WIDTHS = {
    Column.PLACE: 90,
    Column.TIME: 170,
    Column.WHO: 190,
    Column.DIRECTION: 90,
    Column.OUTCOME: 80,
    Column.DURATION: 70,
    Column.TEXT: 280,
    Column.LABELS: 160,
}
_SKIPPED_HIGH = 160
_NEVER_IN = {
    ItemKind.CALL_LOG: frozenset({Column.TEXT}),
    ItemKind.MESSAGES: frozenset({Column.DURATION}),
}
_PADDED = (
    "QTableView::item { padding-left: 8px; padding-right: 8px; }"
    "QTableView::item:selected { background: palette(highlight);"
    " color: palette(highlighted-text); }"
)


class _Table(QTableView):
    """The table; digits put violations on the chosen rows."""

    chosen = Signal()
    digit_pressed = Signal(int)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the text column the remaining width."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Make the widest column as wide as there is room."""
        wide = Column.LABELS if self.isColumnHidden(Column.TEXT) else Column.TEXT
        others = sum(self.columnWidth(column) for column in Column if column is not wide)
        self.setColumnWidth(wide, max(_WIDTHS[wide], self.viewport().width() - others))

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Report that another selection was made."""
        super().selectionChanged(selected, deselected)
        self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits are labels, not a search."""
        if event.text() and event.text() in "123456789" and not event.modifiers():
            self.digit_pressed.emit(int(event.text()))
        else:
            super().keyPressEvent(event)


class RecordTable(QWidget):
    """Shows the entries of one item, and below those that could not be read.

    Attributes:
        chosen: These entries are selected now, a list of subjects.
    """

    chosen = Signal(list)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._item_id = 0
        self._goal: SourcePlace | None = None
        self.model = RecordsModel(session, self)
        self.table = _Table()
        self.finder = FindBar()
        self.unread = EmptyState()
        self.skipped_button = QToolButton()
        self.skipped = QTreeWidget()
        self._skipped: Sequence[SkippedEntry] = ()
        self._build()
        self.retranslate()

    def _build(self) -> None:
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setShowGrid(False)
        self.table.setStyleSheet(_PADDED)
        self.table.setAlternatingRowColors(True)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        rows = self.table.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self.fontMetrics().height() + 12)
        for column, width in _WIDTHS.items():
            self.table.setColumnWidth(column, width)
        self.table.horizontalHeader().moveSection(Column.TEXT, Column.DIRECTION)
        self.table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.table.chosen.connect(self._tell)
        self.table.digit_pressed.connect(self._on_digit)
        self.model.loaded.connect(self._on_loaded)
        self.model.listing.failed.connect(self._say_unread)
        self.finder.sought.connect(self._narrow)
        self.finder.stepped.connect(self._step)
        self.skipped_button.setCheckable(True)
        self.skipped_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.skipped_button.toggled.connect(self.skipped.setVisible)
        self.skipped.setRootIsDecorated(False)
        self.skipped.setMaximumHeight(_SKIPPED_HIGH)
        self.skipped.setVisible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.finder)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.unread, 1)
        self.unread.hide()
        layout.addWidget(self.skipped_button)
        layout.addWidget(self.skipped)
        self.setFocusProxy(self.table)

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.table.setAccessibleName(self.tr("Entries"))
        self.skipped.setHeaderLabels([self.tr("In the file"), self.tr("Why"), self.tr("Words")])
        self.skipped_button.setIcon(icons.icon("triangle-alert"))
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)
        self._fill_skipped()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def show_item(
        self, item: Item, skipped: Sequence[SkippedEntry], place: SourcePlace | None = None
    ) -> None:
        """Show the entries of an item.

        Args:
            item: A call log, messages, or a table of such.
            skipped: Its entries that could not be read.
            place: The entry to go to, or None.
        """
        self._item_id, self._skipped = item.id, skipped
        for column in Column:
            hidden = column in _NEVER_IN.get(item.kind, ())
            self.table.setColumnHidden(column, hidden)
            self.table.setColumnWidth(column, _WIDTHS[column])
        self.table.fit()
        self._fill_skipped()
        self.finder.field.blockSignals(True)
        self.finder.field.clear()
        self.finder.field.blockSignals(False)
        self._goal = place
        self.model.show_item(item.id)

    def go_to(self, place: SourcePlace) -> None:
        """Select the entry that stands at a place of the file."""
        item_id = self._item_id

        def done(event_id: int | None) -> None:
            row = self.model.row_of(event_id) if event_id is not None else None
            if row is not None and item_id == self._item_id:
                self._show_row(row)

        self._session.query(lambda case: event_at_place(case, item_id, place), done, owner=self)

    def subjects(self) -> list[Subject]:
        """The entries that are selected."""
        rows = self.table.selectionModel().selectedRows()
        return self.model.subjects(sorted(index.row() for index in rows))

    def _show_row(self, row: int) -> None:
        self.table.selectRow(row)
        index = self.model.index(row, 0)
        self.table.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _say_unread(self) -> None:
        failure = self.model.listing.failure
        is_empty = failure is not None and not self.model.rowCount()
        if failure is not None:
            self.unread.say_unread(failure, self.model.listing.ask_again)
        self.unread.setVisible(is_empty)
        self.table.setVisible(not is_empty)

    def _on_loaded(self) -> None:
        self._say_unread()
        self.finder.say_count(self.model.rowCount(), at_most=1 << 30)
        if self._goal is not None:
            goal, self._goal = self._goal, None
            self.go_to(goal)

    def _narrow(self, text: str) -> None:
        self.model.show_item(self._item_id, text)

    def _step(self, forward: bool) -> None:
        count = self.model.rowCount()
        if count:
            row = self.table.currentIndex().row() + (1 if forward else -1)
            self._show_row(row % count)

    def _tell(self) -> None:
        self.chosen.emit(self.subjects())

    def _on_digit(self, digit: int) -> None:
        apply_tag_shortcut(self._session, self.subjects(), digit)

    def _fill_skipped(self) -> None:
        count = len(self._skipped)
        self.skipped_button.setText(self.tr("%n entry(ies) could not be read", "", count))
        self.skipped_button.setVisible(count > 0)
        self.skipped.setVisible(count > 0 and self.skipped_button.isChecked())
        self.skipped.clear()
        for entry in self._skipped:
            reason = texts.message_text(entry.reason)
            cells = [texts.place(entry.place), reason, " ".join(entry.raw.split())]
            self.skipped.addTopLevelItem(QTreeWidgetItem(cells))
        for column in (0, 1):
            self.skipped.resizeColumnToContents(column)
