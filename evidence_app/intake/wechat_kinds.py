"""What WeChat's kinds of messages mean, and what stands in their XML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from evidence_app.model.event import Direction, EventType, Outcome

_PLACEHOLDERS = {
    "3": "[图片]", "34": "[语音]", "42": "[名片]", "43": "[视频]", "47": "[表情]", "48": "[位置]",
    "49": "[分享]", "50": "[通话]", "62": "[视频]",
}  # fmt: skip
_NAMES = {
    "文本": "1", "文字": "1", "图片": "3", "语音": "34", "名片": "42", "视频": "43",
    "动画表情": "47", "表情": "47", "表情包": "47", "位置": "48", "地理位置": "48", "文件": "49",
    "链接": "49", "分享": "49", "卡片式链接": "49", "引用": "49", "引用回复": "49",
    "带有引用的文本消息": "49", "小程序": "49", "转账": "49", "红包": "49", "合并转发": "49",
    "聊天记录": "49", "音视频通话": "50", "语音通话": "50", "视频通话": "50", "通话": "50",
    "VOIP": "50", "系统通知": "10000", "系统消息": "10000", "系统": "10000", "撤回消息": "10002",
    "拍一拍": "10000", "text": "1", "image": "3", "voice": "34", "video": "43", "emoji": "47",
    "location": "48", "link": "49", "file": "49", "call": "50", "system": "10000",
}  # fmt: skip
_SYSTEM = frozenset({"10000", "10002"})
_CALL = "50"
_APP = "49"
_TRANSFER = "2000"
_XML = re.compile(r"^\s*(?:[\w@-]{3,60}:\s*)?(?:<\?xml|<msg|<voip|<sysmsg|<appmsg)")
_GROUP_SENDER = re.compile(r"^([A-Za-z][\w@-]{2,60}):\s*\n")
_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,2}):(\d{2})")
_LENGTH = re.compile(r"通话时长|聊天时长|时长|duration", re.I)
_REJECTED = re.compile(r"拒绝|declined|rejected", re.I)
_MISSED = re.compile(
    r"取消|未接听|未应答|无应答|忙线|占线|cancel|missed|no answer|not answered|busy", re.I
)
_SUM = re.compile(r"[￥¥]\s?\d+(?:[.,]\d+)?")
_CALL_WORDS = re.compile(
    r"^\[?(?:语音通话|视频通话|音视频通话|通话)\]?|^通话时长|^对方(?:已取消|无应答|忙线)|^忙线未接听|^未接听"
)
_MOST_XML = 1 << 20


@dataclass(frozen=True, slots=True)
class Told:
    """What a message is.

    Attributes:
        type: A message, a call, or a payment.
        outcome: Of a call.
        duration_s: Of a call, or None.
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


def code_of(kind: str) -> str:
    """The number of a kind that is given by its number or its name."""
    words = kind.strip()
    if words.isdigit():
        return words
    return _NAMES.get(words, _NAMES.get(words.lower(), "1" if not words else ""))


def told(kind: str, subkind: str, content: str, direction: Direction) -> Told:
    """What a message is.

    Args:
        kind: The number or the Chinese name of its kind.
        subkind: The number of its second kind, or empty.
        content: As exported: words, or XML.
        direction: Who reached out.
    """
    code = code_of(kind)
    sender, words = _without_sender(content)
    if _XML.match(words):
        words = xml_words(words)
    words = words.strip()
    if code in _SYSTEM:
        return Told(EventType.MESSAGE, Outcome.UNKNOWN, None, words or kind, is_system=True)
    if code == _CALL or (code in ("", "1") and _CALL_WORDS.match(words) and _is_short(words)):
        return _call(words, direction, sender)
    is_transfer = code == _APP and (subkind == _TRANSFER or kind == "转账")
    type = EventType.PAYMENT if is_transfer and _SUM.search(words) else EventType.MESSAGE
    if is_transfer and not words.startswith("[转账]"):
        words = f"[转账] {words}".strip()
    text = words or _PLACEHOLDERS.get(code, f"[{kind}]" if kind else "")
    return Told(type, Outcome.UNKNOWN, None, text, sender=sender)


def _is_short(words: str) -> bool:
    return len(words) <= 24


def _without_sender(content: str) -> tuple[str, str]:
    """The sender before a group's message, and what it says."""
    found = _GROUP_SENDER.match(content)
    return (found[1], content[found.end() :]) if found else ("", content)


def _call(words: str, direction: Direction, sender: str) -> Told:
    clock = _CLOCK.search(words)
    outcome, seconds = Outcome.UNKNOWN, None
    if clock and (_LENGTH.search(words) or not _MISSED.search(words)):
        hours, minutes, rest = (int(part or 0) for part in clock.groups())
        outcome, seconds = Outcome.ANSWERED, float(hours * 3600 + minutes * 60 + rest)
    elif direction is not Direction.OUTGOING and _REJECTED.search(words):
        outcome = Outcome.REJECTED
    elif direction is not Direction.OUTGOING and _MISSED.search(words):
        outcome = Outcome.MISSED
    return Told(EventType.CALL, outcome, seconds, words or "[通话]", sender=sender)


def xml_words(content: str) -> str:
    """What a person would read in the XML of a message; hostile XML says nothing."""
    from lxml import etree

    start = content.find("<")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False
    )
    try:
        root = etree.fromstring(
            content[start : start + _MOST_XML].encode("utf-8", "replace"), parser
        )
    except (etree.XMLSyntaxError, ValueError):
        return ""
    if root is None:
        return ""
    pieces = [_text(root, name) for name in ("title", "des", "label", "feedesc", "pay_memo", "msg")]
    location = root.find(".//location")
    if location is not None:
        pieces += [location.get("poiname", ""), location.get("label", "")]
    card = root.get("nickname", "")
    return " ".join(dict.fromkeys(piece for piece in [*pieces, card] if piece))


def _text(root: Any, name: str) -> str:
    found = root.find(f".//{name}")
    return " ".join((found.text or "").split()) if found is not None else ""
