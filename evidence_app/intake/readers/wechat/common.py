"""What the exports of all tools for WeChat have in common: times, names of files, questions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta, timezone
from pathlib import PurePath

from evidence_app.intake.readers.chat.lines import clock_of, wall_time
from evidence_app.intake.readers.support.epoch_times import from_unix, is_sane
from evidence_app.model.question import Question, QuestionKind
from evidence_app.model.times import Instant, TimePrecision, TimeReading, TimeSource

GROUP = "@chatroom"
"""What the ids of groups end with."""

ME = "我"
"""What several tools call the owner."""

_UNIX = re.compile(r"\d{9,13}(?:\.\d+)?", re.ASCII)
_WRITTEN = re.compile(
    r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})[ T]"
    r"(?P<h>\d{1,2}):(?P<min>\d{2})(?::(?P<s>\d{2})(?:\.\d{1,9})?)?"
    r" ?(?:(?P<zulu>Z)|(?P<sign>[+-])(?P<oh>\d{2}):?(?P<om>\d{2}))?",
    re.ASCII,
)
_AFTER_NAME = re.compile(r"(?:_utf8|_聊天记录|\(\d+\)|_\d+_\d+)+$", re.ASCII)
_BEFORE_NAME = re.compile(r"^(?:私聊|群聊)_")
_PATH = re.compile(
    r"(?:[^\n/\\:*?\"<>|]+[/\\])+[^\n/\\:*?\"<>|]+\.(?:jpe?g|png|gif|webp|bmp|heic|mp4|mov|avi"
    r"|mp3|wav|m4a|amr|silk|ogg|opus|pdf|docx?|xlsx?|pptx?|txt|zip|rar|7z|dat)",
    re.ASCII | re.IGNORECASE,
)
_MOST_CANDIDATES = 12


def reading(text: str) -> TimeReading | None:
    """The time that Unix seconds or words state; None if they state none that can be."""
    text = text.strip()
    if _UNIX.fullmatch(text):
        return from_unix(text)
    match = _WRITTEN.fullmatch(text)
    if match is None:
        return None
    clock = clock_of(int(match["h"]), int(match["min"]), int(match["s"] or 0), "")
    try:
        day = date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None
    precision = TimePrecision.SECOND if match["s"] else TimePrecision.MINUTE
    time = wall_time(day, clock, precision, text) if clock else None
    if time is None or not (match["zulu"] or match["sign"]):
        return time
    return _aware(time, match)


def _aware(time: TimeReading, match: re.Match[str]) -> TimeReading | None:
    offset = timedelta(hours=int(match["oh"] or 0), minutes=int(match["om"] or 0))
    if offset >= timedelta(days=1):
        return None
    zone = timezone(-offset if match["sign"] == "-" else offset)
    moment = Instant(time.moment.at.replace(tzinfo=zone))
    if not is_sane(moment):
        return None
    return TimeReading(moment, TimeSource.RECORD, time.precision, time.raw)


def chat_of(filename: str) -> str:
    """The chat that a file is named after, without what tools add to its name."""
    return _AFTER_NAME.sub("", _BEFORE_NAME.sub("", PurePath(filename).stem)).strip()


def is_path(text: str) -> bool:
    """Whether words are the path of a file that was exported beside a chat."""
    return len(text) < 400 and _PATH.fullmatch(text) is not None


def questions(unsure: Counter[str], is_floating: bool) -> Iterator[Question]:
    """What is to be asked about a file.

    Args:
        unsure: How often each author wrote of whom it is not known whether it is the owner.
        is_floating: Whether some times do not tell their zone.
    """
    if unsure:
        names = [name for name, _ in unsure.most_common(_MOST_CANDIDATES) if name]
        yield Question(QuestionKind.OWNER, {"candidates": names})
    if is_floating:
        yield Question(QuestionKind.TIMEZONE, {"suggested": "Asia/Shanghai"}, blocking=False)
