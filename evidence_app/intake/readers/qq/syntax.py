"""How QQ writes the heads of messages, calls and what stands in place of files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from enum import Enum, auto

from evidence_app.intake.readers.chat.lines import (
    HALVES,
    CallMention,
    clock_of,
    date_in,
    seconds_of,
)
from evidence_app.model.question import DateOrder

_DATE = (
    r"(?:(?P<y>\d{4})(?P<sep>[-/])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})"
    r"|(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<year>\d{4}))"
)
_CLOCK = (
    rf"(?:(?P<before>{HALVES}|[AP]M) ?)?(?P<h>\d{{1,2}}):(?P<mi>\d{{2}}):(?P<s>\d{{2}})"
    rf"(?: ?(?P<after>{HALVES}|[AP]M))?"
)
_MOBILE_CLOCK = _CLOCK.replace(r":(?P<s>\d{2})", r"(?::(?P<s>\d{2}))?")
_DATED = re.compile(rf"{_DATE} {_CLOCK} (?P<who>\S.*)", re.ASCII)
_COPIED = re.compile(rf"(?P<who>\S.{{0,120}}?) +{_DATE} {_CLOCK}", re.ASCII)
_MOBILE = re.compile(rf"(?P<who>\S.{{0,120}}?) {{2,}}{_MOBILE_CLOCK}", re.ASCII)
_DASHES = "[—–―-](?: ?[—–―-])*"
_MOBILE_DAY = re.compile(
    rf"{_DASHES} +(?P<y>\d{{4}})-(?P<m>\d{{1,2}})-(?P<d>\d{{1,2}}) +{_DASHES}", re.ASCII
)
_WHO = re.compile(
    r"(?P<name>.*?)(?:\((?P<id>\d{5,11})\)|<(?P<mail>[^<>\s]{1,120}@[^<>\s]{1,120})>)", re.ASCII
)
_RANK = re.compile("【[^【】]{1,20}】(?=.)")
_SYSTEM_IDS = frozenset({"10000", "1000000"})
_SYSTEM_NAME = "系统消息"
_NOTICE = re.compile(
    "[^\n]{1,80}(?:撤回了一条消息(?: 重新编辑)?|(?:加入|退出)了?本群。?|共同好友，点击添加好友。?)"
)
_LEFT_OUT = re.compile(r"\[(?:图片|照片|闪照|语音|视频|短视频|文件)\]")

_CALL = r"\[?(?:QQ|语音|视频|音视频|多人|群)?(?:通话|电话)\]?\s*[-–—:：]?\s*"
_AGAIN = r"(?:[，,]\s*点击(?:回拨|重拨))"
_TALKED = re.compile(
    rf"(?:{_CALL})?(?:通话时长|聊天时长|通话时间)\s*[:：]?\s*"
    r"(?:(?P<h>\d{1,3}):)?(?P<m>\d{1,3}):(?P<s>\d{2})",
    re.ASCII,
)
_NOT_TAKEN = (
    "(?:(?:对方)?(?:已)?(?:未接听|未接通|未接|无应答|未应答|无人接听|取消|正忙|忙线中?(?:未接听)?)"
    "|(?:忙线)?未接听)"
)
_UNANSWERED = re.compile(rf"{_CALL}{_NOT_TAKEN}{_AGAIN}?|{_NOT_TAKEN}{_AGAIN}")
_DECLINED = re.compile(rf"{_CALL}(?:对方)?已?(?:拒绝|拒接){_AGAIN}?|(?:对方)?已?拒绝{_AGAIN}")
_OVER = re.compile(rf"{_CALL}(?:已结束|通话结束|已挂断|通话中断)")
_LONGEST_CALL = 60
_LONGEST_HEAD = 400


class Style(Enum):
    """Where the head of a message has what."""

    DATED = auto()
    COPIED = auto()
    MOBILE = auto()


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote.

    Attributes:
        name: Without the rank in the group.
        id: The number or mail address of the account, empty if it is not told.
        written: All that stands there.
    """

    name: str
    id: str
    written: str

    @property
    def key(self) -> str:
        """What is the same in all messages of one author."""
        return self.id or self.name

    @property
    def is_system(self) -> bool:
        """Whether it is QQ itself."""
        return self.id in _SYSTEM_IDS or self.name == _SYSTEM_NAME


@dataclass(frozen=True, slots=True)
class Head:
    """A line that begins a message.

    Attributes:
        author: Who wrote it.
        raw: The time as written.
        full_date: The date, if it can be read in one way only.
        numbers: What may be day and month, and the year, else.
        clock: The time of day; None if there is none such.
    """

    author: Author
    raw: str
    full_date: date | None
    numbers: tuple[int, int, int] | None
    clock: time | None

    def date(self, order: DateOrder | None) -> date | None:
        """The date, read in an order; None if there is none such or the order is needed."""
        if self.numbers is None or order is None:
            return self.full_date
        return date_in(order, *self.numbers)


def head_of(line: str, style: Style, day: date | None = None) -> Head | None:
    """What a line states if it may begin a message, else None.

    Args:
        line: Without its end.
        style: Of the file.
        day: That was begun last, for heads without a date.
    """
    if len(line) > _LONGEST_HEAD:
        return None
    if style is Style.MOBILE:
        match = _MOBILE.fullmatch(line.rstrip())
        if match is None or day is None:
            return None
        return _head(match, day, None, f"{day.isoformat()} {_without_author(match)}")
    match = (_DATED if style is Style.DATED else _COPIED).fullmatch(line.rstrip())
    # With dashes, it is other programs that write the name first.
    if match is None or (style is Style.COPIED and match["sep"] == "-"):
        return None
    raw = _without_author(match)
    if match["y"]:
        full_date = _date(int(match["y"]), int(match["m"]), int(match["d"]))
        return _head(match, full_date, None, raw)
    numbers = (int(match["a"]), int(match["b"]), int(match["year"]))
    full_date = date_in(None, *numbers) if numbers[0] == numbers[1] else None
    return _head(match, full_date, numbers, raw)


def mobile_day(line: str) -> date | None:
    """The day that a line of a copy from a phone begins, else None."""
    match = _MOBILE_DAY.fullmatch(line.strip())
    return _date(int(match["y"]), int(match["m"]), int(match["d"])) if match else None


def is_notice(line: str) -> bool:
    """Whether a line of a copied chat is QQ's own."""
    return _NOTICE.fullmatch(line.strip()) is not None


def author_of(written: str) -> Author:
    """An author as the head of a message names them."""
    text = written.strip()
    match = _WHO.fullmatch(text)
    if match is None:
        return Author(text, "", text)
    name = _RANK.sub("", match["name"], count=1) if _RANK.match(match["name"]) else match["name"]
    return Author(name.strip(), match["id"] or match["mail"], text)


def call_of(text: str) -> CallMention | None:
    """The call that a message's words tell of, or None if they are just words."""
    plain = text.strip()
    if len(plain) > _LONGEST_CALL:
        return None
    if talked := _TALKED.fullmatch(plain):
        return CallMention(duration_s=seconds_of(talked))
    if _UNANSWERED.fullmatch(plain):
        return CallMention(is_unanswered=True)
    if _DECLINED.fullmatch(plain):
        return CallMention(is_declined=True)
    return CallMention() if _OVER.fullmatch(plain) else None


def left_out(text: str) -> int:
    """How many pictures, recordings and files the words stand for."""
    return len(_LEFT_OUT.findall(text))


def _head(
    match: re.Match[str],
    full_date: date | None,
    numbers: tuple[int, int, int] | None,
    raw: str,
) -> Head:
    half = match["before"] or match["after"] or ""
    clock = clock_of(int(match["h"]), int(match["mi"]), int(match["s"] or 0), half)
    return Head(author_of(match["who"]), raw, full_date, numbers, clock)


def _without_author(match: re.Match[str]) -> str:
    return (match[0][: match.start("who")] + match[0][match.end("who") :]).strip()


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
