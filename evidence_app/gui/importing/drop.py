"""What is dropped or pasted: files, or a picture that is no file yet."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage, QImageWriter

from evidence_app.gui.importing.batches import Picture as Picture

Dropped = list[Path] | Picture | None


def has_evidence(data: QMimeData) -> bool:
    """Whether there is anything in it that can be imported."""
    return any(url.isLocalFile() for url in data.urls()) or data.hasImage()


def evidence_in(data: QMimeData) -> Dropped:
    """The files, or the picture, or None."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if paths:
        return paths
    image = data.imageData() if data.hasImage() else None
    if not isinstance(image, QImage) or image.isNull():
        return None
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    name = datetime.now().astimezone().strftime("pasted %Y-%m-%d %H.%M.%S.png")
    return Picture(name, bytes(store.data()))
