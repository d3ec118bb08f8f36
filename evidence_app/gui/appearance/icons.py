"""Icons of the bundled set, in a colour of the palette, sharp on every screen."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from evidence_app import resources


class _Engine(QIconEngine):
    """Draws one SVG in a given colour, or in that of the text around it."""

    def __init__(self, name: str, colour: QColor | None) -> None:
        super().__init__()
        self._name = name
        self._colour = colour

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw it into the rectangle."""
        faded = mode is QIcon.Mode.Disabled
        colour = _text_colour(mode) if faded or not self._colour else self._colour
        _renderer(self._name, colour.name()).render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """A picture of it."""
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        """Another one of the same."""
        return _Engine(self._name, self._colour)


def icon(name: str, colour: QColor | None = None) -> QIcon:
    """The icon of that name in the bundled set.

    Args:
        name: The file name without its ending.
        colour: If None, that of the palette's text, whatever the palette is by then.
    """
    return QIcon(_Engine(name, colour))


def app_icon() -> QIcon:
    """The program's own."""
    return QIcon(str(resources.path("icons", "app.svg")))


def _text_colour(mode: QIcon.Mode) -> QColor:
    group = (
        QPalette.ColorGroup.Disabled if mode is QIcon.Mode.Disabled else QPalette.ColorGroup.Active
    )
    role = (
        QPalette.ColorRole.HighlightedText
        if mode is QIcon.Mode.Selected
        else QPalette.ColorRole.WindowText
    )
    return QGuiApplication.palette().color(group, role)


@lru_cache(maxsize=512)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    text = resources.path("icons", f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(text.replace("currentColor", colour).encode()))
