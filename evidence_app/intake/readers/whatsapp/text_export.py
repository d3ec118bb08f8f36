"""Chats that WhatsApp or Signal exported as text, in every country's way of writing times."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from evidence_app.intake.chat_authors import all_directed, ask_for_owner, is_name
from evidence_app.intake.readers.chat.lines import LONGEST_MESSAGE, head_lines, numbered, wall_time
from evidence_app.intake.readers.chat.participants import Sides
from evidence_app.intake.readers.chat.pasted_lines import Sent, Unpasted
from evidence_app.intake.readers.support.encoding import SNIFF_SIZE
from evidence_app.intake.readers.tables.typed_calls import is_call_word
from evidence_app.intake.readers.whatsapp.calls import ChatCall, call_of
from evidence_app.intake.readers.whatsapp.participants import NOBODY, Cast
from evidence_app.intake.readers.whatsapp.phrases import (
    Body,
    attached,
    body_of,
    is_encryption,
    is_omitted,
)
from evidence_app.intake.readers.whatsapp.syntax import (
    Form,
    Head,
    Survey,
    author_of,
    head_of,
    visible,
)
from evidence_app.intake.records import Description, EventRecord, Notice, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model import numbers
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import (
    ItemKind,
    PlaceUnit,
    SkippedEntry,
    SourcePlace,
    TextBlock,
)
from evidence_app.model.question import DateOrder, Question, QuestionKind
from evidence_app.model.times import TimePrecision, TimeReading

_SNIFFED_LINES = 400
_LEAST_INSIDE = 3
_LEAST_FOR_MANY = 4
_MOST_DIFFERENT = 0.75
_LOG = re.compile(
    r"(?:[\w.]+\.)?(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|CRITICAL|FATAL|ALERT|EMERGENCY)"
    r"(?: - .*)?"
)
_CAP_WITH_FILES = 10_000
_CAP = 40_000
_NEAR = 0.01
_SHOWN = 500


def recognises(source: Source) -> bool:
    """Whether the text begins with messages of such an export, or has some near its beginning."""
    lines = [line for line in _first_lines(source) if line.strip()][:_SNIFFED_LINES]
    heads = [line_head for line in lines if (line_head := head_of(line)) is not None]
    if not heads or (head_of(lines[0]) is None and len(heads) < _LEAST_INSIDE):
        return False
    entries = [body_of(head.rest) for head in heads]
    if any(entry.is_notice and _is_certain(entry) for entry in entries):
        return True
    marked = heads[0].form.bracket or heads[0].form.comma or len(heads) > 1
    return marked and _is_talk([entry for entry in entries if entry.author])


def _first_lines(source: Source) -> list[str]:
    """The first lines, even if somebody's message has a character that no text should have."""
    if lines := head_lines(source):
        return lines
    source.stream.seek(0)
    head = source.stream.read(SNIFF_SIZE)
    return [] if b"\0" in head else head.decode("utf-8", "replace").splitlines()


def _is_certain(body: Body) -> bool:
    return is_encryption(visible(body.text)) or call_of(body.text, is_apps=True) is not None


def _is_talk(entries: list[Body]) -> bool:
    """Whether these are words of people who talk, not of a program's parts or of a diary."""
    authors = [entry.author for entry in entries]
    if (
        not authors
        or all(map(_LOG.fullmatch, authors))
        or all(map(is_call_word, authors))
        or all_directed(authors)
    ):
        return False
    if len(authors) < _LEAST_FOR_MANY or len(set(authors)) <= len(authors) * _MOST_DIFFERENT:
        return True
    # In a large group each line may have another author; a diary has no files and no names.
    if any(attached(visible(entry.text)) or is_omitted(entry.text) for entry in entries):
        return True
    return sum(map(is_name, authors)) >= len(authors) * _MOST_DIFFERENT


@dataclass(slots=True)
class _Entry:
    """A message, with all lines over which it goes on; lines of none have no head."""

    head: Head | None
    line: int
    lines: list[str]
    written: str
    size: int = 0


def _join(entry: _Entry, pasted: _Entry) -> None:
    entry.lines += [pasted.written, *pasted.lines[1:]]
    entry.size += pasted.size + len(pasted.written)


def read(source: Source) -> Iterator[Record]:
    """Every message and call; the app's own lines as text."""
    source.stream.seek(0)
    yield Description(ItemKind.MESSAGES, "text/plain")
    yield from _Chat(source).records()


class _Chat:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._survey = Survey()
        self._cast = Cast()
        self._look()
        self._forms = self._survey.accepted()
        self._orders = self._survey.orders(source.answers.date_order)
        self._cast = self._without_pasted()
        self._chat_sides = self._sides()
        self._left_out = 0
        self._with_files = False
        self._undecided: dict[Form, None] = {}

    def _look(self) -> None:
        casts: dict[Form, Cast] = defaultdict(Cast)
        is_first = True
        for number, line in numbered(self._source):
            head = head_of(line)
            if head is not None:
                self._survey.take(number, head, is_first=is_first)
                casts[head.form].take(body_of(head.rest))
            is_first = is_first and not line.strip()
        for form in self._survey.accepted():
            self._cast.add(casts[form])

    def _without_pasted(self) -> Cast:
        """Who writes in the chat itself; pasted lines have authors of their own."""
        if not self._survey.goes_back and not self._survey.is_mixed:
            return self._cast
        cast = Cast()
        for entry in self._entries():
            if entry.head is not None:
                cast.take(body_of(entry.head.rest))
        return cast

    def _sides(self) -> Sides:
        names = (self._source.filename, self._source.container)
        return self._cast.sides(self._source.answers.owners, names)

    def records(self) -> Iterator[Record]:
        """All that stands in the file, and what it leaves open."""
        for entry in self._entries():
            yield self._record(entry)
        yield from self._closing()

    def _entries(self) -> Iterator[_Entry]:
        entries = self._begun()
        return iter(Unpasted(entries, self._sent, _join) if self._survey.goes_back else entries)

    def _begun(self) -> Iterator[_Entry]:
        waiting: _Entry | None = None
        for number, line in numbered(self._source):
            head = self._head(line)
            if head is None and waiting is not None and waiting.size < LONGEST_MESSAGE:
                waiting.lines.append(line)
                waiting.size += len(line)
            elif head is not None or line.strip():
                if waiting is not None:
                    yield waiting
                waiting = _Entry(head, number, [line if head is None else head.rest], line)
        if waiting is not None:
            yield waiting

    def _head(self, line: str) -> Head | None:
        head = head_of(line)
        if head is None or head.form not in self._forms or not self._survey.is_written_so(head):
            return None
        return head

    def _sent(self, entry: _Entry) -> Sent | None:
        author = author_of(entry.head.rest) if entry.head is not None else None
        if entry.head is None or author is None:
            return None
        day = entry.head.day(self._orders.get(entry.head.form))
        at = datetime.combine(day, entry.head.clock) if day is not None else None
        return Sent(at, opens_paste=head_of(visible(author[1]).strip()) is not None)

    def _record(self, entry: _Entry) -> Record:
        place = SourcePlace(PlaceUnit.LINE, entry.line)
        if entry.head is None:
            return TextBlock("\n".join(entry.lines), place)
        body = body_of(entry.head.rest)
        text = "\n".join([body.text, *entry.lines[1:]]).rstrip()
        call = call_of(text, is_apps=body.is_apps)
        if body.is_notice and call is None:
            written = visible("\n".join(entry.lines)).rstrip()
            return TextBlock(f"{entry.head.raw} {written}", place)
        time = self._time(entry.head)
        if time is None and not self._is_open(entry.head):
            reason = message(MessageCode.ROW_BAD_TIME, value=entry.head.raw)
            return SkippedEntry(place, reason, visible("\n".join(entry.lines))[:_SHOWN])
        if call is not None:
            return self._call(entry.head, body, call, text, time, place)
        return self._message(entry.head, body, text, time, place)

    def _time(self, head: Head) -> TimeReading | None:
        day = head.day(self._orders.get(head.form))
        if day is None:
            return None
        precision = TimePrecision.SECOND if head.form.seconds else TimePrecision.MINUTE
        return wall_time(day, head.clock, precision, head.raw)

    def _is_open(self, head: Head) -> bool:
        """Whether the time is missing because the file does not tell day from month."""
        unread = not head.form.year_first and self._orders.get(head.form) is None
        if unread and any(head.day(order) for order in (DateOrder.DMY, DateOrder.MDY)):
            self._undecided[head.form] = None
            return True
        return False

    def _call(
        self,
        head: Head,
        body: Body,
        call: ChatCall,
        text: str,
        time: TimeReading | None,
        place: SourcePlace,
    ) -> EventRecord:
        direction, other = self._side(body.author)
        if not body.author:
            # On Android the app tells of it itself, and of missed calls of others only.
            direction = Direction.INCOMING if call.is_unanswered else Direction.NONE
            in_two = self._chat_sides.partner or (
                "" if self._cast.is_group else self._chat_sides.chat
            )
            other = call.caller or in_two
        direction = call.direction or direction
        return EventRecord(
            type=EventType.CALL,
            direction=direction,
            outcome=call.outcome(direction),
            time=time,
            duration_s=call.duration_s,
            identifier=other,
            contact_name=_name(other),
            text=visible(text),
            place=place,
            raw=self._raw(head, body),
        )

    def _message(
        self, head: Head, body: Body, text: str, time: TimeReading | None, place: SourcePlace
    ) -> EventRecord:
        direction, other = self._side(body.author)
        self._left_out += is_omitted(text)
        files = attached(visible(text))
        self._with_files = self._with_files or bool(files)
        return EventRecord(
            type=EventType.MESSAGE,
            direction=direction,
            outcome=Outcome.UNKNOWN,
            time=time,
            duration_s=None,
            identifier=other,
            contact_name=_name(other),
            text=visible(text),
            place=place,
            raw=self._raw(head, body),
            enclosed=files,
        )

    def _side(self, author: str) -> tuple[Direction, str]:
        direction, other = self._chat_sides.of(author)
        return direction, "" if other == NOBODY else other

    def _raw(self, head: Head, body: Body) -> dict[str, str]:
        fields = {"chat": self._chat_sides.chat, "author": body.author, "time": head.raw}
        return {name: value for name, value in fields.items() if value}

    def _closing(self) -> Iterator[Record]:
        if self._left_out:
            yield Notice(message(MessageCode.MEDIA_LEFT_OUT, count=self._left_out))
        limit = _CAP_WITH_FILES if self._with_files else _CAP
        count = self._cast.messages
        if count >= limit * (1 - _NEAR):
            yield Notice(message(MessageCode.CHAT_CAPPED, count=count, limit=limit))
        if self._undecided:
            samples = [sample for form in self._undecided for sample in self._survey.samples(form)]
            yield Question(QuestionKind.DATE_ORDER, {"samples": samples})
        if self._chat_sides.owner is None and self._cast.authors:
            yield ask_for_owner(self._cast.authors)
        yield Question(QuestionKind.TIMEZONE, {}, blocking=False)


def _name(other: str) -> str:
    """The other side's name; a number is none."""
    return "" if numbers.normalize(other, None).lstrip("+").isdigit() else other
