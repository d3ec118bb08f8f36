"""Small pictures for the rows of a list, read away from the window and kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, Qt, QTimer, Signal

from evidence_app.gui.evidence.rows import read_thumbnails
from evidence_app.gui.evidence.thumbnails import Thumbnails

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QPainter, QPixmap

    from evidence_app.gui.session import Session
    from evidence_app.services.cases import CaseFile

_MOST_SIDE = 128
"""Pixels: twice the height of the highest row, for screens of twice the usual resolution."""


class ThumbnailFeed(QObject):
    """Fetches the pictures of items that come into view.

    Attributes:
        arrived: Some pictures are there; what shows them is to be drawn again.
    """

    arrived = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._cache = Thumbnails(self._fetch)
        self._asking = QTimer(self, singleShot=True, interval=0)
        self._asking.timeout.connect(self._cache.ask)

    def get(self, item_id: int) -> QPixmap | None:
        """The picture, null if the item has none; None while it is on the way."""
        picture = self._cache.get(item_id)
        if picture is None:
            self._asking.start()
        return picture

    def _fetch(self, ids: Sequence[int]) -> None:
        def done(pictures: Mapping[int, QImage]) -> None:
            self._cache.put(pictures)
            self.arrived.emit()

        def failed(_error: Exception) -> None:
            done({})

        self._session.query(lambda case: _small(case, ids), done, failed, owner=self)


def _small(case: CaseFile, ids: Sequence[int]) -> dict[int, QImage]:
    """The pictures no larger than a row can show them, so that drawing many is quick."""
    return {
        item_id: image
        if image.isNull()
        else image.scaled(
            _MOST_SIDE,
            _MOST_SIDE,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        for item_id, image in read_thumbnails(case, ids).items()
    }


def paint_thumbnail(painter: QPainter, box: QRect, picture: QPixmap) -> None:
    """Draw a picture as large as it fits into a rectangle, in its middle."""
    ratio = painter.device().devicePixelRatioF()
    scaled = picture.scaled(
        box.size() * ratio,
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    scaled.setDevicePixelRatio(ratio)
    place = QRect(QPoint(), scaled.deviceIndependentSize().toSize())
    place.moveCenter(box.center())
    painter.drawPixmap(place.topLeft(), scaled)
