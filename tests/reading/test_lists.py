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
    rows: list[Written], heading: str = "", *, left: int = 40, red: tuple[int, ...] = ()
) -> ReadPicture:
    """A list with a name and a time in the first line of each row, and more below."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), "white")
    pen = ImageDraw.Draw(picture)
    lines = [TextLine(Box(40, 8, 110, 34), "21:47", 1.0), _line(40, 90, heading, 48)]
    for number, (who, when, what) in enumerate(rows):
        top = 200 + number * STEP
        name, time = _line(left, top, who), TextLine(Box(560, top, 690, top + 30), when, 1.0)
        ink = (230, 40, 40) if number in red else (20, 20, 20)
        for x in range(name.box.left, name.box.right, 12):
            pen.rectangle((x, top + 5, x + 5, top + 27), fill=ink)
        lines += [name, time, _line(left, top + 50, what, 26)]
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


def test_a_list_of_messages_proposes_messages() -> None:
    rows = [
        ("1069 5550 0123", "21:03", "【某某金融】您尾号6217的账单已逾期"),
        ("Mark R.", "Yesterday", "Call me back now"),
        ("Legal Desk", "Mar 2", "You: Please write to me instead."),
    ]
    read = list_of(rows, "信息")
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
    assert list_of(CALLS[:2], "最近通话").layout is PictureLayout.PLAIN
