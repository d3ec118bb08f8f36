"""Small labelled shapes for violations and tags, drawn in lines of lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

GROUND_SHARE = 0.18
"""How much of a chip's ground is its colour."""
_HIGH = 20
_SPACE = 5
_INSIDE = 8
_WIDEST = 170
_NARROWEST = 46


@dataclass(frozen=True, slots=True)
class Chip:
    """One of them.

    Attributes:
        text: What it says.
        colour: Of its ground and its dot.
        hollow: Whether the item has it rather than the event itself.
    """

    text: str
    colour: QColor
    hollow: bool = False


def paint_chips(painter: QPainter, area: QRect, chips: Sequence[Chip], ink: QColor) -> None:
    """Draw as many as fit, from the left of an area, and how many more there are.

    Args:
        painter: With the font of the line.
        area: Where they may be.
        chips: The most important first.
        ink: Colour of their words.
    """
    metrics = painter.fontMetrics()
    widths = [
        min(_WIDEST, metrics.horizontalAdvance(chip.text) + 2 * _INSIDE + 10) for chip in chips
    ]
    shown_count = _fitting(widths, area.width())
    more = len(chips) - shown_count
    reserve = metrics.horizontalAdvance(f"+{more}") + _SPACE if more else 0
    x = area.left()
    for chip, wide in zip(chips[:shown_count], widths[:shown_count], strict=True):
        fitting = min(wide, area.right() + 1 - x - reserve)
        top = area.center().y() - _HIGH // 2 + 1
        _paint(painter, QRect(x, top, fitting, _HIGH), chip, ink)
        x += fitting + _SPACE
    if more:
        painter.setPen(ink)
        place = QRect(x, area.top(), area.right() + 1 - x, area.height())
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, flags, f"+{more}")


def _fitting(widths: Sequence[int], room: int) -> int:
    used = 0
    for count, wide in enumerate(widths):
        reserve = 0 if count == len(widths) - 1 else 30
        if used + wide + reserve > room:
            return max(count, 1 if room >= _NARROWEST + reserve else 0)
        used += wide + _SPACE
    return len(widths)


def _paint(painter: QPainter, box: QRect, chip: Chip, ink: QColor) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground = QColor(chip.colour)
    ground.setAlphaF(0.0 if chip.hollow else GROUND_SHARE)
    edge = QColor(chip.colour)
    edge.setAlphaF(0.65)
    painter.setPen(edge)
    painter.setBrush(ground)
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), _HIGH / 2, _HIGH / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(chip.colour)
    painter.drawEllipse(QPointF(box.left() + _INSIDE + 2, box.center().y() + 0.5), 3.0, 3.0)
    painter.setPen(ink)
    inside = box.adjusted(_INSIDE + 9, 0, -_INSIDE + 1, 0)
    text = painter.fontMetrics().elidedText(chip.text, Qt.TextElideMode.ElideRight, inside.width())
    painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
    painter.restore()
