"""Lines of a conversation in a form that no reader knows: a time, who wrote, and the words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from evidence_app.intake.chat_authors import (
    all_directed,
    is_name,
    is_number,
    names_owner,
)
from evidence_app.intake.readers.chat.lines import LONGEST_MESSAGE
from evidence_app.intake.readers.conversation.stamps import HALF, STAMP
from evidence_app.intake.readers.support.worded_times import WordedTime, short_time, worded_time

_SNIFFED_LINES = 400
_LONGEST_HEAD = 300
_LONGEST_DAY = 60
_SHORTEST_DAY = 6
_SHORT_DAY = re.compile(r"[月월]|[^\W\d_]{3}")
_LEAST = 3
_MOSTLY = 0.75
_FEWEST, _TURNS = 2, 1.5
_LEAST_COVERED = 0.1
_LEAST_COVERED_INLINE = 0.3
_HALF_ALONE = re.compile(rf"\s*{HALF}\s*")
_OF_YEAR = re.compile(r"(?<=\d)\s?[гр]\.")
"""What stands behind a year in Bulgarian and Ukrainian."""

NAME = r"(?:[^\W\d_~]|[~+@]|\d(?=[\d -]{6,18}\b))[^:：|<>\[\]()\t\n]{0,58}?"
"""A name, as a part of a regular expression."""

_AUTHOR = rf"(?P<author>{NAME})"
_WITH_ID = rf"(?P<author>{NAME}(?:\s?\([^()\s]{{1,40}}\))?)"
_OPEN, _SHUT = r"(?:(?P<open>[\[(])\s?)?", r"(?:\s?[\])])?"


class Layout(Enum):
    """In which order a message has its parts, and where its words begin."""

    OWN_LINES = re.compile(rf"{_OPEN}{STAMP}{_SHUT}")
    NICK = re.compile(rf"{_OPEN}{STAMP}{_SHUT}\s*<(?P<author>[^<>\n]{{1,60}})>\s*(?P<text>.*)")
    TIME_FIRST = re.compile(
        rf"{_OPEN}{STAMP}{_SHUT}\s*[-–—|,]?\s*{_AUTHOR}\s?(?:[:|>]\s|：\s?|\s[-–—]\s|[:：]$)"
        r"(?P<text>.*)"
    )
    AUTHOR_FIRST = re.compile(
        rf"{_AUTHOR}\s*(?:(?P<open>[\[(,|–—-])\s*|\s){STAMP}{_SHUT}\s*[:：|–—-](?:\s?(?P<text>.*))"
    )
    AUTHOR_FIRST_BRACKET = re.compile(rf"{_AUTHOR}\s*(?P<open>[\[(]){STAMP}[\])]\s*(?P<text>\S.*)")
    TIME_ABOVE = re.compile(
        rf"{_OPEN}{STAMP}{_SHUT}\s*[-–—|,:]?\s*{_WITH_ID}(?:\s-\s[^\W\d_]{{2,12}})?:?"
    )
    AUTHOR_ABOVE = re.compile(rf"{_WITH_ID}\s*(?:(?P<open>[\[(,|–—•·-])\s*|\s){STAMP}{_SHUT}:?")

    @property
    def is_inline(self) -> bool:
        """Whether the words stand in the line of time and author."""
        return self.name in ("NICK", "TIME_FIRST", "AUTHOR_FIRST", "AUTHOR_FIRST_BRACKET")


_HAS_CLOCK = re.compile(r"\d[:.h]\d{2}")
_ID = re.compile(r"\s?\([^()]*\)$")
_FRACTION = re.compile(r"\d:\d{2}[.,]\d")
_SECONDS = re.compile(r"\d:\d{2}:\d{2}|\dh\d{2}h\d{2}")
_LOG = re.compile(
    r"\W*(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|CRITICAL|FATAL|ALERT|EMERG\w*|SEVERE|"
    r"root|kernel|main|systemd?|daemon|server|client|host|localhost)\b",
    re.I,
)
_OF_PROGRAMS = re.compile(r"[\w-]+[./\\$@_][\w./\\$@-]+|\S*\d+\S*\]?")
_MINUTES = re.compile(
    r"\b(?:minutes of|meeting minutes|agenda|attendees|present:|apologies|protokoll|anwesend|"
    r"tagesordnung|compte[- ]rendu|ordre du jour|acta de|orden del día)|会议纪要|會議紀錄|会议记录|"
    r"出席|议程|議程|与会|議事録|회의록",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Head:
    """A line that begins a message, as far as it tells.

    Attributes:
        stamp: The time as written.
        time: What the time says; None if it has no date.
        zone: The offset from UTC as written, empty if none is.
        author: Who wrote, empty if that stands on a line of its own.
        text: The words in the line.
    """

    stamp: str
    time: WordedTime | None
    zone: str
    author: str
    text: str

    @property
    def is_short(self) -> bool:
        """Whether its date has no year."""
        return self.time is not None and not self.time.has_year


@dataclass(frozen=True, slots=True)
class Form:
    """How a conversation is written.

    Attributes:
        layout: In which order.
        has_date: Whether each message has a date; else days stand on lines of their own.
        has_bracket: Whether a bracket stands before the time.
        is_author_above: Whether a time on a line of its own stands below its author.
        has_day: Whether days are told at all; else there are times of day alone.
    """

    layout: Layout
    has_date: bool
    has_bracket: bool
    is_author_above: bool = True
    has_day: bool = True


@dataclass(slots=True)
class Talk:
    """A message of a conversation.

    Attributes:
        line: Where it begins.
        head: How it begins.
        author: Who wrote.
        day: The day that was begun last, for heads without a date.
        text: The words.
    """

    line: int
    head: Head
    author: str
    day: WordedTime | None
    text: str


def head_in(line: str, layout: Layout) -> tuple[Form, Head] | None:
    """What a line states if it begins a message in that layout, else None."""
    head = line[:_LONGEST_HEAD].strip("\u200e\u200f\ufeff ")
    match = layout.value.fullmatch(head)
    if match is None:
        return None
    stamp = match["stamp"].strip()
    zone = (match["zone"] or "").strip()
    plain = stamp.removesuffix(zone).strip() if zone else stamp
    if match["later"] and not match["date"]:
        plain = f"{match['later']} {stamp.removesuffix(match['later']).strip(' ,')}"
    has_date = bool((match["date"] and not match["near"]) or match["later"])
    time = _dated(_OF_YEAR.sub("", plain.replace("T", " "))) if has_date else None
    if has_date and (time is None or time.clock is None):
        return None
    fields = match.groupdict()
    author = fields.get("author") or ""
    if (time is None and worded_time(author) is not None) or _HALF_ALONE.fullmatch(author):
        return None
    text = fields.get("text") or ""
    if len(head) == _LONGEST_HEAD:
        text += line.strip("\u200e\u200f\ufeff ")[_LONGEST_HEAD:]
    form = Form(layout, has_date, bool(fields.get("open")))
    return form, Head(stamp, time, zone, (fields.get("author") or "").strip(" ,，"), text)


def _dated(written: str) -> WordedTime | None:
    return worded_time(written) or short_time(written)


def form_of(lines: Sequence[str]) -> Form | None:
    """How these lines are a conversation; None if they are something else."""
    lines = [line for line in lines if line.strip()][:_SNIFFED_LINES]
    if any(_MINUTES.search(line[:_LONGEST_HEAD]) for line in lines[:10]):
        return None
    heads_by_form: dict[Form, list[Head]] = {}
    for line in lines:
        for layout in Layout if _HAS_CLOCK.search(line[:_LONGEST_HEAD]) else ():
            if (form_and_head := head_in(line, layout)) is not None:
                heads_by_form.setdefault(form_and_head[0], []).append(form_and_head[1])
                break
    has_days = any(map(_is_day, lines))
    for form, heads in sorted(heads_by_form.items(), key=lambda entry: -len(entry[1])):
        if any(head.is_short and _FRACTION.search(head.stamp) for head in heads):
            continue
        tried = form if form.has_date or has_days else replace(form, has_day=False)
        if tried.layout is Layout.OWN_LINES:
            if (own := _own_lines(tried, lines)) is not None:
                return own
        elif _is_talk(
            tried, [head.author for head in heads], lines, _are_by_hand(heads)
        ) and _has_words(tried, lines):
            return tried
    return None


def _has_words(form: Form, lines: Sequence[str]) -> bool:
    """Whether most messages have words: what stands alone behind a time is no name."""
    turns = [turn for turn in talks(enumerate(lines, 1), form) if turn.author]
    return sum(bool(turn.text) for turn in turns) * 2 > len(turns)


def _own_lines(form: Form, lines: Sequence[str]) -> Form | None:
    for is_above in (True, False):
        tried = replace(form, is_author_above=is_above)
        turns = talks(enumerate(lines, 1), tried)
        authors = [turn.author for turn in turns if turn.author and turn.head.stamp]
        if len(set(authors)) < len(authors) and _is_talk(tried, authors, lines, by_hand=False):
            return tried
    return None


def _are_by_hand(heads: Sequence[Head]) -> bool:
    """Whether times have no seconds, which programs' logs have."""
    return not any(_SECONDS.search(head.stamp) for head in heads)


def _is_talk(form: Form, authors: Sequence[str], lines: Sequence[str], by_hand: bool) -> bool:
    """Whether these are people who talk: not programs, nor headings of a diary."""
    counts = Counter(authors)
    is_pair = len(authors) == _LEAST - 1 and (len(counts) > 1 or all(map(is_number, counts)))
    if len(authors) < _LEAST and not is_pair:
        return False
    least = _LEAST_COVERED_INLINE if form.layout.is_inline else _LEAST_COVERED
    if len(authors) < len(lines) * least:
        return False
    turns = len(counts) == _FEWEST if names_owner(counts) else len(authors) >= len(counts) * _TURNS
    if not form.has_day and (len(counts) < _FEWEST or not turns):
        return False
    if form.layout is Layout.NICK:
        return True
    plain = [_ID.sub("", author) for author in authors]
    named = sum(
        (is_name(author) or names_owner([author])) and _LOG.match(author) is None
        for author in plain
    )
    if names_owner(counts) and len(counts) > 1 and not any(map(is_of_program, counts)):
        return True
    if all_directed(counts):
        return True
    if named < len(authors) * _MOSTLY:
        return _is_turn_taking(counts, by_hand)
    return len(counts) <= max(_LEAST - 1, len(authors) * _MOSTLY) or named == len(authors)


def _is_turn_taking(counts: Counter[str], by_hand: bool) -> bool:
    """Whether people without capital letters wrote, each often where a program may have."""
    of_people = not any(map(is_of_program, counts))
    return (
        of_people
        and len(counts) > 1
        and (by_hand or min(counts.values()) > 1)
        and all(len(author.split()) == 1 for author in counts)
    )


def is_of_program(name: str) -> bool:
    """Whether a name is a word that programs put before their lines."""
    return _LOG.match(name) is not None or _OF_PROGRAMS.fullmatch(name) is not None


def _is_day(line: str) -> bool:
    return day_in(line) is not None


def day_in(line: str) -> WordedTime | None:
    """The day that a line begins, else None."""
    text = line.strip(" -–—=*_#\u200e")
    if not 4 <= len(text) <= _LONGEST_DAY or not any(map(str.isdigit, text)):
        return None
    day = worded_time(text) if len(text) >= _SHORTEST_DAY else None
    day = day or (short_time(text) if _SHORT_DAY.search(text) else None)
    return day if day is not None and day.clock is None else None


def talks(lines: Iterable[tuple[int, str]], form: Form) -> Iterator[Talk]:
    """Every message; lines that belong to none have no author."""
    if form.layout is Layout.OWN_LINES:
        return _with_own_lines(lines, form)
    return _in_lines(lines, form)


class _Gathered:
    """A message to which lines are added; joined once, however many they are."""

    def __init__(self, line: int, head: Head, author: str, day: WordedTime | None) -> None:
        self.author = author
        self._talk = Talk(line, head, author, day, "")
        self._lines = [head.text]
        self._size = len(head.text)

    def add(self, line: str) -> bool:
        """Take in a line; False if the message is too long already."""
        if self._size >= LONGEST_MESSAGE:
            return False
        self._lines.append(line)
        self._size += len(line) + 1
        return True

    def without_last(self, line: str) -> None:
        """Give a line back that belongs to the next message."""
        if self._lines[-1] == line:
            self._lines.pop()

    def talk(self) -> Talk:
        """The message."""
        self._talk.author = self.author
        self._talk.text = "\n".join(self._lines).strip("\n").rstrip()
        return self._talk


def _other(number: int, line: str) -> _Gathered:
    return _Gathered(number, Head("", None, "", "", line), "", None)


def _in_lines(lines: Iterable[tuple[int, str]], form: Form) -> Iterator[Talk]:
    waiting: _Gathered | None = None
    day: WordedTime | None = None
    for number, line in lines:
        form_and_head = (
            head_in(line, form.layout) if _HAS_CLOCK.search(line[:_LONGEST_HEAD]) else None
        )
        begun = None if form.has_date or form_and_head is not None else day_in(line)
        if form_and_head is not None and form_and_head[0].has_date is form.has_date:
            begins = _Gathered(number, form_and_head[1], form_and_head[1].author, day)
        elif begun is None and (not line.strip() if waiting is None else waiting.add(line)):
            continue
        else:
            day = begun or day
            begins = _other(number, line)
        if waiting is not None:
            yield waiting.talk()
        waiting = begins
    if waiting is not None:
        yield waiting.talk()


def _with_own_lines(lines: Iterable[tuple[int, str]], form: Form) -> Iterator[Talk]:
    """Messages whose author and time have a line each, one above the other."""
    waiting: _Gathered | None = None
    before: tuple[int, str] | None = None
    for number, line in lines:
        if not line.strip():
            continue
        form_and_head = head_in(line, form.layout)
        if form_and_head is not None and form_and_head[0].has_date is form.has_date:
            author = before if form.is_author_above else None
            if waiting is not None:
                if author is not None:
                    waiting.without_last(author[1])
                yield waiting.talk()
            name = author[1].strip() if author is not None else ""
            waiting = _Gathered(author[0] if author else number, form_and_head[1], name, None)
        elif waiting is None:
            waiting = _other(number, line)
        elif not waiting.author and not form.is_author_above:
            waiting.author = line.strip()
        elif not waiting.add(line):
            yield waiting.talk()
            waiting = _other(number, line)
        before = (number, line)
    if waiting is not None:
        yield waiting.talk()


def day_of(talk: Talk) -> WordedTime | None:
    """What states the date of a message."""
    return talk.head.time or talk.day
