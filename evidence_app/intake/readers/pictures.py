"""Pictures: size, times, a thumbnail, and a preview where the window could not show them."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from evidence_app.intake.clues import times_in_name
from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.records import ActRecord, Description, Notice, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import ItemKind, Rendition, RenditionKind
from evidence_app.model.times import (
    TimePrecision,
    TimeReading,
    TimeSource,
    WallClock,
    with_offset,
)

MAX_PIXELS = 200_000_000
THUMBNAIL_SIZE = (360, 360)
PREVIEW_SIZE = (2400, 12000)
_SHOWN_AS_THEY_ARE = frozenset({"PNG", "JPEG"})
_EXIF_IFD = 0x8769
_ORIGINAL = ((0x9003, 0x9291, 0x9011), (0x9004, 0x9292, 0x9012), (0x0132, 0x9290, 0x9010))
_FAULTS = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError)


def read(source: Source) -> Iterator[Record]:
    """What is known of a picture.

    Raises:
        ReadFailure: It is no picture that can be decoded, or an unsafe one.
    """
    picture = _open(source)
    with picture:
        width, height = _shown_size(picture)
        media_type = Image.MIME.get(picture.format or "", "image/x-unknown")
        exif = _exif(picture)
        yield Description(
            ItemKind.PICTURE, media_type, width=width, height=height,
            metadata=_metadata(picture, exif),
        )  # fmt: skip
        yield from _exif_times(exif)
        yield from times_in_name(source.filename)
        yield ActRecord(
            EventType.PICTURE, Direction.NONE, Outcome.UNKNOWN, None, None, "", "", "", None
        )
        yield from _renditions(picture)


def _open(source: Source) -> Image.Image:
    import pillow_heif

    pillow_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(source.stream)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ReadFailure(message(MessageCode.PICTURE_TOO_LARGE)) from error
    except (UnidentifiedImageError, *_FAULTS) as error:
        raise ReadFailure(message(MessageCode.DAMAGED_PICTURE)) from error
    return picture


def _shown_size(picture: Image.Image) -> tuple[int, int]:
    width, height = picture.size
    turned = _exif(picture).get(0x0112) in {5, 6, 7, 8}
    return (height, width) if turned else (width, height)


def _exif(picture: Image.Image) -> Any:
    try:
        return picture.getexif()
    except _FAULTS:
        return Image.Exif()


def _metadata(picture: Image.Image, exif: Any) -> dict[str, str]:
    names = {0x010F: "Make", 0x0110: "Model", 0x0131: "Software", 0x010E: "Description"}
    found = {label: _words(exif[tag]) for tag, label in names.items() if exif.get(tag)}
    for name, value in picture.info.items():
        if isinstance(name, str) and isinstance(value, str) and len(value) < 2000:
            found.setdefault(name, _words(value))
    return found


def _words(value: object) -> str:
    return str(value).replace("\x00", "").strip()[:500]


def _exif_times(exif: Any) -> Iterator[TimeReading]:
    try:
        cells = {**dict(exif), **dict(exif.get_ifd(_EXIF_IFD))}
    except _FAULTS:
        return
    seen = set()
    for at_tag, fraction_tag, offset_tag in _ORIGINAL:
        written = _words(cells.get(at_tag, ""))
        offset = _words(cells.get(offset_tag, ""))
        reading = _exif_time(written, _words(cells.get(fraction_tag, "")), offset)
        if reading is not None and reading.moment not in seen:
            seen.add(reading.moment)
            yield reading


def _exif_time(written: str, fraction: str, offset: str) -> TimeReading | None:
    try:
        at = datetime.strptime(written[:19], "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007
    except ValueError:
        return None
    precision = TimePrecision.SECOND
    if fraction.isdigit():
        at = at.replace(microsecond=int(fraction[:6].ljust(6, "0")) // 1000 * 1000)
        precision = TimePrecision.MILLISECOND
    raw = " ".join(part for part in (written, fraction, offset) if part)
    stated = re.fullmatch(r"([+-])(\d\d):(\d\d)", offset)
    if stated is None:
        return TimeReading(WallClock(at), TimeSource.EXIF, precision, raw)
    minutes = int(stated[2]) * 60 + int(stated[3])
    moment = with_offset(at, -minutes if stated[1] == "-" else minutes)
    return TimeReading(moment, TimeSource.EXIF, precision, raw)


def _renditions(picture: Image.Image) -> Iterator[Record]:
    kind = picture.format
    try:
        if kind == "JPEG":
            picture.draft("RGB", (THUMBNAIL_SIZE[0] * 2, THUMBNAIL_SIZE[1] * 2))
        shown: Image.Image | None = ImageOps.exif_transpose(picture)
        broken = False
    except _FAULTS:
        shown, broken = _what_decodes(picture), True
    if broken:
        yield Notice(message(MessageCode.DAMAGED_PICTURE), damaged=True)
    if shown is None:
        return
    if kind not in _SHOWN_AS_THEY_ARE or broken:
        yield Rendition(RenditionKind.PREVIEW, *_encoded(_within(shown, PREVIEW_SIZE), 88))
    yield Rendition(RenditionKind.THUMBNAIL, *_encoded(_within(shown, THUMBNAIL_SIZE), 82))


def _what_decodes(picture: Image.Image) -> Image.Image | None:
    """The part of a cut-off picture that is there."""
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        picture.load()
        return ImageOps.exif_transpose(picture)
    except _FAULTS:
        return None
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False


def _within(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    mode = "RGBA" if "A" in picture.getbands() or "transparency" in picture.info else "RGB"
    small = picture.convert(mode)
    small.thumbnail(size, Image.Resampling.LANCZOS)
    return small


def _encoded(picture: Image.Image, quality: int) -> tuple[str, bytes]:
    out = io.BytesIO()
    if picture.mode == "RGBA":
        picture.save(out, "PNG", compress_level=3)
        return "image/png", out.getvalue()
    picture.save(out, "JPEG", quality=quality)
    return "image/jpeg", out.getvalue()
