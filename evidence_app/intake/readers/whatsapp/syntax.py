"""The lines with which a message begins in a chat that WhatsApp or Signal exported as text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import NamedTuple

from evidence_app.intake.readers.chat.date_order import OrderSurvey
from evidence_app.intake.readers.chat.lines import date_in
from evidence_app.model.question import DateOrder

MARKS = "\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Invisible characters that apps strew in to keep names and times in the right direction."""

_LONGEST_HEAD = 100
_SPACE = r"[ \u00a0\u2009\u202f]"
_HALF = (
    rf"(?:[APap]\.?{_SPACE}?[Mm]\b\.?|上午|下午|凌晨|清晨|早上|中午|傍晚|晚上|午前|午後|오전|오후|"
    r"ص|م|ق\.ظ\.?|ب\.ظ\.?|S[AÁ]\b|CH\b|ÖÖ|ÖS|PG\b|PTG\b|π\.?μ\.?|μ\.?μ\.?|"
    r"fm\b|em\b|de\.|du\.|vorm\.|nachm\.|पूर्वाह्न|अपराह्न)"
)
_HEAD = re.compile(
    r"(?P<open>\[)?"
    r"(?P<a>\d{4}|\d{1,2})(?P<s1>\. ?|[/-]|年)(?P<b>\d{1,2})(?P<s2>\. ?|[/-]|月)"
    rf"(?P<c>\d{{4}}|\d{{1,2}})(?P<s3>\.|日)?(?:{_SPACE}?[гр]\.)?(?P<comma>[,،])?{_SPACE}{{0,2}}"
    rf"(?:(?:klo|kl\.?|à|um|at|às|a las|alle|o|в){_SPACE})?"
    rf"(?:(?P<before>{_HALF}){_SPACE}?)?"
    rf"(?P<h>\d{{1,2}})(?:[:.]|{_SPACE}?h{_SPACE}?)(?P<m>\d{{2}})"
    rf"(?:[:.](?P<s>\d{{2}})|{_SPACE}min{_SPACE}(?P<ss>\d{{1,2}}){_SPACE}s)?"
    rf"(?:{_SPACE}?(?P<after>{_HALF}))?"
    rf"(?P<end>\]{_SPACE}?|{_SPACE}[-–—](?:{_SPACE}|$)|:{_SPACE}|{_SPACE})",
    re.ASCII,
)
_CLOCK_FIRST = re.compile(
    rf"(?P<open>\[?)(?P<clock>\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}})?(?:{_SPACE}?{_HALF})?)"
    rf"(?P<between>,?{_SPACE})(?P<date>\d{{1,4}}(?P<sign>[/.-])\d{{1,2}}(?P=sign)\d{{1,4}})"
    rf"(?=\]|{_SPACE}[-–—])",
    re.ASCII,
)
"""As Vietnamese phones write it."""

_DIGITS = {zero + digit: str(digit) for zero in (0x660, 0x6F0, 0x966, 0x9E6) for digit in range(10)}
_INVISIBLE = dict.fromkeys(map(ord, MARKS))
_AFTERNOON = re.compile(
    r"[Pp](?!G)|下午|傍晚|晚上|午後|오후|م|ب\.ظ|CH|ÖS|PTG|μ\.?μ|em|du|nachm|अपराह्न", re.ASCII
)
_NOON = "中午"
_NOT_IN_CONTACTS = re.compile(rf"~{_SPACE}+")
_LONGEST_NAME = 200
_TWO_DIGITS = 10
_LEAST_OTHERS = 3
_LEAST_SHARE = 0.05


class Form(NamedTuple):
    """How the beginnings of messages are written; a phone writes all of an export alike."""

    bracket: bool
    separator: str
    comma: bool
    year_first: bool
    long_year: bool
    half: bool
    seconds: bool
    end: str
    clock_first: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """What a line that begins a message states.

    Attributes:
        form: How it is written.
        numbers: The three numbers of the date in their order, a short year made long.
        clock: The time of day.
        padding: For the date and for the hour whether a number below ten has a zero before it;
            None if none of the numbers tells.
        raw: Date and time as written.
        rest: What stands behind them, with its invisible characters.
    """

    form: Form
    padding: tuple[bool | None, bool | None]
    numbers: tuple[int, int, int]
    clock: time
    raw: str
    rest: str

    def day(self, order: DateOrder | None) -> date | None:
        """The date; None if there is none such, or if the order is needed and not known."""
        return _day(self.form, self.numbers, order)


def _day(form: Form, numbers: tuple[int, int, int], order: DateOrder | None) -> date | None:
    first, second, third = numbers
    if form.year_first:
        return date_in(DateOrder.MDY, second, third, first)
    return date_in(order, first, second, third) if order is not None else None


def visible(text: str) -> str:
    """The text without invisible characters that only tell the direction of writing."""
    return text.translate(_INVISIBLE)


def head_of(line: str) -> Head | None:
    """What a line states if it may begin a message, else None."""
    plain = visible(line[:_LONGEST_HEAD])
    digits = plain.translate(_DIGITS)
    # The head stays as long as it is.
    dated = _CLOCK_FIRST.sub(r"\g<open>\g<date>\g<between>\g<clock>", digits, count=1)
    match = _HEAD.match(dated if _CLOCK_FIRST.match(digits) else digits)
    if match is None or not _is_date(match):
        return None
    form = _form_of(match)._replace(clock_first=_CLOCK_FIRST.match(digits) is not None)
    rest = line[_place(line, match.end()) :]
    clock = _clock(match)
    if clock is None or not _is_enough(form, rest):
        return None
    raw = plain[: match.end()].strip(" []-–—:\u202f\u00a0")
    date_numbers = [match[name] for name in "abc" if len(match[name]) < 4]
    # A short year always has two digits and tells nothing.
    written = date_numbers if form.long_year else date_numbers[:2]
    return Head(
        form, (_padding(written), _padding([match["h"]])), _numbers(match), clock, raw, rest
    )


def _padding(written: Iterable[str]) -> bool | None:
    flags = [len(number) > 1 for number in written if int(number) < _TWO_DIGITS]
    return flags[0] if flags else None


def _is_date(match: re.Match[str]) -> bool:
    between = (match["s1"], match["s2"])
    if between != ("年", "月") and between[0] != between[1]:
        return False
    ends = match["end"].startswith("]")
    year_first, long_year = len(match["a"]) == 4, len(match["c"]) == 4
    has_year = year_first != long_year or (not year_first and len(match["c"]) == 2)
    return bool(match["open"]) == ends and has_year and match.end("c") < match.start("h")


def _form_of(match: re.Match[str]) -> Form:
    return Form(
        bracket=bool(match["open"]),
        separator=match["s1"].strip(),
        comma=bool(match["comma"]),
        year_first=len(match["a"]) == 4,
        long_year=4 in (len(match["a"]), len(match["c"])),
        half=bool(match["before"] or match["after"]),
        seconds=bool(match["s"] or match["ss"]),
        end="]" if match["open"] else match["end"].strip(" \u00a0\u2009\u202f"),
    )


def _is_enough(form: Form, rest: str) -> bool:
    """Whether so little of a mark between time and words is an app's and no program's log."""
    if form.end == ":":
        return form.separator in ("/", ".")
    return bool(form.end) or (form.separator == "." and form.seconds and ": " in f"{rest} ")


def _place(line: str, count: int) -> int:
    """Where a line goes on after that many visible characters."""
    for place, character in enumerate(line[:_LONGEST_HEAD]):
        if count == 0:
            return place
        count -= character not in MARKS
    return min(len(line), _LONGEST_HEAD)


def _numbers(match: re.Match[str]) -> tuple[int, int, int]:
    first, second, third = int(match["a"]), int(match["b"]), int(match["c"])
    short = len(match["a"]) < 4 and third < 100
    return first, second, third + 2000 if short else third


def _clock(match: re.Match[str]) -> time | None:
    hour = int(match["h"])
    half = match["before"] or match["after"] or ""
    if _AFTERNOON.search(half) or (half == _NOON and hour < 11):
        hour += 12 if hour < 12 else 0
    elif half and half != _NOON and hour == 12:
        hour = 0
    try:
        return time(hour, int(match["m"]), int(match["s"] or match["ss"] or 0))
    except ValueError:
        return None


def author_of(rest: str) -> tuple[str, str] | None:
    """Who wrote and what, or None for a line of the app itself."""
    name, colon, text = rest.partition(":")
    if not colon or (text and text[0] not in f" \u00a0{MARKS}") or len(name) > _LONGEST_NAME:
        return None
    author = _NOT_IN_CONTACTS.sub("", visible(name).strip(), count=1).strip()
    return (author, text[1:] if text[:1] in (" ", "\u00a0") else text) if author else None


@dataclass(slots=True)
class _Stretch:
    """Where lines of one kind stand in a file."""

    first: int
    last: int = 0
    count: int = 0

    def take(self, line: int) -> None:
        self.last = line
        self.count += 1

    def is_apart(self, other: _Stretch) -> bool:
        return self.first > other.last or self.last < other.first


@dataclass(slots=True)
class _Seen(_Stretch):
    dates: OrderSurvey = field(default_factory=OrderSurvey)
    paddings: tuple[dict[bool, _Stretch], dict[bool, _Stretch]] = field(
        default_factory=lambda: ({}, {})
    )

    def padded(self, head: Head, line: int) -> None:
        """Note how the numbers of a head are written."""
        for stretches, is_padded in zip(self.paddings, head.padding, strict=True):
            if is_padded is not None:
                stretches.setdefault(is_padded, _Stretch(line)).take(line)

    def is_written_so(self, head: Head) -> bool:
        """Whether this file's phone writes numbers as they are written in the head."""
        return all(
            is_padded is None or _is_usual(is_padded, stretches)
            for is_padded, stretches in zip(head.padding, self.paddings, strict=True)
        )


def _is_usual(is_padded: bool, stretches: Mapping[bool, _Stretch]) -> bool:
    own, other = stretches.get(is_padded), stretches.get(not is_padded)
    return own is None or other is None or own.is_apart(other) or own.count > other.count


class Survey:
    """What all heads of a file say together: how they are written, and the order of dates.

    Attributes:
        goes_back: Whether a time stands anywhere below a later one.
    """

    def __init__(self) -> None:
        self.goes_back = False
        self._forms: dict[Form, _Seen] = {}
        self._begins: Form | None = None
        self._last: Head | None = None

    def take(self, line: int, head: Head, *, is_first: bool) -> None:
        """Look at the head of a line; ``is_first`` if the file begins with it."""
        spread = self._forms.setdefault(head.form, _Seen(line))
        spread.take(line)
        spread.padded(head, line)
        if is_first:
            self._begins = head.form
        if not head.form.year_first:
            spread.dates.take(*head.numbers, head.raw)
        self._step(head)

    def _step(self, head: Head) -> None:
        before, self._last = self._last, head
        if before is None or self.goes_back:
            return
        for order in (DateOrder.DMY, DateOrder.MDY):
            earlier, day = before.day(order), head.day(order)
            if earlier is not None and day is not None:
                back = (day, head.clock) < (earlier, before.clock)
                self.goes_back = self.goes_back or back

    def accepted(self) -> frozenset[Form]:
        """The forms that begin messages: a line of another form is one that somebody pasted.

        Exports of two phones that were put together stand behind each other, not in each other.
        """
        if not self._forms:
            return frozenset()
        counts = Counter({form: spread.count for form, spread in self._forms.items()})
        main = self._begins or counts.most_common(1)[0][0]
        least = max(_LEAST_OTHERS, counts.total() * _LEAST_SHARE)
        taken: set[Form] = {main}
        spans: list[_Stretch] = [self._forms[main]]
        for form, count in counts.most_common():
            spread = self._forms[form]
            if form != main and count >= least and all(map(spread.is_apart, spans)):
                taken.add(form)
                spans.append(spread)
        return frozenset(taken)

    def is_written_so(self, head: Head) -> bool:
        """Whether the numbers of a head have zeros before them where those of the file have."""
        return self._forms[head.form].is_written_so(head)

    @property
    def is_mixed(self) -> bool:
        """Whether zeros stand before some numbers and not before others of the same form."""
        return any(
            len(paddings) > 1 for spread in self._forms.values() for paddings in spread.paddings
        )

    def orders(self, answer: DateOrder | None) -> dict[Form, DateOrder | None]:
        """For each form the order of its dates; None if neither they nor the person tell."""
        return {form: spread.dates.order(answer) for form, spread in self._forms.items()}

    def samples(self, form: Form) -> list[str]:
        """Some dates as they are written."""
        return self._forms[form].dates.samples
