"""A chat that is printed on a page of a document, with its margins or without."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from screens import font
from sheets import Sheet, messages

from evidence_app.model.reading import Box, PictureLayout, ReadPicture, TextLine
from evidence_app.reading.pages import with_chat

SAID = ("再不还钱就上门", "明天去你单位", "请不要联系我的家人", "我会还的")
GREY, GREEN, SAND = (225, 225, 228), (149, 236, 105), (237, 237, 237)


def page_with(picture: Image.Image, lines: list[TextLine], margin: int) -> ReadPicture:
    """A white page in whose middle a picture is printed."""
    width, height = picture.width + 2 * margin, picture.height + 2 * margin
    page = Image.new("RGB", (width, height), "white")
    page.paste(picture, (margin, margin))
    moved = tuple(
        replace(
            one,
            box=Box(*(side + margin for side in (
                one.box.left, one.box.top, one.box.right, one.box.bottom
            ))),
        )
        for one in lines
    )  # fmt: skip
    return with_chat(ReadPicture(width, height, "by hand", lines=moved), np.asarray(page))


@pytest.mark.parametrize("margin", [0, 160])
@pytest.mark.parametrize("paper", [SAND, (255, 255, 255)])
def test_messages_of_a_printed_chat(margin: int, paper: tuple[int, int, int]) -> None:
    sheet = Sheet(paper)
    sheet.head("催收小王")
    sheet.centre("昨天 21:47")
    sheet.talk(*SAID, left=(255, 255, 255) if paper == SAND else GREY, right=GREEN)
    read = page_with(sheet.picture, sheet.lines, margin)
    assert read.layout is PictureLayout.CHAT
    assert messages(read) == sheet.said
    first = read.events[0]
    assert first.stamp is not None
    assert first.stamp.text == "昨天 21:47"
    bubble = read.events[0].box
    assert margin <= bubble.left < margin + 80
    assert len(read.lines) == len(sheet.lines), "all lines of the page are kept"


@pytest.mark.parametrize("ground", ["white", (246, 244, 238)])
def test_a_letter_suggests_nothing(ground: str) -> None:
    sheet = Sheet()
    sheet.picture.paste(ground, (0, 0, *sheet.picture.size))
    sheet.text(60, 60, "Collections Department", 30)
    for number in range(14):
        sheet.text(60, 200 + 50 * number, "You owe us 4,800. Pay within three days or", 24)
    read = page_with(sheet.picture, sheet.lines, 0)
    assert (read.layout, read.events) == (PictureLayout.PLAIN, ())


def test_a_form_with_coloured_boxes_suggests_nothing() -> None:
    sheet = Sheet()
    letters = font(24)
    for number, words in enumerate(("Amount due", "Payment date", "Account number", "Reference")):
        top = 120 + 140 * number
        sheet.pen.rectangle((40, top, 680, top + 70), fill=(220, 232, 245))
        sheet.text(60, top + 18, words, 24)
        assert letters.getlength(words) < 600
    read = page_with(sheet.picture, sheet.lines, 0)
    assert read.events == ()


def test_an_empty_page_is_empty() -> None:
    read = with_chat(ReadPicture(80, 90, "by hand"), np.full((90, 80, 3), 255, np.uint8))
    assert read.events == ()
