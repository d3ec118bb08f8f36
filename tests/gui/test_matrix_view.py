"""The overview of violations: counts that open their events, and what is missing."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from evidence_app.casefile.case import CaseFile
from evidence_app.gui.findings.matrix_rows import Layout
from evidence_app.gui.findings.tabs import FindingsTabs
from evidence_app.gui.session import Session
from evidence_app.model.filters import EventFilter
from evidence_app.model.finding import FindingStatus
from evidence_app.model.party import Role
from evidence_app.services import debts, events, findings, parties, suggestions
from evidence_app.services.importing.importer import Importer

NUMBER = "19000000017"
CALLS = "date,number,type\n" + "".join(
    f"{day} {clock}:00,{NUMBER},incoming\n"
    for day, clock in (("2026-03-02", "23:10"), ("2026-04-03", "23:20"), ("2026-04-04", "10:00"))
)


@pytest.fixture
def tabs(qtbot: QtBot, case: CaseFile) -> Iterator[FindingsTabs]:
    with Importer(case) as importer:
        importer.run_bytes("calls.csv", CALLS.encode())
    parties.assign(case, NUMBER, Role.CREDITOR, "某银行")
    debts.add(case, parties.of_identifier(case, NUMBER).id, product="信用卡")
    scan = suggestions.scan_case(case).open()
    findings.decide(case, scan, FindingStatus.CONFIRMED)
    session = Session(case)
    new_findings_tabs = FindingsTabs(session)
    qtbot.addWidget(new_findings_tabs)
    new_findings_tabs.resize(900, 600)
    with qtbot.waitExposed(new_findings_tabs):
        new_findings_tabs.show()
    new_findings_tabs.tabs.setCurrentWidget(new_findings_tabs.matrix)
    qtbot.waitUntil(lambda: new_findings_tabs.matrix.table.rowCount() == 1, timeout=20_000)
    yield new_findings_tabs
    session.close()


def headings(tabs: FindingsTabs) -> list[str]:
    table = tabs.matrix.table
    model = table.model()
    columns = range(table.columnCount())
    return [str(model.headerData(n, Qt.Orientation.Horizontal)) for n in columns]


def cells(tabs: FindingsTabs) -> list[str]:
    table = tabs.matrix.table
    model = table.model()
    return [str(model.index(0, n).data()) for n in range(1, table.columnCount())]


def lay_out(tabs: FindingsTabs, layout: Layout) -> None:
    tabs.matrix.layouts.setCurrentIndex(list(Layout).index(layout))


def test_what_is_shown_and_what_is_weak_and_how_to_mend_it(tabs: FindingsTabs) -> None:
    assert cells(tabs)[:3] == ["2", "2", "–"]
    assert "People page" in tabs.matrix.missing.text()


def test_a_count_opens_its_events(qtbot: QtBot, tabs: FindingsTabs) -> None:
    lay_out(tabs, Layout.MONTH)
    assert headings(tabs)[1:] == ["2026-03", "2026-04", "All"]
    assert cells(tabs) == ["1", "1", "2"]
    table = tabs.matrix.table
    with qtbot.waitSignal(tabs.events_wanted) as failure:
        table.cellClicked.emit(0, 2)
    request = failure.args[0]
    assert isinstance(request, EventFilter)
    case = tabs.matrix._session.case
    [event] = events.get_many(case, list(events.index(case, request).ids))
    assert event.time is not None
    assert event.time.raw.startswith("2026-04-03")


def test_a_key_opens_them_too(qtbot: QtBot, tabs: FindingsTabs) -> None:
    table = tabs.matrix.table
    table.setCurrentCell(0, 1)
    with qtbot.waitSignal(tabs.events_wanted):
        qtbot.keyClick(table, Qt.Key.Key_Return)


def test_by_who_collects_and_by_debt(tabs: FindingsTabs) -> None:
    lay_out(tabs, Layout.COLLECTOR)
    assert headings(tabs)[1] == "某银行"
    assert cells(tabs) == ["2", "2"]
    lay_out(tabs, Layout.DEBT)
    assert headings(tabs)[1] == "某银行 · 信用卡"
    assert cells(tabs) == ["2", "2"]


def test_many_events_can_be_wanted_at_once(case: CaseFile) -> None:
    event_filter = EventFilter(ids=frozenset(range(1, 60_000)))
    assert len(events.index(case, event_filter).ids) == len(events.index(case, EventFilter()).ids)


def test_what_could_not_be_counted_is_said_and_opened(qtbot: QtBot, tabs: FindingsTabs) -> None:
    view = tabs.matrix
    assert view.uncounted.text() == ""
    stranger = "date,number,type\n2026-03-05 23:10:00,19000000018,incoming\n"
    with Importer(view._session.case) as importer:
        importer.run_bytes("more.csv", stranger.encode())
    view.take(suggestions.scan_case(view._session.case))
    qtbot.waitUntil(lambda: "1 record could not be counted" in view.uncounted.text())
    with qtbot.waitSignal(tabs.events_wanted) as failure:
        view.uncounted.linkActivated.emit("role")
    assert len(failure.args[0].ids) == 1
