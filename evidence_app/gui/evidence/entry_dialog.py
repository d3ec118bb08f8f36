"""Writes down what left no file: a visit, a letter, a call without a trace, a note."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, QTime
from PySide6.QtGui import QPalette
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
from evidence_app.gui.appearance.zone_names import zone_name
from evidence_app.gui.common.missing_hint import MissingHint
from evidence_app.model.event import Direction, EventType
from evidence_app.model.times import TimePrecision, TimeReading, TimeSource, WallClock, from_text

_TYPES = (
    EventType.VISIT,
    EventType.CALL,
    EventType.LETTER,
    EventType.MESSAGE,
    EventType.POST,
    EventType.PAYMENT,
    EventType.AGREEMENT,
    EventType.COMPLAINT,
    EventType.NOTE,
)
_DIRECTED = frozenset({EventType.CALL, EventType.LETTER, EventType.MESSAGE})


@dataclass(frozen=True, slots=True)
class EntryAnswers:
    """What the person wrote."""

    type: EventType
    direction: Direction
    time: TimeReading | None
    identifier: str
    text: str


class EntryDialog(QDialog):
    """Asks what happened, when, with whom, in the person's own words."""

    def __init__(self, where: ZoneInfo, parent: QWidget | None = None) -> None:
        """Make the dialog.

        Args:
            where: The case's time zone, in which the time is asked for.
            parent: Qt's parent.
        """
        super().__init__(parent)
        now = datetime.now(where)
        self.type = QComboBox()
        for event_type in _TYPES:
            self.type.addItem(texts.event_type(event_type), event_type.value)
        self.direction = QComboBox()
        for way in (Direction.INCOMING, Direction.OUTGOING):
            self.direction.addItem(texts.direction(way), way.value)
        self.known = QComboBox()
        self.day = QDateEdit(QDate(now.year, now.month, now.day))
        self.clock = QTimeEdit(QTime(now.hour, now.minute))
        self.who = QLineEdit()
        self.words = QPlainTextEdit()
        self.words_hint = MissingHint(self.words)
        self.zone_note = QLabel(self.tr("Time in {0}").format(zone_name(where.key)))
        self.zone_note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._lay_out()
        self.type.currentIndexChanged.connect(self._check)
        self.known.currentIndexChanged.connect(self._check)
        self.words.textChanged.connect(self._check)
        self._check()

    def answers(self) -> EntryAnswers:
        """What the person wrote."""
        kind = EventType(self.type.currentData())
        way = Direction(self.direction.currentData())
        if kind is EventType.VISIT:
            way = Direction.INCOMING
        elif kind not in _DIRECTED:
            way = Direction.NONE
        text = self.words.toPlainText().strip()
        return EntryAnswers(kind, way, self._time(), self.who.text().strip(), text)

    def _time(self) -> TimeReading | None:
        if self.known.currentIndex() == 2:
            return None
        written = self.day.date().toString("yyyy-MM-dd")
        precision = TimePrecision.DAY
        if self.known.currentIndex() == 0:
            written += " " + self.clock.time().toString("HH:mm")
            precision = TimePrecision.MINUTE
        moment = from_text(written)
        assert isinstance(moment, WallClock)
        return TimeReading(moment, TimeSource.PERSON, precision, written)

    def _lay_out(self) -> None:
        self.setWindowTitle(self.tr("Write down what happened"))
        self.known.addItems(
            [self.tr("Day and time"), self.tr("Only the day"), self.tr("I don’t know when")]
        )
        for field, name in (
            (self.type, self.tr("What")),
            (self.direction, self.tr("Who reached out")),
            (self.known, self.tr("What is known of the time")),
            (self.day, self.tr("Day")),
            (self.clock, self.tr("Time")),
        ):
            field.setAccessibleName(name)
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.clock.lineEdit().setTextMargins(6, 0, 0, 0)
        self.clock.setDisplayFormat("HH:mm")
        self.who.setPlaceholderText(self.tr("A number or a name; may stay empty"))
        self.words.setPlaceholderText(
            self.tr("Who came or called, what they said and did, who else was there…")
        )
        self.words.setTabChangesFocus(True)
        form = QFormLayout()
        form.setSpacing(theme.SPACE)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("What"), self._row(self.type, self.direction))
        form.addRow(self.tr("When"), self._row(self.known, self.day, self.clock))
        form.addRow("", self.zone_note)
        form.addRow(self.tr("With whom"), self.who)
        form.addRow(self.tr("In your words"), self.words)
        form.addRow("", self.words_hint)
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("Add"))
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.WIDE_SPACE] * 4)
        layout.setSpacing(theme.SPACE)
        layout.addLayout(form)
        layout.addWidget(self._buttons)
        self.resize(580, 440)

    def _row(self, *widgets: QWidget) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            layout.addWidget(widget, 1)
        return row

    def _check(self) -> None:
        index = self.known.currentIndex()
        self.day.setVisible(index < 2)
        self.clock.setVisible(index == 0)
        self.zone_note.setVisible(index == 0)
        self.direction.setVisible(EventType(self.type.currentData()) in _DIRECTED)
        complete = bool(self.words.toPlainText().strip())
        self.words_hint.say("" if complete else self.tr("Please write what happened."))
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(complete)
