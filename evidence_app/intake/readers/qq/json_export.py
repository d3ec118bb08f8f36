"""Chats that QQChatExporter wrote as JSON, or in pieces with one message a line."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from evidence_app.intake.chat_authors import ask_for_owner
from evidence_app.intake.readers.chat.lines import CallMention, message_or_call
from evidence_app.intake.readers.chat.participants import account
from evidence_app.intake.readers.qq.participants import Section, settle
from evidence_app.intake.readers.qq.syntax import Author, call_of
from evidence_app.intake.readers.support.epoch_times import from_unix
from evidence_app.intake.readers.support.filename_times import times_in_name
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
from evidence_app.intake.readers.tables.times import Dating, read_time
from evidence_app.intake.records import Description, EventRecord, Notice, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.evidence import (
    ItemKind,
    PlaceUnit,
    SkippedEntry,
    SourcePlace,
    TextBlock,
)
from evidence_app.model.question import Question, QuestionKind
from evidence_app.model.times import TimeReading, WallClock

_LISTS: frozenset[Path] = frozenset({("messages",), ("chunks", ITEM, "messages")})
_OPEN: frozenset[Path] = _LISTS | {(), ("chunks",), ("chunks", ITEM), ("avatars",)}
_SELF = (("chatInfo", "selfUid"), ("chatInfo", "selfUin"), ("chatInfo", "peerUid"))
_ONE_A_LINE = (("sender", "uid"), ("content", "text"), ("timestamp",))
_NOBODYS = frozenset({"", "0", "未知"})
_SYSTEM_TYPE = "5"
_NOT_RAW = frozenset({"content", "sender", "rawMessage"})
_TOLD = ("uid", "uin", "name", "nickname", "groupCard", "remark")
_STILL_ALIVE = 4096


def recognises(source: Source) -> bool:
    """Whether the file is such an export."""
    fields = signs(source)
    if _is_one_a_line(fields):
        return True
    if not any(path[:1] == ("chatInfo",) for path in fields):
        return False
    name = written(fields.get(("metadata", "name")))
    return name.startswith("QQChatExporter") or any(path in fields for path in _SELF)


def _is_one_a_line(fields: Mapping[Path, Any]) -> bool:
    if ("chatInfo",) in fields or not all(path in fields for path in _ONE_A_LINE):
        return False
    return ("sender", "uin") in fields or ("recalled",) in fields


def read(source: Source) -> Iterator[Record]:
    """Every message and call; QQ's own lines as text."""
    yield Description(ItemKind.MESSAGES, "application/json")
    yield from times_in_name(source.filename)
    yield from _Export(source).records()


class _Export:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._by_line = _is_one_a_line(signs(source))
        self._info: dict[str, Any] = {}
        self._declared: int | None = None
        self._section = Section()
        self._entry = 0
        self._left_out = 0
        self._floating = False

    def records(self) -> Iterator[Record]:
        """All that is in the file, and what it leaves open."""
        self._look()
        try:
            for entry in self._entries():
                self._entry += 1
                yield self._record(entry, SourcePlace(PlaceUnit.ENTRY, self._entry))
        except BrokenJsonError:
            yield Notice(message(MessageCode.DAMAGED_XML, entry=self._entry), damaged=True)
        yield from self._closing()

    def _entries(self) -> Iterator[Any]:
        if self._by_line:
            yield from _lines(self._source)
            return
        for path, value in values(self._source.stream, _OPEN.__contains__):
            if path[:-1] in _LISTS:
                yield value

    def _look(self) -> None:
        """Find out who is who, which later messages can tell, and what the file says of itself."""
        try:
            if self._by_line:
                for entry in _lines(self._source):
                    self._note(entry)
            else:
                self._look_ahead()
        except BrokenJsonError:
            pass
        self._settle()

    def _look_ahead(self) -> None:
        for count, (path, value) in enumerate(values(self._source.stream, _OPEN.__contains__)):
            if count % _STILL_ALIVE == 0:
                self._source.alive()
            if path[:-1] in _LISTS:
                self._note(value)
            elif value is not OPENED and isinstance(value, dict):
                if path == ("chatInfo",):
                    self._info = value
                elif path == ("statistics",):
                    declared = written(value.get("totalMessages"))
                    self._declared = int(declared[:9]) if declared.isdecimal() else None

    def _note(self, entry: Any) -> None:
        if isinstance(entry, dict) and not _is_system(entry):
            author = self._author(entry)
            if author.key:
                self._section.take(author)

    def _settle(self) -> None:
        is_group = self._info_text("type") in ("group", "2") or len(self._section.authors) > 2
        if not is_group and self._info_text("name"):
            peer = self._info_text("peerUin") or self._info_text("peerUid")
            self._section.target = Author(self._info_text("name"), peer, self._info_text("name"))
        mine = (
            self._info_text("selfUin") or self._info_text("selfUid") or self._info_text("selfName")
        )
        settle([self._section], [mine] if mine else self._source.answers.owners)
        if mine and not self._section.owners:
            self._section.owners = frozenset({mine})
        self._section.partner = None if is_group else self._partner()

    def _partner(self) -> str | None:
        others = [key for key in self._section.authors if key not in self._section.owners]
        if not others and self._section.target is not None:
            return self._section.target.key
        return others[0] if self._section.owners and len(others) == 1 else self._section.partner

    def _info_text(self, name: str) -> str:
        text = written(self._info.get(name)).strip()
        return "" if text in _NOBODYS else text

    def _author(self, entry: dict[str, Any]) -> Author:
        """The sender; of two ways of naming an account, always the same one."""
        sender = entry.get("sender")
        fields = sender if isinstance(sender, dict) else {}
        uid, uin, name, nickname, card, remark = (
            written(fields.get(field_name)) for field_name in _TOLD
        )
        name = next(
            (
                candidate
                for candidate in (remark, card, name, nickname)
                if candidate not in _NOBODYS
            ),
            "",
        )
        if uid and uid == self._info_text("selfUid"):
            uin = self._info_text("selfUin") or uin
        number = next((candidate for candidate in (uin, uid) if candidate not in _NOBODYS), "")
        return Author(name, number, f"{name} ({number})" if name and number else name or number)

    def _record(self, entry: Any, place: SourcePlace) -> Record:
        if not isinstance(entry, dict) or not ("content" in entry or "sender" in entry):
            return SkippedEntry(place, message(MessageCode.ROW_UNREADABLE), shortened(entry))
        text = _text(entry)
        if _is_system(entry):
            return TextBlock(text or "—", place)
        time = self._time(entry)
        if time is None:
            value = written(entry.get("timestamp")) or written(entry.get("time"))
            reason = message(MessageCode.ROW_BAD_TIME, value=value)
            return SkippedEntry(place, reason, f"{shortened(entry)} {text}"[:500])
        return self._act(entry, text, time, place)

    def _time(self, entry: dict[str, Any]) -> TimeReading | None:
        for name in ("timestamp", "time"):
            text = written(entry.get(name))
            reading = from_unix(text) or _written_time(text)
            if reading is not None:
                self._floating |= isinstance(reading.moment, WallClock)
                return reading
        return None

    def _act(
        self, entry: dict[str, Any], text: str, time: TimeReading, place: SourcePlace
    ) -> EventRecord:
        author = self._author(entry)
        direction, other = self._section.of(author)
        call = _call(entry, text)
        fields = plain_fields(entry, _NOT_RAW)
        fields |= {"author": author.written, "chat": self._info_text("name")}
        return message_or_call(
            call,
            direction=direction,
            time=time,
            identifier=account("QQ", other.key),
            contact_name=other.name,
            text=text,
            place=place,
            raw={name: value for name, value in fields.items() if value},
            enclosed=tuple(self._files(entry)),
        )

    def _files(self, entry: dict[str, Any]) -> Iterator[str]:
        for part in _parts(entry, "resources"):
            name = written(part.get("filename")) or written(part.get("fileName"))
            beside = written(part.get("localPath")) or written(part.get("url"))
            is_beside = bool(beside) and ":" not in beside
            self._left_out += not is_beside
            if is_beside or name:
                yield beside if is_beside else name

    def _closing(self) -> Iterator[Record]:
        if self._left_out:
            yield Notice(message(MessageCode.MEDIA_LEFT_OUT, count=self._left_out))
        if self._declared is not None and self._declared != self._entry:
            differs = message(MessageCode.COUNT_DIFFERS, declared=self._declared, found=self._entry)
            yield Notice(differs)
        if unclear := self._section.unclear:
            yield ask_for_owner(unclear)
        if self._floating:
            yield Question(QuestionKind.TIMEZONE, {}, blocking=False)


def _lines(source: Source) -> Iterator[Any]:
    """The entries of a file with one on each line; words for a line that is none."""
    source.stream.seek(0)
    text = io.TextIOWrapper(source.stream, encoding="utf-8-sig", errors="replace")
    try:
        for count, line in enumerate(text):
            if count % _STILL_ALIVE == 0:
                source.alive()
            if line.strip():
                yield _parsed(line)
    finally:
        text.detach()


def _parsed(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return line.strip()


def _is_system(entry: dict[str, Any]) -> bool:
    if entry.get("system") is True or entry.get("isSystemMessage") is True:
        return True
    return entry.get("type") == "system" or written(entry.get("messageType")) == _SYSTEM_TYPE


def _text(entry: dict[str, Any]) -> str:
    content = entry.get("content")
    return written(content.get("text") if isinstance(content, dict) else content)


def _parts(entry: dict[str, Any], name: str) -> list[dict[str, Any]]:
    content = entry.get("content")
    parts = content.get(name) if isinstance(content, dict) else None
    return [part for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []


def _call(entry: dict[str, Any], text: str) -> CallMention | None:
    for element in _parts(entry, "elements"):
        if element.get("type") == "av_record":
            data = element.get("data")
            summary = written(data.get("summary")) if isinstance(data, dict) else ""
            return call_of(summary) or call_of(text) or CallMention()
    return call_of(text)


def _written_time(text: str) -> TimeReading | None:
    try:
        return read_time(text, Dating())
    except ValueError:
        return None
