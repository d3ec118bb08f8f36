"""Paints marks on the screen, much as they are printed."""

from __future__ import annotations

import math

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF

from evidence_app.model.mark import MarkKind
from evidence_app.model.region import Region

_RED = QColor(200, 30, 45)
_YELLOW = QColor(255, 214, 0, 96)
_PAPER = QColor(255, 255, 255, 230)
_BLACK = QColor(0, 0, 0, 190)
"""One still sees what is blacked out; in what is exported, it is gone."""

_HEAD = math.radians(28)
_HANDLE = 7.0


def rect_of(sheet: QRectF, box: Region) -> QRectF:
    """A box in the coordinates of the page's rectangle; that of an arrow may be negative."""
    return QRectF(
        sheet.left() + box.left * sheet.width(),
        sheet.top() + box.top * sheet.height(),
        box.width * sheet.width(),
        box.height * sheet.height(),
    )


def paint(painter: QPainter, kind: MarkKind, rect: QRectF, text: str, sheet: QRectF) -> None:
    """Draw one mark.

    Args:
        painter: On the surface.
        kind: Of the mark.
        rect: Where it is.
        text: What it says.
        sheet: Its page, by whose size text and lines are scaled.
    """
    size = max(10.0, min(sheet.width(), sheet.height()) * 0.03)
    if kind is MarkKind.HIGHLIGHT:
        painter.fillRect(rect, _YELLOW)
    elif kind is MarkKind.REDACTION:
        painter.fillRect(rect.normalized(), _BLACK)
    elif kind is MarkKind.ARROW:
        _arrow(painter, rect.topLeft(), rect.bottomRight(), max(2.0, size / 5))
    elif kind is MarkKind.NUMBER:
        _number(painter, rect.center(), text, size)
    else:
        _text(painter, rect, text, size)


def _arrow(painter: QPainter, start: QPointF, end: QPointF, width: float) -> None:
    angle, head = math.atan2(end.y() - start.y(), end.x() - start.x()), 5 * width
    painter.setPen(QPen(_RED, width))
    painter.drawLine(QLineF(start, end - QPointF(math.cos(angle), math.sin(angle)) * head * 0.8))
    wings = [
        end - QPointF(math.cos(angle + turn), math.sin(angle + turn)) * head
        for turn in (_HEAD, -_HEAD)
    ]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_RED)
    painter.drawPolygon(QPolygonF([end, *wings]))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _font(painter: QPainter, size: float) -> None:
    font = QFont(painter.font())
    font.setPixelSize(round(size))
    font.setBold(True)
    painter.setFont(font)


def _number(painter: QPainter, middle: QPointF, text: str, size: float) -> None:
    _font(painter, size)
    wide = painter.fontMetrics().horizontalAdvance(text) / 2 + size * 0.35
    radius = max(size * 0.85, wide)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_RED)
    painter.drawEllipse(middle, radius, radius)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(Qt.GlobalColor.white)
    place = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)


def _text(painter: QPainter, rect: QRectF, text: str, size: float) -> None:
    _font(painter, size)
    pad = size * 0.3
    room = QRectF(rect.topLeft(), rect.size()).adjusted(pad, pad, -pad, -pad)
    room.setWidth(max(room.width(), 4 * size))
    flags = Qt.TextFlag.TextWrapAnywhere
    needed = QRectF(painter.fontMetrics().boundingRect(room.toRect(), int(flags), text))
    painter.fillRect(needed.adjusted(-pad, -pad, pad, pad), _PAPER)
    painter.setPen(_RED)
    painter.drawText(needed.adjusted(0, 0, 2, 2), int(flags), text)


def paint_selection(painter: QPainter, rect: QRectF, accent: QColor) -> None:
    """A frame with a handle at the lower right, by which the size can be changed."""
    painter.setPen(QPen(accent, 2, Qt.PenStyle.DashLine))
    painter.drawRect(rect.normalized())
    painter.fillRect(handle_of(rect), accent)


def handle_of(rect: QRectF) -> QRectF:
    """Where the handle of a selected mark is."""
    corner = rect.bottomRight()
    return QRectF(corner.x() - _HANDLE, corner.y() - _HANDLE, 2 * _HANDLE, 2 * _HANDLE)
