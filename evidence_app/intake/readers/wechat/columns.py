"""The tables that tools for WeChat write: which column holds what, whatever the tool calls it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from evidence_app.intake.readers.wechat.common import GROUP, ME

Row = Mapping[str, str]
"""The cells of a row by the headings of their columns."""

SURPLUS = "+"
"""The heading of what stands in a row beyond the last column."""

_SYSTEM_NAMES = frozenset({"系统", "系统消息"})
_MEMOTRACE = (
    "localId", "TalkerId", "Type", "SubType", "IsSender", "CreateTime", "Status", "StrContent",
    "StrTime",
)  # fmt: skip
_MEMOTRACE_ENDS = {1: ("Sender",), 3: ("Remark", "NickName", "Sender")}
_SERVER_ID = "MsgSvrID"
_LEAST_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Entry:
    """A row, as all tools mean it.

    Attributes:
        kind: The number or name of the kind of message; empty if the tool writes none.
        subkind: The number of its second kind.
        content: What it says.
        times: Its time, the surest wording first.
        own: Whether the owner sent it; None if the row does not tell.
        chat: The id of the chat; empty if the table has no column for it.
        chat_name: What the chat is called.
        sender: The id or name of who sent it.
        name: The name of who sent it, or of the chat where the tool names that.
        nickname: Another name of the same.
        file: A file that belongs to it.
        is_system: Whether the row says that WeChat itself wrote it.
        is_group: Whether the row says that the chat is a group; None if it does not tell.
    """

    kind: str
    subkind: str
    content: str
    times: tuple[str, ...]
    own: bool | None
    chat: str
    chat_name: str
    sender: str
    name: str
    nickname: str = ""
    file: str = ""
    is_system: bool = False
    is_group: bool | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """A tool's table.

    Attributes:
        name: The tool and its kind of table.
        needed: The columns by which it is known.
        entry: Makes sense of a row.
        content: The columns of long texts.
    """

    name: str
    needed: frozenset[str]
    entry: Callable[[Row], Entry]
    content: frozenset[str]


def layout_of(names: Sequence[str]) -> Layout | None:
    """The layout that has these columns, or None."""
    columns = {name.strip().lstrip("\ufeff") for name in names}
    return next((layout for layout in LAYOUTS if layout.needed <= columns), None) or _plain_layout(
        columns
    )


def aligned(names: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """The cells of a row by their headings, also where a tool wrote more cells than headings."""
    surplus = len(cells) - len(names)
    if surplus <= 0:
        return {**dict.fromkeys(names, ""), **dict(zip(names, cells, strict=False))}
    if tuple(names[: len(_MEMOTRACE)]) == _MEMOTRACE:
        return _memotrace_row(names, cells)
    if "content" in names:
        # An early PyWxDump wrote its JSON without quotes around it.
        at = list(names).index("content")
        cells = [*cells[:at], ",".join(cells[at : at + surplus + 1]), *cells[at + surplus + 1 :]]
        return dict(zip(names, cells, strict=True))
    row = dict(zip(names, cells, strict=False))
    return {**row, SURPLUS: ",".join(cells[len(names) :])}


def _memotrace_row(names: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """A row of MemoTrace 0.2, whose heading lacks a column or the last ones."""
    fixed = len(_MEMOTRACE)
    row = {**dict.fromkeys(names, ""), **dict(zip(_MEMOTRACE, cells, strict=False))}
    rest = list(cells[fixed:])
    if rest and len(rest[0]) >= _LEAST_DIGITS and rest[0].isdigit():
        row[_SERVER_ID] = rest.pop(0)
    named = tuple(names[fixed:]) if len(names) - fixed == len(rest) else ()
    named = named or _MEMOTRACE_ENDS.get(len(rest), tuple(names[fixed:]))
    row.update(zip(named, rest, strict=False))
    if len(rest) > len(named):
        row[SURPLUS] = ",".join(rest[len(named) :])
    return row


def _get(row: Row, name: str) -> str:
    return row.get(name, "").strip()


def _flag(row: Row, name: str) -> bool | None:
    written = _get(row, name).lower()
    return written in ("1", "true", "是") if written else None


def _memotrace(row: Row) -> Entry:
    chat = _get(row, "TalkerId")
    return Entry(
        kind=_get(row, "Type"),
        subkind=_get(row, "SubType"),
        content=row.get("StrContent", ""),
        times=(row.get("CreateTime", ""), row.get("StrTime", "")),
        own=_flag(row, "IsSender"),
        chat=chat,
        chat_name="",
        sender=_get(row, "Sender"),
        name=_get(row, "Remark") or _get(row, "NickName"),
        nickname=_get(row, "NickName"),
        is_group=None if not chat or chat.isdigit() else GROUP in chat,
    )


def _pywxdump(row: Row) -> Entry:
    sender, room = _get(row, "talker"), _get(row, "room_name")
    content, file = _of_json(row.get("msg") or row.get("content", ""), _get(row, "src"))
    return Entry(
        kind=_get(row, "type_name"),
        subkind="",
        content=content,
        times=(row.get("CreateTime", ""),),
        own=_flag(row, "is_sender"),
        chat=room,
        chat_name="",
        sender="" if sender == "未知" else sender,
        name="" if room else sender,
        file=file,
        is_system=sender in _SYSTEM_NAMES,
        is_group=GROUP in room if room else None,
    )


def _memotrace_chat(row: Row) -> Entry:
    sender = _get(row, "发送人")
    return Entry(
        kind=_get(row, "类型"),
        subkind="",
        content=row.get("内容", ""),
        times=(row.get("时间", ""),),
        own=None,
        chat="",
        chat_name="",
        sender=sender,
        name=_get(row, "备注") or _get(row, "昵称"),
        is_system=sender in _SYSTEM_NAMES,
    )


def _chatlog(row: Row) -> Entry:
    sender, chat, name = _get(row, "Sender"), _get(row, "Talker"), _get(row, "SenderName")
    is_group = GROUP in chat
    own = True if ME in (sender, name) else None
    if own is None and sender and not is_group:
        own = sender != chat
    return Entry(
        kind=_get(row, "Type"),
        subkind=_get(row, "SubType"),
        content=row.get("Content", ""),
        times=(row.get("Time", ""),),
        own=own,
        chat=chat,
        chat_name=_get(row, "TalkerName"),
        sender=sender,
        name=name,
        is_system=sender in _SYSTEM_NAMES,
        is_group=is_group,
    )


def _plain_layout(columns: set[str]) -> Layout | None:
    """A table of who wrote what when, as small tools write it in words of their own."""
    chosen = [next((name for name in names if name in columns), "") for names in _PLAIN]
    time, sender, content, kind = chosen
    if not (time and sender and content) or columns & _RECEIVERS:
        return None
    return Layout(
        "table",
        frozenset({time, sender, content}),
        lambda row: Entry(
            kind=_get(row, kind),
            subkind="",
            content=row.get(content, ""),
            times=(row.get(time, ""),),
            own=None,
            chat="",
            chat_name="",
            sender=_get(row, sender),
            name=_get(row, sender),
            is_system=_get(row, sender) in _SYSTEM_NAMES,
        ),
        frozenset({content}),
    )


_PLAIN = (
    ("时间", "发送时间", "消息时间", "日期时间", "日期"),
    ("发送者", "发送人", "发言人", "发信人", "发消息人", "发送者昵称", "发送人昵称"),
    ("内容", "消息内容", "聊天内容", "消息"),
    ("消息类型", "类型"),
)
"""What the columns are called: when, who, what, and of which kind, which may be missing."""

_RECEIVERS = frozenset(
    {"接收者", "接收人", "接收方", "收件人", "收信人", "号码", "手机号", "电话号码"}
)
"""A table with one of these is of text messages."""


def _of_json(content: str, file: str) -> tuple[str, str]:
    """The words and the file of a cell that older versions fill with JSON."""
    if not content.lstrip().startswith("{"):
        return content, file
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return content, file
    if not isinstance(document, dict) or not {"msg", "src"} & document.keys():
        return content, file
    return str(document.get("msg") or ""), file or str(document.get("src") or "")


MEMOTRACE = Layout(
    "MemoTrace",
    frozenset({"TalkerId", "Type", "IsSender", "CreateTime", "StrContent"}),
    _memotrace,
    frozenset({"StrContent"}),
)
LAYOUTS = (
    MEMOTRACE,
    Layout(
        "PyWxDump",
        frozenset({"type_name", "is_sender", "talker", "CreateTime"}),
        _pywxdump,
        frozenset({"msg", "content"}),
    ),
    Layout(
        "MemoTrace, one chat",
        frozenset({"消息ID", "发送人", "时间", "内容"}),
        _memotrace_chat,
        frozenset({"内容"}),
    ),
    Layout(
        "chatlog",
        frozenset({"Time", "SenderName", "Sender", "Talker", "Content"}),
        _chatlog,
        frozenset({"Content"}),
    ),
)
"""All layouts; no table fits two."""
