"""The help: the same in both languages, true to the window, and there where somebody is stuck."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot
from test_screen_readers import nameless, silent_rows
from window_ends import close_window

from evidence_app.gui.app import make_window
from evidence_app.gui.help import pages
from evidence_app.gui.help.help_window import HelpWindow
from evidence_app.gui.importing.questions_dialog import QuestionsDialog
from evidence_app.gui.main_window import MainWindow
from evidence_app.gui.workspace import Page, Workspace
from evidence_app.model.case import Jurisdiction
from evidence_app.services import cases, helplines, violations
from evidence_app.services.importing.importer import Importer

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
LANGUAGES = ("en", "zh")
HEADINGS = re.compile(r"^(#+) ", re.MULTILINE)
LINKS = re.compile(r"\]\(([^)]*)\)")
WORDS_OF_THE_WINDOW = re.compile(r"\*\*([^*]+)\*\*")
KEYS_OF_PAGES = re.compile(r"`([^`]+)`")
READ_BY_WIDGETS = {"Enter", "1", "9", "←", "→", "+", "−", "F", "Z", "Space"}
"""Keys that no shortcut has: a list or a viewer reads them itself."""


def written(language: str, name: str) -> str:
    return (RESOURCES / "help" / language / f"{name}.md").read_text(encoding="utf-8")


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    main_window = make_window(qapp)
    main_window.use_language("en")
    with qtbot.waitExposed(main_window):
        main_window.show()
    yield main_window
    main_window.use_language("en")
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


def help_window() -> HelpWindow:
    widgets = QApplication.topLevelWidgets()
    [widget] = [
        widget for widget in widgets if isinstance(widget, HelpWindow) and widget.isVisible()
    ]
    return widget


# --- what is written ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_is_there(language: str) -> None:
    names = {path.stem for path in (RESOURCES / "help" / language).iterdir()}
    assert names == set(pages.NAMES)


@pytest.mark.parametrize("name", pages.NAMES)
def test_both_languages_say_the_same(name: str) -> None:
    english, chinese = (written(language, name) for language in LANGUAGES)
    assert HEADINGS.findall(english) == HEADINGS.findall(chinese)
    assert english.startswith("# ") and chinese.startswith("# ")
    assert sorted(LINKS.findall(english)) == sorted(LINKS.findall(chinese))
    for place in (pages.TYPES_PLACE, pages.LINES_PLACE, pages.KEYS_PLACE):
        assert (place in english) == (place in chinese)
    for marks in (KEYS_OF_PAGES, re.compile(r"^(\d)\. ", re.MULTILINE)):
        assert sorted(marks.findall(english)) == sorted(marks.findall(chinese))


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_lead_to_pages_and_nowhere_else(language: str) -> None:
    for name in pages.NAMES:
        text = written(language, name)
        assert {link.removesuffix(".md") for link in LINKS.findall(text)} <= set(pages.NAMES)
        assert not re.search(r"https?:|</?[a-zA-Z!]", text), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_bold_is_what_the_window_says(language: str) -> None:
    texts = ET.parse(RESOURCES / "translations" / "evidence_app_zh_CN.ts").getroot()
    labels = set()
    for message in texts.iter("message"):
        source = message.findtext("source") or ""
        chinese = "".join(message.find("translation").itertext())  # type: ignore[union-attr]
        labels.add((source if language == "en" else chinese).strip().rstrip("…").strip())
    for name in pages.NAMES:
        for label in WORDS_OF_THE_WINDOW.findall(written(language, name)):
            assert label in labels, f"{name}: no part of the window says “{label}”"


def test_types_and_help_lines_come_from_their_lists(qapp: QApplication) -> None:
    page = {help_page.name: help_page for help_page in pages.read("zh", "")}["violations"].text
    for violation_type in violations.all_types():
        assert violation_type.name_zh in page and violation_type.explanation_zh in page
    for region in ("CN", "US"):
        line = helplines.of_region(region)
        assert line is not None and line.number in page
    assert "{{" not in "".join(help_page.text for help_page in pages.read("en", "keys"))


def test_the_words_to_avoid_are_not_on_a_page() -> None:
    from test_glossary import AVOIDED

    for name in pages.NAMES:
        assert re.findall(AVOIDED, written("zh", name)) == [], name


# --- keys ---


def test_each_key_of_the_menus_is_listed(window: MainWindow, qtbot: QtBot) -> None:
    page = {page.name: page.text for page in window.desk.help.show("keys").pages.values()}["keys"]
    actions = [widget for widget in window.findChildren(QAction) if not widget.shortcut().isEmpty()]
    assert len(actions) > 12
    for action in actions:
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        assert f"- `{keys}`: {action.text().removesuffix('…')}\n" in page
    window.actions_.files.setShortcut(QKeySequence("Ctrl+Shift+Y"))
    window.use_language("zh")
    text = help_window().text
    qtbot.waitUntil(lambda: "Ctrl+Shift+Y：添加文件\n" in text.toPlainText())


def test_each_key_of_the_pages_is_listed_and_each_listed_key_is_one(workspace: Workspace) -> None:
    listed = set(KEYS_OF_PAGES.findall(written("en", "keys")))
    used = set()
    for widget in [*workspace.findChildren(QShortcut), *workspace.findChildren(QAction)]:
        key = widget.key() if isinstance(widget, QShortcut) else widget.shortcut()
        used.add(key.toString(QKeySequence.SequenceFormat.PortableText))
    for button in workspace.findChildren(QAbstractButton):
        used.add(button.shortcut().toString(QKeySequence.SequenceFormat.PortableText))
    used = {_as_listed(key) for key in used} - {"", "Ctrl+F"}
    assert used - listed == set()
    assert listed - used <= READ_BY_WIDGETS


def _as_listed(key: str) -> str:
    return {"Del": "Delete"}.get(key, key)


# --- the window ---


def test_f1_opens_it_and_escape_closes_it(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_F1)
    help_ = help_window()
    assert not help_.isModal()
    assert help_.text.toPlainText().startswith("Your first case")
    QTest.keyClick(help_, Qt.Key.Key_Escape)
    assert not help_.isVisible()


def test_links_lead_on_and_back(window: MainWindow, qtbot: QtBot) -> None:
    help_ = window.desk.help.show("first-case")
    assert not help_.back.isEnabled()
    place = help_.text.document().find("getting evidence off a phone")
    help_.text.setTextCursor(place)
    help_.text.ensureCursorVisible()
    box = help_.text.cursorRect(place)
    QTest.mouseClick(
        help_.text.viewport(), Qt.MouseButton.LeftButton, pos=box.center() - QPoint(8, 0)
    )
    assert help_.text.toPlainText().startswith("Getting evidence off a phone")
    assert help_.list.currentItem().text() == "Getting evidence off a phone"
    help_.back.click()
    assert help_.list.currentItem().text() == "Your first case, in five steps"
    help_.forward.click()
    assert help_.list.currentItem().text() == "Getting evidence off a phone"


def test_nothing_else_is_opened(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices

    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    help_ = window.desk.help.show("phone")
    before = help_.text.toPlainText()
    for link in ("https://example.org/", "file:///etc/passwd", "nothing.md", "../en/phone.md"):
        help_.text.anchorClicked.emit(QUrl(link))
    assert opened == []
    assert help_.text.toPlainText() == before


@pytest.mark.parametrize(
    ("language", "query", "name"),
    [("en", "sha256SUM openssl", "recipients"), ("zh", "微信 截图", "chats")],
)
def test_a_search_finds_the_page(window: MainWindow, language: str, query: str, name: str) -> None:
    window.use_language(language)
    help_ = window.desk.help.show()
    QTest.keyClicks(help_.search, "x")
    help_.search.setText(query)
    names = [
        help_.list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(help_.list.count())
    ]
    assert name in names and len(names) < len(pages.NAMES)
    row = names.index(name)
    help_.list.setCurrentRow(row)
    marked = {
        selection.cursor.selectedText().casefold() for selection in help_.text.extraSelections()
    }
    assert marked == set(query.casefold().split())
    help_.search.setText("no such words anywhere")
    assert help_.list.count() == 0 and help_.nothing.isVisible()
    help_.search.clear()
    assert help_.list.count() == len(pages.NAMES)


def test_it_follows_the_language_and_keeps_the_page(window: MainWindow, qtbot: QtBot) -> None:
    help_ = window.desk.help.show("safety")
    window.use_language("zh")
    qtbot.waitUntil(lambda: help_.windowTitle() == "帮助")
    assert help_.text.toPlainText().startswith("保护好自己")
    assert help_.list.currentItem().text() == "保护好自己"
    assert help_.list.count() == len(pages.NAMES)


def test_who_listens_to_the_screen_hears_all_of_it(window: MainWindow) -> None:
    help_ = window.desk.help.show()
    assert nameless(help_) == []
    assert silent_rows(help_.list) == []


# --- where somebody is stuck ---


def test_an_empty_case_leads_to_the_page_on_phones(workspace: Workspace, qtbot: QtBot) -> None:
    button = workspace.evidence.empty.act
    qtbot.waitUntil(button.isVisible)
    assert button.text() == "How do I get evidence off my phone?"
    button.click()
    assert help_window().text.toPlainText().startswith("Getting evidence off a phone")


def test_a_table_and_the_page_of_people_lead_to_theirs(
    workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    table = tmp_path / "strange.csv"
    rows = "".join(f"2026-03-0{day} 10:00;12025550143;x{day};7\n" for day in range(1, 8))
    table.write_text(f"alpha;beta;gamma;delta\n{rows}", encoding="utf-8")
    with Importer(workspace.session.case) as importer:
        importer.run([table])
    workspace.ask()
    [dialog] = workspace.findChildren(QuestionsDialog)
    qtbot.waitUntil(lambda: any(hasattr(card, "how") for card in dialog.cards))
    [card] = [card for card in dialog.cards if hasattr(card, "how")]
    card.how.click()
    assert help_window().text.toPlainText().startswith("When the program asks about a table")
    dialog.reject()
    workspace.parties.how.click()
    assert help_window().text.toPlainText().startswith("Who is who")
    assert workspace.navigation.currentRow() == Page.EVIDENCE
