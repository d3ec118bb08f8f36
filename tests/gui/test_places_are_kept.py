"""Whoever looks at something comes back to where they were: page, row, scroll; in each language."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from evidence_app.casefile.case import CaseFile
from evidence_app.gui.appearance.languages import Languages
from evidence_app.gui.session import Session
from evidence_app.gui.workspace import Page, Workspace
from evidence_app.model.event import EventType
from evidence_app.services import manual_entries

COUNT = 80


@pytest.fixture
def workspace(qtbot: QtBot, case: CaseFile) -> Iterator[Workspace]:
    for number in range(COUNT):
        text = f"visit {number}" + (" rare" if number % 20 == 0 else "")
        manual_entries.add_entry(case, type=EventType.VISIT, time=None, text=text)
    session = Session(case)
    new_workspace = Workspace(session)
    qtbot.addWidget(new_workspace)
    new_workspace.resize(1200, 600)
    new_workspace.show()
    qtbot.waitUntil(lambda: new_workspace.evidence.model.rowCount() == COUNT)
    qtbot.waitUntil(lambda: new_workspace.timeline.model.event_count() == COUNT)
    yield new_workspace
    session.close()


def test_esc_leads_back_to_the_timeline_at_the_same_row(workspace: Workspace, qtbot: QtBot) -> None:
    view, model = workspace.timeline.view, workspace.timeline.model
    workspace.show_page(Page.TIMELINE)
    qtbot.waitUntil(view.isVisible)
    view.show_row_on_top(50)
    row = 55
    qtbot.waitUntil(lambda: model.row_at(row) is not None)
    view.setCurrentIndex(model.index(row, 0))
    place = view.verticalScrollBar().value()
    qtbot.keyClick(view, Qt.Key.Key_Return)
    viewer = workspace.evidence.viewer
    qtbot.waitUntil(lambda: workspace.stack.currentIndex() == Page.EVIDENCE)
    qtbot.waitUntil(lambda: viewer.content is not None)
    qtbot.keyClick(viewer, Qt.Key.Key_Escape)
    assert workspace.stack.currentIndex() == Page.TIMELINE
    assert workspace.navigation.currentRow() == Page.TIMELINE
    assert view.hasFocus()
    assert view.verticalScrollBar().value() == place
    assert view.currentIndex().row() == row


def test_who_went_to_another_page_by_hand_is_not_sent_back(
    workspace: Workspace, qtbot: QtBot
) -> None:
    workspace.show_page(Page.TIMELINE)
    workspace.open_item(1)
    workspace.show_page(Page.PARTIES)
    workspace.show_page(Page.EVIDENCE)
    qtbot.waitUntil(lambda: workspace.evidence.viewer.content is not None)
    qtbot.keyClick(workspace.evidence.viewer, Qt.Key.Key_Escape)
    assert workspace.stack.currentIndex() == Page.EVIDENCE


def test_a_search_that_is_cleared_keeps_what_was_in_sight(
    workspace: Workspace, qtbot: QtBot
) -> None:
    page = workspace.evidence
    page.bar.search.setText("rare")
    qtbot.waitUntil(lambda: page.model.rowCount() == COUNT // 20)
    last = page.model.id_at(page.model.rowCount() - 1)
    assert last is not None
    page.view.select([last])
    page.bar.search.clear()
    qtbot.waitUntil(lambda: page.model.rowCount() == COUNT)
    [chosen] = page.view.subjects()
    assert chosen.id == last
    assert page.view.viewport().rect().intersects(page.view.visualRect(page.view.currentIndex()))


def test_file_dialogs_speak_chinese_and_english(qapp: QApplication, qtbot: QtBot) -> None:
    languages = Languages(qapp)
    for language in ("zh", "en"):
        languages.use(language)
        dialog = QFileDialog()
        qtbot.addWidget(dialog)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        texts = [widget.text() for widget in dialog.findChildren(QLabel)]
        texts += [widget.text() for widget in dialog.findChildren(QPushButton)]
        labels = [character for character in texts if character]
        assert len(labels) > 3
        latin = [character for character in labels if re.search("[A-Za-z]{2}", character)]
        assert latin == ([] if language == "zh" else labels)
    languages.use("en")
