"""A transcript is written beside the recording, followed while it plays, and edited."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from recordings import add_recording
from speech_models import model_in

from evidence_app import settings
from evidence_app.casefile.case import CaseFile
from evidence_app.gui.session import Session
from evidence_app.gui.viewer.sound_player import SoundPlayer
from evidence_app.gui.viewer.transcript import clock
from evidence_app.gui.viewer.transcript.panel import TranscriptPanel, division
from evidence_app.gui.viewer.transcript.speech_dialog import SpeechDialog
from evidence_app.gui.viewer.viewer import Viewer
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.model.mark import Mark, MarkKind, Stretch
from evidence_app.model.transcript import Segment, TranscriptLine, TranscriptOrigin
from evidence_app.reading.speech.process import SpeechReader
from evidence_app.reading.speech.recogniser import Heard
from evidence_app.services import findings, marks, transcripts

# Qt tells that there is no sound server.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")

FROM, WHO, WORDS = 0, 2, 3


@pytest.fixture
def viewer(qtbot: QtBot, case: CaseFile) -> Iterator[Viewer]:
    item_id = add_recording(case, 8.0)
    session = Session(case)
    new_viewer = Viewer(session)
    qtbot.addWidget(new_viewer)
    new_viewer.resize(620, 560)
    new_viewer.show()
    new_viewer.activateWindow()
    with qtbot.waitSignal(new_viewer.transcript.filled):
        new_viewer.show_item(item_id)
    yield new_viewer
    session.close()


@pytest.fixture
def panel(viewer: Viewer) -> TranscriptPanel:
    return viewer.transcript


def rows(panel: TranscriptPanel) -> list[tuple[str, str, str]]:
    cells = [
        [panel.table.item(row, column) for column in (0, 1, WORDS)]
        for row in range(panel.table.rowCount())
    ]
    return [tuple(cell.text() if cell else "" for cell in row) for row in cells]  # type: ignore[misc]


def filled(qtbot: QtBot, panel: TranscriptPanel, act: Callable[[], object]) -> None:
    with qtbot.waitSignal(panel.filled):
        act()


def test_what_is_heard_is_typed_with_its_times(
    viewer: Viewer, panel: TranscriptPanel, qtbot: QtBot
) -> None:
    wave = viewer.sound.waveform
    wave.seek(1000)
    assert panel.begin.text() == "0:01.0"
    panel.field.setFocus()
    qtbot.waitUntil(panel.field.hasFocus)
    qtbot.keyClicks(panel.field, "pay today ")
    wave.set_position(4000)
    qtbot.keyClick(panel.field, Qt.Key.Key_F7)
    assert wave.position == 1000, "3 seconds back, and the part begins where it began"
    wave.set_position(3000)
    filled(qtbot, panel, lambda: qtbot.keyClick(panel.field, Qt.Key.Key_Return))
    assert rows(panel) == [("0:01.0", "0:03.0", "pay today")]
    assert (panel.field.text(), panel.begin.text()) == ("", "0:03.0")
    wave.set_position(5000)
    qtbot.keyClick(panel.field, Qt.Key.Key_F4)
    assert panel.begin.text() == "0:05.0", "silence is left out by a key"
    qtbot.keyClicks(panel.field, "or else")
    filled(qtbot, panel, lambda: qtbot.keyClick(panel.field, Qt.Key.Key_F4))
    assert rows(panel)[1] == ("0:05.0", "0:05.5", "or else"), "no part is without a length"
    qtbot.keyClick(panel.field, Qt.Key.Key_F9)
    assert viewer.sound.speed.currentData() == 0.75
    qtbot.keyClick(panel.field, Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    assert viewer.sound.speed.currentData() == 1.0


def test_the_line_that_is_said_is_followed_and_a_click_goes_there(
    viewer: Viewer, panel: TranscriptPanel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    played: list[bool] = []
    monkeypatch.setattr(SoundPlayer, "toggle", lambda _self: played.append(True))
    for second in range(6):
        text = f"line {second}"
        segment = Segment(Stretch(second, second + 1), text, "agent" if second == 5 else "")
        viewer._session.mutate(
            lambda case, segment=segment: transcripts.add(case, 1, segment)  # type: ignore[misc]
        )
    qtbot.waitUntil(lambda: panel.table.rowCount() == 6)
    assert not panel.table.isColumnHidden(WHO)
    viewer.sound.waveform.set_position(5500)
    assert panel.table.current_rows() == {5}
    last = panel.table.item(5, WORDS)
    assert last is not None and last.font().bold()
    assert panel.table.viewport().rect().intersects(panel.table.visualItemRect(last))
    viewer.sound.waveform.set_position(7000)
    assert panel.table.current_rows() == frozenset()
    assert not last.font().bold()
    second_line = panel.table.item(1, WORDS)
    assert second_line is not None
    panel.table.scrollToItem(second_line)
    spot = panel.table.visualItemRect(second_line).center()
    qtbot.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert viewer.sound.waveform.position == 1000
    assert played == [True]


def test_lines_are_edited_split_removed_and_undone(
    viewer: Viewer, panel: TranscriptPanel, qtbot: QtBot
) -> None:
    session = viewer._session
    segment = Segment(Stretch(1, 3), "we know where you live")
    filled(qtbot, panel, lambda: session.mutate(lambda case: transcripts.add(case, 1, segment)))
    cell = panel.table.item(0, WORDS)
    assert cell is not None
    filled(qtbot, panel, lambda: cell.setText("We know where you work"))
    qtbot.waitUntil(lambda: rows(panel)[0][2] == "We know where you work")
    start = panel.table.item(0, FROM)
    assert start is not None
    start.setText("0:00.5")
    # What cannot be read changes nothing, not even while a change before it is on its way.
    with qtbot.assertNotEmitted(panel.table.times_edited):
        start.setText("soon")
    qtbot.waitUntil(lambda: rows(panel)[0][0] == "0:00.5")
    assert transcripts.lines(session.case, 1)[0].stretch.start_s == 0.5
    panel.table.selectRow(0)
    viewer.sound.waveform.set_position(1500)
    panel.split.click()
    qtbot.waitUntil(lambda: panel.table.rowCount() == 2)
    assert [row[2] for row in rows(panel)] == ["We know", "where you work"]
    session.undo()
    qtbot.waitUntil(lambda: panel.table.rowCount() == 1)
    panel.table.selectRow(0)
    panel.table.setFocus()
    qtbot.waitUntil(panel.table.hasFocus)
    qtbot.keyClick(panel.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: panel.table.rowCount() == 0)
    session.undo()
    qtbot.waitUntil(lambda: panel.table.rowCount() == 1)


def test_a_file_of_another_program_is_taken(
    panel: TranscriptPanel, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "call.srt"
    path.write_text("1\n00:00:01,000 --> 00:00:02,000\n今天必须还\n", "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (str(path), ""))
    filled(qtbot, panel, panel.take_file.click)
    assert rows(panel) == [("0:01.0", "0:02.0", "今天必须还")]
    assert panel.table.isColumnHidden(WHO)


def test_a_marked_stretch_shows_a_violation(viewer: Viewer, qtbot: QtBot) -> None:
    session = viewer._session
    layer = viewer.marks.layer
    assert layer is not None
    threat = Mark(0, 1, MarkKind.HIGHLIGHT, stretch=Stretch(1, 3))
    session.mutate(lambda case: marks.add(case, [threat]))
    qtbot.waitUntil(lambda: len(marks.list_marks(session.case, 1)) == 1)
    mark_id = marks.list_marks(session.case, 1)[0].id
    qtbot.waitUntil(lambda: bool(layer._marks))
    layer.select(mark_id)
    qtbot.keyClick(layer, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: len(findings.list_findings(session.case)) == 1)
    [finding] = findings.list_findings(session.case)
    assert list(finding.subjects_of(SubjectKind.MARK)) == [mark_id]
    assert finding.subject == Subject(SubjectKind.ITEM, 1), "it stands at the recording"
    qtbot.keyClick(layer, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: findings.list_findings(session.case) == [])


def test_a_model_is_chosen_and_hears_the_recording(
    viewer: Viewer,
    panel: TranscriptPanel,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = model_in(tmp_path / "model")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    panel.recognise.click()
    dialog = panel.findChild(SpeechDialog)
    assert isinstance(dialog, SpeechDialog)
    assert not dialog.begin.isEnabled()
    dialog.choose.click()
    qtbot.waitUntil(lambda: "no speech model" in dialog.outcome_label.text())
    assert settings.speech_model() is None
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    dialog.choose.click()
    qtbot.waitUntil(dialog.begin.isEnabled)
    assert "SHA-256" in dialog.model_label.text() and not dialog.outcome_label.text()
    assert settings.speech_model() == folder
    dialog.begin.click()
    # It has no weights: the process says so, and the recording waits.
    qtbot.waitUntil(lambda: "cannot be used" in dialog.outcome_label.text(), timeout=20_000)
    heard = [Heard(1.0, 2.0, "pay", "left", 0.9), Heard(3.0, 4.0, "or else", "", 0.0)]
    monkeypatch.setattr(SpeechReader, "read", lambda *_: heard)
    dialog.begin.click()
    qtbot.waitUntil(lambda: panel.table.rowCount() == 2)
    side, doubtful = panel.table.item(0, WHO), panel.table.item(1, WORDS)
    assert side is not None and side.text() == "Left channel"
    assert doubtful is not None and "unsure" in doubtful.toolTip()
    assert "2" in dialog.outcome_label.text()
    dialog.reject()


def test_a_small_window_holds_it_and_the_screen_reader_names_it(
    viewer: Viewer, panel: TranscriptPanel
) -> None:
    assert viewer.minimumSizeHint().width() <= 620
    assert panel.isVisible() and panel.table.height() > 30
    assert panel.field.accessibleName() and panel.table.accessibleName()
    assert "F8" in panel.field.accessibleDescription()


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [
        ("0:01.5", 1.5),
        ("1:02:03", 3723.0),
        ("7", 7.0),
        ("1:02。25", 62.25),
        ("", None),
        ("a", None),
    ],
)
def test_times_are_read_as_they_are_typed(typed: str, seconds: float | None) -> None:
    assert clock.read(typed) == seconds
    if seconds is not None:
        assert clock.read(clock.written(seconds)) == pytest.approx(seconds, abs=0.05)


def test_a_line_is_split_where_one_listens() -> None:
    def line(text: str) -> TranscriptLine:
        return TranscriptLine(1, Stretch(0, 10), text, None, "", TranscriptOrigin.TYPED, "")

    assert division(line("再不还款我们就上门找你"), 4.0) == (4.0, 4)
    assert division(line("ab"), 99.0) == (5.0, 1)
    at_s, at = division(line("we know where you live"), 3.0)
    assert (at_s, "we know where you live"[:at]) == (3.0, "we know")
