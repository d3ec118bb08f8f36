"""Time expressions between bubbles and in lists, in Chinese and English.

What is not written stays open: `parse` takes only what an expression says, and `dated` adds the
day where it follows from the day on which the picture was taken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import Enum, auto

from evidence_app.model.reading import DayBasis, Stamp, StampDoubt


class NumberOrder(Enum):
    """What the first of two numbers in a date is."""

    DAY_FIRST = auto()
    MONTH_FIRST = auto()


_LONGEST = 48
_EN_DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_EN_MONTH_NAMES = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
_ZH_DAYS = {sign: number for number, sign in enumerate("一二三四五六日")} | {"天": 6}
_EN_DAYS = {name: number for number, name in enumerate(_EN_DAY_NAMES)}
_EN_MONTHS = {name: number for number, name in enumerate(_EN_MONTH_NAMES, 1)}
_MONTH = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_RELATIVE = (
    ("前天", 2), ("昨天", 1), ("昨日", 1), ("今天", 0), ("今日", 0), ("刚刚", 0), ("剛剛", 0),
    (r"\byesterday\b", 1), (r"\btoday\b", 0), (r"\bjust now\b", 0),
)  # fmt: skip
_DAYS_AGO = re.compile(r"(\d{1,2}) ?(?:天前|days? ago)")
_SHORTLY_AGO = re.compile(
    r"\d{1,2} ?(?:分[钟鐘]前|小[时時]前|mins?(?: ago)?|(?:minute|hour)s? ago)"
)
_WEEKDAYS = re.compile(
    r"(?:星期|礼拜|禮拜|周|週)(?P<zh>[一二三四五六日天])|"
    r"\b(?P<en>mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|"
    r"sat(?:urday)?|sun(?:day)?)\b\.?"
)
_MORNING = frozenset({"凌晨", "清晨", "早晨", "早上", "上午", "am"})
_AFTERNOON = frozenset({"下午", "傍晚", "pm"})
_HALF = re.compile(
    r"凌晨|清晨|早晨|早上|上午|中午|下午|傍晚|晚上|夜里|夜间|夜裡|深夜|半夜|"
    r"(?<![a-z])[ap] ?\.? ?m\b\.?"
)
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})(?P<between>[:.])(\d{2})(?:[:.](\d{2}))?(?!\d)")
_HOUR = re.compile(r"(?<!\d)(\d{1,2})[点點时](?:(半)|(\d{1,2})分?)?")
_FUSED = re.compile(
    r"(?<=[a-z])(?=\d)|(?<=\d)(?=(?:am|pm|a\.m|p\.m|mon|tue|wed|thu|fri|sat|sun)\b)"
)
_BRACKETED = re.compile(
    r"\((?:(?:星期|礼拜|禮拜|周|週)?([一二三四五六日天—–-])|((?:mon|tue|wed|thu|fri|sat|sun)[a-z]*))\)"
)
_DASHES = str.maketrans(dict.fromkeys("—–-", "一"))
_FILLING = re.compile(r"[\s,，.·•|]|\bat\b|\bon\b")
_NOON = 12
_EVENING_FROM = 5
_NOON_UNTIL = 3
_YEARS_BACK = 8


def parse(text: str, order: NumberOrder | None = None) -> Stamp | None:
    """What a line says if all of it is a time expression; else None.

    Args:
        text: The line as it was read; spaces may be missing in it.
        order: How dates of two numbers are to be taken where they could be either.
    """
    folded = unicodedata.normalize("NFKC", text).strip().lower()
    if not folded or len(folded) > _LONGEST:
        return None
    remaining = _Rest(_FUSED.sub(" ", _BRACKETED.sub(_weekday, folded)), order)
    try:
        remaining.take_day()
        remaining.take_clock()
    except ValueError:
        return None
    if _FILLING.sub("", remaining.text) or not (remaining.fields or remaining.doubts):
        return None
    parts = remaining.fields
    return Stamp(
        text.strip(),
        remaining.basis(),
        year=parts.get("year"),
        month=parts.get("month"),
        day_of_month=parts.get("day_of_month"),
        days_before=parts.get("days_before"),
        weekday=parts.get("weekday"),
        hour=parts.get("hour"),
        minute=parts.get("minute"),
        second=parts.get("second"),
        doubts=frozenset(remaining.doubts),
    )


def _weekday(match: re.Match[str]) -> str:
    """A weekday in brackets behind a date, as it is written without them."""
    # A one may be read as a dash.
    return f" 周{match[1].translate(_DASHES)} " if match[1] else f" {match[2]} "


def is_clock(text: str) -> bool:
    """Whether a line is a time of day and no more."""
    stamp = parse(text)
    return stamp is not None and stamp.basis is DayBasis.NONE and stamp.hour is not None


def combined(own: Stamp, above: Stamp | None) -> Stamp:
    """A time of day in a bubble, on the day that stands above it."""
    if own.basis is not DayBasis.NONE or above is None or above.basis is DayBasis.NONE:
        return own
    return replace(
        above,
        text=f"{above.text} {own.text}",
        hour=own.hour,
        minute=own.minute,
        second=own.second,
        doubts=own.doubts | above.doubts,
    )


def dated(stamp: Stamp, taken_on: date | None) -> Stamp:
    """The stamp with its day, if what is written and the picture's day determine it."""
    doubts = stamp.doubts - {StampDoubt.YEAR_ASSUMED, StampDoubt.WEEKDAY_DIFFERS}
    day: date | None = None
    if stamp.basis is DayBasis.STATED and stamp.month is not None:
        day, doubts = _stated_day(stamp, taken_on, doubts)
    elif taken_on is not None and stamp.days_before is not None:
        day = taken_on - timedelta(stamp.days_before)
    elif taken_on is not None and stamp.weekday is not None and stamp.month is None:
        day = taken_on - timedelta((taken_on.weekday() - stamp.weekday) % 7 or 7)
    return replace(stamp, day=day, doubts=doubts)


def order_in(texts: Iterable[str]) -> NumberOrder | None:
    """How dates of two numbers are written in a picture, if one of them or the language tells."""
    is_chinese = False
    for text in texts:
        for match in re.finditer(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})(?:[/.-]\d{2,4})?(?!\d)", text):
            first, second = int(match[1]), int(match[2])
            if parse(text) is not None and first != second and max(first, second) > _NOON:
                return NumberOrder.DAY_FIRST if first > _NOON else NumberOrder.MONTH_FIRST
        is_chinese = is_chinese or any("\u4e00" <= sign <= "\u9fff" for sign in text)
    return NumberOrder.MONTH_FIRST if is_chinese else None


def _stated_day(
    stamp: Stamp, taken_on: date | None, doubts: frozenset[StampDoubt]
) -> tuple[date | None, frozenset[StampDoubt]]:
    if stamp.year is not None:
        day = _date(stamp.year, stamp)
        differs = day is not None and stamp.weekday not in (None, day.weekday())
        return day, doubts | {StampDoubt.WEEKDAY_DIFFERS} if differs else doubts
    if taken_on is None:
        return None, doubts
    before = [
        day
        for year in range(taken_on.year, taken_on.year - _YEARS_BACK, -1)
        if (day := _date(year, stamp)) is not None and day <= taken_on
    ]
    fitting = [day for day in before if stamp.weekday in (None, day.weekday())]
    doubts |= {StampDoubt.YEAR_ASSUMED}
    if not fitting and before:
        return before[0], doubts | {StampDoubt.WEEKDAY_DIFFERS}
    return (fitting[0] if fitting else None), doubts


def _date(year: int, stamp: Stamp) -> date | None:
    assert stamp.month is not None
    assert stamp.day_of_month is not None
    try:
        return date(year, stamp.month, stamp.day_of_month)
    except ValueError:
        return None


@dataclass
class _Rest:
    """What is left of an expression while its parts are taken out.

    Its methods raise ValueError if the expression says something that cannot be.
    """

    text: str
    order: NumberOrder | None
    fields: dict[str, int] = field(default_factory=dict)
    doubts: set[StampDoubt] = field(default_factory=set)

    def basis(self) -> DayBasis:
        """What the day rests on."""
        if "month" in self.fields or StampDoubt.DAY_OR_MONTH in self.doubts:
            return DayBasis.STATED
        if "days_before" in self.fields:
            return DayBasis.RELATIVE
        return DayBasis.WEEKDAY if "weekday" in self.fields else DayBasis.NONE

    def take_day(self) -> None:
        """Take date, weekday and relative day."""
        if not (self._chinese() or self._year_first() or self._named() or self._ago()):
            self._numbers()
        if match := self._take(_WEEKDAYS):
            chinese = match["zh"]
            self.fields["weekday"] = _ZH_DAYS[chinese] if chinese else _EN_DAYS[match["en"][:3]]
        for word, days in _RELATIVE:
            if "days_before" not in self.fields and self._take(re.compile(word)):
                self.fields["days_before"] = days

    def take_clock(self) -> None:
        """Take the time of day."""
        half = self._take(_HALF)
        part = re.sub(r"[. ]", "", half[0]) if half else ""
        match = self._take(_CLOCK)
        if match and match["between"] == "." and not part and not self.fields:
            raise ValueError("a sum of money rather than a time")
        if match:
            self._set_clock(int(match[1]), int(match[3]), match[4], part)
        elif match := self._take(_HOUR):
            self._set_clock(int(match[1]), 30 if match[2] else int(match[3] or 0), None, part)
        elif part in ("am", "pm") and (match := self._take(re.compile(r"(?<!\d)(\d{1,2})(?!\d)"))):
            self._set_clock(int(match[1]), 0, None, part)
        elif part:
            raise ValueError("a part of the day without an hour")

    def _set_clock(self, hour: int, minute: int, second: str | None, part: str) -> None:
        if hour > 23 or minute > 59 or int(second or 0) > 59:
            raise ValueError("no time of day")
        self.fields |= {"hour": self._hour(hour, part), "minute": minute}
        if second is not None:
            self.fields["second"] = int(second)

    def _hour(self, hour: int, part: str) -> int:
        if not part or hour > _NOON:
            return hour
        if part in _MORNING:
            return hour % _NOON if hour == _NOON else hour
        if part in _AFTERNOON:
            return hour if hour == _NOON else hour + _NOON
        if part == "中午":
            return hour + _NOON if hour < _NOON_UNTIL else hour
        if hour == _NOON:
            self.doubts.add(StampDoubt.MIDNIGHT)
            return 0
        # At two in the night, the clock says two.
        return hour + _NOON if hour >= _EVENING_FROM else hour

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.search(self.text)
        if match is not None:
            self.text = f"{self.text[: match.start()]} {self.text[match.end() :]}"
        return match

    def _set_day(self, year: str | None, month: int, day: int) -> bool:
        date(int(year) if year and len(year) == 4 else 2000, month, day)
        self.fields |= {"month": month, "day_of_month": day}
        if year:
            self.fields["year"] = int(year) + (2000 if len(year) == 2 else 0)
        return True

    def _chinese(self) -> bool:
        match = self._take(
            re.compile(
                r"(?:(\d{4}|\d{2}) ?年 ?)?(?<!\d)(\d{1,2}) ?月 ?(\d{1,2}) ?(?:[日号號]|(?!\d))"
            )
        )
        return match is not None and self._set_day(match[1], int(match[2]), int(match[3]))

    def _year_first(self) -> bool:
        match = self._take(re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)"))
        return match is not None and self._set_day(match[1], int(match[2]), int(match[3]))

    def _named(self) -> bool:
        after = re.compile(
            rf"\b{_MONTH} ?(\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.]\d)(?:,? ?(\d{{4}})\b)?"
        )
        before = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? ?{_MONTH}(?:,? ?(\d{{4}})\b)?")
        if match := self._take(after):
            return self._set_day(match[3], _EN_MONTHS[match["name"][:3]], int(match[2]))
        if match := self._take(before):
            return self._set_day(match[3], _EN_MONTHS[match["name"][:3]], int(match[1]))
        return False

    def _ago(self) -> bool:
        if match := self._take(_DAYS_AGO):
            self.fields["days_before"] = int(match[1])
        elif _SHORTLY_AGO.fullmatch(self.text):
            self.text = ""
            self.fields["days_before"] = 0
            # Some hours before may have been the day before.
            self.doubts.add(StampDoubt.MIDNIGHT)
        return "days_before" in self.fields

    def _numbers(self) -> None:
        pattern = r"(?<![\d.])(\d{1,2})([/.-])(\d{1,2})(?:\2(\d{4}|\d{2}))(?![\d.])"
        match = self._take(re.compile(pattern)) or self._take(
            re.compile(
                r"(?<![\d.:])(\d{1,2})([/])(\d{1,2})()(?![\d.:])|(?<!\d)(\d\d)(-)(\d\d)()(?!\d)"
            )
        )
        if match is None:
            return
        first, _, second, year = (part for part in match.groups() if part is not None)
        month, day = int(first), int(second)
        if month > _NOON or (
            month <= _NOON and day <= _NOON and self.order is NumberOrder.DAY_FIRST
        ):
            month, day = day, month
        elif day <= _NOON and month != day and self.order is None:
            self.doubts.add(StampDoubt.DAY_OR_MONTH)
            if year:
                self.fields["year"] = int(year) + (2000 if len(year) == 2 else 0)
            return
        self._set_day(year or None, month, day)
