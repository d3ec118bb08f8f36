"""Marks in the viewer: drawn, moved, written on and removed, with mouse and with keys alone."""

from __future__ import annotations

import io
import math
import struct
import wave
from collections.abc import Iterator

import pikepdf
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from pytestqt.qtbot import QtBot

from evidence_app.casefile.case import CaseFile
from evidence_app.gui.inspector.inspector import Inspector
from evidence_app.gui.session import Session
from evidence_app.gui.viewer.marks.layer import MarkLayer
from evidence_app.gui.viewer.viewer import Viewer
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.model.mark import Mark, MarkKind
from evidence_app.model.region import Region
from evidence_app.services import events as timeline
from evidence_app.services import marks
from evidence_app.services.importing.importer import Importer

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (400, 300), "white").save(out, "PNG")
    return out.getvalue()


def document() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        for size in ((420, 595), (595, 420), (420, 595)):
            pdf.add_blank_page(page_size=size)
        pdf.save(out)
    return out.getvalue()


def recording() -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        samples = (int(8000 * math.sin(number / 5)) for number in range(8000 * 4))
        sound.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))
    return out.getvalue()


@pytest.fixture
def session(case: CaseFile) -> Iterator[Session]:
    open_session = Session(case)
    yield open_session
    open_session.close()


@pytest.fixture
def viewer(qtbot: QtBot, session: Session) -> Viewer:
    new_viewer = Viewer(session)
    qtbot.addWidget(new_viewer)
    new_viewer.resize(900, 700)
    new_viewer.show()
    return new_viewer


def show(viewer: Viewer, session: Session, qtbot: QtBot, name: str, data: bytes) -> MarkLayer:
    with Importer(session.case) as importer:
        [result] = importer.run_bytes(name, data)
    assert result.item_id is not None
    viewer.show_item(result.item_id)
    qtbot.waitUntil(lambda: viewer.marks.layer is not None and viewer.marks.layer.isVisible())
    layer = viewer.marks.layer
    assert layer is not None
    return layer


def stored_marks(session: Session) -> list[Mark]:
    return marks.all_marks(session.case)


def box_of(mark: Mark) -> tuple[float, ...]:
    assert mark.box is not None
    return mark.box.left, mark.box.top, mark.box.width, mark.box.height


def at(rect: QRectF, across: float, down: float) -> QPoint:
    place = QPointF(rect.left() + across * rect.width(), rect.top() + down * rect.height())
    return place.toPoint()


def drag(qtbot: QtBot, layer: MarkLayer, start: QPoint, end: QPoint) -> None:
    qtbot.mousePress(layer, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(layer, end)
    qtbot.mouseRelease(layer, Qt.MouseButton.LeftButton, pos=end)


def test_a_box_is_drawn_moved_resized_and_removed_with_the_mouse(
    viewer: Viewer, session: Session, qtbot: QtBot
) -> None:
    layer = show(viewer, session, qtbot, "a.png", picture())
    viewer.marks.tools.buttons[MarkKind.REDACTION].click()
    assert layer.tool is MarkKind.REDACTION
    [sheet] = layer.surface.sheets()
    drag(qtbot, layer, at(sheet.rect, 0.7, 0.5), at(sheet.rect, 0.2, 0.25))
    qtbot.waitUntil(lambda: layer.chosen() is not None)
    assert layer.tool is None, "one mark, then the pointer is free again"
    [new_mark] = stored_marks(session)
    assert new_mark.kind is MarkKind.REDACTION and new_mark.box is not None
    assert new_mark.box.left == pytest.approx(0.2, abs=0.01)
    assert new_mark.box.width == pytest.approx(0.5, abs=0.01)
    drag(qtbot, layer, at(sheet.rect, 0.4, 0.4), at(sheet.rect, 0.5, 0.5))
    qtbot.waitUntil(lambda: stored_marks(session)[0].box != new_mark.box)
    moved = stored_marks(session)[0].box
    assert moved is not None and moved.left == pytest.approx(0.3, abs=0.01)
    assert moved.width == pytest.approx(new_mark.box.width)
    qtbot.waitUntil(lambda: layer.chosen() == stored_marks(session)[0])
    drag(qtbot, layer, at(sheet.rect, 0.8, 0.6), at(sheet.rect, 0.9, 0.7))
    qtbot.waitUntil(lambda: stored_marks(session)[0].box != moved)
    resized = stored_marks(session)[0].box
    assert resized is not None and resized.width == pytest.approx(0.6, abs=0.01)
    assert resized.left == moved.left
    # It can be undone as soon as the window knows of it, which is after it is stored.
    with qtbot.waitSignal(session.edited):
        viewer.marks.tools.remove.click()
    assert stored_marks(session) == []
    session.undo()
    qtbot.waitUntil(lambda: len(stored_marks(session)) == 1)


def test_all_of_it_goes_by_keys_alone(viewer: Viewer, session: Session, qtbot: QtBot) -> None:
    layer = show(viewer, session, qtbot, "a.png", picture())
    stepped: list[int] = []
    viewer.stepped.connect(stepped.append)
    viewer.marks.tools.buttons[MarkKind.HIGHLIGHT].setFocus()
    qtbot.keyClick(viewer.marks.tools.buttons[MarkKind.HIGHLIGHT], Qt.Key.Key_Space)
    assert layer.hasFocus()
    qtbot.keyClick(layer, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: layer.chosen() is not None)
    [new_mark] = stored_marks(session)
    assert box_of(new_mark) == pytest.approx((0.4, 0.45, 0.2, 0.05))
    qtbot.keyClick(layer, Qt.Key.Key_Left)
    moved = pytest.approx((0.39, 0.45, 0.2, 0.05))
    qtbot.waitUntil(lambda: box_of(stored_marks(session)[0]) == moved)
    qtbot.waitUntil(lambda: layer.chosen() == stored_marks(session)[0])
    qtbot.keyClick(layer, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    taller = pytest.approx((0.39, 0.45, 0.2, 0.06))
    qtbot.waitUntil(lambda: box_of(stored_marks(session)[0]) == taller)
    assert "39 % from the left" in layer.accessibleDescription()
    assert stepped == [], "arrows do not leave the item while a mark is moved"
    seven = Mark(0, new_mark.item_id, MarkKind.NUMBER, box=Region(0, 0, 0.1, 0.1), text="7")
    marks.add(session.case, [seven])
    viewer.marks._read()
    qtbot.waitUntil(lambda: len(layer._marks) == 2)
    qtbot.keyClick(layer, Qt.Key.Key_Tab)
    chosen = layer.chosen()
    assert chosen is not None and chosen.text == "7"
    qtbot.keyClick(layer, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: [mark.kind for mark in stored_marks(session)] == [MarkKind.HIGHLIGHT])
    left_signals: list[bool] = []
    viewer.left.connect(lambda: left_signals.append(True))
    layer.select(new_mark.id)
    qtbot.keyClick(layer, Qt.Key.Key_Escape)
    assert layer.chosen() is None and left_signals == [], "the first Escape only lets the mark go"
    qtbot.keyClick(layer, Qt.Key.Key_Right)
    assert stepped == [1]
    qtbot.keyClick(layer, Qt.Key.Key_Escape)
    assert left_signals == [True]


def test_a_text_waits_for_its_words_and_a_reason_is_kept(
    viewer: Viewer, session: Session, qtbot: QtBot
) -> None:
    layer, tools = show(viewer, session, qtbot, "a.png", picture()), viewer.marks.tools
    tools.buttons[MarkKind.TEXT].click()
    [sheet] = layer.surface.sheets()
    qtbot.mouseClick(layer, Qt.MouseButton.LeftButton, pos=at(sheet.rect, 0.5, 0.5))
    assert stored_marks(session) == [] and tools.text_field.hasFocus()
    qtbot.keyClicks(tools.text_field, "here")
    qtbot.keyClick(tools.text_field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [mark.text for mark in stored_marks(session)] == ["here"])
    for expected in ("1", "2"):
        tools.buttons[MarkKind.NUMBER].click()
        qtbot.mouseClick(layer, Qt.MouseButton.LeftButton, pos=at(sheet.rect, 0.2, 0.2))
        qtbot.waitUntil(lambda n=expected: stored_marks(session)[-1].text == n)
        qtbot.waitUntil(lambda: layer.chosen() == stored_marks(session)[-1])
    tools.text_field.setFocus()
    qtbot.keyClicks(tools.text_field, "what he says")
    qtbot.keyClick(tools.text_field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: stored_marks(session)[-1].note == "what he says")


def test_a_mark_on_a_page_is_where_the_page_is(
    viewer: Viewer, session: Session, qtbot: QtBot
) -> None:
    layer = show(viewer, session, qtbot, "a.pdf", document())
    assert viewer.pdf is not None
    pages = viewer.pdf.pages
    qtbot.waitUntil(lambda: pages.verticalScrollBar().maximum() > 0)
    sheets = layer.surface.sheets()
    assert [sheet.page for sheet in sheets] == [1, 2, 3]
    # The whole of what the view lets one scroll is what was computed, margins included.
    end = sheets[-1].rect.bottom() + pages.pageSpacing() + pages.documentMargins().bottom()
    assert end == pages.verticalScrollBar().maximum() + pages.viewport().height()
    pages.verticalScrollBar().setValue(round(sheets[1].rect.top()))
    moved = layer.surface.sheets()[1]
    assert moved.rect.top() == pytest.approx(0, abs=1)
    viewer.marks.tools.buttons[MarkKind.REDACTION].click()
    drag(qtbot, layer, at(moved.rect, 0.25, 0.25), at(moved.rect, 0.5, 0.4))
    qtbot.waitUntil(lambda: layer.chosen() is not None)
    [new_mark] = stored_marks(session)
    assert new_mark.page == 2 and new_mark.box is not None
    assert new_mark.box.top == pytest.approx(0.25, abs=0.01)
    viewer.marks.tools.copy.click()
    qtbot.waitUntil(lambda: {mark.page for mark in stored_marks(session)} == {1, 2, 3})


def test_a_stretch_is_drawn_on_the_waveform(viewer: Viewer, session: Session, qtbot: QtBot) -> None:
    layer = show(viewer, session, qtbot, "a.wav", recording())
    assert not viewer.marks.tools.buttons[MarkKind.ARROW].isVisible()
    viewer.marks.tools.buttons[MarkKind.REDACTION].click()
    [sheet] = layer.surface.sheets()
    drag(qtbot, layer, at(sheet.rect, 0.75, 0.4), at(sheet.rect, 0.25, 0.5))
    qtbot.waitUntil(lambda: layer.chosen() is not None)
    [mark] = stored_marks(session)
    assert mark.stretch is not None and mark.box is None
    assert mark.stretch.start_s == pytest.approx(1, abs=0.05)
    assert mark.stretch.end_s == pytest.approx(3, abs=0.05)
    # Without a tool, the waveform is there as before.
    qtbot.keyClick(layer, Qt.Key.Key_Escape)
    qtbot.mouseClick(layer, Qt.MouseButton.LeftButton, pos=at(sheet.rect, 0.1, 0.5))
    assert viewer.sound.waveform.position == pytest.approx(400, abs=60)


def test_another_kind_of_item_has_no_tools(viewer: Viewer, session: Session, qtbot: QtBot) -> None:
    show(viewer, session, qtbot, "a.png", picture())
    with Importer(session.case) as importer:
        [result] = importer.run_bytes("a.txt", b"only words")
    viewer.show_item(result.item_id or 0)
    qtbot.waitUntil(lambda: viewer.marks.layer is None)
    assert not viewer.marks.tools.isVisible()


SMS = (
    '<smses count="1"><sms address="95001" date="1772350000000" type="1" '
    'body="\U0001f620 pay&#13;&#10;or we call Zoe, 138 0000 1234" read="1" /></smses>'
)


def test_words_of_a_message_are_blacked_out_from_its_details(
    session: Session, qtbot: QtBot
) -> None:
    with Importer(session.case) as importer:
        importer.run_bytes("sms.xml", SMS.encode())
    [event] = timeline.stream(session.case, timeline.EventFilter())
    inspector = Inspector(session)
    qtbot.addWidget(inspector)
    inspector.resize(300, 600)
    inspector.show()
    inspector.show_subjects([Subject(SubjectKind.EVENT, event.id)])
    part = inspector.blackout
    qtbot.waitUntil(part.proposals[0].isVisible)
    assert part.proposals[0].text().endswith("138 0000 1234")
    assert not part.proposals[1].isVisible() and not part.state.isVisible()
    part.hide_words.click()
    assert stored_marks(session) == [], "nothing is selected"
    # Qt counts the emoji as two, and the end of the line as one.
    shown_text = inspector.message_text.text().replace("\r\n", "\n")
    start = len(shown_text[: shown_text.index("Zoe")].encode("utf-16-le")) // 2
    inspector.message_text.setSelection(start, 3)
    assert inspector.message_text.selectedText() == "Zoe"
    part.hide_words.click()
    qtbot.waitUntil(lambda: part.state.text().endswith(": Zoe"))
    [mark] = stored_marks(session)
    assert mark.words is not None
    assert event.text[mark.words.first : mark.words.end] == "Zoe"
    part.proposals[0].click()
    qtbot.waitUntil(lambda: "138 0000 1234" in part.state.text())
    qtbot.waitUntil(lambda: not part.proposals[0].isVisible())
    part.show_again.click()
    qtbot.waitUntil(lambda: stored_marks(session) == [] and not part.state.isVisible())
