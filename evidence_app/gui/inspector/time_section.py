"""The time of an item or event: in force, its source, and what other sources state."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from evidence_app.gui.appearance import icons, texts
from evidence_app.gui.appearance.zone_names import zone_name
from evidence_app.gui.common.event_texts import is_wall_clock
from evidence_app.gui.common.fact_list import FactList, Section
from evidence_app.model.times import TimeReading, TimeSource


class TimeSection(Section):
    """The times of one item or event.

    Attributes:
        correction_wanted: The person wants to state another time.
    """

    correction_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.time, self.how, self.caution = QLabel(), QLabel(), QLabel()
        self.others_title = QLabel()
        self.others = FactList()
        self.correct = QPushButton()
        font = self.time.font()
        font.setPointSizeF(font.pointSizeF() * 1.1)
        self.time.setFont(font)
        for label in (self.time, self.how, self.caution, self.others_title):
            label.setWordWrap(True)
        for label in (self.how, self.caution):
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.add(self.time, self.how, self.caution, self.others_title, self.others, self.correct)
        self.correct.clicked.connect(self.correction_wanted)

    def show_times(
        self, now: TimeReading | None, others: Sequence[TimeReading], where: ZoneInfo
    ) -> None:
        """Show a time and what other sources state.

        Args:
            now: The time in force, or None.
            others: The other readings.
            where: The case's time zone.
        """
        self.heading.setText(self.tr("When"))
        self.correct.setText(self.tr("Correct the time…"))
        self.correct.setIcon(icons.icon("clock"))
        self.time.setText(texts.reading_text(now, where) if now else self.tr("No date is known"))
        self.how.setVisible(now is not None)
        if now is not None:
            time_text = self.tr("{0}, {1}").format(
                texts.time_source(now.source), texts.time_precision(now.precision)
            )
            self.how.setText(time_text)
            is_read = bool(now.raw) and now.source is not TimeSource.PERSON
            self.how.setToolTip(texts.as_written(now) if is_read else "")
        self._say_caution(now, where)
        self.others_title.setText(self.tr("Other sources say"))
        self.others_title.setVisible(bool(others))
        self.others.setVisible(bool(others))
        self.others.show_facts(
            [
                (texts.time_source(reading.source), texts.reading_text(reading, where))
                for reading in others
            ]
        )

    def show_none(self) -> None:
        """Several are chosen: only correcting all of them at once is offered."""
        self.heading.setText(self.tr("When"))
        for part in (self.time, self.how, self.caution, self.others_title, self.others):
            part.setVisible(False)

    def _say_caution(self, now: TimeReading | None, where: ZoneInfo) -> None:
        caution = ""
        if is_wall_clock(now):
            caution = self.tr("The file does not state a time zone. {0} is assumed.")
            caution = caution.format(zone_name(where.key))
        elif now is not None and now.source is TimeSource.FILE_SYSTEM:
            caution = self.tr("Files are often saved later than what they show. Please check it.")
        self.time.setVisible(True)
        self.caution.setText(caution)
        self.caution.setVisible(bool(caution))
