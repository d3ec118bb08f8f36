"""After a session with changes the check code is offered as one line, and asks for nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox
from pytestqt.qtbot import QtBot
from window_ends import close_case, close_window, wait_for

from evidence_app import settings
from evidence_app.gui.app import make_window
from evidence_app.gui.case.unlock_dialog import UnlockDialog
from evidence_app.gui.checking.check_code_dialog import CheckCodeDialog
from evidence_app.gui.checking.check_code_line import CheckCodeLine
from evidence_app.gui.checking.timestamp_dialog import TimestampDialog
from evidence_app.gui.main_window import MainWindow
from evidence_app.model.case import Jurisdiction
from evidence_app.model.verification import Head
from evidence_app.services import cases, custody, passwords, tags

PASSWORD = "correct horse battery staple"


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    main_window = shown_window(qtbot, qapp)
    yield main_window
    close_window(main_window, qtbot)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    case_path = tmp_path / "Loan 7.evcase"
    cases.create(
        case_path, title="Secret title", timezone="Asia/Shanghai", jurisdiction=Jurisdiction.CHINA
    ).close()
    return case_path


def shown_window(qtbot: QtBot, qapp: QApplication) -> MainWindow:
    main_window = make_window(qapp)
    main_window.use_language("en")
    with qtbot.waitExposed(main_window):
        main_window.show()
    return main_window


def opened(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    window.open_case(path)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=20_000)


def change(window: MainWindow, qtbot: QtBot) -> None:
    assert window.workspace is not None
    session = window.workspace.session
    with qtbot.waitSignal(session.edited, timeout=20_000):
        session.mutate(lambda case: tags.create(case, "mine"))


def code_of(path: Path, password: str | None = None) -> str:
    with cases.open_case(path, read_only=True, password=password) as case:
        return custody.check_code(case)


def test_a_case_with_changes_leaves_the_code_of_its_last_state(
    window: MainWindow, path: Path, qtbot: QtBot
) -> None:
    opened(window, path, qtbot)
    change(window, qtbot)
    close_case(window, qtbot)
    card = window.welcome.card
    assert card.isVisible()
    assert card.code.text() == code_of(path)
    assert "Loan 7" in card.heading.text()
    assert not [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QDialog)
                and widget.isVisible()]  # fmt: skip


def test_a_case_that_was_only_looked_at_offers_nothing(
    window: MainWindow, path: Path, qtbot: QtBot
) -> None:
    opened(window, path, qtbot)
    close_case(window, qtbot)
    assert not window.welcome.card.isVisible()
    assert settings.load().check_code == {}


def test_what_is_copied_is_one_line_that_the_check_takes(
    window: MainWindow, path: Path, qtbot: QtBot
) -> None:
    opened(window, path, qtbot)
    change(window, qtbot)
    close_case(window, qtbot)
    card = window.welcome.card
    qtbot.mouseClick(card.copy, Qt.MouseButton.LeftButton)
    line = QGuiApplication.clipboard().text()
    assert "\n" not in line
    assert code_of(path) in line
    assert "Secret title" not in line
    assert card.result_label.isVisible()
    assert settings.load().check_code == {}
    with cases.open_case(path) as case:
        assert custody.compare_with(case, line) == []


def test_it_is_printed(
    window: MainWindow,
    path: Path,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened(window, path, qtbot)
    change(window, qtbot)
    close_case(window, qtbot)
    sheet = tmp_path / "sheet.pdf"

    def accept(dialog: QPrintDialog) -> QDialog.DialogCode:
        dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        dialog.printer().setOutputFileName(str(sheet))
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(QPrintDialog, "exec", accept)
    qtbot.mouseClick(window.welcome.card.print_, Qt.MouseButton.LeftButton)
    assert sheet.read_bytes().startswith(b"%PDF")
    assert settings.load().check_code == {}


def test_the_next_start_offers_it_until_it_is_put_away(
    path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    first = shown_window(qtbot, qapp)
    opened(first, path, qtbot)
    change(first, qtbot)
    close_window(first, qtbot)
    again = shown_window(qtbot, qapp)
    assert again.welcome.card.code.text() == code_of(path)
    assert again.welcome.card.isVisible()
    qtbot.mouseClick(again.welcome.card.away, Qt.MouseButton.LeftButton)
    assert not again.welcome.card.isVisible()
    close_window(again, qtbot)
    third = shown_window(qtbot, qapp)
    assert not third.welcome.card.isVisible()
    close_window(third, qtbot)


def test_looking_at_another_case_does_not_put_it_away(
    window: MainWindow, path: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    opened(window, path, qtbot)
    change(window, qtbot)
    close_case(window, qtbot)
    other = tmp_path / "other.evcase"
    cases.create(
        other, title="Other", timezone="Asia/Shanghai", jurisdiction=Jurisdiction.CHINA
    ).close()
    opened(window, other, qtbot)
    close_case(window, qtbot)
    assert window.welcome.card.code.text() == code_of(path)


def test_nothing_of_a_case_with_a_password_is_written_down(
    window: MainWindow, path: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    passwords.change_password(path, None, PASSWORD)
    window.open_case(path)
    dialog = wait_for(UnlockDialog, qtbot)
    qtbot.keyClicks(dialog.field, PASSWORD)
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=20_000)
    change(window, qtbot)
    close_case(window, qtbot)
    card = window.welcome.card
    code = code_of(path, PASSWORD)
    assert card.code.text() == code
    assert "Loan" not in card.heading.text()
    settings_text = settings._settings_file().read_text(encoding="utf-8")
    assert "Loan" not in settings_text
    assert code not in settings_text


def test_a_code_that_was_kept_goes_when_the_case_gets_a_password(
    window: MainWindow, path: Path, qtbot: QtBot
) -> None:
    opened(window, path, qtbot)
    change(window, qtbot)
    close_case(window, qtbot)
    assert settings.load().check_code
    passwords.change_password(path, None, PASSWORD)
    window.open_case(path)
    dialog = wait_for(UnlockDialog, qtbot)
    qtbot.keyClicks(dialog.field, PASSWORD)
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=20_000)
    close_case(window, qtbot)
    assert settings.load().check_code == {}
    assert not window.welcome.card.isVisible()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_it_is_is_said_in_three_sentences(
    window: MainWindow, path: Path, qtbot: QtBot, language: str
) -> None:
    opened(window, path, qtbot)
    change(window, qtbot)
    close_case(window, qtbot)
    window.use_language(language)
    qtbot.mouseClick(window.welcome.card.why, Qt.MouseButton.LeftButton)
    box = wait_for(QMessageBox, qtbot)
    text = box.text()
    box.close()
    window.use_language("en")
    ends = {"en": ".", "zh": "。"}[language]
    assert text.count(ends) == 3


def test_while_a_case_is_open_its_code_is_there_without_a_check(
    window: MainWindow, path: Path, qtbot: QtBot
) -> None:
    opened(window, path, qtbot)
    change(window, qtbot)
    assert window.workspace is not None
    code = custody.check_code(window.workspace.session.case)
    window.actions_.code.trigger()
    dialog = wait_for(CheckCodeDialog, qtbot)
    qtbot.waitUntil(lambda: dialog.code.code_field.text() == code)
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    line = QGuiApplication.clipboard().text()
    dialog.code.typed.setText(line)
    qtbot.waitUntil(dialog.code.result_label.isVisible)
    assert "The codes agree" in dialog.code.result_label.text()
    qtbot.mouseClick(dialog.stamp, Qt.MouseButton.LeftButton)
    wait_for(TimestampDialog, qtbot).reject()


def test_a_line_that_was_sent_is_taken_whole() -> None:
    head = Head(12, "ab" * 32, "cd" * 8)
    line = CheckCodeLine(head.code(), "2026-11-24 22:40", "/home/x/Loan 12: the 1-abc.evcase")
    assert Head.from_code(line.text()) == head
