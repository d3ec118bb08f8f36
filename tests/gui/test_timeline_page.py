"""The timeline against a real case: order, filters, labels, menus, and pages of a long list."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from pytestqt.qtbot import QtBot

from evidence_app.casefile.case import CaseFile
from evidence_app.gui.common import event_texts
from evidence_app.gui.common.choice_button import ChoiceButton
from evidence_app.gui.common.event_rows import EventRow
from evidence_app.gui.common.pages import PAGE, Pages
from evidence_app.gui.common.time_dialog import TimeDialog
from evidence_app.gui.session import Session
from evidence_app.gui.timeline.day_strip import bars
from evidence_app.gui.timeline.event_menu import EventMenu
from evidence_app.gui.timeline.page import TimelinePage
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import PlaceUnit, SourcePlace
from evidence_app.model.filters import DayGroup, EventFilter
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.model.party import Role
from evidence_app.model.times import (
    Instant,
    TimePrecision,
    TimeReading,
    TimeSource,
    WallClock,
    from_text,
    zone,
)
from evidence_app.rulebook import violations
from evidence_app.services import events as timeline
from evidence_app.services import findings, items, labels, manual_entries, parties, tags
from evidence_app.services.importing.importer import Importer

CALLS = """<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<calls count="4">
  <call number="13800138000" duration="12" date="1772511600000" type="1" contact_name="周某" />
  <call number="13800138001" duration="0" date="1772515200000" type="3" contact_name="(Unknown)" />
  <call number="-1" duration="0" date="1772518800000" type="3" contact_name="(Unknown)" />
  <call number="13800138000" duration="5" date="1772602800000" type="2" contact_name="周某" />
</calls>
"""
SHANGHAI = zone("Asia/Shanghai")


def at(text: str, precision: TimePrecision = TimePrecision.MINUTE) -> TimeReading:
    return TimeReading(from_text(text), TimeSource.PERSON, precision, text)


@pytest.fixture
def full(case: CaseFile, tmp_path: Path) -> CaseFile:
    log = tmp_path / "calls-20260304.xml"
    log.write_text(CALLS, encoding="utf-8")
    with Importer(case) as importer:
        importer.run([log])
    manual_entries.add_entry(
        case, type=EventType.VISIT, time=at("2026-03-03 21:30"), text="两个人上门", title="上门"
    )
    manual_entries.add_entry(
        case, type=EventType.LETTER, time=at("2026-03-05", TimePrecision.DAY), text="最后通知"
    )
    manual_entries.add_entry(case, type=EventType.NOTE, time=None, text="妈妈也接到了电话")
    return case


@pytest.fixture
def session(qtbot: QtBot, full: CaseFile) -> Iterator[Session]:
    open_session = Session(full)
    yield open_session
    open_session.close()


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> TimelinePage:
    new_timeline_page = TimelinePage(session)
    qtbot.addWidget(new_timeline_page)
    new_timeline_page.resize(1000, 700)
    with qtbot.waitExposed(new_timeline_page):
        new_timeline_page.show()
    qtbot.waitUntil(lambda: new_timeline_page.model.event_count() == 7)
    qtbot.waitUntil(lambda: new_timeline_page.model.row_at(1) is not None)
    return new_timeline_page


def visible_rows(page: TimelinePage) -> list[EventRow]:
    rows = [page.model.row_at(number) for number in range(page.model.rowCount())]
    return [row for row in rows if row is not None]


def narrow(qtbot: QtBot, page: TimelinePage, act: Callable[[], object], count: int) -> None:
    with qtbot.waitSignal(page.model.loaded):
        act()
    assert page.model.event_count() == count
    if count:
        qtbot.waitUntil(lambda: len(visible_rows(page)) == count)


def row_of(page: TimelinePage, kind: EventType) -> int:
    return next(
        number
        for number in range(page.model.rowCount())
        if (row := page.model.row_at(number)) is not None and row.event.type is kind
    )


def choose(page: TimelinePage, *rows: int) -> None:
    page.view.clearSelection()
    for row in rows:
        index = page.model.index(row, 0)
        page.view.selectionModel().select(index, page.view.selectionModel().SelectionFlag.Select)
        page.view.selectionModel().setCurrentIndex(
            index, page.view.selectionModel().SelectionFlag.NoUpdate
        )


def test_days_head_their_events_and_undated_ones_come_last(page: TimelinePage) -> None:
    days = [(group.day, group.count) for group in page.model.days]
    assert days == [
        (date(2026, 3, 3), 4),
        (date(2026, 3, 4), 1),
        (date(2026, 3, 5), 1),
        (None, 1),
    ]
    heads = [page.model.row_of_day(day) for day, _ in days]
    assert heads == [0, 5, 7, 9]
    assert page.model.rowCount() == 11
    assert page.model.event_at(0) is None
    assert not page.model.flags(page.model.index(5, 0)) & Qt.ItemFlag.ItemIsSelectable


def test_stretches_of_rows_leave_out_the_heads(page: TimelinePage) -> None:
    order = page.model.order
    assert order is not None
    ids = list(order.index.ids)
    assert page.model.events_in([(0, 10)]) == ids
    assert page.model.events_in([(0, 0), (5, 5)]) == []
    assert page.model.events_in([(4, 6)]) == ids[3:5]
    assert page.model.rows_of_events({ids[0], ids[4]}) == [1, 6]


def test_newest_first_and_the_strip_leads_to_a_day(page: TimelinePage, qtbot: QtBot) -> None:
    narrow(qtbot, page, lambda: page.filters.order.click(), 7)
    assert page.model.days[0].day == date(2026, 3, 5)
    page.resize(600, 260)
    with qtbot.waitSignal(page.strip.day_chosen):
        qtbot.mouseClick(page.strip, Qt.MouseButton.LeftButton, pos=QPoint(3, 30))
    top = page.model.day_at(page.view.top_row())
    assert top is not None
    assert page.view.verticalScrollBar().value() > 0


@pytest.mark.parametrize(
    ("event_filter", "count"),
    [
        (EventFilter(types=frozenset({EventType.CALL})), 4),
        (EventFilter(directions=frozenset({Direction.OUTGOING})), 1),
        (EventFilter(outcomes=frozenset({Outcome.MISSED})), 2),
        (EventFilter(first_day=date(2026, 3, 4), last_day=date(2026, 3, 4)), 1),
        (EventFilter(undated=True), 1),
        (EventFilter(text="上门"), 1),
    ],
)
def test_filters(page: TimelinePage, qtbot: QtBot, event_filter: EventFilter, count: int) -> None:
    narrow(qtbot, page, lambda: page.show_filter(event_filter), count)
    assert page.filters.event_filter() == event_filter
    assert page.filters.everything.isVisible()
    narrow(qtbot, page, page.filters.everything.click, 7)
    assert page.filters.event_filter() == EventFilter()


def test_typing_searches_and_nothing_found_says_so(page: TimelinePage, qtbot: QtBot) -> None:
    narrow(qtbot, page, lambda: qtbot.keyClicks(page.filters.search, "13800138001"), 1)
    narrow(qtbot, page, lambda: page.filters.search.setText("鲸鱼"), 0)
    assert page.empty.isVisible()
    assert page.empty.title.text()


def test_party_filter_offers_all_with_a_name_or_number(page: TimelinePage, qtbot: QtBot) -> None:
    by_label = {party.label(): party for party in parties.list_parties(page.model._session.case)}
    party = by_label["周某"] if "周某" in by_label else by_label["13800138000"]
    narrow(qtbot, page, lambda: page.show_party(party.id), 2)
    assert page.filters.parties.chosen() == [party.id]


def test_digits_label_several_at_once_and_undo_takes_it_back(
    page: TimelinePage, session: Session, qtbot: QtBot
) -> None:
    choose(page, 1, 2, 6)
    with qtbot.waitSignal(session.changed):
        qtbot.keyClick(page.view, Qt.Key.Key_2)
    code = violations.all_types()[1].code
    by_subject = labels.labels(session.case, page.selected_subjects())
    assert [labels_of.violations for labels_of in by_subject.values()] == [(code,)] * 3
    assert len(page.selected_subjects()) == 3
    with qtbot.waitSignal(session.changed):
        session.undo()
    assert findings.list_findings(session.case) == []
    qtbot.waitUntil(lambda: all(not row.own.violations for row in visible_rows(page)))


def test_labels_of_the_item_are_shown_as_inherited(
    page: TimelinePage, session: Session, qtbot: QtBot
) -> None:
    row = page.model.row_at(1)
    assert row is not None
    subject = Subject(SubjectKind.ITEM, row.event.item_id)
    session.mutate(lambda case: findings.confirm(case, [subject], "abusive_visit"))

    def inherited() -> bool:
        now = page.model.row_at(1)
        return now is not None and bool(now.inherited.violations)

    qtbot.waitUntil(inherited)


def test_label_filter_follows_changes(page: TimelinePage, session: Session, qtbot: QtBot) -> None:
    tag_id = tags.create(session.case, "给律师").tag_id
    assert tag_id is not None
    narrow(qtbot, page, lambda: page.show_filter(EventFilter(tag_id=tag_id)), 0)
    event_id = timeline.index(session.case, EventFilter()).ids[0]
    subject = Subject(SubjectKind.EVENT, event_id)
    with qtbot.waitSignal(page.model.loaded):
        session.mutate(lambda case: tags.add(case, [subject], tag_id))
    qtbot.waitUntil(lambda: page.model.event_count() == 1)


def test_enter_opens_the_source_row(page: TimelinePage, qtbot: QtBot) -> None:
    choose(page, 2)
    page.view.setFocus()
    with qtbot.waitSignal(page.open_item) as opened:
        qtbot.keyClick(page.view, Qt.Key.Key_Return)
    row = page.model.row_at(2)
    assert row is not None
    assert opened.args == [row.event.item_id, SourcePlace(PlaceUnit.ENTRY, 2)]


def test_t_opens_the_picker_for_what_is_chosen(page: TimelinePage, qtbot: QtBot) -> None:
    choose(page, 1, 2)
    page.pick_labels()
    assert page._picker is not None
    assert list(page._picker.subjects()) == page.selected_subjects()
    page._picker.hide()


def test_selection_is_told_and_survives_a_new_order(page: TimelinePage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.subject_selected) as failure:
        choose(page, row_of(page, EventType.VISIT))
    assert failure.args == [page.selected_subjects()]
    selected_subjects = page.selected_subjects()
    narrow(qtbot, page, lambda: page.filters.order.click(), 7)
    assert page.selected_subjects() == selected_subjects


def test_menu_edits_the_event_and_its_party(
    page: TimelinePage, session: Session, qtbot: QtBot
) -> None:
    row = page.model.row_at(1)
    assert row is not None
    assert row.event.party_id is not None
    subject = Subject(SubjectKind.EVENT, row.event.id)
    menu = EventMenu(session, row, [subject], SHANGHAI, page)
    qtbot.addWidget(menu)
    menu._set_direction(Direction.OUTGOING)
    menu._set_outcome(Outcome.REJECTED)
    menu._set_role(Role.COLLECTOR)
    party_id = row.event.party_id

    def edited() -> bool:
        event = timeline.get(session.case, row.event.id)
        role = parties.get(session.case, party_id).role
        return (event.direction, event.outcome, role) == (
            Direction.OUTGOING,
            Outcome.REJECTED,
            Role.COLLECTOR,
        )

    qtbot.waitUntil(edited)


def test_corrected_time_moves_the_event_to_its_day(
    page: TimelinePage, session: Session, qtbot: QtBot
) -> None:
    row = page.model.row_at(row_of(page, EventType.NOTE))
    assert row is not None
    dialog = TimeDialog(row.event.time, SHANGHAI, page)
    qtbot.addWidget(dialog)
    dialog.day.setDate(QDate(2026, 3, 6))
    dialog.precision.setCurrentIndex(dialog.precision.findData(TimePrecision.DAY))
    key = row.event.id
    dialog.chosen.connect(
        lambda reading: session.mutate(lambda case: timeline.correct_time(case, [key], reading))
    )
    with qtbot.waitSignal(page.model.loaded):
        dialog.accept()
    qtbot.waitUntil(lambda: page.model.days[-1].day == date(2026, 3, 6))


def test_clock_says_no_more_than_is_known() -> None:
    day = at("2026-03-05", TimePrecision.DAY)
    minute = at("2026-03-05 21:30")
    exact = TimeReading(
        from_text("2026-03-05T13:30:05Z"), TimeSource.RECORD, TimePrecision.SECOND, "x"
    )
    assert event_texts.clock(None, SHANGHAI) == ""
    assert event_texts.clock(day, SHANGHAI) == ""
    assert event_texts.clock(minute, SHANGHAI) == "21:30"
    assert event_texts.clock(exact, SHANGHAI) == "21:30:05"
    assert isinstance(minute.moment, WallClock)
    assert event_texts.is_wall_clock(minute)
    assert not event_texts.is_wall_clock(day)
    assert isinstance(exact.moment, Instant)
    assert not event_texts.is_wall_clock(exact)
    assert "x" in event_texts.time_explained(exact, SHANGHAI)


def test_bars_cover_all_days_and_count_each_event_once() -> None:
    groups = [DayGroup(date(2020, 1, 1), 0, 2), DayGroup(date(2026, 3, 3), 2, 5)]
    groups.append(DayGroup(None, 7, 1))
    for width in (60, 300, 1200, 9000):
        bar_list = bars(groups, width)
        assert sum(bar.count for bar in bar_list) == 7
        assert len(bar_list) <= max(1, width // 3)
        assert bar_list[0].target == date(2020, 1, 1)
    assert bars([DayGroup(None, 0, 3)], 300) == []


def test_dates_of_files_do_not_stretch_the_bars() -> None:
    groups = [DayGroup(date(2026, 3, 1), 0, 3, 1), DayGroup(date(2026, 11, 25), 3, 2, 2)]
    [bar] = bars(groups, 300)
    assert (bar.first, bar.count) == (date(2026, 3, 1), 2)
    assert sum(bar.count for bar in bars(groups[1:], 300)) == 2


def test_one_page_is_fetched_at_a_time_the_latest_first() -> None:
    fetched: list[int] = []
    pages: Pages[str] = Pages(fetched.append)
    for page in range(10):
        assert pages.get(page * PAGE, page) is None
    assert fetched == [0]
    pages.put(0, {0: "zero"})
    assert fetched == [0, 9]
    assert pages.get(0, 0) == "zero"
    pages.expire()
    assert pages.get(0, 0) == "zero"
    assert fetched[-1] == 0
    for _ in range(20):
        pages.failed(fetched[-1])
    assert len(fetched) <= 6


def test_one_choice_at_a_time_where_only_one_makes_sense(qtbot: QtBot) -> None:
    from evidence_app.gui.common.choice_button import Choice

    button: ChoiceButton[int] = ChoiceButton(single=True)
    qtbot.addWidget(button)
    button.set_title("Label")
    button.set_choices([Choice(number, f"n{number}") for number in range(20)])
    rows = button.popup().list
    rows.item(3).setCheckState(Qt.CheckState.Checked)
    assert button.chosen() == [3]
    rows.item(5).setCheckState(Qt.CheckState.Checked)
    assert button.chosen() == [5]
    assert rows.item(3).checkState() is Qt.CheckState.Unchecked
    assert "n5" in button.accessibleName()
    button.popup().search.setText("n19")
    assert [row for row in range(20) if not rows.item(row).isHidden()] == [19]


def test_trashed_items_take_their_events_along(
    page: TimelinePage, session: Session, qtbot: QtBot
) -> None:
    row = page.model.row_at(1)
    assert row is not None
    item_id = row.event.item_id
    with qtbot.waitSignal(page.model.loaded):
        session.mutate(lambda case: items.trash(case, [item_id]))
    qtbot.waitUntil(lambda: page.model.event_count() == 3)
