"""Chats that signalbackup-tools wrote as text.

Each entry is ``[Mar 02, 2025 09:14:03] <name> words``; files and what Signal itself says stand
behind three stars. Times are those of the computer that wrote it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from evidence_app.intake.chat_authors import ask_for_owner
from evidence_app.intake.readers.chat.lines import head_lines, numbered
from evidence_app.intake.readers.chat.participants import sides
from evidence_app.intake.readers.signal.phrases import call_in, time_of
from evidence_app.intake.records import Description, EventRecord, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.event import EventType, Outcome
from evidence_app.model.evidence import (
    ItemKind,
    PlaceUnit,
    SkippedEntry,
    SourcePlace,
    TextBlock,
)
from evidence_app.model.question import Question, QuestionKind

_HEAD = re.compile(
    r"\[(?P<time>\w{3,5}\.? \d{2}, \d{4} \d{2}:\d{2}:\d{2})\] "
    r"(?:(?P<stars>\*\*\* )?<(?P<author>[^\n]{1,80}?)> (?P<text>.*)|\*\*\* (?P<status>.*))"
)
_FILE = re.compile(r'sent file(?: (?:"(?P<name>.+?)"|of type \S+))?.*')
_FILENAME = re.compile(r"(?P<chat>.+) \(_id\d+\)")
_LOOKED_AT = 20
_SHOWN = 500


@dataclass(slots=True)
class _Entry:
    line: int
    head: re.Match[str]
    lines: list[str] = field(default_factory=list)

    @property
    def author(self) -> str:
        """Who wrote; empty for what Signal itself says."""
        return self.head["author"] or ""

    def text(self) -> str:
        """The words."""
        return "\n".join([self.head["text"] or self.head["status"] or "", *self.lines]).strip()


def recognises(source: Source) -> bool:
    """Whether the text begins with such an entry."""
    lines = [line for line in head_lines(source) if line.strip()][:_LOOKED_AT]
    return bool(lines) and _HEAD.fullmatch(lines[0]) is not None


def read(source: Source) -> Iterator[Record]:
    """Every message, file and call."""
    yield Description(ItemKind.MESSAGES, "text/plain")
    authors: Counter[str] = Counter(entry.author for entry in _entries(source))
    del authors[""]
    named = _FILENAME.match(source.filename)
    chat = named["chat"] if named is not None else ""
    names = [name for name, _count in authors.most_common()]
    chat_sides = sides(names, source.answers.owners, chat, is_group=False)
    for entry in _entries(source):
        place = SourcePlace(PlaceUnit.LINE, entry.line)
        time = time_of(entry.head["time"])
        if time is None:
            reason = message(MessageCode.ROW_BAD_TIME, value=entry.head["time"])
            yield SkippedEntry(place, reason, entry.text()[:_SHOWN])
            continue
        raw = {"time": entry.head["time"], "author": entry.author}
        call = None if entry.author else call_in(entry.text(), chat)
        if call is not None:
            direction, outcome, other = call
            yield EventRecord(EventType.CALL, direction, outcome, time, None,
                              other, other, entry.text(), place, raw)  # fmt: skip
        elif not entry.author:
            yield TextBlock(entry.text(), place)
        else:
            direction, other = chat_sides.of(entry.author)
            yield EventRecord(EventType.MESSAGE, direction, Outcome.UNKNOWN, time, None,
                              other, other, entry.text(), place, raw, _files(entry))  # fmt: skip
    if chat_sides.owner is None and authors:
        yield ask_for_owner(authors)
    yield Question(QuestionKind.TIMEZONE, {}, blocking=False)


def _entries(source: Source) -> Iterator[_Entry]:
    waiting: _Entry | None = None
    for number, line in numbered(source):
        head = _HEAD.fullmatch(line)
        if head is None:
            if waiting is not None:
                waiting.lines.append(line)
            continue
        if waiting is not None:
            yield waiting
        waiting = _Entry(number, head)
    if waiting is not None:
        yield waiting


def _files(entry: _Entry) -> tuple[str, ...]:
    """The name of the file that an entry stands for, if it tells one."""
    file = _FILE.fullmatch(entry.text()) if entry.head["stars"] else None
    return (file["name"],) if file is not None and file["name"] else ()
