"""Places in a recording as the person reads and types them: 1:02:03.5."""

from __future__ import annotations

import re

_PARTS = re.compile(r"(?:(?:(\d{1,3})[::])?(\d{1,3})[::])?(\d{1,5})(?:[.,。](\d{1,3}))?")


def written(seconds: float) -> str:
    """A place with tenths of a second."""
    tenths = round(max(0.0, seconds) * 10)
    minutes, rest_tenths = divmod(tenths, 600)
    hours, minutes = divmod(minutes, 60)
    short = f"{minutes:02}" if hours else f"{minutes}"
    head = f"{hours}:{short}" if hours else short
    return f"{head}:{rest_tenths // 10:02}.{rest_tenths % 10}"


def read(text: str) -> float | None:
    """The seconds that were typed, or None if it is no place in a recording."""
    match = _PARTS.fullmatch(text.strip())
    if match is None:
        return None
    hours, minutes, seconds, fraction = (part or "0" for part in match.groups())
    full_seconds = int(hours) * 3600 + int(minutes) * 60 + int(seconds)
    return (full_seconds * 1000 + int(fraction.ljust(3, "0"))) / 1000
