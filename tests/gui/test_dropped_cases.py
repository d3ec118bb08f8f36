"""A case that is dropped is offered to be opened; it is never filed as evidence unasked."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot
from window_ends import close_window, wait_for

from evidence_app.gui.app import make_window
from evidence_app.gui.case.case_dialog import CaseDialog
from evidence_app.gui.case.unlock_dialog import UnlockDialog
from evidence_app.gui.importing.dropped_cases_dialog import DroppedCasesDialog
from evidence_app.gui.main_window import MainWindow
from evidence_app.model.case import Jurisdiction
from evidence_app.model.filters import ItemFilter
from evidence_app.services import cases, items, passwords


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    main_window = make_window(qapp)
    main_window.use_language("en")
    with qtbot.waitExposed(main_window):
        main_window.show()
    yield main_window
    close_window(main_window, qtbot)


def make_case(path: Path) -> Path:
    path.parent.mkdir(exist_ok=True)
    cases.create(
        path, title=path.stem, timezone="Asia/Shanghai", jurisdiction=Jurisdiction.CHINA
    ).close()
    return path


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


def opened(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    qtbot.waitUntil(
        lambda: window.workspace is not None and window.workspace.session.case.path == path,
        timeout=20_000,
    )


def names(window: MainWindow) -> list[str]:
    assert window.workspace is not None
    case = window.workspace.session.case
    return sorted(item.filename for item in items.get_many(case, items.index(case, ItemFilter())))


@pytest.mark.parametrize("is_open", [True, False])
def test_a_dropped_case_opens(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, is_open: bool
) -> None:
    if is_open:
        first = make_case(tmp_path / "first.evcase")
        window.open_case(first)
        opened(window, first, qtbot)
    other = make_case(tmp_path / "other.evcase")
    drop(window, other)
    dialog = wait_for(DroppedCasesDialog, qtbot)
    assert "“other”" in dialog.words.text()
    assert not dialog.others_button.isVisible()
    dialog.open_button.click()
    opened(window, other, qtbot)
    assert names(window) == []


def test_a_locked_case_is_known_by_its_ending(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    locked = make_case(tmp_path / "Locked.evcase")
    passwords.change_password(locked, None, "correct horse battery staple")
    locked = locked.rename(tmp_path / "Locked.EVCASE")
    drop(window, locked)
    wait_for(DroppedCasesDialog, qtbot).open_button.click()
    wait_for(UnlockDialog, qtbot)


def test_cases_in_a_folder_are_not_filed_with_the_rest(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    mine = make_case(tmp_path / "mine.evcase")
    window.open_case(mine)
    opened(window, mine, qtbot)
    folder = tmp_path / "folder"
    make_case(folder / "one.evcase")
    shutil.copy(make_case(folder / "two.evcase"), folder / "renamed.bin")
    (folder / "one.evcase-wal").write_bytes(b"")
    (folder / "words.txt").write_text("words")
    (tmp_path / "more.txt").write_text("more")
    drop(window, folder, tmp_path / "more.txt")
    dialog = wait_for(DroppedCasesDialog, qtbot)
    assert dialog.list.count() == 3
    assert "2 other files" in dialog.words.text()
    dialog.others_button.click()
    qtbot.waitUntil(lambda: names(window) == ["more.txt", "words.txt"], timeout=20_000)


def test_who_cancels_files_nothing(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    mine, other = make_case(tmp_path / "mine.evcase"), make_case(tmp_path / "other.evcase")
    window.open_case(mine)
    opened(window, mine, qtbot)
    drop(window, other)
    wait_for(DroppedCasesDialog, qtbot).reject()
    qtbot.wait(100)
    assert names(window) == []


def test_a_case_can_be_kept_as_a_file_if_that_is_wanted(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    mine, other = make_case(tmp_path / "mine.evcase"), make_case(tmp_path / "other.evcase")
    window.open_case(mine)
    opened(window, mine, qtbot)
    drop(window, other)
    wait_for(DroppedCasesDialog, qtbot).all_button.click()
    qtbot.waitUntil(lambda: names(window) == ["other.evcase"], timeout=20_000)


def test_evidence_on_the_first_page_goes_into_the_last_case_if_wanted(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    last = make_case(tmp_path / "last.evcase")
    window.settings.remember(last)
    text_file = tmp_path / "words.txt"
    text_file.write_text("words")
    drop(window, text_file)
    box = wait_for(QMessageBox, qtbot)
    assert "“last”" in box.informativeText()
    [button] = [button for button in box.buttons() if "last" in button.text()]
    button.click()
    opened(window, last, qtbot)
    qtbot.waitUntil(lambda: names(window) == ["words.txt"], timeout=20_000)


def test_evidence_on_the_first_page_asks_for_a_case_if_there_was_none(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_dialogs: list[CaseDialog] = []
    monkeypatch.setattr(CaseDialog, "exec", lambda dialog: case_dialogs.append(dialog))
    text_file = tmp_path / "words.txt"
    text_file.write_text("words")
    drop(window, text_file)
    qtbot.waitUntil(lambda: bool(case_dialogs))
