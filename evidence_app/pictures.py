"""Opening pictures from strangers without being led astray: bombs, damage, odd modes of colour.

Only closed-off processes call it.
"""

from __future__ import annotations

import struct
import warnings
import zlib
from typing import BinaryIO

from PIL import Image, ImageFile, ImageOps

MAX_PIXELS = 200_000_000
"""Larger pictures are not decoded; their headers say how large they are."""

FAULTS = (
    OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, ArithmeticError,
    AttributeError, RuntimeError, AssertionError, struct.error, zlib.error,
    Image.DecompressionBombError,
)  # fmt: skip
"""What Pillow and its helpers raise on damaged files."""


class PictureTooLarge(Exception):
    """A picture has more than `MAX_PIXELS`."""


def opened(stream: BinaryIO) -> Image.Image | None:
    """The picture with its header read, or None if even that is damaged.

    Raises:
        PictureTooLarge: It would unpack to an unsafe size.
    """
    import pillow_heif

    pillow_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    # Of small damage that does not keep a picture from being shown.
    warnings.filterwarnings("ignore", category=UserWarning, module="PIL")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return Image.open(stream)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureTooLarge from error
    except FAULTS:
        return None


def upright(picture: Image.Image) -> Image.Image | None:
    """The picture decoded and turned as it was held, or None if it is damaged."""
    try:
        picture.load()
        return ImageOps.exif_transpose(picture)
    except FAULTS:
        return None


def what_decodes(picture: Image.Image) -> Image.Image | None:
    """The part of a cut-off picture that is there, turned as it was held; None if none is."""
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        return upright(picture)
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False
