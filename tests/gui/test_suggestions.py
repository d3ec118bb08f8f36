"""Suggestions in the window: counted, explained, decided on, and kept from returning."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.schema import text_span
from evidence_app.gui.findings.tabs import FindingsTabs
from evidence_app.gui.session import Session
from evidence_app.model.changes import Area, Changes
from evidence_app.model.custody import Action
from evidence_app.model.finding import FindingStatus
from evidence_app.model.party import Role
from evidence_app.services import findings, parties
from evidence_app.services.importing.importer import Importer

NUMBER = "19000000017"
CALLS = "date,number,type\n" + "".join(
    f"2026-03-0{day} {clock}:00,{NUMBER},incoming\n"
    for day, clock in ((2, "23:10"), (3, "23:20"), (4, "10:00"))
)


@pytest.fixture
def session(qtbot: QtBot, case: CaseFile) -> Iterator[Session]:
    with Importer(case) as importer:
        importer.run_bytes("calls.csv", CALLS.encode())
    parties.assign(case, NUMBER, Role.COLLECTOR, "周某")
    open_session = Session(case)
    yield open_session
    open_session.close()


@pytest.fixture
def tabs(qtbot: QtBot, session: Session) -> FindingsTabs:
    new_findings_tabs = FindingsTabs(session)
    qtbot.addWidget(new_findings_tabs)
    new_findings_tabs.resize(900, 600)
    with qtbot.waitExposed(new_findings_tabs):
        new_findings_tabs.show()
    qtbot.waitUntil(lambda: new_findings_tabs.suggestions.count() == 2, timeout=20_000)
    qtbot.waitUntil(lambda: new_findings_tabs.suggestions.acts.count() == 1)
    return new_findings_tabs


def stored(session: Session) -> list[FindingStatus]:
    return [finding.status for finding in findings.list_findings(session.case)]


def test_a_suggestion_says_what_it_counts_cites_and_rests_on(tabs: FindingsTabs) -> None:
    panel = tabs.suggestions.words
    assert "23:10" in panel.sentence.text()
    assert panel.provision.text()
    assert panel.quotation.text()
    assert panel.refuted.text()
    assert "2" in tabs.tabs.tabText(0)


def test_deciding_keeps_it_and_goes_on_and_undo_brings_it_back(
    qtbot: QtBot, tabs: FindingsTabs, session: Session
) -> None:
    view = tabs.suggestions
    first = view.current()
    view.reason.setText("they did")
    qtbot.mouseClick(view.buttons[FindingStatus.CONFIRMED], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: stored(session) == [FindingStatus.CONFIRMED])
    [finding] = findings.list_findings(session.case)
    assert finding.reason == "they did"
    assert view.reason.text() == ""
    assert view.count() == 1
    with qtbot.waitSignal(tabs.feed.scanned, timeout=20_000):
        qtbot.keyClick(view.next, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: FindingStatus.DISMISSED in stored(session))
    assert view.count() == 0
    with qtbot.waitSignal(tabs.feed.scanned, timeout=20_000):
        session.undo()
        session.undo()
    qtbot.waitUntil(lambda: view.count() == 2, timeout=20_000)
    assert first is not None
    assert stored(session) == []


def test_all_of_a_kind_are_marked_at_once(
    qtbot: QtBot, tabs: FindingsTabs, session: Session
) -> None:
    assert tabs.suggestions.same_rule.isVisible()
    qtbot.mouseClick(tabs.suggestions.same_rule, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: stored(session) == [FindingStatus.CONFIRMED] * 2)
    qtbot.waitUntil(lambda: tabs.marked.types.count() == 1)


def test_a_break_hides_all_and_goes_on_where_it_was(qtbot: QtBot, tabs: FindingsTabs) -> None:
    view = tabs.suggestions
    qtbot.keyClick(view.acts, Qt.Key.Key_N)
    before = view.current()
    qtbot.keyClick(view.acts, Qt.Key.Key_Escape)
    assert not view.words.isVisible()
    qtbot.keyClick(view, Qt.Key.Key_C)
    assert view.count() == 2
    qtbot.mouseClick(view.empty.act, Qt.MouseButton.LeftButton)
    assert view.words.isVisible()
    assert view.current() is before


def test_letters_in_the_reason_decide_nothing(
    qtbot: QtBot, tabs: FindingsTabs, session: Session
) -> None:
    qtbot.keyClicks(tabs.suggestions.reason, "cdun")
    assert tabs.suggestions.reason.text() == "cdun"
    assert stored(session) == []


def test_an_act_opens_its_evidence(qtbot: QtBot, tabs: FindingsTabs) -> None:
    acts = tabs.suggestions.acts
    with qtbot.waitSignal(tabs.open_item) as opened:
        acts.itemActivated.emit(acts.item(0))
    assert opened.args[1] is not None


def test_what_urges_to_self_harm_shows_a_help_line(qtbot: QtBot, case: CaseFile) -> None:
    from evidence_app.model.event import Direction, EventType
    from evidence_app.model.filters import EventFilter
    from evidence_app.services import events as timeline
    from evidence_app.services import helplines, manual_entries

    for direction in (Direction.INCOMING, Direction.OUTGOING):
        manual_entries.add_entry(
            case,
            type=EventType.MESSAGE,
            time=None,
            direction=direction,
            identifier=NUMBER,
            text="你怎么不去死，跳楼算了",
        )
    events = timeline.get_many(case, timeline.index(case, EventFilter()).ids)
    received = [event for event in events if event.direction is Direction.INCOMING]
    sent = [event for event in events if event.direction is Direction.OUTGOING]
    line = helplines.for_events(case, received)
    assert line is not None
    assert line.number == "12356"
    assert helplines.for_events(case, sent) is None


def test_words_in_a_document_are_suggested_and_the_document_is_named(
    qtbot: QtBot, tabs: FindingsTabs, session: Session
) -> None:
    view = tabs.suggestions
    assert not view.words.help.isVisible()
    before = view.count()
    with Importer(session.case) as importer:
        importer.run_bytes("letter.txt", "你再不还款，今晚就打断你的腿".encode())
    session.tell(Changes(frozenset({Area.ITEMS})))
    qtbot.waitUntil(lambda: view.count() > before, timeout=20_000)
    while (now := view.current()) is not None and now.violation != "threat_of_violence":
        view.next.click()
    qtbot.waitUntil(lambda: view.acts.count() == 1)
    assert "letter.txt" in view.acts.item(0).text()
    assert "打断你的腿" in view.words.sentence.text()


def test_a_picture_is_shown_small_with_its_first_words(
    qtbot: QtBot, tabs: FindingsTabs, session: Session
) -> None:
    view = tabs.suggestions
    before = view.count()
    drawn = BytesIO()
    Image.new("RGB", (300, 600), "red").save(drawn, "PNG")
    with Importer(session.case) as importer:
        [shot] = importer.run_bytes("shot.png", drawn.getvalue())
    with session.case.change(Action.READ_ITEM, {}) as change:
        change.insert(
            text_span, item_id=shot.item_id, text="你再不还款，今晚就打断你的腿", origin="ocr",
            engine="e", confidence=1.0, left=0.1, top=0.1, width=0.5, height=0.05,
        )  # fmt: skip
    session.tell(Changes(frozenset({Area.ITEMS})))
    qtbot.waitUntil(lambda: view.count() > before, timeout=20_000)
    while (now := view.current()) is not None and now.violation != "threat_of_violence":
        view.next.click()
    qtbot.waitUntil(lambda: view.acts.count() == 1 and "打断你的腿" in view.acts.item(0).text())

    def is_red() -> bool:
        picture = view.acts.item(0).icon().pixmap(view.acts.iconSize()).toImage()
        colour = picture.pixelColor(picture.width() // 2, picture.height() // 2)
        return colour.red() > 240 and colour.green() < 15

    qtbot.waitUntil(is_red)
    assert view.acts.iconSize().height() > 16
