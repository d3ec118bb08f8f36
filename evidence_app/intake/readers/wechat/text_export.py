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
        who: The id of who wrote it, else the name.
        name: Who wrote it.
        chat: The group that it went to, where it says so.
        line: Where it begins.
        words: The lines below.
        written: The line that it begins with.
    """

    at: str
    head: str
    who: str
    name: str
    chat: str
    line: int
    words: list[str]
    written: str = ""

    def text(self) -> str:
        """What it says."""
        return "\n".join(self.words).strip()

    def is_written(self) -> bool:
        """Whether it surely is somebody's message and nothing that WeChat says."""
        is_named = len(self.head) <= _LONGEST_NAME and self.who not in _SYSTEM_NAMES
        return bool(self.at) and is_named and any(self.words)


def recognises(source: Source) -> bool:
    """Whether the text begins with such a line, and has more of them after empty ones.

    The same few people must have written it: diaries and logs have such lines too.
    """
    entries = list(_of_lines(enumerate(head_lines(source), 1), only_at_start=True))
    authors = Counter(entry.who for entry in entries if entry.who and entry.is_written())
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
        if entry.who and entry.is_written():
            authors[entry.who] += 1
            names[entry.who] = entry.name
            is_group = is_group or bool(entry.chat)
    chat = chat_of(source.filename)
    called = next((who for who, name in names.items() if folded(name) == folded(chat)), chat)
    owners = [*source.answers.owners, ME]
    owners += [who for who, name in names.items() if folded(name) in map(folded, owners)]
    who = sides([one for one, _ in authors.most_common()], owners, called, is_group)
    for entry in _entries(source):
        yield _record(entry, who, names, chat)
    unsure = Counter() if who.owner is not None else _named(authors, names)
    yield from questions(unsure, is_floating=True)


def _named(authors: Counter[str], names: dict[str, str]) -> Counter[str]:
    return Counter({names[who]: count for who, count in authors.items()})


def _record(entry: _Entry, who: Sides, names: dict[str, str], chat: str) -> Record:
    place = SourcePlace(PlaceUnit.LINE, entry.line)
    text = entry.text()
    if not entry.is_written() and (text or entry.who not in names):
        return TextBlock(f"{entry.head}\n{text}".strip(), place)
    time = reading(entry.at)
    if time is None:
        reason = message(MessageCode.ROW_BAD_TIME, value=entry.at)
        return SkippedEntry(place, reason, f"{entry.at} {entry.head}\n{text}"[:500])
    direction, identifier = who.of(entry.who)
    told = message_types.told("", "", text, direction)
    if told.is_system:
        return TextBlock(told.text, place)
    name = names.get(identifier, identifier)
    raw = {"time": entry.at, "who": entry.head}
    if entry.chat or (who.partner is None and who.owner is not None):
        raw["chat"] = entry.chat or chat
    files = (text,) if is_path(text) else ()
    return EventRecord(
        told.type, direction, told.outcome, time, told.duration_s, account("WeChat", identifier),
        name if direction is not Direction.NONE else entry.name, told.text, place, raw, files,
    )  # fmt: skip


def _entries(source: Source) -> Iterator[_Entry]:
    return iter(Unpasted(_of_lines(numbered(source)), _sent, _join))


def _sent(entry: _Entry) -> Sent | None:
    if not entry.who or entry.who in _SYSTEM_NAMES:
        return None
    time = reading(entry.at)
    return Sent(time.moment.at if time is not None else None)


def _join(entry: _Entry, pasted: _Entry) -> None:
    entry.words += ["", pasted.written, *pasted.words]


def _of_lines(
    lines: Iterator[tuple[int, str]] | enumerate[str], *, only_at_start: bool = False
) -> Iterator[_Entry]:
    """Each message: a head counts only at the beginning or after an empty line."""
    pattern: re.Pattern[str] | None = None
    entry: _Entry | None = None
    is_after_empty, size = True, 0
    for number, line in lines:
        words = line.strip("\ufeff").rstrip()
        if pattern is None and words:
            pattern = next((one for one in (_FIRST, _LAST) if one.fullmatch(words)), None)
            if pattern is None and only_at_start:
                return
        found = pattern.fullmatch(words) if pattern is not None and is_after_empty else None
        if found is not None:
            if entry is not None:
                yield entry
            entry, size = _begun(found, number, pattern is _LAST), 0
        elif entry is not None:
            if size > LONGEST_MESSAGE:
                yield entry
                entry, size = _Entry("", "", "", "", "", number, []), 0
            entry.words.append(words)
            size += len(words) + 1
        is_after_empty = not words
    if entry is not None:
        yield entry


def _begun(found: re.Match[str], number: int, has_ids: bool) -> _Entry:
    head, chat = (found["who"] or "").strip(), ""
    who = head
    if has_ids and (grouped := _IN_GROUP.fullmatch(who)):
        who, chat = grouped["who"], grouped["chat"]
    if has_ids and (parts := _WITH_ID.fullmatch(who)):
        return _Entry(
            found["at"],
            head,
            parts["id"],
            parts["name"] or parts["id"],
            chat,
            number,
            [],
            found[0],
        )
    if len(who) > _LEAST and who[0] == who[-1] == "'":
        who = who[1:-1]
    return _Entry(found["at"], head, who, who, chat, number, [], found[0])
