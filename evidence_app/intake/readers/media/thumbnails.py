"""Small pictures that stand for large things."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from evidence_app.model.evidence import Rendition, RenditionKind

if TYPE_CHECKING:
    from PIL import Image

THUMBNAIL_SIZE = (360, 360)
"""Room for a thumbnail, in pixels."""

PREVIEW_SIZE = (2400, 12000)
"""Room for a preview, in pixels; long screenshots stay legible."""


def thumbnail(picture: Image.Image) -> Rendition:
    """A thumbnail of the picture; it is not changed."""
    return Rendition(RenditionKind.THUMBNAIL, *_encoded(_within(picture, THUMBNAIL_SIZE), 82))


def preview(picture: Image.Image) -> Rendition:
    """A picture that every window can show; it is not changed."""
    return Rendition(RenditionKind.PREVIEW, *_encoded(_within(picture, PREVIEW_SIZE), 88))


def _within(picture: Image.Image, room: tuple[int, int]) -> Image.Image:
    """The picture in RGB or RGBA, not larger than the room; made small before it is converted."""
    from PIL import Image

    see_through = "A" in picture.getbands() or "transparency" in picture.info
    mode = "RGBA" if see_through else "RGB"
    factor = min(room[0] / picture.width, room[1] / picture.height, 1)
    size = (max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
    if picture.mode not in {"RGB", "RGBA", "L", "CMYK"}:
        picture = picture.convert(mode)
    if size != picture.size:
        picture = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    return picture if picture.mode == mode else picture.convert(mode)


def _encoded(picture: Image.Image, quality: int) -> tuple[str, bytes]:
    out = io.BytesIO()
    if picture.mode == "RGBA":
        picture.save(out, "PNG", compress_level=3)
        return "image/png", out.getvalue()
    picture.save(out, "JPEG", quality=quality)
    return "image/jpeg", out.getvalue()
