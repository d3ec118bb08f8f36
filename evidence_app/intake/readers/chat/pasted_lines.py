"""Messages of another chat that somebody pasted into a message: they look like messages here."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

T = TypeVar("T")
_FEW = timedelta(days=1)
_ALONE = timedelta(days=7)
_MOST = 30


@dataclass(frozen=True, slots=True)
class Sent:
    """What tells a message of the chat from a pasted one.

    Attributes:
        at: When it was sent, None if that is not told.
        chat: Which chat of the file it is in.
        opens_paste: Whether its own words begin as a message does: somebody pasted into an
            empty one.
    """

    at: datetime | None
    chat: int = 0
    opens_paste: bool = False


class Unpasted(Generic[T]):
    """The messages of an export; those that were pasted into one are joined to it.

    An export runs forwards in time. A pasted stretch goes back by days, and the next message
    goes on where the chat was. A longer stretch, or one in which the app itself speaks, is a
    second export that was put behind the first.

    Args:
        entries: All messages, and other entries.
        sent_of: What is known of a message; None for an entry that nobody wrote.
        join: Makes the second one a part of the first.
    """

    def __init__(
        self,
        entries: Iterable[T],
        sent_of: Callable[[T], Sent | None],
        join: Callable[[T, T], None],
    ) -> None:
        self._entries = iter(entries)
        self._sent_of = sent_of
        self._join = join
        self._ahead: deque[T] = deque()
        self._waiting: T | None = None
        self._last: Sent | None = None
        self._has_turned = False

    def __iter__(self) -> Iterator[T]:
        while (entry := self._next()) is not None:
            sent = self._sent_of(entry)
            count = self._pasted(sent) if sent is not None else 0
            if count and self._waiting is not None:
                self._join(self._waiting, entry)
                for _ in range(count - 1):
                    self._join(self._waiting, self._ahead.popleft())
                continue
            yield from self._ended()
            self._waiting = entry
            if sent is not None:
                self._note(sent)
        yield from self._ended()

    def _next(self) -> T | None:
        return self._ahead.popleft() if self._ahead else next(self._entries, None)

    def _ended(self) -> Iterator[T]:
        if self._waiting is not None:
            yield self._waiting
            self._waiting = None

    def _note(self, sent: Sent) -> None:
        last = self._last
        if sent.at is None or last is None or last.at is None or last.chat != sent.chat:
            self._last = sent
        elif sent.at >= last.at or sent.at < last.at - _FEW:
            self._has_turned = self._has_turned or sent.at < last.at
            self._last = sent
        else:
            # A message that came a little late changes nothing.
            self._last = Sent(last.at, last.chat)

    def _pasted(self, sent: Sent) -> int:
        """How many messages from this one on were pasted."""
        last = self._last
        if last is None or last.at is None or sent.at is None or last.chat != sent.chat:
            return 0
        if sent.at >= last.at:
            return 0
        count = self._stretch(last, last.at)
        least = timedelta() if last.opens_paste else _FEW if count > 1 else _ALONE
        return count if sent.at < last.at - least else 0

    def _stretch(self, last: Sent, latest: datetime) -> int:
        """How many messages stand before the one with which the chat goes on; 0 if it is none."""
        for count in range(1, _MOST + 1):
            if len(self._ahead) < count:
                following = next(self._entries, None)
                if following is None:
                    return 0 if self._has_turned else count
                self._ahead.append(following)
            sent = self._sent_of(self._ahead[count - 1])
            if sent is None or sent.chat != last.chat:
                return 0
            if sent.at is not None and sent.at >= latest:
                return count
        return 0
