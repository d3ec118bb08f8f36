"""One box that searches everything: messages, pictures, recordings, pages, notes and people."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from evidence_app.gui.appearance import icons, theme
from evidence_app.gui.common.choice_button import Choice, ChoiceButton
from evidence_app.gui.common.empty_state import EmptyState
from evidence_app.gui.common.newest_answer import NewestAnswer
from evidence_app.gui.common.uniform_list import LineView
from evidence_app.gui.search.delegate import HitDelegate
from evidence_app.gui.search.kind_chips import KindChips
from evidence_app.gui.search.rows import HitsModel
from evidence_app.model.changes import Area, Changes
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.model.search import (
    OF_TEXTS,
    Hit,
    HitKind,
    HitOrder,
    SearchQuery,
    SearchResult,
    TextTarget,
)
from evidence_app.model.times import zone
from evidence_app.services import search

if TYPE_CHECKING:
    from evidence_app.gui.session import Session
    from evidence_app.model.search import SavedSearch

_TYPING_PAUSE_MS = 200
_MORE = 500
"""So many hits of each kind are shown once the person looks at one kind only."""

_SHOWN = (Area.EVENTS, Area.ITEMS, Area.PARTIES, Area.FINDINGS, Area.MARKS, Area.CASE)


class SearchPage(QWidget):
    """What to search, and what was found by kind.

    Signals:
        subject_selected: These subjects are chosen now, as a list of `Subject`.
        open_item: The person wants to see an item (its number) at a `SourcePlace` or None, with
            these words marked, and of its texts a `TextTarget` or None.
        event_wanted: The person wants to see an event (its number) among the others.
        party_wanted: The person wants to see a party (its number).
    """

    subject_selected = Signal(list)
    open_item = Signal(int, object, str, object)
    event_wanted = Signal(int)
    party_wanted = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._result: SearchResult | None = None
        self._saved: list[SavedSearch] = []
        self.field = QLineEdit(clearButtonEnabled=True)
        self.kinds = KindChips()
        self.order: ChoiceButton[HitOrder] = ChoiceButton(single=True)
        self.saved = QToolButton(popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
        self.saved.setMenu(QMenu(self.saved))
        self.model = HitsModel(session, self)
        self._search_results = NewestAnswer(session, self)
        self.list = LineView()
        self.list.setModel(self.model)
        self._delegate = HitDelegate(self.list)
        self.empty = EmptyState()
        self._stack = QStackedWidget()
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MS)
        self._build()
        self._connect()
        self.retranslate()
        self._read_saved()

    def _build(self) -> None:
        self.list.setItemDelegate(self._delegate)
        self.saved.setIcon(icons.icon("bookmark"))
        top = QHBoxLayout()
        top.addWidget(self.field, 1)
        top.addWidget(self.saved)
        narrowing = QHBoxLayout()
        narrowing.addWidget(self.kinds, 1)
        narrowing.addWidget(self.order, 0, Qt.AlignmentFlag.AlignTop)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE, theme.SPACE, theme.SPACE, 0)
        layout.addLayout(top)
        layout.addLayout(narrowing)
        layout.addWidget(self._stack, 1)
        self._stack.setCurrentWidget(self.empty)

    def _connect(self) -> None:
        self.field.textChanged.connect(self._pause.start)
        self.field.returnPressed.connect(self._enter)
        self._pause.timeout.connect(self._search)
        self.kinds.changed.connect(self._search)
        self.order.changed.connect(self._search)
        self.list.activated.connect(self._open)
        self.list.selectionModel().selectionChanged.connect(self._on_selection)
        self.model.modelReset.connect(self._on_selection)
        self._search_results.failed.connect(self._say)
        self._session.changed.connect(self._on_changed)

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self.field.setPlaceholderText(self.tr("Search messages, files, notes and people"))
        self.field.setAccessibleName(self.field.placeholderText())
        self.field.setToolTip(
            self.tr('"Quotes" find words beside each other; -word leaves out what has that word.')
        )
        self.list.setAccessibleName(self.tr("Search results"))
        self.kinds.retranslate()
        self.order.set_title(self.tr("Order"))
        orders = {
            HitOrder.RELEVANCE: self.tr("Best match first"),
            HitOrder.TIME: self.tr("Newest first"),
        }
        self.order.set_choices([Choice(order, name) for order, name in orders.items()])
        self.saved.setToolTip(self.tr("Saved searches"))
        self.saved.setAccessibleName(self.saved.toolTip())
        self._fill_saved()
        self._say()

    def focus_search(self) -> None:
        """Let the person type what to search."""
        self.field.setFocus()
        self.field.selectAll()

    def words(self) -> str:
        """What is searched."""
        return self.field.text().strip()

    def _enter(self) -> None:
        """Go from the words to what was found."""
        first = self.model.first_hit()
        if self._pause.isActive() or first is None:
            self._pause.stop()
            self._search()
            return
        self.list.setFocus()
        self.list.setCurrentIndex(self.model.index(first, 0))

    def _search(self) -> None:
        query = self.words()
        kinds = tuple(self.kinds.chosen()) or tuple(HitKind)
        order = next(iter(self.order.chosen()), HitOrder.RELEVANCE)
        limit = _MORE if len(kinds) == 1 else search.LIMIT

        self._search_results.ask(
            lambda case: search.find(case, query, kinds=kinds, order=order, limit=limit),
            lambda result: self._show(result if SearchQuery.of(query).wanted else None),
        )

    def _show(self, result: SearchResult | None) -> None:
        self._result = result
        self._delegate.set_zone(zone(self._session.info.timezone))
        self.model.show(result or SearchResult())
        self.kinds.show_counts(result)
        self._fill_saved()
        self._say()

    def _say(self) -> None:
        has_hits = self.model.first_hit() is not None
        self._stack.setCurrentWidget(self.list if has_hits else self.empty)
        if self._search_results.failure is not None:
            again = self._search_results.ask_again
            self.empty.say_unread(self._search_results.failure, again)
        elif self._result is None:
            self.empty.say(
                "search",
                self.tr("Search the whole case"),
                self.tr(
                    "Type a word that was written or said, a name, or the end of a number. "
                    "Messages, texts in files, notes and people are searched at once."
                ),
            )
        else:
            self.empty.say(
                "search",
                self.tr("Nothing was found"),
                self.tr(
                    "Try a shorter word, or another way to write it. Pictures and recordings "
                    "are found by their words only after they were read."
                ),
            )

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches(*_SHOWN):
            self._read_saved()
            if self._result is not None:
                self._search()

    def _on_selection(self) -> None:
        subjects = []
        for first, last in self.list.selected_ranges():
            for row in range(first, last + 1):
                hit = self.model.row_at(row)
                if isinstance(hit, Hit) and hit.subject is not None:
                    subjects.append(_detailed(hit, hit.subject))
        self.subject_selected.emit(subjects)

    def _open(self, index: QModelIndex) -> None:
        hit = self.model.row_at(index.row())
        if not isinstance(hit, Hit):
            return
        if hit.item is None or hit.subject is None:
            self.party_wanted.emit(hit.id)
        elif hit.subject.kind is SubjectKind.EVENT:
            self.event_wanted.emit(hit.subject.id)
        else:
            target = TextTarget(hit.id, hit.start_s) if hit.kind in OF_TEXTS else None
            matched_text = _first_found(hit) if hit.kind in OF_TEXTS else ""
            self.open_item.emit(hit.item.id, hit.place, matched_text, target)

    def _read_saved(self) -> None:
        def done(saved: list[SavedSearch]) -> None:
            self._saved = saved
            self._fill_saved()

        self._session.query(search.list_saved, done, owner=self)

    def _fill_saved(self) -> None:
        menu = self.saved.menu()
        menu.clear()
        query = self.words()
        for saved in self._saved:
            menu.addAction(saved.name, partial(self.field.setText, saved.query))
        if self._saved:
            menu.addSeparator()
        saved_search = next((saved for saved in self._saved if saved.query == query), None)
        if saved_search is not None:
            name = saved_search.name
            menu.addAction(
                self.tr("Remove “{0}” from the saved searches").format(name),
                lambda: self._session.mutate(lambda case: search.forget(case, name)),
            )
        else:
            save = menu.addAction(
                self.tr("Save this search"),
                lambda: self._session.mutate(lambda case: search.save(case, query, query)),
            )
            save.setEnabled(bool(SearchQuery.of(query).wanted) and not self._session.case.read_only)


def _first_found(hit: Hit) -> str:
    """The words as they stand in the text."""
    return next((hit.snippet.text[start:end] for start, end in hit.snippet.marks), "")


def _detailed(hit: Hit, subject: Subject) -> Subject:
    """Of what the details are shown: of a mark those of the item that it is on."""
    if subject.kind is SubjectKind.MARK and hit.item is not None:
        return Subject(SubjectKind.ITEM, hit.item.id)
    return subject
