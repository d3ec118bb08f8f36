"""Chats that KakaoTalk exported as text, from phones and from computers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from evidence_app.intake.chat_authors import ask_for_owner
from evidence_app.intake.readers.chat.lines import (
    LONGEST_MESSAGE,
    head_lines,
    message_or_call,
    numbered,
    wall_time,
)
from evidence_app.intake.readers.chat.participants import account, sides
from evidence_app.intake.readers.chat.pasted_lines import Sent, Unpasted
from evidence_app.intake.readers.kakao.syntax import (
    Head,
    Title,
    call_of,
    files_of,
    is_left_out,
    is_marked,
    is_phone_day,
    pc_day,
    pc_head,
    phone_head,
    title_of,
)
from evidence_app.intake.records import Description, Notice, Record, Source
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
from evidence_app.model.times import TimeReading

_SNIFFED_LINES = 200
_LEAST = 2
_SHOWN = 500


def recognises(source: Source) -> bool:
    """Whether the text has days between dashes with messages, or a phone's dated messages."""
    lines = [line for line in head_lines(source) if line.strip()][:_SNIFFED_LINES]
    if not lines:
        return False
    days = any(pc_day(line) is not None for line in lines)
    if days and any(pc_head(line) is not None for line in lines):
        return True
    marked = any(map(is_marked, lines[:3]))
    heads = [head for line in lines if (head := phone_head(line)) is not None]
    messages = [head for head in heads if head.author]
    if marked:
        return bool(heads) or days
    return len(messages) >= _LEAST and len(heads) * 2 >= sum(map(is_phone_day, lines))


def read(source: Source) -> Iterator[Record]:
    """Every message and call; the title, the days and the app's own lines as text."""
    yield Description(ItemKind.MESSAGES, "text/plain")
    yield from _Chat(source).records()


@dataclass(slots=True)
class _Entry:
    """A message, a line of the app, or lines that belong to none."""

    line: int
    head: Head | None
    day: date | None
    day_words: str
    lines: list[str]
    written: str
    size: int = field(default=0)

    def text(self) -> str:
        return "\n".join(self.lines).rstrip()

    def at(self) -> datetime | None:
        clock = self.head.clock if self.head is not None else None
        return datetime.combine(self.day, clock) if self.day and clock else None


def _join(entry: _Entry, pasted: _Entry) -> None:
    entry.lines += [pasted.written, *pasted.lines[1:]]


def _sent(entry: _Entry) -> Sent | None:
    return Sent(entry.at()) if entry.head is not None and entry.head.author else None


class _Chat:
    def __init__(self, source: Source) -> None:
        self._source = source
        head = [line for line in head_lines(source) if line.strip()][:_SNIFFED_LINES]
        self._on_pc = any(pc_day(line) is not None for line in head)
        self._title = (title_of(head[0]) if head else None) or Title("", False)
        self._authors: Counter[str] = Counter(
            entry.head.author for entry in self._entries() if entry.head is not None
        )
        del self._authors[""]
        names = [name for name, _count in self._authors.most_common()]
        owners = source.answers.owners
        self._chat_sides = sides(names, owners, self._title.name, self._title.is_group)
        self._left_out = 0

    def _entries(self) -> Iterator[_Entry]:
        return iter(Unpasted(self._begun(), _sent, _join))

    def _begun(self) -> Iterator[_Entry]:
        waiting: _Entry | None = None
        day, day_words = None, ""
        for number, line in numbered(self._source):
            head = pc_head(line) if self._on_pc else phone_head(line)
            begun = pc_day(line) if self._on_pc else None
            if begun is not None or (not self._on_pc and head is None and is_phone_day(line)):
                day, day_words = begun or (None, "")
                begins: _Entry | None = _Entry(number, None, None, "", [line], line)
            elif head is not None:
                begins = _Entry(
                    number, head, head.day or day, day_words, [head.text], line, len(line)
                )
            elif waiting is not None and waiting.head and waiting.size < LONGEST_MESSAGE:
                waiting.lines.append(line)
                waiting.size += len(line)
                continue
            else:
                begins = _Entry(number, None, None, "", [line], line) if line.strip() else None
            if waiting is not None:
                yield waiting
            waiting = begins
        if waiting is not None:
            yield waiting

    def records(self) -> Iterator[Record]:
        """All that stands in the file, and what it leaves open."""
        for entry in self._entries():
            place = SourcePlace(PlaceUnit.LINE, entry.line)
            if entry.head is None:
                yield TextBlock(entry.text(), place)
            elif not entry.head.author:
                yield TextBlock(f"{entry.head.raw} {entry.text()}", place)
            else:
                yield self._message(entry, entry.head, place)
        if self._left_out:
            yield Notice(message(MessageCode.MEDIA_LEFT_OUT, count=self._left_out))
        if self._chat_sides.owner is None and self._authors:
            yield ask_for_owner(self._authors)
        yield Question(QuestionKind.TIMEZONE, {}, blocking=False)

    def _message(self, entry: _Entry, head: Head, place: SourcePlace) -> Record:
        written = f"{entry.day_words} {head.raw}".strip()
        time = self._time(entry, head, written)
        text = entry.text()
        if time is None:
            reason = message(MessageCode.ROW_BAD_TIME, value=written)
            return SkippedEntry(place, reason, f"{entry.written}\n{text}"[:_SHOWN])
        direction, other = self._chat_sides.of(head.author)
        call = call_of(text)
        self._left_out += is_left_out(text)
        fields = {"chat": self._chat_sides.chat, "author": head.author, "time": written}
        return message_or_call(
            call,
            direction=direction,
            time=time,
            identifier=account("KakaoTalk", other),
            contact_name=other if direction is not Direction.NONE else head.author,
            text=text,
            place=place,
            raw={name: value for name, value in fields.items() if value},
            enclosed=files_of(text),
        )

    def _time(self, entry: _Entry, head: Head, written: str) -> TimeReading | None:
        if entry.day is None or head.clock is None:
            return None
        return wall_time(entry.day, head.clock, head.precision, written)
