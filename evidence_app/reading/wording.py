"""Words by which apps mark entries that are no ordinary messages, in Chinese and English."""

from __future__ import annotations

import re
from itertools import pairwise

from evidence_app.model.event import Outcome
from evidence_app.model.reading import TextLine
from evidence_app.reading.ocr import rows_of

SYSTEM = re.compile(
    r"撤回了?一条消息|加入了?群聊|打招呼的内容|开始聊天|被对方拒收|端到端加密|拍了拍|修改群名|"
    r"领取了.{0,12}红包|以上是打招呼|以下为新消息|条新消息|未读消息|不是你的朋友|开启了朋友验证|新消息|"
    r"deleted this message|message was deleted|end-to-end encrypted|unread messages?|"
    r"new messages?|joined|left the group|changed the|created (?:this )?group|"
    r"not (?:in|among) your contacts|blocked this contact|security code",
    re.I,
)
"""A notice of the app itself."""

DELIVERY = re.compile(
    r"^(?:已?送达|已读|已送达|未读|发送失败|delivered|read|sent|seen|not delivered|failed|edited|"
    r"forwarded|已编辑)\b",
    re.I,
)
"""What became of a message: written beside it, no message."""

CHANNEL = re.compile(
    r"^\W*(?:text message|imessage|sms|mms|rcs|短信|彩信|短信/彩信|文字信息)"
    r"(?:\W*(?:sms|mms|rcs|短信|彩信))?\W*$",
    re.I,
)
"""By which service a message came: what stands above the time."""

_MENU = frozenset({
    "复制", "转发", "收藏", "删除", "多选", "引用", "提醒", "翻译", "搜一搜",
    "撤回", "编辑", "听筒播放", "转文字", "选择", "更多", "添加到表情", "拷贝", "回复",
    "copy", "reply", "forward", "delete", "edit", "select", "more",
    "translate", "star", "report", "pin", "share", "info",
})  # fmt: skip
"""What can be done to a message: a menu that is open above a chat."""

_NEWS = re.compile(r"(?:现在|刚刚|分钟前|\bnow|\d+ ?m(?:in)? ago)\W*$", re.I)
_LEVEL = re.compile(r"^\W*(?:lv\.?\s?\d+|群主|管理员|admin)\W*", re.I)
_CHANNELS = re.compile(
    r"\s*[•·|-]\s*(?:sms|mms|rcs|text message|短信|via .*|sent|delivered|read|已送达|已读|已发送)$|"
    r"\s*(?:sim ?[12]|卡 ?[12一二]|[主副]卡|中国(?:移动|联通|电信|广电))\W*$|"
    r"^text message\s*[•·]?|^(?:sim ?[12]|卡 ?[12一二]|已读)\s*[•·|]?",
    re.I,
)
_VOICE = re.compile(
    r"^\D{0,6}?(\d{1,2})\s*(?:[\"″”“'’′]{1,2}|秒)(?:\W{0,6}|\W*[()（）]\W*\w)$|^\W{1,6}\s*(\d{1,2})\W{0,3}$"
)
_VOICE_CLOCK = re.compile(r"^(?:[^\u4e00-\u9fff]{0,12}\n)?\W*(\d{1,2}):(\d{2})\W*$")
_LENGTH = re.compile(r"(?:(\d{1,2})[:：])?(\d{1,2})[:：](\d{2})")
_TALKED = re.compile(r"^\W*(?:通话时长|聊天时长|call duration|duration)\W*", re.I)
_CANCELLED = re.compile(r"^\W*(?:(?:对方)?已?取消|call cancell?ed|cancell?ed(?: call)?)\W*$", re.I)
_DECLINED = re.compile(r"^\W*(?:对方)?(?:已拒绝|call declined|declined)\W*$", re.I)
_UNANSWERED = re.compile(
    r"^\W*(?:(?:对方)?(?:忙线未接听|忙线中|无应答|无人接听|未接听|未应答|忙线)|無回應|no answer|"
    r"(?:未接(?:语音|视频)?通话|未接(?:[来來][电電]|[电電][话話])|missed (?:voice |video )?call)"
    r"(?:.*(?:tap to call back|回拨))?)\W*$",
    re.I | re.S,
)
_CALLS = (
    (_CANCELLED, Outcome.MISSED), (_DECLINED, Outcome.REJECTED), (_UNANSWERED, Outcome.MISSED),
)  # fmt: skip
_TRANSFER = frozenset({"微信转账", "微信红包", "转账", "支付宝转账"})
_WIDE_FROM = 0x2E80
_BREAK = 0.6


def without_channel(text: str) -> str:
    """A time without the words that say by which service a message came."""
    return _CHANNELS.sub("", text).strip()


def without_level(name: str) -> str:
    """A name in a group without the badge before it; empty if it is no more than that."""
    return _LEVEL.sub("", name).strip()


def is_level(text: str) -> bool:
    """Whether words begin with the badge of a member of a group."""
    return _LEVEL.match(text.strip()) is not None


def is_menu(text: str) -> bool:
    """Whether words are those of an open menu, and no message."""
    parts = text.lower().split()
    return len(parts) > 1 and _MENU.issuperset(parts)


def is_news(text: str) -> bool:
    """Whether a line ends as the heading of a notification does, that lies over the screen."""
    return _NEWS.search(text.strip()) is not None


def voice_seconds(text: str) -> int | None:
    """The length of a voice message whose bubble says so, or None if it is none."""
    match = _VOICE.match(text.strip())
    if match is None or (match[1] is None and not re.search(r"[)）》〉(（·|]", text)):
        return None
    return int(match[1] or match[2])


def recording_seconds(text: str) -> int | None:
    """The length that stands below the sound wave of a voice message, which is read as signs."""
    match = _VOICE_CLOCK.match(text.strip())
    return None if match is None else int(match[1]) * 60 + int(match[2])


def call_in(text: str) -> tuple[Outcome, int | None] | None:
    """What a bubble says of a call within the chat: outcome and seconds; None if it is none."""
    if _TALKED.match(text) and (length := _LENGTH.search(text)):
        hours, minutes, seconds = (int(part or 0) for part in length.groups())
        return Outcome.ANSWERED, hours * 3600 + minutes * 60 + seconds
    return next(((outcome, None) for pattern, outcome in _CALLS if pattern.match(text)), None)


def is_transfer(texts: list[str]) -> bool:
    """Whether one of a bubble's lines is the mark of a transfer of money."""
    return any(text.strip() in _TRANSFER for text in texts)


def joined(lines: list[TextLine]) -> str:
    """The text of a bubble: wrapped lines are joined, intended line breaks stay.

    A line was broken on purpose if the next word would have found room in it.
    """
    rows = rows_of(lines)
    if not rows:
        return ""
    right = max(line.box.right for line in lines)
    text = _row_text(rows[0])
    for above, row in pairwise(rows):
        row_text = _row_text(row)
        text += _between(above, row, text, row_text, right) + row_text
    return text


def _row_text(row: list[TextLine]) -> str:
    return " ".join(line.text.strip() for line in row)


def _between(
    above: list[TextLine], row: list[TextLine], text: str, row_text: str, right: int
) -> str:
    height = max(line.box.height for line in above)
    below = max(line.box.height for line in row)
    is_wide = ord(row_text[0]) >= _WIDE_FROM
    first = 1 if is_wide else len(row_text.split(maxsplit=1)[0])
    needed = height * (1.0 if is_wide else 0.55 * (first + 1))
    room = right - above[-1].box.right
    if room > needed + _BREAK * height or not 0.8 < height / max(1, below) < 1.25:
        return "\n"
    if is_wide or ord(text[-1]) >= _WIDE_FROM or text[-1] in "-—/":
        return ""
    return " "
