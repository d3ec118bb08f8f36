"""Instants and wall-clock times, which are different things, and how each was established."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from evidence_app.errors import UsageError
from evidence_app.messages import MessageCode, message


class TimeSource(StrEnum):
    """Where a time was read, most trustworthy first."""

    PERSON = "person"
    RECORD = "record"
    EXIF = "exif"
    CONTAINER = "container"
    PICTURE = "picture"
    DOCUMENT = "document"
    FILE_NAME = "file_name"
    FILE_SYSTEM = "file_system"


DATES_OF_FILES = frozenset({TimeSource.DOCUMENT, TimeSource.FILE_SYSTEM})
"""Sources that tell when a file was made or saved, which may be years from what it is about."""


class TimePrecision(StrEnum):
    """The smallest unit that the source states."""

    MILLISECOND = "millisecond"
    SECOND = "second"
    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Instant:
    """A point in time, the same for everyone on earth.

    Attributes:
        at: Aware. Its offset is the one that the source states, or UTC if the source counts
            from an epoch.
    """

    at: datetime

    def __post_init__(self) -> None:
        if self.at.utcoffset() is None:
            raise ValueError("an instant needs an offset")


@dataclass(frozen=True, slots=True)
class WallClock:
    """What a clock on a wall showed, somewhere; no offset is known.

    Attributes:
        at: Naive.
    """

    at: datetime

    def __post_init__(self) -> None:
        if self.at.tzinfo is not None:
            raise ValueError("a wall-clock time has no offset")


Moment = Instant | WallClock


@dataclass(frozen=True, slots=True)
class TimeReading:
    """A time as one source states it.

    Attributes:
        moment: The time.
        source: Where it was read.
        precision: The smallest unit stated.
        raw: The words as they stand in the source.
    """

    moment: Moment
    source: TimeSource
    precision: TimePrecision
    raw: str = ""


def zone(name: str) -> ZoneInfo:
    """The time zone of that IANA name.

    Raises:
        UsageError: There is no such zone.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UsageError(message(MessageCode.UNKNOWN_ZONE, value=name)) from error


def in_zone(moment: Moment, where: ZoneInfo) -> datetime:
    """The moment on a clock in ``where``, aware; a wall-clock time is taken to be of there.

    Use it to sort and to show, never to store: that a wall clock hung in ``where`` is an
    assumption.
    """
    if isinstance(moment, Instant):
        return moment.at.astimezone(where)
    return moment.at.replace(tzinfo=where)


def epoch_ms(moment: Moment, where: ZoneInfo) -> int:
    """Milliseconds since 1970 by which moments of both types sort in a case of that zone."""
    return epoch_ms_of(in_zone(moment, where))


def epoch_ms_of(at: datetime) -> int:
    """Milliseconds since 1970 of an aware time."""
    return (at.astimezone(UTC) - _EPOCH) // _MILLISECOND


def instant_from_ms(milliseconds: int) -> Instant:
    """The instant that many milliseconds after 1970-01-01T00:00:00Z.

    Raises:
        OverflowError: The year is not one from 1 to 9999.
    """
    return Instant(_EPOCH + timedelta(milliseconds=milliseconds))


def to_text(moment: Moment) -> str:
    """RFC 3339: with an offset for an instant, without for a wall-clock time."""
    timespec = "milliseconds" if moment.at.microsecond else "seconds"
    text = moment.at.isoformat(timespec=timespec)
    return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text


def from_text(text: str) -> Moment:
    """The reverse of `to_text`; a date alone or a time without seconds is understood too.

    Raises:
        UsageError: The text is no date and time.
    """
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise UsageError(message(MessageCode.BAD_TIME, value=text)) from error
    return WallClock(at) if at.utcoffset() is None else Instant(at)


def precision_of_text(text: str) -> TimePrecision:
    """How precise a typed RFC 3339 time is, by the parts that it has."""
    clock = re.split("[+Z-]", text.strip()[10:].lstrip("T "))[0]
    if not clock:
        return TimePrecision.DAY
    if "." in clock:
        return TimePrecision.MILLISECOND
    return TimePrecision.SECOND if clock.count(":") >= 2 else TimePrecision.MINUTE


def day_in_zone(moment: Moment, where: ZoneInfo) -> date:
    """The calendar day of the moment in ``where``."""
    return in_zone(moment, where).date()


def with_offset(at: datetime, offset_minutes: int) -> Instant:
    """The instant of a naive time and the offset from UTC that belongs to it."""
    return Instant(at.replace(tzinfo=timezone(timedelta(minutes=offset_minutes))))


_MILLISECOND = timedelta(milliseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
