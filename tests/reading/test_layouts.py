"""Chats of many forms: what tells a bubble, a time, a name and a title in any of them."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter
from screens import IN, NEITHER, OUT, font
from sheets import WIDTH, Sheet, messages

from evidence_app.model.event import Direction
from evidence_app.model.reading import Box, PictureLayout, ProposedKind

ZH = (
    "您的借款已逾期23天，今天下午三点前不处理，我们将联系您的单位和家人。", "接电话",
    "我说过下个月5号发工资就还", "好", "为什么一直不接电话？躲是没有用的", "嗯",
    "不要再打我妈妈的电话！", "先还500，剩下的周五之前必须到账",
)  # fmt: skip


@pytest.mark.parametrize("title", ["1069 5550 0123", "95555", "催收-王", "+1 (212) 555-0123"])
def test_the_title_is_a_name_or_a_number_and_not_what_stands_below_it(title: str) -> None:
    sheet = Sheet()
    sheet.head(title, "中国移动")
    sheet.centre("昨天 21:47")
    sheet.talk(*ZH[:4])
    read = sheet.read()
    assert read.title == title
    assert messages(read) == sheet.said


def test_a_notification_over_the_title_is_no_title() -> None:
    sheet = Sheet()
    sheet.text(120, 60, "短信 现在", 24)
    sheet.text(120, 100, "95555：您的验证码是 402817", 28)
    sheet.y = 260
    sheet.centre("昨天 21:47")
    sheet.talk(*ZH[:4])
    assert sheet.read().title == ""


@pytest.mark.parametrize("top", [20, 150, 230, 300])
def test_a_time_in_the_middle_is_in_no_bar(top: int) -> None:
    """Of a picture that was cut out of a screen, the first line may be a time."""
    sheet = Sheet((237, 237, 237))
    sheet.y = top
    sheet.centre("昨天 21:47")
    sheet.talk(*ZH, left=(255, 255, 255))
    read = sheet.read()
    assert messages(read) == sheet.said
    assert {event.stamp.text for event in read.events if event.stamp} == {"昨天 21:47"}


@pytest.mark.parametrize(
    "words", ["3月2日 21:47 SIM1", "3月2日 21:47 卡2", "3月2日 21:47 中国联通"]
)
def test_a_time_may_say_which_card_a_message_came_by(words: str) -> None:
    sheet = Sheet()
    sheet.head("95555")
    sheet.centre("短信")
    sheet.centre(words)
    sheet.talk(*ZH[:4])
    read = sheet.read()
    assert messages(read) == sheet.said
    assert {event.stamp.text for event in read.events if event.stamp} == {"3月2日 21:47"}


def test_a_time_may_stand_beside_its_bubble() -> None:
    sheet = Sheet()
    sheet.head("催收-王")
    sheet.centre("12/28(日)")
    for number, text in enumerate(ZH[:5]):
        side = IN if number % 2 == 0 else OUT
        box = sheet.bubble(side, text, (238, 238, 240) if side is IN else (150, 205, 255))
        x = box.right + 12 if side is IN else box.left - 72
        sheet.text(x, box.bottom - 32, f"1{number}:20", 22, (150, 150, 150))
    read = sheet.read()
    assert messages(read) == sheet.said
    clocks = [(str(event.stamp.day), event.stamp.hour) for event in read.events if event.stamp]
    assert clocks == [("2025-12-28", 10 + number) for number in range(5)]


def test_a_name_may_have_a_badge_before_it() -> None:
    sheet = Sheet((242, 243, 247))
    sheet.head("还款交流群(58)")
    for text in ZH[:4]:
        sheet.text(116, sheet.y, "LV12", 18, (250, 180, 40))
        sheet.text(180, sheet.y - 2, "催收员小陈", 22, (145, 145, 145))
        sheet.y += 38
        sheet.bubble(IN, text, (255, 255, 255), margin=116)
    sheet.bubble(OUT, "好", (150, 205, 255))
    assert [event.name for event in sheet.read().events] == ["催收员小陈"] * 4 + [""]


def test_a_bubble_that_fades_is_one_message() -> None:
    sheet = Sheet()
    sheet.head("催收-王")
    sheet.centre("昨天 21:47")
    sheet.bubble(IN, ZH[0], (238, 238, 240))
    for text in (ZH[0] * 2, ZH[4], ZH[7] * 2):
        sheet.bubble(OUT, text, (90, 200, 250), fade=(0, 100, 255))
    assert messages(sheet.read()) == sheet.said


def test_a_menu_and_a_window_over_the_chat_are_no_messages() -> None:
    sheet = Sheet((237, 237, 237))
    sheet.head("催收-王")
    sheet.centre("昨天 21:47")
    sheet.talk(*ZH[:4], left=(255, 255, 255))
    sheet.pen.rounded_rectangle((120, sheet.y, 600, sheet.y + 100), 16, fill=(76, 76, 76))
    for number, label in enumerate(("复制", "转发", "收藏", "删除", "多选")):
        sheet.text(146 + 90 * number, sheet.y + 50, label, 22, (255, 255, 255))
    sheet.y += 120
    sheet.talk(*ZH[4:6], left=(255, 255, 255))
    assert messages(sheet.read()) == sheet.said


def test_bubbles_that_are_frames_are_told_by_the_edges_of_their_words() -> None:
    sheet = Sheet()
    sheet.head("客服")
    sheet.centre("昨天 21:47")
    sheet.talk(*ZH, left=(255, 255, 255), right=(255, 255, 255), outline=(190, 190, 190))
    read = sheet.read()
    assert read.layout is PictureLayout.CHAT
    assert messages(read) == sheet.said
    assert all(event.side_confidence < 0.5 for event in read.events)


@pytest.mark.parametrize("slope", [0.0, 0.02])
def test_a_photo_of_a_screen_is_told_by_the_edges_of_its_words(slope: float) -> None:
    sheet = Sheet((237, 237, 237))
    sheet.head("催收-王")
    sheet.centre("昨天 21:47")
    sheet.talk(*ZH[:4], left=(255, 255, 255))
    sheet.centre("星期三 08:15")
    sheet.talk(*ZH[4:], left=(255, 255, 255))
    light = (
        np.linspace(0.55, 1.0, WIDTH)[None, :, None] * np.linspace(1.0, 0.8, 1560)[:, None, None]
    )
    noise = np.random.default_rng(1).normal(0, 9, (1560, WIDTH, 3))
    blurred = np.asarray(sheet.picture.filter(ImageFilter.GaussianBlur(1)))
    sheet.picture = Image.fromarray(np.clip(blurred * light + noise, 0, 255).astype(np.uint8))
    sheet.lines = [
        type(line)(
            type(line.box)(
                round(line.box.left + slope * line.box.top), line.box.top,
                round(line.box.right + slope * line.box.top), line.box.bottom,
            ), line.text, 1.0,
        )
        for line in sheet.lines
    ]  # fmt: skip
    read = sheet.read()
    assert read.layout is PictureLayout.CHAT
    assert messages(read) == sheet.said


def test_a_letter_is_no_chat() -> None:
    sheet = Sheet()
    sheet.text(200, 60, "催收通知", 44)
    sheet.centre("2026年3月2日 10:05")
    for y in range(240, 900, 60):
        sheet.text(60, y, "您的借款已逾期23天，我们将联系您的单位和家人。", 26)
    sheet.text(420, 1000, "某某资产管理公司", 26)
    sheet.text(420, 1050, "2026年3月2日", 26)
    assert sheet.read().layout is PictureLayout.PLAIN


def on_photo() -> Sheet:
    """A sheet whose page is a photo: no colour of it is that of most."""
    sheet = Sheet()
    rows, columns = np.mgrid[0:1560, 0:WIDTH]
    waves = (np.sin(columns / 41) + np.sin(rows / 57) + np.sin((rows + columns) / 23)) * 24
    shares = np.stack([90 + rows / 20, 120 + columns / 12, 150 - rows / 30], axis=2)
    pixels = np.clip(shares + waves[..., None], 0, 205).astype(np.uint8)
    sheet.picture = Image.fromarray(pixels)
    sheet.pen = ImageDraw.Draw(sheet.picture)
    return sheet


def test_bubbles_on_a_photo_may_stand_close_to_one_another() -> None:
    sheet = on_photo()
    sheet.y = 300
    for text in ZH:
        sheet.bubble(IN, text, (255, 255, 255), gap=5)
    sheet.bubble(OUT, ZH[2], (239, 253, 222))
    box = Box(WIDTH - 104, sheet.y, WIDTH - 28, sheet.y + 72)
    sheet.pen.ellipse((box.left, box.top, box.right, box.bottom), fill=(239, 253, 222))
    sheet.text(box.left + 22, box.top + 16, "好", 32)
    sheet.said.append((OUT, "好"))
    read = sheet.read()
    assert messages(read) == sheet.said
    assert all(event.side_confidence > 0.5 for event in read.events)


def test_one_sign_beside_its_time_is_no_avatar() -> None:
    sheet = Sheet()
    sheet.head("95555")
    sheet.centre("2026年3月2日 星期一")
    for side, text in ((IN, ZH[0]), (OUT, "？"), (IN, ZH[2]), (OUT, "1")):
        box = sheet.bubble(side, text, (238, 238, 240) if side is IN else (60, 92, 202))
        x = box.right + 10 if side is IN else box.left - 116
        sheet.text(x, box.bottom - 32, "晚上9:40", 24, (150, 150, 150))
    assert messages(sheet.read()) == sheet.said


def test_an_edge_that_two_bubbles_share_by_chance_tells_little() -> None:
    """A card of one's own has the fill of the other side, and a tail moves a bubble's edge."""
    sheet = Sheet()
    sheet.head("+1 (212) 555-0123")
    sheet.centre("昨天 21:47")
    sheet.bubble(IN, ZH[0], (233, 233, 235), margin=28)
    sheet.bubble(IN, ZH[0], (233, 233, 235), margin=22)
    sheet.bubble(IN, ZH[7] * 2, (233, 233, 235), margin=34)
    sheet.bubble(OUT, ZH[0], (233, 233, 235))
    sheet.bubble(OUT, ZH[2], (0, 122, 255))
    assert messages(sheet.read()) == sheet.said


def test_badges_and_reactions_are_no_messages() -> None:
    sheet = Sheet((242, 243, 247))
    sheet.head("还款交流群(58)")
    for text in ZH[:4]:
        sheet.pen.rounded_rectangle((110, sheet.y, 176, sheet.y + 24), 8, fill=(245, 166, 35))
        sheet.text(116, sheet.y + 1, "LV12", 18, (255, 255, 255))
        sheet.text(186, sheet.y - 2, "催收员小陈", 22, (145, 145, 145))
        sheet.y += 38
        box = sheet.bubble(IN, text, (255, 255, 255), margin=116, gap=34)
        sheet.pen.rounded_rectangle(
            (box.left + 16, box.bottom - 4, box.left + 86, box.bottom + 26), 14,
            fill=(255, 255, 255), outline=(242, 243, 247), width=3,
        )  # fmt: skip
        sheet.text(box.left + 56, box.bottom, "2", 18)
    sheet.bubble(OUT, "好", (150, 205, 255))
    read = sheet.read()
    assert messages(read) == sheet.said
    assert [event.name for event in read.events] == ["催收员小陈"] * 4 + [""]


def test_a_notice_of_several_lines_may_begin_with_a_sign() -> None:
    sheet = Sheet((239, 234, 226))
    sheet.head("+1 (212) 555-0123")
    sheet.pen.rounded_rectangle((90, sheet.y, 630, sheet.y + 84), 12, fill=(255, 243, 197))
    sheet.text(150, sheet.y + 4, "Messages are end-to-end encrypted", 26)
    sheet.text(150, sheet.y + 44, "No one outside of this chat sees them", 24)
    sheet.y += 110
    sheet.talk(*ZH, left=(255, 255, 255), right=(217, 253, 211))
    assert [event for event in messages(sheet.read()) if event[0] is not NEITHER] == sheet.said


def with_clock(sheet: Sheet, side: Direction, text: str, clock: str) -> None:
    """A bubble with its own time at the lower right."""
    box = sheet.bubble(side, text, (255, 255, 255) if side is IN else (217, 253, 211))
    width = font(20).getlength(clock)
    sheet.text(box.right - 14 - width, box.bottom - 28, clock, 20, (110, 120, 125))


def test_a_time_on_a_picture_is_no_time_between_messages() -> None:
    sheet = Sheet((239, 234, 226))
    sheet.head("+1 (212) 555-0123")
    sheet.centre("Yesterday")
    with_clock(sheet, IN, ZH[0], "20:07")
    with_clock(sheet, OUT, ZH[2], "20:08")
    box = Box(28, sheet.y, 440, sheet.y + 300)
    noise = np.random.default_rng(3).integers(0, 255, (15, 21, 3)).astype(np.uint8)
    photo = Image.fromarray(noise).resize((box.width, box.height))
    sheet.picture.paste(photo, (box.left, box.top))
    sheet.text(330, box.bottom - 36, "20:10", 20, (255, 255, 255))
    sheet.y = box.bottom + 22
    with_clock(sheet, IN, ZH[4], "20:11")
    read = sheet.read()
    days = [(str(event.stamp.day), event.stamp.hour, event.stamp.minute) for event in read.events
            if event.stamp]  # fmt: skip
    assert days == [("2026-03-04", 20, minute) for minute in (7, 8, 10, 11)]


def test_a_changed_message_says_so_beside_its_time() -> None:
    sheet = Sheet((239, 234, 226))
    sheet.head("+1 (212) 555-0123")
    sheet.centre("Yesterday")
    with_clock(sheet, IN, ZH[0], "20:07")
    with_clock(sheet, OUT, ZH[2], "Edited 20:08")
    with_clock(sheet, IN, ZH[4], "20:11")
    read = sheet.read()
    assert messages(read) == sheet.said
    assert [event.stamp.minute for event in read.events if event.stamp] == [7, 8, 11]


def test_the_end_of_a_bubble_without_its_words_is_no_message() -> None:
    sheet = Sheet((237, 237, 237))
    sheet.head("催收-王")
    sheet.centre("昨天 21:47")
    sheet.talk(*ZH[:6], left=(255, 255, 255))
    expected = list(sheet.said)
    sheet.pen.rounded_rectangle((28, 1340, 500, 1480), 24, fill=(255, 255, 255))
    sheet.pen.rectangle((0, 1384, WIDTH, 1560), fill=(247, 247, 247))
    assert messages(sheet.read()) == expected


def test_a_bubble_that_ends_in_a_straight_line_goes_on_below_a_bar() -> None:
    """The bar may have the colour of the page."""
    sheet = Sheet()
    sheet.head("95555")
    sheet.centre("昨天 21:47")
    sheet.talk(*ZH)
    sheet.pen.rectangle((0, sheet.y - 40, WIDTH, 1560), fill=(255, 255, 255))
    read = sheet.read()
    assert messages(read) == sheet.said
    assert [event.is_cut for event in read.events] == [False] * 7 + [True]


def test_a_link_with_a_picture_above_its_words_is_one_card() -> None:
    sheet = Sheet()
    sheet.head("+1 (212) 555-0123")
    sheet.centre("昨天 21:47")
    sheet.talk(*ZH[:5])
    sheet.pen.rounded_rectangle((192, sheet.y, 692, sheet.y + 300), 30, fill=(233, 233, 235))
    noise = np.random.default_rng(3).integers(0, 255, (11, 25, 3)).astype(np.uint8)
    sheet.picture.paste(Image.fromarray(noise).resize((501, 200)), (192, sheet.y))
    sheet.text(216, sheet.y + 212, "Pay online", 28)
    sheet.text(216, sheet.y + 254, "pay.example.com", 24, (142, 142, 147))
    read = sheet.read()
    assert messages(read)[:5] == sheet.said
    assert [event.kind for event in read.events[5:]] == [ProposedKind.CARD]


def test_a_bar_ends_in_every_column() -> None:
    """A photo and the bubbles on it change more strongly, but not as far."""
    sheet = Sheet((20, 29, 42))
    sheet.head("Mark R.")
    sheet.pen.rectangle((0, 0, WIDTH, 172), fill=(27, 36, 47))
    sheet.y = 190
    sheet.bubble(IN, ZH[1], (60, 72, 90))
    sheet.pen.rectangle((0, sheet.y - 14, 400, sheet.y + 90), fill=(34, 44, 58))
    sheet.pen.rectangle((590, sheet.y - 14, WIDTH, sheet.y + 90), fill=(34, 44, 58))
    for text in ZH[2:6]:
        sheet.bubble(OUT, text, (110, 130, 220))
    assert messages(sheet.read())[0] == (IN, ZH[1])


def test_lines_beside_a_rule_are_a_quote() -> None:
    sheet = Sheet((242, 243, 247))
    sheet.head("催收客服小王")
    sheet.centre("昨天 21:47")
    sheet.talk(*ZH[:4], left=(255, 255, 255))
    expected = [*sheet.said, (IN, "不要再打我妈妈的电话！")]
    sheet.pen.rounded_rectangle((28, sheet.y, 460, sheet.y + 160), 24, fill=(255, 255, 255))
    sheet.pen.rectangle((52, sheet.y + 16, 54, sheet.y + 84), fill=(190, 190, 190))
    sheet.text(66, sheet.y + 16, "@小李 21:40", 24, (130, 130, 130))
    sheet.text(66, sheet.y + 54, "接电话", 24, (130, 130, 130))
    sheet.text(52, sheet.y + 100, "不要再打我妈妈的电话！", 32)
    read = sheet.read()
    assert messages(read) == expected
    assert read.events[-1].quote.replace("\n", "") == "@小李 21:40接电话"


def test_a_badge_of_several_words_is_no_name() -> None:
    sheet = Sheet((242, 243, 247))
    sheet.head("还款交流群(58)")
    for text in ZH[:4]:
        sheet.text(116, sheet.y, "LV38 话痨", 18, (250, 180, 40))
        sheet.text(220, sheet.y - 2, "一叶知秋", 22, (145, 145, 145))
        sheet.y += 38
        sheet.bubble(IN, text, (255, 255, 255), margin=116)
    sheet.bubble(OUT, "好", (150, 205, 255))
    assert [event.name for event in sheet.read().events] == ["一叶知秋"] * 4 + [""]


def test_a_length_in_a_wide_bubble_is_a_voice_message() -> None:
    sheet = Sheet((239, 234, 226))
    sheet.head("+1 (212) 555-0123")
    sheet.centre("Yesterday")
    with_clock(sheet, IN, ZH[0], "20:07")
    sheet.pen.rounded_rectangle((192, sheet.y, 692, sheet.y + 110), 24, fill=(217, 253, 211))
    sheet.text(300, sheet.y + 66, "0:23", 22, (110, 120, 125))
    sheet.text(610, sheet.y + 76, "20:08", 20, (110, 120, 125))
    sheet.y += 130
    with_clock(sheet, OUT, "0:23", "20:09")
    kinds = [(event.kind, event.duration_s) for event in sheet.read().events]
    assert kinds == [
        (ProposedKind.MESSAGE, None), (ProposedKind.VOICE, 23), (ProposedKind.MESSAGE, None),
    ]  # fmt: skip


def test_the_heading_of_a_card_may_have_two_lines() -> None:
    sheet = Sheet((237, 237, 237))
    sheet.head("催收-王")
    sheet.centre("昨天 21:47")
    sheet.talk(*ZH[:4], left=(255, 255, 255))
    sheet.pen.rounded_rectangle((110, sheet.y, 600, sheet.y + 190), 10, fill=(255, 255, 255))
    sheet.text(134, sheet.y + 16, "关于规范民间借贷行为的若干", 32)
    sheet.text(134, sheet.y + 60, "规定解读", 32)
    sheet.text(134, sheet.y + 112, "2026年最新司法解释", 24, (136, 136, 136))
    assert sheet.read().events[-1].kind is ProposedKind.CARD


def test_a_bubble_on_a_bright_part_of_a_photo_keeps_its_words() -> None:
    sheet = on_photo()
    sheet.y = 300
    for number, text in enumerate(ZH[:5]):
        if number == 2:
            sheet.pen.rectangle((0, sheet.y - 14, 640, sheet.y + 90), fill=(247, 247, 247))
        sheet.bubble(IN, text, (255, 255, 255))
    assert messages(sheet.read()) == sheet.said
