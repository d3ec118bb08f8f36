"""How loud a recording is, stretch by stretch; a click or a drag goes to a place in it."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleValueChangeEvent,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QWidget

from evidence_app.gui.appearance import texts, theme

_BAR = 2
_GAP = 1
_STEP_MS = 5000
_LONG_STEP_MS = 30_000


class Waveform(QAbstractSlider):
    """Draws loudness and current place; for screen readers it is a slider.

    Attributes:
        sought: The person wants another place, in milliseconds.
        placed: Another place is shown, in milliseconds, whoever wanted it.
    """

    sought = Signal(int)
    placed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._peaks = b""
        self._duration = 0
        self._position = 0
        self._hover: float | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumHeight(90)

    @property
    def position(self) -> int:
        """The place in hand, in milliseconds."""
        return self._position

    @property
    def duration(self) -> int:
        """The length, in milliseconds."""
        return self._duration

    def sizeHint(self) -> QSize:
        """Wide."""
        return QSize(600, 160)

    def show_sound(self, peaks: bytes, duration: int) -> None:
        """Show another recording.

        Args:
            peaks: The loudness of equally long stretches, 0 to 255.
            duration: In milliseconds.
        """
        self._peaks, self._duration, self._position = peaks, duration, 0
        self.update()

    def set_position(self, position: int) -> None:
        """Show another place, in milliseconds."""
        self._position = max(0, min(self._duration, position))
        self.setRange(0, self._duration // 1000)
        self.setValue(self._position // 1000)
        self.setAccessibleDescription(self._spoken())
        self.update()
        self.placed.emit(self._position)

    def seek(self, position: int) -> None:
        """Go to a place and tell it."""
        self.set_position(position)
        QAccessible.updateAccessibility(QAccessibleValueChangeEvent(self, self._position))
        self.sought.emit(self._position)

    def _spoken(self) -> str:
        return f"{texts.duration(self._position / 1000)} / {texts.duration(self._duration / 1000)}"

    def _at(self, x: float) -> int:
        return round(max(0.0, min(1.0, x / max(1, self.width()))) * self._duration)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go where the person clicks."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.setFocus()
            self.seek(self._at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the drag, and show the time under the pointer."""
        self._hover = event.position().x()
        self.setToolTip(texts.duration(self._at(self._hover) / 1000))
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.seek(self._at(self._hover))
        self.update()

    def leaveEvent(self, event: object) -> None:
        """The pointer is gone."""
        self._hover = None
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go 5 seconds, pages 30 seconds, Home and End to the ends."""
        key = Qt.Key(event.key())
        steps = {
            Qt.Key.Key_Left: -_STEP_MS,
            Qt.Key.Key_Right: _STEP_MS,
            Qt.Key.Key_PageUp: -_LONG_STEP_MS,
            Qt.Key.Key_PageDown: _LONG_STEP_MS,
        }
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self._duration}
        if key in steps:
            self.seek(self._position + steps[key])
        elif key in ends:
            self.seek(ends[key])
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel moves the page, never the place in the recording."""
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bars, those that were played in the strong colour."""
        painter = QPainter(self)
        palette, roles = self.palette(), QPalette.ColorRole
        painter.fillRect(self.rect(), palette.color(roles.Base))
        played = self.width() * self._position / self._duration if self._duration else 0.0
        self._paint_bars(painter, played)
        accent = palette.color(roles.Accent)
        painter.setPen(QPen(accent, 2))
        painter.drawLine(QLineF(played, 0, played, self.height()))
        if self._hover is not None:
            painter.setPen(QPen(palette.color(roles.PlaceholderText), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QLineF(self._hover, 0, self._hover, self.height()))
        if self.hasFocus():
            theme.paint_ring(painter, self.rect())

    def _paint_bars(self, painter: QPainter, played: float) -> None:
        middle = self.height() / 2
        accent = self.palette().color(QPalette.ColorRole.Accent)
        soft = QColor(self.palette().color(QPalette.ColorRole.PlaceholderText))
        soft.setAlphaF(0.55)
        count = max(1, self.width() // (_BAR + _GAP))
        for number in range(count):
            x = number * (_BAR + _GAP)
            half = max(1.0, self._peak(number, count) / 255 * (middle - 6))
            painter.setPen(QPen(accent if x < played else soft, _BAR))
            painter.drawLine(QPointF(x + 1, middle - half), QPointF(x + 1, middle + half))

    def _peak(self, number: int, count: int) -> int:
        """The loudest of the stretches that one bar stands for."""
        if not self._peaks:
            return 0
        first = number * len(self._peaks) // count
        last = max(first + 1, (number + 1) * len(self._peaks) // count)
        return max(self._peaks[first:last])
