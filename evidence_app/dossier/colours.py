"""Colours as they were meant: a picture's own colour profile, and sRGB, which the dossier is in."""

from __future__ import annotations

import io
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

_MODES = {"RGB ": "RGB", "GRAY": "L", "CMYK": "CMYK"}
_SAMPLES = (0, 32, 64, 128, 192, 255)
_SAME = 2
"""Steps of 255 by which profiles of sRGB differ from each other."""


def to_srgb(picture: Image, profile: bytes) -> Image:
    """The picture in the colours that its profile means; as it is, if that cannot be told.

    Args:
        picture: Without palette and transparency.
        profile: ICC, as the file has it.
    """
    transform = _transform(profile)
    if transform is None or transform.inputMode != picture.mode:
        return picture
    from PIL import ImageCms

    converted = ImageCms.applyTransform(picture, transform)
    assert converted is not None, "it is made anew"
    return converted.convert("L") if picture.mode == "L" else converted


def is_srgb(profile: bytes) -> bool:
    """Whether a profile means the colours that are taken for granted without one."""
    from PIL import Image

    transform = _transform(profile)
    if transform is None:
        return True
    if transform.inputMode != "RGB":
        return False
    colours = list(product(_SAMPLES, repeat=3))
    cube = Image.new("RGB", (len(colours), 1))
    cube.putdata(colours)
    converted = to_srgb(cube, profile)
    pairs = zip(cube.tobytes(), converted.tobytes(), strict=True)
    return all(abs(before - after) <= _SAME for before, after in pairs)


@lru_cache(maxsize=16)
def _transform(profile: bytes) -> Any:
    """What turns the colours of a profile into sRGB; None if it is damaged or of another kind."""
    from PIL import ImageCms

    try:
        opened = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = _MODES.get(opened.profile.xcolor_space)
        if mode is None:
            return None
        return ImageCms.buildTransform(
            opened,
            ImageCms.createProfile("sRGB"),
            mode,
            "RGB",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
