"""Whatever is changed says so in one place, with a way back; empty pages say why they are empty."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from evidence_app.casefile.case import CaseFile
from evidence_app.gui.appearance.languages import Languages
from evidence_app.gui.common import edit_texts
from evidence_app.gui.labels.label_picker import TagPicker
from evidence_app.gui.session import Session
from evidence_app.gui.workspace import Workspace
from evidence_app.model.custody import Action
from evidence_app.model.event import EventType
from evidence_app.model.filters import ItemFilter
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.rulebook import violations
from evidence_app.services import cases, findings, items, manual_entries, tags
from evidence_app.services.history import Edit

SERVICES = Path(cases.__file__).parent
COUNT = 58
DETAIL = {
    name: list(range(COUNT)) for name in ("items", "events", "subjects", "parties", "certificates")
} | {"violation": violations.all_types()[0].code, "name": "mine"}


@pytest.fixture(autouse=True)
def english(qapp: QApplication) -> Iterator[None]:
    """Numbers are said in the forms of the language, whichever test ran before."""
    languages = Languages(qapp)
    languages.use("en")
    yield
    languages.use("en")


@pytest.fixture
def workspace(qtbot: QtBot, case: CaseFile) -> Iterator[Workspace]:
    for number in range(3):
        manual_entries.add_entry(case, type=EventType.VISIT, time=None, text=f"visit {number}")
    session = Session(case)
    new_workspace = Workspace(session)
    qtbot.addWidget(new_workspace)
    new_workspace.resize(1100, 700)
    new_workspace.show()
    qtbot.waitUntil(lambda: new_workspace.evidence.model.rowCount() == 3)
    yield new_workspace
    session.close()


def editing_actions() -> set[Action]:
    """What the services do as edits that can be undone."""
    actions = set()
    for path in SERVICES.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            if named and node.func.id == "editing":
                action = node.args[1]
                if isinstance(action, ast.Subscript):
                    # One of several, by what the person decided.
                    assert ast.unparse(action) == "ACTIONS[status]", path
                    actions |= set(findings.ACTIONS.values())
                    continue
                assert isinstance(action, ast.Attribute), path
                actions.add(Action[action.attr])
    return actions


def test_every_edit_has_a_sentence_in_both_languages(qapp: QApplication) -> None:
    assert len(editing_actions()) > 10
    assert edit_texts.actions() == editing_actions()
    languages = Languages(qapp)
    sentences: dict[str, list[str]] = {}
    for language in ("en", "zh"):
        languages.use(language)
        for action in sorted(edit_texts.actions()):
            for way in (edit_texts.done, edit_texts.undone, edit_texts.redone):
                sentences.setdefault(language, []).append(way(Edit(action, DETAIL)))
    languages.use("en")
    assert all("%n" not in sentence and "(s)" not in sentence for sentence in sentences["en"])
    assert all(
        any("\u4e00" <= sign <= "\u9fff" for sign in sentence) for sentence in sentences["zh"]
    )
    moved = Edit(Action.TRASH_ITEM, DETAIL)
    assert edit_texts.done(moved) == "58 items moved to the trash"
    trashed = Edit(Action.TRASH_ITEM, {"name": "mine", "items": [1]})
    assert edit_texts.done(trashed) == "1 item moved to the trash"


def test_what_is_deleted_is_said_and_comes_back(workspace: Workspace, qtbot: QtBot) -> None:
    page, strip = workspace.evidence, workspace.strip
    # Nothing was ever clicked, so that there is no current line.
    assert not page.view.currentIndex().isValid()
    workspace.activateWindow()
    page.view.setFocus()
    qtbot.waitUntil(page.view.hasFocus)
    page.view.selectAll()
    qtbot.keyClick(page.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.model.rowCount() == 0 and strip.isVisible())
    assert strip.sentence.text() == "3 items moved to the trash"
    assert page.view.hasFocus() or not strip.act.hasFocus()
    qtbot.waitUntil(lambda: page.empty.isVisible())
    assert "in the trash" in page.empty.title.text()
    assert page.empty.act.text() == "Show the trash"
    qtbot.mouseClick(strip.act, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.model.rowCount() == 3)
    assert strip.sentence.text() == "Undone: 3 items moved to the trash"
    assert strip.act.text() == "Redo"


def test_the_trash_says_that_it_is_the_trash(workspace: Workspace, qtbot: QtBot) -> None:
    page = workspace.evidence
    case = workspace.session.case
    workspace.session.mutate(lambda case: items.trash(case, [1, 2]))
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    assert not page.trash_banner.isVisible()
    page.bar.trash.click()
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    assert page.trash_banner.isVisible()
    assert "2 items" in page.trash_banner.words.text()
    page.bar.search.setText("nothing like it")
    qtbot.waitUntil(lambda: page.empty.isVisible())
    assert page.empty.title.text() == "Nothing matches"
    page.empty.act.click()
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    assert page.model.item_filter == ItemFilter(trashed=True)
    page.trash_banner.back.click()
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    assert not page.trash_banner.isVisible()
    assert len(items.index(case, ItemFilter(trashed=True))) == 2


@pytest.mark.parametrize("agrees", [True, False])
def test_a_new_tag_for_many_is_asked_for(workspace: Workspace, qtbot: QtBot, agrees: bool) -> None:
    session = workspace.session
    picker = TagPicker(session, workspace)
    subjects = [Subject(SubjectKind.ITEM, number) for number in (1, 2, 3)]
    picker.open_for(subjects, workspace.mapToGlobal(workspace.rect().center()))
    qtbot.keyClicks(picker.search, "stray words")
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(workspace.findChildren(QMessageBox)))
    [box] = workspace.findChildren(QMessageBox)
    assert "3 items" in box.text()
    assert tags.list_tags(session.case) == []
    label = "Create tag" if agrees else "Cancel"
    [button] = [button for button in box.buttons() if button.text().replace("&", "") == label]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    if agrees:
        qtbot.waitUntil(lambda: [tag.name for tag in tags.list_tags(session.case)] != [])
        qtbot.waitUntil(
            lambda: workspace.strip.sentence.text() == "3 items tagged “stray words”",
            timeout=20_000,
        )
    else:
        qtbot.wait(100)
        assert tags.list_tags(session.case) == []


def test_a_digit_says_what_it_did(workspace: Workspace, qtbot: QtBot) -> None:
    page = workspace.evidence
    page.view.setFocus()
    page.view.select([1])
    qtbot.keyClick(page.view, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: workspace.strip.isVisible())
    assert workspace.strip.sentence.text().startswith("1 item marked: ")
    workspace.strip.reach()
    assert workspace.strip.act.isVisible()
