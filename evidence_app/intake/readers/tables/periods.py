"""The period that a table covers: it tells the year of dates that are written without one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from evidence_app.intake.readers.tables.times import Dating, date_without_year, day_in
from evidence_app.model.question import DateOrder

_FULL_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s?[-/.年]\s?(\d{1,2})(?:\s?[-/.月]\s?(\d{1,2}))?(?!\d)"
)
_MONTH = re.compile(
    r"(?:月份|账期|帐期|账单月|帐单月|计费月|出账月|month|period)\D{0,8}((?:19|20)\d\d)(0[1-9]|1[0-2])(?!\d)",
    re.I,
)
_BARE_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)")
_SHORT_DATE = re.compile(r"(?<![\d/.-])\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d\d)(?![\d/.-])")
_WORDED_DATE = re.compile(
    r"(?<!\w)(?:\d{1,2}[-. ]{1,2}[^\W\d_]{3,12}|[^\W\d_]{3,12}\.? \d{1,2})[-,. ]{1,2}\d{4}(?!\d)"
)
_TO = r"\s*(?:-|–|—|~|to|through|until|bis|au|al?)\s*"
_NAMED_DAY = r"(?:[^\W\d_]{3,12}\.? \d{1,2}|\d{1,2} [^\W\d_]{3,12}\.?)"
_RANGE = re.compile(
    rf"(?<!\w)(?P<begin>{_NAMED_DAY}){_TO}(?P<end>{_NAMED_DAY})[, ]+(?P<year>\d{{4}})(?!\d)", re.I
)
_MONTHS = 12

Period = tuple[date | None, date | None]
"""The first and the last month, as their first days."""


def period_of(text: str, order: DateOrder | None = None) -> Period:
    """The first and the last month that the words above a table state."""
    written = (_FULL_DATE, _MONTH, _BARE_DATE)
    months = [
        date(int(match[1]), int(match[2]), 1)
        for form in written
        for match in form.finditer(text)
        if 1 <= int(match[2]) <= _MONTHS
    ]
    if not months:
        months = [day.replace(day=1) for day in _in_words(text, Dating(order))]
    return (min(months), max(months)) if months else (None, None)


def _in_words(text: str, dating: Dating) -> Iterator[date]:
    stated = [match[0] for form in (_WORDED_DATE, _SHORT_DATE) for match in form.finditer(text)]
    for match in _RANGE.finditer(text):
        end = day_in(f"{match['end']} {match['year']}", dating)
        begin = day_in(f"{match['begin']} {match['year']}", dating)
        if begin is not None and end is not None:
            yield begin if begin <= end else begin.replace(year=begin.year - 1, day=1)
    yield from (day for date_text in stated if (day := day_in(date_text, dating)) is not None)


def dates_in(text: str) -> list[str]:
    """All dates in running text that end with the year."""
    return [match[0] for match in _SHORT_DATE.finditer(text)]


def period_before(year: int, texts: Iterable[str], order: DateOrder | None) -> Period:
    """The period of dates without a year, of which the newest are in a given year.

    Months that follow each other belong together, so that a table of December and January spans
    a New Year; where every month occurs, it is one year.

    Args:
        year: That of the newest date.
        texts: The dates as written.
        order: What comes first in dates of two numbers, if that is told.
    """
    dating = Dating(order)
    months = {day.month for text in texts if (day := date_without_year(text, dating)) is not None}
    if not months:
        return date(year, 1, 1), date(year, _MONTHS, 1)
    first, last = _ends(months)
    return date(year - (first > last), first, 1), date(year, last, 1)


def _ends(months: set[int]) -> tuple[int, int]:
    """The oldest and the newest of months: the longest time without any parts them."""
    listed = sorted(months)
    pairs = list(zip([listed[-1], *listed], listed, strict=False))
    before, after = max(pairs, key=lambda pair: (pair[1] - pair[0] - 1) % _MONTHS)
    return after, before


def oldest_and_newest(texts: Iterable[str], order: DateOrder | None) -> list[tuple[str, int]]:
    """The oldest and the newest of dates without a year, each with how many years it is back."""
    dating = Dating(order)
    days = {text: day for text in texts if (day := date_without_year(text, dating)) is not None}
    if not days:
        return []
    _, last = _ends({day.month for day in days.values()})
    back = {text: int(day.month > last) for text, day in days.items()}
    listed = sorted(days, key=lambda text: (-back[text], days[text]))
    return [(text, back[text]) for text in dict.fromkeys((listed[0], listed[-1]))]
