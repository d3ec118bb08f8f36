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

from evidence_app.gui.appearance import texts, theme
from evidence_app.gui.common.empty_state import EmptyState
from evidence_app.gui.common.newest_answer import NewestAnswer
from evidence_app.gui.parties.debts_panel import DebtsPanel
from evidence_app.gui.parties.model import SORT_ROLE, PartiesModel, PartyColumn
from evidence_app.gui.parties.split_dialog import SplitDialog
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
        help_wanted: The person wants the help page of that name.
    """

    show_events = Signal(int)
    help_wanted = Signal(str)
    subject_selected = Signal(list)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.model = PartiesModel(session, self)
        self._listing = NewestAnswer(session, self)
        self._wanted_party: int | None = None
        self.sorted = _Sorted(self.model)
        self.table = QTableView()
        self.search = QLineEdit(clearButtonEnabled=True)
        self.hint = QLabel()
        self.how = QPushButton()
        self.how.setFlat(True)
        self.events_button = QPushButton()
        self.merge_button, self.split_button = QPushButton(), QPushButton()
        self.debts = DebtsPanel(session)
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
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
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
        for button in (self.merge_button, self.split_button, self.events_button):
            row.addWidget(button)
        advice = QHBoxLayout()
        advice.addWidget(self.hint, 1)
        advice.addWidget(self.how)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.SPACE)
        layout.addLayout(row)
        layout.addLayout(advice)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.debts)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._narrow)
        self.empty.act_wanted.connect(self.search.clear)
        self.how.clicked.connect(lambda: self.help_wanted.emit("who-is-who"))
        self._listing.failed.connect(self._say_empty)
        self.events_button.clicked.connect(self._show_events)
        self.merge_button.clicked.connect(self._merge)
        self.split_button.clicked.connect(self._split)
        self.table.selectionModel().selectionChanged.connect(self._on_selection)
        self.table.customContextMenuRequested.connect(self._show_menu)
        self.table.doubleClicked.connect(self._on_double_click)
        self.model.modelReset.connect(self._on_selection)
        self._session.changed.connect(self._on_changed)

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.search.setPlaceholderText(self.tr("Search names, numbers and notes"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.table.setAccessibleName(self.tr("People"))
        self.events_button.setText(self.tr("Show on timeline"))
        self.merge_button.setText(self.tr("Merge"))
        self.merge_button.setToolTip(
            self.tr("Several numbers of one person or agency: choose them, and put them together.")
        )
        self.split_button.setText(self.tr("Split…"))
        self.split_button.setToolTip(self.tr("Give some of the numbers back to somebody else."))
        self.hint.setText(
            self.tr(
                "Say who is who: the role decides which rules may apply. "
                "Double-click a name, a role or a note to change it."
            )
        )
        self.how.setText(self.tr("How do I tell?"))
        self.debts.retranslate()
        self._say_empty()
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(PartyColumn) - 1)
        self.table.viewport().update()
        self._on_selection()

    def _narrow(self, text: str) -> None:
        self.sorted.setFilterFixedString(text)
        self._say_empty()

    def _say_empty(self) -> None:
        self._stack.setCurrentWidget(self.table if self.sorted.rowCount() else self.empty)
        if self._listing.failure is not None:
            self.empty.say_unread(self._listing.failure, self._listing.ask_again)
        elif self.model.rowCount():
            self.empty.say(
                "search",
                self.tr("Nothing matches"),
                self.tr("Nobody fits the search above."),
                self.tr("Show all"),
            )
        else:
            self.empty.say(
                "users",
                self.tr("No people yet"),
                self.tr(
                    "Everyone who called or wrote stands here, as soon as you have added call "
                    "logs or messages."
                ),
            )

    def show_party(self, party_id: int) -> None:
        """Choose one of all people and bring them into view."""
        self._wanted_party = party_id
        self.search.clear()
        self._read()

    def _go_to_wanted(self) -> None:
        """Select the party that `show_party` asked for, once."""
        party_id, self._wanted_party = self._wanted_party, None
        for row in range(self.model.rowCount()):
            if self.model.party_at(row).id == party_id:
                index = self.sorted.mapFromSource(self.model.index(row, PartyColumn.NAME))
                self.table.setCurrentIndex(index)
                self.table.selectRow(index.row())
                self.table.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def all_chosen(self) -> list[Party]:
        """All chosen parties."""
        rows = self.table.selectionModel().selectedRows()
        return [self.model.party_at(self.sorted.mapToSource(row).row()) for row in rows]

    def chosen(self) -> Party | None:
        """The chosen party, if it is one."""
        chosen = self.all_chosen()
        return chosen[0] if len(chosen) == 1 else None

    def _on_selection(self) -> None:
        chosen = self.chosen()
        self.events_button.setEnabled(chosen is not None and chosen.event_count > 0)
        writable = not self._session.case.read_only
        self.merge_button.setEnabled(writable and len(self.all_chosen()) > 1)
        self.split_button.setEnabled(
            writable and chosen is not None and len(chosen.identifiers) > 1
        )
        self.subject_selected.emit([])

    def _merge(self) -> None:
        """Put the chosen ones together; the one with most events stays."""
        merged = sorted(self.all_chosen(), key=lambda party: -party.event_count)
        ids = [party.id for party in merged]
        self._session.mutate(lambda case: parties.merge(case, ids))

    def _split(self) -> None:
        chosen = self.chosen()
        if chosen is None:
            return
        key = chosen.id
        dialog = SplitDialog(chosen, self)
        dialog.chosen.connect(
            lambda numbers: self._session.mutate(lambda case: parties.split(case, key, numbers))
        )
        dialog.open()

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
        self._listing.ask(parties.list_parties, self._take)

    def _take(self, shown_parties: list[Party]) -> None:
        self.model.show(shown_parties)
        self._say_empty()
        self.hint.setVisible(bool(shown_parties))
        self.how.setVisible(bool(shown_parties))
        self._go_to_wanted()
        self._on_selection()

    def _show_menu(self, where: QPoint) -> None:
        chosen = self.all_chosen()
        if not chosen or not self.table.indexAt(where).isValid():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for button in (self.events_button, self.merge_button, self.split_button):
            menu.addAction(button.text(), button.click).setEnabled(button.isEnabled())
        if len(chosen) == 1:
            self._add_roles(menu, chosen[0])
        menu.popup(self.table.viewport().mapToGlobal(where))

    def _add_roles(self, menu: QMenu, chosen: Party) -> None:
        key = chosen.id
        roles = menu.addMenu(self.tr("Role"))
        roles.setEnabled(not self._session.case.read_only)
        for role in Role:
            action = roles.addAction(texts.role(role))
            action.setCheckable(True)
            action.setChecked(role is chosen.role)
            action.triggered.connect(lambda _on=False, role=role: self._set_role(key, role))

    def _set_role(self, party_id: int, role: Role) -> None:
        self._session.mutate(lambda case: parties.edit(case, party_id, role=role))
