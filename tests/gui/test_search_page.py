"""The page that searches everything, against a real case."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from evidence_app.casefile.case import CaseFile
from evidence_app.errors import Cancelled
from evidence_app.gui.common.newest_answer import NewestAnswer
from evidence_app.gui.search.page import SearchPage
from evidence_app.gui.search.rows import Heading
from evidence_app.gui.session import Session
from evidence_app.model.changes import Area, Changes
from evidence_app.model.finding import SubjectKind
from evidence_app.model.party import Role
from evidence_app.model.search import Hit, HitKind, TextTarget
from evidence_app.services import parties
from evidence_app.services.importing.importer import Importer

CALLS = "date,number,type\n2026-03-02 21:10:00,19000000017,incoming\n"


@pytest.fixture
def session(qtbot: QtBot, case: CaseFile) -> Iterator[Session]:
    with Importer(case) as importer:
        importer.run_bytes("letter.txt", "第一段：通知\n第二段：再不還錢就上門".encode())
        importer.run_bytes("calls.csv", CALLS.encode())
    parties.assign(case, "19000000017", Role.COLLECTOR, "门外的人")
    open_session = Session(case)
    yield open_session
    open_session.close()


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> SearchPage:
    new_search_page = SearchPage(session)
    qtbot.addWidget(new_search_page)
    new_search_page.resize(900, 600)
    with qtbot.waitExposed(new_search_page):
        new_search_page.show()
    return new_search_page


def hits(page: SearchPage) -> list[Hit]:
    rows = [page.model.row_at(row) for row in range(page.model.rowCount())]
    return [row for row in rows if isinstance(row, Hit)]


def search(qtbot: QtBot, page: SearchPage, query: str, count: int) -> None:
    page.field.setText(query)
    qtbot.waitUntil(lambda: len(hits(page)) == count)


def test_a_text_opens_at_its_line_with_the_words_as_they_stand(
    qtbot: QtBot, page: SearchPage
) -> None:
    search(qtbot, page, "还钱", 1)
    qtbot.keyClick(page.field, Qt.Key.Key_Return)
    assert page.list.hasFocus()
    with qtbot.waitSignal(page.open_item) as opened:
        qtbot.keyClick(page.list, Qt.Key.Key_Return)
    item_id, place, matched_text, target = opened.args
    assert (item_id, matched_text) == (1, "還錢")
    assert place is not None
    assert target == TextTarget(hits(page)[0].id)


def test_a_person_is_opened(qtbot: QtBot, page: SearchPage) -> None:
    search(qtbot, page, "0017", 2)
    kinds = [hit.kind for hit in hits(page)]
    assert kinds == [HitKind.EVENT, HitKind.PARTY]
    index = page.model.index(page.model.rowCount() - 1, 0)
    with qtbot.waitSignal(page.party_wanted):
        page.list.activated.emit(index)


def test_headings_cannot_be_chosen_and_hits_show_their_details(
    qtbot: QtBot, page: SearchPage
) -> None:
    search(qtbot, page, "0017", 2)
    assert isinstance(page.model.row_at(0), Heading)
    assert not page.model.flags(page.model.index(0, 0)) & Qt.ItemFlag.ItemIsSelectable
    with qtbot.waitSignal(page.subject_selected) as chosen:
        page.list.setCurrentIndex(page.model.index(1, 0))
    [[subject]] = chosen.args
    assert subject.kind is SubjectKind.EVENT


def test_one_kind_only(qtbot: QtBot, page: SearchPage) -> None:
    search(qtbot, page, "0017", 2)
    chip = page.kinds.chips[HitKind.PARTY]
    assert chip.text().endswith(" 1")
    assert not page.kinds.chips[HitKind.PICTURE].isEnabled()
    chip.click()
    qtbot.waitUntil(lambda: [hit.kind for hit in hits(page)] == [HitKind.PARTY])
    assert page.kinds.chips[HitKind.EVENT].text().endswith(" 1"), "what is left out is counted"
    page.kinds.everything.click()
    qtbot.waitUntil(lambda: len(hits(page)) == 2)


def test_a_search_is_saved_and_comes_back(qtbot: QtBot, page: SearchPage, session: Session) -> None:
    search(qtbot, page, "上门", 1)
    page.saved.menu().actions()[-1].trigger()
    qtbot.waitUntil(lambda: page.saved.menu().actions()[0].text() == "上门")
    search(qtbot, page, "nothing at all", 0)
    page.saved.menu().actions()[0].trigger()
    qtbot.waitUntil(lambda: len(hits(page)) == 1)
    session.undo()
    qtbot.waitUntil(lambda: len(page.saved.menu().actions()) == 1)


def test_nothing_found_says_what_to_do(qtbot: QtBot, page: SearchPage) -> None:
    search(qtbot, page, "0017", 2)
    search(qtbot, page, "zzz", 0)
    assert page.empty.isVisible()
    assert page.empty.title.text()


def test_what_is_imported_meanwhile_is_found(
    qtbot: QtBot, page: SearchPage, session: Session
) -> None:
    search(qtbot, page, "上门", 1)
    with Importer(session.case) as importer:
        importer.run_bytes("more.txt", "他们又上门了".encode())
    session.tell(Changes(frozenset({Area.ITEMS})))
    qtbot.waitUntil(lambda: len(hits(page)) == 2)


def test_keys_go_from_hit_to_hit_over_the_headings(qtbot: QtBot, page: SearchPage) -> None:
    search(qtbot, page, "0017", 2)
    kinds = [type(page.model.row_at(row)) for row in range(4)]
    assert kinds == [Heading, Hit, Heading, Hit]
    qtbot.keyClick(page.field, Qt.Key.Key_Return)
    rows = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up):
        qtbot.keyClick(page.list, key)
        rows.append(page.list.currentIndex().row())
    assert rows == [3, 3, 1, 1]


def test_a_newer_search_ends_the_one_before_it(
    qtbot: QtBot, session: Session, page: SearchPage
) -> None:
    ended, begun = [], threading.Event()
    tables = ", ".join(f"sqlite_schema AS t{number}" for number in range(7))

    def takes_hours(case: CaseFile) -> None:
        try:
            with case.read() as connection:
                begun.set()
                connection.exec_driver_sql(f"SELECT count(*) FROM {tables}").all()
        except Cancelled:
            ended.append("the first")
            raise

    answers = NewestAnswer(session, page)
    answers.ask(takes_hours, lambda _: ended.append("never"))
    assert begun.wait(10)
    answers.ask(lambda _: "second", ended.append)
    qtbot.waitUntil(lambda: ended == ["the first", "second"])
