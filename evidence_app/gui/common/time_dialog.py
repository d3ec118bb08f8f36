"""Correcting a time: a day, a clock if it is known, and where that clock hung."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, QTime, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from evidence_app.gui.appearance import texts
from evidence_app.gui.appearance.zone_names import zone_name
from evidence_app.model.times import (
    Instant,
    Moment,
    TimePrecision,
    TimeReading,
    TimeSource,
    WallClock,
    in_zone,
    to_text,
)

_COARSE = (TimePrecision.DAY, TimePrecision.MONTH, TimePrecision.YEAR)


class TimeDialog(QDialog):
    """Asks when something was, as precisely as the person knows it.

    Signals:
        chosen: The `TimeReading`, or None if the person says that no time is known.
    """

    chosen = Signal(object)

    def __init__(
        self, now: TimeReading | None, where: ZoneInfo, parent: QWidget | None = None
    ) -> None:
        """Make the dialog.

        Args:
            now: The time in force.
            where: The case's time zone.
            parent: Qt's parent.
        """
        super().__init__(parent)
        self._where = where
        self.known = QCheckBox(self.tr("The time is known"))
        self.day = QDateEdit()
        self.day.setCalendarPopup(True)
        self.clock = QTimeEdit()
        self.precision = QComboBox()
        self.zone = QCheckBox()
        self.before = QLabel()
        self._build()
        self._fill(now)
        for box in (self.known, self.zone):
            box.toggled.connect(self._show_parts)
        self.precision.currentIndexChanged.connect(self._show_parts)
        self._show_parts()

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Correct the time"))
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.clock.lineEdit().setTextMargins(6, 0, 0, 0)
        self.clock.setDisplayFormat("HH:mm:ss")
        for value in (TimePrecision.SECOND, TimePrecision.MINUTE, *_COARSE):
            self.precision.addItem(texts.time_precision(value), value)
        self.zone.setText(self.tr("This is the time of {0}").format(zone_name(self._where.key)))
        self.zone.setToolTip(
            self.tr(
                "Leave this unticked if you don’t know the time zone. (today "
                "also a straight apostrophe)"
            )
        )
        self.before.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.before.setWordWrap(True)
        form = QFormLayout()
        form.addRow(self.known)
        form.addRow(self.tr("Day"), self.day)
        form.addRow(self.tr("Precise to"), self.precision)
        form.addRow(self.tr("Time"), self.clock)
        form.addRow(self.zone)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.before)
        layout.addLayout(form)
        layout.addWidget(buttons)

    def _fill(self, now: TimeReading | None) -> None:
        self.known.setChecked(True)
        at = in_zone(now.moment, self._where) if now else datetime.now(self._where)
        self.day.setDate(QDate(at.year, at.month, at.day))
        self.clock.setTime(QTime(at.hour, at.minute, at.second))
        precision = now.precision if now else TimePrecision.MINUTE
        if precision is TimePrecision.MILLISECOND:
            precision = TimePrecision.SECOND
        self.precision.setCurrentIndex(self.precision.findData(precision))
        self.zone.setChecked(now is None or isinstance(now.moment, Instant))
        if now is None:
            self.before.setText(self.tr("No time was known so far."))
        else:
            before = f"{texts.reading_text(now, self._where)} · {texts.time_source(now.source)}"
            self.before.setText(self.tr("Previous time: {0} (also kept).").format(before))

    def reading(self) -> TimeReading | None:
        """What the person states."""
        if not self.known.isChecked():
            return None
        precision = TimePrecision(self.precision.currentData())
        moment = self._moment(precision)
        return TimeReading(moment, TimeSource.PERSON, precision, to_text(moment))

    def _moment(self, precision: TimePrecision) -> Moment:
        day, clock = self.day.date(), self.clock.time()
        chosen_day = date(day.year(), day.month(), day.day())
        if precision in _COARSE:
            return WallClock(datetime.combine(chosen_day, time()))
        second = clock.second() if precision is TimePrecision.SECOND else 0
        at = datetime.combine(chosen_day, time(clock.hour(), clock.minute(), second))
        if self.zone.isChecked():
            return Instant(at.replace(tzinfo=self._where))
        return WallClock(at)

    def _show_parts(self) -> None:
        is_known = self.known.isChecked()
        coarse = TimePrecision(self.precision.currentData()) in _COARSE
        self.day.setEnabled(is_known)
        self.precision.setEnabled(is_known)
        self.clock.setEnabled(is_known and not coarse)
        self.zone.setEnabled(is_known and not coarse)

    def accept(self) -> None:
        """Tell what the person states."""
        self.chosen.emit(self.reading())
        super().accept()
