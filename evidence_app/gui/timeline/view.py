"""The list of the timeline, whose day stays in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from evidence_app.gui.common.uniform_list import LineView
from evidence_app.gui.timeline.delegate import TimelineDelegate, paint_day

if TYPE_CHECKING:
    from datetime import date

    from evidence_app.gui.timeline.model import TimelineModel
    from evidence_app.model.filters import DayGroup


class DayHead(QWidget):
    """The day of the topmost line, over the list."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._group: DayGroup | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_day(self, group: DayGroup | None) -> None:
        """Show that day, or nothing."""
        if group != self._group:
            self._group = group
            self.update()
        self.setVisible(group is not None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the head as in the list."""
        if self._group is not None:
            paint_day(QPainter(self), self.rect(), self.palette(), self._group)


class TimelineView(LineView):
    """A list of days and events.

    Signals:
        top_day_changed: Another day is the topmost, as a date or None.
        digit_pressed: One of the keys 1 to 9.
    """

    top_day_changed = Signal(object)
    digit_pressed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._head = DayHead(self)
        self._top: date | None = None
        self.delegate = TimelineDelegate(self)
        self.setItemDelegate(self.delegate)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.verticalScrollBar().valueChanged.connect(self._follow)

    def timeline(self) -> TimelineModel:
        """The model, which is always one of the timeline."""
        return self.model()  # type: ignore[return-value]

    def top_row(self) -> int:
        """The topmost line in sight."""
        return self.verticalScrollBar().value() // self.line_height()

    def show_row_on_top(self, row: int) -> None:
        """Scroll so that a line is the topmost."""
        self.verticalScrollBar().setValue(row * self.line_height())

    def follow(self) -> None:
        """Show the day of the topmost line, after the list has changed."""
        self._follow(self.verticalScrollBar().value())

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a line in sight, below the day that stays at the top."""
        super().scrollTo(index, hint)
        hidden = self.line_height() - self.visualRect(index).top()
        if index.isValid() and hidden > 0:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() - hidden)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the head as wide as the list."""
        super().resizeEvent(event)
        self._place_head()

    def measure(self) -> None:
        """Keep the head as high as the lines."""
        super().measure()
        self._place_head()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits label; all else is as in every list."""
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if plain and Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_9:
            self.digit_pressed.emit(event.key() - Qt.Key.Key_0)
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, _typed: str) -> None:
        """Typed words are searched in the whole case, not in the lines in sight."""

    def _place_head(self) -> None:
        place = self.viewport().geometry()
        self._head.setGeometry(QRect(place.left(), place.top(), place.width(), self.line_height()))

    def _follow(self, value: int) -> None:
        model = self.timeline()
        if model is None or not model.rowCount():
            self._head.show_day(None)
            return
        group = model.day_at(value // self.line_height())
        self._place_head()
        self._head.show_day(group)
        day = group.day if group else None
        if day != self._top:
            self._top = day
            self.top_day_changed.emit(day)
