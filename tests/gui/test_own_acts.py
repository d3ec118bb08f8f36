"""What the person did: one click at a message, or an entry of its own with a day."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QTime
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from evidence_app.casefile.case import CaseFile
from evidence_app.gui.appearance import texts
from evidence_app.gui.session import Session
from evidence_app.gui.timeline import own_acts
from evidence_app.gui.timeline.own_act_dialog import ACTS, OwnActAnswers, OwnActDialog
from evidence_app.gui.timeline.own_acts import OwnActMenu
from evidence_app.gui.timeline.page import TimelinePage
from evidence_app.model.event import OWN_ACTS, Event, EventType
from evidence_app.model.filters import EventFilter
from evidence_app.model.party import Role
from evidence_app.rulebook.contact import OwnAct
from evidence_app.services import events as timeline
from evidence_app.services import parties, rule_facts
from evidence_app.services.importing.importer import Importer

NUMBER = "19000000017"
CALLS = f"date,number,type\n2026-03-02 10:00:00,{NUMBER},outgoing\n"


@pytest.fixture
def session(case: CaseFile) -> Iterator[Session]:
    with Importer(case) as importer:
        importer.run_bytes("calls.csv", CALLS.encode())
    parties.assign(case, NUMBER, Role.COLLECTOR)
    open_session = Session(case)
    yield open_session
    open_session.close()


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> TimelinePage:
    new_timeline_page = TimelinePage(session)
    qtbot.addWidget(new_timeline_page)
    new_timeline_page.resize(900, 600)
    with qtbot.waitExposed(new_timeline_page):
        new_timeline_page.show()
    qtbot.waitUntil(lambda: new_timeline_page.model.event_count() == 1)
    return new_timeline_page


def of_type(session: Session, kind: EventType) -> list[Event]:
    event_filter = EventFilter(types=frozenset({kind}))
    return timeline.get_many(session.case, list(timeline.index(session.case, event_filter).ids))


def call(session: Session) -> Event:
    [event] = of_type(session, EventType.CALL)
    return event


def test_all_that_rules_know_is_offered() -> None:
    assert set(ACTS) == OWN_ACTS


def test_one_click_at_a_call_writes_it_down_at_its_time(
    qtbot: QtBot, page: TimelinePage, session: Session
) -> None:
    menu = OwnActMenu(session, call(session), page)
    qtbot.addWidget(menu)
    name = texts.event_type(EventType.STOP_REQUEST)
    [action] = [action for action in menu.actions() if action.text() == name]
    action.trigger()
    qtbot.waitUntil(lambda: page.model.event_count() == 2)
    [act] = of_type(session, EventType.STOP_REQUEST)
    assert act.time is not None
    assert act.time.moment == (call(session).time or act.time).moment
    contact = rule_facts.read(session.case, rule_facts.setting_of(session.case)).contacts[act.id]
    assert contact.own_act is OwnAct.STOP_REQUEST
    assert contact.type is EventType.CALL
    assert contact.about == parties.of_identifier(session.case, NUMBER).id
    session.undo()
    qtbot.waitUntil(lambda: of_type(session, EventType.STOP_REQUEST) == [])


def test_the_key_and_the_button_offer_it_for_what_is_chosen(
    qtbot: QtBot, page: TimelinePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[bool] = []
    monkeypatch.setattr(
        OwnActMenu, "popup", lambda menu, _at: offered.append(menu._event is not None)
    )
    page.own_act.click()
    qtbot.waitUntil(lambda: page.model.row_at(1) is not None)
    page.view.setFocus()
    page.view.setCurrentIndex(page.model.index(1, 0))
    qtbot.keyClick(page.view, Qt.Key.Key_A)
    assert offered == [False, True]


def test_an_entry_of_its_own_with_hours(qtbot: QtBot, page: TimelinePage, session: Session) -> None:
    dialog = own_acts.ask(session, page, OwnActAnswers(EventType.AGREED_HOURS, None), is_blank=True)
    qtbot.addWidget(dialog)
    ok = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok)
    dialog.end.setTime(dialog.begin.time())
    assert not ok.isEnabled()
    assert dialog.hours_hint.text()
    dialog.end.setTime(QTime(11, 30))
    qtbot.mouseClick(ok, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(of_type(session, EventType.AGREED_HOURS)) == 1)
    [hours] = rule_facts.agreed_hours(session.case, rule_facts.setting_of(session.case))
    assert (hours.start_minute, hours.end_minute) == (540, 690)


def test_what_an_event_does_not_tell_is_asked(
    qtbot: QtBot, page: TimelinePage, session: Session
) -> None:
    menu = OwnActMenu(session, call(session), page)
    qtbot.addWidget(menu)
    [action] = [
        action
        for action in menu.actions()
        if action.text().startswith(texts.event_type(EventType.REFUSED_FOR_OTHER))
    ]
    action.trigger()
    dialog = page.findChild(OwnActDialog)
    assert dialog is not None
    assert dialog.identifier.text() == ""
    assert dialog.answers().by is EventType.CALL
    dialog.reject()
