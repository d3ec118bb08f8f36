"""Times in the names of files, as phones and apps write them; rather none than a false one."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from evidence_app.model.times import (
    Instant,
    TimePrecision,
    TimeReading,
    TimeSource,
    WallClock,
    instant_from_ms,
    with_offset,
)

_EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
_CLOCKS_AHEAD = timedelta(days=2)
_MAX_OFFSET_MINUTES = 14 * 60

_EXTENSION = re.compile(r"\.(?=[A-Za-z0-9]{0,4}[A-Za-z])[A-Za-z0-9]{1,5}$")
_COPY = re.compile(r" ?\(\d{1,2}\)$")
# A picture without a name gets the time of pasting, from this program and from others; when what
# it shows took place, that does not tell.
_PASTED = re.compile(
    r"^(?:pasted|paste|clipboard|clip|zwischenablage|буфер|粘贴|粘貼|剪贴板|剪貼簿|"
    r"クリップボード|貼り付け|클립보드|붙여넣)",
    re.I,
)
_HASH = re.compile(r"[0-9a-f]{32}", re.I)

_DATE = r"(?P<y>(?:19|20)\d\d)(?P<ds>[-_.]?)(?P<mo>\d\d)(?P=ds)(?P<d>\d\d)"
_FULL = re.compile(
    rf"(?<![\d+])(?P<utc>PXL_)?{_DATE}"
    r"(?P<gap>[-_ \u202fT]|[ _]at[ _]|)(?P<noon>上午|下午)?"
    r"(?P<h>\d\d|\d(?=[-_.:]))(?P<cs>[-_.:]?)(?P<mi>\d\d)(?P=cs)(?P<s>\d\d)"
    r"(?:(?P<fs>[-.]?)(?P<ms>\d{3}))?(?!\d)"
    r"(?P<off>Z(?![A-Za-z0-9])|[+-]\d\d:?\d\d(?!\d))?"
    r"(?:[ \u202f\xa0]?(?P<half>[AaPp][Mm])(?![A-Za-z]))?"
)
_TELEGRAM = re.compile(
    r"@(?P<d>\d\d)-(?P<mo>\d\d)-(?P<y>20\d\d)_(?P<h>\d\d)-(?P<mi>\d\d)-(?P<s>\d\d)(?!\d)"
)
# Samsung's recordings: who it was, which is words with a space or a number, then the time.
_SAMSUNG = re.compile(
    r"^(?:_?\+?[\d ]{3,}|通话录音.*|.+ .+)"
    r"_(?P<y>\d\d)(?P<mo>\d\d)(?P<d>\d\d)_(?P<h>\d\d)(?P<mi>\d\d)(?P<s>\d\d)$"
)
_WHATSAPP = re.compile(
    r"(?:IMG|VID|PTT|AUD|DOC|STK)-(?P<y>20\d\d)(?P<mo>\d\d)(?P<d>\d\d)-WA\d+", re.I
)
_EPOCH_MS = re.compile(r"(?:mmexport|wx_camera_)(?P<ms>1\d{12})(?!\d)")
_EPOCH_S = re.compile(r"企业微信截图_(?P<s>1\d{9})\d{4}(?!\d)")


def stem_of(filename: str) -> str:
    """The name without its extension and without the number that marks a copy."""
    return _COPY.sub("", _EXTENSION.sub("", filename))


def times_in_name(filename: str) -> list[TimeReading]:
    """The times that a file name states, at most one; most names state none.

    The time at which something was pasted is none: it is not when it took place.

    A wall-clock time, unless the name counts from an epoch or writes an offset.
    """
    stem = _HASH.sub("_", stem_of(filename))
    if _PASTED.match(stem):
        return []
    for find in (_epoch, _full, _telegram, _samsung, _day):
        reading = find(stem)
        if reading is not None:
            return [reading]
    return []


def _epoch(stem: str) -> TimeReading | None:
    if match := _EPOCH_MS.search(stem):
        return _reading(instant_from_ms(int(match["ms"])), TimePrecision.MILLISECOND, match["ms"])
    if match := _EPOCH_S.search(stem):
        return _reading(instant_from_ms(int(match["s"]) * 1000), TimePrecision.SECOND, match["s"])
    return None


def _full(stem: str) -> TimeReading | None:
    return next(filter(None, map(_full_one, _FULL.finditer(stem))), None)


def _full_one(match: re.Match[str]) -> TimeReading | None:
    compact = not match["ds"] and not match["cs"]
    if not match["gap"] and not compact:
        return None
    if match["ms"] and not match["fs"] and match["cs"]:
        return None
    at = _datetime(match, _hour(match))
    if at is None:
        return None
    precision = TimePrecision.SECOND
    if _has_milliseconds(match):
        at = at.replace(microsecond=int(match["ms"]) * 1000)
        precision = TimePrecision.MILLISECOND
    offset = _offset_minutes(match)
    moment = WallClock(at) if offset is None else with_offset(at, offset)
    return _reading(moment, precision, match[0])


def _hour(match: re.Match[str]) -> int:
    hour = int(match["h"])
    half = (match["half"] or {"上午": "AM", "下午": "PM"}.get(match["noon"] or "", "")).upper()
    if not half or hour > 12:
        return hour
    return hour % 12 + (12 if half == "PM" else 0)


def _has_milliseconds(match: re.Match[str]) -> bool:
    """Three digits after a dash are milliseconds only where dashes part the clock as well."""
    return bool(match["ms"]) and (match["fs"] != "-" or match["cs"] == "-")


def _offset_minutes(match: re.Match[str]) -> int | None:
    written = match["off"] or ""
    if written == "Z" or (match["utc"] and not written):
        return 0
    # A minus without a fraction before it is more likely to part a counter from the time.
    if not written or (written[0] == "-" and match["fs"] != "."):
        return None
    minutes = int(written[1:3]) * 60 + int(written[-2:])
    if minutes > _MAX_OFFSET_MINUTES or minutes % 15:
        return None
    return -minutes if written[0] == "-" else minutes


def _telegram(stem: str) -> TimeReading | None:
    return _plain(_TELEGRAM.search(stem))


def _samsung(stem: str) -> TimeReading | None:
    return _plain(_SAMSUNG.search(stem))


def _plain(match: re.Match[str] | None) -> TimeReading | None:
    at = _datetime(match, int(match["h"])) if match else None
    if at is None or match is None:
        return None
    return _reading(WallClock(at), TimePrecision.SECOND, match[0])


def _day(stem: str) -> TimeReading | None:
    match = _WHATSAPP.search(stem)
    if match is None:
        return None
    try:
        at = datetime(int(match["y"]), int(match["mo"]), int(match["d"]))  # noqa: DTZ001
    except ValueError:
        return None
    return _reading(WallClock(at), TimePrecision.DAY, match[0])


def _datetime(match: re.Match[str], hour: int) -> datetime | None:
    year = int(match["y"])
    year += 2000 if year < 100 else 0
    try:
        return datetime(  # noqa: DTZ001 - the name states no zone.
            year, int(match["mo"]), int(match["d"]), hour, int(match["mi"]), int(match["s"])
        )
    except ValueError:
        return None


def _reading(moment: Instant | WallClock, precision: TimePrecision, raw: str) -> TimeReading | None:
    """The reading, unless phones did not take pictures then or the time is yet to come."""
    at = moment.at if isinstance(moment, Instant) else moment.at.replace(tzinfo=UTC)
    if not _EARLIEST <= at <= datetime.now(UTC) + _CLOCKS_AHEAD:
        return None
    return TimeReading(moment, TimeSource.FILE_NAME, precision, raw)
