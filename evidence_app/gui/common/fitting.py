"""Shortens dates and numbers to fit: whole parts are left out, none is cut."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics


def fitting_parts(metrics: QFontMetrics, text: str, width: int) -> str:
    """As many parts of a text, from its beginning, as fit in a width in pixels.

    Parts are what stands between spaces; the first is kept whatever its width.
    """
    parts = text.split(" ")
    while len(parts) > 1 and metrics.horizontalAdvance(" ".join(parts)) > width:
        parts.pop()
    return " ".join(parts).rstrip("·,， ")
