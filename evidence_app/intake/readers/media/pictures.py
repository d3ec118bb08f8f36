"""Pictures: size, times, a thumbnail, and a preview where the window could not show them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PIL import ExifTags, Image

from evidence_app import pictures
from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.readers.media.picture_times import field_text, picture_times
from evidence_app.intake.readers.media.thumbnails import THUMBNAIL_SIZE, preview, thumbnail
from evidence_app.intake.readers.support.filename_times import times_in_name
from evidence_app.intake.records import Description, EventRecord, Notice, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import ItemKind
from evidence_app.pictures import FAULTS

_SHOWN_PIXELS = 40_000_000
"""Windows refuse larger pictures, so these get a preview."""

_SHOWN_AS_THEY_ARE = frozenset({"PNG", "JPEG"})
_ORIENTATION = 0x0112
_SIDEWAYS = frozenset({5, 6, 7, 8})
_NAMES = {0x010F: "Make", 0x0110: "Model", 0x0131: "Software", 0x010E: "Description"}


def read(source: Source) -> Iterator[Record]:
    """What is known of a picture.

    Raises:
        ReadFailure: It would unpack to an unsafe size.
    """
    picture = _open(source)
    if picture is None:
        yield Description(ItemKind.PICTURE, "application/octet-stream")
        yield from _from_name(source)
        yield Notice(message(MessageCode.DAMAGED_PICTURE), damaged=True)
        return
    with picture:
        cells = _cells(picture)
        width, height = picture.size
        # Pillow has turned a TIFF already.
        if cells.get(_ORIENTATION) in _SIDEWAYS and picture.format != "TIFF":
            width, height = height, width
        media_type = Image.MIME.get(picture.format or "", "image/x-unknown")
        yield Description(
            ItemKind.PICTURE, media_type, width=width, height=height,
            metadata=_metadata(picture, cells),
        )  # fmt: skip
        yield from picture_times(cells, picture.info)
        yield from _from_name(source)
        yield from _renditions(picture)


def _from_name(source: Source) -> Iterator[Record]:
    yield from times_in_name(source.filename)
    yield EventRecord(
        EventType.PICTURE, Direction.NONE, Outcome.UNKNOWN, None, None, "", "", "", None
    )


def _open(source: Source) -> Image.Image | None:
    """The picture with its header read, or None if even that is damaged."""
    try:
        return pictures.opened(source.stream)
    except pictures.PictureTooLarge as error:
        raise ReadFailure(message(MessageCode.PICTURE_TOO_LARGE)) from error


def _cells(picture: Image.Image) -> dict[int, Any]:
    """The EXIF fields of the picture and of how it was taken, by tag."""
    try:
        exif = picture.getexif()
        return {**dict(exif), **dict(exif.get_ifd(ExifTags.IFD.Exif))}
    except FAULTS:
        return {}


def _metadata(picture: Image.Image, cells: dict[int, Any]) -> dict[str, str]:
    metadata = {label: field_text(cells[tag]) for tag, label in _NAMES.items() if cells.get(tag)}
    for name, value in picture.info.items():
        if isinstance(name, str) and isinstance(value, str) and len(value) < 2000:
            metadata.setdefault(field_text(name), field_text(value))
    return metadata | _position(picture)


def _position(picture: Image.Image) -> dict[str, str]:
    """Where it was taken, in degrees, north and east positive; for reading only."""
    try:
        cells = picture.getexif().get_ifd(ExifTags.IFD.GPSInfo)
        latitude = _degrees(cells[ExifTags.GPS.GPSLatitude])
        longitude = _degrees(cells[ExifTags.GPS.GPSLongitude])
        south = field_text(cells.get(ExifTags.GPS.GPSLatitudeRef, "N")).upper() == "S"
        west = field_text(cells.get(ExifTags.GPS.GPSLongitudeRef, "E")).upper() == "W"
    except FAULTS:
        return {}
    return {
        "GPS latitude": f"{-latitude if south else latitude:.6f}",
        "GPS longitude": f"{-longitude if west else longitude:.6f}",
    }


def _degrees(parts: Any) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    return degrees + minutes / 60 + seconds / 3600


def _renditions(picture: Image.Image) -> Iterator[Record]:
    kind = picture.format
    decoded = _decoded(picture)
    broken = decoded is None
    if broken:
        yield Notice(message(MessageCode.DAMAGED_PICTURE), damaged=True)
        decoded = pictures.what_decodes(picture)
    if decoded is None:
        return
    large = picture.width * picture.height > _SHOWN_PIXELS
    try:
        if broken or large or kind not in _SHOWN_AS_THEY_ARE:
            yield preview(decoded)
        yield thumbnail(decoded)
    except FAULTS:
        if not broken:
            yield Notice(message(MessageCode.DAMAGED_PICTURE), damaged=True)


def _decoded(picture: Image.Image) -> Image.Image | None:
    if picture.format == "JPEG" and picture.width * picture.height <= _SHOWN_PIXELS:
        try:
            # The decoder itself makes it smaller, which is many times faster.
            picture.draft("RGB", (THUMBNAIL_SIZE[0] * 2, THUMBNAIL_SIZE[1] * 2))
        except FAULTS:
            return None
    return pictures.upright(picture)
