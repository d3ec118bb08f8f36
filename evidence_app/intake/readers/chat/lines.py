"""What exports of chats as text have in common: lines, wall-clock times, and day before month."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from evidence_app.intake.readers.support.encoding import SNIFF_SIZE, encoding_of
from evidence_app.intake.readers.support.eras import common_year
from evidence_app.intake.records import EventRecord, Source
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import SourcePlace
from evidence_app.model.question import DateOrder
from evidence_app.model.times import TimePrecision, TimeReading, TimeSource, WallClock

LONGEST_MESSAGE = 1 << 20
"""Characters after which a message is taken to have ended, whatever follows."""

_LONGEST_LINE = 1 << 18
_STILL_ALIVE = 4096
_MOST_SAMPLES = 5
_FIRST = datetime(1995, 1, 1)  # noqa: DTZ001 - exports have no zone.
_ORDERS = (DateOrder.DMY, DateOrder.MDY)


@dataclass(frozen=True, slots=True)
class CallMention:
    """A call of which a chat tells in words.

    Attributes:
        duration_s: In seconds, if people talked.
        is_declined: Whether it was refused.
        is_unanswered: Whether nobody took it.
    """

    duration_s: float | None = None
    is_declined: bool = False
    is_unanswered: bool = False

    def outcome(self, direction: Direction) -> Outcome:
        """What became of it; a call of one's own that nobody took is none that was missed."""
        if self.duration_s is not None:
            return Outcome.ANSWERED
        if self.is_declined:
            return Outcome.REJECTED
        missed = self.is_unanswered and direction is not Direction.OUTGOING
        return Outcome.MISSED if missed else Outcome.UNKNOWN


def message_or_call(
    call: CallMention | None,
    *,
    direction: Direction,
    time: TimeReading | None,
    identifier: str,
    contact_name: str,
    text: str,
    place: SourcePlace,
    raw: dict[str, str],
    enclosed: tuple[str, ...] = (),
) -> EventRecord:
    """A message, or the call of which it tells; all else is as for `EventRecord`."""
    return EventRecord(
        type=EventType.MESSAGE if call is None else EventType.CALL,
        direction=direction,
        outcome=Outcome.UNKNOWN if call is None else call.outcome(direction),
        time=time,
        duration_s=None if call is None else call.duration_s,
        identifier=identifier,
        contact_name=contact_name,
        text=text,
        place=place,
        raw=raw,
        enclosed=enclosed,
    )


def seconds_of(match: re.Match[str]) -> float:
    """The duration that a match has in its groups ``h``, ``m`` and ``s``."""
    return float(int(match["h"] or 0) * 3600 + int(match["m"]) * 60 + int(match["s"]))


def usable(order: DateOrder | None) -> DateOrder | None:
    """An answer that says where the day stands in dates that end with the year."""
    return None if order is DateOrder.YMD else order


def head_lines(source: Source) -> list[str]:
    """The first lines of a text, without their ends; none if the file is no text."""
    source.stream.seek(0)
    head = source.stream.read(SNIFF_SIZE)
    complete = len(head) < SNIFF_SIZE
    encoding = encoding_of(head, complete=complete)
    if encoding is None:
        return []
    text = head.decode(encoding, "ignore").replace("\r\n", "\n").replace("\r", "\n")
    lines = [line.removeprefix("\ufeff") for line in text.split("\n")]
    return lines if complete else lines[:-1]


def numbered(source: Source) -> Iterator[tuple[int, str]]:
    """Every line with its number, from 1; a line that is too long comes in several pieces."""
    source.stream.seek(0)
    head = source.stream.read(SNIFF_SIZE)
    encoding = encoding_of(head, complete=len(head) < SNIFF_SIZE) or "utf-8"
    source.stream.seek(0)
    text = io.TextIOWrapper(source.stream, encoding=encoding, errors="replace")
    number = 1
    try:
        while line := text.readline(_LONGEST_LINE):
            if number % _STILL_ALIVE == 0:
                source.alive()
            yield number, line.rstrip("\n").removeprefix("\ufeff")
            number += line.endswith("\n")
    finally:
        text.detach()


def wall_time(day: date, clock: time, precision: TimePrecision, raw: str) -> TimeReading | None:
    """The time that an entry states; None if phones had no such chats then or it is to come."""
    at = datetime.combine(day, clock)
    last = datetime.now(UTC).replace(tzinfo=None) + timedelta(days=1)
    if not _FIRST <= at <= last:
        return None
    return TimeReading(WallClock(at), TimeSource.RECORD, precision, raw)


def clock_of(hour: int, minute: int, second: int, half: str) -> time | None:
    """A time of day; None if there is none such.

    Args:
        hour: As written, up to 23, or up to 12 with a half of the day.
        minute: As written.
        second: As written.
        half: The word for the half of the day, empty if none stands there.
    """
    half = half.lower().replace(".", "").replace(" ", "")
    if hour < 12 and (half in _AFTERNOON or (half == _NOON and hour < 11)):
        hour += 12
    elif half in _MORNING and hour == 12:
        hour = 0
    try:
        return time(hour, minute, second)
    except ValueError:
        return None


_AFTERNOON = frozenset({"pm", "下午", "午後", "晚上", "傍晚", "오후"})
_NOON = "中午"
_MORNING = frozenset({"am", "上午", "午前", "凌晨", "早上", "清晨", "오전"})
HALVES = "上午|下午|午前|午後|凌晨|清晨|早上|中午|傍晚|晚上|오전|오후"
"""The words for halves of the day, as a part of a regular expression."""


def date_in(order: DateOrder | None, first: int, second: int, year: int) -> date | None:
    """The date whose year is written last; None if there is none such."""
    day, month = (second, first) if order is DateOrder.MDY else (first, second)
    try:
        return date(common_year(year), month, day)
    except ValueError:
        return None


class DateSurvey:
    """Whether the dates of a file have the day or the month first, as all of them tell."""

    def __init__(self) -> None:
        self.samples: list[str] = []
        self._impossible: Counter[DateOrder] = Counter()
        self._other_weekday: Counter[DateOrder] = Counter()
        self._steps_back: Counter[DateOrder] = Counter()
        self._last: dict[DateOrder, datetime] = {}
        self._preferred: DateOrder | None = None

    def prefer(self, order: DateOrder | None) -> None:
        """Note the order of another date of the file, which counts if these leave it open."""
        self._preferred = order

    def take(
        self,
        first: int,
        second: int,
        year: int,
        text: str,
        weekday: int | None = None,
        clock: time | None = None,
    ) -> None:
        """Look at one date; Monday is 0."""
        read = {order: date_in(order, first, second, year) for order in _ORDERS}
        if not any(read.values()):
            return
        if text not in self.samples and len(self.samples) < _MOST_SAMPLES:
            self.samples.append(text)
        for order, day in read.items():
            if day is None:
                self._impossible[order] += 1
                continue
            self._other_weekday[order] += weekday is not None and weekday != day.weekday()
            at = datetime.combine(day, clock or time())
            self._steps_back[order] += at < self._last.get(order, at)
            self._last[order] = at

    def order(self) -> DateOrder | None:
        """The order that the weekdays prove, or else the only one possible; None if unsure."""
        remaining = list(_ORDERS)
        for against in (self._impossible, self._other_weekday, self._steps_back):
            fitting = [order for order in remaining if not against[order]]
            if len(fitting) == 1:
                return fitting[0]
        return self._preferred
