"""The first case in four steps: a card above the pages that ticks itself off."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from evidence_app.gui.appearance import icons, theme
from evidence_app.gui.common.flow_layout import FlowLayout
from evidence_app.gui.workspace import Page
from evidence_app.model.changes import Changes
from evidence_app.model.first_steps import FirstStep
from evidence_app.services import first_steps

if TYPE_CHECKING:
    from evidence_app.gui.session import Session


class FirstStepsCard(QFrame):
    """Shows which steps are done and what comes next; each opens the place where it is done.

    Signals:
        step_wanted: The person wants to do this `FirstStep`.
        help_wanted: The person wants the help page of that name.
        dismissed: The person never wants to see it again.
        completed: All steps are done.
    """

    step_wanted = Signal(object)
    help_wanted = Signal(str)
    dismissed = Signal()
    completed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.done: frozenset[FirstStep] = frozenset()
        self._has_looked = False
        self.setObjectName("first_steps")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.advice = QLabel()
        self.advice.setWordWrap(True)
        self.more = QPushButton()
        self.more.setFlat(True)
        self.more.clicked.connect(lambda: self.help_wanted.emit("first-case"))
        self.away = QToolButton()
        self.away.setAutoRaise(True)
        self.away.clicked.connect(self._dismiss)
        self.steps = {step: QPushButton() for step in FirstStep}
        for step, button in self.steps.items():
            button.clicked.connect(partial(self.step_wanted.emit, step))
        self._lay_out()
        self._say()
        session.changed.connect(self._on_changed)
        self.hide()
        self._read()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.advice, 1)
        head.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.away, 0, Qt.AlignmentFlag.AlignTop)
        row = FlowLayout()
        for button in self.steps.values():
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE, 6, theme.SPACE, 6)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(row)

    def on_page(self, page: Page) -> None:
        """Once there is evidence, it is enough to have seen the page of suggestions."""
        if page is Page.FINDINGS and FirstStep.EVIDENCE in self.done and not self._has_looked:
            self._has_looked = True
            self._read()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language and the colours."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._say()

    def _names(self) -> dict[FirstStep, str]:
        return {
            FirstStep.EVIDENCE: self.tr("Add evidence"),
            FirstStep.PEOPLE: self.tr("Say who is who"),
            FirstStep.SUGGESTIONS: self.tr("Look at the suggestions"),
            FirstStep.EXPORT: self.tr("Make the report"),
        }

    def _advice(self) -> str:
        advice = {
            FirstStep.EVIDENCE: self.tr(
                "Start with whatever you have at hand, even a single screenshot. More can follow "
                "later."
            ),
            FirstStep.PEOPLE: self.tr(
                "Who called or wrote for the lender, and who is family? What you don’t know can "
                "stay open."
            ),
            FirstStep.SUGGESTIONS: self.tr(
                "The program shows what may have broken a rule. You decide; you can stop at any "
                "time."
            ),
            FirstStep.EXPORT: self.tr(
                "Make a report when you need it. You can make it again as often as you like."
            ),
        }
        for step, advice_text in advice.items():
            if step not in self.done:
                return advice_text
        return self.tr("These were all the steps. You can repeat each of them at any time.")

    def _say(self) -> None:
        self.advice.setText(self._advice())
        self.more.setText(self.tr("Show me how"))
        self.away.setIcon(icons.icon("x"))
        self.away.setToolTip(self.tr("Don’t show these steps again"))
        self.away.setAccessibleName(self.away.toolTip())
        self.setAccessibleName(self.tr("First steps"))
        for number, (step, name) in enumerate(self._names().items(), 1):
            button, is_done = self.steps[step], step in self.done
            button.setText(f"{number}  {name}")
            button.setIcon(icons.icon("circle-check", theme.accent()) if is_done else QIcon())
            label = self.tr("{0} (done)").format(name) if is_done else name
            button.setAccessibleName(label)
            button.setToolTip(label)

    def _on_changed(self, _changes: Changes) -> None:
        self._read()

    def _read(self) -> None:
        self._session.query(first_steps.finished, self._take, owner=self)

    def _take(self, done: frozenset[FirstStep]) -> None:
        was_complete = self._is_complete()
        self.done = done | {FirstStep.SUGGESTIONS} if self._has_looked else done
        self._say()
        if not self._is_complete():
            self.show()
        elif not was_complete:
            self.completed.emit()

    def _is_complete(self) -> bool:
        return self.done == frozenset(FirstStep)

    def _dismiss(self) -> None:
        self.hide()
        self.deleteLater()
        self.dismissed.emit()
