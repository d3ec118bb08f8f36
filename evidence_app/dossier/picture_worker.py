"""The process that decodes pictures for print: it has limits, and not the case file.

Each line that it reads is a JSON object with ``source`` and ``target`` (paths), ``width`` and
``height`` (the most pixels that are of use). For each it writes one line: an object with
``width`` and ``height`` of the JPEG that it made, or with ``error``.
"""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidence_app.dossier import jpeg

if TYPE_CHECKING:
    from PIL.Image import Image

_FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "HEIF", "AVIF")
_MOST_MEMORY = 2 << 30
_MOST_PIXELS = 200_000_000
_MOST_PASSED = 1_500_000
_ORIENTATION = 0x0112
_QUALITY = 84


def main() -> None:
    """Answer requests until there are no more."""
    _limit_memory()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_answer(json.loads(line))) + "\n")
        sys.stdout.flush()


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    source, target = Path(request["source"]), Path(request["target"])
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


if __name__ == "__main__":
    main()
