"""How much happened on each day, as small bars; a click leads to the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QToolTip, QWidget

from evidence_app.gui.appearance import texts, theme
from evidence_app.model.filters import DayGroup

_STEPS = (1, 7, 14, 28, 91, 182, 364)
_NARROWEST = 3.0
_WIDEST = 22.0
_LABELS = 16
_BARS = 46


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of days.

    Attributes:
        first: Its first day.
        days: How many days it has.
        count: How many events are in it.
        target: The first day in it that has an event; None if none has.
    """

    first: date
    days: int
    count: int
    target: date | None


def bars(groups: Sequence[DayGroup], width: float) -> list[Bar]:
    """The stretches, oldest first, equally long and as short as `width` pixels allow.

    Events that have only the date of a file are left out, unless there are no others: such a date
    may be years from what happened.
    """
    dated = _counts(groups, with_files=False) or _counts(groups, with_files=True)
    if not dated:
        return []
    first, last = dated[0][0], dated[-1][0]
    total = (last - first).days + 1
    room = max(1, int(width / _NARROWEST))
    step = next((candidate for candidate in _STEPS if total / candidate <= room), total // room + 1)
    counts = [0] * ((total + step - 1) // step)
    targets: list[date | None] = [None] * len(counts)
    for day, count in dated:
        place = (day - first).days // step
        counts[place] += count
        targets[place] = targets[place] or day
    return [
        Bar(first + timedelta(days=place * step), step, count, targets[place])
        for place, count in enumerate(counts)
    ]


def _counts(groups: Sequence[DayGroup], *, with_files: bool) -> list[tuple[date, int]]:
    counts = (
        (group.day, group.count - (0 if with_files else group.file_dated))
        for group in groups
        if group.day is not None
    )
    return sorted(day_and_count for day_and_count in counts if day_and_count[1])


class DayStrip(QAbstractSlider):
    """A bar for each day, or for each week or more if there are many days.

    For who listens to the screen it is a slider that tells the day.

    Signals:
        day_chosen: The person wants to see this day.
    """

    day_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups: Sequence[DayGroup] = ()
        self._bars: list[Bar] = []
        self._current: date | None = None
        self._under: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setAccessibleName(self.tr("Entries per day"))
        self._say_day()
        self.update()

    def _say_day(self) -> None:
        keys = self.tr("Left and right go to the day before and after.")
        day = texts.day(self._current) if self._current is not None else ""
        self.setAccessibleDescription(f"{day} {keys}".strip())

    def set_days(self, groups: Sequence[DayGroup]) -> None:
        """Show these days; those without a date have no bar."""
        self._groups = groups
        self._measure()

    def set_current(self, day: date | None) -> None:
        """Mark the day that the list shows."""
        if day != self._current:
            self._current = day
            self._say_day()
            self.update()

    def bars(self) -> list[Bar]:
        """What is drawn, oldest first."""
        return self._bars

    def sizeHint(self) -> QSize:
        """As high as its bars and their dates."""
        return QSize(300, _BARS + _LABELS)

    def resizeEvent(self, _event: object) -> None:
        """Join or part days by the new width."""
        self._measure()

    def _measure(self) -> None:
        self._bars = bars(self._groups, self.width())
        self._under = None
        self.update()

    def _bar_width(self) -> float:
        return min(_WIDEST, self.width() / max(1, len(self._bars)))

    def _bar_at(self, x: float) -> int | None:
        place = int(x / self._bar_width())
        return place if 0 <= place < len(self._bars) else None

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw bars, a base line and the dates of the ends."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawLine(QPointF(0, _BARS - 0.5), QPointF(self.width(), _BARS - 0.5))
        if self._bars:
            self._paint_bars(painter)
            self._paint_dates(painter)
        if self.hasFocus():
            theme.paint_ring(painter, self.rect())

    def _paint_bars(self, painter: QPainter) -> None:
        highest = max(bar.count for bar in self._bars)
        width = self._bar_width()
        gap = 1.0 if width >= 4 else 0.0
        strong = self.palette().color(QPalette.ColorRole.Highlight)
        pale = self.palette().color(QPalette.ColorRole.Highlight)
        pale.setAlphaF(0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        for place, bar in enumerate(self._bars):
            if bar.count:
                chosen = place == self._under or self._holds_current(bar)
                painter.setBrush(strong if chosen else pale)
                high = max(2.0, (_BARS - 4) * bar.count / highest)
                painter.drawRect(QRectF(place * width, _BARS - 1 - high, width - gap, high))

    def _paint_dates(self, painter: QPainter) -> None:
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 0.85)
        painter.setFont(font)
        used = self._bar_width() * len(self._bars)
        first, last = texts.day(self._bars[0].first), texts.day(self._last_day())
        wide = painter.fontMetrics().horizontalAdvance(first + last) + 16
        area = QRectF(0, _BARS, max(used, wide), _LABELS)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | middle, first)
        if len(self._bars) > 1:
            painter.drawText(area, Qt.AlignmentFlag.AlignRight | middle, last)

    def _last_day(self) -> date:
        return max(group.day for group in self._groups if group.day is not None)

    def _holds_current(self, bar: Bar) -> bool:
        return self._current is not None and 0 <= (self._current - bar.first).days < bar.days

    def bar_text(self, bar: Bar) -> str:
        """What a bar stands for, in words."""
        count = self.tr("%n entry(ies)", "", bar.count)
        if bar.days == 1:
            return f"{texts.day(bar.first)}: {count}"
        last = bar.first + timedelta(days=bar.days - 1)
        return f"{texts.day(bar.first)} – {texts.day(last)}: {count}"

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the bar under the pointer."""
        under = self._bar_at(event.position().x())
        if under != self._under:
            self._under = under
            self.update()

    def leaveEvent(self, _event: QEvent) -> None:
        """No bar is under the pointer any more."""
        self._under = None
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Lead to the day under the pointer, or to the next one with an event."""
        place = self._bar_at(event.position().x())
        if place is None or event.button() != Qt.MouseButton.LeftButton:
            return
        following = (bar.target for bar in self._bars[place:] if bar.target is not None)
        self._choose(next(following, None))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right lead to the day before and after, Home and End to the first and last."""
        days = sorted(group.day for group in self._groups if group.day is not None)
        now = self._current
        choices: dict[int, list[date]] = {
            Qt.Key.Key_Left: [day for day in reversed(days) if now is None or day < now],
            Qt.Key.Key_Right: [day for day in days if now is None or day > now],
            Qt.Key.Key_Home: days,
            Qt.Key.Key_End: days[::-1],
        }
        if event.key() not in choices:
            event.ignore()
        elif choices[event.key()]:
            self._choose(choices[event.key()][0])

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel moves the page, never the day."""
        event.ignore()

    def _choose(self, day: date | None) -> None:
        if day is not None:
            self.set_current(day)
            self.day_chosen.emit(day)

    def event(self, event: QEvent) -> bool:
        """Say what the bar under the pointer stands for."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self._bar_at(event.pos().x())
            tip = self.bar_text(self._bars[place]) if place is not None else ""
            QToolTip.showText(event.globalPos(), tip, self)
            return True
        return super().event(event)
