"""What the person did, written down in one click at an event of the timeline, or by itself."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QWidget

from evidence_app.gui.appearance import texts
from evidence_app.gui.timeline.own_act_dialog import ACTS, WAYS, OwnActAnswers, OwnActDialog
from evidence_app.model.event import Event, EventType
from evidence_app.model.times import TimeSource, zone
from evidence_app.services import manual_entries

if TYPE_CHECKING:
    from evidence_app.gui.session import Session

_ASKS_MORE = frozenset({EventType.AGREED_HOURS, EventType.REFUSED_FOR_OTHER})
"""Of these an event does not tell enough: from when to when, and for whom."""


class OwnActMenu(QMenu):
    """What the person may have done by an event; a click writes it down at its time."""

    def __init__(self, session: Session, event: Event | None, window: QWidget) -> None:
        """Make the menu.

        Args:
            session: The open case.
            event: The call or message by which it was done; None for none.
            window: Where dialogs are shown.
        """
        super().__init__(window)
        self._session, self._event, self._window = session, event, window
        self.setTitle(self.tr("What I did here") if event is not None else self.tr("What I did"))
        self.setEnabled(not session.case.read_only)
        for act in ACTS:
            name = texts.event_type(act)
            asks = event is None or act in _ASKS_MORE
            self.addAction(f"{name}…" if asks else name, partial(self._choose, act))
        if event is not None:
            self.addSeparator()
            more = self.tr("Another day, or more to say…")
            self.addAction(more, partial(ask, session, window, answers_from(event, ACTS[0])))

    def _choose(self, act: EventType) -> None:
        if self._event is None:
            ask(self._session, self._window, OwnActAnswers(act, None), is_blank=True)
        elif act in _ASKS_MORE:
            ask(self._session, self._window, answers_from(self._event, act))
        else:
            write_down(self._session, answers_from(self._event, act))


def answers_from(event: Event, act: EventType) -> OwnActAnswers:
    """The answers to begin with when the person writes down what they did by an event."""
    time = event.time
    if time is not None:
        time = replace(time, source=TimeSource.PERSON)
    # Whom somebody spoke for is another than whom they spoke to.
    identifier = "" if act is EventType.REFUSED_FOR_OTHER else event.identifier
    by = event.type if event.type in WAYS else None
    return OwnActAnswers(act, time, identifier, by, None, event.text)


def ask(
    session: Session, window: QWidget, answers: OwnActAnswers, *, is_blank: bool = False
) -> OwnActDialog:
    """Let the person say more before it is written down.

    Args:
        session: The open case.
        window: Where the dialog is shown.
        answers: What is known already.
        is_blank: Whether only the kind of act is known: the day is asked for then.
    """
    where = zone(session.info.timezone)
    dialog = OwnActDialog(where, None if is_blank else answers, window)
    if is_blank:
        dialog.act.setCurrentIndex(ACTS.index(answers.act))
    dialog.answered.connect(lambda answers: write_down(session, answers))
    dialog.open()
    return dialog


def write_down(session: Session, answers: OwnActAnswers) -> None:
    """Write down what the person did; undo takes it back."""
    session.mutate(
        lambda case: manual_entries.add_own_act(
            case,
            answers.act,
            time=answers.time,
            identifier=answers.identifier,
            by=answers.by,
            hours=answers.hours,
            text=answers.text,
        )
    )
