"""The parties: who is behind each number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from evidence_app.gui import texts, theme
from evidence_app.gui.models.parties_model import SORT_ROLE, PartiesModel, PartyColumn
from evidence_app.gui.widgets.empty_state import EmptyState
from evidence_app.model.changes import Area, Changes
from evidence_app.model.party import Party, Role
from evidence_app.services import parties

if TYPE_CHECKING:
    from evidence_app.gui.session import Session

_Index = QModelIndex | QPersistentModelIndex
_WIDTHS = {
    PartyColumn.NAME: 170,
    PartyColumn.ROLE: 190,
    PartyColumn.IDENTIFIERS: 200,
    PartyColumn.EVENTS: 80,
}


class RoleDelegate(QStyledItemDelegate):
    """Lets the person choose a role from a list."""

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: _Index
    ) -> QWidget:
        """A list of all roles, open at once."""
        box = QComboBox(parent)
        for role in Role:
            box.addItem(texts.role(role), role.value)
        box.activated.connect(lambda: self._finish(box))
        return box

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        """Show the role of now."""
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(index.data(Qt.ItemDataRole.EditRole)))
            editor.showPopup()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        """Change the role."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData(), Qt.ItemDataRole.EditRole)

    def _finish(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box)


class _Sorted(QSortFilterProxyModel):
    """Finds words in every column and sorts counts as numbers."""

    def __init__(self, source: PartiesModel) -> None:
        super().__init__(source)
        self.setSourceModel(source)
        self.setSortRole(SORT_ROLE)
        self.setFilterKeyColumn(-1)
        self.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)


class PartiesPage(QWidget):
    """Everybody in the case, with roles, names and numbers, edited in place.

    Signals:
        show_events: The person wants to see the events of the party of that number.
    """

    show_events = Signal(int)
    subject_selected = Signal(list)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.model = PartiesModel(session, self)
        self.sorted = _Sorted(self.model)
        self.table = QTableView()
        self.search = QLineEdit(clearButtonEnabled=True)
        self.hint = QLabel()
        self.events_button = QPushButton()
        self.empty = EmptyState()
        self._stack = QStackedWidget()
        self._build()
        self._connect()
        self.retranslate()
        self._read()

    def _build(self) -> None:
        self.table.setModel(self.sorted)
        self.table.setItemDelegateForColumn(PartyColumn.ROLE, RoleDelegate(self.table))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(PartyColumn.EVENTS, Qt.SortOrder.DescendingOrder)
        self.table.setShowGrid(False)
        self.table.setStyleSheet("QTableView::item { padding: 0 5px; }")
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 18)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(PartyColumn.NOTE, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in _WIDTHS.items():
            self.table.setColumnWidth(column, width)
        self.hint.setWordWrap(True)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        self._stack.setCurrentWidget(self.empty)
        row = QHBoxLayout()
        row.addWidget(self.search, 1)
        row.addWidget(self.events_button)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.SPACE)
        layout.addLayout(row)
        layout.addWidget(self.hint)
        layout.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(self.sorted.setFilterFixedString)
        self.events_button.clicked.connect(self._show_events)
        self.table.selectionModel().selectionChanged.connect(self._on_selection)
        self.table.customContextMenuRequested.connect(self._show_menu)
        self.table.doubleClicked.connect(self._on_double_click)
        self.model.modelReset.connect(self._on_selection)
        self._session.changed.connect(self._on_changed)

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self.search.setPlaceholderText(self.tr("Search names, numbers and notes"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.table.setAccessibleName(self.tr("Parties"))
        self.events_button.setText(self.tr("Show on timeline"))
        self.hint.setText(
            self.tr(
                "Say who is who: the role decides which rules may apply. "
                "Double-click a name, a role or a note to change it."
            )
        )
        self.empty.say(
            "users",
            self.tr("Nobody is in this case yet"),
            self.tr(
                "Everyone who called or wrote stands here, as soon as you have added call logs "
                "or messages."
            ),
        )
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(PartyColumn) - 1)
        self.table.viewport().update()
        self._on_selection()

    def chosen(self) -> Party | None:
        """The chosen party."""
        rows = self.table.selectionModel().selectedRows()
        return self.model.party_at(self.sorted.mapToSource(rows[0]).row()) if rows else None

    def _on_selection(self) -> None:
        chosen = self.chosen()
        self.events_button.setEnabled(chosen is not None and chosen.event_count > 0)
        self.subject_selected.emit([])

    def _on_double_click(self, index: QModelIndex) -> None:
        if index.column() in (PartyColumn.EVENTS, PartyColumn.IDENTIFIERS):
            self._show_events()

    def _show_events(self) -> None:
        chosen = self.chosen()
        if chosen is not None and chosen.event_count:
            self.show_events.emit(chosen.id)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches(Area.PARTIES, Area.EVENTS, Area.ITEMS):
            self._read()

    def _read(self) -> None:
        self._session.query(parties.list_parties, self._take, owner=self)

    def _take(self, found: list[Party]) -> None:
        self.model.show(found)
        self._stack.setCurrentWidget(self.table if found else self.empty)
        self.hint.setVisible(bool(found))
        self._on_selection()

    def _show_menu(self, where: QPoint) -> None:
        chosen = self.chosen()
        if chosen is None or not self.table.indexAt(where).isValid():
            return
        key = chosen.id
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown = menu.addAction(self.tr("Show on timeline"), self._show_events)
        shown.setEnabled(chosen.event_count > 0)
        roles = menu.addMenu(self.tr("Role"))
        roles.setEnabled(not self._session.case.read_only)
        for role in Role:
            action = roles.addAction(texts.role(role))
            action.setCheckable(True)
            action.setChecked(role is chosen.role)
            action.triggered.connect(lambda _on=False, role=role: self._set_role(key, role))
        menu.popup(self.table.viewport().mapToGlobal(where))

    def _set_role(self, party_id: int, role: Role) -> None:
        self._session.mutate(lambda case: parties.edit(case, party_id, role=role))
