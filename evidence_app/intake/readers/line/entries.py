"""The text of a LINE chat as days and entries, with the lines over which an entry goes on."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evidence_app.intake.readers.chat.lines import LONGEST_MESSAGE
from evidence_app.intake.readers.line.syntax import Day, Form, Head, day_of, head_of, is_about

_MOST_LINES_AHEAD = 400
_LONGEST_NAME = 4
_MOST_PREFIXES = 50_000
_LEAST_OF_A_NAME = 3


@dataclass(slots=True)
class Entry:
    """An entry, or lines that belong to none.

    Attributes:
        line: Where it begins, from 1.
        head: How it begins, or None for lines that belong to no entry.
        day: The day that was begun last, or None if none was.
        text: What stands behind the time, over all its lines.
    """

    line: int
    head: Head | None
    day: Day | None
    text: str


@dataclass(frozen=True, slots=True)
class Body:
    """The author and the text of an entry.

    Attributes:
        author: As written; empty if the app wrote it.
        text: Without the quotation marks around several lines.
    """

    author: str
    text: str


class Entries:
    """All that stands in a chat, in its order: days, entries, and other lines."""

    def __init__(self, lines: Iterable[tuple[int, str]], form: Form) -> None:
        self._lines = iter(lines)
        self._form = form
        self._ahead: deque[tuple[int, str]] = deque()
        self._waiting: Entry | None = None
        self._day: Day | None = None
        self._after_gap = True
        self._is_pasted = False
        self._more: list[str] = []
        self._size = 0

    def __iter__(self) -> Iterator[Entry | tuple[int, Day]]:
        while (numbered := self._next()) is not None:
            yield from self._take(*numbered)
        yield from self._ended()

    def _next(self) -> tuple[int, str] | None:
        return self._ahead.popleft() if self._ahead else next(self._lines, None)

    def _take(self, number: int, line: str) -> Iterator[Entry | tuple[int, Day]]:
        head = self._head(line)
        day = day_of(line) if head is None else None
        if day is not None and (self._after_gap or day.weekday is not None) and self._begins(day):
            yield from self._ended()
            self._day = day
            yield number, day
        elif head is not None and not self._is_of_paste(head):
            yield from self._ended()
            text = head.rest + self._quoted(head.rest)
            self._waiting = Entry(number, head, self._day, text)
            self._size = len(text)
        elif self._waiting is None or self._size > LONGEST_MESSAGE:
            yield from self._ended()
            if line.strip():
                yield Entry(number, None, self._day, line)
        else:
            self._more.append(line)
            self._size += len(line) + 1
        self._after_gap = not line.strip()

    def _head(self, line: str) -> Head | None:
        head = head_of(line)
        return head if head is not None and head.form is self._form else None

    def _begins(self, day: Day) -> bool:
        """Whether a day follows in the chat; one that goes back was pasted into a message."""
        before = self._day.full_date if self._day is not None else None
        goes_back = None not in (day.full_date, before) and day.full_date < before  # type: ignore[operator]
        self._is_pasted = goes_back and self._waiting is not None
        return not self._is_pasted

    def _is_of_paste(self, head: Head) -> bool:
        """Whether an entry stands below a pasted day, and before the time at which it was sent."""
        last = self._waiting.head.clock if self._waiting and self._waiting.head else None
        is_dated = last is not None and head.clock is not None
        self._is_pasted = self._is_pasted and is_dated and head.clock < last  # type: ignore[operator]
        return self._is_pasted

    def _ended(self) -> Iterator[Entry]:
        more, self._more = self._more, []
        if self._waiting is not None:
            # Joined once: adding line by line would copy a long message again and again.
            self._waiting.text = "\n".join([self._waiting.text, *more])
            yield self._waiting
            self._waiting = None

    def _quoted(self, rest: str) -> str:
        """The further lines of words in quotation marks; what stands in them begins nothing."""
        text = rest.partition("\t")[2] if self._form is Form.TAB else rest
        opened = text.startswith('"') if self._form is Form.TAB else ' "' in text
        if not opened or (text.endswith('"') and len(text) > 1):
            return ""
        ahead = self._lines_to_the_mark()
        return "".join("\n" + self._ahead.popleft()[1] for _ in range(ahead))

    def _lines_to_the_mark(self) -> int:
        """How many lines further on the mark is closed; 0 if another entry comes before."""
        for count in range(1, _MOST_LINES_AHEAD):
            while len(self._ahead) < count:
                following = next(self._lines, None)
                if following is None:
                    return 0
                self._ahead.append(following)
            line = self._ahead[count - 1][1]
            if self._head(line) is not None:
                return 0
            if line.rstrip().endswith('"'):
                return count
        return 0


class Names:
    """Who writes in a chat, if only a space stands between the name and the words."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted(filter(None, names), key=len, reverse=True)
        self._prefixes: Counter[tuple[str, ...]] = Counter()

    def take(self, text: str) -> None:
        """Look at one entry."""
        parts = text.split(" ", _LONGEST_NAME)[:_LONGEST_NAME]
        if len(self._prefixes) < _MOST_PREFIXES:
            self._prefixes.update(tuple(parts[:size]) for size in range(1, len(parts) + 1))

    def author(self, text: str) -> str:
        """The known name with which the words begin, or else those that always begin so."""
        for name in self._names:
            if text == name or text.startswith(name + " "):
                return name
        parts = text.split(" ", _LONGEST_NAME)[:_LONGEST_NAME]
        for size in range(1, len(parts)):
            often = self._prefixes[tuple(parts[:size])]
            longer = self._prefixes[tuple(parts[: size + 1])]
            if often < _LEAST_OF_A_NAME or longer < often:
                return " ".join(parts[:size])
        return parts[0]


def form_of(lines: Iterable[str]) -> Form | None:
    """What stands between the parts of most entries; None if there are no entries."""
    forms = Counter(head.form for line in lines if (head := head_of(line)) is not None)
    return max(forms, key=lambda form: (forms[form], form is Form.TAB)) if forms else None


def body_of(entry: Entry, names: Names) -> Body:
    """The author and the text of an entry."""
    form = entry.head.form if entry.head is not None else Form.TAB
    if form is Form.SPACE:
        author = "" if is_about(entry.text) else names.author(entry.text)
        text = entry.text[len(author) :].removeprefix(" ")
        return Body(author, _plain(text))
    author, between, text = entry.text.partition(form.value)
    if not between or "\n" in author:
        return Body("", _plain(entry.text))
    return Body(author.strip(), _plain(text if form is Form.TAB else text.lstrip(" ")))


def _plain(text: str) -> str:
    text = text.rstrip()
    if "\n" in text and text.startswith('"') and text.endswith('"'):
        return text[1:-1].replace('""', '"').rstrip()
    return text
