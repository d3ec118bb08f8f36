"""The window as a newcomer uses it: a case, files dropped and pasted, results, undo, languages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QContextMenuEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QToolBar
from pytestqt.qtbot import QtBot
from window_ends import close_window

from evidence_app import settings
from evidence_app.gui.app import make_window
from evidence_app.gui.appearance.theme import Theme
from evidence_app.gui.case.case_dialog import CaseDialog
from evidence_app.gui.evidence.entry_dialog import EntryDialog
from evidence_app.gui.importing.results_dialog import ImportResults
from evidence_app.gui.main_window import MainWindow
from evidence_app.gui.workspace import Workspace
from evidence_app.model.case import Jurisdiction
from evidence_app.model.event import EventType
from evidence_app.model.filters import EventFilter, ItemFilter
from evidence_app.services import cases, items
from evidence_app.services import events as timeline


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    main_window = make_window(qapp)
    main_window.use_language("en")
    with qtbot.waitExposed(main_window):
        main_window.show()
    yield main_window
    close_window(main_window, qtbot)


@pytest.fixture
def workspace(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> Workspace:
    path = tmp_path / "my.evcase"
    cases.create(
        path, title="Mine", timezone="Asia/Shanghai", jurisdiction=Jurisdiction.CHINA
    ).close()
    window.open_case(path)
    qtbot.waitUntil(lambda: window.workspace is not None)
    assert window.workspace is not None
    return window.workspace


def drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(QPoint(200, 200)),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)
    assert event.isAccepted()


def results(window: MainWindow, qtbot: QtBot) -> ImportResults:
    def results_dialog() -> ImportResults | None:
        return next(
            (widget for widget in window.findChildren(ImportResults) if widget.isVisible()), None
        )

    qtbot.waitUntil(lambda: results_dialog() is not None, timeout=30_000)
    sheet = results_dialog()
    assert sheet is not None
    return sheet


def picture(path: Path) -> Path:
    image = QImage(90, 160, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    assert image.save(str(path))
    return path


def test_welcome_knows_recent_cases_and_those_that_are_gone(
    window: MainWindow, tmp_path: Path
) -> None:
    there = tmp_path / "there.evcase"
    there.touch()
    window.welcome.show_recent([str(there), str(tmp_path / "gone.evcase")])
    lines = [window.welcome.recent.item(row) for row in range(2)]
    assert lines[0].flags() & Qt.ItemFlag.ItemIsEnabled
    assert not lines[1].flags() & Qt.ItemFlag.ItemIsEnabled


def test_a_right_click_on_the_bar_offers_no_nameless_choice(
    window: MainWindow, workspace: Workspace
) -> None:
    bar = window.findChild(QToolBar)
    place = bar.rect().center()
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, bar.mapToGlobal(place))
    QApplication.sendEvent(bar, asked)
    assert QApplication.activePopupWidget() is None


def test_files_dropped_are_imported_and_told_of(
    window: MainWindow, workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "文件 夹"
    folder.mkdir()
    picture(folder / "Screenshot_20260302_224107.png")
    (folder / "empty.txt").touch()
    (folder / "note\nof it.txt").write_text("他们威胁我", encoding="utf-8")
    drop(window, folder)
    sheet = results(window, qtbot)
    text = sheet.as_text()
    assert "3 files are now in your case" in text
    assert "empty" in text
    sheet.reject()
    case = workspace.session.case
    listed_items = items.get_many(case, items.index(case, ItemFilter()))
    assert {listed_item.filename for listed_item in listed_items} == {
        "Screenshot_20260302_224107.png",
        "empty.txt",
        "note\nof it.txt",
    }
    assert list(items.index(case, ItemFilter(text="威胁"))) != []
    assert settings.load().recent[0].endswith("my.evcase")


def test_a_second_drop_waits_for_the_first(
    window: MainWindow, workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    picture_path, text_path = picture(tmp_path / "1.png"), tmp_path / "2.txt"
    text_path.write_text("two")
    window.add([picture_path])
    window.add([text_path])
    assert "2 files are now" in results(window, qtbot).as_text()


def test_a_picture_on_the_clipboard_is_pasted(
    window: MainWindow, workspace: Workspace, qtbot: QtBot
) -> None:
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    QGuiApplication.clipboard().setImage(image)
    window.paste()
    assert "1 file is now" in results(window, qtbot).as_text()
    case = workspace.session.case
    [item] = items.get_many(case, items.index(case, ItemFilter()))
    assert item.media_type == "image/png"
    assert item.filename.startswith("pasted ")
    # When it was pasted is known, and no time of what it shows.
    assert item.time is None
    [act] = timeline.get_many(case, timeline.index(case, EventFilter()).ids)
    assert act.time is None


def test_undo_and_redo_name_what_they_do(
    window: MainWindow, workspace: Workspace, qtbot: QtBot
) -> None:
    session = workspace.session
    with qtbot.waitSignal(session.changed):
        session.mutate(lambda case: cases.edit_info(case, title="Other"))
    qtbot.waitUntil(lambda: window.windowTitle().startswith("Other"))
    assert window.actions_.undo.toolTip() == "Undo: The case details were changed"
    with qtbot.waitSignal(session.changed):
        window.actions_.undo.trigger()
    qtbot.waitUntil(lambda: window.windowTitle().startswith("Mine"))
    assert window.actions_.redo.isEnabled()


def test_language_and_theme_change_while_it_runs(
    window: MainWindow, workspace: Workspace, qapp: QApplication, qtbot: QtBot
) -> None:
    window.use_language("zh")
    qtbot.waitUntil(lambda: workspace.navigation.item(0).text() == "证据")
    assert window.actions_.files.text() == "添加文件…"
    window.use_language("en")
    qtbot.waitUntil(lambda: workspace.navigation.item(0).text() == "Evidence")
    window.use_theme(Theme.DARK)
    assert qapp.palette().window().color().lightness() < 128
    window.use_theme(Theme.LIGHT)
    assert qapp.palette().window().color().lightness() > 128
    assert settings.load().theme == "light"


def test_new_case_dialog_asks_for_what_is_needed(qtbot: QtBot) -> None:
    dialog = CaseDialog()
    qtbot.addWidget(dialog)
    dialog.title.setText("贷款/平台: A")
    dialog.numbers.setText("139 0000 0001，+1 202 555 0143")
    dialog.zone.setCurrentText("Asia/Shanghai")
    answers = dialog.answers()
    assert answers.path.name == "贷款 平台  A.evcase"
    assert answers.numbers == ("139 0000 0001", "+1 202 555 0143")
    dialog.zone.setCurrentText("Nowhere")
    assert not dialog._buttons.buttons()[0].isEnabled()


def test_an_entry_is_written_down(
    window: MainWindow, workspace: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(dialog: EntryDialog) -> EntryDialog.DialogCode:
        dialog.words.setPlainText("两个人上门，不走")
        dialog.known.setCurrentIndex(1)
        return EntryDialog.DialogCode.Accepted

    monkeypatch.setattr(EntryDialog, "exec", fill)
    with qtbot.waitSignal(workspace.session.changed):
        window.add_entry()
    case = workspace.session.case
    [event] = timeline.get_many(case, timeline.index(case, EventFilter()).ids)
    assert (event.type, event.text) == (EventType.VISIT, "两个人上门，不走")


def test_settings_that_are_damaged_do_not_stop_the_start(tmp_path: Path) -> None:
    settings.Settings(theme="dark", recent=["a"]).save()
    assert settings.load().theme == "dark"
    path = next((tmp_path / "home").rglob("settings.json"))
    for text in ("{", "[]", '{"theme": 5, "recent": [1, "b"], "window": "x"}'):
        path.write_text(text)
        assert settings.load().theme == "system"
    assert settings.load().recent == ["b"]
