"""Lines of another chat that somebody pasted into a WhatsApp message, in the file's own form."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from evidence_app.intake.whatsapp_lines import Head, author_of, head_of, visible

_FEW = timedelta(days=1)
_ALONE = timedelta(days=7)
_MOST_HEADS = 30
_MOST_LINES = 400

Line = tuple[int, str, Head | None]
"""A line with its number, and what it states if it may begin a message."""


class Unpasted:
    """The lines of a chat; those that were pasted into a message begin none.

    An export runs forwards in time. A pasted stretch goes back by days, and the next message
    goes on where the chat was. A longer stretch, or one in which the app itself speaks, is a
    second export that was put behind the first.

    Args:
        lines: All lines.
        time_of: When a message was sent, as far as its head tells.
    """

    def __init__(self, lines: Iterable[Line], time_of: Callable[[Head], datetime | None]) -> None:
        self._lines = iter(lines)
        self._time_of = time_of
        self._ahead: deque[Line] = deque()
        self._latest: datetime | None = None
        self._is_paste_begun = False
        self._has_turned = False

    def __iter__(self) -> Iterator[Line]:
        while (line := self._next()) is not None:
            head = line[2]
            at = self._time_of(head) if head is not None else None
            if head is None or at is None:
                yield line
            elif self._latest is not None and at < self._latest:
                yield from self._back(line, at)
            else:
                yield self._begun(line, head, at)

    def _next(self) -> Line | None:
        return self._ahead.popleft() if self._ahead else next(self._lines, None)

    def _begun(self, line: Line, head: Head, at: datetime) -> Line:
        self._latest = at
        said = author_of(head.rest)
        # Who pastes into an empty message has the first pasted line on the message's own.
        self._is_paste_begun = said is not None and head_of(visible(said[1]).strip()) is not None
        return line

    def _back(self, line: Line, at: datetime) -> Iterator[Line]:
        """A line that goes back in time: with those below it pasted, or a message after all."""
        assert self._latest is not None and line[2] is not None
        stretch, heads = self._stretch(line, self._latest)
        least = timedelta() if self._is_paste_begun else _FEW if heads > 1 else _ALONE
        if heads and at < self._latest - least:
            self._drop(len(stretch) - 1)
            yield from ((number, words, None) for number, words, _head in stretch)
        elif at < self._latest - _FEW:
            self._has_turned = True
            yield self._begun(line, line[2], at)
        else:
            self._is_paste_begun = False
            yield line

    def _stretch(self, first: Line, latest: datetime) -> tuple[list[Line], int]:
        """The lines up to where the chat goes on, and how many of them have heads; 0 if never."""
        stretch, heads = [first], 1
        if not _is_said(first[2]):
            return stretch, 0
        for count in range(_MOST_LINES):
            if len(self._ahead) <= count:
                following = next(self._lines, None)
                if following is None:
                    return stretch, 0 if self._has_turned else heads
                self._ahead.append(following)
            head = self._ahead[count][2]
            at = self._time_of(head) if head is not None else None
            if at is not None and at >= latest:
                return stretch, heads
            if head is not None and not _is_said(head):
                return stretch, 0
            heads += head is not None
            if heads > _MOST_HEADS:
                return stretch, 0
            stretch.append(self._ahead[count])
        return stretch, 0

    def _drop(self, count: int) -> None:
        for _ in range(count):
            self._ahead.popleft()


def _is_said(head: Head | None) -> bool:
    return head is not None and author_of(head.rest) is not None
