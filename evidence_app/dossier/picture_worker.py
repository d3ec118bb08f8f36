"""The closed-off process that decodes pictures for print.

Each request is a frame with ``width`` and ``height`` (the most pixels that are of use), the
``marks`` to draw, and the ``page`` and ``words`` to black out if it is a document; the file
follows. It is answered by ``width`` and ``height`` of a JPEG and what of it is ``black``, followed
by its file, or by ``error`` alone.
"""

from __future__ import annotations

import io
import struct
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidence_app.dossier import colours, jpeg
from evidence_app.dossier.redaction import boxes, documents, drawing
from evidence_app.dossier.redaction.blanking import Blanking
from evidence_app.dossier.redaction.drawing import Drawn
from evidence_app.model.mark import Box
from evidence_app.sandbox import frames, inside

if TYPE_CHECKING:
    from PIL.Image import Image

MEMORY = 2 << 30
"""Bytes of address space that decoding may take."""

_FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "HEIF", "AVIF")
_MOST_PIXELS = 200_000_000
_MOST_PASSED = 1_500_000
_ORIENTATION = 0x0112
_TURNS = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}
"""By orientation, how a picture is turned upright: numbers of `PIL.Image.Transpose`."""
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
    most = request["width"], request["height"]
    marks = drawing.received(request.get("marks", ()))
    try:
        if "page" in request:
            blanking = Blanking(request["words"])
            width, height, black = make_page(source, target, most, request["page"], marks, blanking)
        else:
            width, height = make(source, target, most, marks)
            black = drawing.redactions(marks)
    except Exception as error:  # whatever a decoder raises, the picture cannot be shown
        return {"error": f"{type(error).__name__}: {error}"}
    places = [(one.left, one.top, one.width, one.height) for one in black]
    return {"width": width, "height": height, "black": places}


def make_page(
    source: Path,
    target: Path,
    most: tuple[int, int],
    page: int,
    marks: Sequence[Drawn],
    blanking: Blanking,
) -> tuple[int, int, list[Box]]:
    """Write a JPEG of a page with its marks; return its size and what is black on it.

    Args:
        source: A document.
        target: Where the JPEG goes.
        most: Width and height.
        page: From 1.
        marks: On that page.
        blanking: What words are blacked out wherever they stand.
    """
    shown, black = documents.page(source, page, marks, blanking)
    shown.thumbnail(most)
    drawing.draw(shown, marks).save(target, "JPEG", quality=_QUALITY, subsampling=0)
    return *shown.size, black


def make(
    source: Path, target: Path, most: tuple[int, int], marks: Sequence[Drawn] = ()
) -> tuple[int, int]:
    """Write a JPEG for print, in sRGB, with nothing in it but the picture; return its size.

    JPEG data that needs no change is passed through without being decoded. What is to be blacked
    out is painted over before anything else is done to the picture, and once more at the end.
    """
    import pillow_heif
    from PIL import Image

    pillow_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(source, formats=_FORMATS) as opened:
            if not marks and _passes(opened, source.stat().st_size, most):
                passed = _passed(source.read_bytes())
                if passed:
                    target.write_bytes(passed)
                    return opened.size
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
            shown = drawing.draw(_on_white(turned, profile), marks)
    drawing.black_out(shown, (boxes.grown(one, shown.size, margin=0) for one in hidden))
    # What decoders note, as a comment, would be written into the new file too.
    shown.info.clear()
    shown.save(target, "JPEG", quality=_QUALITY, subsampling=0)
    return shown.size


def _passes(picture: Image, size: int, most: tuple[int, int]) -> bool:
    profile = picture.info.get("icc_profile")
    return (
        picture.format == "JPEG"
        and picture.mode in ("L", "RGB")
        and size <= _MOST_PASSED
        and _orientation(picture) == 1
        and picture.width <= 2 * most[0]
        and picture.height <= 2 * most[1]
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
        whole, beginning = jpeg.made_anew(data)
    except ValueError:
        return b""
    return b"" if _can_be_drawn(beginning) or not _can_be_drawn(whole) else whole


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
    shown = colours.to_srgb(picture, profile) if profile else picture
    if shown.mode not in ("L", "RGB"):
        shown = shown.convert("RGB")
    if holes is None:
        return shown
    ground = Image.new("RGB", shown.size, "white")
    ground.paste(shown, mask=holes)
    return ground
