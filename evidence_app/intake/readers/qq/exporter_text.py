"""QQ as QQChatExporter writes it as text: for each message a block of who, when and what.

[1]
[rank] name:
时间: 2024-03-05 21:07:11
类型: image
内容: words, over as many lines as they have
资源: 1 个文件
  - image: a.jpg
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from evidence_app.intake.chat_authors import ask_for_owner
from evidence_app.intake.readers.chat.lines import (
    LONGEST_MESSAGE,
    head_lines,
    message_or_call,
    numbered,
)
from evidence_app.intake.readers.chat.participants import account
from evidence_app.intake.readers.qq.participants import Section, settle
from evidence_app.intake.readers.qq.syntax import Author, author_of, call_of
from evidence_app.intake.readers.wechat.common import reading
from evidence_app.intake.records import Description, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.evidence import (
    ItemKind,
    PlaceUnit,
    SkippedEntry,
    SourcePlace,
    TextBlock,
)
from evidence_app.model.question import Question, QuestionKind

_TITLE = "QQ聊天记录导出文件"
_TITLE_LINES = 30
_WHO = re.compile(r"(?:\[(?P<rank>[^\]\n]{1,40})\] )?(?P<name>\S[^\n]{0,120}?)[:：]")
_FIELD = re.compile(r"(?P<name>发送者ID|时间|类型|内容|资源)[:：]\s?(?P<value>.*)")
_NUMBER = re.compile(r"\[\d+\]")
_FILE = re.compile(r"\s*-\s[a-z]+:\s(?P<name>[^\s(][^(\n]*?)(?:\s\([^()]*\))?\s*")
_BEGINS = re.compile(r"(?:发送者ID|时间)[:：]")
_TIME, _CONTENT, _FILES = "时间", "内容", "资源"
_CHAT = re.compile(r"聊天名称[:：]\s?(?P<name>.+)")
_RULE = re.compile(r"={10,}")
_SYSTEM = frozenset({"系统", "系统消息", "system"})
_SHOWN = 500


@dataclass(slots=True)
class _Block:
    """A message, or, without a name, lines that belong to none.

    Attributes:
        line: Where it begins.
        name: Who wrote it.
        fields: What stands behind the names of fields.
        lines: The lines of what it says.
        files: The names of files that belong to it.
        size: How many characters it has.
    """

    line: int
    name: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    size: int = 0

    @property
    def author(self) -> Author:
        """Who wrote it, by the number where one is told."""
        author = author_of(self.name)
        return Author(author.name, self.fields.get("发送者ID", "") or author.id, author.written)

    @property
    def is_message(self) -> bool:
        """Whether somebody wrote it."""
        return bool(self.name) and self.name not in _SYSTEM

    def text(self) -> str:
        """What it says, without the number of the next message."""
        *_, last = [line for line in self.lines if line.strip()] or [""]
        text_lines = self.lines
        if len(text_lines) > 1 and _NUMBER.fullmatch(last.strip()):
            at = len(text_lines) - 1 - text_lines[::-1].index(last)
            text_lines = text_lines[:at] if not text_lines[at - 1].strip() else text_lines
        return "\n".join(text_lines).strip("\n").rstrip()

    def take(self, line: str) -> bool:
        """Take a line in; False if it belongs to the message no more."""
        self.size += len(line) + 1
        if self.size > LONGEST_MESSAGE or (self.name and _RULE.fullmatch(line.strip())):
            return False
        match = _FIELD.fullmatch(line) if self.name else None
        if match is not None and match["name"] not in self.fields and not self._is_within(match):
            self.fields[match["name"]] = match["value"].strip()
            if match["name"] == _CONTENT:
                self.lines.append(match["value"])
        elif _FILES in self.fields and (file := _FILE.fullmatch(line)):
            self.files.append(file["name"])
        else:
            self.lines.append(line)
        return True

    def _is_within(self, match: re.Match[str]) -> bool:
        """Whether what looks like a field is a line of the words."""
        return _CONTENT in self.fields and match["name"] != _FILES


def recognises(source: Source) -> bool:
    """Whether the text has the exporter's title."""
    return any(line.strip() == _TITLE for line in head_lines(source)[:_TITLE_LINES])


def read(source: Source) -> Iterator[Record]:
    """Every message; what else stands there as text."""
    yield Description(ItemKind.MESSAGES, "text/plain")
    section = Section()
    for block in _blocks(source):
        if block.is_message:
            section.take(block.author)
        for line in block.lines if not block.name else ():
            if match := _CHAT.fullmatch(line.strip()):
                section.target = author_of(match["name"])
    settle([section], source.answers.owners)
    for block in _blocks(source):
        if block.name or block.text().strip():
            yield _record(block, section)
    unclear: Counter[str] = section.unclear
    if unclear:
        yield ask_for_owner(unclear)
    yield Question(QuestionKind.TIMEZONE, {"suggested": "Asia/Shanghai"}, blocking=False)


def _record(block: _Block, section: Section) -> Record:
    place = SourcePlace(PlaceUnit.LINE, block.line)
    if not block.is_message:
        return TextBlock(f"{block.fields.get(_TIME, '')}\n{block.text()}".strip() or "—", place)
    written = block.fields.get(_TIME, "")
    time = reading(written)
    if time is None:
        reason = message(MessageCode.ROW_BAD_TIME, value=written)
        return SkippedEntry(place, reason, f"{block.name}\n{block.text()}"[:_SHOWN])
    direction, other = section.of(block.author)
    call = call_of(block.text())
    return message_or_call(
        call,
        direction=direction,
        time=time,
        identifier=account("QQ", other.key),
        contact_name=other.name,
        text=block.text(),
        place=place,
        raw={"author": block.name, **{k: v for k, v in block.fields.items() if k != _CONTENT}},
        enclosed=tuple(block.files),
    )


def _blocks(source: Source) -> Iterator[_Block]:
    """Every message; a name begins one only if a time stands below it."""
    block = _Block(1)
    lines = numbered(source)
    current = next(lines, None)
    while current is not None:
        number, line = current
        following = next(lines, None)
        author = None if _FIELD.fullmatch(line) else _WHO.fullmatch(line.strip())
        if author and following is not None and _BEGINS.match(following[1]):
            yield block
            block = _Block(number, author["name"].strip())
        elif not block.take(line):
            yield block
            block = _Block(number, lines=[line])
        current = following
    yield block
