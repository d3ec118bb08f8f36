"""Whole pictures, from their bytes to proposed events, through the closed-off process."""

from collections.abc import Iterator
from datetime import date

import pytest
from list_screens import ANDROID_DARK, EN_CALLS, IPHONE, ZH_CALLS, list_screen
from scoring import Score
from screens import IMESSAGE, WECHAT_DARK, WHATSAPP_WALLPAPER, Conversation, Skin, talk

from evidence_app.model.reading import PictureLayout
from evidence_app.reading.process import PictureReader


@pytest.fixture(scope="module")
def reader() -> Iterator[PictureReader]:
    with PictureReader() as made:
        yield made


@pytest.mark.parametrize(
    ("skin", "language", "width", "quality"),
    [(WECHAT_DARK, "zh", 720, 60), (IMESSAGE, "en", 1080, 80), (WHATSAPP_WALLPAPER, "zh", 720, 70)],
    ids=lambda value: getattr(value, "name", None),
)
def test_a_chat_is_read(
    reader: PictureReader, skin: Skin, language: str, width: int, quality: int
) -> None:
    says = talk(language, 12, skin, seed=21, group=skin is WECHAT_DARK)
    screen = Conversation(says, skin, width=width).screen(0, int(2.16 * width))
    read = reader.read(screen.data(quality), date(2026, 3, 5))
    score = Score()
    score.chat(screen, read)
    assert read.layout is PictureLayout.CHAT
    assert [fault for fault in score.faults if not fault.startswith(": ~")] == []
    assert score.error_rate() <= 0.003


def test_a_long_stitched_picture_is_read_whole(reader: PictureReader) -> None:
    conversation = Conversation(talk("zh", 12, WECHAT_DARK, seed=8), WECHAT_DARK, width=480)
    screen = conversation.screen()
    assert screen.picture.height > 3 * screen.picture.width
    score = Score()
    score.chat(screen, reader.read(screen.data(80)))
    assert [fault for fault in score.faults if not fault.startswith(": ~")] == []
    assert score.error_rate() <= 0.003


def test_call_logs_are_read(reader: PictureReader) -> None:
    score = Score()
    for rows, skin, heading in (
        (ZH_CALLS, IPHONE, "最近通话"),
        (EN_CALLS, ANDROID_DARK, "Recents"),
    ):
        screen = list_screen(rows, PictureLayout.CALL_LIST, skin, width=720, heading=heading)
        score.lists(screen, reader.read(screen.data(75)))
    assert score.faults == []
