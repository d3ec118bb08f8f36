"""The evidence: all items as tiles or lines, and each of them large."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QPalette
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from evidence_app.gui.appearance import theme
from evidence_app.gui.common.empty_state import EmptyState
from evidence_app.gui.evidence.bar import EvidenceBar
from evidence_app.gui.evidence.menu import ItemMenu
from evidence_app.gui.evidence.model import ItemsModel
from evidence_app.gui.evidence.trash_banner import TrashBanner
from evidence_app.gui.evidence.view import ItemView
from evidence_app.gui.labels.label_picker import TagPicker
from evidence_app.gui.viewer.viewer import Viewer
from evidence_app.model.changes import Area, Changes
from evidence_app.model.filters import ItemFilter, ItemOrder
from evidence_app.services import items, tags

if TYPE_CHECKING:
    from collections.abc import Callable

    from evidence_app.gui.session import Session
    from evidence_app.model.evidence import SourcePlace
    from evidence_app.model.finding import Subject
    from evidence_app.model.search import TextTarget


class EvidencePage(QWidget):
    """All evidence of the case, to be searched, narrowed, labelled and looked at.

    Attributes:
        subject_selected: What is chosen now, as a list of `Subject`.
        show_on_timeline: The events of an item (its number) are wanted.
        help_wanted: The person wants the help page of that name.
    """

    subject_selected = Signal(list)
    show_on_timeline = Signal(int)
    help_wanted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.model = ItemsModel(session, self)
        self.bar = EvidenceBar()
        self.view = ItemView(session, self.model)
        self.viewer = Viewer(session)
        self.empty = EmptyState()
        self.summary = QLabel()
        self.trash_banner = TrashBanner()
        self._list = QStackedWidget()
        self._stack = QStackedWidget()
        self._picker: TagPicker | None = None
        self._actions: dict[str, QAction] = {}
        self._build()
        self._connect()
        self._make_actions()
        self.retranslate()
        self._read_tags()
        self.model.show(ItemFilter(), ItemOrder.TIME)

    def _build(self) -> None:
        self.summary.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.summary.setContentsMargins(theme.SPACE, 0, theme.SPACE, 4)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._list.addWidget(self.view)
        self._list.addWidget(self.empty)
        overview = QWidget()
        column = QVBoxLayout(overview)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.trash_banner)
        column.addWidget(self.bar)
        column.addWidget(self.summary)
        column.addWidget(self._list, 1)
        self._stack.addWidget(overview)
        self._stack.addWidget(self.viewer)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _connect(self) -> None:
        self.bar.changed.connect(self._narrow)
        self.trash_banner.left.connect(self.bar.leave_trash)
        self.empty.act_wanted.connect(self._on_empty_act)
        self.model.listing.failed.connect(self._on_unread)
        self.bar.tiles_changed.connect(self.view.set_tiles)
        self.model.loaded.connect(self._on_loaded)
        self.view.opened.connect(lambda item_id: self.show_item(item_id))
        self.view.chosen.connect(self._on_chosen)
        self.view.customContextMenuRequested.connect(self._show_menu)
        self.viewer.left.connect(self.show_list)
        self.viewer.stepped.connect(self._step)
        self.viewer.subject_selected.connect(self._on_viewed)
        self._session.changed.connect(self._on_changed)

    def _make_actions(self) -> None:
        for key, shortcut, work in (
            ("labels", Qt.Key.Key_T, self.pick_labels),
            ("rename", Qt.Key.Key_F2, lambda: self._with_menu(ItemMenu.rename)),
            ("trash", QKeySequence.StandardKey.Delete, self._trash),
        ):
            action = QAction(self.view)
            action.setShortcut(QKeySequence(shortcut))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(work)
            self.view.addAction(action)
            self._actions[key] = action

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self.view.setAccessibleName(self.tr("Evidence"))
        self.bar.retranslate()
        self.trash_banner.retranslate()
        self.viewer.retranslate()
        self._say()
        self.view.viewport().update()

    def focus_search(self) -> None:
        """Let the person type what to search."""
        self.show_list()
        self.bar.search.setFocus()
        self.bar.search.selectAll()

    def show_item(
        self,
        item_id: int,
        place: SourcePlace | None = None,
        query: str = "",
        target: TextTarget | None = None,
    ) -> None:
        """Show an item large.

        Args:
            item_id: Its number.
            place: Where in it to go, or None.
            query: What to mark in its text; what is searched here if empty.
            target: Which of its texts to show at once, or None.
        """
        self._stack.setCurrentWidget(self.viewer)
        self.viewer.show_item(item_id, place, query or self.bar.search.text().strip(), target)
        row = self.model.row_of(item_id)
        self.viewer.say_place(0 if row is None else row + 1, self.model.rowCount())
        self.viewer.setFocus()

    def show_list(self) -> None:
        """Go back to the list; what was looked at last is chosen there."""
        if self._stack.currentWidget() is not self.viewer:
            return
        self.viewer.leave()
        self._stack.setCurrentIndex(0)
        if self.viewer.content is not None:
            self.view.select([self.viewer.content.item.id])
        self.view.setFocus()
        self._on_chosen(self.view.subjects())

    def selected_subjects(self) -> list[Subject]:
        """What is chosen in the list, or looked at."""
        viewing = self._stack.currentWidget() is self.viewer
        return self.viewer.subjects() if viewing else self.view.subjects()

    def pick_labels(self) -> None:
        """Let the person choose labels for what is chosen."""
        subjects = self.selected_subjects()
        if subjects:
            self._picker = self._picker or TagPicker(self._session, self)
            box = self.view.visualRect(self.view.currentIndex())
            at = self.view.viewport().mapToGlobal(box.topRight() + QPoint(4, 0))
            self._picker.open_for(subjects, at)

    def _narrow(self) -> None:
        order, descending = self.bar.sorting()
        self.model.show(self.bar.item_filter(), order, descending)

    def _step(self, by: int) -> None:
        content = self.viewer.content
        row = self.model.row_of(content.item.id) if content is not None else None
        item_id = self.model.id_at(row + by) if row is not None else None
        if item_id is not None:
            self.show_item(item_id)

    def _on_unread(self) -> None:
        if not self.model.rowCount():
            self._list.setCurrentWidget(self.empty)
        self._say_empty()

    def _on_loaded(self) -> None:
        self._list.setCurrentWidget(self.view if self.model.rowCount() else self.empty)
        self._say()
        content = self.viewer.content
        if self._stack.currentWidget() is self.viewer and content is not None:
            row = self.model.row_of(content.item.id)
            self.viewer.say_place(0 if row is None else row + 1, self.model.rowCount())

    def _on_chosen(self, subjects: list[Subject]) -> None:
        if self._stack.currentWidget() is not self.viewer:
            self.subject_selected.emit(subjects)
        self._say()

    def _on_viewed(self, subjects: list[Subject]) -> None:
        if self._stack.currentWidget() is self.viewer:
            self.subject_selected.emit(subjects)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches(Area.TAGS):
            self._read_tags()

    def _read_tags(self) -> None:
        self._session.query(tags.list_tags, self.bar.set_tags, owner=self)

    def _say(self) -> None:
        count, chosen = self.model.rowCount(), len(self.view.selected_rows())
        parts = [self.tr("%n item(s)", "", count)]
        if chosen > 1:
            parts.append(self.tr("%n selected", "", chosen))
        self.summary.setText(" · ".join(parts))
        self.summary.setVisible(count > 0)
        item_filter = self.model.item_filter
        self.trash_banner.setVisible(item_filter.trashed)
        self.trash_banner.show_count(count)
        self._say_empty()

    def _say_empty(self) -> None:
        ordering, item_filter = self.model.ordering, self.model.item_filter
        failure = self.model.listing.failure
        if failure is not None:
            self.empty.say_unread(failure, self.model.listing.ask_again)
        elif ordering is None:
            self.empty.say("hourglass", self.tr("Reading the evidence…"), "")
        elif item_filter.trashed and not ordering.trashed:
            self.empty.say("trash-2", self.tr("The trash is empty"), "")
        elif ordering.any or item_filter.trashed:
            self.empty.say(
                "search",
                self.tr("Nothing matches"),
                self.tr("Nothing matches all these filters."),
                self.tr("Show all"),
            )
        elif ordering.trashed:
            self.empty.say(
                "trash-2",
                self.tr("%n item(s) are in the trash, and nothing else is here", "",
                        ordering.trashed),
                self.tr("Whatever is in the trash can be put back."),
                self.tr("Show the trash"),
            )  # fmt: skip
        else:
            self._say_welcome()

    def _on_empty_act(self) -> None:
        ordering = self.model.ordering
        if ordering is not None and not ordering.any and not self.model.item_filter.trashed:
            if ordering.trashed:
                self.bar.trash.setChecked(True)
            else:
                self.help_wanted.emit("phone")
        elif self.model.item_filter.trashed:
            self.bar.clear_choices()
        else:
            self.bar.clear()

    def _say_welcome(self) -> None:
        self.empty.say(
            "inbox",
            self.tr("Drop your evidence here"),
            self.tr(
                "Screenshots, recordings, call logs, messages, letters: whole folders if you "
                "like, unsorted. Every file is kept exactly as it is, and stays on this "
                "computer. You can sort it out later, a little at a time."
            ),
            self.tr("How do I get evidence off my phone?"),
        )

    def _show_menu(self, where: QPoint) -> None:
        index = self.view.indexAt(where)
        if index.isValid():
            self._menu(
                index.row(), lambda menu: menu.popup(self.view.viewport().mapToGlobal(where))
            )

    def _trash(self) -> None:
        """Put what is chosen into the trash, whether its lines have been read or not."""
        ids = [subject.id for subject in self.view.subjects()]
        if ids and not self._session.case.read_only and not self.model.item_filter.trashed:
            self._session.mutate(lambda case: items.trash(case, ids))

    def _with_menu(self, act: Callable[[ItemMenu], None]) -> None:
        rows = self.view.selected_rows()
        if rows and not self._session.case.read_only:
            current = self.view.currentIndex().row()
            self._menu(current if current in rows else rows[0], act)

    def _menu(self, row: int, act: Callable[[ItemMenu], None]) -> None:
        item_row = self.model.row_at(row)
        subjects = self.view.subjects()
        if item_row is None or not subjects:
            return
        item = item_row.item
        menu = ItemMenu(self._session, item, subjects, self, trashed=self.model.item_filter.trashed)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.open_wanted.connect(lambda: self.show_item(item.id))
        menu.labels_wanted.connect(self.pick_labels)
        menu.timeline_wanted.connect(lambda: self.show_on_timeline.emit(item.id))
        act(menu)
