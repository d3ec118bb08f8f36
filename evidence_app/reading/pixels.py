"""The pixels of a picture as it is shown: upright, in colour, on white where it is transparent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from evidence_app import pictures
from evidence_app.messages import MessageCode, message
from evidence_app.reading.failures import ReadingFailure

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

    Pixels = NDArray[np.uint8]

MOST_PIXELS = 50_000_000
"""A picture is read at this size at most; the longest stitched screenshots that we know have 46."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A picture that can be read.

    Attributes:
        pixels: Rows, columns, and red, green and blue.
        shrunk: How many pixels of the picture's width one of `pixels` stands for.
        is_whole: Whether all of it could be decoded.
    """

    pixels: Pixels
    shrunk: int
    is_whole: bool


def decoded(stream: BinaryIO) -> Decoded:
    """The picture of a file.

    Raises:
        ReadingFailure: It is damaged, or too large.
    """
    import numpy as np

    try:
        picture = pictures.opened(stream)
    except pictures.PictureTooLarge as error:
        raise _too_large() from error
    if picture is None:
        raise ReadingFailure(message(MessageCode.DAMAGED_PICTURE))
    with picture:
        shrunk = _made_small(picture)
        upright = pictures.upright(picture)
        decoded_part = pictures.what_decodes(picture) if upright is None else upright
        if decoded_part is None:
            raise ReadingFailure(message(MessageCode.DAMAGED_PICTURE))
        return Decoded(np.asarray(_in_colour(decoded_part)), shrunk, upright is not None)


def _made_small(picture: Image) -> int:
    """Have a photo that is larger than need be decoded at a fraction of its size."""
    for factor in (1, 2, 4, 8):
        if picture.width * picture.height <= MOST_PIXELS * factor * factor:
            if factor == 1:
                return 1
            width = picture.width
            picture.draft("RGB", (picture.width // factor, picture.height // factor))
            if picture.width * picture.height <= MOST_PIXELS:
                return round(width / picture.width)
            break
    raise _too_large()


def _too_large() -> ReadingFailure:
    return ReadingFailure(message(MessageCode.PICTURE_TOO_LARGE_TO_READ))


def _in_colour(picture: Image) -> Image:
    from PIL import Image as images

    if picture.mode.startswith("I"):
        # Sixteen bits of grey.
        picture = picture.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if "A" in picture.getbands() or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        ground = images.new("RGB", clear.size, "white")
        ground.paste(clear, mask=clear.getchannel("A"))
        return ground
    return picture if picture.mode == "RGB" else picture.convert("RGB")
