"""Dates and times as apps write them for people, in the languages of our users."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, time

from evidence_app.intake.readers.chat.lines import HALVES, clock_of, date_in
from evidence_app.model.question import DateOrder
from evidence_app.model.times import TimePrecision

_MONTHS = (
    "jan ene gen janv sty oca янв січ जन",
    "feb fev fevr lut sub фев лют फर",
    "mar mrt maa maerz бер мар मार्च",
    "apr abr avr kwi nis апр кві अप्र",
    "may mai maj mag mei май мая тра मई",
    "jun giu juin cze haz июн чер जून",
    "jul lug juil lip tem июл лип जुल",
    "aug ago agu aou sie авг сер अग",
    "sep set wrz eyl сен вер सित",
    "oct okt out ott paz eki окт жов अक्",
    "nov kas lis ноя лис नव",
    "dec dez dic des gru ara дек гру दिस",
)
_LONGEST_PREFIX = 5
_SHORTEST_PREFIX = 2
_HALF = (
    rf"(?:{HALVES}|[AaPp]\.?\s?[Mm]\b\.?|[ap]\b(?=\s*$)|fm\b|em\b|ÖÖ|ÖS|صباحًا|مساءً|ص|م|SA\b|CH\b)"
)


def _clock_pattern(between: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?P<before>{_HALF})\s*)?(?<![\d.])(?P<h>\d{{1,2}})(?P<between>{between})\s?"
        rf"(?P<m>\d{{2}})(?:[分분]|(?P=between)(?P<s>\d{{2}})(?![\d.])|(?![\d.]))"
        rf"(?:[.,]\d{{1,6}})?(?:\s*(?P<after>{_HALF}))?",
        re.I,
    )


# A dot parts the numbers of dates too, so it is tried last.
_CLOCKS = (_clock_pattern("[:h時시点點]"), _clock_pattern(r"\."))
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f\u0900-\u097f]*[^\W\d_]*)*")
_MONTH_NUMBER = re.compile(r"(?:tháng|thg)\s*(\d{1,2})", re.I)
_LOCAL_AFTERNOON = {"em", "ös", "م", "مساءً", "ch", "p"}
_LOCAL_MORNING = {"fm", "öö", "ص", "صباحًا", "sa", "a"}
_BUDDHIST, _FIRST_BUDDHIST = 543, 2400
_CENTURY = 2000
_LONGEST = 120
_YEAR_DIGITS = 4
ANY_YEAR = 2000
"""The year in which dates are put that have none."""

_SHORT_FORMS = (
    re.compile(r"(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日号號일]?"),
    re.compile(r"(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?P<first>\d{1,2})[/.](?P<second>\d{1,2})\.?"),
    re.compile(r"(?P<name>[^\W\d_]{3,12})\.?\s(?P<day>\d{1,2})(?:st|nd|rd|th)?"),
    re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?\s(?:de\s|of\s)?(?P<name>[^\W\d_]{3,12})\.?"),
)


def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


_PREFIXES = {
    _folded(prefix): number for number, row in enumerate(_MONTHS, 1) for prefix in row.split()
}


@dataclass(frozen=True, slots=True)
class WordedTime:
    """A date and a time of day as they are written.

    Attributes:
        full_date: The date, if it can be read in one way only.
        numbers: What may be day and month, and the year, else.
        clock: The time of day; None if none is written.
        precision: Of the time of day.
        raw: As written.
        has_year: Whether a year is written; else the date is one of the leap year `ANY_YEAR`.
    """

    full_date: date | None
    numbers: tuple[int, int, int] | None
    clock: time | None
    precision: TimePrecision
    raw: str
    has_year: bool = True

    def day(self, order: DateOrder | None) -> date | None:
        """The date, read in an order; None if there is none such or the order is needed."""
        if self.numbers is None or order is None:
            return self.full_date
        return date_in(order, *self.numbers)


def month_of(word: str) -> int | None:
    """The month that a word names, as 1 to 12; None if it is no month."""
    plain = _folded(word)
    for size in range(min(_LONGEST_PREFIX, len(plain)), _SHORTEST_PREFIX - 1, -1):
        if (number := _PREFIXES.get(plain[:size])) is not None:
            return number
    return None


def worded_time(text: str) -> WordedTime | None:
    """What a text says if it is a date, with or without a time of day; else None."""
    if len(text) > _LONGEST:
        return None
    match = next(filter(None, (pattern.search(text) for pattern in _CLOCKS)), None)
    rest = text if match is None else f"{text[: match.start()]} {text[match.end() :]}"
    clock = _clock(match) if match is not None else None
    if match is not None and clock is None:
        return None
    precision = TimePrecision.DAY if match is None else TimePrecision.MINUTE
    if match is not None and match["s"]:
        precision = TimePrecision.SECOND
    dated = _date(rest)
    if dated is None:
        return None
    full_date, numbers = dated
    return WordedTime(full_date, numbers, clock, precision, text.strip())


def _clock(match: re.Match[str]) -> time | None:
    half = (match["before"] or match["after"] or "").strip().casefold()
    half = "pm" if half in _LOCAL_AFTERNOON else "am" if half in _LOCAL_MORNING else half
    return clock_of(int(match["h"]), int(match["m"]), int(match["s"] or 0), half)


def _date(rest: str) -> tuple[date | None, tuple[int, int, int] | None] | None:
    month = None
    if named := _MONTH_NUMBER.search(rest):
        month, rest = int(named[1]), f"{rest[: named.start()]} {rest[named.end() :]}"
    written = _NUMBER.findall(rest)
    if month is None and len(written) == 2:
        months = [number for word in _WORD.findall(rest) if (number := month_of(word))]
        month = months[0] if months else None
    if month is not None and len(written) == 2:
        return _with_month(month, written)
    if len(written) != 3 or len("".join(written)) > 8:
        return None
    first, second, third = (int(number) for number in written)
    if len(written[0]) == _YEAR_DIGITS:
        full_date = _day(_western(first), second, third)
        return (full_date, None) if full_date is not None else None
    year = _western(third if len(written[2]) == _YEAR_DIGITS else third + _CENTURY)
    if not any(date_in(order, first, second, year) for order in (DateOrder.DMY, DateOrder.MDY)):
        return None
    full_date = date_in(None, first, second, year) if first == second else None
    return full_date, (first, second, year)


def _with_month(month: int, written: list[str]) -> tuple[date | None, None] | None:
    year = next((number for number in written if len(number) == _YEAR_DIGITS), None)
    if year is None:
        return None
    day = written[1] if written[0] == year else written[0]
    full_date = _day(_western(int(year)), month, int(day))
    return (full_date, None) if full_date is not None else None


def _western(year: int) -> int:
    return year - _BUDDHIST if year >= _FIRST_BUDDHIST else year


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def short_time(text: str) -> WordedTime | None:
    """What a text says if it is a date without a year, with or without a time of day; else None."""
    if len(text) > _LONGEST:
        return None
    match = next(filter(None, (pattern.search(text) for pattern in _CLOCKS)), None)
    rest = text if match is None else text[: match.start()]
    if match is not None and not rest.strip():
        rest = text[match.end() :]
    date_alone = rest.strip(" ,，T—–-")
    written = next(filter(None, (form.fullmatch(date_alone) for form in _SHORT_FORMS)), None)
    dated = _in_any_year(written) if written is not None else ""
    clock = text[match.start() : match.end()] if match is not None else ""
    reading = worded_time(f"{dated} {clock}") if dated else None
    return None if reading is None else replace(reading, raw=text.strip(), has_year=False)


def _in_any_year(written: re.Match[str]) -> str:
    parts = written.groupdict()
    if "first" in parts:
        return f"{parts['first']}/{parts['second']}/{ANY_YEAR}"
    month = parts.get("month") or month_of(parts["name"])
    return f"{ANY_YEAR}-{month}-{parts['day']}" if month else ""
