"""From bubbles to proposed messages, on drawn screens whose lines of text are known."""

from datetime import date

import numpy as np
import pytest
from PIL import Image, ImageDraw
from scoring import Score
from screens import IN, NEITHER, OUT, SKINS, WECHAT, WHATSAPP, Conversation, Say, Screen, Skin, talk

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

TEXT = ProposedKind.MESSAGE


def read(screen: Screen, taken_on: date | None = None) -> ReadPicture:
    """What is made of a screen whose text was read without a fault."""
    width, height = screen.picture.size
    plain = ReadPicture(width, height, "drawn", lines=tuple(screen.lines))
    return dated(understood(plain, Raster(np.asarray(screen.picture))), taken_on)


def screen_of(*say: Say, skin: Skin = WECHAT, **options: object) -> Screen:
    conversation = Conversation(say, skin, width=720, **options)  # type: ignore[arg-type]
    return conversation.screen(0, max(1560, conversation.height + 300))


@pytest.mark.parametrize("skin", SKINS, ids=lambda skin: skin.name)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_bubble_is_found_on_its_side(skin: Skin, language: str) -> None:
    score = Score()
    for number, scroll in enumerate((0, 500)):
        says = talk(language, 14, skin, seed=40 + number, group=number == 1)
        conversation = Conversation(says, skin, width=720, seed=number)
        screen = conversation.screen(scroll, 1560)
        score.chat(screen, read(screen), f"{skin.name} {scroll}")
    pictures_on_photos = [fault for fault in score.faults if "missed picture" in fault]
    assert [fault for fault in score.faults if fault not in pictures_on_photos] == []
    assert not pictures_on_photos or skin.wallpaper in ("photo", "gradient")


def test_times_rest_on_four_different_bases() -> None:
    stamps = ("昨天 21:47", "3月2日 晚上9:47", "星期三 早上6:32", "21:03")
    says = [say for stamp in stamps for say in (Say(None, NEITHER, stamp), Say(TEXT, IN, "接电话"))]
    events = read(screen_of(*says), date(2026, 3, 5)).events
    stamped = [event.stamp for event in events if event.stamp is not None]
    assert [stamp.basis for stamp in stamped] == [
        DayBasis.RELATIVE, DayBasis.STATED, DayBasis.WEEKDAY, DayBasis.NONE,
    ]  # fmt: skip
    assert [stamp.day for stamp in stamped] == [
        date(2026, 3, 4), date(2026, 3, 2), date(2026, 3, 4), None,
    ]  # fmt: skip
    assert not any(event.is_stamp_own for event in events)


def test_the_same_words_in_a_bubble_are_no_time() -> None:
    picture = read(
        screen_of(Say(TEXT, IN, "昨天 21:47"), Say(TEXT, OUT, "OK"), Say(TEXT, IN, "好"))
    )
    assert [event.text for event in picture.events] == ["昨天 21:47", "OK", "好"]
    assert [event.stamp for event in picture.events] == [None] * 3


def test_an_own_clock_takes_its_day_from_above() -> None:
    says = (
        Say(None, NEITHER, "Yesterday"),
        Say(TEXT, IN, "Call me back now", clock="9:47 PM"),
        Say(TEXT, OUT, "Stop calling my office please", clock="9:50 PM"),
    )
    events = read(screen_of(*says, skin=WHATSAPP), date(2026, 3, 5)).events
    assert [(event.text, event.is_stamp_own) for event in events] == [
        ("Call me back now", True), ("Stop calling my office please", True),
    ]  # fmt: skip
    first = events[0].stamp
    assert first is not None
    assert (first.basis, first.day, first.hour, first.minute) == (
        DayBasis.RELATIVE, date(2026, 3, 4), 21, 47,
    )  # fmt: skip


def test_what_is_cut_is_said() -> None:
    conversation = Conversation([Say(TEXT, IN, "为什么不接电话？")] * 20, WECHAT, width=720)
    events = read(conversation.screen(40, 1560)).events
    assert events[0].is_cut
    assert not any(event.is_cut for event in events[1:-1])


@pytest.mark.parametrize(
    ("words", "kind", "outcome", "seconds"),
    [
        ("通话时长 01:23", ProposedKind.CALL, Outcome.ANSWERED, 83),
        ("对方已取消", ProposedKind.CALL, Outcome.MISSED, None),
        ("已拒绝", ProposedKind.CALL, Outcome.REJECTED, None),
        ("Missed voice call", ProposedKind.CALL, Outcome.MISSED, None),
        ("未接來電", ProposedKind.CALL, Outcome.MISSED, None),
        ("未接电话", ProposedKind.CALL, Outcome.MISSED, None),
        ('12"', ProposedKind.VOICE, Outcome.UNKNOWN, 12),
        ("))) 12''", ProposedKind.VOICE, Outcome.UNKNOWN, 12),
        ('7" (a', ProposedKind.VOICE, Outcome.UNKNOWN, 7),
        ("微信转账", ProposedKind.TRANSFER, Outcome.UNKNOWN, None),
        ("微信转账给我", TEXT, Outcome.UNKNOWN, None),
        ("12", TEXT, Outcome.UNKNOWN, None),
        ("已取消预约", TEXT, Outcome.UNKNOWN, None),
    ],
)
def test_what_a_bubble_is(
    words: str, kind: ProposedKind, outcome: Outcome, seconds: int | None
) -> None:
    events = read(
        screen_of(Say(TEXT, IN, words), Say(TEXT, IN, "接电话"), Say(TEXT, OUT, "好"))
    ).events
    assert (events[0].kind, events[0].outcome, events[0].duration_s) == (kind, outcome, seconds)


def test_a_bubble_without_readable_words_is_not_lost() -> None:
    screen = screen_of(Say(TEXT, IN, "接电话"), Say(TEXT, IN, "呵呵"), Say(TEXT, OUT, "不要再打了"))
    screen.lines = tuple(line for line in screen.lines if line.text != "呵呵")
    events = read(screen).events
    assert [(event.text, event.direction, event.confidence) for event in events] == [
        ("接电话", IN, 1.0), ("", IN, 0.0), ("不要再打了", OUT, 1.0),
    ]  # fmt: skip


def test_lines_that_were_broken_on_purpose_stay_apart() -> None:
    long = "您的借款已逾期23天，今天下午三点前不处理，我们将联系您的单位和家人。"
    screen = screen_of(Say(TEXT, IN, long), Say(TEXT, OUT, "好"), Say(TEXT, OUT, "知道了"))
    assert read(screen).events[0].text == long


def test_gradients_are_one_bubble() -> None:
    picture = Image.new("RGB", (720, 900), "white")
    pen = ImageDraw.Draw(picture)
    for row in range(300, 480):
        shade = (row - 300) // 3
        pen.line((200, row, 690, row), fill=(120 - shade, 60 + shade, 240))
    pen.rounded_rectangle((30, 100, 420, 180), 30, fill=(233, 233, 235))
    lines = (
        TextLine(Box(60, 120, 390, 160), "Call me back now", 1.0),
        TextLine(Box(230, 320, 650, 360), "I told you not to call", 1.0),
        TextLine(Box(230, 370, 650, 410), "me at work. Please", 1.0),
        TextLine(Box(230, 420, 400, 460), "write instead.", 1.0),
    )
    plain = ReadPicture(720, 900, "drawn", lines=lines)
    events = understood(plain, Raster(np.asarray(picture))).events
    assert [(event.direction, len(event.lines)) for event in events] == [(IN, 1), (OUT, 3)]


@pytest.mark.parametrize("height", [400, 1560])
def test_a_page_of_text_is_no_chat(height: int) -> None:
    picture = Image.new("RGB", (720, height), "white")
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((210, 300, 510, 380), 20, fill=(30, 120, 250))
    lines = (
        TextLine(Box(40, 60, 600, 100), "尊敬的客户，您的账单已逾期", 1.0),
        TextLine(Box(40, 120, 640, 160), "请于2026年3月2日前结清", 1.0),
        TextLine(Box(290, 320, 430, 360), "立即还款", 1.0),
    )
    plain = ReadPicture(720, height, "drawn", lines=lines)
    read_page = understood(plain, Raster(np.asarray(picture)))
    assert read_page.layout is PictureLayout.PLAIN
    assert read_page.events == ()


def test_the_names_of_a_group_go_to_their_messages() -> None:
    says = (
        Say(TEXT, IN, "今天必须还款", "法务部-陈"), Say(TEXT, OUT, "请发合同"),
        Say(TEXT, IN, "接电话", "催收小王"),
    )  # fmt: skip
    picture = read(screen_of(*says, title="还款沟通群(5)"))
    assert picture.title == "还款沟通群(5)"
    assert [event.name for event in picture.events] == ["法务部-陈", "", "催收小王"]
    assert [event.direction for event in picture.events] == [
        Direction.INCOMING, Direction.OUTGOING, Direction.INCOMING,
    ]  # fmt: skip
