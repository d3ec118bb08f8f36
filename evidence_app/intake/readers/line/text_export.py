"""Chats that LINE exported as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from evidence_app.intake.chat_authors import ask_for_owner, is_name
from evidence_app.intake.readers.chat.lines import (
    CallMention,
    DateSurvey,
    head_lines,
    message_or_call,
    numbered,
    usable,
    wall_time,
)
from evidence_app.intake.readers.chat.participants import Sides, account, sides
from evidence_app.intake.readers.line.entries import Body, Entries, Entry, Names, body_of, form_of
from evidence_app.intake.readers.line.phrases import call_of, file_of, is_left_out
from evidence_app.intake.readers.line.syntax import (
    Day,
    Form,
    Title,
    day_of,
    head_of,
    is_about,
    is_saved_line,
    saved_numbers,
    title_of,
)
from evidence_app.intake.readers.support.filename_times import times_in_name
from evidence_app.intake.records import Description, EventRecord, Notice, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.event import Direction
from evidence_app.model.evidence import (
    ItemKind,
    PlaceUnit,
    SkippedEntry,
    SourcePlace,
    TextBlock,
)
from evidence_app.model.question import DateOrder, Question, QuestionKind
from evidence_app.model.times import TimePrecision, TimeReading

_SNIFFED_LINES = 200
_LEAST_ENTRIES = 6
_LEAST_EACH = 3
_TWO = 2
_SHOWN = 500


def recognises(source: Source) -> bool:
    """Whether the text has LINE's title, or its days with entries under them."""
    lines = [line for line in head_lines(source) if line.strip()][:_SNIFFED_LINES]
    if not lines:
        return False
    days = [day for line in lines if (day := day_of(line)) is not None]
    dated = any(day.weekday is not None for day in days)
    title = title_of(lines[0])
    if title is None:
        return day_of(lines[0]) is not None and dated and _has_entries(lines)
    marked = lines[0].lstrip().upper().startswith("[LINE]")
    if not marked:
        return bool(days) and any(head_of(line) is not None for line in lines)
    return bool(days) or any(map(is_saved_line, lines[1:3]))


def _has_entries(lines: list[str]) -> bool:
    """Whether entries stand there that are no diary's: the same few names in all of them."""
    heads = [head for line in lines if (head := head_of(line)) is not None]
    tabbed = [head for head in heads if head.form is Form.TAB and "\t" in head.rest]
    if tabbed:
        return True
    names = Counter(head.rest.split(" ")[0] for head in heads)
    if len(heads) >= _LEAST_ENTRIES:
        return len(heads) >= _LEAST_EACH * len(names)
    # In so short a chat two people speak in turn, or the app itself says something.
    return _speak_in_turn(names) or any(_is_of_the_app(head.rest) for head in heads)


def _speak_in_turn(names: Counter[str]) -> bool:
    return len(names) == _TWO and min(names.values()) >= _TWO and all(map(is_name, names))


def _is_of_the_app(rest: str) -> bool:
    """Whether words behind a name stand for a call or for something left out."""
    phrase = rest.partition(" ")[2].strip()
    return call_of(phrase) is not None or is_left_out(phrase) or is_about(rest)


def read(source: Source) -> Iterator[Record]:
    """Every message and call; the title, the days and the app's own lines as text."""
    yield Description(ItemKind.MESSAGES, "text/plain")
    yield from times_in_name(source.filename)
    yield from _Chat(source).records()


class _Chat:
    def __init__(self, source: Source) -> None:
        head = head_lines(source)
        self._source = source
        self._title = next((title_of(line) for line in head if line.strip()), None)
        self._form = form_of(head) or Form.TAB
        self._authors: Counter[str] = Counter()
        self._dates = DateSurvey()
        self._names = self._learned()
        self._look()
        self._order = self._dates.order() or usable(source.answers.date_order)
        self._chat_sides = self._sides()
        self._left_out = 0
        self._undecided = False

    def _entries(self) -> Iterator[Entry | tuple[int, Day]]:
        return iter(Entries(numbered(self._source), self._form))

    def _learned(self) -> Names:
        title = [self._title.name] if self._title else []
        names = Names([*title, *self._source.answers.owners])
        if self._form is Form.SPACE:
            for entry in self._entries():
                if isinstance(entry, Entry) and entry.head is not None:
                    names.take(entry.text)
        return names

    def _look(self) -> None:
        for entry in self._entries():
            if not isinstance(entry, Entry):
                day = entry[1]
                if day.numbers is not None:
                    self._dates.take(*day.numbers, day.raw, day.weekday)
            elif entry.head is not None:
                author = body_of(entry, self._names).author
                self._authors[author] += bool(author)
            elif (saved := saved_numbers(entry.text)) and saved[0] != saved[1]:
                self._saved(saved, entry.text)
        del self._authors[""]

    def _saved(self, numbers: tuple[int, int, int], text: str) -> None:
        """The day of saving can tell which number is the day, but comes last, not first."""
        if max(numbers[:2]) > 12:
            alone = DateSurvey()
            alone.take(*numbers, text)
            self._dates.prefer(alone.order())

    def _sides(self) -> Sides:
        title = self._title or Title("", False)
        authors = [author for author, _ in self._authors.most_common()]
        return sides(authors, self._source.answers.owners, title.name, title.is_group)

    def records(self) -> Iterator[Record]:
        """All that stands in the file, and what it leaves open."""
        for entry in self._entries():
            if not isinstance(entry, Entry):
                number, day = entry
                yield TextBlock(day.raw, SourcePlace(PlaceUnit.LINE, number))
            else:
                yield self._record(entry, SourcePlace(PlaceUnit.LINE, entry.line))
        yield from self._closing()

    def _record(self, entry: Entry, place: SourcePlace) -> Record:
        if entry.head is None:
            return TextBlock(entry.text, place)
        body = body_of(entry, self._names)
        call = call_of(body.text)
        if not body.author and call is None:
            return TextBlock(f"{entry.head.raw} {body.text}".strip(), place)
        time = self._time(entry)
        if time is None and not self._is_open(entry):
            written = f"{entry.day.raw if entry.day else ''} {entry.head.raw}".strip()
            reason = message(MessageCode.ROW_BAD_TIME, value=written)
            return SkippedEntry(place, reason, f"{entry.head.raw} {entry.text}"[:_SHOWN])
        return self._act(entry, body, call, time, place)

    def _time(self, entry: Entry) -> TimeReading | None:
        day = entry.day.date(self._order) if entry.day is not None else None
        if entry.head is None or entry.day is None or day is None or entry.head.clock is None:
            return None
        written = f"{entry.day.raw} {entry.head.raw}"
        return wall_time(day, entry.head.clock, TimePrecision.MINUTE, written)

    def _is_open(self, entry: Entry) -> bool:
        """Whether the time is missing because the file does not tell the day."""
        if entry.head is None or entry.head.clock is None:
            return False
        if entry.day is None:
            return True
        unread = entry.day.numbers is not None and self._order is None and not entry.day.full_date
        possible = unread and any(entry.day.date(order) for order in DateOrder)
        self._undecided = self._undecided or possible
        return possible

    def _act(
        self,
        entry: Entry,
        body: Body,
        call: CallMention | None,
        time: TimeReading | None,
        place: SourcePlace,
    ) -> EventRecord:
        direction, other = Direction.NONE, self._chat_sides.partner or ""
        if body.author:
            direction, other = self._chat_sides.of(body.author)
        self._left_out += is_left_out(body.text)
        name = file_of(body.text)
        return message_or_call(
            call,
            direction=direction,
            time=time,
            identifier=account("LINE", other),
            contact_name=other,
            text=body.text,
            place=place,
            raw=self._raw(entry, body),
            enclosed=(name,) if name else (),
        )

    def _raw(self, entry: Entry, body: Body) -> dict[str, str]:
        fields = {
            "chat": self._chat_sides.chat,
            "author": body.author,
            "day": entry.day.raw if entry.day is not None else "",
            "time": entry.head.raw if entry.head is not None else "",
        }
        return {name: value for name, value in fields.items() if value}

    def _closing(self) -> Iterator[Record]:
        if self._left_out:
            yield Notice(message(MessageCode.MEDIA_LEFT_OUT, count=self._left_out))
        if self._undecided:
            yield Question(QuestionKind.DATE_ORDER, {"samples": self._dates.samples})
        if self._chat_sides.owner is None and self._authors:
            yield ask_for_owner(self._authors)
        yield Question(QuestionKind.TIMEZONE, {}, blocking=False)
