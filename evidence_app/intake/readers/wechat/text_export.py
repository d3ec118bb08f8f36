"""WeChat as text: time and name in a line, in either order, and the words below.

MemoTrace writes the time first, WeFlow too with the name in quotes, and chatlog the name first
with the id behind it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from evidence_app.intake.readers.chat.lines import LONGEST_MESSAGE, head_lines, numbered
from evidence_app.intake.readers.chat.participants import Sides, account, folded, sides
from evidence_app.intake.readers.chat.pasted_lines import Sent, Unpasted
from evidence_app.intake.readers.wechat import message_types
from evidence_app.intake.readers.wechat.common import ME, chat_of, is_path, questions, reading
from evidence_app.intake.records import Description, EventRecord, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.event import Direction
from evidence_app.model.evidence import (
    ItemKind,
    PlaceUnit,
    SkippedEntry,
    SourcePlace,
    TextBlock,
)

_TIME = r"(?P<at>\d{4}-\d{1,2}-\d{1,2} \d{1,2}:\d{2}:\d{2})"
_FIRST = re.compile(rf"{_TIME}(?: (?P<who>\S[^\n]{{0,4000}}))?", re.ASCII)
_LAST = re.compile(rf"(?P<who>\S[^\n]{{0,120}}?) {_TIME}", re.ASCII)
_WITH_ID = re.compile(r"(?P<name>[^\n]*?)\((?P<id>[^()\s]{1,64})\)", re.ASCII)
_IN_GROUP = re.compile(r"(?P<who>[^\n]*\S) \[(?P<chat>[^\n\]]*@chatroom\)?)\]", re.ASCII)
_LOG_WORD = re.compile(r"\[?(?:INFO|DEBUG|TRACE|WARN|WARNING|ERROR|FATAL|CRITICAL)\b", re.ASCII)
_SYSTEM_NAMES = frozenset({"系统", "系统消息"})
_LONGEST_NAME = 80
_LEAST = 2


@dataclass(slots=True)
class _Entry:
    """A message.

    Attributes:
        at: When, as written; empty for the rest of a message that is too long.
        head: The rest of the line that it begins with.
        author: The id of who wrote it, else the name.
        name: Who wrote it.
        chat: The group that it went to, where it says so.
        line: Where it begins.
        lines: The lines below.
        written: The line that it begins with.
    """

    at: str
    head: str
    author: str
    name: str
    chat: str
    line: int
    lines: list[str]
    written: str = ""

    def text(self) -> str:
        """What it says."""
        return "\n".join(self.lines).strip()

    def is_written(self) -> bool:
        """Whether it surely is somebody's message and nothing that WeChat says."""
        is_named = len(self.head) <= _LONGEST_NAME and self.author not in _SYSTEM_NAMES
        return bool(self.at) and is_named and any(self.lines)


def recognises(source: Source) -> bool:
    """Whether the text begins with such a line, and has more of them after empty ones.

    The same few people must have written it: diaries and logs have such lines too.
    """
    entries = list(_of_lines(enumerate(head_lines(source), 1), only_at_start=True))
    authors = Counter(entry.author for entry in entries if entry.author and entry.is_written())
    if len(entries) < _LEAST or not authors or any(map(_LOG_WORD.match, authors)):
        return False
    return len(authors) <= max(_LEAST, authors.total() // 2)


def read(source: Source) -> Iterator[Record]:
    """Every message; what WeChat itself says as text."""
    yield Description(ItemKind.MESSAGES, "text/plain")
    names: dict[str, str] = {}
    authors: Counter[str] = Counter()
    is_group = False
    for entry in _entries(source):
        if entry.author and entry.is_written():
            authors[entry.author] += 1
            names[entry.author] = entry.name
            is_group = is_group or bool(entry.chat)
    chat = chat_of(source.filename)
    called = next((author for author, name in names.items() if folded(name) == folded(chat)), chat)
    owners = [*source.answers.owners, ME]
    owners += [author for author, name in names.items() if folded(name) in map(folded, owners)]
    chat_sides = sides([author for author, _ in authors.most_common()], owners, called, is_group)
    for entry in _entries(source):
        yield _record(entry, chat_sides, names, chat)
    unsure = Counter() if chat_sides.owner is not None else _named(authors, names)
    yield from questions(unsure, is_floating=True)


def _named(authors: Counter[str], names: dict[str, str]) -> Counter[str]:
    return Counter({names[author]: count for author, count in authors.items()})


def _record(entry: _Entry, chat_sides: Sides, names: dict[str, str], chat: str) -> Record:
    place = SourcePlace(PlaceUnit.LINE, entry.line)
    text = entry.text()
    if not entry.is_written() and (text or entry.author not in names):
        return TextBlock(f"{entry.head}\n{text}".strip(), place)
    time = reading(entry.at)
    if time is None:
        reason = message(MessageCode.ROW_BAD_TIME, value=entry.at)
        return SkippedEntry(place, reason, f"{entry.at} {entry.head}\n{text}"[:500])
    direction, identifier = chat_sides.of(entry.author)
    content = message_types.content_of("", "", text, direction)
    if content.is_system:
        return TextBlock(content.text, place)
    name = names.get(identifier, identifier)
    raw = {"time": entry.at, "who": entry.head}
    if entry.chat or (chat_sides.partner is None and chat_sides.owner is not None):
        raw["chat"] = entry.chat or chat
    files = (text,) if is_path(text) else ()
    return EventRecord(
        content.type, direction, content.outcome, time, content.duration_s,
        account("WeChat", identifier),
        name if direction is not Direction.NONE else entry.name, content.text, place, raw, files,
    )  # fmt: skip


def _entries(source: Source) -> Iterator[_Entry]:
    return iter(Unpasted(_of_lines(numbered(source)), _sent, _join))


def _sent(entry: _Entry) -> Sent | None:
    if not entry.author or entry.author in _SYSTEM_NAMES:
        return None
    time = reading(entry.at)
    return Sent(time.moment.at if time is not None else None)


def _join(entry: _Entry, pasted: _Entry) -> None:
    entry.lines += ["", pasted.written, *pasted.lines]


def _of_lines(
    lines: Iterator[tuple[int, str]] | enumerate[str], *, only_at_start: bool = False
) -> Iterator[_Entry]:
    """Each message: a head counts only at the beginning or after an empty line."""
    pattern: re.Pattern[str] | None = None
    entry: _Entry | None = None
    is_after_empty, size = True, 0
    for number, line in lines:
        text = line.strip("\ufeff").rstrip()
        if pattern is None and text:
            pattern = next(
                (candidate for candidate in (_FIRST, _LAST) if candidate.fullmatch(text)), None
            )
            if pattern is None and only_at_start:
                return
        match = pattern.fullmatch(text) if pattern is not None and is_after_empty else None
        if match is not None:
            if entry is not None:
                yield entry
            entry, size = _begun(match, number, pattern is _LAST), 0
        elif entry is not None:
            if size > LONGEST_MESSAGE:
                yield entry
                entry, size = _Entry("", "", "", "", "", number, []), 0
            entry.lines.append(text)
            size += len(text) + 1
        is_after_empty = not text
    if entry is not None:
        yield entry


def _begun(match: re.Match[str], number: int, has_ids: bool) -> _Entry:
    head, chat = (match["who"] or "").strip(), ""
    author = head
    if has_ids and (grouped := _IN_GROUP.fullmatch(author)):
        author, chat = grouped["who"], grouped["chat"]
    if has_ids and (parts := _WITH_ID.fullmatch(author)):
        return _Entry(
            match["at"],
            head,
            parts["id"],
            parts["name"] or parts["id"],
            chat,
            number,
            [],
            match[0],
        )
    if len(author) > _LEAST and author[0] == author[-1] == "'":
        author = author[1:-1]
    return _Entry(match["at"], head, author, author, chat, number, [], match[0])
