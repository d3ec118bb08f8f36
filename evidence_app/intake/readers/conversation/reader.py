"""Conversations in a form that no reader knows: told and asked about, no silent document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time

from evidence_app.intake.chat_authors import all_directed, ask_for_owner, directed
from evidence_app.intake.readers.chat.date_order import OrderSurvey
from evidence_app.intake.readers.chat.lines import head_lines, numbered, wall_time
from evidence_app.intake.readers.chat.participants import account, sides
from evidence_app.intake.readers.conversation.json_shapes import Message, messages_in, rows_in
from evidence_app.intake.readers.conversation.line_shapes import Form, Talk, day_of, form_of, talks
from evidence_app.intake.readers.conversation.untimed import Untimed, untimed_form
from evidence_app.intake.readers.conversation.years import YearCount
from evidence_app.intake.readers.documents import plain_text
from evidence_app.intake.readers.mail import decoding
from evidence_app.intake.readers.support.epoch_times import from_unix
from evidence_app.intake.readers.support.html import html_head
from evidence_app.intake.readers.support.worded_times import WordedTime, worded_time
from evidence_app.intake.readers.wechat.common import reading
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
from evidence_app.model.question import ConversationPart, DateOrder, Question, QuestionKind
from evidence_app.model.times import (
    TimePrecision,
    TimeReading,
    WallClock,
    with_offset,
)

_OFFSET = re.compile(
    r"(?:Z|UTC|GMT)?(?:(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?)?(?<=.)"
)
_ENDS_WITH_ZONE = re.compile(r"(?<=\d|[MmＭ])\s?(?P<zone>(?:UTC|GMT)(?:[+-]\d{1,2}(?::?\d{2})?)?)$")
_LARGEST_PAGE = 8 << 20
_MIDNIGHT = time()
_EXAMPLES = 3
_SHOWN = 500
_LONGEST_EXAMPLE = 80


def recognises(source: Source) -> bool:
    """Whether the text, page or JSON looks like people who talk."""
    return _layout_of(source) is not None


def read(source: Source) -> Iterator[Record]:
    """The messages, once the person said which part is what; until then the text and the question.

    Raises:
        ReadFailure: Its characters cannot be made out.
    """
    parts = source.answers.conversation
    layout = _layout_of(source)
    if layout is None or parts == ():
        yield from plain_text.read(source)
        return
    if parts is None:
        yield from plain_text.read(source)
        yield Question(QuestionKind.CONVERSATION, {"rows": layout.examples()})
        return
    yield Description(ItemKind.MESSAGES, "text/plain")
    yield from _Conversation(source, layout, parts).records()
    if layout.is_page and source.size > _LARGEST_PAGE:
        yield Notice(message(MessageCode.READER_LIMIT), damaged=True)


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a conversation is written, and where.

    Attributes:
        source: The file.
        form: Of lines; None if it is JSON.
        is_page: Whether the lines are those of a page.
    """

    source: Source
    form: Form | Untimed | None
    is_page: bool = False

    @property
    def has_times(self) -> bool:
        """Whether times stand there at all."""
        return not isinstance(self.form, Untimed)

    def rows(self) -> Iterator[tuple[SourcePlace, list[str], Talk | None]]:
        """Every message: its place, and time, author and words as they stand there."""
        if self.form is None:
            for number, entry in enumerate(self._entries(), 1):
                yield (
                    SourcePlace(PlaceUnit.ENTRY, number),
                    [entry.time, entry.author, entry.text],
                    None,
                )
            return
        lines = _page_lines(self.source) if self.is_page else numbered(self.source)
        form = self.form
        turns = form.talks(lines) if isinstance(form, Untimed) else talks(lines, form)
        for number, talk in enumerate(turns, 1):
            unit, place = (PlaceUnit.ENTRY, number) if self.is_page else (PlaceUnit.LINE, talk.line)
            day = talk.day.raw if talk.day is not None else ""
            stamp = f"{day} {talk.head.stamp}".strip()
            yield SourcePlace(unit, place), [stamp, talk.author, talk.text], talk

    def _entries(self) -> list[Message]:
        return messages_in(self.source) or rows_in(self.source)

    def examples(self) -> list[list[str]]:
        """The first messages, for the person to look at."""
        rows: list[list[str]] = []
        for _place, cells, _talk in self.rows():
            if not all(cells[not self.has_times : 2]):
                continue
            rows.append([cell.replace("\n", " ")[:_LONGEST_EXAMPLE] for cell in cells])
            if len(rows) == _EXAMPLES:
                break
        return rows


def _layout_of(source: Source) -> _Layout | None:
    source.stream.seek(0)
    if html_head(source.stream):
        page = [line for _number, line in _page_lines(source)]
        form = form_of(page) or untimed_form(page)
        return _Layout(source, form, is_page=True) if form is not None else None
    lines = head_lines(source)
    first = next((line.strip() for line in lines if line.strip()), "")
    if (first.startswith(("[", "{")) or "= [" in first[:100]) and messages_in(source):
        return _Layout(source, None)
    if _in_table(source):
        return _Layout(source, None)
    form = form_of(lines) or untimed_form(lines)
    return _Layout(source, form) if form is not None else None


def _in_table(source: Source) -> bool:
    return bool(rows_in(source))


def _page_lines(source: Source) -> Iterator[tuple[int, str]]:
    source.stream.seek(0)
    page = source.stream.read(_LARGEST_PAGE).decode("utf-8", "replace")
    yield from enumerate(decoding.page_text(page).split("\n"), 1)


class _Conversation:
    def __init__(
        self, source: Source, layout: _Layout, parts: tuple[ConversationPart, ...]
    ) -> None:
        self._layout = layout
        self._parts = parts
        self._survey = OrderSurvey()
        authors: Counter[str] = Counter()
        for _place, cells, talk in layout.rows():
            source.alive()
            if self._is_message(talk):
                authors[self._cell(cells, ConversationPart.AUTHOR)] += 1
            written_time = self._written_time(cells, talk)
            if written_time is not None and written_time.numbers is not None:
                self._survey.take(*written_time.numbers, written_time.raw)
        del authors[""]
        self._authors = authors
        self._is_directed = all_directed(authors)
        self._order = self._survey.order(source.answers.date_order)
        names = [name for name, _count in authors.most_common()]
        self._chat_sides = sides(names, source.answers.owners, "", is_group=False)
        self._years = YearCount(source.answers.year)
        for _place, cells, talk in layout.rows():
            self._years.take(self._written_time(cells, talk), self._order)
        self._undecided = self._floating = self._lacks_day = False

    def _cell(self, cells: list[str], part: ConversationPart) -> str:
        position = self._parts.index(part) if part in self._parts else None
        return cells[position] if position is not None and position < len(cells) else ""

    def _is_message(self, talk: Talk | None) -> bool:
        return talk is None or bool(talk.head.stamp) or not self._layout.has_times

    def _written_time(self, cells: list[str], talk: Talk | None) -> WordedTime | None:
        is_there = self._parts[:1] == (ConversationPart.TIME,)
        if talk is not None and is_there:
            return day_of(talk)
        return worded_time(self._cell(cells, ConversationPart.TIME))

    def records(self) -> Iterator[Record]:
        """Every message, then what is left open."""
        for place, cells, talk in self._layout.rows():
            yield self._record(place, cells, talk)
        if self._undecided:
            yield Question(QuestionKind.DATE_ORDER, {"samples": self._survey.samples})
        if self._years.is_asked:
            yield Question(QuestionKind.YEAR, {"samples": self._years.samples()})
        if self._lacks_day:
            yield Notice(message(MessageCode.CHAT_WITHOUT_DATES))
        if self._chat_sides.owner is None and self._authors and not self._is_directed:
            yield ask_for_owner(self._authors)
        if self._floating:
            yield Question(QuestionKind.TIMEZONE, {}, blocking=False)

    def _record(self, place: SourcePlace, cells: list[str], talk: Talk | None) -> Record:
        author = self._cell(cells, ConversationPart.AUTHOR)
        text = self._cell(cells, ConversationPart.TEXT)
        stamp = self._cell(cells, ConversationPart.TIME)
        if not author or not self._is_message(talk):
            return TextBlock(" ".join(filter(None, cells)), place)
        time = self._time(stamp, cells, talk)
        self._lacks_day = self._lacks_day or self._is_undated(talk)
        if time is None and not (self._is_undated(talk) or self._is_open(cells, talk)):
            reason = message(MessageCode.ROW_BAD_TIME, value=stamp)
            return SkippedEntry(place, reason, " ".join(cells)[:_SHOWN])
        self._floating = self._floating or (time is not None and isinstance(time.moment, WallClock))
        direction, other, number = self._side(author)
        return EventRecord(
            type=EventType.MESSAGE,
            direction=direction,
            outcome=Outcome.UNKNOWN,
            time=time,
            duration_s=None,
            # Digits that a program names somebody by are a telephone number only with a plus.
            identifier=number or (other if other.startswith("+") else account("chat", other)),
            contact_name=other,
            text=text,
            place=place,
            raw={"author": author, "time": stamp},
        )

    def _side(self, author: str) -> tuple[Direction, str, str]:
        """Who wrote, and the other side's name and number, as far as they are told."""
        told = directed(author) if self._is_directed else None
        return told if told is not None else (*self._chat_sides.of(author), "")

    def _time(self, stamp: str, cells: list[str], talk: Talk | None) -> TimeReading | None:
        if talk is None and (exact := from_unix(stamp) or reading(stamp)) is not None:
            return exact
        written_time = self._written_time(cells, talk)
        day = self._years.day(written_time, self._order)
        clock = self._clock(written_time, talk)
        if day is not None and clock is None and talk is None:
            return wall_time(day, _MIDNIGHT, TimePrecision.DAY, stamp)
        if day is None or clock is None:
            return None
        precision = TimePrecision.SECOND if clock.second else TimePrecision.MINUTE
        time = wall_time(day, clock, precision, stamp)
        stated = _ENDS_WITH_ZONE.search(stamp)
        return _zoned(time, talk.head.zone if talk else stated["zone"] if stated else "")

    @staticmethod
    def _clock(written_time: WordedTime | None, talk: Talk | None) -> time | None:
        if written_time is not None and written_time.clock is not None:
            return written_time.clock
        if talk is None or talk.head.time is not None:
            return None
        # A time of day alone is read with any date before it.
        alone = worded_time(f"2000-01-01 {talk.head.stamp}")
        return alone.clock if alone is not None else None

    @staticmethod
    def _is_undated(talk: Talk | None) -> bool:
        """Whether no day is told for a message."""
        return talk is not None and day_of(talk) is None

    def _is_open(self, cells: list[str], talk: Talk | None) -> bool:
        """Whether the time is missing because the file does not tell all of the date."""
        written_time = self._written_time(cells, talk)
        if written_time is not None and self._years.is_open(written_time):
            return True
        unread = (
            written_time is not None and written_time.numbers is not None and self._order is None
        )
        possible = unread and written_time is not None and any(map(written_time.day, DateOrder))
        self._undecided = self._undecided or possible
        return possible


def _zoned(time: TimeReading | None, zone: str) -> TimeReading | None:
    """A time with the offset that stands behind it, as Z, UTC, GMT+8 or +08:00."""
    match = _OFFSET.fullmatch(zone)
    if time is None or match is None or not isinstance(time.moment, WallClock):
        return time
    minutes = int(match["hours"] or 0) * 60 + int(match["minutes"] or 0)
    at: datetime = time.moment.at
    return replace(time, moment=with_offset(at, -minutes if match["sign"] == "-" else minutes))
