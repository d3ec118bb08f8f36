"""WeChat as JSON: WeFlow's chats, and the lists that PyWxDump and chatlog write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from evidence_app.intake import wechat_kinds
from evidence_app.intake.instants import from_unix, is_sane
from evidence_app.intake.json_entries import (
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
from evidence_app.intake.records import ActRecord, Description, Notice, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.event import Direction
from evidence_app.model.evidence import (
    ItemKind,
    PlaceUnit,
    SkippedEntry,
    SourcePlace,
    TextBlock,
)
from evidence_app.model.question import Question, QuestionKind
from evidence_app.model.times import Instant, TimePrecision, TimeReading, TimeSource, WallClock

_CHAT: Path = ("messages",)
_ENTRY: Path = ("messages", ITEM)
_LIST: Path = ()
_LIST_ENTRY: Path = (ITEM,)
_GROUP = "@chatroom"
_NO_RAW = frozenset({"content", "msg", "parsedContent", "contents"})
_CONTENT = ("parsedContent", "content", "msg")
_OWN = ("isSend", "is_sender", "isSelf")
_TIMES = ("createTime", "CreateTime", "time", "formattedTime")
_SENDERS = ("senderUsername", "sender", "talker")
_NAMES = ("senderDisplayName", "senderName")
_KINDS = ("localType", "type", "type_name")
_FILES = ("src", "mediaPath", "filePath")
_MOST_CANDIDATES = 12


def recognises(source: Source) -> bool:
    """Whether the file is such an export."""
    found = signs(source)
    if ("session", "wxid") in found or ("weflow",) in found:
        return _CHAT in found
    one = {path[1] for path in found if len(path) == 2 and path[0] == ITEM}
    return one >= {"type_name", "is_sender", "CreateTime"} or (
        one >= {"talker", "sender", "content", "time"} and bool(one & {"isSelf", "talkerName"})
    )


def read(source: Source) -> Iterator[Record]:
    """Every message; what WeChat itself says as text."""
    yield Description(ItemKind.MESSAGES, "application/json")
    chat = _Chat()
    source.stream.seek(0)
    number = 0
    try:
        for path, value in values(source.stream, _is_open):
            source.alive()
            if path in (_ENTRY, _LIST_ENTRY) and value is not OPENED:
                number += 1
                yield chat.record(value, SourcePlace(PlaceUnit.ENTRY, number))
            elif path == ("session",) and isinstance(value, dict):
                chat.session = value
    except BrokenJsonError:
        yield Notice(message(MessageCode.DAMAGED_XML, entry=number), damaged=True)
    yield from chat.closing()


def _is_open(path: Path) -> bool:
    return path in (_LIST, _CHAT)


class _Chat:
    def __init__(self) -> None:
        self.session: Mapping[str, Any] = {}
        self._unsure: Counter[str] = Counter()
        self._floating = False

    def record(self, entry: Any, place: SourcePlace) -> Record:
        """One message."""
        if not isinstance(entry, dict):
            return SkippedEntry(place, message(MessageCode.ROW_UNREADABLE), shortened(entry))
        time = self._time(entry)
        if time is None:
            reason = message(MessageCode.ROW_BAD_TIME, value=_first(entry, _TIMES))
            return SkippedEntry(place, reason, shortened(entry))
        direction, identifier, name, chat = self._who(entry)
        kind = _first(entry, _KINDS) or "1"
        subkind = _first(entry, ("subType", "sub_type"))
        told = wechat_kinds.told(kind, subkind, _first(entry, _CONTENT), direction)
        if told.is_system:
            return TextBlock(told.text or "—", place)
        if told.sender and direction is Direction.INCOMING and _GROUP in chat:
            identifier, name = told.sender, ""
        if direction is Direction.NONE:
            self._unsure[name or identifier] += 1
        raw = {key: value[:500] for key, value in plain_fields(entry, _NO_RAW).items()}
        if chat:
            raw["chat"] = chat
        file = _first(entry, _FILES)
        return ActRecord(
            told.type, direction, told.outcome, time, told.duration_s, identifier, name,
            told.text, place, raw, (file,) if file else (),
        )  # fmt: skip

    def _time(self, entry: Mapping[str, Any]) -> TimeReading | None:
        for name in _TIMES:
            text = written(entry.get(name)).strip()
            found = _reading(text) if text else None
            if found is not None:
                self._floating = self._floating or isinstance(found.moment, WallClock)
                return found
        return None

    def _who(self, entry: Mapping[str, Any]) -> tuple[Direction, str, str, str]:
        """Direction, the other side's id and name, and the chat if it is a group."""
        own = next((entry[name] for name in _OWN if entry.get(name) is not None), None)
        direction = Direction.NONE
        if own is not None:
            is_own = str(own).lower() in ("1", "true")
            direction = Direction.OUTGOING if is_own else Direction.INCOMING
        sender, name = _first(entry, _SENDERS), _first(entry, _NAMES)
        partner, shown = self._partner(entry)
        if _GROUP in partner or self.session.get("type") == "群聊":
            if direction is Direction.OUTGOING:
                return direction, "", "", shown or partner
            return direction, sender or name, name, shown or partner
        if direction is Direction.NONE:
            return direction, sender or name or partner, name, ""
        return direction, partner or sender or name, shown or name, ""

    def _partner(self, entry: Mapping[str, Any]) -> tuple[str, str]:
        """The chat's id and name."""
        if self.session:
            shown = _first(self.session, ("remark", "displayName", "nickname"))
            return _first(self.session, ("wxid", "username")) or shown, shown
        room = _first(entry, ("room_name",))
        if room or "is_sender" in entry:
            return room or _first(entry, ("talker",)), ""
        return _first(entry, ("talker",)), _first(entry, ("talkerName",))

    def closing(self) -> Iterator[Record]:
        """What is to be asked."""
        if self._unsure:
            names = [name for name, _ in self._unsure.most_common(_MOST_CANDIDATES) if name]
            yield Question(QuestionKind.OWNER, {"candidates": names})
        if self._floating:
            yield Question(QuestionKind.TIMEZONE, {"suggested": "Asia/Shanghai"}, blocking=False)


def _first(entry: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return next((words for name in names if (words := written(entry.get(name)).strip())), "")


def _reading(text: str) -> TimeReading | None:
    if text.isdigit():
        return from_unix(text)
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    moment = Instant(at) if at.tzinfo is not None else WallClock(at)
    if isinstance(moment, Instant) and not is_sane(moment):
        return None
    return TimeReading(moment, TimeSource.RECORD, TimePrecision.SECOND, text)
