"""Suggestions one at a time: what was counted, what it rests on, and the person's decision."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from evidence_app.gui.appearance import languages, theme
from evidence_app.gui.common.empty_state import EmptyState
from evidence_app.gui.common.flow_layout import FlowLayout
from evidence_app.gui.findings import suggestion_acts
from evidence_app.gui.findings.suggestion_acts import ActsList, SuggestedActs
from evidence_app.gui.findings.suggestion_words import Words
from evidence_app.gui.timeline.delegate import bold
from evidence_app.model.finding import FindingStatus, Subject, SubjectKind
from evidence_app.model.suggested import Suggested
from evidence_app.services import findings
from evidence_app.services.suggestions import CaseScan, explain

if TYPE_CHECKING:
    from evidence_app.gui.session import Session

_KEYS = {
    FindingStatus.CONFIRMED: "C",
    FindingStatus.DISMISSED: "D",
    FindingStatus.UNSURE: "U",
}


class SuggestionsView(QWidget):
    """One suggestion with all that it rests on, and what to do with it.

    Signals:
        subject_selected: These subjects are chosen now, as a list of `Subject`.
        open_item: The person wants to see an item (its number) at a `SourcePlace` or None.
    """

    subject_selected = Signal(list)
    open_item = Signal(int, object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._open: list[Suggested] = []
        self._at = 0
        self._has_asked = False
        self._acts: SuggestedActs | None = None
        self.words = Words()
        self.place = QLabel()
        self.acts = ActsList(session)
        self.acts_title = QLabel()
        self.reason = QLineEdit()
        self.buttons = {status: QPushButton() for status in _KEYS}
        self.same_rule = QPushButton()
        self.back, self.next, self.rest = QPushButton(), QPushButton(), QPushButton()
        self.empty = EmptyState()
        self._stack = QStackedWidget()
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        self.acts_title.setFont(bold(self.acts_title.font()))
        self.place.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        top = QHBoxLayout()
        top.addWidget(self.place, 1)
        for button in (self.back, self.next, self.rest):
            top.addWidget(button)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, theme.SPACE, 0)
        column.addWidget(self.words)
        column.addWidget(self.acts_title)
        column.addWidget(self.acts, 1)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inner)
        decisions = FlowLayout()
        for button in (*self.buttons.values(), self.same_rule):
            decisions.addWidget(button)
        self.buttons[FindingStatus.CONFIRMED].setProperty("primary", True)
        page = QWidget()
        page_layout = QVBoxLayout(page)
        page_layout.setContentsMargins(theme.SPACE, theme.SPACE, theme.SPACE, theme.SPACE)
        page_layout.addLayout(top)
        page_layout.addWidget(scroll, 1)
        page_layout.addWidget(self.reason)
        page_layout.addLayout(decisions)
        self._stack.addWidget(page)
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self._stack.setCurrentWidget(self.empty)

    def _connect(self) -> None:
        for status, button in self.buttons.items():
            button.clicked.connect(partial(self._decide, status))
            self._key(_KEYS[status], partial(self._decide, status))
        self.same_rule.clicked.connect(self._confirm_rule)
        self.back.clicked.connect(lambda: self._step(-1))
        self.next.clicked.connect(lambda: self._step(1))
        self.rest.clicked.connect(self._take_a_rest)
        self.empty.act_wanted.connect(self._show)
        self.acts.itemActivated.connect(self._open_act)
        self.acts.itemSelectionChanged.connect(self._tell_selection)
        self._key("N", lambda: self._step(1))
        self._key("P", lambda: self._step(-1))
        self._key("Esc", self._take_a_rest)

    def _key(self, key: str, work: Callable[[], None]) -> None:
        """Let a key do it while this is in sight; fields take the letters that are typed there."""
        QShortcut(QKeySequence(key), self).activated.connect(work)

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self.words.retranslate()
        self.acts.setAccessibleName(self.tr("What this rests on"))
        self.reason.setPlaceholderText(self.tr("Why, in your own words (optional)"))
        self.reason.setAccessibleName(self.reason.placeholderText())
        labels = {
            FindingStatus.CONFIRMED: self.tr("Mark as violation"),
            FindingStatus.DISMISSED: self.tr("Does not apply"),
            FindingStatus.UNSURE: self.tr("Not sure"),
        }
        for status, button in self.buttons.items():
            button.setText(labels[status])
            button.setToolTip(self.tr("Key: {0}").format(_KEYS[status]))
        self.back.setText(self.tr("Previous"))
        self.next.setText(self.tr("Next"))
        self.rest.setText(self.tr("Take a break"))
        self.rest.setToolTip(self.tr("Hides everything at once. Key: Esc"))
        self._say()

    def take(self, done: CaseScan) -> None:
        """Show what the rules suggest now; the one that is looked at stays in sight."""
        before = self.current()
        self._has_asked = True
        self._open = done.open()
        ids = [suggested.id for suggested in self._open]
        self._at = ids.index(before.id) if before and before.id in ids else self._at
        self._at = min(self._at, max(len(ids) - 1, 0))
        if self._is_resting():
            return
        self._show()

    def current(self) -> Suggested | None:
        """The suggestion that is looked at."""
        return self._open[self._at] if self._at < len(self._open) else None

    def count(self) -> int:
        """How many nobody decided on."""
        return len(self._open)

    def _show(self) -> None:
        suggested = self.current()
        self._stack.setCurrentIndex(0 if suggested is not None else 1)
        self._say()
        if suggested is None:
            self.subject_selected.emit([])
            return
        if self._acts is not None and self._acts.id != suggested.id:
            self.acts.clear()
            self.reason.clear()
        self._session.query(
            lambda case: suggestion_acts.read(case, suggested), self._take_acts, owner=self
        )

    def _say(self) -> None:
        suggested = self.current()
        if suggested is None:
            self._say_empty()
            return
        explanation = explain(suggested, languages.spoken())
        self.words.show_explanation(suggested, explanation)
        self.place.setText(self.tr("{0} of {1}").format(self._at + 1, len(self._open)))
        self.acts_title.setText(self.tr("%n record(s)", "", len(suggested.subjects)))
        self.back.setEnabled(self._at > 0)
        self.next.setEnabled(self._at < len(self._open) - 1)
        alike = len(self._of_same_rule(suggested))
        self.same_rule.setVisible(alike > 1)
        self.same_rule.setText(self.tr("Mark all %n of this kind", "", alike))
        for button in (*self.buttons.values(), self.same_rule):
            button.setEnabled(not self._session.case.read_only)

    def _say_empty(self) -> None:
        if not self._has_asked:
            self.empty.say("hourglass", self.tr("The rules are being asked…"), "")
            return
        self.empty.say(
            "circle-check",
            self.tr("Nothing to decide now"),
            self.tr(
                "When new evidence comes in, the program looks for what may break a rule, and "
                "shows it here with what it counted. It helps to say in People who collects."
            ),
        )

    def _take_acts(self, acts: SuggestedActs) -> None:
        suggested = self.current()
        if suggested is None or acts.id != suggested.id:
            return
        is_same = self._acts is not None and self._acts.id == acts.id and self.acts.count() > 0
        self._acts = acts
        self.words.show_helpline(acts.helpline)
        if is_same:
            return
        self.acts.show_rows(acts.rows)
        self._tell_selection()

    def _step(self, by: int) -> None:
        if 0 <= self._at + by < len(self._open):
            self._at += by
            self._show()

    def _decide(self, status: FindingStatus, *_: object) -> None:
        suggested = self.current()
        if suggested is not None and not self._session.case.read_only and not self._is_resting():
            self._decide_on([suggested], status)

    def _confirm_rule(self) -> None:
        suggested = self.current()
        if suggested is not None:
            self._decide_on(self._of_same_rule(suggested), FindingStatus.CONFIRMED)

    def _decide_on(self, chosen: list[Suggested], status: FindingStatus) -> None:
        """What was decided on leaves the queue at once; the rules are asked again afterwards."""
        reason = self.reason.text().strip()
        gone = {suggested.id for suggested in chosen}
        self._open = [suggested for suggested in self._open if suggested.id not in gone]
        self._at = min(self._at, max(len(self._open) - 1, 0))
        self.reason.clear()
        self._session.mutate(lambda case: findings.decide(case, chosen, status, reason))
        self._show()

    def _of_same_rule(self, suggested: Suggested) -> list[Suggested]:
        return [other for other in self._open if other.rule.id == suggested.rule.id]

    def _take_a_rest(self) -> None:
        """Show nothing of it until the person wants to go on."""
        self._stack.setCurrentWidget(self.empty)
        self.subject_selected.emit([])
        self.empty.say(
            "pause",
            self.tr("Take your time"),
            self.tr("Everything is saved. You can go on whenever you like."),
            self.tr("Go on"),
        )

    def _is_resting(self) -> bool:
        return self._stack.currentWidget() is self.empty and self.empty.act.text() != ""

    def _open_act(self, line: QListWidgetItem) -> None:
        [event] = self.acts.events([line])
        self.open_item.emit(event.item_id, event.place)

    def _tell_selection(self) -> None:
        chosen = self.acts.events(self.acts.selectedItems())
        self.subject_selected.emit([Subject(SubjectKind.EVENT, event.id) for event in chosen])
