"""Time expressions say what they say, and no more."""

from datetime import date

import pytest

from evidence_app.model.reading import DayBasis, StampDoubt
from evidence_app.reading.stamps import NumberOrder, dated, is_clock, order_in, parse

TAKEN = date(2026, 3, 5)
"""A Thursday."""

STATED, RELATIVE, WEEKDAY, NONE = (
    DayBasis.STATED, DayBasis.RELATIVE, DayBasis.WEEKDAY, DayBasis.NONE,
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "day", "clock", "basis"),
    [
        ("昨天 21:47", date(2026, 3, 4), (21, 47), RELATIVE),
        ("昨天21:47", date(2026, 3, 4), (21, 47), RELATIVE),
        ("昨天 晚上9:47", date(2026, 3, 4), (21, 47), RELATIVE),
        ("3月2日 晚上9:47", date(2026, 3, 2), (21, 47), STATED),
        ("3月2日晚上9：47", date(2026, 3, 2), (21, 47), STATED),
        ("星期三 早上6:32", date(2026, 3, 4), (6, 32), WEEKDAY),
        ("3月1日12:00", date(2026, 3, 1), (12, 0), STATED),
        ("12/28(周日) 21:47", date(2025, 12, 28), (21, 47), STATED),
        ("12/28(日)", date(2025, 12, 28), None, STATED),
        ("12/28 (Sun)", date(2025, 12, 28), None, STATED),
        ("周二 14:26", date(2026, 3, 3), (14, 26), WEEKDAY),
        ("週二 14:26", date(2026, 3, 3), (14, 26), WEEKDAY),
        ("星期四 09:00", date(2026, 2, 26), (9, 0), WEEKDAY),
        ("2026年3月2日 上午10:05", date(2026, 3, 2), (10, 5), STATED),
        ("2026年3月2日 星期一 10:05", date(2026, 3, 2), (10, 5), STATED),
        ("2025年12月31日 23:59", date(2025, 12, 31), (23, 59), STATED),
        ("2026-03-02 10:05:33", date(2026, 3, 2), (10, 5), STATED),
        ("2025/12/31", date(2025, 12, 31), None, STATED),
        ("12月30日 晚上8:00", date(2025, 12, 30), (20, 0), STATED),
        ("3月5日 凌晨0:12", date(2026, 3, 5), (0, 12), STATED),
        ("上午8:15", None, (8, 15), NONE),
        ("下午3:40", None, (15, 40), NONE),
        ("21:03", None, (21, 3), NONE),
        ("前天 23:58", date(2026, 3, 3), (23, 58), RELATIVE),
        ("中午12:30", None, (12, 30), NONE),
        ("中午1:10", None, (13, 10), NONE),
        ("凌晨12:20", None, (0, 20), NONE),
        ("晚上12:05", None, (0, 5), NONE),
        ("下午3点半", None, (15, 30), NONE),
        ("昨天", date(2026, 3, 4), None, RELATIVE),
        ("星期三", date(2026, 3, 4), None, WEEKDAY),
        ("5分钟前", date(2026, 3, 5), None, RELATIVE),
        ("3天前", date(2026, 3, 2), None, RELATIVE),
        ("Yesterday 9:47 PM", date(2026, 3, 4), (21, 47), RELATIVE),
        ("Yesterday9:47PM", date(2026, 3, 4), (21, 47), RELATIVE),
        ("Yesterday, 9:47 p.m.", date(2026, 3, 4), (21, 47), RELATIVE),
        ("YESTERDAY", date(2026, 3, 4), None, RELATIVE),
        ("Today 10:05", TAKEN, (10, 5), RELATIVE),
        ("07:21 PM", None, (19, 21), NONE),
        ("7:21\u202fPM", None, (19, 21), NONE),
        ("12:05 AM", None, (0, 5), NONE),
        ("12:05 PM", None, (12, 5), NONE),
        ("Mon, Mar 2, 6:32 AM", date(2026, 3, 2), (6, 32), STATED),
        ("Mon,Mar2,6:32AM", date(2026, 3, 2), (6, 32), STATED),
        ("Mon, Mar 2 at 6:32 AM", date(2026, 3, 2), (6, 32), STATED),
        ("Tuesday 11:58 PM", date(2026, 3, 3), (23, 58), WEEKDAY),
        ("Sat 6:15 AM", date(2026, 2, 28), (6, 15), WEEKDAY),
        ("Sat", date(2026, 2, 28), None, WEEKDAY),
        ("March 2, 2026", date(2026, 3, 2), None, STATED),
        ("2 March 2026", date(2026, 3, 2), None, STATED),
        ("Feb 11, 2026, 10:05 AM", date(2026, 2, 11), (10, 5), STATED),
        ("11 Feb", date(2026, 2, 11), None, STATED),
        ("Dec 30", date(2025, 12, 30), None, STATED),
        ("12/31/25, 11:59 PM", date(2025, 12, 31), (23, 59), STATED),
        ("31/12/2025 23:59", date(2025, 12, 31), (23, 59), STATED),
        ("2 days ago", date(2026, 3, 3), None, RELATIVE),
        ("Monday, March 2 • 6:32 AM", date(2026, 3, 2), (6, 32), STATED),
    ],
)  # fmt: skip
def test_what_it_says(
    text: str, day: date | None, clock: tuple[int, int] | None, basis: DayBasis
) -> None:
    stamp = parse(text)
    assert stamp is not None
    assert stamp.basis is basis
    assert dated(stamp, TAKEN).day == day
    assert (None if stamp.hour is None else (stamp.hour, stamp.minute)) == clock
    assert stamp.text == text


@pytest.mark.parametrize(
    "text",
    [
        "接电话", "OK", "我早上7点给你打电话", "3月2日前还清", "Pay by March 2", "12.5元", "周末",
        "13900000001", "Call me at 9:30 tomorrow", "14''", "25:61", "12.50", "", "May", "Sunny",
        "早上", "2月30日", "2026年", "500", "1:2", "Mark R.", "+1 212 555 0123", "99+", "PM",
        "还款2000", "12 min • Tuesday",
    ],
)  # fmt: skip
def test_what_is_none(text: str) -> None:
    assert parse(text) is None


def test_without_the_day_of_the_picture_only_whole_dates_have_one() -> None:
    days = {
        text: dated(parse(text), None).day for text in ("昨天", "周二", "3月2日", "2026年3月2日")
    }  # type: ignore[arg-type]
    assert days == {"昨天": None, "周二": None, "3月2日": None, "2026年3月2日": date(2026, 3, 2)}


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("3月2日", {StampDoubt.YEAR_ASSUMED}),
        ("晚上12:05", {StampDoubt.MIDNIGHT}),
        ("2026年3月2日 星期三", {StampDoubt.WEEKDAY_DIFFERS}),
        ("3/2/2026", {StampDoubt.DAY_OR_MONTH}),
        ("2026年3月2日", set()),
    ],
)
def test_what_is_in_doubt_is_said(text: str, doubts: set[StampDoubt]) -> None:
    stamp = parse(text)
    assert stamp is not None
    assert dated(stamp, TAKEN).doubts == doubts


def test_a_weekday_settles_the_year() -> None:
    stamp = parse("Sun, Mar 2")
    assert stamp is not None
    assert dated(stamp, TAKEN).day == date(2025, 3, 2)


def test_numbers_in_either_order_stay_open_until_the_picture_tells() -> None:
    open_date = parse("3/2/2026")
    assert open_date is not None
    assert dated(open_date, TAKEN).day is None
    for order, day in (
        (NumberOrder.DAY_FIRST, date(2026, 2, 3)),
        (NumberOrder.MONTH_FIRST, date(2026, 3, 2)),
    ):
        stamp = parse("3/2/2026", order)
        assert stamp is not None
        assert dated(stamp, TAKEN).day == day
    assert order_in(["3/2/2026", "25/2/2026"]) is NumberOrder.DAY_FIRST
    assert order_in(["3/2/2026", "2/25/2026"]) is NumberOrder.MONTH_FIRST
    assert order_in(["3/2", "短信"]) is NumberOrder.MONTH_FIRST
    assert order_in(["3/2/2026"]) is None


def test_clocks_alone() -> None:
    assert is_clock("9:47 PM")
    assert is_clock("晚上9:47")
    assert not is_clock("昨天 9:47")
    assert not is_clock("昨天")
