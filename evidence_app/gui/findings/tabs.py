"""Suggestions of the rules, what the person marked, and all of it at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from evidence_app.gui.findings.matrix_view import MatrixView
from evidence_app.gui.findings.page import FindingsPage
from evidence_app.gui.findings.suggestion_feed import SuggestionFeed
from evidence_app.gui.findings.suggestions_view import SuggestionsView
from evidence_app.services.suggestions import CaseScan

if TYPE_CHECKING:
    from evidence_app.gui.session import Session


class FindingsTabs(QWidget):
    """Three tabs; what is chosen in the one that is seen is told.

    Signals:
        subject_selected: These subjects are chosen now, as a list of `Subject`.
        open_item: The person wants to see an item (its number) at a `SourcePlace` or None.
        events_wanted: The person wants to see the events of an `EventFilter`.
        counted: So many suggestions wait for a decision.
    """

    subject_selected = Signal(list)
    open_item = Signal(int, object)
    events_wanted = Signal(object)
    counted = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.feed = SuggestionFeed(session, self)
        self.suggestions = SuggestionsView(session)
        self.marked = FindingsPage(session)
        self.matrix = MatrixView(session)
        self.matrix.events_wanted.connect(self.events_wanted)
        self.tabs = QTabWidget(documentMode=True)
        for page in (self.suggestions, self.marked):
            self.tabs.addTab(page, "")
            page.subject_selected.connect(self._on_selected)
            page.open_item.connect(self.open_item)
        self.tabs.addTab(self.matrix, "")
        self.tabs.currentChanged.connect(self._on_tab)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.tabs)
        self.feed.scanned.connect(self._on_scanned)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        for page in (self.suggestions, self.marked, self.matrix):
            page.retranslate()
        self._say()

    def list_in_sight(self) -> QWidget:
        """The list that the person looks at."""
        lists: dict[QWidget, QWidget] = {
            self.marked: self.marked.list,
            self.matrix: self.matrix.table,
        }
        return lists.get(self.tabs.currentWidget(), self.suggestions.acts)

    def _say(self) -> None:
        count = self.suggestions.count()
        title = self.tr("Suggestions")
        self.tabs.setTabText(0, f"{title} · {count}" if count else title)
        self.tabs.setTabText(1, self.tr("Marked by you"))
        self.tabs.setTabText(2, self.tr("Overview"))
        self.counted.emit(count)

    def _on_scanned(self, done: CaseScan) -> None:
        self.suggestions.take(done)
        self.matrix.take(done)
        self._say()

    def _on_tab(self, _place: int) -> None:
        if self.tabs.currentWidget() is self.matrix:
            self.subject_selected.emit([])

    def _on_selected(self, subjects: list[object]) -> None:
        if self.sender() is self.tabs.currentWidget():
            self.subject_selected.emit(subjects)
