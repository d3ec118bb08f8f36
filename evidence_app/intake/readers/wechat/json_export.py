"""WeChat as JSON: WeFlow's chats, and the lists that PyWxDump and chatlog write."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from evidence_app.intake.readers.chat.participants import account, folded
from evidence_app.intake.readers.support.json_stream import (
    ITEM,
    OPENED,
    BrokenJsonError,
    Path,
    plain_fields,
    shortened,
    signs,
    values,
    written,
)
from evidence_app.intake.readers.wechat import message_types
from evidence_app.intake.readers.wechat.common import GROUP, is_path, questions, reading
from evidence_app.intake.records import Description, EventRecord, Notice, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.event import Direction
from evidence_app.model.evidence import (
    ItemKind,
    PlaceUnit,
    SkippedEntry,
    SourcePlace,
    TextBlock,
)
from evidence_app.model.times import TimeReading, WallClock

_LISTS = frozenset({(), ("messages",), ("items",)})
_ENTRIES = frozenset({(*path, ITEM) for path in _LISTS})
_MESSAGES: Path = ("messages",)
_SESSION: Path = ("session",)
_SENDERS_LIST: Path = ("senders",)
_NO_RAW = frozenset({"content", "msg", "parsedContent", "contents"})
_CONTENT = ("parsedContent", "content", "msg")
_OWN = ("isSend", "is_sender", "isSelf")
_TIMES = ("createTime", "CreateTime", "time", "formattedTime")
_SENDERS = ("senderUsername", "sender", "talker")
_NAMES = ("senderDisplayName", "senderName")
_KINDS = ("localType", "type", "type_name")
_FILES = ("src", "mediaPath", "filePath")
_SYSTEM_NAMES = frozenset({"系统", "系统消息"})
_LONGEST = 500


def recognises(source: Source) -> bool:
    """Whether the file is such an export."""
    fields = signs(source)
    if ("weflow",) in fields or ("session", "wxid") in fields:
        return _SESSION in fields or _MESSAGES in fields
    for head in _ENTRIES:
        keys = {path[-1] for path in fields if len(path) == len(head) + 1 and path[:-1] == head}
        if keys >= {"type_name", "is_sender", "CreateTime"}:
            return True
        if keys >= {"talker", "sender", "content", "time"} and keys & {"isSelf", "talkerName"}:
            return True
    return False


def read(source: Source) -> Iterator[Record]:
    """Every message; what WeChat itself says as text."""
    yield Description(ItemKind.MESSAGES, "application/json")
    chat = Chat(source)
    source.stream.seek(0)
    number = 0
    try:
        for path, value in values(source.stream, _is_open):
            source.alive()
            if path in _ENTRIES and value is not OPENED:
                number += 1
                yield chat.record(value, SourcePlace(PlaceUnit.ENTRY, number))
            elif path == _SENDERS_LIST:
                chat.learn_senders(value)
    except BrokenJsonError:
        yield Notice(message(MessageCode.DAMAGED_XML, entry=number), damaged=True)
    yield from questions(chat.unsure, chat.is_floating)


def _is_open(path: Path) -> bool:
    return path in _LISTS


class Chat:
    """A chat, or a list of messages of several.

    Attributes:
        unsure: Authors of whom it is not known whether they are the owner.
        is_floating: Whether times do not tell their zone.
    """

    def __init__(self, source: Source) -> None:
        self.unsure: Counter[str] = Counter()
        self.is_floating = False
        self._session = _session(source)
        self._senders: dict[str, Mapping[str, Any]] = {}
        self._owners = {folded(owner) for owner in source.answers.owners if owner.strip()}

    def learn_senders(self, listed: Any) -> None:
        """Take in who the senders are whom messages tell by number only."""
        for sender in listed if isinstance(listed, list) else ():
            if isinstance(sender, dict):
                self._senders[written(sender.get("senderID"))] = sender

    def record(self, entry: Any, place: SourcePlace) -> Record:
        """One message."""
        if not isinstance(entry, dict):
            return SkippedEntry(place, message(MessageCode.ROW_UNREADABLE), shortened(entry))
        direction, identifier, name, group = self._sides_of(entry)
        kind = _kind(entry)
        files, content = _enclosed(entry, kind)
        parsed = message_types.content_of(
            kind, _first(entry, ("subType", "sub_type")), content, direction,
            in_group=bool(group) and direction is Direction.INCOMING,
        )  # fmt: skip
        if parsed.is_system or _first(entry, _SENDERS) in _SYSTEM_NAMES:
            return TextBlock(parsed.text or "—", place)
        time = self._time(entry)
        if time is None:
            reason = message(MessageCode.ROW_BAD_TIME, value=_first(entry, _TIMES))
            return SkippedEntry(place, reason, shortened(entry))
        if direction is Direction.NONE:
            self.unsure[name or identifier] += 1
        raw = {key: value[:_LONGEST] for key, value in plain_fields(entry, _NO_RAW).items()}
        if group:
            raw["chat"] = group
        return EventRecord(
            parsed.type, direction, parsed.outcome, time, parsed.duration_s,
            account(
                "WeChat", identifier or (parsed.sender if direction is Direction.INCOMING else "")
            ),
            name,
            parsed.text, place, raw, files,
        )  # fmt: skip

    def _time(self, entry: Mapping[str, Any]) -> TimeReading | None:
        texts = (written(entry.get(name)) for name in _TIMES)
        time = next((parsed for text in texts if (parsed := reading(text))), None)
        if time is not None and isinstance(time.moment, WallClock):
            self.is_floating = True
        return time

    def _sides_of(self, entry: Mapping[str, Any]) -> tuple[Direction, str, str, str]:
        """Direction, the other side's id and name, and the chat if it is a group."""
        sender, name = self._sender(entry)
        partner, partner_name = self._partner(entry)
        direction = self._direction(entry, sender, name, partner)
        if GROUP in partner or self._session.get("type") == "群聊":
            if direction is Direction.OUTGOING:
                return direction, "", "", partner_name or partner
            return direction, sender or name, name, partner_name or partner
        if direction is Direction.NONE:
            return direction, sender or name or partner, name, ""
        if direction is Direction.INCOMING and not partner:
            return direction, sender or name, name, ""
        return direction, partner, partner_name, ""

    def _direction(
        self, entry: Mapping[str, Any], sender: str, name: str, partner: str
    ) -> Direction:
        own = next((entry[own_flag] for own_flag in _OWN if entry.get(own_flag) is not None), None)
        if own is not None:
            is_own = str(own).lower() in ("1", "true")
            return Direction.OUTGOING if is_own else Direction.INCOMING
        if self._owners & {folded(name_or_id) for name_or_id in (sender, name) if name_or_id}:
            return Direction.OUTGOING
        return Direction.INCOMING if sender and sender == partner else Direction.NONE

    def _sender(self, entry: Mapping[str, Any]) -> tuple[str, str]:
        """The id and name of who wrote it."""
        listed = self._senders.get(written(entry.get("senderID")))
        if listed is not None:
            return _first(listed, ("wxid",)), _first(listed, ("displayName", "nickname"))
        sender = _first(entry, _SENDERS)
        return "" if sender == "未知" else sender, _first(entry, _NAMES)

    def _partner(self, entry: Mapping[str, Any]) -> tuple[str, str]:
        """The chat's id and name."""
        if self._session:
            display_name = _first(self._session, ("remark", "displayName", "nickname"))
            return _first(self._session, ("wxid", "username")) or display_name, display_name
        if "is_sender" in entry:
            own = str(entry["is_sender"]) == "1"
            return _first(entry, ("room_name",) if own else ("room_name", "talker")), ""
        return _first(entry, ("talker",)), _first(entry, ("talkerName",))


def _session(source: Source) -> Mapping[str, Any]:
    """What the file says of the chat, before its messages or after them."""
    if not {_SESSION, ("weflow",)} & signs(source).keys():
        return {}
    source.stream.seek(0)
    with contextlib.suppress(BrokenJsonError):
        for path, value in values(source.stream, _is_open):
            source.alive()
            if path == _SESSION and isinstance(value, dict):
                return value
    return {}


def _kind(entry: Mapping[str, Any]) -> str:
    """The name of the kind where it is a known one, which may tell more than the number."""
    name = _first(entry, ("type", "type_name"))
    return name if message_types.is_named(name) else _first(entry, _KINDS) or message_types.TEXT


def _enclosed(entry: Mapping[str, Any], kind: str) -> tuple[tuple[str, ...], str]:
    """The files that belong to a message, and its words."""
    inner = entry.get("content")
    source: Mapping[str, Any] = inner if isinstance(inner, dict) else entry
    content, file = _first(source, _CONTENT), _first(source, _FILES) or _first(entry, _FILES)
    if not message_types.is_media(kind):
        return (), content
    if file:
        return () if "://" in file else (file,), content
    return ((content,), "") if is_path(content) else ((), content)


def _first(entry: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return next((text for name in names if (text := written(entry.get(name)).strip())), "")
