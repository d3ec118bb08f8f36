"""The findings and parties pages against a real case."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from evidence_app.casefile.case import CaseFile
from evidence_app.gui.appearance import texts
from evidence_app.gui.findings.page import FindingsPage
from evidence_app.gui.parties.model import PartyColumn
from evidence_app.gui.parties.page import PartiesPage
from evidence_app.gui.session import Session
from evidence_app.model.event import Direction, EventType
from evidence_app.model.filters import EventFilter
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.model.party import Role
from evidence_app.model.times import TimePrecision, TimeReading, TimeSource, from_text
from evidence_app.services import events as timeline
from evidence_app.services import findings, manual_entries, parties

VISIT, NIGHT = "abusive_visit", "outside_hours_contact"


def visit(case: CaseFile, when: str, text: str, number: str = "13800138000") -> int:
    edit = manual_entries.add_entry(
        case,
        type=EventType.VISIT,
        time=TimeReading(from_text(when), TimeSource.PERSON, TimePrecision.MINUTE, when),
        direction=Direction.INCOMING,
        identifier=number,
        text=text,
    )
    assert edit.item_id is not None
    return edit.item_id


@pytest.fixture
def session(qtbot: QtBot, case: CaseFile) -> Iterator[Session]:
    visit(case, "2026-03-02 23:10", "第二次上门")
    visit(case, "2026-03-01 21:30", "第一次上门", "13800138001")
    open_session = Session(case)
    yield open_session
    open_session.close()


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> FindingsPage:
    new_findings_page = FindingsPage(session)
    qtbot.addWidget(new_findings_page)
    new_findings_page.resize(900, 600)
    with qtbot.waitExposed(new_findings_page):
        new_findings_page.show()
    return new_findings_page


@pytest.fixture
def people(qtbot: QtBot, session: Session) -> PartiesPage:
    new_parties_page = PartiesPage(session)
    qtbot.addWidget(new_parties_page)
    new_parties_page.resize(1000, 600)
    with qtbot.waitExposed(new_parties_page):
        new_parties_page.show()
    qtbot.waitUntil(lambda: new_parties_page.model.rowCount() == 3)
    return new_parties_page


def subjects(case: CaseFile) -> list[Subject]:
    ids = timeline.index(case, EventFilter()).ids
    return [Subject(SubjectKind.EVENT, event_id) for event_id in ids]


def confirm(qtbot: QtBot, page: FindingsPage, session: Session) -> None:
    both = subjects(session.case)
    session.mutate(lambda case: findings.confirm(case, list(reversed(both)), VISIT))
    session.mutate(lambda case: findings.confirm(case, both[:1], NIGHT))
    qtbot.waitUntil(lambda: page.types.count() == 2)
    page.types.setCurrentRow(1)
    qtbot.waitUntil(lambda: page.model.row_at(1) is not None)


def test_without_findings_it_explains_how_to_make_them(page: FindingsPage) -> None:
    assert page.empty.isVisible()
    assert "T" in page.empty.advice.text()


def test_findings_stand_under_their_type_by_time(
    page: FindingsPage, session: Session, qtbot: QtBot
) -> None:
    confirm(qtbot, page, session)
    assert page.types.item(0).text().endswith("(1)")
    assert page.types.item(1).text().endswith("(2)")
    assert page.name.text() == texts.violation_name(VISIT)
    assert page.explanation.text() == texts.violation_explanation(VISIT)
    rows = [page.model.row_at(number) for number in range(2)]
    assert [row.event.text for row in rows if row and row.event] == ["第一次上门", "第二次上门"]


def test_enter_opens_the_evidence(page: FindingsPage, session: Session, qtbot: QtBot) -> None:
    confirm(qtbot, page, session)
    page.list.setCurrentIndex(page.model.index(0, 0))
    with qtbot.waitSignal(page.open_item) as opened:
        page.open_button.click()
    row = page.model.row_at(0)
    assert row is not None
    assert opened.args is not None
    assert opened.args[0] == row.item.id


def test_a_note_is_kept_when_the_field_is_left(
    page: FindingsPage, session: Session, qtbot: QtBot
) -> None:
    confirm(qtbot, page, session)
    page.list.setCurrentIndex(page.model.index(0, 0))
    assert page.note.isEnabled()
    page.note.setPlainText("孩子被吵醒")
    with qtbot.waitSignal(session.changed):
        page.list.setCurrentIndex(page.model.index(1, 0))
    notes = {finding.note for finding in findings.list_findings(session.case)}
    assert notes == {"", "孩子被吵醒"}
    assert page.note.toPlainText() == ""
    with qtbot.waitSignal(session.changed):
        session.undo()
    assert {finding.note for finding in findings.list_findings(session.case)} == {""}


def test_removing_several_and_undo(page: FindingsPage, session: Session, qtbot: QtBot) -> None:
    confirm(qtbot, page, session)
    page.list.selectAll()
    assert len(page.chosen()) == 2
    assert not page.open_button.isEnabled()
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.types.count() == 1)
    session.undo()
    qtbot.waitUntil(lambda: page.types.count() == 2)


def test_a_whole_item_can_be_a_finding(page: FindingsPage, session: Session, qtbot: QtBot) -> None:
    item_id = visit(session.case, "2026-03-04 20:00", "第三次上门")
    subject = Subject(SubjectKind.ITEM, item_id)
    session.mutate(lambda case: findings.confirm(case, [subject], VISIT))
    qtbot.waitUntil(lambda: page.model.row_at(0) is not None)
    row = page.model.row_at(0)
    assert row is not None
    assert (row.item.id, row.event, row.place) == (item_id, None, None)


def cell(people: PartiesPage, number: str, column: PartyColumn) -> tuple[int, int]:
    for row in range(people.sorted.rowCount()):
        if people.sorted.index(row, PartyColumn.IDENTIFIERS).data() == number:
            return row, column
    raise AssertionError(number)


def test_name_and_note_are_edited_in_place(
    people: PartiesPage, session: Session, qtbot: QtBot
) -> None:
    for column, text in ((PartyColumn.NAME, "王经理"), (PartyColumn.NOTE, "自称法院")):
        with qtbot.waitSignal(session.changed):
            index = people.sorted.index(*cell(people, "13800138000", column))
            assert people.sorted.setData(index, text)
    by_name = {party.name: party for party in parties.list_parties(session.case)}
    assert by_name["王经理"].note == "自称法院"
    with qtbot.waitSignal(session.changed):
        session.undo()
    by_name = {party.name: party for party in parties.list_parties(session.case)}
    assert by_name["王经理"].note == ""


def test_role_is_chosen_from_a_list(people: PartiesPage, session: Session, qtbot: QtBot) -> None:
    index = people.sorted.index(*cell(people, "13800138000", PartyColumn.ROLE))
    people.table.edit(index)
    box = people.table.findChild(QComboBox)
    assert box is not None
    assert box.count() == len(Role)
    box.hidePopup()
    box.setCurrentIndex(box.findData(Role.COLLECTOR.value))
    with qtbot.waitSignal(session.changed):
        box.activated.emit(box.currentIndex())
    roles = {party.role for party in parties.list_parties(session.case)}
    assert Role.COLLECTOR in roles


def test_search_and_events_of_a_party(people: PartiesPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(people.search, "13800138001")
    assert people.sorted.rowCount() == 1
    people.table.selectRow(0)
    party = people.chosen()
    assert party is not None
    with qtbot.waitSignal(people.show_events) as signal:
        people.events_button.click()
    assert signal.args == [party.id]


def test_events_sort_as_numbers(people: PartiesPage) -> None:
    counts = [
        int(people.sorted.index(row, PartyColumn.EVENTS).data())
        for row in range(people.sorted.rowCount())
    ]
    assert counts == sorted(counts, reverse=True)
