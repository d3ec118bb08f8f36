"""The closed-off process that decodes pictures for print.

Each request is a frame with ``width`` and ``height`` (the most pixels that are of use), followed
by the picture's file. It is answered by ``width`` and ``height`` of a JPEG, followed by its file,
or by ``error`` alone.
"""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidence_app.dossier import jpeg
from evidence_app.sandbox import frames, inside

if TYPE_CHECKING:
    from PIL.Image import Image

MEMORY = 2 << 30
"""Bytes of address space that decoding may take."""

_FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "HEIF", "AVIF")
_MOST_PIXELS = 200_000_000
_MOST_PASSED = 1_500_000
_ORIENTATION = 0x0112
_QUALITY = 84


def main() -> None:
    """Answer requests until there are no more."""
    inlet, outlet = inside.enter(MEMORY)
    folder = Path(tempfile.gettempdir())
    source, target = folder / "source", folder / "target.jpg"
    while True:
        try:
            request = frames.read_frame(inlet).head
        except EOFError:
            return
        with source.open("wb") as received:
            frames.read_file(inlet, received)
        answer = _answer(request, source, target)
        frames.write_frame(outlet, answer)
        if "error" not in answer:
            with target.open("rb") as made:
                frames.write_file(outlet, made)


def _answer(request: dict[str, Any], source: Path, target: Path) -> dict[str, Any]:
    try:
        width, height = make(source, target, (request["width"], request["height"]))
    except Exception as error:  # whatever a decoder raises, the picture cannot be shown
        return {"error": f"{type(error).__name__}: {error}"}
    return {"width": width, "height": height}


def make(source: Path, target: Path, most: tuple[int, int]) -> tuple[int, int]:
    """Write a JPEG for print; return its width and height in pixels.

    JPEG data that needs no change is passed through without being decoded.
    """
    import pillow_heif
    from PIL import Image, ImageOps

    pillow_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(source, formats=_FORMATS) as opened:
            if _passes(opened, source.stat().st_size, most):
                target.write_bytes(jpeg.without_metadata(source.read_bytes()))
                return opened.size
            opened.draft("RGB", most)
            turned = ImageOps.exif_transpose(opened)
            turned.thumbnail(most, Image.Resampling.LANCZOS, reducing_gap=3.0)
            shown = _on_white(turned)
    shown.save(target, "JPEG", quality=_QUALITY, subsampling=0)
    return shown.size


def _passes(picture: Image, size: int, most: tuple[int, int]) -> bool:
    return (
        picture.format == "JPEG"
        and picture.mode in ("L", "RGB")
        and size <= _MOST_PASSED
        and picture.getexif().get(_ORIENTATION, 1) == 1
        and picture.width <= 2 * most[0]
        and picture.height <= 2 * most[1]
    )


def _on_white(picture: Image) -> Image:
    """Without transparency, as print has none."""
    from PIL import Image

    if picture.mode in ("L", "RGB"):
        return picture
    if "A" in picture.getbands() or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        ground = Image.new("RGB", layered.size, "white")
        ground.paste(layered, mask=layered.getchannel("A"))
        return ground
    return picture.convert("RGB")
