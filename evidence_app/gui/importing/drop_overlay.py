"""What is shown over the window while files are dragged over it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

from evidence_app.gui.appearance import icons, theme

_ICON = 56
_MARGIN = 16


class DropOverlay(QWidget):
    """Says that the files may be dropped here."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._text = ""
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """Say everything anew."""
        self._text = self.tr("Drop to add. Your files are not changed; the case keeps a copy.")

    def show_over(self, window: QWidget) -> None:
        """Cover the window."""
        self.setGeometry(window.rect())
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a veil, a frame and the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(self.palette().color(QPalette.ColorRole.Window))
        veil.setAlphaF(0.9)
        painter.fillRect(self.rect(), veil)
        pen = QPen(theme.accent(), 3, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        frame = self.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        painter.drawRoundedRect(frame, 14, 14)
        middle = self.rect().center()
        picture = icons.icon("download", theme.accent())
        picture.paint(painter, middle.x() - _ICON // 2, middle.y() - _ICON, _ICON, _ICON)
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * 1.3)
        painter.setFont(font)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        text_area = frame.adjusted(24, frame.height() // 2 + 20, -24, 0)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(text_area, flags | Qt.TextFlag.TextWordWrap, self._text)
