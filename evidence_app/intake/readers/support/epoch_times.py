"""Times that are counted from an epoch, in the units that phones and apps use."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from evidence_app.model.times import (
    Instant,
    TimePrecision,
    TimeReading,
    TimeSource,
    instant_from_ms,
)

_FIRST = datetime(1995, 1, 1, tzinfo=UTC)
_COCOA_S = 978_307_200
_LEAST_NANOSECONDS = 1_000_000_000_000
_LEAST_US = 100_000_000_000_000
_LEAST_MS = 100_000_000_000


def from_unix(value: Any) -> TimeReading | None:
    """The time of Unix seconds, or thousandths or millionths; None if senseless.

    Their size tells them apart.
    """
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    if abs(number) >= _LEAST_US:
        number /= 1000
    if abs(number) < _LEAST_MS:
        return _reading(number * 1000, value, TimePrecision.SECOND)
    return _reading(number, value, TimePrecision.MILLISECOND)


def from_cocoa(value: Any) -> TimeReading | None:
    """The time of seconds or, since iOS 11, nanoseconds from 2001-01-01T00:00:00Z."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    if abs(number) > _LEAST_NANOSECONDS:
        number /= 1_000_000_000
    if number == 0:
        return None
    return _reading((number + _COCOA_S) * 1000, value, TimePrecision.SECOND)


def _reading(milliseconds: float, raw: Any, precision: TimePrecision) -> TimeReading | None:
    try:
        moment = instant_from_ms(round(milliseconds))
    except (OverflowError, ValueError):
        return None
    if not is_sane(moment):
        return None
    return TimeReading(moment, TimeSource.RECORD, precision, str(raw))


def is_sane(moment: Instant) -> bool:
    """Whether a log can hold that time: from 1995 to tomorrow."""
    return _FIRST <= moment.at <= datetime.now(UTC) + timedelta(days=1)
