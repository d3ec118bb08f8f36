"""Which law applies: several rulebooks at once, switched in the window, undone like any edit."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidgetItem
from pytestqt.qtbot import QtBot

from evidence_app.casefile.case import CaseFile
from evidence_app.gui.case.rulebooks_dialog import RulebooksDialog
from evidence_app.gui.session import Session
from evidence_app.services import rulebooks


@pytest.fixture
def session(case: CaseFile) -> Iterator[Session]:
    open_session = Session(case)
    yield open_session
    open_session.close()


@pytest.fixture
def dialog(qtbot: QtBot, session: Session) -> RulebooksDialog:
    new_rulebooks_dialog = RulebooksDialog(session)
    qtbot.addWidget(new_rulebooks_dialog)
    new_rulebooks_dialog.show()
    qtbot.waitUntil(lambda: new_rulebooks_dialog.list.count() > 3)
    return new_rulebooks_dialog


def line(dialog: RulebooksDialog, rulebook: str) -> QListWidgetItem:
    lines = [dialog.list.item(row) for row in range(dialog.list.count())]
    [list_item] = [
        list_item for list_item in lines if list_item.data(Qt.ItemDataRole.UserRole) == rulebook
    ]
    return list_item


def switched_on(session: Session) -> set[str]:
    return {rulebook.id for rulebook in rulebooks.active(session.case)}


def test_a_second_law_is_switched_on_and_off_again_by_undo(
    qtbot: QtBot, dialog: RulebooksDialog, session: Session
) -> None:
    before = switched_on(session)
    assert line(dialog, "us-fl").checkState() is Qt.CheckState.Unchecked
    line(dialog, "us-fl").setCheckState(Qt.CheckState.Checked)
    qtbot.waitUntil(lambda: switched_on(session) == before | {"us-fl"})
    qtbot.waitUntil(lambda: dialog.tr("chosen by you") in line(dialog, "us-fl").text())
    session.undo()
    qtbot.waitUntil(lambda: switched_on(session) == before)
    qtbot.waitUntil(lambda: line(dialog, "us-fl").checkState() is Qt.CheckState.Unchecked)


def test_the_law_of_the_country_can_be_switched_off(
    qtbot: QtBot, dialog: RulebooksDialog, session: Session
) -> None:
    assert line(dialog, "cn").checkState() is Qt.CheckState.Checked
    line(dialog, "cn").setCheckState(Qt.CheckState.Unchecked)
    qtbot.waitUntil(lambda: "cn" not in switched_on(session))
