"""WeChat as tables: MemoTrace, PyWxDump, WeFlow and chatlog, old and new."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from evidence_app.intake import wechat_kinds
from evidence_app.intake.chat_owner import Sides, sides
from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.instants import from_unix, is_sane
from evidence_app.intake.records import ActRecord, Description, Record, Source
from evidence_app.intake.text_encoding import SNIFF_SIZE, encoding_of
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

_MAX_CELL = 16 << 20
_MOST_CANDIDATES = 12
_GROUP = "@chatroom"
_MINE = frozenset({"我", "me", "self"})


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which column holds what; empty where none does.

    Attributes:
        needed: The columns by which the layout is known.
        kind: The kind of message.
        subkind: Its second kind.
        content: What it says.
        own: Whether the owner sent it.
        time: The columns of its time, the surest first.
        sender: Who sent it: an id or a name.
        name: The sender's name.
        chat: The chat's id or name.
        contact: The names of the other side of a chat of two.
        file: A file that belongs to it.
    """

    needed: frozenset[str]
    kind: str
    content: tuple[str, ...]
    time: tuple[str, ...]
    subkind: str = ""
    own: str = ""
    sender: str = ""
    name: str = ""
    chat: str = ""
    contact: tuple[str, ...] = ()
    file: str = ""


_LAYOUTS = (
    _Layout(
        frozenset({"TalkerId", "Type", "IsSender", "CreateTime", "StrContent"}),
        kind="Type", subkind="SubType", content=("StrContent",), own="IsSender",
        time=("CreateTime", "StrTime"), sender="Sender", chat="TalkerId",
        contact=("Remark", "NickName"),
    ),
    _Layout(
        frozenset({"type_name", "is_sender", "talker", "CreateTime"}),
        kind="type_name", content=("msg", "content"), own="is_sender", time=("CreateTime",),
        sender="talker", chat="room_name", file="src",
    ),
    _Layout(
        frozenset({"消息ID", "发送人", "时间", "内容"}),
        kind="类型", content=("内容",), time=("时间",), sender="发送人",
    ),
    _Layout(
        frozenset({"Time", "SenderName", "Sender", "Talker", "Content"}),
        kind="Type", content=("Content",), time=("Time",), sender="Sender", name="SenderName",
        chat="Talker", contact=("TalkerName",),
    ),
)  # fmt: skip


def recognises(source: Source) -> bool:
    """Whether the heading is one that these programs write."""
    head = source.stream.read(SNIFF_SIZE)
    encoding = encoding_of(head, complete=len(head) < SNIFF_SIZE)
    if encoding is None:
        return False
    lines = head.decode(encoding, "ignore").lstrip("\ufeff").splitlines()
    return _layout(next(csv.reader(lines[:1]), [])) is not None if lines else False


def _layout(names: list[str]) -> _Layout | None:
    known = {name.strip().lstrip("\ufeff") for name in names}
    return next((one for one in _LAYOUTS if one.needed <= known), None)


def read(source: Source) -> Iterator[Record]:
    """Every message; what WeChat itself says as text.

    Raises:
        ReadFailure: The file is damaged.
    """
    yield Description(ItemKind.MESSAGES, "text/csv")
    first = next(_rows(source), None)
    layout = _layout(list(first[1])) if first is not None else None
    if layout is None:
        return
    table = _Table(layout, source)
    for number, row in _rows(source):
        yield table.record(row, SourcePlace(PlaceUnit.ROW, number))
    yield from table.closing()


def _rows(source: Source) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row by its headings; cells beyond the heading are left out, it may be too short.

    Raises:
        ReadFailure: The file is damaged.
    """
    source.stream.seek(0)
    head = source.stream.read(SNIFF_SIZE)
    source.stream.seek(0)
    encoding = encoding_of(head, complete=len(head) < SNIFF_SIZE) or "utf-8"
    csv.field_size_limit(_MAX_CELL)
    text = io.TextIOWrapper(source.stream, encoding=encoding, errors="replace", newline="")
    try:
        reader = csv.reader(line.replace("\x00", "") for line in text)
        names = [name.strip().lstrip("\ufeff") for name in next(reader, [])]
        for number, cells in enumerate(reader, 2):
            source.alive()
            if any(cells):
                row = dict(zip(names, cells, strict=False))
                yield number, {name: row.get(name, "") for name in names}
    except csv.Error as error:
        raise ReadFailure(message(MessageCode.DAMAGED_TABLE)) from error
    finally:
        text.detach()


class _Table:
    def __init__(self, layout: _Layout, source: Source) -> None:
        self._layout = layout
        self._floating = False
        self._authors: Counter[str] = Counter()
        self._partners: Counter[str] = Counter()
        self._is_group = False
        for _, row in _rows(source):
            self._look(row)
        self._sides = self._settle(source)

    def _look(self, row: Mapping[str, str]) -> None:
        sender = self._sender(row)
        self._is_group = self._is_group or any(_GROUP in value for value in row.values())
        if sender and wechat_kinds.code_of(row.get(self._layout.kind, "1")) not in (
            "10000",
            "10002",
        ):
            self._authors[sender] += 1
            if not self._is_own(row):
                self._partners[sender] += 1

    def _settle(self, source: Source) -> Sides:
        chat = PurePath(source.filename).stem
        authors = [name for name, _ in self._authors.most_common()]
        return sides(authors, source.answers.owners, chat, self._is_group)

    def _sender(self, row: Mapping[str, str]) -> str:
        return row.get(self._layout.sender, "").strip()

    def _is_own(self, row: Mapping[str, str]) -> bool | None:
        """Whether the owner sent it; None if the row does not tell."""
        written = row.get(self._layout.own, "").strip().lower() if self._layout.own else ""
        if written:
            return written in ("1", "true", "是")
        sender = self._sender(row)
        if sender.lower() in _MINE:
            return True
        chat = row.get(self._layout.chat, "").strip() if self._layout.chat else ""
        if chat and sender and _GROUP not in chat:
            return sender != chat
        return None

    def record(self, row: dict[str, str], place: SourcePlace) -> Record:
        """One row."""
        content = next((row[name] for name in self._layout.content if row.get(name)), "")
        time = self._time(row)
        if time is None:
            written = row.get(self._layout.time[0], "")
            reason = message(MessageCode.ROW_BAD_TIME, value=written)
            return SkippedEntry(place, reason, ",".join(row.values())[:500])
        direction, identifier, name = self._who(row)
        content, file = _of_json(content, row.get(self._layout.file, ""))
        told = wechat_kinds.told(
            row.get(self._layout.kind, "1"), row.get(self._layout.subkind, ""), content, direction
        )
        if told.is_system:
            return TextBlock(told.text or "—", place)
        if told.sender and direction is not Direction.OUTGOING:
            identifier, name = told.sender, ""
        raw = {k: v[:500] for k, v in row.items() if v and k not in self._layout.content}
        if self._is_group:
            raw["chat"] = self._chat(row)
        return ActRecord(
            told.type, direction, told.outcome, time, told.duration_s, identifier, name,
            told.text, place, raw, (file,) if file else (),
        )  # fmt: skip

    def _chat(self, row: Mapping[str, str]) -> str:
        names = [row.get(one, "") for one in (*self._layout.contact, self._layout.chat)]
        return next((name for name in names if name), self._sides.chat)

    def _who(self, row: Mapping[str, str]) -> tuple[Direction, str, str]:
        """Direction, and the other side's id and name."""
        own, sender = self._is_own(row), self._sender(row)
        if own is None:
            direction, identifier = self._sides.of(sender)
            return direction, identifier, identifier
        direction = Direction.OUTGOING if own else Direction.INCOMING
        contact = next((row[one] for one in self._layout.contact if row.get(one)), "")
        if self._is_group:
            name = row.get(self._layout.name, "") if self._layout.name else ""
            return direction, "" if own else sender or contact, "" if own else name or sender
        chat = row.get(self._layout.chat, "") if self._layout.chat else ""
        if self._layout.contact and contact:
            return direction, contact, contact
        partner = chat or (sender if not own else self._partner())
        return direction, partner, partner

    def _partner(self) -> str:
        """The one who answers, in a chat of two."""
        found = [name for name, _ in self._partners.most_common(2)]
        return found[0] if len(found) == 1 else ""

    def _time(self, row: Mapping[str, str]) -> TimeReading | None:
        for name in self._layout.time:
            written = row.get(name, "").strip()
            found = _reading(written) if written else None
            if found is not None:
                self._floating = self._floating or isinstance(found.moment, WallClock)
                return found
        return None

    def closing(self) -> Iterator[Record]:
        """What is to be asked."""
        tells = self._layout.own or self._layout.chat
        if self._sides.owner is None and self._authors and (not tells or self._unsure()):
            names = [name for name, _ in self._authors.most_common(_MOST_CANDIDATES)]
            yield Question(QuestionKind.OWNER, {"candidates": names})
        if self._floating:
            yield Question(QuestionKind.TIMEZONE, {"suggested": "Asia/Shanghai"}, blocking=False)

    def _unsure(self) -> bool:
        return not self._layout.own and self._is_group


def _of_json(content: str, file: str) -> tuple[str, str]:
    """The words and the file of a cell that older versions fill with JSON."""
    if not content.startswith('{"'):
        return content, file
    try:
        found = json.loads(content)
    except ValueError:
        return content, file
    if not isinstance(found, dict) or not {"msg", "src"} & found.keys():
        return content, file
    return str(found.get("msg") or ""), file or str(found.get("src") or "")


def _reading(written: str) -> TimeReading | None:
    if written.isdigit():
        return from_unix(written)
    try:
        at = datetime.fromisoformat(written.replace("/", "-"))
    except ValueError:
        return None
    if at.tzinfo is not None:
        moment = Instant(at)
        sane = is_sane(moment)
        return (
            TimeReading(moment, TimeSource.RECORD, TimePrecision.SECOND, written) if sane else None
        )
    return TimeReading(WallClock(at), TimeSource.RECORD, TimePrecision.SECOND, written)
