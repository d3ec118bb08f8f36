"""What a picture's file tells beside the picture: where it was taken, and with which device.

Runs in closed-off processes only.
"""

from __future__ import annotations

import re
import warnings
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Exif

_BLOCK = re.compile(rb"Exif\x00\x00(?:II|MM)")
_LONGEST = 1 << 17
_GPS, _CAMERA = 0x8825, 0x8769
_DEVICE_TAGS = frozenset(
    {
        0x010F,  # Make
        0x0110,  # Model
        0x013B,  # Artist
        0x013C,  # HostComputer
        0xC614,  # UniqueCameraModel
        0xC62F,  # CameraSerialNumber
    }
)
_DEVICE_TAGS_OF_CAMERA = frozenset(
    {
        0x927C,  # MakerNote: serial numbers, often the place too
        0xA420,  # ImageUniqueID
        0xA430,  # CameraOwnerName
        0xA431,  # BodySerialNumber
        0xA433,  # LensMake
        0xA434,  # LensModel
        0xA435,  # LensSerialNumber
    }
)
_PLACE_WORDS = (
    b"GPSLatitude",
    b"GPSLongitude",
    b"GPSCoordinates",
    b"Iptc4xmpCore:Location",
    b"Iptc4xmpExt:Location",
    b"photoshop:City",
    b"com.apple.quicktime.location",
    b"\xa9xyz",
)
_DEVICE_WORDS = (b"tiff:Make", b"tiff:Model", b"SerialNumber", b"OwnerName")


class Trace(StrEnum):
    """What is told."""

    PLACE = "location"
    DEVICE = "device"


def traces(source: Path) -> set[Trace]:
    """What the file of a picture tells; everything if that cannot be made out.

    Looked at are all EXIF blocks, those of smaller pictures within the file too, and the words by
    which XMP and films behind a picture name places and devices.
    """
    from evidence_app import pictures

    data = source.read_bytes()
    result = _in_words(data)
    for start in _BLOCK.finditer(data):
        result |= _in_block(data[start.start() : start.start() + _LONGEST])
    with source.open("rb") as stream:
        try:
            picture = pictures.opened(stream)
            if picture is None:
                return result
            with picture:
                # Of PNG, WebP and HEIF the block has no such beginning, or is packed.
                result |= _in_exif(picture.getexif())
                for value in picture.info.values():
                    result |= _in_words(value.encode() if isinstance(value, str) else value)
        except (pictures.PictureTooLarge, *pictures.FAULTS):
            return set(Trace)
    return result


def _in_words(data: object) -> set[Trace]:
    if not isinstance(data, bytes):
        return set()
    result = {Trace.PLACE} if any(word in data for word in _PLACE_WORDS) else set()
    return result | ({Trace.DEVICE} if any(word in data for word in _DEVICE_WORDS) else set())


def _in_block(block: bytes) -> set[Trace]:
    from PIL import Image

    from evidence_app import pictures

    exif = Image.Exif()
    try:
        with warnings.catch_warnings():
            # That something was skipped.
            warnings.simplefilter("error")
            exif.load(block)
            return _in_exif(exif)
    except (Warning, *pictures.FAULTS):
        return set(Trace)


def _in_exif(exif: Exif) -> set[Trace]:
    result = {Trace.PLACE} if exif.get_ifd(_GPS) else set()
    camera = exif.get_ifd(_CAMERA)
    is_told = _DEVICE_TAGS & dict(exif).keys() or _DEVICE_TAGS_OF_CAMERA & camera.keys()
    return result | ({Trace.DEVICE} if is_told else set())
