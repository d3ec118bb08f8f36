"""Where the pages of a document are on the screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QGuiApplication
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QWidget

from evidence_app.gui.viewer.marks.surfaces import Sheet
from evidence_app.model.mark import Mark
from evidence_app.model.region import Region


class PagesSurface:
    """The pages of a document, laid out as `QPdfView` does, which does not tell where they are."""

    is_sound = False

    def __init__(self, pages: QPdfView) -> None:
        self.widget: QWidget = pages.viewport()
        self._pages = pages

    def sheets(self) -> list[Sheet]:
        """The pages."""
        view = self._pages
        margins, wide = view.documentMargins(), self.widget.width()
        sizes = [self._size(index) for index in range(view.document().pageCount())]
        if not sizes:
            return []
        most = max(width for width, _ in sizes) + margins.left() + margins.right()
        left, top = -view.horizontalScrollBar().value(), -view.verticalScrollBar().value()
        shown_sheets, y = [], margins.top()
        for number, (width, height) in enumerate(sizes, 1):
            x = (max(most, wide) - width) // 2
            shown_sheets.append(Sheet(number, QRectF(left + x, top + y, width, height)))
            y += height + view.pageSpacing()
        return shown_sheets

    def _size(self, index: int) -> tuple[int, int]:
        view = self._pages
        points = view.document().pagePointSize(index)
        dots = QGuiApplication.primaryScreen().logicalDotsPerInch() / 72
        if view.zoomMode() is QPdfView.ZoomMode.Custom:
            size = (points * dots * view.zoomFactor()).toSize()
            return size.width(), size.height()
        size = (points * dots).toSize()
        margins = view.documentMargins()
        room = self.widget.width() - margins.left() - margins.right()
        scaled = size * (room / max(size.width(), 1))
        return scaled.width(), scaled.height()

    def box(self, mark: Mark) -> Region | None:
        """Its box."""
        return mark.box

    def moved(self, mark: Mark, box: Region) -> Mark:
        """With another box."""
        return replace(mark, box=box)

    def follow(self, update: Callable[[], None], owner: QObject) -> None:
        """On scrolling and zooming."""
        view = self._pages
        for changed in (
            view.horizontalScrollBar().valueChanged,
            view.verticalScrollBar().valueChanged,
            view.verticalScrollBar().rangeChanged,
            view.zoomFactorChanged,
            view.zoomModeChanged,
        ):
            changed.connect(lambda *values: update())
