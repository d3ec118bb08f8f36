"""Pages of a PDF document, with search; Qt's PDF parts are loaded with the first one."""

from __future__ import annotations

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QEvent,
    QIODevice,
    QModelIndex,
    QPointF,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtPdf import QPdfDocument, QPdfSearchModel
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QVBoxLayout, QWidget

from evidence_app.gui.common.find_bar import FindBar
from evidence_app.gui.viewer.marks.pages_surface import PagesSurface
from evidence_app.gui.viewer.picture_view import paint_lit, region_on
from evidence_app.model.evidence import PlaceUnit, SourcePlace
from evidence_app.model.region import Region

_STEP = 1.25
_ABOVE = 36.0
"""Points of a page that are seen above the place that is gone to."""
_SMALLEST, _LARGEST = 0.2, 8.0


class _Pages(QPdfView):
    """The pages; the wheel zooms while Ctrl is held. A place on one of them can be lit."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lit: tuple[int, Region] | None = None

    def light(self, page: int, region: Region | None) -> None:
        """Show where something stands on a page, from 1; None for nothing."""
        self._lit = None if region is None else (page, region)
        self.viewport().update()

    def lit(self) -> QRectF:
        """What is lit, in the coordinates of the viewport; empty if nothing is."""
        if self._lit is None:
            return QRectF()
        page, region = self._lit
        sheet = next((sheet for sheet in PagesSurface(self).sheets() if sheet.page == page), None)
        return QRectF() if sheet is None else region_on(sheet.rect, region)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pages, and what is lit over them."""
        super().paintEvent(event)
        lit = self.lit()
        if not lit.isEmpty():
            painter = QPainter(self.viewport())
            paint_lit(painter, lit)
            painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom while Ctrl is held, else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(_STEP ** (event.angleDelta().y() / 120))
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plus, minus, F or 0 (page width), Z (full size)."""
        key = Qt.Key(event.key())
        steps = {Qt.Key.Key_Plus: _STEP, Qt.Key.Key_Equal: _STEP, Qt.Key.Key_Minus: 1 / _STEP}
        if key in steps:
            self.zoom(steps[key])
        elif key in (Qt.Key.Key_0, Qt.Key.Key_F):
            self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        elif key == Qt.Key.Key_Z:
            self.setZoomMode(QPdfView.ZoomMode.Custom)
            self.setZoomFactor(1.0)
        else:
            super().keyPressEvent(event)

    def zoom(self, by: float) -> None:
        """Make the pages larger or smaller."""
        scale = self.zoomFactor()
        if self.zoomMode() is QPdfView.ZoomMode.FitToWidth:
            scale = self._fitting_scale()
        self.setZoomMode(QPdfView.ZoomMode.Custom)
        self.setZoomFactor(max(_SMALLEST, min(_LARGEST, scale * by)))

    def _fitting_scale(self) -> float:
        page = self.document().pagePointSize(self.pageNavigator().currentPage()).width()
        room = self.viewport().width() - 2 * self.documentMargins().left()
        points = self.logicalDpiX() / 72
        return room / (page * points) if page else 1.0


class PdfView(QWidget):
    """Shows one document at a time.

    Attributes:
        page_shown: The page that is seen now, from 1.
    """

    page_shown = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Children go in the order in which they came: the pages are drawn on a thread of their
        # own, and must be gone before the document is.
        self.pages = _Pages(self)
        self.search = QPdfSearchModel(self)
        self.document = QPdfDocument(self)
        self.search.setDocument(self.document)
        self.pages.setPageMode(QPdfView.PageMode.MultiPage)
        self.pages.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.pages.setDocument(self.document)
        self.pages.setSearchModel(self.search)
        self.finder = FindBar()
        self._buffer: QBuffer | None = None
        self._result = 0
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.finder)
        layout.addWidget(self.pages, 1)
        self.setFocusProxy(self.pages)
        self.finder.sought.connect(self._seek)
        self.finder.stepped.connect(self._step)
        self.search.countChanged.connect(self._on_count)
        self.pages.pageNavigator().currentPageChanged.connect(
            lambda index: self.page_shown.emit(index + 1)
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.finder.retranslate()
        super().changeEvent(event)

    def show_pdf(self, data: bytes, text: str = "") -> bool:
        """Show another document from its first page.

        Args:
            data: The whole document.
            text: What is sought at once; empty for nothing.

        Returns:
            Whether it can be shown.
        """
        self.pages.light(0, None)
        self.pages.setDocument(None)  # type: ignore[arg-type]  # Qt takes none; its stub does not.
        self.document.close()
        if self._buffer is not None:
            self._buffer.deleteLater()
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        self.pages.setDocument(self.document)
        self.finder.seek(text)
        return self.document.status() is QPdfDocument.Status.Ready

    def go_to(self, place: SourcePlace | None) -> None:
        """Show a page."""
        if place is not None and place.unit is PlaceUnit.PAGE:
            self.pages.pageNavigator().jump(place.number - 1, QPointF())

    def go_to_region(self, region: Region | None) -> None:
        """Light where on the page that is seen something stands; None for nothing."""
        page = self.pages.pageNavigator().currentPage()
        self.pages.light(page + 1, region)
        if region is not None:
            size = self.document.pagePointSize(page)
            place = QPointF(0, max(0.0, region.top * size.height() - _ABOVE))
            self.pages.pageNavigator().jump(page, place)

    def _seek(self, text: str) -> None:
        self._result = 0
        self.search.setSearchString(text)
        self._on_count()

    def _on_count(self) -> None:
        count = self.search.rowCount(QModelIndex())
        self.finder.say_count(count, at_most=1 << 30)
        if count and not self._result:
            self._show_result(0)

    def _step(self, forward: bool) -> None:
        count = self.search.rowCount(QModelIndex())
        if count:
            self._show_result((self._result + (1 if forward else -1)) % count)

    def _show_result(self, number: int) -> None:
        self._result = number
        self.pages.setCurrentSearchResultIndex(number)
        link = self.search.resultAtIndex(number)
        self.pages.pageNavigator().jump(link.page(), link.location())
