"""Draws the reason in place of a row that could not be read."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter

from evidence_app.gui.common.paged_model import UNREAD_ROLE, Index

_FLAGS = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap


def paint_unread(painter: QPainter, ink: QColor, index: Index, area: QRect) -> bool:
    """Draw why a row could not be read; false if it could."""
    text: str | None = index.data(UNREAD_ROLE)
    if text is None:
        return False
    painter.setPen(ink)
    painter.drawText(area, int(_FLAGS), text)
    return True
