"""The timeline: everything that happened, by day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from evidence_app.gui.common.empty_state import EmptyState
from evidence_app.gui.common.event_texts import count_words
from evidence_app.gui.common.filter_bar import FilterBar, only_party
from evidence_app.gui.labels.label_picker import TagPicker, apply_tag_shortcut
from evidence_app.gui.timeline.day_strip import DayStrip
from evidence_app.gui.timeline.event_menu import EventMenu
from evidence_app.gui.timeline.model import TimelineModel
from evidence_app.gui.timeline.own_acts import OwnActMenu
from evidence_app.gui.timeline.view import TimelineView
from evidence_app.model.changes import Area, Changes
from evidence_app.model.filters import EventFilter
from evidence_app.services import events as timeline
from evidence_app.services import parties, tags

if TYPE_CHECKING:
    from evidence_app.gui.session import Session
    from evidence_app.model.evidence import SourcePlace
    from evidence_app.model.finding import Subject, Tag
    from evidence_app.model.party import Party


class TimelinePage(QWidget):
    """All events of the case by day, to be narrowed, searched, labelled and opened.

    Signals:
        subject_selected: These events are chosen now, as a list of `Subject`.
        open_item: The person wants to see an item (its number) at a `SourcePlace` or None.
    """

    subject_selected = Signal(list)
    open_item = Signal(int, object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.model = TimelineModel(session, self)
        self.filters = FilterBar()
        self.strip = DayStrip()
        self.view = TimelineView()
        self.view.setModel(self.model)
        self.own_act = QPushButton()
        self.empty = EmptyState()
        self._summary = QLabel()
        self._stack = QStackedWidget()
        self._chosen_events: set[int] = set()
        self._top: int | None = None
        self._wanted_event: int | None = None
        self._picker: TagPicker | None = None
        self._build()
        self._connect()
        self.retranslate()
        self._read_choices()
        self.model.show(EventFilter())

    def _build(self) -> None:
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.addWidget(self.filters)
        row = QHBoxLayout()
        row.addWidget(self._summary, 1)
        row.addWidget(self.own_act)
        row.addWidget(self.filters.order)
        layout.addLayout(row)
        layout.addWidget(self.strip)
        layout.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.filters.changed.connect(self._narrow)
        self.empty.act_wanted.connect(self.filters.clear)
        self.model.listing.failed.connect(self._on_unread)
        self.filters.order_changed.connect(self._narrow)
        self.strip.day_chosen.connect(self.show_day)
        self.model.modelAboutToBeReset.connect(self._keep)
        self.model.loaded.connect(self._on_loaded)
        self.view.top_day_changed.connect(self.strip.set_current)
        self.view.activated.connect(self._open)
        self.view.digit_pressed.connect(self._on_digit)
        self.view.customContextMenuRequested.connect(self._show_menu)
        self.view.selectionModel().selectionChanged.connect(self._tell_selection)
        self._session.changed.connect(self._on_changed)
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.activated.connect(self.focus_search)
        pick = QShortcut(QKeySequence(Qt.Key.Key_T), self.view)
        pick.setContext(Qt.ShortcutContext.WidgetShortcut)
        pick.activated.connect(self.pick_labels)
        self.own_act.clicked.connect(self.choose_own_act)
        did = QShortcut(QKeySequence(Qt.Key.Key_A), self.view)
        did.setContext(Qt.ShortcutContext.WidgetShortcut)
        did.activated.connect(self.choose_own_act)

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.view.setAccessibleName(self.tr("Timeline"))
        self.own_act.setText(self.tr("What I did…"))
        self.own_act.setToolTip(
            self.tr("Write down that you asked them to stop, paid, complained … Key: A")
        )
        self.filters.retranslate()
        self.strip.retranslate()
        self._say()
        self.view.viewport().update()

    def focus_search(self) -> None:
        """Let the person type what to search."""
        self.filters.search.setFocus()
        self.filters.search.selectAll()

    def show_party(self, party_id: int) -> None:
        """Show the events with one party only."""
        self.filters.want(only_party(party_id))

    def show_filter(self, event_filter: EventFilter) -> None:
        """Show these events only."""
        self.filters.want(event_filter)

    def show_event(self, event_id: int) -> None:
        """Choose one event among all others and bring it into view."""
        self._wanted_event = event_id
        self.filters.want(EventFilter())

    def show_day(self, day: date) -> None:
        """Scroll to a day."""
        row = self.model.row_of_day(day)
        if row is not None:
            self.view.show_row_on_top(row)

    def selected_subjects(self) -> list[Subject]:
        """The chosen events."""
        return self.model.subjects(self.view.selected_ranges())

    def pick_labels(self) -> None:
        """Let the person choose labels for the chosen events."""
        subjects = self.selected_subjects()
        if subjects:
            self._picker = self._picker or TagPicker(self._session, self)
            rect = self.view.visualRect(self.view.currentIndex())
            self._picker.open_for(
                subjects, self.view.viewport().mapToGlobal(rect.bottomLeft() + QPoint(80, 2))
            )

    def choose_own_act(self) -> None:
        """Let the person say what they did by the chosen event, or on a day of their choice."""
        index = self.view.currentIndex()
        row = self.model.row_at(index.row()) if self.selected_subjects() else None
        menu = OwnActMenu(self._session, row.event if row is not None else None, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.own_act.mapToGlobal(self.own_act.rect().bottomLeft()))

    def _narrow(self) -> None:
        self.model.show(self.filters.event_filter(), self.filters.descending())

    def _on_digit(self, digit: int) -> None:
        apply_tag_shortcut(self._session, self.selected_subjects(), digit)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches(Area.PARTIES, Area.TAGS, Area.EVENTS, Area.ITEMS):
            self._read_choices()

    def _read_choices(self) -> None:
        self._session.query(
            lambda case: (parties.list_parties(case), tags.list_tags(case), timeline.span(case)),
            self._take_choices,
            owner=self,
        )

    def _take_choices(
        self, choices: tuple[list[Party], list[Tag], tuple[date, date] | None]
    ) -> None:
        self.filters.set_parties(choices[0])
        self.filters.set_tags(choices[1])
        self.filters.set_span(choices[2])

    def _keep(self) -> None:
        self._chosen_events = set(self.model.events_in(self.view.selected_ranges()))
        top = self.view.top_row()
        self._top = self.model.event_at(top) or self.model.event_at(top + 1)

    def _on_unread(self) -> None:
        if not self.model.event_count():
            self._stack.setCurrentWidget(self.empty)
        self._say()

    def _on_loaded(self) -> None:
        self.view.delegate.set_zone(self.model.where)
        self.strip.set_days(self.model.days)
        self.strip.setVisible(any(group.day is not None for group in self.model.days))
        self._stack.setCurrentWidget(self.view if self.model.event_count() else self.empty)
        self._bring_top_back()
        self._select_kept()
        self._go_to_wanted()
        self._tell_selection()
        self.view.follow()
        self._say()

    def _bring_top_back(self) -> None:
        """After a search, or with other events, the same event is at the top if it is there."""
        top, self._top = self._top, None
        rows = self.model.rows_of_events({top}) if top is not None else []
        if rows:
            self.view.show_row_on_top(max(rows[0] - 1, 0))

    def _go_to_wanted(self) -> None:
        """Select the event that was asked for, once."""
        event_id, self._wanted_event = self._wanted_event, None
        rows = self.model.rows_of_events({event_id}) if event_id is not None else []
        if rows:
            index = self.model.index(rows[0], 0)
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _select_kept(self) -> None:
        rows = self.model.rows_of_events(self._chosen_events)
        self._chosen_events = set()
        if not rows:
            return
        chosen, flags = self.view.selectionModel(), QItemSelectionModel.SelectionFlag
        selection = QItemSelection()
        for row in rows:
            index = self.model.index(row, 0)
            selection.append(QItemSelectionRange(index))
        chosen.select(selection, flags.Select)
        chosen.setCurrentIndex(self.model.index(rows[0], 0), flags.NoUpdate)

    def _say(self) -> None:
        order = self.model.order
        count = self.model.event_count()
        days = sum(1 for group in self.model.days if group.day is not None)
        parts = [count_words(count), self.tr("%n day(s)", "", days)]
        self._summary.setText(" · ".join(parts))
        self._summary.setVisible(count > 0)
        self.own_act.setEnabled(not self._session.case.read_only)
        self.filters.order.setVisible(count > 0)
        failure = self.model.listing.failure
        if failure is not None:
            self.empty.say_unread(failure, self.model.listing.ask_again)
        elif order is None:
            self.empty.say("hourglass", self.tr("Reading the timeline…"), "")
        elif order.any:
            self.empty.say(
                "search",
                self.tr("Nothing matches"),
                self.tr("Nothing matches all these filters."),
                self.tr("Show all"),
            )
        else:
            self.empty.say(
                "calendar-clock",
                self.tr("Your timeline is empty"),
                self.tr(
                    "Drop screenshots, recordings, call logs or messages into the window. "
                    "Everything with a time then stands here, day by day."
                ),
            )

    def _tell_selection(self) -> None:
        self.subject_selected.emit(self.selected_subjects())

    def _open(self, index: QModelIndex) -> None:
        row = self.model.row_at(index.row())
        if row is not None:
            place: SourcePlace | None = row.event.place
            self.open_item.emit(row.event.item_id, place)

    def _show_menu(self, where: QPoint) -> None:
        subjects = self.selected_subjects()
        index = self.view.indexAt(where)
        row = self.model.row_at(index.row()) if index.isValid() else None
        where_zone = self.model.where
        if row is None or where_zone is None or not subjects:
            return
        menu = EventMenu(self._session, row, subjects, where_zone, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.open_wanted.connect(lambda: self._open(index))
        menu.labels_wanted.connect(self.pick_labels)
        menu.party_wanted.connect(self.show_party)
        menu.popup(self.view.viewport().mapToGlobal(where))
