"""Conversations as JSON or tables of a program that no reader knows: time, sender and text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from evidence_app.intake.readers.support.json_stream import written
from evidence_app.intake.readers.tables.headings import Column, column_of
from evidence_app.intake.readers.tables.json_rows import begins_as_json
from evidence_app.intake.readers.tables.sheets import cell_text, sheets
from evidence_app.intake.records import Source

_LARGEST = 32 << 20
_HEAD = 64
_DEEPEST = 5
_LEAST = 2
_MOSTLY = 0.8
_TIMES = (
    "timestamp_ms", "timestamp", "originalarrivaltime", "created_date", "message date",
    "datetime", "date_time", "created_at", "createdat", "sent_at", "sentat", "date_sent",
    "createtime", "create_time", "time", "date", "ts", "sent", "when", "created", "时间",
    "時間", "日期", "日期时间", "发送时间", "发件时间", "接收时间", "收到时间",
)  # fmt: skip
_SENDERS = (
    "sender_name", "sendername", "sender name", "displayname", "creator", "from_name",
    "sender", "author", "from", "user", "username", "nickname", "nick", "by", "name",
    "发送人", "发送者", "寄件者", "发件人", "发信人", "发送方", "来自", "昵称", "sender_id",
    "senderid",
)  # fmt: skip
_TEXTS = ("text", "message", "content", "body", "msg", "chat_message", "内容", "消息", "訊息",
          "信息", "短信", "正文", "短信内容", "消息内容", "信息内容")  # fmt: skip
_INNER = ("text", "message_content", "segment", "chat_id")
_PARTED_TIMES = (("date", "time"), ("日期", "时间"), ("日期", "時間"))
"""A day and a time of day, each in a column of its own; the second then holds both."""

_HEADING_ROWS = 10
_ASSIGNED = re.compile(rb"\A\s*[\w.$]{1,80}\s*=\s*(?=[\[{])")
"""What stands before the JSON in files of X, which are scripts."""

_NUMBER = re.compile(r"\+?\d{3,20}", re.ASCII)
_TELEPHONE = re.compile(r"\+\d{7,15}|1[3-9]\d{9}|106\d{5,17}|0\d{9,11}", re.ASCII)
_OF_LOGS = frozenset({"level", "severity", "logger", "loglevel", "hostname", "pid", "stacktrace"})


@dataclass(frozen=True, slots=True)
class Message:
    """A message as its object states it.

    Attributes:
        time: As written.
        author: Who wrote.
        text: The words.
    """

    time: str
    author: str
    text: str


def messages_in(source: Source) -> list[Message]:
    """The messages of the first list that holds some; none if the file has no such list."""
    if source.size > _LARGEST:
        return []
    source.stream.seek(0)
    data = _ASSIGNED.sub(b"", source.stream.read().removeprefix(b"\xef\xbb\xbf"))
    if not data.lstrip().startswith((b"[", b"{")):
        return []
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return []
    return list(chain.from_iterable(filter(None, map(_talk_in, _lists(document, 0)))))


def _talk_in(listed: list[dict[str, Any]]) -> list[Message]:
    """The messages of a list that holds little else."""
    messages = [message for entry in listed if (message := _message(entry)) is not None]
    is_talk = len(messages) >= _LEAST and len(messages) >= len(listed) * _MOSTLY
    return messages if is_talk else []


def rows_in(source: Source) -> list[Message]:
    """The messages of a table with a heading for time, sender and words; none if it has none."""
    source.stream.seek(0)
    if source.size > _LARGEST or begins_as_json(source.stream.read(_HEAD)):
        return []
    sheet = next(sheets(source.stream, source.answers.encoding), None)
    if sheet is None or sheet.doubted:
        return []
    heading: dict[str, int] | None = None
    messages: list[Message] = []
    for at, (_, row) in enumerate(sheet.rows):
        cells = [cell_text(cell).strip() for cell in row]
        if heading is None and at < _HEADING_ROWS:
            heading = _heading(cells)
        elif heading is None:
            break
        else:
            entry = {name: cells[at] if at < len(cells) else "" for name, at in heading.items()}
            for day, clock in _PARTED_TIMES:
                if day in entry and clock in entry:
                    entry[clock] = f"{entry[day]} {entry[clock]}".strip()
            message = _message(entry)
            messages += [message] if message is not None else []
    return [] if _are_numbers(message.author for message in messages) else messages


def _are_numbers(authors: Iterable[str]) -> bool:
    """Whether senders are telephone numbers, as in a list of text messages; accounts are none."""
    numbers = {re.sub(r"[\s().-]", "", author) for author in authors}
    return all(map(_NUMBER.fullmatch, numbers)) and any(map(_TELEPHONE.fullmatch, numbers))


def _heading(cells: list[str]) -> dict[str, int] | None:
    """Which column is called what, if one is for times, one for senders and one for words.

    A table that also tells who called, or the numbers of both sides, is one of calls and messages.
    """
    names = {cell.lstrip("\ufeff").casefold(): at for at, cell in enumerate(cells) if cell}
    columns = [column_of(cell) for cell in cells]
    for keys, column in ((_TIMES, Column.TIME), (_SENDERS, Column.CALLER), (_TEXTS, Column.TEXT)):
        if column in columns and not any(key in names for key in keys):
            names[keys[-1]] = columns.index(column)
    if not all(any(key in names for key in keys) for keys in (_TIMES, _SENDERS, _TEXTS)):
        return None
    if set(columns) & {Column.SORT, Column.NUMBER, Column.CALLEE, Column.DURATION}:
        return None
    return names


def _lists(value: Any, depth: int) -> Iterator[list[dict[str, Any]]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        objects = [element for element in value if isinstance(element, dict)]
        if len(objects) >= _LEAST:
            yield objects
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for element in inner:
        if isinstance(element, dict | list):
            yield from _lists(element, depth + 1)


def _message(entry: dict[str, Any]) -> Message | None:
    if len(entry) == 1 and isinstance(inner := next(iter(entry.values())), dict):
        entry = inner
    plain = {str(key).casefold(): value for key, value in entry.items() if value is not None}
    if _OF_LOGS & plain.keys():
        return None
    names = [next((key for key in keys if key in plain), "") for keys in (_TIMES, _SENDERS, _TEXTS)]
    if not all(names):
        return None
    time, author, text = (_plain(plain[name]) for name in names)
    return Message(time, author, text) if time and author else None


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return next(
            (_plain(value[key]) for key in ("name", *_SENDERS, *_INNER) if value.get(key)), ""
        )
    if isinstance(value, list):
        return "".join(_plain(element) for element in value if isinstance(element, dict))
    return written(value)
