"""Below the text of a message: which words of it are blacked out in exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

from evidence_app.gui.appearance import icons
from evidence_app.model.changes import Area, Changes
from evidence_app.model.mark import Mark, MarkKind, Words
from evidence_app.services import marks, redaction_proposals
from evidence_app.services.redaction_proposals import ProposedRedaction

if TYPE_CHECKING:
    from evidence_app.gui.session import Session
    from evidence_app.model.event import Event
    from evidence_app.services.cases import CaseFile

_MOST_PROPOSED = 3


class BlackoutSection(QWidget):
    """Blacks out the words that are selected in a label, or numbers of others that it found.

    Args:
        session: The open case.
        hint: Shows the message, and lets words be selected.
    """

    def __init__(self, session: Session, hint: QLabel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._hint = session, hint
        self._event: Event | None = None
        self._marks: list[Mark] = []
        self._proposed: list[ProposedRedaction] = []
        self.state, self.hide_words, self.show_again = QLabel(), QToolButton(), QToolButton()
        self.proposals = [QToolButton() for _ in range(_MOST_PROPOSED)]
        self.state.setWordWrap(True)
        self.state.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.state)
        for button in (self.hide_words, *self.proposals, self.show_again):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setIcon(icons.icon("eye" if button is self.show_again else "redact"))
            column.addWidget(button)
        self.hide_words.clicked.connect(self._hide_selected)
        self.show_again.clicked.connect(self._show_again)
        for number, button in enumerate(self.proposals):
            button.clicked.connect(lambda checked=False, n=number: self._hide_proposed(n))
        session.changed.connect(self._on_changed)
        self.hide()

    def show_event(self, event: Event | None) -> None:
        """Offer this for another message, or for none."""
        self._event = event if event is not None and event.text else None
        self._marks, self._proposed = [], []
        self.setVisible(self._event is not None)
        self._read()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._fill()
        super().changeEvent(event)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches(Area.MARKS):
            self._read()

    def _read(self) -> None:
        event = self._event
        if event is None:
            return
        event_id = event.id

        def work(case: CaseFile) -> tuple[list[Mark], list[ProposedRedaction]]:
            return marks.of_event(case, event_id), redaction_proposals.of_event(case, event_id)

        def done(marks_and_proposals: tuple[list[Mark], list[ProposedRedaction]]) -> None:
            if self._event is event:
                of_words, self._proposed = marks_and_proposals
                self._marks = [mark for mark in of_words if mark.kind is MarkKind.REDACTION]
                self._fill()

        self._session.query(work, done, owner=self)
        self._fill()

    def _fill(self) -> None:
        is_writable = not self._session.case.read_only
        text = self._event.text if self._event else ""
        hidden = [text[mark.words.first : mark.words.end] for mark in self._marks if mark.words]
        self.state.setText(
            self.tr("Blacked out in exports: {0}").format(self.tr(", ").join(hidden))
        )
        self.state.setVisible(bool(hidden))
        self.hide_words.setText(self.tr("Black out the selected words in exports"))
        self.hide_words.setToolTip(
            self.tr("Select words above first. In the case they stay as they are.")
        )
        self.hide_words.setVisible(is_writable)
        self.show_again.setText(self.tr("Show all words in exports again"))
        self.show_again.setVisible(bool(hidden) and is_writable)
        for number, button in enumerate(self.proposals):
            is_there = number < len(self._proposed) and is_writable
            button.setVisible(is_there)
            if is_there:
                offer = self.tr("Somebody else’s number? Black out {0}")
                button.setText(offer.format(self._proposed[number].text))

    def _hide_selected(self) -> None:
        place = self.selected_words()
        if place is not None:
            self._add(place)

    def _hide_proposed(self, number: int) -> None:
        if number < len(self._proposed):
            self._add(self._proposed[number].place)

    def _add(self, place: Words) -> None:
        if self._event is None:
            return
        new_mark = Mark(0, self._event.item_id, MarkKind.REDACTION, words=place)
        self._session.mutate(lambda case: marks.add(case, [new_mark]))

    def _show_again(self) -> None:
        ids = [mark.id for mark in self._marks]
        self._session.mutate(lambda case: marks.remove(case, ids))

    def selected_words(self) -> Words | None:
        """What of the message is selected, as characters of its text; None if nothing is."""
        start, count = self._hint.selectionStart(), len(_units(self._hint.selectedText()))
        if self._event is None or start < 0 or not count:
            return None
        places = _places(self._event.text)
        end = min(start + count, len(places) - 1)
        return Words(self._event.id, places[start], places[end])


def _units(text: str) -> list[int]:
    """The number of a character for each UTF-16 unit in which Qt counts a text."""
    return [
        number
        for number, character in enumerate(text)
        for _ in range(1 + (ord(character) > 0xFFFF))
    ]


def _places(text: str) -> list[int]:
    """For each place that Qt counts in a text, the character there; it has line ends as one."""
    places = []
    for number, character in enumerate(text):
        if character == "\n" and number and text[number - 1] == "\r":
            continue
        places += [number] * (1 + (ord(character) > 0xFFFF))
    return [*places, len(text)]
