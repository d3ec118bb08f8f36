"""Draws the program's icon in all sizes and forms: ``icons.py FOLDER``, with Qt and Pillow."""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512, 1024)
_WINDOWS = [(size, size) for size in (16, 24, 32, 48, 64, 128, 256)]
_SOURCE = Path(__file__).resolve().parents[2] / "resources" / "icons" / "app.svg"


def draw(folder: Path) -> None:
    """Write ``SIZE.png`` for each size, ``evidence-app.ico`` and ``evidence-app.icns``."""
    folder.mkdir(parents=True, exist_ok=True)
    renderer = QSvgRenderer(str(_SOURCE))
    for size in _SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(0)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        image.save(str(folder / f"{size}.png"))
    with Image.open(folder / "1024.png") as largest:
        largest.save(folder / "evidence-app.ico", sizes=_WINDOWS)
        largest.save(folder / "evidence-app.icns")


if __name__ == "__main__":
    draw(Path(sys.argv[1]))
