"""Times that a picture states of itself: EXIF, XMP, and the text chunks of PNG."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from evidence_app.model.times import (
    Instant,
    Moment,
    TimePrecision,
    TimeReading,
    TimeSource,
    WallClock,
    precision_of_text,
    with_offset,
)

# Taken, digitized, changed: each as time, fraction of a second, offset.
_EXIF_TAGS = ((0x9003, 0x9291, 0x9011), (0x9004, 0x9292, 0x9012), (0x0132, 0x9290, 0x9010))
_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)")
_XMP = re.compile(
    r"(?:exif:DateTimeOriginal|photoshop:DateCreated|xmp:CreateDate)(?:\s*=\s*[\"']|>)"
    r"([0-9T:.+Z-]{10,40})"
)
_XMP_KEYS = ("XML:com.adobe.xmp", "xmp")
_TEXT_KEYS = ("Creation Time", "creation time")


def picture_times(cells: dict[int, Any], info: dict[Any, Any]) -> Iterator[TimeReading]:
    """Every time that is stated, the most telling first, each moment once.

    Args:
        cells: The EXIF fields by tag, of all directories.
        info: What Pillow calls the picture's info.
    """
    moments: set[Moment] = set()
    for reading in (*_exif(cells), *_xmp(info), *_text(info)):
        if reading.moment not in moments:
            moments.add(reading.moment)
            yield reading


def field_text(value: object) -> str:
    """A field as clean text of at most 500 characters."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    return str(value).replace("\x00", "").strip()[:500]


def _exif(cells: dict[int, Any]) -> Iterator[TimeReading]:
    for tags in _EXIF_TAGS:
        written, fraction, offset = (field_text(cells.get(tag, "")) for tag in tags)
        reading = _exif_one(written, fraction, offset)
        if reading is not None:
            yield reading


def _exif_one(written: str, fraction: str, offset: str) -> TimeReading | None:
    at = _exif_clock(written)
    if at is None:
        return None
    precision = TimePrecision.SECOND
    if re.fullmatch("[0-9]+", fraction):
        at = at.replace(microsecond=int(fraction[:6].ljust(6, "0")) // 1000 * 1000)
        precision = TimePrecision.MILLISECOND
    raw = " ".join(part for part in (written, fraction, offset) if part)
    return TimeReading(_moment(at, offset), TimeSource.EXIF, precision, raw)


def _exif_clock(written: str) -> datetime | None:
    try:
        return datetime.strptime(written[:19], "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007
    except ValueError:
        return None


def _moment(at: datetime, offset: str) -> Moment:
    stated = _OFFSET.fullmatch(offset)
    if stated is None or int(stated[2]) > 14 or int(stated[3]) > 59:
        return WallClock(at)
    minutes = int(stated[2]) * 60 + int(stated[3])
    return with_offset(at, -minutes if stated[1] == "-" else minutes)


def _xmp(info: dict[Any, Any]) -> Iterator[TimeReading]:
    for key in _XMP_KEYS:
        value = info.get(key, "")
        packet = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
        for match in _XMP.finditer(packet[: 1 << 20]):
            at = _iso(match[1])
            if at is not None:
                yield _embedded(at, precision_of_text(match[1]), match[1])


def _text(info: dict[Any, Any]) -> Iterator[TimeReading]:
    for key in _TEXT_KEYS:
        written = field_text(info.get(key, ""))
        at = _exif_clock(written) or _iso(written) or _mail(written)
        if at is not None:
            yield _embedded(at, TimePrecision.SECOND, written)


def _iso(written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return None


def _mail(written: str) -> datetime | None:
    try:
        return parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError):
        return None


def _embedded(at: datetime, precision: TimePrecision, raw: str) -> TimeReading:
    moment = WallClock(at) if at.utcoffset() is None else Instant(at)
    return TimeReading(moment, TimeSource.EXIF, precision, raw)
