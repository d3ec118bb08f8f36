"""What is marked by hand is checked kindly: one sentence with Keep and Remove, never a box."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from evidence_app.casefile.case import CaseFile
from evidence_app.gui.labels.label_state import LabelKey, LabelState, set_label
from evidence_app.gui.session import Session
from evidence_app.gui.workspace import Workspace
from evidence_app.model.filters import EventFilter
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.model.party import Role
from evidence_app.model.rulebook import CollectorKind
from evidence_app.services import events, findings, parties
from evidence_app.services.importing.importer import Importer

NUMBER = "19000000017"
NIGHT = "outside_hours_contact"
CALLS = "date,number,type\n" + "".join(
    f"2026-03-02 {clock}:00,{NUMBER},incoming\n" for clock in ("14:35", "15:35", "23:10")
)


@pytest.fixture
def space(qtbot: QtBot, case: CaseFile) -> Iterator[Workspace]:
    with Importer(case) as importer:
        importer.run_bytes("calls.csv", CALLS.encode())
    parties.assign(case, NUMBER, Role.COLLECTOR, kind=CollectorKind.BANK)
    session = Session(case)
    new_workspace = Workspace(session)
    qtbot.addWidget(new_workspace)
    with qtbot.waitExposed(new_workspace):
        new_workspace.show()
    yield new_workspace
    new_workspace.findings.feed.stop()
    session.close()


def mark(space: Workspace) -> None:
    ids = events.index(space.session.case, EventFilter()).ids
    subjects = [Subject(SubjectKind.EVENT, event_id) for event_id in ids]
    set_label(space.session, subjects, LabelKey(violation=NIGHT), LabelState())


def test_one_sentence_for_all_and_remove_takes_off_only_what_does_not_fit(
    qtbot: QtBot, space: Workspace
) -> None:
    mark(space)
    qtbot.waitUntil(space.strip.keep.isVisible)
    assert "14:35" in space.strip.sentence.text()
    assert "2" in space.strip.sentence.text()
    assert QApplication.activeModalWidget() is None
    qtbot.mouseClick(space.strip.act, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(findings.list_findings(space.session.case)) == 1)
    [finding] = findings.list_findings(space.session.case)
    event = events.get(space.session.case, finding.subject.id)
    assert event.time is not None
    assert "23:10" in event.time.raw


def test_keep_leaves_all_as_it_is(qtbot: QtBot, space: Workspace) -> None:
    mark(space)
    qtbot.waitUntil(space.strip.keep.isVisible)
    qtbot.mouseClick(space.strip.keep, Qt.MouseButton.LeftButton)
    assert not space.strip.isVisible()
    assert len(findings.list_findings(space.session.case)) == 3
    space.strip.say("something else")
    assert not space.strip.keep.isVisible()
