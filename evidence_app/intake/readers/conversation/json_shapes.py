"""Conversations as JSON of a program that no reader knows: lists of time, sender and text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from evidence_app.intake.readers.support.json_stream import written
from evidence_app.intake.records import Source

_LARGEST = 32 << 20
_DEEPEST = 5
_LEAST = 2
_MOSTLY = 0.8
_TIMES = ("timestamp_ms", "timestamp", "datetime", "date_time", "created_at", "createdat",
          "sent_at", "sentat", "date_sent", "createtime", "create_time", "time",
          "date", "ts", "sent", "when", "created", "时间", "時間")  # fmt: skip
_SENDERS = ("sender_name", "sendername", "from_name", "sender", "author", "from", "user",
            "username", "nickname", "nick", "by", "name", "发送人", "发送者", "寄件者")  # fmt: skip
_TEXTS = ("text", "message", "content", "body", "msg", "内容", "消息", "訊息")
_OF_LOGS = frozenset({"level", "severity", "logger", "loglevel", "hostname", "pid", "stacktrace"})


@dataclass(frozen=True, slots=True)
class Said:
    """A message as its object states it.

    Attributes:
        time: As written.
        author: Who wrote.
        text: The words.
    """

    time: str
    author: str
    text: str


def messages_in(source: Source) -> list[Said]:
    """The messages of the first list that holds some; none if the file has no such list."""
    if source.size > _LARGEST:
        return []
    source.stream.seek(0)
    data = source.stream.read().removeprefix(b"\xef\xbb\xbf")
    if not data.lstrip().startswith((b"[", b"{")):
        return []
    try:
        whole = json.loads(data)
    except (ValueError, RecursionError):
        return []
    for listed in _lists(whole, 0):
        found = [one for entry in listed if (one := _said(entry)) is not None]
        if len(found) >= _LEAST and len(found) >= len(listed) * _MOSTLY:
            return found
    return []


def _lists(value: Any, depth: int) -> Iterator[list[dict[str, Any]]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        objects = [one for one in value if isinstance(one, dict)]
        if len(objects) >= _LEAST:
            yield objects
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in inner:
        if isinstance(one, dict | list):
            yield from _lists(one, depth + 1)


def _said(entry: dict[str, Any]) -> Said | None:
    plain = {str(key).casefold(): value for key, value in entry.items()}
    if _OF_LOGS & plain.keys():
        return None
    names = [next((key for key in keys if key in plain), "") for keys in (_TIMES, _SENDERS, _TEXTS)]
    if not all(names):
        return None
    time, author, text = (_plain(plain[name]) for name in names)
    return Said(time, author, text) if time and author else None


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return next((written(value[key]) for key in ("name", *_SENDERS) if value.get(key)), "")
    return "" if isinstance(value, list) else written(value)
