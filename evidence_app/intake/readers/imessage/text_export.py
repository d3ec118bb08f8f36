"""Chats that imessage-exporter wrote as text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from evidence_app.intake.chat_authors import ask_for_owner
from evidence_app.intake.readers.chat.lines import LONGEST_MESSAGE, head_lines, numbered
from evidence_app.intake.readers.chat.participants import folded
from evidence_app.intake.readers.imessage.syntax import Head, body_of, head_of, is_announcement
from evidence_app.intake.readers.support.filename_times import stem_of, times_in_name
from evidence_app.intake.records import Description, EventRecord, Notice, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import (
    ItemKind,
    PlaceUnit,
    SkippedEntry,
    SourcePlace,
    TextBlock,
)
from evidence_app.model.question import Question, QuestionKind

_ME = "Me"
_THEM = "them"
_YOU = "you"
_ADDRESS = re.compile(r"\+?[\d ()-]{5,20}|[^\s@]{1,100}@[^\s@]{1,100}", re.ASCII)
_SHOWN = 500


def recognises(source: Source) -> bool:
    """Whether the text begins with a message or an announcement as that program writes it."""
    lines = head_lines(source)
    first = next((line for line in lines if line.strip()), "")
    head = head_of(first)
    if not is_announcement(first) and (head is None or head.indent):
        return False
    return any(head_of(line) is not None and below.strip() for line, below in pairwise(lines))


def read(source: Source) -> Iterator[Record]:
    """Every message once; announcements and reactions as text."""
    yield Description(ItemKind.MESSAGES, "text/plain")
    yield from times_in_name(source.filename)
    yield from _Chat(source).records()


@dataclass(slots=True)
class _Entry:
    """A message, or a line that belongs to none.

    Attributes:
        line: Where it begins.
        head: How it begins, or None for a line that belongs to no message.
        sender: As written.
        lines: What stands below the sender, each line with its number.
        size: How many characters the lines have.
    """

    line: int
    head: Head | None
    sender: str
    lines: list[tuple[int, str]] = field(default_factory=list)
    size: int = 0

    @property
    def key(self) -> tuple[str, str]:
        """What a reply and its copy inside another message have in common."""
        return (self.head.raw if self.head else "", self.sender)


class _Entries:
    """All messages and other lines, in their order; replies inside a message come before it."""

    def __init__(self, source: Source) -> None:
        self._lines = numbered(source)
        self._ahead: tuple[int, str] | None = None
        self._outer: _Entry | None = None
        self._inner: _Entry | None = None
        self._after_gap = True

    def __iter__(self) -> Iterator[_Entry]:
        while (following := self._next()) is not None:
            number, line = following
            head = self._head(line)
            if head is not None:
                yield from self._begun(_Entry(number, head, self._sender()))
            elif self._after_gap and is_announcement(line):
                yield from self._ended()
                yield _Entry(number, None, line)
            else:
                yield from self._below(number, line)
            self._after_gap = head is None and not line.strip()
        yield from self._ended()

    def _next(self) -> tuple[int, str] | None:
        ahead, self._ahead = self._ahead, None
        return ahead or next(self._lines, None)

    def _sender(self) -> str:
        below = self._next()
        return below[1].strip() if below else ""

    def _head(self, line: str) -> Head | None:
        """How a message begins: with a time, and below it a name; before it nothing stands."""
        head = head_of(line)
        if head is None or not (self._after_gap or (head.indent and self._outer)):
            return None
        self._ahead = self._next()
        return head if self._ahead and self._ahead[1].strip() else None

    def _begun(self, entry: _Entry) -> Iterator[_Entry]:
        if entry.head is not None and entry.head.indent and self._outer is not None:
            yield from self._inner_ended()
            self._inner = entry
        else:
            yield from self._ended()
            self._outer = entry

    def _below(self, number: int, line: str) -> Iterator[_Entry]:
        if line.strip() and not line.startswith(" "):
            yield from self._inner_ended()
        waiting = self._inner or self._outer
        if waiting is not None and waiting.size <= LONGEST_MESSAGE:
            waiting.lines.append((number, line))
            waiting.size += len(line) + 1
        elif line.strip():
            yield from self._ended()
            yield _Entry(number, None, line)

    def _inner_ended(self) -> Iterator[_Entry]:
        if self._inner is not None:
            yield self._inner
            self._inner = None

    def _ended(self) -> Iterator[_Entry]:
        yield from self._inner_ended()
        if self._outer is not None:
            yield self._outer
            self._outer = None


class _Chat:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._name = stem_of(source.filename).strip()
        self._senders: Counter[str] = Counter()
        self._owners: set[str] = set()
        self._copied: set[tuple[str, str]] = set()
        self._missing = 0
        is_decided = self._look()
        others = [sender for sender in self._senders if sender not in self._owners]
        self._is_told = is_decided or bool(self._owners) or len(others) == 1
        self._partner = others[0] if len(others) == 1 else ""
        if not others and _ADDRESS.fullmatch(self._name):
            self._partner = self._name

    def _look(self) -> bool:
        """Find out who wrote and who of them is the person; whether that is told."""
        inside: set[tuple[str, str]] = set()
        owner_names = {_ME, *self._source.answers.owners}
        is_told = False
        for entry in _Entries(self._source):
            if entry.head is None:
                continue
            self._senders[entry.sender] += 1
            if entry.head.indent:
                inside.add(entry.key)
            elif entry.key in inside:
                self._copied.add(entry.key)
            if entry.head.reader == _THEM:
                owner_names.add(entry.sender)
            elif entry.head.reader == _YOU:
                is_told = True
            elif entry.head.reader:
                # The person let the exporter call them by a name of their own.
                owner_names.add(entry.head.reader)
        names = {folded(name) for name in owner_names}
        self._owners = {sender for sender in self._senders if folded(sender) in names}
        return is_told

    def records(self) -> Iterator[Record]:
        """All that stands in the file, and what it leaves open."""
        for entry in _Entries(self._source):
            place = SourcePlace(PlaceUnit.LINE, entry.line)
            if entry.head is None:
                yield TextBlock(entry.sender, place)
            elif entry.head.indent and entry.key in self._copied:
                yield TextBlock(_whole_text(entry, entry.head), place)
            elif entry.head.time is None:
                reason = message(MessageCode.ROW_BAD_TIME, value=entry.head.raw)
                yield SkippedEntry(place, reason, _whole_text(entry, entry.head)[:_SHOWN])
            else:
                yield from self._message(entry, entry.head, place)
        yield from self._closing()

    def _message(self, entry: _Entry, head: Head, place: SourcePlace) -> Iterator[Record]:
        body = body_of(entry.lines)
        self._missing += body.missing
        direction = self._direction(entry.sender)
        other = self._partner if direction is Direction.OUTGOING else entry.sender
        fields = {"chat": self._name, "sender": entry.sender, "time": head.raw, "read": head.read}
        yield EventRecord(
            type=EventType.MESSAGE,
            direction=direction,
            outcome=Outcome.UNKNOWN,
            time=head.time,
            duration_s=None,
            identifier=other,
            contact_name="" if _ADDRESS.fullmatch(other) else other,
            text=_dedented(body.lines, head.indent),
            place=place,
            raw={name: value for name, value in (fields | body.marks).items() if value},
            enclosed=tuple(body.files),
        )
        for number, tapback in body.tapbacks:
            yield TextBlock(tapback, SourcePlace(PlaceUnit.LINE, number))

    def _direction(self, sender: str) -> Direction:
        if not self._is_told:
            return Direction.NONE
        return Direction.OUTGOING if sender in self._owners else Direction.INCOMING

    def _closing(self) -> Iterator[Record]:
        if self._missing:
            yield Notice(message(MessageCode.MEDIA_LEFT_OUT, count=self._missing))
        if self._senders and not self._is_told:
            yield ask_for_owner(self._senders)
        yield Question(QuestionKind.TIMEZONE, {}, blocking=False)


def _dedented(lines: list[str], indent: int) -> str:
    return "\n".join(line.removeprefix(" " * indent) for line in lines)


def _whole_text(entry: _Entry, head: Head) -> str:
    below = "\n".join(line.strip() for _number, line in entry.lines)
    return f"{head.raw} {entry.sender}\n{below}".strip()
