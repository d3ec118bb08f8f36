"""What WeChat's kinds of messages mean, by their numbers and by the names that tools give them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidence_app.intake.readers.chat.lines import CallMention
from evidence_app.intake.readers.wechat.message_xml import is_xml, xml_words
from evidence_app.model.event import Direction, EventType, Outcome

TEXT = "1"
"""The kind of a message of words."""

_CALL = "50"
_APP = "49"
_TRANSFER = "2000"
_SYSTEM = frozenset({"10000", "10002", "11000"})
_PLACEHOLDERS = {
    "3": "[图片]", "34": "[语音]", "37": "[好友请求]", "42": "[名片]", "43": "[视频]",
    "47": "[表情]", "48": "[位置]", "49": "[分享]", "50": "[通话]", "62": "[视频]",
}  # fmt: skip
_APP_PLACEHOLDERS = {
    "3": "[音乐]", "4": "[链接]", "5": "[链接]", "6": "[文件]", "8": "[表情]", "17": "[位置共享]",
    "19": "[聊天记录]", "33": "[小程序]", "36": "[小程序]", "51": "[视频号]", "53": "[接龙]",
    "57": "[引用]", "63": "[视频号]", "74": "[文件]", "87": "[群公告]", "2000": "[转账]",
    "2001": "[红包]", "2003": "[红包封面]",
}  # fmt: skip
_NAMES = {
    "文本": "1", "文字": "1", "图片": "3", "语音": "34", "添加好友": "37", "好友请求": "37",
    "名片": "42", "推荐公众号": "42", "视频": "43", "动画表情": "47", "表情": "47", "表情包": "47",
    "位置": "48", "地理位置": "48", "音视频通话": "50", "语音通话": "50", "视频通话": "50",
    "通话": "50", "voip": "50", "系统通知": "10000", "系统": "10000", "拍一拍": "10000",
    "邀请加群": "10000", "撤回": "10002", "text": "1", "image": "3", "voice": "34", "video": "43",
    "emoji": "47", "sticker": "47", "location": "48", "call": "50", "system": "10000",
}  # fmt: skip
_APP_NAMES = {
    "文件": "6", "文件(猜)": "74", "链接": "5", "分享": "", "(分享)卡片式链接": "5",
    "卡片式链接": "5", "引用": "57", "引用回复": "57", "带有引用的文本消息": "57", "小程序": "33",
    "(分享)小程序": "33", "(分享)音乐": "3", "音乐": "3", "位置共享": "17", "转账": _TRANSFER,
    "红包": "2001", "合并转发": "19", "合并转发的聊天记录": "19", "聊天记录": "19",
    "群公告": "87", "接龙": "53", "link": "5", "file": "6",
}  # fmt: skip
_UNTOLD = frozenset({"", "text"})
_RECALL_NAME = re.compile(r"消息撤回\d*|撤回消息|消息撤回", re.ASCII)
_GROUP_SENDER = re.compile(r"([A-Za-z][\w@-]{2,60}):\s*\n", re.ASCII)
_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,2}):(\d{2})", re.ASCII)
_LENGTH = re.compile(r"时长|中断|duration", re.IGNORECASE)
_REJECTED = re.compile(r"拒绝|declined|rejected", re.IGNORECASE)
_TAKEN = re.compile(r"已接听|设备接听|已在其[他它]", re.ASCII)
_MISSED = re.compile(
    r"取消|未接听|未应答|无应答|忙线|占线|cancel|missed|no answer|not answered|busy", re.IGNORECASE
)
_CALL_WORDS = re.compile(
    r"\[(?:语音|视频|音视频|语音/视频)?通话\][^\n]{0,24}|语音/视频通话\[[^\n]{0,24}\]"
)
_BARE_CALL_WORDS = re.compile(
    r"(?:通话|聊天)时长 ?[\d:]{4,8}|(?:对方)?(?:已取消|已拒绝|无应答)"
    r"|忙线未接听|对方忙线中?|未接听",
    re.ASCII,
)
_RECALL = re.compile(r"(?:你|[\"“][^\n]{1,60}[\"”]) ?撤回了一条消息[^\n]{0,20}")
_SUM = re.compile(r"[￥¥] ?\d+(?:[.,]\d+)?|\d+\.\d\d ?元", re.ASCII)
_RECEIPT = re.compile(r"已收款|已退还|收款\]|\|(?:接收|退还)")


@dataclass(frozen=True, slots=True)
class MessageContent:
    """What a message holds.

    Attributes:
        type: A message, a call, or a payment.
        outcome: Of a call.
        duration_s: Of a call, in seconds, or None.
        text: The words, or a word for what cannot be written.
        is_system: Whether WeChat itself says it.
        sender: Who wrote it, where a group's message says so; else empty.
    """

    type: EventType
    outcome: Outcome
    duration_s: float | None
    text: str
    is_system: bool = False
    sender: str = ""


def is_system(kind: str) -> bool:
    """Whether messages of that kind, a number or a name, are WeChat's own."""
    return _codes(kind, "")[0] in _SYSTEM


def is_media(kind: str) -> bool:
    """Whether messages of that kind, a number or a name, are files rather than words."""
    code, second = _codes(kind, "")
    return code in ("3", "34", "43", "47", "62") or (code == _APP and second in ("", "6", "74"))


def is_named(name: str) -> bool:
    """Whether that is the name of a kind, and no number."""
    return bool(name) and not name.isdigit() and _codes(name, "")[0] != ""


def content_of(
    kind: str, subkind: str, content: str, direction: Direction, *, in_group: bool = False
) -> MessageContent:
    """What a message holds, by its kind and its exported content.

    Args:
        kind: The number or the name of its kind; empty if the source has none.
        subkind: The number of its second kind, or empty.
        content: As exported: words, or XML.
        direction: Who reached out.
        in_group: Whether it may begin with the sender's id, as in databases of groups.
    """
    code, second = _codes(kind, subkind)
    sender, body = _without_sender(content) if in_group else ("", content)
    if is_xml(body):
        body = xml_words(body)
    body = body.strip()
    is_untold = kind.strip().lower() in _UNTOLD
    if code in _SYSTEM or (is_untold and _RECALL.fullmatch(body)):
        return MessageContent(
            EventType.MESSAGE, Outcome.UNKNOWN, None, body or kind, is_system=True
        )
    if code == _CALL or (code in ("", TEXT) and _is_call(body, is_untold)):
        return _call(body, direction, sender)
    if second == _TRANSFER or (is_untold and body.startswith("[转账")):
        return _transfer(body, sender)
    text = body or _placeholder(code, second, kind)
    return MessageContent(EventType.MESSAGE, Outcome.UNKNOWN, None, text, sender=sender)


def _codes(kind: str, subkind: str) -> tuple[str, str]:
    """The numbers of a kind and its second kind."""
    name_or_number = kind.strip()
    if name_or_number.isascii() and name_or_number.isdigit():
        number = int(name_or_number[:20])
        # Since version 4 WeChat's databases hold both numbers in one.
        second = str(number >> 32) if number >> 32 else subkind.strip()
        return str(number & 0xFFFFFFFF), second
    if _RECALL_NAME.fullmatch(name_or_number):
        return "10002", subkind
    for name in (name_or_number, name_or_number.lower(), name_or_number.removesuffix("消息")):
        if name in _APP_NAMES:
            return _APP, subkind or _APP_NAMES[name]
        if name in _NAMES:
            return _NAMES[name], subkind
    return "", subkind


def _placeholder(code: str, second: str, kind: str) -> str:
    if code == _APP and second in _APP_PLACEHOLDERS:
        return _APP_PLACEHOLDERS[second]
    return _PLACEHOLDERS.get(code, f"[{kind}]" if kind and code != TEXT else "")


def _without_sender(content: str) -> tuple[str, str]:
    """The sender before a group's message, and what it says."""
    match = _GROUP_SENDER.match(content)
    return (match[1], content[match.end() :]) if match else ("", content)


def _is_call(text: str, is_untold: bool) -> bool:
    return _CALL_WORDS.fullmatch(text) is not None or (
        is_untold and _BARE_CALL_WORDS.fullmatch(text) is not None
    )


def _call(text: str, direction: Direction, sender: str) -> MessageContent:
    is_missed = _MISSED.search(text) is not None
    clock = _CLOCK.search(text)
    seconds = None
    if clock and (_LENGTH.search(text) or not is_missed):
        hours, minutes, rest = (int(part or 0) for part in clock.groups())
        seconds = float(hours * 3600 + minutes * 60 + rest)
    call = CallMention(seconds, _REJECTED.search(text) is not None, is_missed)
    outcome = Outcome.ANSWERED if _TAKEN.search(text) else call.outcome(direction)
    return MessageContent(EventType.CALL, outcome, seconds, text or "[通话]", sender=sender)


def _transfer(text: str, sender: str) -> MessageContent:
    """A transfer; that it was received or returned is told in a message of its own."""
    is_payment = _SUM.search(text) is not None and not _RECEIPT.search(text)
    if not text.startswith("[转账"):
        text = f"[转账] {text}".strip()
    type = EventType.PAYMENT if is_payment else EventType.MESSAGE
    return MessageContent(type, Outcome.UNKNOWN, None, text, sender=sender)
