"""All open questions about files, to be answered one after the other or later."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from evidence_app.gui.appearance import theme
from evidence_app.gui.importing.question_card import QuestionCard
from evidence_app.model.changes import Area, Changes
from evidence_app.model.question import OpenQuestion, QuestionKind
from evidence_app.services import questions

if TYPE_CHECKING:
    from evidence_app.gui.session import Session


class QuestionsDialog(QDialog):
    """The inbox of questions.

    Signals:
        answered: The questions' numbers, and the answer as `services.questions.answer` takes it.
        help_wanted: The person wants the help page of that name.
    """

    answered = Signal(list, object)
    help_wanted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self.cards: list[QuestionCard] = []
        self._questions: list[OpenQuestion] = []
        self.setWindowTitle(self.tr("Questions about your files"))
        hint = QLabel(
            self.tr(
                "The files do not say these things, and the program does not guess. "
                "Everything is kept already; you can answer now or later."
            )
        )
        hint.setWordWrap(True)
        self._none = QLabel(self.tr("No question is open. Thank you."))
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setSpacing(theme.SPACE)
        self._column.addWidget(self._none)
        self._column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(hint)
        layout.addWidget(area, 1)
        layout.addWidget(buttons)
        self.resize(620, 560)
        session.changed.connect(self._on_changed)
        self._read()

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches(Area.QUESTIONS, Area.ITEMS):
            self._read()

    def _read(self) -> None:
        self._session.query(questions.list_questions, self._take, owner=self)

    def _take(self, open_questions: list[OpenQuestion]) -> None:
        if open_questions == self._questions and all(card.isEnabled() for card in self.cards):
            return
        self._questions = open_questions
        for card in self.cards:
            self._column.removeWidget(card)
            card.deleteLater()
        zone = self._session.info.timezone
        self.cards = [QuestionCard(group, zone) for group in _grouped(open_questions)]
        for position, card in enumerate(self.cards):
            card.answered.connect(self.answered)
            card.help_wanted.connect(self.help_wanted)
            self._column.insertWidget(position, card)
        self._none.setVisible(not self.cards)


def _grouped(open_questions: Iterable[OpenQuestion]) -> list[list[OpenQuestion]]:
    """Questions that have one answer, together; those that hold entries up first."""
    groups: dict[tuple[QuestionKind, str], list[OpenQuestion]] = {}
    for question in open_questions:
        detail = json.dumps(dict(question.question.detail), sort_keys=True)
        groups.setdefault((question.question.kind, detail), []).append(question)
    return sorted(groups.values(), key=lambda group: not group[0].question.blocking)
