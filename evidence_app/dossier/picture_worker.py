"""The closed-off process that decodes pictures for print.

Each request is a frame with ``width`` and ``height`` (the most pixels that are of use), followed
by the picture's file. It is answered by ``width`` and ``height`` of a JPEG, followed by its file,
or by ``error`` alone.
"""

from __future__ import annotations

import io
import struct
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidence_app.dossier import colours, jpeg
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
    try:
        width, height = make(source, target, (request["width"], request["height"]))
    except Exception as error:  # whatever a decoder raises, the picture cannot be shown
        return {"error": f"{type(error).__name__}: {error}"}
    return {"width": width, "height": height}


def make(source: Path, target: Path, most: tuple[int, int]) -> tuple[int, int]:
    """Write a JPEG for print, in sRGB, with nothing in it but the picture; return its size.

    JPEG data that needs no change is passed through without being decoded.
    """
    import pillow_heif
    from PIL import Image

    pillow_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(source, formats=_FORMATS) as opened:
            if _passes(opened, source.stat().st_size, most):
                passed = _passed(source.read_bytes())
                if passed:
                    target.write_bytes(passed)
                    return opened.size
            profile = opened.info.get("icc_profile", b"")
            opened.draft("RGB", most)
            turn = _TURNS.get(_orientation(opened))
            turned = _without_palette(
                opened.copy() if turn is None else opened.transpose(Image.Transpose(turn))
            )
            turned.thumbnail(most, Image.Resampling.LANCZOS, reducing_gap=3.0)
            shown = _on_white(turned, profile)
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
    return picture.convert(smooth) if smooth else picture


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
