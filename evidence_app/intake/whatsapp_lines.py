"""The lines with which a message begins in a chat that WhatsApp or Signal exported as text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from evidence_app.model.question import DateOrder

_SPACE = r"[ \u00a0\u2009\u202f]"
_HALF = rf"(?:[APap]\.?{_SPACE}?[Mm]\.?|上午|下午|凌晨|清晨|早上|中午|晚上|午前|午後|오전|오후)"
_HEAD = re.compile(
    r"(?P<open>\[)?"
    r"(?P<a>\d{1,4})(?P<sep>[./-]|\. )(?P<b>\d{1,2})(?:[./-]|\. )(?P<c>\d{1,4})\.?"
    rf",?{_SPACE}(?:klo{_SPACE}|à{_SPACE}|um{_SPACE}|at{_SPACE}|kl\.?{_SPACE})?"
    rf"(?P<before>{_HALF})?{_SPACE}?"
    r"(?P<h>\d{1,2})(?P<ts>[:.])(?P<m>\d{2})(?:(?P=ts)(?P<s>\d{2}))?"
    rf"(?:{_SPACE}?(?P<after>{_HALF}))?"
    rf"(?P<end>\]{_SPACE}?|{_SPACE}[-–]{_SPACE}|:{_SPACE}|{_SPACE})",
    re.ASCII,
)
_AUTHOR = re.compile(r"(?P<who>[^:\n]{1,120}?):(?: (?P<text>.*)|(?P<none>))$", re.S)
_INVISIBLE = str.maketrans("", "", "\ufeff\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069")
_AFTERNOON = re.compile(r"[Pp]|下午|晚上|午後|오후")
_NOON = "中午"
_MORE_THAN_ONE_FORM = 0.05
_LEAST_OTHERS = 3


@dataclass(frozen=True, slots=True)
class Head:
    """What a line that begins a message states.

    Attributes:
        form: How it is written; a file has one form, or two if it was put together.
        numbers: The three numbers of the date as written.
        has_long_year_first: Whether the date begins with a year of four digits.
        hour: 0 to 23.
        minute: 0 to 59.
        second: 0 to 59, or None if it is not stated.
        raw: Date and time as written.
        rest: What stands behind it.
    """

    form: tuple[bool, str, bool, str]
    numbers: tuple[int, int, int]
    has_long_year_first: bool
    hour: int
    minute: int
    second: int | None
    raw: str
    rest: str

    def at(self, order: DateOrder | None) -> datetime | None:
        """The wall-clock time, read in an order; None if it is none."""
        first, second, third = self.numbers
        if self.has_long_year_first or order is DateOrder.YMD:
            year, month, day = first, second, third
        elif order is DateOrder.MDY:
            month, day, year = first, second, third
        elif order is DateOrder.DMY:
            day, month, year = first, second, third
        else:
            return None
        try:
            return datetime(  # noqa: DTZ001 - the export has no zone.
                year + 2000 if year < 100 else year,
                month,
                day,
                self.hour,
                self.minute,
                self.second or 0,
            )
        except ValueError:
            return None


def visible(line: str) -> str:
    """A line without marks of direction, which apps strew in, and without its end."""
    return line.rstrip("\r\n").translate(_INVISIBLE)


def head_of(line: str) -> Head | None:
    """What a visible line states if it may begin a message, else None."""
    found = _HEAD.match(line)
    if found is None or bool(found["open"]) != found["end"].startswith("]"):
        return None
    rest = line[found.end() :]
    end = "]" if found["open"] else found["end"].strip()
    if end in ("", ":") and ": " not in f"{rest} ":
        return None
    hour = _hour(int(found["h"]), found["before"] or found["after"])
    if hour > 23 or int(found["m"]) > 59 or int(found["s"] or 0) > 59:
        return None
    form = (bool(found["open"]), found["sep"], found["s"] is not None, end)
    numbers = (int(found["a"]), int(found["b"]), int(found["c"]))
    second = int(found["s"]) if found["s"] else None
    raw = line[: found.end()].strip(" []-–:\u202f\u00a0")
    return Head(form, numbers, len(found["a"]) == 4, hour, int(found["m"]), second, raw, rest)


def author_of(rest: str) -> tuple[str, str] | None:
    """Who wrote and what, or None for a line of the app itself."""
    found = _AUTHOR.match(rest)
    return (found["who"].strip(), found["text"] or "") if found else None


def _hour(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    if _AFTERNOON.search(half) or (half == _NOON and hour < 11):
        return hour + 12 if hour < 12 else hour
    return 0 if hour == 12 and half != _NOON else hour


class Survey:
    """What all heads of a file say together: its forms, and the order of its dates."""

    def __init__(self) -> None:
        self.forms: Counter[tuple[bool, str, bool, str]] = Counter()
        self.samples: list[str] = []
        self._last: dict[DateOrder, datetime] = {}
        self._steps_back: Counter[DateOrder] = Counter()
        self._impossible: set[DateOrder] = set()

    def take(self, head: Head) -> None:
        """Look at one head."""
        self.forms[head.form] += 1
        if head.has_long_year_first:
            return
        if len(self.samples) < 5:
            self.samples.append(head.raw)
        for order in (DateOrder.DMY, DateOrder.MDY):
            at = head.at(order)
            if at is None:
                self._impossible.add(order)
                continue
            last = self._last.get(order)
            if last is not None and at < last:
                self._steps_back[order] += 1
            self._last[order] = at

    def accepted(self) -> frozenset[tuple[bool, str, bool, str]]:
        """The forms that begin a message: a pasted line in another form does not."""
        total = sum(self.forms.values())
        return frozenset(
            form
            for place, (form, count) in enumerate(self.forms.most_common())
            if place == 0 or (count >= _LEAST_OTHERS and count / total >= _MORE_THAN_ONE_FORM)
        )

    def order(self) -> DateOrder | None:
        """The order in which all dates are possible, or else run forwards; None if unsure."""
        orders: Iterable[DateOrder] = (DateOrder.DMY, DateOrder.MDY)
        possible = [order for order in orders if order not in self._impossible]
        if len(possible) == 1:
            return possible[0]
        forwards = [order for order in possible if not self._steps_back[order]]
        return forwards[0] if len(forwards) == 1 else None
