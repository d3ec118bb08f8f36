"""How LINE writes the title, the days and the entries of a chat, in its many languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from evidence_app.intake.readers.chat.lines import HALVES, clock_of, date_in
from evidence_app.model.question import DateOrder

_SPACE = "[ \u00a0\u202f]"
_HALF = rf"{HALVES}|[AaPp]\.?[Mm]\.?"
_HEAD = re.compile(
    rf"(?P<time>(?:(?P<before>{_HALF}){_SPACE}?)?(?P<h>\d{{1,2}}):(?P<mi>\d{{2}})"
    rf"(?:{_SPACE}?(?P<after>[AaPp]\.?[Mm]\.?|น\.))?)(?P<sep>\t| {{2,}}| )(?P<rest>.*)",
    re.ASCII | re.S,
)
_WEEKDAYS = (
    ("mon", "月", "一", "월", "จันทร์", "จ."),
    ("tue", "火", "二", "화", "อังคาร", "อ."),
    ("wed", "水", "三", "수", "พุธ", "พ."),
    ("thu", "木", "四", "목", "พฤหัส", "พฤ."),
    ("fri", "金", "五", "금", "ศุกร์", "ศ."),
    ("sat", "土", "六", "토", "เสาร์", "ส."),
    ("sun", "日", "天", "일", "อาทิตย์", "อา."),
)
_BEFORE_WEEKDAY = re.compile("^(?:周|週|星期|礼拜|禮拜|วัน)")
_LONG_WEEKDAY = (
    "(?:周|週|星期|礼拜|禮拜)[一二三四五六日天]|[月火水木金土日]曜日?|[월화수목금토일]요일|"
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}\.?|"
    "(?:วัน)?(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัส|ศุกร์|เสาร์|อาทิตย์)"
)
_BEHIND = rf"{_SPACE}?(?:[（(](?P<w1>[^()（）\d]{{1,12}})[)）]|(?P<w2>{_LONG_WEEKDAY}))?"
_YEAR_FIRST = re.compile(
    rf"(?P<y>\d{{4}})(?:(?P<s>[./-])(?P<m>\d{{1,2}})(?P=s)(?P<d>\d{{1,2}})"
    rf"|年{_SPACE}?(?P<m2>\d{{1,2}})月{_SPACE}?(?P<d2>\d{{1,2}})日){_BEHIND}",
    re.ASCII,
)
_ERA = re.compile(
    r"(?P<era>R|H|令和|平成) ?(?P<y>\d{1,2}|元)[./年](?P<m>\d{1,2})[./月](?P<d>\d{1,2})日?"
    rf"{_BEHIND}",
    re.ASCII,
)
_YEAR_LAST = re.compile(
    rf"(?:(?P<w0>[^\s\d,，、]{{1,14}})[,，]?{_SPACE})?"
    r"(?P<a>\d{1,2})(?P<s>[./-])(?P<b>\d{1,2})(?P=s)(?P<y>\d{4})(?: (?:BE|CE|AD))?"
    rf"{_BEHIND}",
    re.ASCII,
)
_FIRST_YEARS = {"R": 2019, "令和": 2019, "H": 1989, "平成": 1989}
_BUDDHIST = 543
_FIRST_BUDDHIST_YEAR = 2400
_SAVED = re.compile(
    r"(?:保存日[期時]|儲存日期|Saved on|저장한 날짜|บันทึก\S{0,10})\s?[:：]?\s?(?P<when>.*)", re.I
)
_SAVED_DATE = re.compile(r"(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>\d{4})(?!\d)", re.ASCII)
_MARK = re.compile(r"\[LINE\]\s?(?P<title>.*\S)", re.I)
_WITH_ONE = (
    re.compile(r"Chat (?:history )?with (?P<name>.+)", re.I),
    re.compile(r"[与與和] ?(?P<name>.+?) ?的(?:LINE)?(?:聊天|對話|对话)(?:记录|記錄|紀錄)?", re.I),
    re.compile(r"(?P<name>.+?)とのトーク(?:履歴)?"),
    re.compile(r"(?P<name>.+?)님과의 ?대화"),
    re.compile(r"ประวัติการ(?:แชท|สนทนา)กับ ?(?P<name>.+)"),
)
_WITH_MANY = (
    re.compile(r"Chat (?:history )?in (?P<name>.+)", re.I),
    re.compile(r"(?P<name>.+?) ?的(?:LINE)?(?:聊天|對話|对话)(?:记录|記錄|紀錄)", re.I),
    re.compile(r"(?P<name>.+?)のトーク(?:履歴)?"),
)
_WITHDRAWN = re.compile(
    r"(?:unsent a message|joined the (?:group|chat)|left the (?:group|chat)|收回訊息|"
    r"撤回了一条消息|送信を取り消しました|(?:已加入|已離開|已退出)(?:該群|该群|群組|群组|聊天)|"
    r"に?(?:参加|退出|退会)しました)[.。]?$"
)


class Form(StrEnum):
    """What stands between the parts of an entry."""

    TAB = "\t"
    WIDE = "  "
    SPACE = " "


@dataclass(frozen=True, slots=True)
class Title:
    """What the first line says.

    Attributes:
        name: Of the other side or of the group.
        is_group: Whether it says that it is a group.
    """

    name: str
    is_group: bool


@dataclass(frozen=True, slots=True)
class Day:
    """A line that begins a day.

    Attributes:
        raw: As written.
        full_date: The date, if it can be read in one way only.
        numbers: What may be day and month, and the year, else.
        weekday: As the line states it, Monday being 0; None if it does not.
    """

    raw: str
    full_date: date | None
    numbers: tuple[int, int, int] | None = None
    weekday: int | None = None

    def date(self, order: DateOrder | None) -> date | None:
        """The date, read in an order; None if there is none such or the order is needed."""
        if self.numbers is None or order is None:
            return self.full_date
        return date_in(order, *self.numbers)


@dataclass(frozen=True, slots=True)
class Head:
    """A line that begins an entry.

    Attributes:
        raw: The time as written.
        clock: The time of day; None if there is none such.
        form: What stands behind the time.
        rest: What stands behind that.
    """

    raw: str
    clock: time | None
    form: Form
    rest: str


def head_of(line: str) -> Head | None:
    """What a line states if it may begin an entry, else None."""
    match = _HEAD.fullmatch(line)
    if match is None:
        return None
    half = match["before"] or match["after"] or ""
    clock = clock_of(int(match["h"]), int(match["mi"]), 0, half)
    form = Form(match["sep"][:2])
    return Head(match["time"], clock, form, match["rest"])


def day_of(line: str) -> Day | None:
    """The day that a line begins, else None."""
    text = line.rstrip()
    if not 5 < len(text) < 40:
        return None
    if match := _YEAR_FIRST.fullmatch(text):
        month, day = match["m"] or match["m2"], match["d"] or match["d2"]
        full_date = _date(_western(int(match["y"])), int(month), int(day))
        return Day(text, full_date, None, _weekday(match["w1"] or match["w2"]))
    if match := _ERA.fullmatch(text):
        year = 1 if match["y"] == "元" else int(match["y"])
        full_date = _date(_FIRST_YEARS[match["era"]] + year - 1, int(match["m"]), int(match["d"]))
        return Day(text, full_date, None, _weekday(match["w1"] or match["w2"]))
    if match := _YEAR_LAST.fullmatch(text):
        numbers = (int(match["a"]), int(match["b"]), _western(int(match["y"])))
        weekday = _weekday(match["w0"] or match["w1"] or match["w2"])
        full_date = date_in(None, *numbers) if numbers[0] == numbers[1] else None
        return Day(text, full_date, numbers, weekday)
    return None


def saved_numbers(line: str) -> tuple[int, int, int] | None:
    """What may be day and month, and the year, of the line that tells when it was saved."""
    match = _SAVED.fullmatch(line.strip())
    written = _SAVED_DATE.match(match["when"]) if match else None
    if written is None:
        return None
    return int(written["a"]), int(written["b"]), _western(int(written["y"]))


def is_saved_line(line: str) -> bool:
    """Whether the line tells when the chat was saved."""
    return _SAVED.fullmatch(line.strip()) is not None


def title_of(line: str) -> Title | None:
    """What the first line says, or None if it is none of LINE's."""
    marked = _MARK.fullmatch(line.strip())
    title = marked["title"] if marked else line.strip()
    for is_group, patterns in ((False, _WITH_ONE), (True, _WITH_MANY)):
        for pattern in patterns:
            if match := pattern.fullmatch(title):
                return Title(match["name"].strip(), is_group)
    return Title(title, False) if marked else None


def is_about(text: str) -> bool:
    """Whether the words are the app's own, of somebody who came, left or took words back."""
    return _WITHDRAWN.search(text) is not None


def _weekday(weekday: str | None) -> int | None:
    plain = _BEFORE_WEEKDAY.sub("", (weekday or "").strip()).lower()
    for number, (*starts, short) in enumerate(_WEEKDAYS):
        # In Thai, the short word of Thursday begins like that of Wednesday.
        if plain == short or plain.startswith(tuple(starts)):
            return number
    return None


def _western(year: int) -> int:
    return year - _BUDDHIST if year >= _FIRST_BUDDHIST_YEAR else year


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
