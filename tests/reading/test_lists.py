"""Rows of call logs and lists of messages, from lines laid out by hand."""

from datetime import date

import numpy as np
import pytest
from PIL import Image, ImageDraw

from evidence_app.model.event import Direction, Outcome
from evidence_app.model.reading import (
    Box,
    DayBasis,
    PictureLayout,
    ProposedKind,
    ReadPicture,
    TextLine,
)
from evidence_app.reading.picture import dated, understood
from evidence_app.reading.raster import Raster

WIDTH, HEIGHT, STEP = 720, 1560, 140
IN, OUT, NEITHER = Direction.INCOMING, Direction.OUTGOING, Direction.NONE
Written = tuple[str, str, str]


def list_of(
    rows: list[Written], heading: str = "", *, left: int = 40, red: tuple[int, ...] = (),
    below: tuple[TextLine, ...] = (),
) -> ReadPicture:  # fmt: skip
    """A list with a name and a time in the first line of each row, and more below."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), "white")
    pen = ImageDraw.Draw(picture)
    lines = [TextLine(Box(40, 8, 110, 34), "21:47", 1.0), _line(40, 90, heading, 48)]
    for number, (sender, when, content) in enumerate(rows):
        top = 200 + number * STEP
        name, time = _line(left, top, sender), TextLine(Box(560, top, 690, top + 30), when, 1.0)
        ink = (230, 40, 40) if number in red else (20, 20, 20)
        for x in range(name.box.left, name.box.right, 12):
            pen.rectangle((x, top + 5, x + 5, top + 27), fill=ink)
        lines += [name, time, _line(left, top + 50, content, 26)]
    lines += below
    plain = ReadPicture(WIDTH, HEIGHT, "by hand", lines=tuple(line for line in lines if line.text))
    return dated(understood(plain, Raster(np.asarray(picture))), date(2026, 3, 5))


def _line(left: int, top: int, text: str, height: int = 32) -> TextLine:
    wide = sum(height if ord(sign) > 0x2E80 else height // 2 for sign in text)
    return TextLine(Box(left, top, left + wide, top + height), text, 0.9)


CALLS = [
    ("139 0000 0011 (14)", "21:03", "北京 联通 未接"),
    ("催收-王", "20:47", "呼入 1分23秒"),
    ("妈妈", "昨天", "呼出 12秒"),
    ("139 0000 0027", "昨天", "呼出 未接通"),
    ("139 0000 0033", "星期三", "已拒接"),
    ("139 0000 0040", "3月2日", "已拦截"),
]


def test_a_call_log_proposes_calls() -> None:
    read = list_of(CALLS, "最近通话")
    assert read.layout is PictureLayout.CALL_LIST
    assert [event.kind for event in read.events] == [ProposedKind.CALL] * len(CALLS)
    assert [(event.direction, event.outcome, event.duration_s) for event in read.events] == [
        (IN, Outcome.MISSED, None),
        (IN, Outcome.ANSWERED, 83),
        (OUT, Outcome.ANSWERED, 12),
        (OUT, Outcome.MISSED, None),
        (IN, Outcome.REJECTED, None),
        (IN, Outcome.BLOCKED, None),
    ]
    assert [event.name for event in read.events][2] == "妈妈"


def test_a_count_is_no_number_of_events() -> None:
    read = list_of(CALLS, "最近通话")
    first = read.events[0]
    assert (first.name, first.count) == ("139 0000 0011", 14)
    assert len(read.events) == len(CALLS)
    assert [event.count for event in read.events[1:]] == [1] * 5


def test_times_of_rows_are_their_own() -> None:
    stamps = [event.stamp for event in list_of(CALLS, "最近通话").events]
    assert all(stamp is not None for stamp in stamps)
    assert [stamp.basis for stamp in stamps if stamp] == [
        DayBasis.NONE, DayBasis.NONE, DayBasis.RELATIVE, DayBasis.RELATIVE, DayBasis.WEEKDAY,
        DayBasis.STATED,
    ]  # fmt: skip
    assert [stamp.day for stamp in stamps if stamp][2:] == [
        date(2026, 3, 4), date(2026, 3, 4), date(2026, 3, 4), date(2026, 3, 2),
    ]  # fmt: skip


def test_red_is_missed_where_no_word_says_more() -> None:
    rows = [("+1 (212) 555-0123 (3)", "9:47 PM", "mobile"), ("Mark R.", "8:12 PM", "mobile"),
            ("Mom", "Yesterday", "home")]  # fmt: skip
    read = list_of(rows, "Recents", red=(0,))
    assert read.layout is PictureLayout.CALL_LIST
    assert [(event.direction, event.outcome) for event in read.events] == [
        (IN, Outcome.MISSED), (NEITHER, Outcome.UNKNOWN), (NEITHER, Outcome.UNKNOWN),
    ]  # fmt: skip
    assert [event.side_confidence for event in read.events] == [1.0, 0.0, 0.0]


MESSAGES = [
    ("1069 5550 0123", "21:03", "【某某金融】您尾号6217的账单已逾期"),
    ("Mark R.", "Yesterday", "Call me back now"),
    ("Legal Desk", "Mar 2", "You: Please write to me instead."),
]


def test_a_list_of_messages_proposes_messages() -> None:
    read = list_of(MESSAGES, "信息")
    assert read.layout is PictureLayout.MESSAGE_LIST
    assert [(event.name, event.direction) for event in read.events] == [
        ("1069 5550 0123", NEITHER), ("Mark R.", NEITHER), ("Legal Desk", OUT),
    ]  # fmt: skip
    assert read.events[1].text == "Call me back now"


@pytest.mark.parametrize("joined", ["139 0000 0033 昨天 21:47", "139 0000 0033昨天21:47"])
def test_a_name_and_a_time_that_were_read_as_one_are_parted(joined: str) -> None:
    rows = [*CALLS[:2], *CALLS[4:]]
    read = list_of(rows, "最近通话")
    lines = list(read.lines)
    place = next(number for number, line in enumerate(lines) if "0033" in line.text)
    lines[place] = TextLine(
        Box(40, lines[place].box.top, 690, lines[place].box.bottom), joined, 0.9
    )
    del lines[place + 1]
    picture = Raster(np.full((HEIGHT, WIDTH, 3), 255, np.uint8))
    again = understood(ReadPicture(WIDTH, HEIGHT, "by hand", lines=tuple(lines)), picture)
    row = again.events[2]
    assert row.stamp is not None
    assert (row.name, row.stamp.text.replace(" ", "")) == ("139 0000 0033", "昨天21:47")


def test_avatars_and_badges_are_no_words() -> None:
    read = list_of(CALLS, "最近通话", left=150)
    extra = [TextLine(Box(50, line.box.top + 10, 90, line.box.top + 50), "催", 0.9)
             for line in read.lines if line.text in {row[0] for row in CALLS}]  # fmt: skip
    extra += [TextLine(Box(640, 260, 670, 290), "3", 0.9)]
    picture = Raster(np.full((HEIGHT, WIDTH, 3), 255, np.uint8))
    lines = (*read.lines, *extra)
    again = understood(ReadPicture(WIDTH, HEIGHT, "by hand", lines=lines), picture)
    assert [event.name for event in again.events] == [event.name for event in read.events]
    assert "3" not in again.events[0].text


def test_two_times_are_no_list() -> None:
    two = [("催收-王", "21:03", "为什么不接电话？"), ("妈妈", "昨天", "有人打电话到家里来了")]
    assert list_of(two, "信息").layout is PictureLayout.PLAIN


def written(lines: list[tuple[int, int, str]], title: str = "最近通话") -> ReadPicture:
    """A page on which lines stand: column, row and words."""
    made = [TextLine(Box(40, 8, 110, 34), "21:47", 1.0), _line(40, 90, title, 48)]
    made += [_line(left, top, text, 30) for left, top, text in lines]
    plain = ReadPicture(WIDTH, HEIGHT, "by hand", lines=tuple(made))
    pixels = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    return dated(understood(plain, Raster(pixels)), date(2026, 3, 5))


def test_two_calls_are_a_call_log_where_the_heading_says_so() -> None:
    read = list_of(CALLS[:2], "最近通话")
    assert read.layout is PictureLayout.CALL_LIST
    assert [(event.name, event.count) for event in read.events] == [
        ("139 0000 0011", 14), ("催收-王", 1),
    ]  # fmt: skip


def test_the_day_of_a_heading_holds_for_the_rows_below_it() -> None:
    lines, y = [], 180
    for day, rows in (
        ("今天", (("催收-王", "21:03", "呼入 1分23秒"), ("妈妈", "20:47", "未接来电"))),
        ("昨天", (("王某 (3)", "18:22", "未接来电"),)),
        ("3月1日 星期日", (("李某", "09:10", "呼出 12秒"), ("妈妈", "08:00", "已拒接"))),
    ):
        lines.append((40, y, day))
        y += 70
        for sender, when, content in rows:
            lines += [(140, y, sender), (600, y + 16, when), (140, y + 44, content)]
            y += 116
    read = written(lines)
    assert read.layout is PictureLayout.CALL_LIST
    stamps = [event.stamp for event in read.events]
    assert [(stamp.day, stamp.hour) for stamp in stamps if stamp] == [
        (date(2026, 3, 5), 21), (date(2026, 3, 5), 20), (date(2026, 3, 4), 18),
        (date(2026, 3, 1), 9), (date(2026, 3, 1), 8),
    ]  # fmt: skip
    assert [event.text for event in read.events] == [
        "呼入 1分23秒", "未接来电", "未接来电", "呼出 12秒", "已拒接",
    ]  # fmt: skip


def test_calls_with_one_person_have_the_name_above_them() -> None:
    entries = [
        ("今天 21:03", "未接 响铃 8 秒"),
        ("今天 20:47", "呼入 1分23秒"),
        ("3月1日06:30", "拒接"),
    ]
    lines = [(240, 180, "139 0000 0011"), (40, 300, "通话记录")]
    for number, (when, content) in enumerate(entries):
        lines += [(40, 380 + 90 * number, when), (600, 380 + 90 * number, content)]
    read = written(lines, "")
    assert read.layout is PictureLayout.CALL_LIST
    assert [(event.name, event.outcome) for event in read.events] == [
        ("139 0000 0011", Outcome.MISSED), ("139 0000 0011", Outcome.ANSWERED),
        ("139 0000 0011", Outcome.REJECTED),
    ]  # fmt: skip


def test_a_place_below_a_name_is_no_part_of_it() -> None:
    """The time may stand between the two lines of a row, with an arrow or a sign beside it."""
    lines = []
    for number, (sender, when) in enumerate(
        (("王某 (14)", "21:03>"), ("李某", "昨天 ›"), ("妈妈", "周二 ›"))
    ):
        y = 200 + 120 * number
        lines += [(40, y, sender), (560, y + 22, when), (40, y + 44, "北京"), (690, y + 22, "i")]
    read = written(lines)
    assert [(event.name, event.text, event.count) for event in read.events] == [
        ("王某", "北京", 14), ("李某", "北京", 1), ("妈妈", "北京", 1),
    ]  # fmt: skip


def test_a_tab_for_calls_below_a_list_of_messages_makes_no_calls_of_them() -> None:
    tabs = (_line(60, 1480, "Chats", 26), _line(330, 1480, "Calls", 26))
    read = list_of(MESSAGES, "Chats", below=tabs)
    assert read.layout is PictureLayout.MESSAGE_LIST


def test_an_arrow_behind_a_time_may_be_read_as_a_bracket() -> None:
    brackets = ("）", ")", "")
    rows = [(sender, when + brackets[number % 3], content) for number, (sender, when, content) in
            enumerate(MESSAGES)]  # fmt: skip
    read = list_of(rows, "信息")
    assert [event.stamp and event.stamp.text for event in read.events] == [
        when for _, when, _ in MESSAGES
    ]


def test_letters_in_circles_beside_names_are_no_bubbles() -> None:
    picture = Image.new("RGB", (WIDTH, HEIGHT), "white")
    pen = ImageDraw.Draw(picture)
    lines = [_line(40, 90, "Phone", 48)]
    for number, (sender, when) in enumerate([*zip(("Ann", "Mom", "Bo"), EN_DAYS, strict=True)] * 3):
        top = 200 + number * STEP
        pen.ellipse((32, top, 106, top + 74), fill=(138, 180, 248))
        lines += [_line(60, top + 20, sender[0]), _line(136, top, sender)]
        for x in range(136, 300, 12):
            pen.rectangle((x, top + 5, x + 5, top + 27), fill=(20, 20, 20))
        lines.append(_line(136, top + 44, f"Incoming • {when}", 26))
    plain = ReadPicture(WIDTH, HEIGHT, "by hand", lines=tuple(lines))
    read = dated(understood(plain, Raster(np.asarray(picture))), date(2026, 3, 5))
    assert read.layout is PictureLayout.CALL_LIST
    assert len(read.events) == 9


EN_DAYS = ("6:20 PM", "Yesterday", "Tuesday")
