"""Chats that WhatsApp or Signal exported as text, in every country's way of writing times."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from evidence_app.intake import whatsapp_words as app_words
from evidence_app.intake.chat_owner import Sides, sides
from evidence_app.intake.records import ActRecord, Description, Notice, Record, Source
from evidence_app.intake.text_encoding import SNIFF_SIZE, encoding_of
from evidence_app.intake.whatsapp_lines import Head, Survey, author_of, head_of, visible
from evidence_app.messages import MessageCode, message
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import (
    ItemKind,
    PlaceUnit,
    SkippedEntry,
    SourcePlace,
    TextBlock,
)
from evidence_app.model.question import DateOrder, Question, QuestionKind
from evidence_app.model.times import TimePrecision, TimeReading, TimeSource, WallClock

_SNIFFED_LINES = 60
_CAPS = (40_000, 10_000)
_NEAR = 0.01
_MOST_CANDIDATES = 12
_LONGEST_MESSAGE = 1 << 20
_NAMES = (
    re.compile(r"WhatsApp Chat (?:with|-|mit|met) (.+)", re.I),
    re.compile(r"Chat de WhatsApp con (.+)|Discussion WhatsApp avec (.+)", re.I),
    re.compile(r"Conversa do WhatsApp com (.+)|Chat WhatsApp con (.+)", re.I),
    re.compile(r"[与與](.+?) ?的 ?WhatsApp ?(?:聊天|對話|对话)(?:记录|記錄)?", re.I),
    re.compile(r"WhatsApp ?(?:聊天|對話)(?:记录|記錄)?\s*[-–]\s*(.+)", re.I),
)
_COPY = re.compile(r"(?: ?\(\d{1,3}\))?\.(?:txt|zip)$", re.I)


def recognises(source: Source) -> bool:
    """Whether the text begins like such an export."""
    head = source.stream.read(SNIFF_SIZE)
    encoding = encoding_of(head, complete=len(head) < SNIFF_SIZE)
    if encoding is None:
        return False
    lines = [visible(line) for line in head.decode(encoding, "ignore").splitlines()]
    lines = [line for line in lines if line.strip()][:_SNIFFED_LINES]
    heads = [found for line in lines if (found := head_of(line)) is not None]
    authored = [one for one in heads if author_of(one.rest) is not None]
    first = bool(lines) and head_of(lines[0]) is not None
    return bool(authored) and (first or len(heads) >= 2)


@dataclass(slots=True)
class _Chat:
    """What the first look at all lines has found."""

    encoding: str
    survey: Survey = field(default_factory=Survey)
    authors: Counter[str] = field(default_factory=Counter)
    messages: int = 0


@dataclass(slots=True)
class _Waiting:
    """A message that may go on over several lines."""

    head: Head
    line: int
    lines: list[str]
    size: int = 0


def read(source: Source) -> Iterator[Record]:
    """Every message; the app's own lines as text."""
    yield Description(ItemKind.MESSAGES, "text/plain")
    chat = _look(source)
    order = source.answers.date_order or chat.survey.order()
    who = sides(
        [author for author, _ in chat.authors.most_common()],
        source.answers.owners,
        _partner(source.filename) or _partner(source.container),
        is_group=False,
    )
    reader = _Reader(order, who)
    for waiting in _messages(source, chat):
        yield from reader.records(waiting)
    yield from _closing(chat, order, who, reader)


def _look(source: Source) -> _Chat:
    source.stream.seek(0)
    head = source.stream.read(SNIFF_SIZE)
    chat = _Chat(encoding_of(head, complete=len(head) < SNIFF_SIZE) or "utf-8")
    for line in _lines(source, chat.encoding):
        found = head_of(line)
        if found is not None:
            chat.survey.take(found)
    accepted = chat.survey.accepted()
    for line in _lines(source, chat.encoding):
        found = head_of(line)
        if found is None or found.form not in accepted:
            continue
        chat.messages += 1
        written = author_of(found.rest)
        if written is not None and not _is_notice(*written):
            chat.authors[written[0]] += 1
    return chat


def _lines(source: Source, encoding: str) -> Iterator[str]:
    source.stream.seek(0)
    if encoding.startswith("utf-16"):
        text = source.stream.read().decode(encoding, "replace")
        yield from (visible(line) for line in text.split("\n"))
        return
    for line in source.stream:
        source.alive()
        yield visible(line.decode(encoding, "replace"))


def _messages(source: Source, chat: _Chat) -> Iterator[_Waiting]:
    """Each message with the lines over which it goes on."""
    accepted = chat.survey.accepted()
    waiting: _Waiting | None = None
    for number, line in enumerate(_lines(source, chat.encoding), 1):
        found = head_of(line)
        if found is not None and found.form in accepted:
            if waiting is not None:
                yield waiting
            waiting = _Waiting(found, number, [found.rest])
        elif waiting is not None and waiting.size < _LONGEST_MESSAGE:
            waiting.lines.append(line)
            waiting.size += len(line)
    if waiting is not None:
        yield waiting


def _is_notice(author: str, text: str) -> bool:
    return app_words.is_notice(text) or "“" in author or '"' in author


def _partner(filename: str) -> str:
    """Whom the chat is with, as the file's name says."""
    stem = visible(_COPY.sub("", filename))
    for pattern in _NAMES:
        if found := pattern.fullmatch(stem):
            return next(group for group in found.groups() if group).strip()
    return ""


class _Reader:
    def __init__(self, order: DateOrder | None, who: Sides) -> None:
        self.omitted = 0
        self.attached = 0
        self.undecided = False
        self._order = order
        self._who = who

    def records(self, waiting: _Waiting) -> Iterator[Record]:
        head = waiting.head
        place = SourcePlace(PlaceUnit.LINE, waiting.line)
        text = "\n".join(waiting.lines).rstrip()
        at = head.at(self._order)
        known = self._order is not None or head.has_long_year_first
        if at is None and known:
            reason = message(MessageCode.ROW_BAD_TIME, value=head.raw)
            yield SkippedEntry(place, reason, text[:500])
            return
        self.undecided = self.undecided or at is None
        precision = TimePrecision.MINUTE if head.second is None else TimePrecision.SECOND
        time = TimeReading(WallClock(at), TimeSource.RECORD, precision, head.raw) if at else None
        written = author_of(text)
        if written is None:
            yield self._own_line(text, time, place)
        elif _is_notice(*written):
            yield TextBlock(text, place)
        else:
            yield self._message(written[0], written[1], time, place)

    def _own_line(self, text: str, time: TimeReading | None, place: SourcePlace) -> Record:
        """A line of the app itself: a missed call on Android, or a notice."""
        call = app_words.call_of(text)
        if call is None:
            return TextBlock(text or "—", place)
        identifier = call.who or self._who.partner or self._who.chat
        return self._act(
            EventType.CALL, Direction.INCOMING, _outcome(call, Direction.INCOMING), time,
            call.duration_s, identifier, text, place, (),
        )  # fmt: skip

    def _message(
        self, author: str, text: str, time: TimeReading | None, place: SourcePlace
    ) -> Record:
        direction, identifier = self._who.of(author)
        if app_words.is_mine(author) and self._who.owner is None:
            direction, identifier = Direction.OUTGOING, self._who.chat
        call = app_words.call_of(text)
        if call is not None:
            return self._act(
                EventType.CALL, direction, _outcome(call, direction), time, call.duration_s,
                identifier, text, place, (),
            )  # fmt: skip
        name = app_words.attached(text)
        self.omitted += app_words.is_omitted(text)
        self.attached += name is not None
        files = (name,) if name else ()
        return self._act(
            EventType.MESSAGE, direction, Outcome.UNKNOWN, time, None, identifier, text, place,
            files,
        )  # fmt: skip

    def _act(
        self,
        type: EventType,
        direction: Direction,
        outcome: Outcome,
        time: TimeReading | None,
        duration_s: float | None,
        identifier: str,
        text: str,
        place: SourcePlace,
        files: tuple[str, ...],
    ) -> ActRecord:
        raw = {"chat": self._who.chat} if self._who.chat else {}
        if time is not None:
            raw["time"] = time.raw
        name = identifier.strip("~ \u00a0")
        return ActRecord(
            type, direction, outcome, time, duration_s, name, name, text, place, raw, files
        )


def _outcome(call: app_words.ChatCall, direction: Direction) -> Outcome:
    if call.is_answered:
        return Outcome.ANSWERED
    return Outcome.UNKNOWN if direction is Direction.OUTGOING else Outcome.MISSED


def _closing(chat: _Chat, order: DateOrder | None, who: Sides, reader: _Reader) -> Iterator[Record]:
    if reader.omitted:
        yield Notice(message(MessageCode.MEDIA_LEFT_OUT, count=reader.omitted))
    limit = _CAPS[1] if reader.attached else _CAPS[0]
    if chat.messages >= limit * (1 - _NEAR) and (limit == _CAPS[0] or chat.messages <= _CAPS[0]):
        yield Notice(message(MessageCode.CHAT_CAPPED, count=chat.messages, limit=limit))
    if reader.undecided and order is None:
        yield Question(QuestionKind.DATE_ORDER, {"samples": chat.survey.samples})
    if who.owner is None and chat.authors:
        names = [author for author, _ in chat.authors.most_common(_MOST_CANDIDATES)]
        yield Question(QuestionKind.OWNER, {"candidates": names})
    yield Question(QuestionKind.TIMEZONE, {}, blocking=False)
