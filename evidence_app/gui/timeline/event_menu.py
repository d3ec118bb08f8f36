"""What can be done to events, as a menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from evidence_app.gui.appearance import texts
from evidence_app.gui.common.time_dialog import TimeDialog
from evidence_app.gui.timeline.own_acts import OwnActMenu
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.party import Role
from evidence_app.services import events as timeline
from evidence_app.services import parties

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from zoneinfo import ZoneInfo

    from evidence_app.gui.common.event_rows import EventRow
    from evidence_app.gui.session import Session
    from evidence_app.model.finding import Subject

Value = TypeVar("Value")


class EventMenu(QMenu):
    """The menu of the event under the pointer and of all that are chosen.

    Signals:
        open_wanted: The event's evidence is wanted.
        labels_wanted: The choice of labels is wanted.
        party_wanted: All events with this party are wanted.
    """

    open_wanted = Signal()
    labels_wanted = Signal()
    party_wanted = Signal(int)

    def __init__(
        self,
        session: Session,
        row: EventRow,
        subjects: list[Subject],
        where: ZoneInfo,
        parent: QWidget,
    ) -> None:
        """Make the menu.

        Args:
            session: The open case.
            row: The event under the pointer.
            subjects: All that are chosen.
            where: The case's time zone.
            parent: The page.
        """
        super().__init__(parent)
        self._session = session
        self._event = row.event
        self._ids = [subject.id for subject in subjects]
        self._where = where
        self._window = parent
        self.addAction(self.tr("Open evidence"), self.open_wanted.emit)
        self.addAction(self.tr("Labels…"), self.labels_wanted.emit)
        self.addMenu(OwnActMenu(session, row.event, parent))
        self.addSeparator()
        self.addAction(self.tr("Correct the time…"), self._correct_time)
        if len(subjects) == 1:
            self._add_edits()
        self._add_party()
        self.addSeparator()
        copy = self.addAction(self.tr("Copy text"), self._copy)
        copy.setEnabled(bool(self._event.text))

    def _add_edits(self) -> None:
        event = self._event
        self._add_choice(self.tr("Type"), EventType, event.type, texts.event_type, self._set_type)
        self._add_choice(
            self.tr("Direction"), Direction, event.direction, texts.direction, self._set_direction
        )
        self._add_choice(
            self.tr("Outcome"), Outcome, event.outcome, texts.outcome, self._set_outcome
        )

    def _add_party(self) -> None:
        party_id = self._event.party_id
        if party_id is None:
            return
        self.addSeparator()
        name = self._event.other_name
        self.addAction(
            self.tr("Show only {0}").format(name), lambda: self.party_wanted.emit(party_id)
        )
        self._add_choice(
            self.tr("Role of {0}").format(name), Role, None, texts.role, self._set_role
        )

    def _add_choice(
        self,
        title: str,
        values: Iterable[Value],
        now: Value | None,
        word: Callable[[Value], str],
        choose: Callable[[Value], None],
    ) -> None:
        menu = self.addMenu(title)
        for value in values:
            action = QAction(word(value), menu, checkable=True, checked=value == now)
            action.triggered.connect(lambda _on, value=value: choose(value))
            menu.addAction(action)

    def _set_type(self, value: EventType) -> None:
        key = self._event.id
        self._session.mutate(lambda case: timeline.edit(case, key, type=value))

    def _set_direction(self, value: Direction) -> None:
        key = self._event.id
        self._session.mutate(lambda case: timeline.edit(case, key, direction=value))

    def _set_outcome(self, value: Outcome) -> None:
        key = self._event.id
        self._session.mutate(lambda case: timeline.edit(case, key, outcome=value))

    def _set_role(self, value: Role) -> None:
        key = self._event.party_id
        if key is not None:
            self._session.mutate(lambda case: parties.edit(case, key, role=value))

    def _correct_time(self) -> None:
        session, ids = self._session, self._ids
        dialog = TimeDialog(self._event.time, self._where, self._window)
        dialog.chosen.connect(
            lambda reading: session.mutate(lambda case: timeline.correct_time(case, ids, reading))
        )
        dialog.open()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._event.text)
