"""A picture to look at closely: zoom at the pointer, pan by dragging, keys for everything."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QLabel, QWidget

from evidence_app.gui.appearance import theme
from evidence_app.model.region import Region

_STEP = 1.25
_LARGEST = 16.0
_SMALLEST = 0.02
_PAN = 60.0
_READABLE = 12.0
"""A lit line is at least so many pixels of the screen high."""
_LIT = QColor(31, 111, 120, 60)
_EDGE = QPen(QColor(31, 111, 120), 2)


class PictureView(QLabel):
    """Shows a picture, at first as large as fits.

    A label that draws its picture itself: so it is a picture for who listens to the screen too.

    Attributes:
        zoomed: The scale is another one; 1.0 is one pixel of the picture to one of the screen.
    """

    zoomed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QPixmap()
        self._fitting = True
        self._scale = 1.0
        self._centre = QPointF()
        self._held: QPointF | None = None
        self._lit: Region | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(120, 120)
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    @property
    def scale(self) -> float:
        """Screen pixels for each pixel of the picture."""
        return self._scale

    @property
    def fitting(self) -> bool:
        """Whether the picture is as large as fits."""
        return self._fitting

    def set_picture(self, picture: QImage) -> None:
        """Show another picture, as large as fits."""
        self._picture = QPixmap.fromImage(picture)
        self._lit = None
        self.setPixmap(self._picture)
        self.fit()

    def picture_rect(self) -> QRectF:
        """Where the picture is in this widget, also what of it is out of view."""
        return self._target()

    def light(self, region: Region | None) -> None:
        """Show where something stands in the picture; None for nothing."""
        self._lit = region
        if not self.lit().isEmpty():
            self._bring_lit_into_view()
        self.update()

    def _bring_lit_into_view(self) -> None:
        """Zoom in on a lit part that is too small to read, and scroll to one out of view."""
        assert self._lit is not None
        height = self.lit().height()
        if height < _READABLE:
            self._fitting = False
            self._scale = max(self._scale, min(1.0, self._scale * _READABLE / height))
        elif self.rect().contains(self.lit().toRect()):
            return
        self._centre = QPointF(
            (self._lit.left + self._lit.width / 2) * self._picture.width(),
            (self._lit.top + self._lit.height / 2) * self._picture.height(),
        )
        self._tell()

    def lit(self) -> QRectF:
        """The highlighted part in this widget's coordinates; empty if there is none."""
        if self._lit is None or self._picture.isNull():
            return QRectF()
        return region_on(self._target(), self._lit)

    def sizeHint(self) -> QSize:
        """As much as there is, however large the picture."""
        return self.minimumSize()

    def minimumSizeHint(self) -> QSize:
        """Far less than a picture has."""
        return self.minimumSize()

    def fit(self) -> None:
        """As large as fits, but not larger than it is."""
        self._fitting = True
        if not self._picture.isNull():
            across = self._device_width() / self._picture.width()
            down = self._device_height() / self._picture.height()
            self._scale = min(across, down, 1.0)
        self._centre = QPointF(self._picture.width() / 2, self._picture.height() / 2)
        self._tell()

    def actual_size(self) -> None:
        """One pixel of the picture to one of the screen."""
        self.zoom_to(1.0)

    def zoom_in(self) -> None:
        """A step closer."""
        self.zoom_to(self._scale * _STEP)

    def zoom_out(self) -> None:
        """A step away."""
        self.zoom_to(self._scale / _STEP)

    def zoom_to(self, scale: float, at: QPointF | None = None) -> None:
        """Zoom so that what is at a point of the window stays there.

        Args:
            scale: Screen pixels for each pixel of the picture.
            at: In this widget; its middle if None.
        """
        anchor = at if at is not None else QPointF(self.rect().center())
        before = self._in_picture(anchor)
        self._fitting = False
        self._scale = max(_SMALLEST, min(_LARGEST, scale))
        self._centre += before - self._in_picture(anchor)
        self._tell()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the part of the picture that is in view."""
        if self._picture.isNull():
            return
        painter = QPainter(self)
        smooth = self._scale < 2.0
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.drawPixmap(self._target(), self._picture, QRectF(self._picture.rect()))
        if not self.lit().isEmpty():
            paint_lit(painter, self.lit())
        if self.hasFocus():
            theme.paint_ring(painter, self.rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep fitting, if it fitted."""
        super().resizeEvent(event)
        if self._fitting:
            self.fit()
        else:
            self._tell()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer; with Shift, pan."""
        pixels, angle = event.pixelDelta(), event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._pan(QPointF(pixels if not pixels.isNull() else angle / 2))
        else:
            self.zoom_to(self._scale * _STEP ** (angle.y() / 120), event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Pinching zooms, on touchpads that tell of it."""
        if (
            isinstance(event, QNativeGestureEvent)
            and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture
        ):
            self.zoom_to(self._scale * (1.0 + event.value()), event.position())
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the picture."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._held = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the picture that is held."""
        if self._held is not None:
            self._pan(event.position() - self._held)
            self._held = event.position()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let the picture go."""
        self._held = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Change between fitting and full size."""
        if self._fitting:
            self.zoom_to(1.0, event.position())
        else:
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plus, minus, F or 0 (fit), Z (full size); arrows pan what is larger than the window."""
        keys = {
            Qt.Key.Key_Plus: self.zoom_in,
            Qt.Key.Key_Equal: self.zoom_in,
            Qt.Key.Key_Minus: self.zoom_out,
            Qt.Key.Key_0: self.fit,
            Qt.Key.Key_F: self.fit,
            Qt.Key.Key_Z: self.actual_size,
        }
        pans = {
            Qt.Key.Key_Left: QPointF(_PAN, 0),
            Qt.Key.Key_Right: QPointF(-_PAN, 0),
            Qt.Key.Key_Up: QPointF(0, _PAN),
            Qt.Key.Key_Down: QPointF(0, -_PAN),
        }
        key = Qt.Key(event.key())
        if key in keys:
            keys[key]()
        elif key in pans and self._pan(pans[key]):
            event.accept()
        else:
            event.ignore()

    def _pan(self, by: QPointF) -> bool:
        """Move the picture by pixels of the window; tell whether it moved."""
        before = QPointF(self._centre)
        self._centre -= by * self.devicePixelRatioF() / self._scale
        self._tell()
        return self._centre != before

    def _tell(self) -> None:
        self._centre = QPointF(
            _within(self._centre.x(), self._picture.width(), self._device_width() / self._scale),
            _within(self._centre.y(), self._picture.height(), self._device_height() / self._scale),
        )
        self.update()
        self.zoomed.emit(self._scale)

    def _device_width(self) -> float:
        return self.width() * self.devicePixelRatioF()

    def _device_height(self) -> float:
        return self.height() * self.devicePixelRatioF()

    def _in_picture(self, at: QPointF) -> QPointF:
        from_middle = at - QRectF(self.rect()).center()
        return self._centre + from_middle * self.devicePixelRatioF() / self._scale

    def _target(self) -> QRectF:
        ratio = self._scale / self.devicePixelRatioF()
        middle = QRectF(self.rect()).center()
        left = middle.x() - self._centre.x() * ratio
        top = middle.y() - self._centre.y() * ratio
        return QRectF(left, top, self._picture.width() * ratio, self._picture.height() * ratio)


def _within(centre: float, length: float, visible: float) -> float:
    """The centre of the view that shows as little empty space as possible."""
    if length <= visible:
        return length / 2
    return max(visible / 2, min(length - visible / 2, centre))


def region_on(area: QRectF, part: Region) -> QRectF:
    """The rectangle of a part of a picture or page that is shown in ``area``."""
    return QRectF(
        area.left() + part.left * area.width(),
        area.top() + part.top * area.height(),
        part.width * area.width(),
        part.height * area.height(),
    )


def paint_lit(painter: QPainter, box: QRectF) -> None:
    """Draw the box around what is shown to the person."""
    painter.setPen(_EDGE)
    painter.setBrush(_LIT)
    painter.drawRect(box)
