"""A case kept safe in the window: password, lock, copies, doubts, rescue, destroying."""

import json
import logging
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot
from sqlcipher3 import dbapi2
from window_ends import close_case, close_window, wait_for

from evidence_app import bootstrap
from evidence_app.errors import UserError
from evidence_app.gui.app import make_window
from evidence_app.gui.case.copies_dialog import CopiesDialog
from evidence_app.gui.case.password_dialog import PasswordDialog
from evidence_app.gui.case.recovery_sheet import RecoverySheet
from evidence_app.gui.case.unlock_dialog import UnlockDialog
from evidence_app.gui.checking.custody_dialog import CustodyDialog
from evidence_app.gui.main_window import MainWindow
from evidence_app.messages import MessageCode, message
from evidence_app.model.case import Jurisdiction
from evidence_app.model.custody import Action
from evidence_app.services import cases, copies, custody, passwords, tags, verification
from evidence_app.services.importing.importer import Importer

LONG = "correct horse battery staple"


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    main_window = make_window(qapp)
    main_window.use_language("en")
    with qtbot.waitExposed(main_window):
        main_window.show()
    yield main_window
    close_window(main_window, qtbot)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    case_path = tmp_path / "my.evcase"
    cases.create(
        case_path, title="Mine", timezone="Asia/Shanghai", jurisdiction=Jurisdiction.CHINA
    ).close()
    return case_path


def opened(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    window.open_case(path)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=20_000)


def case_of(window: MainWindow) -> cases.CaseFile:
    assert window.workspace is not None
    return window.workspace.session.case


def press(box: QMessageBox, label: str, qtbot: QtBot) -> None:
    [button] = [button for button in box.buttons() if label in button.text().replace("&", "")]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def lock(path: Path, password: str) -> None:
    passwords.change_password(path, None, password)


def unlock(dialog: UnlockDialog, password: str, qtbot: QtBot) -> None:
    qtbot.keyClicks(dialog.field, password)
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)


def opened_locked(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    lock(path, LONG)
    window.open_case(path)
    unlock(wait_for(UnlockDialog, qtbot), LONG, qtbot)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=20_000)


def test_a_password_is_set_rated_and_a_sheet_shown(
    window: MainWindow, path: Path, qtbot: QtBot
) -> None:
    opened(window, path, qtbot)
    assert not window.actions_.lock.isEnabled()
    window.actions_.password.trigger()
    dialog = wait_for(PasswordDialog, qtbot)
    assert not dialog.ok.isEnabled()
    qtbot.keyClicks(dialog.new, "123456")
    qtbot.waitUntil(lambda: "Very weak" in dialog.strength.text())
    dialog.new.clear()
    qtbot.keyClicks(dialog.new, LONG)
    qtbot.waitUntil(lambda: "ood" in dialog.strength.text())
    qtbot.keyClicks(dialog.again, LONG[:-1])
    assert not dialog.ok.isEnabled()
    qtbot.keyClicks(dialog.again, LONG[-1])
    assert dialog.ok.isEnabled()
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    sheet = wait_for(RecoverySheet, qtbot)
    assert window.workspace is not None
    code = passwords.recovery_code(case_of(window))
    sheet_text = sheet.text.toPlainText().replace(" - ", "-").replace("\n", "-")
    assert code in sheet_text
    sheet.reject()
    assert cases.is_locked(path)
    assert window.actions_.lock.isEnabled()
    assert custody.list_entries(case_of(window))[-1].action is Action.SET_PASSWORD
    assert [copy.occasion.value for copy in copies.list_copies(path)] == ["password"]


def test_a_wrong_password_is_asked_again_and_noted(
    window: MainWindow, path: Path, qtbot: QtBot
) -> None:
    lock(path, LONG)
    window.open_case(path)
    dialog = wait_for(UnlockDialog, qtbot)
    assert not dialog.wrong.isVisible()
    unlock(dialog, "guess", qtbot)
    qtbot.waitUntil(lambda: wait_for(UnlockDialog, qtbot).wrong.isVisible(), timeout=20_000)
    unlock(wait_for(UnlockDialog, qtbot), LONG, qtbot)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=20_000)
    entry = custody.list_entries(case_of(window))[-1]
    assert (entry.action, len(entry.detail["at"])) == (Action.WRONG_PASSWORD, 1)


def test_the_code_of_the_sheet_opens_the_case(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    lock(path, LONG)
    with cases.open_case(path, password=LONG) as case:
        code = passwords.recovery_code(case)
    window.open_case(path)
    unlock(wait_for(UnlockDialog, qtbot), code.lower().replace("-", " "), qtbot)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=20_000)


def test_who_does_not_know_the_password_stays_outside(
    window: MainWindow, path: Path, qtbot: QtBot
) -> None:
    lock(path, LONG)
    window.open_case(path)
    wait_for(UnlockDialog, qtbot).reject()
    assert window.workspace is None
    assert window.welcome.isVisible()
    assert window.welcome.isEnabled()


def test_a_locked_case_leaves_the_screen_with_all_its_dialogs(
    window: MainWindow, path: Path, qtbot: QtBot
) -> None:
    opened_locked(window, path, qtbot)
    window.actions_.custody.trigger()
    wait_for(CustodyDialog, qtbot)
    window.actions_.lock.trigger()
    dialog = wait_for(UnlockDialog, qtbot)
    assert window.workspace is None
    visible = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    assert set(visible) == {window, dialog}
    assert "Mine" not in window.windowTitle()
    dialog.reject()


def test_time_without_use_locks_and_use_does_not(
    window: MainWindow, path: Path, qtbot: QtBot
) -> None:
    opened_locked(window, path, qtbot)
    limit_s = 60 * window.settings.lock_minutes
    for _ in range(limit_s - 1):
        window.auto_lock._look()
    qtbot.keyClick(window, Qt.Key.Key_Shift)
    for _ in range(limit_s - 1):
        window.auto_lock._look()
    assert window.workspace is not None
    window.auto_lock._look()
    assert window.workspace is None
    wait_for(UnlockDialog, qtbot).reject()


def test_a_case_without_a_password_is_never_locked(
    window: MainWindow, path: Path, qtbot: QtBot
) -> None:
    opened(window, path, qtbot)
    assert not window.auto_lock._timer.isActive()
    window.lock_case()
    assert window.workspace is not None


def test_the_password_is_removed_only_by_who_knows_it(
    window: MainWindow, path: Path, qtbot: QtBot
) -> None:
    opened_locked(window, path, qtbot)
    for old in ("wrong", LONG):
        window.actions_.password.trigger()
        dialog = wait_for(PasswordDialog, qtbot)
        dialog.remove.setChecked(True)
        qtbot.keyClicks(dialog.old, old)
        qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
        if old == "wrong":
            wait_for(QMessageBox, qtbot).reject()
            unlock(wait_for(UnlockDialog, qtbot), LONG, qtbot)
        qtbot.waitUntil(lambda: window.workspace is not None, timeout=20_000)
    assert not cases.is_locked(path)


def test_a_session_with_changes_keeps_a_copy_that_can_be_put_back(
    window: MainWindow, path: Path, qtbot: QtBot
) -> None:
    opened(window, path, qtbot)
    close_case(window, qtbot)
    assert copies.list_copies(path) == []
    opened(window, path, qtbot)
    tags.create(case_of(window), "before")
    close_case(window, qtbot)
    [copy] = copies.list_copies(path)
    opened(window, path, qtbot)
    tags.create(case_of(window), "after")
    window.actions_.copies.trigger()
    dialog = wait_for(CopiesDialog, qtbot)
    assert dialog.table.rowCount() == 1
    qtbot.mouseClick(dialog.restore, Qt.MouseButton.LeftButton)
    first = window.workspace
    press(wait_for(QMessageBox, qtbot), "Put back", qtbot)
    qtbot.waitUntil(lambda: window.workspace not in (None, first), timeout=20_000)
    case = case_of(window)
    assert [tag.name for tag in tags.list_tags(case)] == ["before"]
    assert verification.verify(case).is_intact
    assert copy.path in [copy.path for copy in copies.list_copies(path)]
    assert len(copies.list_copies(path)) >= 2


def test_a_copy_can_be_looked_at(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    opened(window, path, qtbot)
    tags.create(case_of(window), "before")
    close_case(window, qtbot)
    opened(window, path, qtbot)
    window.actions_.copies.trigger()
    qtbot.mouseClick(wait_for(CopiesDialog, qtbot).look, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: window.workspace is not None and case_of(window).read_only, timeout=20_000
    )
    assert "only to look at" in window.windowTitle()
    assert not window.actions_.password.isEnabled()


def test_a_copy_is_saved_where_the_person_says(
    window: MainWindow, path: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(window, path, qtbot)
    answer = (str(tmp_path / "elsewhere"), "")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: answer)
    window.actions_.copy.trigger()
    assert window.workspace is not None
    strip = window.workspace.strip
    qtbot.waitUntil(lambda: "elsewhere.evcase" in strip.sentence.text(), timeout=20_000)
    with cases.open_case(tmp_path / "elsewhere.evcase", read_only=True) as copy:
        assert verification.verify(copy).is_intact


@pytest.mark.parametrize("answer", ["I know why: go on", "Open read-only", "Cancel"])
def test_a_file_that_differs_from_what_was_seen_is_a_question(
    window: MainWindow, path: Path, qtbot: QtBot, answer: str
) -> None:
    old = path.read_bytes()
    with cases.open_case(path) as case:
        tags.create(case, "later")
    path.write_bytes(old)
    window.open_case(path)
    box = wait_for(QMessageBox, qtbot)
    assert "later state" in box.text()
    press(box, answer, qtbot)
    if answer == "Cancel":
        qtbot.waitUntil(window.welcome.isEnabled)
        assert window.workspace is None
        return
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=20_000)
    case = case_of(window)
    assert case.read_only is (answer == "Open read-only")
    if not case.read_only:
        assert custody.list_entries(case)[-1].action is Action.ACCEPT_STATE
        assert verification.verify(case).is_intact


def test_a_case_in_use_can_be_looked_at(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    with cases.open_case(path):
        window.open_case(path)
        press(wait_for(QMessageBox, qtbot), "Open read-only", qtbot)
        qtbot.waitUntil(lambda: window.workspace is not None, timeout=20_000)
        assert case_of(window).read_only
        assert not window.actions_.files.isEnabled()
        assert "only to look at" in window.windowTitle()
        close_case(window, qtbot)


def test_a_damaged_case_is_rescued_into_a_new_one(
    window: MainWindow,
    path: Path,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "a.txt").write_text("words")
    opened(window, path, qtbot)
    assert window.workspace is not None
    with qtbot.waitSignal(window.workspace.lane.finished, timeout=20_000):
        window.add([tmp_path / "a.txt"])
    close_case(window, qtbot)
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog) and widget.isVisible():
            widget.reject()
    original_bytes = path.read_bytes()
    path.write_bytes(bytes(4096) + original_bytes[4096:])
    target = tmp_path / "rescued.evcase"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    window.open_case(path)
    box = wait_for(QMessageBox, qtbot)
    assert "damaged" in box.text()
    press(box, "Recover", qtbot)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=30_000)
    assert case_of(window).path == target
    assert "1 original file was recovered completely." in wait_for(QMessageBox, qtbot).text()
    assert path.read_bytes() == bytes(4096) + original_bytes[4096:]


def test_a_case_that_can_only_be_looked_at_for_damage_is_rescued_too(
    window: MainWindow,
    path: Path,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "a.txt").write_text("words")
    with cases.open_case(path) as case, Importer(case) as importer:
        importer.run([tmp_path / "a.txt"])
        copies.keep(case)
    connection = dbapi2.connect(str(path))
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    query = "SELECT rootpage FROM sqlite_schema WHERE name = 'custody_entry'"
    [[page]] = connection.execute(query)
    [[size]] = connection.execute("PRAGMA page_size")
    connection.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(bytes(size))
    target = tmp_path / "rescued.evcase"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    window.open_case(path)
    box = wait_for(QMessageBox, qtbot)
    assert {"Open read-only", "Recover…", "Automatic backups…"} <= {
        button.text().replace("&", "") for button in box.buttons()
    }
    press(box, "Recover", qtbot)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=30_000)
    assert case_of(window).path == target


def test_after_a_full_disk_a_copy_is_offered(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    opened(window, path, qtbot)
    window.show_error(UserError(message(MessageCode.DISK_FULL, path=path)))
    box = wait_for(QMessageBox, qtbot)
    assert any("Save a copy" in button.text() for button in box.buttons())
    press(box, "OK", qtbot)
    window.show_error(UserError(message(MessageCode.PASSWORD_EMPTY)))
    assert not any(
        "Save a copy" in button.text() for button in wait_for(QMessageBox, qtbot).buttons()
    )


def test_nothing_is_asked_of_a_case_that_was_closed_meanwhile(
    window: MainWindow, path: Path, qtbot: QtBot
) -> None:
    """A password that is being changed when the program is asked to end is changed, or not."""
    opened(window, path, qtbot)
    window.actions_.password.trigger()
    dialog = wait_for(PasswordDialog, qtbot)
    qtbot.keyClicks(dialog.new, LONG)
    qtbot.keyClicks(dialog.again, LONG)
    dialog.sheet.setChecked(False)
    QTimer.singleShot(0, window.close)
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=20_000)
    password = LONG if cases.is_locked(path) else None
    with cases.open_case(path, password=password) as case:
        assert verification.verify(case).is_intact
    remaining = [file.name for file in path.parent.iterdir() if file.suffix != ""]
    assert remaining == [path.name]


SECRET = "Wangpilin 秘密借条"
NAME = "zqxjk-secret"


@pytest.fixture
def log_file(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The log is written as the program does it."""
    monkeypatch.setattr(logging.root, "handlers", [])
    level = logging.root.level
    bootstrap.set_up_logging()
    yield
    for handler in logging.root.handlers:
        handler.close()
    logging.root.setLevel(level)


def test_nothing_of_a_locked_case_is_readable_elsewhere(
    log_file: None,
    qapp: QApplication,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its words and names are looked for in all that the program wrote."""
    for name in ("temp", "inbox", "cases"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temp"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    inbox = tmp_path / "inbox"
    (inbox / f"{NAME}.txt").write_text(SECRET)
    (inbox / f"{NAME}.xlsx").write_bytes(b"PK\x03\x04" + SECRET.encode())
    (inbox / f"{NAME}.pdf").write_bytes(b"%PDF-1.7\n" + SECRET.encode())
    Image.new("RGB", (400, 300), "red").save(inbox / f"{NAME}.png")
    path = tmp_path / "cases" / f"{NAME}.evcase"
    cases.create(
        path, title=SECRET, timezone="Asia/Shanghai", jurisdiction=Jurisdiction.CHINA
    ).close()
    lock(path, LONG)
    window = make_window(qapp)
    window.show()
    window.open_case(path)
    unlock(wait_for(UnlockDialog, qtbot), "a wrong guess", qtbot)
    qtbot.waitUntil(lambda: wait_for(UnlockDialog, qtbot).wrong.isVisible(), timeout=20_000)
    unlock(wait_for(UnlockDialog, qtbot), LONG, qtbot)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=20_000)
    assert window.workspace is not None
    with qtbot.waitSignal(window.workspace.lane.finished, timeout=60_000):
        window.add(sorted(inbox.iterdir()))
    case = case_of(window)
    tags.create(case, SECRET)
    window.show_error(UserError(message(MessageCode.CASE_NOT_FOUND, path=path)))
    window.workspace.open_item(1)
    window.lock_case()
    wait_for(UnlockDialog, qtbot).reject()
    close_window(window, qtbot)
    remaining = [
        file for file in tmp_path.rglob("*") if file.is_file() and inbox not in file.parents
    ]
    assert path in remaining
    assert any(file.suffix == ".log" for file in remaining)
    assert any("backups" in file.parts for file in remaining)
    traces = [SECRET, SECRET.split()[0], SECRET.split()[1], NAME, "a wrong guess", LONG]
    for file in remaining:
        data = file.read_bytes()
        for trace in traces:
            for encoding in ("utf-8", "utf-16-le", "gb18030"):
                assert trace.encode(encoding) not in data, f"{trace} in {file}"
            assert json.dumps(trace).strip('"').encode() not in data, f"{trace} in {file}"
        assert file == path or NAME not in file.name
    assert list((tmp_path / "temp").iterdir()) == []
