"""Times of day as people and programs write them in the cells of tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta, timezone

_HALVES = (
    "上午|下午|凌晨|清晨|早晨|早上|中午|傍晚|晚上|夜里|夜裡|半夜|午前|午後|午后|오전|오후|öö|ös|"
    r"[ap]\.?\s?\.?m\.?|[ap](?![a-z])"
)
_ZONES = r"z|(?:utc|gmt)?\s?[+-]\d{1,2}(?::?\d{2})?|utc|gmt"
_ABBREVIATED = "[ecmp][sd]t|[ecmp]t|ist|bst|ces?t|msk|jst|kst|brt|wib|wita|wit|trt|hkt|sgt"
_CLOCK = re.compile(
    rf"(?P<before>{_HALVES})?\s*(?P<hour>\d{{1,2}})(?:\s?[:时時點点시h]\s?|\.)(?P<minute>\d{{1,2}})"
    r"(?:\s?[:.分분m]\s?(?P<second>\d{1,2}))?\s?[秒초分분]?(?:[.,](?P<fraction>\d{1,9}))?"
    rf"\s*(?P<after>{_HALVES})?\s*(?:uhr|hrs?|h)?\s*(?P<zone>{_ZONES})?\s*(?:\(?(?:{_ABBREVIATED})\)?)?",
    re.I,
)
_SIX_DIGITS = re.compile(r"(\d{2})(\d{2})(\d{2})")
_HOUR_ALONE = re.compile(
    rf"(?P<before>{_HALVES})?\s*(?P<hour>\d{{1,2}})\s*(?P<after>{_HALVES})", re.I
)
_MORNING = frozenset({"am", "a", "上午", "凌晨", "清晨", "早晨", "早上", "午前", "오전", "öö"})
_NIGHT = frozenset({"晚上", "夜里", "夜裡", "半夜"})
_SMALL_HOURS = 6
_HALF_DAY = 12
_MOST_OFFSET = timedelta(hours=14)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day.

    Attributes:
        since_midnight: How long after the day's begin; 24:00 is the next day's begin.
        has_seconds: Whether seconds are written.
        has_fraction: Whether parts of a second are written.
        zone: The offset that stands beside it, or None.
    """

    since_midnight: timedelta
    has_seconds: bool
    has_fraction: bool = False
    zone: timezone | None = None


def read_clock(text: str) -> Clock | None:
    """The time of day that a text states, or None if it is none, or can be read in two ways."""
    text = text.strip()
    if digits := _SIX_DIGITS.fullmatch(text):
        text = ":".join(digits.groups())
    match = _CLOCK.fullmatch(text)
    if match is None:
        return _hour_alone(text)
    minute, second = int(match["minute"]), int(match["second"] or 0)
    hour = _hour(int(match["hour"]), match["before"] or match["after"] or "")
    if hour is None or minute > 59 or second > 59 or (hour == 24 and (minute or second)):
        return None
    fraction = int((match["fraction"] or "0").ljust(6, "0")[:3]) * 1000
    zone = _zone((match["zone"] or "").lower().replace(" ", ""))
    if match["zone"] and zone is None:
        return None
    since = timedelta(hours=hour, minutes=minute, seconds=second, microseconds=fraction)
    return Clock(since, bool(match["second"]), bool(match["fraction"]), zone)


def _hour_alone(text: str) -> Clock | None:
    """An hour without minutes, as 3 PM."""
    match = _HOUR_ALONE.fullmatch(text)
    hour = _hour(int(match["hour"]), match["before"] or match["after"]) if match else None
    return None if hour is None else Clock(timedelta(hours=hour), has_seconds=False)


def _hour(hour: int, half: str) -> int | None:
    """The hour from 0 to 24, or None if there is none such."""
    half = re.sub(r"[.\s]", "", half.lower())
    if hour > 24 or (half and hour > 23):
        return None
    if not half or hour > _HALF_DAY:
        return hour
    if half in _MORNING:
        return 0 if hour == _HALF_DAY else hour
    if half == "中午":
        return hour + _HALF_DAY if hour < _SMALL_HOURS else hour
    if half in _NIGHT:
        # Whether twelve at night begins or ends the day, nobody can tell.
        return None if hour == _HALF_DAY else hour + _HALF_DAY * (hour >= _SMALL_HOURS)
    return hour if hour == _HALF_DAY else hour + _HALF_DAY


def _zone(written: str) -> timezone | None:
    if written in ("z", "utc", "gmt"):
        return timezone.utc  # noqa: UP017 - a timezone, as the other ones are.
    match = re.fullmatch(r"(?:utc|gmt)?([+-])(\d{1,2}):?(\d{2})?", written)
    if match is None:
        return None
    offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    if offset > _MOST_OFFSET:
        return None
    return timezone(-offset if match[1] == "-" else offset)
