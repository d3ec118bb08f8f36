"""A button that opens the choice of a span of days."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QFormLayout,
    QFrame,
    QPushButton,
    QToolButton,
    QWidget,
)

from evidence_app.gui.appearance import texts
from evidence_app.gui.common.choice_button import as_opener


def to_qdate(day: date) -> QDate:
    """The same day for Qt."""
    return QDate(day.year, day.month, day.day)


def from_qdate(day: QDate) -> date:
    """The same day for Python."""
    return date(day.year(), day.month(), day.day())


class SpanButton(QToolButton):
    """Says which days are wanted, and opens the choice of them.

    Signals:
        changed: The person chose other days.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._popup = QFrame(self, Qt.WindowType.Popup)
        self._popup.setFrameShape(QFrame.Shape.StyledPanel)
        self._first, self._last = QDateEdit(), QDateEdit()
        for field in (self._first, self._last):
            field.setCalendarPopup(True)
        self._from, self._until = QCheckBox(), QCheckBox()
        self._undated = QCheckBox()
        self._all = QPushButton()
        form = QFormLayout(self._popup)
        form.addRow(self._from, self._first)
        form.addRow(self._until, self._last)
        form.addRow(self._undated)
        form.addRow(self._all)
        self._popup.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        as_opener(self)
        self.clicked.connect(self._open)
        self._all.clicked.connect(self._clear)
        for box in (self._from, self._until, self._undated):
            box.toggled.connect(self._on_changed)
        for field in (self._first, self._last):
            field.dateChanged.connect(self._on_changed)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self._from.setText(self.tr("From"))
        self._until.setText(self.tr("Until"))
        self._undated.setText(self.tr("Only without a date"))
        self._all.setText(self.tr("All days"))
        self._first.setAccessibleName(self.tr("First day"))
        self._last.setAccessibleName(self.tr("Last day"))
        self._say()

    def set_limits(self, span: tuple[date, date] | None) -> None:
        """Offer these days as first and last until the person chooses others."""
        if span is None:
            return
        fields = ((self._first, self._from, span[0]), (self._last, self._until, span[1]))
        for field, box, day in fields:
            if not box.isChecked():
                field.blockSignals(True)
                field.setDate(to_qdate(day))
                field.blockSignals(False)
        self._say()

    def first(self) -> date | None:
        """The first wanted day, or None for no limit."""
        return from_qdate(self._first.date()) if self._from.isChecked() else None

    def last(self) -> date | None:
        """The last wanted day, or None for no limit."""
        return from_qdate(self._last.date()) if self._until.isChecked() else None

    def undated(self) -> bool:
        """Whether only events without a date are wanted."""
        return self._undated.isChecked()

    def choose(self, first: date | None, last: date | None, undated: bool = False) -> None:
        """Choose these without telling `changed`."""
        parts = (self._first, self._last, self._from, self._until, self._undated)
        for part in parts:
            part.blockSignals(True)
        for field, box, day in ((self._first, self._from, first), (self._last, self._until, last)):
            box.setChecked(day is not None)
            if day is not None:
                field.setDate(to_qdate(day))
        self._undated.setChecked(undated)
        for part in parts:
            part.blockSignals(False)
        self._say()

    def _clear(self) -> None:
        self.choose(None, None)
        self._popup.hide()
        self.changed.emit()

    def _open(self) -> None:
        self._popup.adjustSize()
        corner = self.mapToGlobal(QPoint(0, self.height()))
        screen = self.screen().availableGeometry()
        corner.setX(max(screen.left(), min(corner.x(), screen.right() - self._popup.width())))
        self._popup.move(corner)
        self._popup.show()
        self._from.setFocus()
        self._say()

    def _on_changed(self) -> None:
        sender = self.sender()
        for field, box in ((self._first, self._from), (self._last, self._until)):
            if sender is field and not box.isChecked():
                box.blockSignals(True)
                box.setChecked(True)
                box.blockSignals(False)
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        label = self.tr("Days")
        first, last = self.first(), self.last()
        ends = " – ".join(texts.day(day) if day else "…" for day in (first, last))
        if self.undated():
            label = self.tr("Without a date")
        elif first or last:
            label = ends
        self.setText(label)
        self.setAccessibleName(label)
        self.setChecked(bool(first or last or self.undated()))
