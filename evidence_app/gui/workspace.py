"""The open case in the window: navigation at the left, a page in the middle, the inspector."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from evidence_app.gui.appearance import icons, texts
from evidence_app.gui.common import edit_texts
from evidence_app.gui.common.message_strip import MessageStrip
from evidence_app.gui.evidence.page import EvidencePage
from evidence_app.gui.findings.tabs import FindingsTabs
from evidence_app.gui.importing.batches import Answer, Certificates
from evidence_app.gui.importing.import_bar import ImportBar
from evidence_app.gui.importing.import_queue import ImportQueue
from evidence_app.gui.importing.question_bar import QuestionBar
from evidence_app.gui.importing.questions_dialog import QuestionsDialog
from evidence_app.gui.inspector.inspector import Inspector
from evidence_app.gui.parties.page import PartiesPage
from evidence_app.gui.reading.reading_bar import ReadingBar
from evidence_app.gui.reading.reading_queue import ReadingQueue
from evidence_app.gui.search.page import SearchPage
from evidence_app.gui.session import Session
from evidence_app.gui.timeline.page import TimelinePage
from evidence_app.model.evidence import SourcePlace
from evidence_app.model.filters import EventFilter
from evidence_app.model.finding import Subject
from evidence_app.model.search import TextTarget
from evidence_app.services import devices
from evidence_app.services.history import Edit

_NAVIGATION_WIDTH = 148
_INSPECTOR_WIDTH = 320
_NARROW = 1100


class Page(IntEnum):
    """The pages in their order."""

    EVIDENCE = 0
    TIMELINE = 1
    FINDINGS = 2
    PARTIES = 3
    SEARCH = 4


_ICONS = {
    Page.EVIDENCE: "layout-grid",
    Page.TIMELINE: "calendar-clock",
    Page.FINDINGS: "scale",
    Page.PARTIES: "users",
    Page.SEARCH: "search",
}


_Page = EvidencePage | TimelinePage | FindingsTabs | PartiesPage | SearchPage


class Workspace(QWidget):
    """Everything that shows one case.

    Signals:
        help_wanted: The person wants the help page of that name.
        page_shown: The person sees this `Page` now.
    """

    help_wanted = Signal(str)
    page_shown = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.lane = ImportQueue(session.case, self)
        self.reading = ReadingQueue(session.case, self)
        self.navigation = QListWidget()
        self.stack = QStackedWidget()
        self.evidence = EvidencePage(session)
        self.timeline = TimelinePage(session)
        self.findings = FindingsTabs(session)
        self.parties = PartiesPage(session)
        self.search = SearchPage(session)
        self.inspector = Inspector(session)
        self.question_bar = QuestionBar(session)
        self.import_bar = ImportBar()
        self.reading_bar = ReadingBar()
        self.strip = MessageStrip()
        self.strip.listen_in(self)
        self.splitter = QSplitter()
        self._above = QVBoxLayout()
        self._origin: Page | None = None
        self._selected: dict[QWidget, list[Subject]] = {}
        self._lay_out()
        self._connect()
        self._connect_reading()
        self.retranslate()
        self.navigation.setCurrentRow(Page.EVIDENCE)

    def _pages(self) -> tuple[_Page, ...]:
        """In the order of `Page`."""
        return self.evidence, self.timeline, self.findings, self.parties, self.search

    def _lay_out(self) -> None:
        for page in self._pages():
            self.stack.addWidget(page)
        for page_key in Page:
            self.navigation.addItem(QListWidgetItem(icons.icon(_ICONS[page_key]), ""))
        self.navigation.setFixedWidth(_NAVIGATION_WIDTH)
        self.navigation.setIconSize(QSize(20, 20))
        self.navigation.setSpacing(4)
        self.navigation.setObjectName("navigation")
        self.splitter.addWidget(self.stack)
        self.splitter.addWidget(self.inspector)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setCollapsible(0, False)
        self.splitter.setSizes([10 * _INSPECTOR_WIDTH, _INSPECTOR_WIDTH])
        self.splitter.setHandleWidth(1)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.navigation)
        row.addWidget(self.splitter, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._above)
        column.addWidget(self.question_bar)
        column.addLayout(row, 1)
        column.addWidget(self.strip)
        column.addWidget(self.import_bar)
        column.addWidget(self.reading_bar)

    def _connect(self) -> None:
        self.navigation.currentRowChanged.connect(self._on_page)
        # Not when the page changes: who walks through the names with the keys stays among them.
        for chosen in (self.navigation.itemClicked, self.navigation.itemActivated):
            chosen.connect(self._on_page_chosen)
        for page in self._pages():
            page.subject_selected.connect(partial(self._on_selected, page))
        for page in (self.timeline, self.findings):
            page.open_item.connect(self.open_item)
        self.evidence.show_on_timeline.connect(self._show_item_events)
        self.evidence.viewer.left.connect(self._go_back)
        self.parties.show_events.connect(self._show_party)
        for part in (self.evidence, self.parties):
            part.help_wanted.connect(self.help_wanted)
        self.findings.counted.connect(self._say_suggested)
        self.findings.events_wanted.connect(self._show_events)
        self.search.open_item.connect(self.open_item)
        self.search.event_wanted.connect(self._show_event)
        self.search.party_wanted.connect(self._show_person)
        for page_left in (self.timeline, self.parties):
            back = QShortcut(QKeySequence(Qt.Key.Key_Escape), page_left)
            back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            back.activated.connect(self._go_back)
        self.lane.progressed.connect(self.import_bar.show_progress)
        self.lane.changed.connect(self.session.tell)
        self.lane.finished.connect(lambda _: self.import_bar.hide())
        self.lane.failed.connect(self.session.failed)
        self.session.edited.connect(self._say_done)
        self.session.undone.connect(self._say_undone)
        self.session.redone.connect(self._say_redone)
        self.session.said.connect(self.strip.say)
        self.session.doubted.connect(self._say_doubted)
        self.session.unread.connect(self._say_unread)
        self.import_bar.cancelled.connect(self.lane.cancel)
        self.question_bar.opened.connect(self.ask)
        self.inspector.certificates.files_chosen.connect(self._file_certificates)
        self.inspector.certificates.item_wanted.connect(self.open_item)

    def _connect_reading(self) -> None:
        self.lane.finished.connect(lambda _: self.reading.start())
        self.reading.progressed.connect(self.reading_bar.show_progress)
        self.reading.changed.connect(self.session.tell)
        self.reading.paused.connect(self.reading_bar.show_pause)
        self.reading.finished.connect(self.reading_bar.hide)
        self.reading.failed.connect(self.reading_bar.show_error)
        self.reading_bar.pause_wanted.connect(self.reading.pause)
        self.reading_bar.go_on_wanted.connect(self.reading.go_on)
        self.reading.start_soon()

    def retranslate(self) -> None:
        """Say everything anew."""
        names = (
            self.tr("Evidence"),
            self.tr("Timeline"),
            self.tr("Violations"),
            self.tr("People"),
            self.tr("Search"),
        )
        for row, name in enumerate(names):
            self.navigation.item(row).setText(name)
        self.navigation.setAccessibleName(self.tr("Parts of the case"))

    def retranslate_all(self) -> None:
        """Say everything anew, in all pages."""
        self.retranslate()
        for part in (
            *self._pages(),
            self.inspector,
            self.import_bar,
            self.reading_bar,
            self.question_bar,
            self.strip,
        ):
            part.retranslate()

    def _say_suggested(self, count: int) -> None:
        """Tell beside the page's name how many suggestions wait."""
        name = self.tr("Violations")
        row = self.navigation.item(Page.FINDINGS)
        row.setText(f"{name}  {count}" if count else name)

    def history_in_words(self) -> tuple[str | None, str | None]:
        """What can be undone, and what redone; None for nothing."""
        history = self.session.history
        undo, redo = (
            edit_texts.done(edit) if edit is not None else None
            for edit in (history.undo_edit, history.redo_edit)
        )
        return undo, redo

    def _say_done(self, edit: Edit) -> None:
        self.strip.say(edit_texts.done(edit), self.tr("Undo"), self.session.undo)

    def _say_undone(self, edit: Edit) -> None:
        self.strip.say(edit_texts.undone(edit), self.tr("Redo"), self.session.redo)

    def _say_redone(self, edit: Edit) -> None:
        self.strip.say(edit_texts.redone(edit), self.tr("Undo"), self.session.undo)

    def _say_doubted(self, text: str, take_off: Callable[[], None]) -> None:
        self.strip.ask(text, self.tr("Keep"), self.tr("Remove"), take_off)

    def _say_unread(self, error: Exception, again: Callable[[], None]) -> None:
        text = self.tr("Some lines could not be read. {0}").format(texts.error_text(error))
        self.strip.say(text, self.tr("Try again"), again)

    def put_above(self, card: QWidget) -> None:
        """Put something above all pages."""
        self._above.addWidget(card)

    def show_page(self, page: Page) -> None:
        """Go to a page."""
        self.navigation.setCurrentRow(page)

    def open_item(
        self,
        item_id: int,
        place: SourcePlace | None = None,
        query: str = "",
        target: TextTarget | None = None,
    ) -> None:
        """Show an item, at a place in it if one is given; who leaves it comes back here.

        Args:
            item_id: Its number.
            place: Where in it to go, or None.
            query: What to mark in its text; empty for nothing.
            target: Which of its texts to show at once, or None.
        """
        origin = Page(self.stack.currentIndex())
        self.show_page(Page.EVIDENCE)
        self.evidence.show_item(item_id, place, query, target)
        self._origin = origin if origin is not Page.EVIDENCE else None

    def _go_back(self) -> None:
        """Return to the page from which one came; its rows are where they were."""
        origin, self._origin = self._origin, None
        if origin is None:
            return
        self.show_page(origin)
        lists: dict[Page, QWidget] = {
            Page.TIMELINE: self.timeline.view,
            Page.FINDINGS: self.findings.list_in_sight(),
            Page.SEARCH: self.search.list,
        }
        if origin in lists:
            lists[origin].setFocus()

    def ask(self) -> None:
        """Show the questions about files."""
        dialog = QuestionsDialog(self.session, self)
        dialog.answered.connect(lambda ids, value: self.lane.add(Answer(tuple(ids), value)))
        dialog.help_wanted.connect(self.help_wanted)
        dialog.open()

    def tell_device(self, item_ids: list[int], name: str, is_kept: bool) -> None:
        """Keep from which phone or computer items come."""
        self.session.mutate(lambda case: devices.assign(case, item_ids, name, is_kept=is_kept))

    def _file_certificates(self, item_id: int, paths: list[Path]) -> None:
        self.lane.add(Certificates(paths, item_id))

    def focus_search(self) -> None:
        """Put the cursor into the search of the page."""
        page = self.stack.currentWidget()
        if isinstance(page, TimelinePage | EvidencePage | SearchPage):
            page.focus_search()

    def search_all(self) -> None:
        """Let the person search the whole case."""
        self.show_page(Page.SEARCH)
        self.search.focus_search()

    def _on_page(self, row: int) -> None:
        self._origin = None
        self.stack.setCurrentIndex(row)
        page = self.stack.currentWidget()
        self._show_details(self._selected.get(page, []) if page is not None else [])
        self.page_shown.emit(Page(row))

    def _on_page_chosen(self) -> None:
        if self.navigation.currentRow() == Page.SEARCH:
            self.search.focus_search()

    def _show_details(self, subjects: list[Subject]) -> None:
        self.inspector.show_subjects(subjects)
        self._make_room()

    def _make_room(self) -> None:
        """In a narrow window the inspector is there only while it has something to say."""
        page = self.stack.currentWidget()
        is_empty = page is None or not self._selected.get(page)
        self.inspector.setVisible(not (is_empty and self.width() < _NARROW))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the empty inspector go first when it gets narrow."""
        super().resizeEvent(event)
        self._make_room()

    def _on_selected(self, page: QWidget, subjects: list[Subject]) -> None:
        """Show what is chosen on the page that is seen; the others are remembered."""
        self._selected[page] = subjects
        if page is self.stack.currentWidget():
            self._show_details(subjects)

    def _show_event(self, event_id: int) -> None:
        """Show a hit on the timeline; Esc leads back to the search."""
        self.show_page(Page.TIMELINE)
        self.timeline.show_event(event_id)
        self.timeline.view.setFocus()
        self._origin = Page.SEARCH

    def _show_person(self, party_id: int) -> None:
        """Show a hit among the people; Esc leads back to the search."""
        self.show_page(Page.PARTIES)
        self.parties.show_party(party_id)
        self.parties.table.setFocus()
        self._origin = Page.SEARCH

    def _show_party(self, party_id: int) -> None:
        self.show_page(Page.TIMELINE)
        self.timeline.show_party(party_id)

    def _show_item_events(self, item_id: int) -> None:
        self._show_events(EventFilter(item_id=item_id))

    def _show_events(self, event_filter: EventFilter) -> None:
        self.show_page(Page.TIMELINE)
        self.timeline.show_filter(event_filter)
