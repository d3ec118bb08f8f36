"""Chats that QQ exported as text, or that were copied out of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from evidence_app.intake.chat_authors import ask_for_owner
from evidence_app.intake.readers.chat.lines import (
    LONGEST_MESSAGE,
    DateSurvey,
    head_lines,
    message_or_call,
    numbered,
    usable,
    wall_time,
)
from evidence_app.intake.readers.chat.participants import account
from evidence_app.intake.readers.chat.pasted_lines import Sent, Unpasted
from evidence_app.intake.readers.qq.participants import Section, settle
from evidence_app.intake.readers.qq.syntax import (
    Head,
    Style,
    author_of,
    call_of,
    head_of,
    is_notice,
    left_out,
    mobile_day,
)
from evidence_app.intake.readers.support.filename_times import times_in_name
from evidence_app.intake.records import Description, Notice, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.evidence import (
    ItemKind,
    PlaceUnit,
    SkippedEntry,
    SourcePlace,
    TextBlock,
)
from evidence_app.model.question import DateOrder, Question, QuestionKind
from evidence_app.model.times import TimePrecision, TimeReading

_SNIFFED_LINES = 120
_PREAMBLE_LINES = 12
_TITLE = re.compile("消息记录[（(]此消息记录为文本格式")
_RULE = re.compile("={10,}")
_TARGET = re.compile("消息(?P<what>分组|对象)[:：] ?(?P<name>.*)")
_SHOWN = 500


def recognises(source: Source) -> bool:
    """Whether the text begins as QQ writes it."""
    lines = [line for line in head_lines(source) if line.strip()][:_SNIFFED_LINES]
    if any(_TITLE.match(line.strip()) for line in lines[:_PREAMBLE_LINES]):
        return True
    style = _style(lines)
    if style is Style.MOBILE:
        day = mobile_day(lines[0])
        return any(head_of(line, style, day) for line in lines)
    heads = [head for line in lines if (head := head_of(line, style)) is not None]
    if any(_TARGET.match(line) for line in lines[:_PREAMBLE_LINES]):
        return bool(heads)
    first = head_of(lines[0], style) if lines else None
    # A program's log can look so too, but has nothing but such lines.
    if first is None or not 1 < len(heads) < len(lines):
        return False
    return bool(first.author.id) or style is Style.COPIED


def _style(lines: list[str]) -> Style:
    first = next((line for line in lines if line.strip()), "")
    if mobile_day(first) is not None:
        return Style.MOBILE
    return Style.COPIED if head_of(first, Style.COPIED) is not None else Style.DATED


def read(source: Source) -> Iterator[Record]:
    """Every message and call; headings and QQ's own lines as text."""
    yield Description(ItemKind.MESSAGES, "text/plain")
    yield from times_in_name(source.filename)
    yield from _Export(source).records()


@dataclass(slots=True)
class _Entry:
    """A message, or a line that belongs to none."""

    line: int
    section: int
    head: Head | None
    text: str
    after_gap: bool | None = None
    written: str = ""


def _join(entry: _Entry, pasted: _Entry) -> None:
    entry.text += f"\n\n{pasted.written}\n{pasted.text}"


class _Entries:
    """All messages and other lines of the file, in their order."""

    def __init__(self, source: Source, style: Style, needs_gap: bool) -> None:
        self._lines = numbered(source)
        self._style = style
        self._needs_gap = needs_gap
        self._section = 0
        self._day: date | None = None
        self._in_preamble = True
        self._rule: tuple[int, str] | None = None
        self._waiting: _Entry | None = None
        self._lines_below: list[str] = []
        self._size = 0
        self._after_gap = True

    def __iter__(self) -> Iterator[_Entry]:
        for number, line in self._lines:
            yield from self._take(number, line)
            self._after_gap = not line.strip()
        yield from self._ruled(is_preamble=False)
        yield from self._ended()

    def _take(self, number: int, line: str) -> Iterator[_Entry]:
        target = _TARGET.fullmatch(line.strip())
        if self._rule is not None:
            yield from self._ruled(is_preamble=target is not None)
        if _RULE.fullmatch(line.strip()) and not self._in_preamble:
            self._rule = (number, line)
        elif target is not None and self._in_preamble:
            self._section += target["what"] == "对象"
            yield self._other(number, line)
        else:
            yield from self._body(number, line)

    def _body(self, number: int, line: str) -> Iterator[_Entry]:
        day = mobile_day(line) if self._style is Style.MOBILE else None
        head = head_of(line, self._style, self._day)
        gap = self._after_gap or self._in_preamble
        notice = self._style is not Style.DATED and self._after_gap and is_notice(line)
        if day is not None or notice:
            self._day = day or self._day
            yield from self._ended()
            yield self._other(number, line)
        elif head is not None and (gap or not self._needs_gap):
            yield from self._ended()
            after_gap = None if self._in_preamble else self._after_gap
            self._waiting = _Entry(number, self._section, head, "", after_gap, line)
            self._in_preamble = False
            self._size = 0
        elif self._waiting is not None and self._size <= LONGEST_MESSAGE:
            self._lines_below.append(line)
            self._size += len(line) + 1
        elif line.strip():
            yield from self._ended()
            yield self._other(number, line)

    def _ruled(self, is_preamble: bool) -> Iterator[_Entry]:
        """Decide what the rule was that stood last: a part of the headings, or of a message."""
        if self._rule is None:
            return
        number, line = self._rule
        self._rule = None
        if is_preamble:
            yield from self._ended()
            self._in_preamble = True
            yield self._other(number, line)
        else:
            yield from self._body(number, line)

    def _other(self, number: int, line: str) -> _Entry:
        return _Entry(number, self._section, None, line)

    def _ended(self) -> Iterator[_Entry]:
        below, self._lines_below = self._lines_below, []
        if self._waiting is not None:
            self._waiting.text = "\n".join(below).strip("\n").rstrip()
            yield self._waiting
            self._waiting = None


class _Export:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._style = _style(head_lines(source))
        self._sections = [Section()]
        self._dates = DateSurvey()
        self._order: DateOrder | None = None
        self._needs_gap = self._style is not Style.MOBILE and self._has_gaps()
        self._look()
        settle(self._sections, source.answers.owners)
        self._order = self._dates.order() or usable(source.answers.date_order)
        self._left_out = 0
        self._undecided = False

    def _entries(self) -> Iterator[_Entry]:
        entries = _Entries(self._source, self._style, self._needs_gap)
        return iter(Unpasted(entries, self._sent, _join))

    def _sent(self, entry: _Entry) -> Sent | None:
        if entry.head is None or entry.head.author.is_system:
            return None
        day = entry.head.date(self._order)
        if day is None or entry.head.clock is None:
            return Sent(None, entry.section)
        return Sent(datetime.combine(day, entry.head.clock), entry.section)

    def _has_gaps(self) -> bool:
        """Whether an empty line parts the messages; then a head right behind words is pasted."""
        gaps = Counter(
            entry.after_gap
            for entry in _Entries(self._source, self._style, needs_gap=False)
            if entry.head is not None
        )
        return gaps[True] > 0 and gaps[True] >= gaps[False]

    def _look(self) -> None:
        group = ""
        for entry in self._entries():
            if entry.head is None:
                group = self._heading(entry, group)
            elif not entry.head.author.is_system:
                self._sections[entry.section].take(entry.head.author)
                if entry.head.numbers is not None:
                    self._dates.take(*entry.head.numbers, entry.head.raw, clock=entry.head.clock)

    def _heading(self, entry: _Entry, group: str) -> str:
        match = _TARGET.fullmatch(entry.text.strip())
        if match is None:
            return group
        if match["what"] == "分组":
            return match["name"].strip()
        if entry.section == len(self._sections):
            self._sections.append(Section(group, author_of(match["name"])))
        return group

    def records(self) -> Iterator[Record]:
        """All that stands in the file, and what it leaves open."""
        for entry in self._entries():
            place = SourcePlace(PlaceUnit.LINE, entry.line)
            if entry.head is None:
                yield TextBlock(entry.text, place)
            elif entry.head.author.is_system:
                written = f"{entry.head.raw} {entry.head.author.written}\n{entry.text}".strip()
                yield TextBlock(written, place)
            else:
                yield self._message(entry, entry.head, place)
        yield from self._closing()

    def _message(self, entry: _Entry, head: Head, place: SourcePlace) -> Record:
        time = self._time(head)
        if time is None and not self._is_open(head):
            reason = message(MessageCode.ROW_BAD_TIME, value=head.raw)
            written = f"{head.raw} {head.author.written}\n{entry.text}"
            return SkippedEntry(place, reason, written[:_SHOWN])
        section = self._sections[entry.section]
        direction, other = section.of(head.author)
        call = call_of(entry.text)
        self._left_out += left_out(entry.text)
        return message_or_call(
            call,
            direction=direction,
            time=time,
            identifier=account("QQ", other.key),
            contact_name=other.name,
            text=entry.text,
            place=place,
            raw=_raw(section, head),
        )

    def _time(self, head: Head) -> TimeReading | None:
        day = head.date(self._order)
        if day is None or head.clock is None:
            return None
        # WeChat writes its chats in an e-mail as QQ does, but without seconds.
        has_seconds = head.raw.count(":") > 1
        precision = TimePrecision.SECOND if has_seconds else TimePrecision.MINUTE
        return wall_time(day, head.clock, precision, head.raw)

    def _is_open(self, head: Head) -> bool:
        """Whether the time is missing because the file does not tell the day from the month."""
        unread = head.numbers is not None and self._order is None and head.full_date is None
        possible = unread and head.clock is not None and any(map(head.date, DateOrder))
        self._undecided = self._undecided or possible
        return possible

    def _closing(self) -> Iterator[Record]:
        if self._left_out:
            yield Notice(message(MessageCode.MEDIA_LEFT_OUT, count=self._left_out))
        if self._undecided:
            yield Question(QuestionKind.DATE_ORDER, {"samples": self._dates.samples})
        unclear: Counter[str] = Counter()
        for section in self._sections:
            unclear += section.unclear
        if unclear:
            yield ask_for_owner(unclear)
        yield Question(QuestionKind.TIMEZONE, {}, blocking=False)


def _raw(section: Section, head: Head) -> dict[str, str]:
    fields = {
        "chat": section.target.written if section.target is not None else "",
        "group": section.group,
        "author": head.author.written,
        "time": head.raw,
    }
    return {name: value for name, value in fields.items() if value}
