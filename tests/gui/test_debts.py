"""Debts in the window: written down in plain words, validated, and taken back in one step."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from evidence_app.casefile.case import CaseFile
from evidence_app.gui.parties.debt_dialog import DebtDialog
from evidence_app.gui.parties.page import PartiesPage
from evidence_app.gui.session import Session
from evidence_app.model.party import Role
from evidence_app.model.rulebook import CollectorKind
from evidence_app.services import debts, parties
from evidence_app.services.creditors import Relation

CALLER = "19000000017"


@pytest.fixture
def session(case: CaseFile) -> Iterator[Session]:
    parties.assign(case, CALLER, Role.UNKNOWN)
    open_session = Session(case)
    yield open_session
    open_session.close()


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> PartiesPage:
    new_parties_page = PartiesPage(session)
    qtbot.addWidget(new_parties_page)
    new_parties_page.resize(820, 640)
    with qtbot.waitExposed(new_parties_page):
        new_parties_page.show()
    qtbot.waitUntil(lambda: new_parties_page.model.rowCount() > 0)
    return new_parties_page


def open_dialog(qtbot: QtBot, page: PartiesPage) -> DebtDialog:
    dialog = page.debts.dialog
    assert dialog is not None
    with qtbot.waitExposed(dialog):
        pass
    return dialog


def save(qtbot: QtBot, dialog: DebtDialog) -> None:
    button = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def choose(dialog: DebtDialog, relation: Relation) -> None:
    [line] = dialog.callers.lines
    relations = [line.box.itemData(n).relation for n in range(line.box.count())]
    line.box.setCurrentIndex(relations.index(relation))


def test_a_debt_is_written_down_changed_and_taken_back(
    qtbot: QtBot, page: PartiesPage, session: Session
) -> None:
    qtbot.mouseClick(page.debts.add_button, Qt.MouseButton.LeftButton)
    dialog = open_dialog(qtbot, page)
    dialog.creditor.setEditText("某银行")
    dialog.kind.setCurrentIndex(dialog.kind.findData(CollectorKind.BANK.value))
    dialog.overdue.setValue(45)
    choose(dialog, Relation.CREDITOR)
    save(qtbot, dialog)
    qtbot.waitUntil(lambda: page.debts.list.count() == 1)
    [debt] = debts.list_debts(session.case)
    bank = parties.get(session.case, debt.creditor)
    assert (bank.role, bank.kind, debt.days_overdue) == (Role.CREDITOR, CollectorKind.BANK, 45)
    assert debt.borrowed_on is None
    assert parties.of_identifier(session.case, CALLER).acts_for == bank.id
    assert "45" in page.debts.list.item(0).text()
    page.debts.list.itemActivated.emit(page.debts.list.item(0))
    again = open_dialog(qtbot, page)
    assert again.answers().answers.days_overdue == 45
    assert again.answers().callers[0].relation is Relation.CREDITOR
    again.overdue.setValue(-1)
    save(qtbot, again)
    qtbot.waitUntil(lambda: debts.list_debts(session.case)[0].days_overdue is None)
    session.undo()
    session.undo()
    qtbot.waitUntil(lambda: page.debts.list.count() == 0)
    assert parties.of_identifier(session.case, CALLER).acts_for is None


def test_what_is_missing_or_cannot_be_is_said_beside_the_field(
    qtbot: QtBot, page: PartiesPage
) -> None:
    qtbot.mouseClick(page.debts.add_button, Qt.MouseButton.LeftButton)
    dialog = open_dialog(qtbot, page)
    ok = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok)
    assert not ok.isEnabled()
    assert dialog.name_hint.text()
    dialog.creditor.setEditText("某银行")
    assert ok.isEnabled()
    for field, day in ((dialog.borrowed, QDate(2025, 2, 1)), (dialog.due, QDate(2025, 1, 1))):
        field.unknown.setChecked(False)
        field.day.setDate(day)
    assert dialog.due_hint.text()
    assert not ok.isEnabled()
    dialog.due.unknown.setChecked(True)
    assert ok.isEnabled()
    dialog.reject()


def test_an_agency_is_added_by_name_and_then_has_people(
    qtbot: QtBot, page: PartiesPage, session: Session
) -> None:
    qtbot.mouseClick(page.debts.add_button, Qt.MouseButton.LeftButton)
    dialog = open_dialog(qtbot, page)
    dialog.creditor.setEditText("某银行")
    dialog.callers.more.setText("某某催收公司")
    qtbot.keyClick(dialog.callers.more, Qt.Key.Key_Return)
    assert dialog.isVisible()
    save(qtbot, dialog)
    qtbot.waitUntil(lambda: page.debts.list.count() == 1)
    agency = parties.of_identifier(session.case, "某某催收公司")
    assert agency.role is Role.AGENCY
    page.debts.change_button.click()
    again = open_dialog(qtbot, page)
    [first] = [line for line in again.callers.lines if line.party != agency.id]
    choices = [first.box.itemData(n) for n in range(first.box.count())]
    assert agency.id in [choice.agency for choice in choices]
    again.reject()


def test_removing_asks_nothing_and_undo_brings_it_back(
    qtbot: QtBot, page: PartiesPage, session: Session
) -> None:
    bank = parties.assign(session.case, "某银行", Role.CREDITOR)
    session.history.record(bank)
    key = parties.of_identifier(session.case, "某银行").id
    session.mutate(lambda case: debts.add(case, key, product="信用卡"))
    qtbot.waitUntil(lambda: page.debts.list.count() == 1)
    page.debts.list.setFocus()
    qtbot.keyClick(page.debts.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.debts.list.count() == 0)
    session.undo()
    qtbot.waitUntil(lambda: page.debts.list.count() == 1)
