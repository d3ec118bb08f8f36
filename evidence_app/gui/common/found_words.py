"""Draws a line of text in which the words that were found have a ground of their own."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from evidence_app.model.search import Snippet

_FOUND = QColor(255, 196, 0, 90)
"""Behind words that were found: dark and light writing can be read on it."""


def paint_found(painter: QPainter, box: QRect, font: QFont, ink: QColor, snippet: Snippet) -> None:
    """Draw a snippet in one line; where there is little room, the words that were found are in it.

    Args:
        painter: Its pen is changed.
        box: Where; nothing is drawn outside.
        font: Of the words.
        ink: Their colour.
        snippet: The words.
    """
    layout = QTextLayout(snippet.text, font)
    option = QTextOption(Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    layout.setFormats([_format(snippet.text, mark) for mark in snippet.marks])
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(box.width())
    layout.endLayout()
    hidden = 0.0
    if snippet.marks:
        begins, ends = (_across(line, snippet.text[:place]) for place in snippet.marks[0])
        hidden = max(begins - box.width() / 4, 0.0) if ends > box.width() else 0.0
    painter.save()
    painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
    painter.setPen(ink)
    layout.draw(painter, QPointF(box.left() - hidden, box.center().y() + 1 - line.height() / 2))
    painter.restore()


def _across(line: QTextLine, before: str) -> float:
    """How far from the left a character is that has this before it."""
    at: float = line.cursorToX(_units(before))[0]  # type: ignore[index]  # Qt's stubs say object.
    return at


def _format(text: str, mark: tuple[int, int]) -> QTextLayout.FormatRange:
    highlight = QTextLayout.FormatRange()
    # Qt counts UTF-16 units.
    highlight.start = _units(text[: mark[0]])
    highlight.length = _units(text[mark[0] : mark[1]])
    look = QTextCharFormat()
    look.setBackground(_FOUND)
    look.setFontWeight(QFont.Weight.DemiBold)
    highlight.format = look
    return highlight


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
