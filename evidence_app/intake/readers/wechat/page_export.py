"""WeChat as MemoTrace writes it as a page: the messages are objects in its script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import PurePosixPath
from typing import Any

from evidence_app.intake.failures import cut_off
from evidence_app.intake.readers.support.encoding import SNIFF_SIZE
from evidence_app.intake.readers.support.html import html_head
from evidence_app.intake.readers.wechat import message_types
from evidence_app.intake.readers.wechat.common import GROUP, chat_of, questions
from evidence_app.intake.readers.wechat.json_export import Chat
from evidence_app.intake.records import Description, Notice, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.evidence import ItemKind, PlaceUnit, SkippedEntry, SourcePlace

_MOST = 64 << 20
_LIST = re.compile(r"\bchatMessages\s*=\s*\[")
_OBJECT = re.compile(r"\s*,?\s*\{")
_END = re.compile(r"\s*,?\s*\}")
_PAIR = re.compile(
    r"\s*,?\s*(?:(?P<key>\w+)|'(?P<key1>\w+)'|\"(?P<key2>\w+)\")\s*:\s*"
    r"(?:'(?P<single>(?:[^'\\]|\\.)*)'|\"(?P<double>(?:[^\"\\]|\\.)*)\"|"
    r"`(?P<back>(?:[^`\\]|\\.)*)`|(?P<bare>[\w.+-]*))",
    re.S,
)
_ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.S)
_SIGNS = {"n": "\n", "r": "\r", "t": "\t"}
_BREAK = re.compile(r"<br\s*/?>", re.I)
_WORDS = ("text", "voice_to_text", "title", "file_name", "refer_text", "description", "link")
_SYSTEM = "10000"
_KINDS = {"0": _SYSTEM}
_TIME_LINE = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}(?::\d{2})?")
_SHOWN = 500
_TAIL = 200


def recognises(source: Source) -> bool:
    """Whether the page has such a list of messages with MemoTrace's fields."""
    if not html_head(source.stream):
        return False
    source.stream.seek(0)
    page = _page(source)
    match = _LIST.search(page)
    return match is not None and "is_send" in page[match.end() : match.end() + SNIFF_SIZE]


def read(source: Source) -> Iterator[Record]:
    """Every message; what WeChat itself says as text."""
    yield Description(ItemKind.MESSAGES, "text/html")
    source.stream.seek(0)
    page = _page(source)
    entries = list(_entries(page))
    name = chat_of(source.filename)
    partner = next(
        (
            partner_id
            for entry in entries
            if entry.get("is_send") == "0" and (partner_id := _id(entry))
        ),
        "",
    )
    is_group = any(entry.get("is_chatroom") == "1" for entry in entries)
    chat_id = f"{name}{GROUP}" if is_group else partner or name
    chat = Chat(source)
    for number, entry in enumerate(entries, 1):
        source.alive()
        place = SourcePlace(PlaceUnit.ENTRY, number)
        if not entry.get("timestamp"):
            reason = message(MessageCode.ROW_UNREADABLE)
            yield SkippedEntry(place, reason, str(entry)[:_SHOWN])
        elif not _is_time_line(entry):
            yield chat.record(_as_json(entry, chat_id, name), place)
    if source.size > _MOST:
        yield Notice(message(MessageCode.READER_LIMIT), damaged=True)
    elif "</html" not in page[-_TAIL:].lower():
        yield Notice(cut_off(len(entries)), damaged=True)
    yield from questions(chat.unsure, chat.is_floating)


def _page(source: Source) -> str:
    return source.stream.read(_MOST).decode("utf-8-sig", "replace")


def _entries(page: str) -> Iterator[dict[str, str]]:
    """The objects of the list, as far as they can be read."""
    match = _LIST.search(page)
    at = match.end() if match is not None else len(page)
    while (begins := _OBJECT.match(page, at)) is not None:
        at = begins.end()
        entry: dict[str, str] = {}
        while (pair := _PAIR.match(page, at)) is not None:
            at = pair.end()
            key = pair["key"] or pair["key1"] or pair["key2"]
            entry[key] = _unescaped(pair["single"] or pair["double"] or pair["back"] or "")
            entry[key] = entry[key] or pair["bare"] or ""
        ends = _END.match(page, at)
        if ends is None:
            return
        at = ends.end()
        yield entry


def _unescaped(written: str) -> str:
    """The words that a string of the script stands for."""
    plain = _ESCAPED.sub(
        lambda match: chr(int(match[1], 16)) if match[1] else _SIGNS.get(match[2], match[2]),
        written,
    )
    return unescape(_BREAK.sub("\n", plain))


def _is_time_line(entry: dict[str, str]) -> bool:
    """Whether an entry is the time that is shown between messages."""
    return entry.get("type") == "0" and _TIME_LINE.fullmatch(entry.get("text", "")) is not None


def _as_json(entry: dict[str, str], chat_id: str, name: str) -> dict[str, Any]:
    """An entry with the names that WeChat's exports as JSON have."""
    kind = entry.get("type", "")
    texts = [texts for field_name in _WORDS if (texts := entry.get(field_name, "").strip())]
    text = texts[0] if message_types.is_media(kind) and texts else "\n".join(texts)
    return {
        "type": _KINDS.get(kind, kind),
        "subType": entry.get("sub_type", ""),
        "content": text.removeprefix("./"),
        "isSend": entry.get("is_send"),
        "createTime": entry["timestamp"],
        "talker": chat_id,
        "talkerName": name,
        "senderUsername": _id(entry),
        "senderDisplayName": entry.get("displayname", ""),
    }


def _id(entry: dict[str, str]) -> str:
    """The id of who wrote, after which the picture of them is named."""
    return PurePosixPath(entry.get("avatar_path", "")).stem
