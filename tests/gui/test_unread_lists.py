"""A list that cannot be read says so where it would stand, and can be read again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QWidget
from pytestqt.qtbot import QtBot

from evidence_app.casefile.case import CaseFile
from evidence_app.gui.common.empty_state import EmptyState
from evidence_app.gui.common.paged_model import UNREAD_ROLE, PagedModel
from evidence_app.gui.evidence import model as evidence_model
from evidence_app.gui.evidence.page import EvidencePage
from evidence_app.gui.findings import model as findings_model
from evidence_app.gui.findings import page as findings_page
from evidence_app.gui.findings.page import FindingsPage
from evidence_app.gui.parties.page import PartiesPage
from evidence_app.gui.search.page import SearchPage
from evidence_app.gui.session import Session
from evidence_app.gui.timeline import model as timeline_model
from evidence_app.gui.timeline.page import TimelinePage
from evidence_app.gui.viewer import records_model
from evidence_app.gui.viewer.record_table import RecordTable
from evidence_app.model.event import EventType
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.services import events, findings, items, manual_entries, parties, search

VISIT = "abusive_visit"


@dataclass
class List:
    """One list of the window.

    Attributes:
        page: Makes the widget in which it stands.
        view: The view, of the widget.
        empty: What stands in its place if it is empty.
        lists: Where the list is read: a module and the name of a function in it.
        rows: Where its rows are read, if that is later.
    """

    page: Callable[[Session], QWidget]
    view: Callable[[Any], QAbstractItemView]
    empty: Callable[[Any], EmptyState]
    lists: tuple[ModuleType, str]
    rows: tuple[ModuleType, str] | None = None


def record_table(session: Session) -> RecordTable:
    table = RecordTable(session)
    table.show_item(items.get(session.case, 1), ())
    return table


def search_page(session: Session) -> SearchPage:
    page = SearchPage(session)
    page.field.setText("words")
    return page


LISTS = {
    "timeline": List(
        TimelinePage,
        lambda page: page.view,
        lambda page: page.empty,
        (timeline_model, "read_order"),
        (timeline_model, "read_rows"),
    ),
    "evidence": List(
        EvidencePage,
        lambda page: page.view,
        lambda page: page.empty,
        (evidence_model, "read_ordering"),
        (evidence_model, "read_item_rows"),
    ),
    "findings": List(
        FindingsPage,
        lambda page: page.list,
        lambda page: page.empty,
        (findings_page, "read_overview"),
        (findings_model, "read_findings"),
    ),
    "entries of a file": List(
        record_table,
        lambda table: table.table,
        lambda table: table.unread,
        (events, "index"),
        (records_model, "read_rows"),
    ),
    "parties": List(
        PartiesPage,
        lambda page: page.table,
        lambda page: page.empty,
        (parties, "list_parties"),
    ),
    "search": List(
        search_page,
        lambda page: page.list,
        lambda page: page.empty,
        (search, "find"),
    ),
}


@pytest.fixture
def session(qtbot: QtBot, case: CaseFile) -> Iterator[Session]:
    manual_entries.add_entry(
        case, type=EventType.VISIT, time=None, text="words", identifier="13800138000"
    )
    findings.confirm(case, [Subject(SubjectKind.EVENT, 1)], VISIT)
    open_session = Session(case)
    yield open_session
    open_session.close()


class Broken:
    """Fails in the place of a function until it is mended."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str) -> None:
        self._is_mended = False
        self._whole = getattr(module, name)
        monkeypatch.setattr(module, name, self)

    def mend(self) -> None:
        self._is_mended = True

    def __call__(self, *values: Any, **named: Any) -> Any:
        if not self._is_mended:
            raise RuntimeError("unreadable")
        return self._whole(*values, **named)


def show(qtbot: QtBot, kind: List, session: Session) -> QWidget:
    page = kind.page(session)
    qtbot.addWidget(page)
    page.resize(1000, 600)
    with qtbot.waitExposed(page):
        page.show()
    return page


@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_cannot_be_read_says_so_and_is_read_again(
    name: str, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = LISTS[name]
    broken = Broken(monkeypatch, *kind.lists)
    page = show(qtbot, kind, session)
    empty = kind.empty(page)
    qtbot.waitUntil(lambda: empty.title.text() == "This list could not be read")
    assert empty.isVisible()
    assert not kind.view(page).isVisible()
    assert empty.advice.text()
    assert empty.act.text() == "Try again"
    broken.mend()
    empty.act.click()
    qtbot.waitUntil(kind.view(page).isVisible)
    assert kind.view(page).model().rowCount() > 0
    assert not empty.isVisible()


@pytest.mark.parametrize("name", [name for name, kind in LISTS.items() if kind.rows])
def test_rows_that_cannot_be_read_say_so_and_are_read_again(
    name: str, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = LISTS[name]
    assert kind.rows is not None
    unread: list[Callable[[], None]] = []
    session.unread.connect(lambda _, again: unread.append(again))
    broken = Broken(monkeypatch, *kind.rows)
    page = show(qtbot, kind, session)
    view = kind.view(page)
    model = view.model()
    assert isinstance(model, PagedModel)
    qtbot.waitUntil(lambda: bool(unread))
    index = model.index(model.rowCount() - 1, 0)
    text = index.data(UNREAD_ROLE)
    assert text.startswith("This could not be read.")
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    written = index.siblingAtColumn(model.columnCount() - 2).data()
    assert text in (spoken, written)
    with_words = view.viewport().grab().toImage()
    model._failures.clear()
    assert view.viewport().grab().toImage() != with_words
    broken.mend()
    unread[0]()
    qtbot.waitUntil(lambda: index.data(UNREAD_ROLE) is None and len(unread) == 1)
    qtbot.waitUntil(lambda: model._page_row(0) is not None)


def test_an_answer_that_comes_late_is_dropped(session: Session, qtbot: QtBot) -> None:
    """Of two questions only the last is answered."""
    page = RecordTable(session)
    qtbot.addWidget(page)
    page.model.show_item(1)
    page.model.show_item(2)
    with qtbot.waitSignal(page.model.loaded):
        pass
    assert page.model.rowCount() == 0
