"""The closed-off process that decodes pictures and pages for print.

Each request is a frame with ``width`` and ``height`` (the most pixels that are of use) and the
``marks`` to draw, followed by the picture's file. With ``page`` the file is a PDF document, of
which that page, from 1, is wanted, without the ``words`` that are blacked out; it is sent with the
first page only. Each is answered by what a PDF file has to say of a picture (see `PrintForm`) and
what of it is ``black``, followed by its data, or by ``error`` alone.
"""

from __future__ import annotations

import io
import math
import struct
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidence_app.dossier import colours, document_page, jpeg, png
from evidence_app.dossier.redaction import boxes, drawing
from evidence_app.dossier.redaction.blanking import Blanking
from evidence_app.dossier.redaction.drawing import Drawn
from evidence_app.model.region import Region
from evidence_app.sandbox import inside

if TYPE_CHECKING:
    from PIL.Image import Image

MEMORY = 2 << 30
"""Bytes of address space that decoding may take."""

_FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "HEIF", "AVIF")
_MOST_PIXELS = 200_000_000
_MOST_PASSED = 24 << 20
"""Bytes of a file that is passed through."""

_SPARE = 1.2
"""A picture with so many times the useful pixels stays as it is: to make it smaller would take
long, blur its letters, and save little."""

_ORIENTATION = 0x0112
_TURNS = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}
"""By orientation, how a picture is turned upright: numbers of `PIL.Image.Transpose`."""
_QUALITY = 84


def main() -> None:
    """Answer requests until there are no more."""
    inside.serve_files(MEMORY, _answer, lambda request: request.get("page", 1) == 1)


def _answer(request: dict[str, Any], source: Path, target: Path) -> dict[str, Any]:
    most = request["width"], request["height"]
    marks = drawing.received(request.get("marks", ()))
    if "page" in request:
        blanking = Blanking(request.get("words", ()))
        return document_page.make(source, target, most, request["page"], marks, blanking)
    return make(source, target, most, marks)


def make(
    source: Path, target: Path, most: tuple[int, int], marks: Sequence[Drawn] = ()
) -> dict[str, Any]:
    """Write a picture for print, in sRGB, with nothing in it but the picture and its marks.

    Data that needs no change is passed through without being decoded: the one scan of a JPEG
    file, the rows of a PNG file. What is to be blacked out is painted over before anything else is
    done to the picture, and once more at the end.

    Returns:
        What `PrintForm` says of it.
    """
    import pillow_heif
    from PIL import Image

    pillow_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(source, formats=_FORMATS) as opened:
            if not marks and _passes(opened, source.stat().st_size, most):
                passed = _PASSED[str(opened.format)](opened, source.read_bytes(), target)
                if passed is not None:
                    return passed
            profile = opened.info.get("icc_profile", b"")
            hidden = drawing.redactions(marks)
            if not hidden:
                opened.draft("RGB", most)
            orientation, grid = _orientation(opened), drawing.grid_of(opened)
            stored = _without_palette(opened)
            stored.load()
            drawing.black_out(stored, drawing.covered(marks, stored.size, grid, orientation))
            turn = _TURNS.get(orientation)
            turned = stored if turn is None else stored.transpose(Image.Transpose(turn))
            turned.thumbnail(most, Image.Resampling.LANCZOS, reducing_gap=3.0)
            output = drawing.draw(_on_white(turned, profile), marks)
    drawing.black_out(output, (boxes.grown(box, output.size, margin=0) for box in hidden))
    # What decoders note, as a comment, would be written into the new file too.
    output.info.clear()
    output.save(target, "JPEG", quality=_QUALITY, subsampling=0)
    return values_of_jpeg(output, hidden)


def values_of_jpeg(picture: Image, black: Iterable[Region] = ()) -> dict[str, Any]:
    """What `PrintForm` says of a picture in grey or red, green and blue that is a JPEG file.

    Args:
        picture: Which.
        black: What of it is black, as it hides something.
    """
    colours_of_pixel = 1 if picture.mode == "L" else 3
    places = [(box.left, box.top, box.width, box.height) for box in black]
    return _values(picture.size, colours_of_pixel, black=places)


def _values(size: tuple[int, int], colours_of_pixel: int, **more: Any) -> dict[str, Any]:
    values = {"width": size[0], "height": size[1], "colours": colours_of_pixel}
    return {**values, "is_jpeg": True, "bits": 8, "palette": "", "black": [], **more}


def _passes(picture: Image, size: int, most: tuple[int, int]) -> bool:
    profile = picture.info.get("icc_profile")
    return (
        picture.format in _PASSED
        and picture.mode in ("1", "L", "P", "RGB")
        and size <= _MOST_PASSED
        and _orientation(picture) == 1
        and picture.width <= math.ceil(_SPARE * most[0])
        and picture.height <= math.ceil(_SPARE * most[1])
        and (not profile or colours.is_srgb(profile))
    )


def _orientation(picture: Image) -> int:
    """How the camera was held, as EXIF counts; 1, upright, if nothing says it that can be read."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return int(picture.getexif().get(_ORIENTATION, 1))
        except (SyntaxError, ValueError, TypeError, KeyError, OSError, struct.error):
            return 1


def _passed(data: bytes) -> bytes:
    """The JPEG data made anew; nothing if it cannot be told that it holds nothing else."""
    try:
        rewritten, beginning = jpeg.made_anew(data)
    except ValueError:
        return b""
    return b"" if _can_be_drawn(beginning) or not _can_be_drawn(rewritten) else rewritten


def _passed_jpeg(picture: Image, data: bytes, target: Path) -> dict[str, Any] | None:
    """Write the scan of a JPEG file; None if it cannot be printed as it is."""
    passed = _passed(data)
    if not passed:
        return None
    target.write_bytes(passed)
    return values_of_jpeg(picture)


def _passed_png(picture: Image, data: bytes, target: Path) -> dict[str, Any] | None:
    """Write the rows of a PNG file; None if they cannot be printed as they are."""
    if picture.mode == "P" and "icc_profile" in picture.info:
        return None
    try:
        rows = png.rows(data)
    except ValueError:
        return None
    target.write_bytes(rows.data)
    more = {"is_jpeg": False, "bits": rows.bits, "palette": rows.palette.hex()}
    return _values((rows.width, rows.height), rows.colours, **more)


_PASSED = {"JPEG": _passed_jpeg, "PNG": _passed_png}


def _can_be_drawn(data: bytes) -> bool:
    """Whether a JPEG has all that is needed to draw it; it is not drawn in full for that."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=("JPEG",)) as picture:
            picture.draft(None, (1, 1))
            picture.load()
    except OSError:
        return False
    return True


def _without_palette(picture: Image) -> Image:
    """In colours or greys that can be made smaller smoothly."""
    if "transparency" in picture.info or picture.mode == "PA":
        return picture.convert("RGBA")
    if picture.mode.startswith("I"):
        # Sixteen bits of grey.
        return picture.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    smooth = {"1": "L", "P": "RGB"}.get(picture.mode)
    return picture.convert(smooth) if smooth else picture.copy()


def _on_white(picture: Image, profile: bytes) -> Image:
    """In sRGB, without transparency, as print has none."""
    from PIL import Image

    holes = picture.getchannel("A") if "A" in picture.getbands() else None
    if holes is not None:
        picture = picture.convert("L" if picture.mode == "LA" else "RGB")
    converted = colours.to_srgb(picture, profile) if profile else picture
    if converted.mode not in ("L", "RGB"):
        converted = converted.convert("RGB")
    if holes is None:
        return converted
    ground = Image.new("RGB", converted.size, "white")
    ground.paste(converted, mask=holes)
    return ground
