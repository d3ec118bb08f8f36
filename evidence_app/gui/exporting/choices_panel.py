"""The choices of an export below each other; they scroll where there is little room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QStyle, QVBoxLayout, QWidget

from evidence_app.gui.appearance import theme

_WIDTH = 290


class ChoicesPanel(QScrollArea):
    """A column of fixed width.

    Args:
        rows: From top to bottom.
        parent: The dialog.
    """

    def __init__(self, rows: Sequence[QWidget | QLayout], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, theme.SPACE, 0)
        layout.setSpacing(theme.SPACE)
        for row in rows:
            if isinstance(row, QWidget):
                layout.addWidget(row)
            else:
                layout.addLayout(row)
        layout.addStretch(1)
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        inside.setFixedWidth(_WIDTH)
        self.setFixedWidth(_WIDTH + bar)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
