"""Writes down what the person did: asked to stop, paid, disputed, agreed on hours and so on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from datetime import time as clock_time
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, QTime, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from evidence_app.gui.appearance import texts, theme
from evidence_app.gui.common.missing_hint import MissingHint
from evidence_app.model.event import EventType
from evidence_app.model.times import (
    TimePrecision,
    TimeReading,
    TimeSource,
    from_text,
    in_zone,
)

ACTS = (
    EventType.STOP_REQUEST,
    EventType.PLAN_REQUEST,
    EventType.DISPUTE,
    EventType.PAYMENT,
    EventType.AGREEMENT,
    EventType.AGREED_HOURS,
    EventType.REFUSED_FOR_OTHER,
    EventType.REPRESENTED,
    EventType.COMPLAINT,
)
"""What a person can have done, most frequent first."""
WAYS = (
    EventType.LETTER,
    EventType.MESSAGE,
    EventType.EMAIL,
    EventType.CALL,
    EventType.VISIT,
)
"""How it can have been said."""
_WITH_CLOCK, _DAY_ONLY, _UNKNOWN = range(3)


@dataclass(frozen=True, slots=True)
class OwnActAnswers:
    """What the person did.

    Attributes:
        act: What it was.
        time: When, or None.
        identifier: Whom it concerns; empty: all who collect.
        by: How it was said, or None.
        hours: From when to when contact was agreed on, or None.
        text: The person's words.
    """

    act: EventType
    time: TimeReading | None
    identifier: str = ""
    by: EventType | None = None
    hours: tuple[clock_time, clock_time] | None = None
    text: str = ""


class OwnActDialog(QDialog):
    """Asks what the person did, when, and towards whom; only what was done has to be known.

    Signals:
        answered: What the person said, as `OwnActAnswers`.
    """

    answered = Signal(object)

    def __init__(
        self, where: ZoneInfo, answers: OwnActAnswers | None = None, parent: QWidget | None = None
    ) -> None:
        """Make the dialog.

        Args:
            where: The case's time zone, in which the time is asked for.
            answers: What an event of the timeline says already, or None.
            parent: Qt's parent.
        """
        super().__init__(parent)
        self.act, self.day_choice, self.by = QComboBox(), QComboBox(), QComboBox()
        now = datetime.now(where)
        self.day = QDateEdit(QDate(now.year, now.month, now.day))
        self.clock = QTimeEdit(QTime(now.hour, now.minute))
        self.identifier = QLineEdit()
        self.begin, self.end = QTimeEdit(QTime(9, 0)), QTimeEdit(QTime(18, 0))
        self.hours_hint = MissingHint(self.end)
        self.note = QPlainTextEdit()
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._form = QFormLayout()
        self._hours = self._row(self.begin, self.end)
        self._fill()
        self._lay_out()
        if answers is not None:
            self._show(answers, where)
        for box in (self.act, self.day_choice):
            box.currentIndexChanged.connect(self._check)
        for clock in (self.begin, self.end):
            clock.timeChanged.connect(self._check)
        self._buttons.accepted.connect(self._accept)
        self._buttons.rejected.connect(self.reject)
        self._check()

    def answers(self) -> OwnActAnswers:
        """What the person said."""
        act = EventType(self.act.currentData())
        hours = None
        if act is EventType.AGREED_HOURS:
            hours = _time(self.begin), _time(self.end)
        way = self.by.currentData()
        return OwnActAnswers(
            act,
            self._reading(),
            self.identifier.text().strip(),
            EventType(way) if way else None,
            hours,
            self.note.toPlainText().strip(),
        )

    def _reading(self) -> TimeReading | None:
        day_choice = self.day_choice.currentIndex()
        if day_choice == _UNKNOWN:
            return None
        written = self.day.date().toString("yyyy-MM-dd")
        precision = TimePrecision.DAY
        if day_choice == _WITH_CLOCK:
            written += " " + self.clock.time().toString("HH:mm")
            precision = TimePrecision.MINUTE
        return TimeReading(from_text(written), TimeSource.PERSON, precision, written)

    def _fill(self) -> None:
        for act in ACTS:
            self.act.addItem(texts.event_type(act), act.value)
        self.by.addItem(self.tr("I don’t know"), "")
        for way in WAYS:
            self.by.addItem(texts.event_type(way), way.value)
        self.day_choice.addItems(
            [self.tr("Day and time"), self.tr("Only the day"), self.tr("I don’t know when")]
        )
        self.day_choice.setCurrentIndex(_DAY_ONLY)

    def _show(self, answers: OwnActAnswers, where: ZoneInfo) -> None:
        self.act.setCurrentIndex(ACTS.index(answers.act))
        self.identifier.setText(answers.identifier)
        self.by.setCurrentIndex(max(self.by.findData(answers.by.value if answers.by else ""), 0))
        self.note.setPlainText(answers.text)
        if answers.time is None:
            self.day_choice.setCurrentIndex(_UNKNOWN)
            return
        at = in_zone(answers.time.moment, where)
        self.day.setDate(QDate(at.year, at.month, at.day))
        self.clock.setTime(QTime(at.hour, at.minute))
        is_coarse = answers.time.precision in (
            TimePrecision.DAY,
            TimePrecision.MONTH,
            TimePrecision.YEAR,
        )
        self.day_choice.setCurrentIndex(_DAY_ONLY if is_coarse else _WITH_CLOCK)

    def _lay_out(self) -> None:
        self.setWindowTitle(self.tr("What I did"))
        named = (
            (self.act, self.tr("What I did")),
            (self.day_choice, self.tr("What is known of the time")),
            (self.day, self.tr("Day")),
            (self.clock, self.tr("Time")),
            (self.by, self.tr("How")),
            (self.begin, self.tr("From")),
            (self.end, self.tr("Until")),
        )
        for field, name in named:
            field.setAccessibleName(name)
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy-MM-dd")
        for clock in (self.clock, self.begin, self.end):
            clock.setDisplayFormat("HH:mm")
        self.note.setTabChangesFocus(True)
        self.note.setPlaceholderText(self.tr("Optional: what you said or wrote"))
        self._form.setSpacing(theme.SPACE)
        policy = QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow
        self._form.setFieldGrowthPolicy(policy)
        self._form.addRow(self.tr("What I did"), self.act)
        self._form.addRow(self.tr("When"), self._row(self.day_choice, self.day, self.clock))
        self._form.addRow(self.tr("Contact agreed from – until"), self._hours)
        self._form.addRow("", self.hours_hint)
        self._who_label = QLabel()
        self._form.addRow(self._who_label, self.identifier)
        self._form.addRow(self.tr("How"), self.by)
        self._form.addRow(self.tr("In your words"), self.note)
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("Add"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.WIDE_SPACE] * 4)
        layout.addLayout(self._form)
        layout.addWidget(self._buttons)
        self.resize(560, 460)

    def _row(self, *widgets: QWidget) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            layout.addWidget(widget, 1)
        return row

    def _check(self) -> None:
        act, day_choice = EventType(self.act.currentData()), self.day_choice.currentIndex()
        self.day.setVisible(day_choice != _UNKNOWN)
        self.clock.setVisible(day_choice == _WITH_CLOCK)
        is_hours = act is EventType.AGREED_HOURS
        self._form.setRowVisible(self._hours, is_hours)
        is_for_other = act is EventType.REFUSED_FOR_OTHER
        self._who_label.setText(
            self.tr("Who is to be left alone") if is_for_other else self.tr("Towards whom")
        )
        self.identifier.setPlaceholderText(
            self.tr("Their number or name")
            if is_for_other
            else self.tr("A number or a name; empty for all who collect")
        )
        is_possible = not is_hours or self.begin.time() != self.end.time()
        self.hours_hint.say(
            "" if is_possible else self.tr("Please say from when to when contact was agreed.")
        )
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(is_possible)

    def _accept(self) -> None:
        self.answered.emit(self.answers())
        self.accept()


def _time(field: QTimeEdit) -> clock_time:
    chosen = field.time()
    return clock_time(chosen.hour(), chosen.minute())
