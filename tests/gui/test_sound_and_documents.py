"""Recordings and documents as they are shown."""

import io
import math
import struct
import wave
from collections.abc import Callable

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QPoint, Qt
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter
from pytestqt.qtbot import QtBot

from evidence_app.gui.viewer.content import decoded
from evidence_app.gui.viewer.pdf_view import PdfView
from evidence_app.gui.viewer.sound_player import SoundPlayer
from evidence_app.gui.viewer.text_view import TextView
from evidence_app.model.evidence import PlaceUnit, SourcePlace, TextBlock

# Qt tells that there is no sound server, which is what is tested here.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")


def tone(seconds: float) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as target:
        target.setnchannels(1)
        target.setsampwidth(2)
        target.setframerate(8000)
        target.writeframes(
            b"".join(
                struct.pack("<h", int(8000 * math.sin(number / 5)))
                for number in range(int(8000 * seconds))
            )
        )
    return out.getvalue()


@pytest.fixture
def player(qtbot: QtBot) -> SoundPlayer:
    new_sound_player = SoundPlayer()
    qtbot.addWidget(new_sound_player)
    new_sound_player.resize(500, 300)
    new_sound_player.show()
    return new_sound_player


def test_the_waveform_seeks_by_click_drag_and_keys(player: SoundPlayer, qtbot: QtBot) -> None:
    player.show_sound(bytes([10, 200, 90]), tone(0.2), 60_000)
    wave_ = player.waveform
    qtbot.mouseClick(wave_, Qt.MouseButton.LeftButton, pos=QPoint(wave_.width() // 2, 20))
    assert wave_.position == pytest.approx(30_000, abs=300)
    assert player.clock.text() == "0:30 / 1:00"
    qtbot.keyClick(wave_, Qt.Key.Key_Right)
    assert wave_.position == pytest.approx(35_000, abs=300)
    qtbot.keyClick(wave_, Qt.Key.Key_PageDown)
    assert wave_.position == 60_000, "not beyond the end"
    qtbot.keyClick(wave_, Qt.Key.Key_Home)
    assert wave_.position == 0
    player.back_button.click()
    assert wave_.position == 0


def test_what_cannot_be_played_is_said_in_one_sentence(player: SoundPlayer) -> None:
    player.show_sound(bytes([1, 2]), b"", 1000)
    assert "no sound" in player.hint.text()
    assert not player.play_button.isEnabled()
    player.show_sound(bytes([1, 2]), tone(0.1), 100)
    assert player.play_button.isEnabled() == player.can_play
    assert bool(player.hint.text()) != player.can_play


def test_the_sound_is_loaded_and_its_place_kept(player: SoundPlayer, qtbot: QtBot) -> None:
    player.show_sound(bytes([1, 2]), tone(2), 2000)
    player.waveform.seek(1000)
    media = player._ready()
    qtbot.waitUntil(lambda: media.duration() == pytest.approx(2000, abs=50), timeout=10_000)
    qtbot.waitUntil(lambda: media.position() == pytest.approx(1000, abs=50), timeout=10_000)
    player.speed.setCurrentIndex(player.speed.findData(1.5))
    assert media.playbackRate() == 1.5
    player.waveform.seek(500)
    qtbot.waitUntil(lambda: media.position() == pytest.approx(500, abs=50), timeout=10_000)


def document(*pages: str) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A5))
    painter = QPainter(writer)
    for number, text in enumerate(pages):
        if number:
            writer.newPage()
        painter.drawText(300, 500, text)
    painter.end()
    return bytes(buffer.data().data())


def test_a_pdf_is_searched_and_goes_to_a_page(
    qtbot: QtBot, wait_long: Callable[[Callable[[], bool]], None]
) -> None:
    view = PdfView()
    qtbot.addWidget(view)
    view.resize(500, 400)
    view.show()
    assert view.show_pdf(document("notice of debt", "second page", "debt again"))
    assert view.document.pageCount() == 3
    view.go_to(SourcePlace(PlaceUnit.PAGE, 2))
    wait_long(lambda: view.pages.pageNavigator().currentPage() == 1)
    view.finder.seek("debt")
    wait_long(lambda: view.finder.count.text() == "2")
    view._step(True)
    wait_long(lambda: view.pages.pageNavigator().currentPage() == 2)
    before = view.pages.zoomFactor()
    view.pages.zoom(2.0)
    assert view.pages.zoomFactor() != before
    assert not view.show_pdf(b"%PDF-1.4 broken")


@pytest.fixture
def wait_long(qtbot: QtBot) -> Callable[[Callable[[], bool]], None]:
    return lambda condition: qtbot.waitUntil(condition, timeout=10_000)


def test_text_goes_to_a_line(qtbot: QtBot) -> None:
    view = TextView()
    qtbot.addWidget(view)
    lines = "".join(f"line {number}\n" for number in range(1, 51))
    view.show_text([TextBlock(lines, SourcePlace(PlaceUnit.LINE, 1))])
    view.go_to(SourcePlace(PlaceUnit.LINE, 40))
    assert view.text.textCursor().block().text() == "line 40"


def test_a_broken_picture_is_null() -> None:
    assert decoded(b"\x89PNG\r\n\x1a\nnot really").isNull()
    assert decoded(b"").isNull()
