"""How KakaoTalk writes the title, the days and the messages of a chat, on phones and computers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time

from evidence_app.intake.readers.chat.lines import HALVES, CallMention, clock_of, seconds_of
from evidence_app.intake.readers.support.worded_times import worded_time
from evidence_app.model.times import TimePrecision

_HALF = rf"{HALVES}|[AaPp]\.?[Mm]\.?"
_SPACE = "[ \u00a0\u202f]"
_CLOCK = (
    rf"(?:(?P<before>{_HALF}){_SPACE}?)?(?P<h>\d{{1,2}}):(?P<m>\d{{2}})(?::(?P<s>\d{{2}}))?"
    rf"(?:{_SPACE}?(?P<after>{_HALF}))?"
)
_PC_DAY = re.compile(r"-{5,}\s*(?P<day>[^-\n][^\n]{4,60}?)\s*-{5,}")
_PC_HEAD = re.compile(rf"\[(?P<who>[^\n]{{1,200}}?)\] \[{_CLOCK}\](?: (?P<text>.*))?", re.ASCII)
_DATE = (
    r"(?P<day>\d{4}(?:년|年|[./-]) ?\d{1,2}(?:월|月|[./-]) ?\d{1,2}(?:일|日|\.)?"
    r"|[A-Z][a-z]{2,8} \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]{2,8} \d{4})"
)
_TIMED = re.compile(rf"{_DATE}(?:,| at)?{_SPACE}{{1,2}}{_CLOCK}(?:, (?P<rest>.*))?", re.ASCII)
_SAID = re.compile(r"(?P<who>[^\n]{1,200}?) : (?P<text>.*)")
_TITLE = re.compile(
    r"(?:(?P<ko>.+?)(?: (?P<count>\d+))? ?님과(?:의)? 카카오톡 대화"
    r"|(?:KakaoTalk )?(?:Chats?|Talk|Conversations?) with (?P<en>.+)"
    r"|(?P<ja>.+?)さんとの(?:カカオ)?トーク(?:.*)"
    r"|(?:[与與和] ?)(?P<zh>.+?) ?的 ?KakaoTalk ?(?:聊天|对话|對話).*)",
    re.I,
)
_BRAND = re.compile("카카오톡|KakaoTalk|カカオトーク", re.I)
_SAVED = re.compile(
    r"(?:저장한 날짜|Date [Ss]aved|保存(?:した)?日[時期付]?|保存日期|储存日期|儲存日期)\s*[:：].*"
)
_LEFT_OUT = re.compile(
    r"(?:사진(?: \d+장)?|동영상|이모티콘|음성메시지|"
    r"Photos?(?: \d+)?|\d+ photos?|Video|Voice message|"
    r"写真(?: ?\d+枚)?|動画|照片|图片|圖片|视频|影片)"
)
_FILE = re.compile(
    r"(?:(?:파일|File|ファイル|文件|檔案)\s*[:：] ?)?"
    r"(?P<name>[^\n/\\:*?\"<>|]{1,200}\.[A-Za-z0-9]{2,5})"
)
_MARKED_FILE = re.compile(r"(?:파일|File|ファイル|文件|檔案)\s*[:：]")
_HASHED = re.compile(r"[0-9a-f]{20,64}\.[A-Za-z0-9]{2,5}")
_VOICE = (
    r"(?:보이스톡|페이스톡|라이브톡|Voice Call|Video Call|VoiceTalk|FaceTalk|"
    r"ボイストーク|フェイストーク)"
)
_TALKED = re.compile(
    rf"{_VOICE}[ :]+(?:(?P<h>\d{{1,2}}):)?(?P<m>\d{{1,2}}):(?P<s>\d{{2}})", re.ASCII | re.I
)
_UNANSWERED = re.compile(
    rf"(?:부재중 ?{_VOICE}|{_VOICE} ?(?:부재중|취소|응답 ?없음|응답하지 않음|no answer|missed|"
    rf"cancel(?:l?ed)?)|missed {_VOICE}|不在{_VOICE})",
    re.I,
)
_DECLINED = re.compile(rf"{_VOICE} ?(?:거절|declined|拒否)", re.I)
_BEGUN = re.compile(rf"{_VOICE} ?(?:해요|started|開始|종료|ended)?", re.I)


@dataclass(frozen=True, slots=True)
class Title:
    """Of whom the first line speaks.

    Attributes:
        name: The other side, or the group.
        is_group: Whether it counts several people.
    """

    name: str
    is_group: bool


@dataclass(frozen=True, slots=True)
class Head:
    """A line that begins a message or one of the app's own.

    Attributes:
        day: Its date; None if the days stand on lines of their own.
        clock: The time of day; None if there is none such.
        precision: Of the time of day.
        raw: The time as written.
        author: Who wrote it, empty for a line of the app.
        text: What was written.
    """

    day: date | None
    clock: time | None
    precision: TimePrecision
    raw: str
    author: str
    text: str


def title_of(line: str) -> Title | None:
    """What the first line says, or None if it is none of KakaoTalk's."""
    text = line.strip().removeprefix("\ufeff")
    match = _TITLE.fullmatch(text)
    if match is None:
        return Title("", False) if _BRAND.search(text) and len(text) < 100 else None
    name = next(value for value in (match["ko"], match["en"], match["ja"], match["zh"]) if value)
    return Title(name.strip(), match["count"] is not None)


def is_marked(line: str) -> bool:
    """Whether a line names KakaoTalk or tells when its chat was saved."""
    return _BRAND.search(line) is not None or is_saved_line(line)


def is_saved_line(line: str) -> bool:
    """Whether a line tells when the chat was saved."""
    return _SAVED.fullmatch(line.strip()) is not None


def pc_day(line: str) -> tuple[date, str] | None:
    """The day that a line between dashes begins, with its words; else None."""
    match = _PC_DAY.fullmatch(line.strip())
    day = worded_time(match["day"]) if match else None
    return (day.full_date, day.raw) if day is not None and day.full_date is not None else None


def pc_head(line: str) -> Head | None:
    """What a line says if it begins a message as a computer writes it, else None."""
    match = _PC_HEAD.fullmatch(line)
    if match is None:
        return None
    raw = match[0][match.end("who") + 2 :].partition("]")[0].strip(" [")
    return _head(match, None, raw, match["who"].strip(), match["text"] or "")


def phone_head(line: str) -> Head | None:
    """What a line says if it begins an entry as a phone writes it, else None."""
    match = _TIMED.fullmatch(line)
    if match is None or match["rest"] is None:
        return None
    written_day = worded_time(match["day"])
    message = _SAID.fullmatch(match["rest"])
    author, text = (message["who"].strip(), message["text"]) if message else ("", match["rest"])
    day = written_day.full_date if written_day is not None else None
    return _head(match, day, line[: match.start("rest")].rstrip(", "), author, text)


def is_phone_day(line: str) -> bool:
    """Whether a line of a phone's export has nothing but a date."""
    text = line.strip()
    timed = _TIMED.fullmatch(text)
    if timed is not None:
        return timed["rest"] is None
    day = worded_time(text) if 8 <= len(text) <= 40 and text[:1].isalnum() else None
    return day is not None and day.full_date is not None and day.clock is None


def _head(match: re.Match[str], day: date | None, raw: str, author: str, text: str) -> Head:
    half = match["before"] or match["after"] or ""
    clock = clock_of(int(match["h"]), int(match["m"]), int(match["s"] or 0), half)
    precision = TimePrecision.SECOND if match["s"] else TimePrecision.MINUTE
    return Head(day, clock, precision, raw, author, text)


def call_of(text: str) -> CallMention | None:
    """The call of which a message's words tell, or None if they are just words."""
    plain = text.strip()
    if talked := _TALKED.fullmatch(plain):
        return CallMention(duration_s=seconds_of(talked))
    if _UNANSWERED.fullmatch(plain):
        return CallMention(is_unanswered=True)
    if _DECLINED.fullmatch(plain):
        return CallMention(is_declined=True)
    return CallMention() if _BEGUN.fullmatch(plain) else None


def is_left_out(text: str) -> bool:
    """Whether the words stand for a picture or recording that is not there."""
    return _LEFT_OUT.fullmatch(text.strip()) is not None


def files_of(text: str) -> tuple[str, ...]:
    """The files that a message names: by their hash, or marked as files."""
    names: list[str] = []
    for line in text.split("\n"):
        plain = line.strip()
        named = _FILE.fullmatch(plain)
        if named is not None and (_HASHED.fullmatch(plain) or _MARKED_FILE.match(plain)):
            names.append(named["name"])
    return tuple(names)
