"""Times, numbers and directions in the names of files, as phones and apps write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import PurePath

from evidence_app.model.event import Direction
from evidence_app.model.times import (
    Instant,
    TimePrecision,
    TimeReading,
    TimeSource,
    WallClock,
    instant_from_ms,
)

_DATE = r"(?P<y>(?:19|20)\d\d)[-_.]?(?P<mo>\d\d)[-_.]?(?P<d>\d\d)"
_CLOCK = r"(?P<h>\d\d)[-_.:\u202f]?(?P<mi>\d\d)[-_.:]?(?P<s>\d\d)"
_FULL = re.compile(
    rf"(?<!\d){_DATE}(?:[-_ T]| at |_at_)?{_CLOCK}"
    r"(?:[-_.](?P<ms>\d{3})(?!\d))?(?P<off>[+-]\d{4})?(?:\s?(?P<half>[AP]M))?"
)
_DAY_FIRST = re.compile(
    r"(?<!\d)(?P<d>\d\d)-(?P<mo>\d\d)-(?P<y>20\d\d)[_ ](?P<h>\d\d)-(?P<mi>\d\d)-(?P<s>\d\d)(?!\d)"
)
_SHORT_YEAR = re.compile(
    r"_(?P<y>\d\d)(?P<mo>\d\d)(?P<d>\d\d)_(?P<h>\d\d)(?P<mi>\d\d)(?P<s>\d\d)(?!\d)"
)
_WHATSAPP = re.compile(rf"(?:IMG|VID|PTT|AUD|DOC)-{_DATE}-WA\d+", re.I)
_EPOCH_MS = re.compile(r"(?:mmexport|wx_camera_)(?P<ms>1\d{12})(?!\d)")
_EPOCH_S = re.compile(r"企业微信截图_(?P<s>1\d{9})\d{4}(?!\d)")
_NUMBER = r"\+?\d[\d ]{2,18}\d"

_NAMED_CALLS = (
    # MIUI: words@name(number)_time, the name cut off after 50 characters.
    re.compile(rf"^[^@]*@(?P<name>[^()]*)\((?P<number>{_NUMBER})\)?_"),
    # Huawei: name@number_time.
    re.compile(rf"^(?P<name>[^@]*)@(?P<number>{_NUMBER})_(?=20\d{{12}})"),
    # Cube ACR: time (app) name (number) arrow.
    re.compile(rf"\((?:phone|whatsapp|[a-z]+)\) (?P<name>.*?) ?\((?P<number>{_NUMBER})\)"),
    # LG: 0d20151122141548p+74993464260.
    re.compile(r"^[01]d\d{14}p(?P<number>\+?\d+|null)(?P<name>)"),
    # BCR: time_direction_number.
    re.compile(rf"_(?:in|out)_(?P<number>{_NUMBER})(?:_(?P<name>[^.]*))?"),
    # Samsung: Call recording number-or-name_yymmdd_hhmmss.
    re.compile(rf"^(?:Call recording |通话录音 ?)(?P<number>{_NUMBER})_\d{{6}}_\d{{6}}(?P<name>)"),
    re.compile(r"^(?:Call recording |通话录音 ?)(?P<name>.+)_\d{6}_\d{6}(?P<number>)"),
    re.compile(rf"^_?(?P<number>{_NUMBER})_(?:\d{{6}}_\d{{6}}|20\d{{12}})(?P<name>)"),
)


@dataclass(frozen=True, slots=True)
class CallClue:
    """What the name of a call recording says.

    Attributes:
        number: As written, empty if it is not there.
        name: As written, empty if it is not there.
        direction: Who called, NONE if the name does not say.
    """

    number: str
    name: str
    direction: Direction


def times_in_name(filename: str) -> list[TimeReading]:
    """The times that a file name states; a name without a real date states none."""
    stem = PurePath(filename).stem if not filename.startswith(".") else filename
    for find in (_epoch, _full, _day_first, _short_year, _date_only):
        reading = find(stem)
        if reading is not None:
            return [reading]
    return []


def call_in_name(filename: str) -> CallClue | None:
    """What the name says of a recorded call, or None if it names none."""
    stem = PurePath(filename).stem
    for pattern in _NAMED_CALLS:
        found = pattern.search(stem)
        if found is None:
            continue
        number = found["number"].strip()
        name = (found["name"] or "").strip()
        return CallClue(
            "" if number == "null" else number,
            "" if _digits(name) == _digits(number) else name,
            _direction(stem),
        )
    return None


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text) if not re.search(r"[^\W\d_]", text) else text


def _direction(stem: str) -> Direction:
    if "↙" in stem or "↓" in stem or "_in_" in stem or stem.startswith("1d2"):
        return Direction.INCOMING
    if "↗" in stem or "↑" in stem or "_out_" in stem or stem.startswith("0d2"):
        return Direction.OUTGOING
    return Direction.NONE


def _epoch(stem: str) -> TimeReading | None:
    if found := _EPOCH_MS.search(stem):
        moment = instant_from_ms(int(found["ms"]))
        return _reading(moment, TimePrecision.MILLISECOND, found["ms"])
    if found := _EPOCH_S.search(stem):
        return _reading(instant_from_ms(int(found["s"]) * 1000), TimePrecision.SECOND, found["s"])
    return None


def _full(stem: str) -> TimeReading | None:
    for found in _FULL.finditer(stem):
        at = _datetime(found, found["half"])
        if at is None:
            continue
        precision = TimePrecision.SECOND
        if found["ms"]:
            at = at.replace(microsecond=int(found["ms"]) * 1000)
            precision = TimePrecision.MILLISECOND
        if found["off"]:
            sign = -1 if found["off"][0] == "-" else 1
            offset = timedelta(hours=int(found["off"][1:3]), minutes=int(found["off"][3:]))
            return _reading(
                Instant(at.replace(tzinfo=timezone(sign * offset))), precision, found[0]
            )
        return _reading(WallClock(at), precision, found[0])
    return None


def _day_first(stem: str) -> TimeReading | None:
    return _plain(_DAY_FIRST.search(stem))


def _short_year(stem: str) -> TimeReading | None:
    return _plain(_SHORT_YEAR.search(stem))


def _plain(found: re.Match[str] | None) -> TimeReading | None:
    at = _datetime(found) if found else None
    if at is None or found is None:
        return None
    return _reading(WallClock(at), TimePrecision.SECOND, found[0])


def _date_only(stem: str) -> TimeReading | None:
    found = _WHATSAPP.search(stem)
    if found is None:
        return None
    try:
        at = datetime(int(found["y"]), int(found["mo"]), int(found["d"]))  # noqa: DTZ001
    except ValueError:
        return None
    return _reading(WallClock(at), TimePrecision.DAY, found[0])


def _datetime(found: re.Match[str], half: str | None = None) -> datetime | None:
    year, hour = int(found["y"]), int(found["h"])
    year += 2000 if year < 100 else 0
    if half == "PM" and hour < 12:
        hour += 12
    if half == "AM" and hour == 12:
        hour = 0
    try:
        at = datetime(  # noqa: DTZ001 - the name states no zone.
            year, int(found["mo"]), int(found["d"]), hour, int(found["mi"]), int(found["s"])
        )
    except ValueError:
        return None
    tomorrow = datetime.now(UTC).replace(tzinfo=None) + timedelta(days=2)
    return at if datetime(1995, 1, 1) <= at <= tomorrow else None  # noqa: DTZ001


def _reading(moment: Instant | WallClock, precision: TimePrecision, raw: str) -> TimeReading:
    return TimeReading(moment, TimeSource.FILE_NAME, precision, raw)
