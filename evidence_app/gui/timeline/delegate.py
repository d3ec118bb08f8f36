"""How a line of the timeline is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from evidence_app.gui.appearance import icons, texts, theme
from evidence_app.gui.common import event_texts
from evidence_app.gui.common.chips import Chip, paint_chips
from evidence_app.gui.common.fitting import fitting_parts
from evidence_app.gui.common.thumbnail_feed import paint_thumbnail
from evidence_app.gui.common.unread_line import paint_unread
from evidence_app.gui.timeline.model import TimelineRole
from evidence_app.model.event import Direction, Event, Outcome

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from PySide6.QtGui import QPixmap

    from evidence_app.gui.common.event_rows import EventRow
    from evidence_app.model.filters import DayGroup

_Index = QModelIndex | QPersistentModelIndex

PADDING = 12
_ICON = 16
_GAP = 10
_NARROW = 560
_ROOMY = 380
_CHIPS_SHARE = 0.42
_COUNT_WIDTH = 28
_PICTURE_MARGIN = 2
_BAD = frozenset({Outcome.MISSED, Outcome.REJECTED, Outcome.BLOCKED, Outcome.FAILED})
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_WAITING = 0.35
_ACTIVE = QPalette.ColorGroup.Active


@dataclass(frozen=True, slots=True)
class Columns:
    """The rectangles of a row's columns for the available width."""

    clock: QRect
    icon: QRect
    party: QRect
    text: QRect
    kind: QRect


def columns(area: QRect, metrics: QFontMetrics) -> Columns:
    """The places of a line's parts."""
    inner = area.adjusted(PADDING, 0, -PADDING, 0)
    clock = QRect(inner)
    clock.setWidth(metrics.horizontalAdvance("00:00:00") + 2)
    middle = area.top() + (area.height() - _ICON) // 2
    icon = QRect(clock.right() + _GAP, middle, _ICON, _ICON)
    party = QRect(inner)
    party.setLeft(icon.right() + _GAP)
    party.setWidth(max(90, min(230, inner.width() // 4)))
    kind = QRect(inner.right() - _ICON, middle, _ICON, _ICON)
    text = QRect(inner)
    text.setLeft(party.right() + _GAP)
    text.setRight(kind.left() - _GAP if area.width() >= _NARROW else inner.right())
    return Columns(clock, icon, party, text, kind)


def bold(font: QFont) -> QFont:
    """The same font, stronger."""
    strong = QFont(font)
    strong.setWeight(QFont.Weight.DemiBold)
    return strong


def paint_day(painter: QPainter, area: QRect, palette: QPalette, group: DayGroup) -> None:
    """Draw the head of a day: the date with its weekday, and how many events it has."""
    painter.fillRect(area, palette.color(_ACTIVE, QPalette.ColorRole.AlternateBase))
    painter.setPen(QPen(palette.color(_ACTIVE, QPalette.ColorRole.Mid), 1))
    painter.drawLine(area.bottomLeft(), area.bottomRight())
    inner = area.adjusted(PADDING, 0, -PADDING, 0)
    painter.setPen(palette.color(_ACTIVE, QPalette.ColorRole.PlaceholderText))
    count = event_texts.count_words(group.count)
    painter.drawText(inner, _RIGHT, count)
    inner.setRight(inner.right() - painter.fontMetrics().horizontalAdvance(count) - _GAP)
    painter.setPen(palette.color(_ACTIVE, QPalette.ColorRole.Text))
    painter.setFont(bold(painter.font()))
    day = fitting_parts(painter.fontMetrics(), event_texts.day_words(group), inner.width())
    painter.drawText(inner, _LEFT, day)


def _write(painter: QPainter, box: QRect, text: str) -> None:
    short = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, _LEFT, short)


class TimelineDelegate(QStyledItemDelegate):
    """Draws heads of days and events, each in one line of the same height."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._where: ZoneInfo | None = None

    def set_zone(self, where: ZoneInfo | None) -> None:
        """Show clocks of that zone."""
        self._where = where

    def sizeHint(self, option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """The same for every line."""
        return QSize(200, option.fontMetrics.height() + 16)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw a line."""
        painter.save()
        painter.setClipRect(option.rect)
        painter.setFont(option.font)
        group = index.data(TimelineRole.DAY)
        if group is not None:
            paint_day(painter, option.rect, option.palette, group)
        else:
            self._paint_event(painter, option, index)
        painter.restore()

    def _paint_event(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawPrimitive(
            QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget
        )
        places = columns(option.rect, option.fontMetrics)
        ink, soft = inks(option)
        row: EventRow | None = index.data(TimelineRole.EVENT)
        if row is None or self._where is None:
            inner = option.rect.adjusted(PADDING, 0, -PADDING, 0)
            if not paint_unread(painter, ink, index, inner):
                _paint_waiting(painter, places, soft)
            return
        self._paint_clock(painter, places.clock, row.event, ink, soft)
        event = row.event
        colour = ink if option.state & QStyle.StateFlag.State_Selected else way_colour(event, soft)
        icons.icon(event_texts.type_icon(event), colour).paint(painter, places.icon)
        painter.setPen(ink)
        painter.setFont(bold(option.font))
        _write(painter, places.party, event_texts.other_side(event))
        painter.setFont(option.font)
        if option.rect.width() >= _NARROW:
            picture: QPixmap | None = index.data(TimelineRole.PICTURE)
            if picture is None or picture.isNull():
                icons.icon(event_texts.kind_icon(row.kind), soft).paint(painter, places.kind)
            else:
                room = (option.rect.height() - _ICON) // 2 - _PICTURE_MARGIN
                paint_thumbnail(painter, places.kind.adjusted(-room, -room, room, room), picture)
        _paint_rest(painter, places.text, row, ink, soft)

    def _paint_clock(
        self, painter: QPainter, box: QRect, event: Event, ink: QColor, soft: QColor
    ) -> None:
        if self._where is None:
            return
        text = event_texts.clock(event.time, self._where)
        painter.setPen(ink if text else soft)
        painter.drawText(box, _LEFT, text or "–")
        if event_texts.is_wall_clock(event.time):
            metrics = painter.fontMetrics()
            y = box.center().y() + metrics.ascent() // 2 + 3
            painter.setPen(QPen(soft, 1, Qt.PenStyle.DotLine))
            painter.drawLine(box.left(), y, box.left() + metrics.horizontalAdvance(text), y)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: _Index,
    ) -> bool:
        """Explain what is under the pointer: the time, or the whole event."""
        row: EventRow | None = index.data(TimelineRole.EVENT)
        if event.type() != QEvent.Type.ToolTip or row is None or self._where is None:
            return super().helpEvent(event, view, option, index)
        places = columns(option.rect, option.fontMetrics)
        if event.pos().x() <= places.clock.right():
            tip = event_texts.time_explained(row.event.time, self._where)
        else:
            names = [chip.text for chip in chips(row)]
            tip = "\n".join([event_texts.explained(row), *names])
        QToolTip.showText(event.globalPos(), tip, view)
        return True


def inks(option: QStyleOptionViewItem) -> tuple[QColor, QColor]:
    """The colours of words and of lesser words, on the ground of the line."""
    if option.state & QStyle.StateFlag.State_Selected:
        ink = option.palette.color(QPalette.ColorRole.HighlightedText)
        soft = QColor(ink)
        soft.setAlphaF(0.75)
        return ink, soft
    return (
        option.palette.color(QPalette.ColorRole.Text),
        option.palette.color(QPalette.ColorRole.PlaceholderText),
    )


def way_colour(event: Event, soft: QColor) -> QColor:
    """The colour that says who reached out, and whether it came to nothing."""
    if event.outcome in _BAD:
        return theme.bad()
    if event.direction is Direction.INCOMING:
        return theme.warn()
    return theme.good() if event.direction is Direction.OUTGOING else soft


def chips(row: EventRow) -> list[Chip]:
    """The labels of an event, its own before those of its item."""
    event_chips = []
    for labels, hollow in ((row.own, False), (row.inherited, True)):
        event_chips += [
            Chip(texts.violation_name(code), theme.severity(code), hollow)
            for code in labels.violations
        ]
        event_chips += [Chip(tag.name, QColor(tag.colour), hollow) for tag in labels.tags]
    return event_chips


def _paint_rest(painter: QPainter, box: QRect, row: EventRow, ink: QColor, soft: QColor) -> None:
    room = QRect(box)
    if row.event.duration_s:
        painter.setPen(soft)
        painter.drawText(room, _RIGHT, texts.duration(row.event.duration_s))
    if row.event.duration_s or room.width() >= _ROOMY:
        room.setRight(room.right() - painter.fontMetrics().horizontalAdvance("0:00:00") - _GAP)
    labels = chips(row)
    if labels:
        # In a narrow window the words stay, and the labels shrink to their number. All labels
        # begin at one place, so that the eye can run down them.
        share = _CHIPS_SHARE if room.width() >= _ROOMY else 0
        wide = max(round(room.width() * share), _COUNT_WIDTH)
        area = QRect(room)
        area.setLeft(room.right() - wide)
        room.setRight(area.left() - _GAP)
        paint_chips(painter, area, labels, ink)
    painter.setPen(ink if row.event.text else soft)
    _write(painter, room, event_texts.row_words(row))


def _paint_waiting(painter: QPainter, places: Columns, soft: QColor) -> None:
    pale = QColor(soft)
    pale.setAlphaF(_WAITING * soft.alphaF())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(pale)
    for box in (places.clock, places.party, places.text):
        middle = box.center().y()
        wide = min(box.width(), 160)
        painter.drawRoundedRect(QRect(box.left(), middle - 4, wide, 8), 4, 4)
