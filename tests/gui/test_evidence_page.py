"""The evidence page against real cases: list, filters, viewer, labels, undo, inspector."""

from array import array
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot
from window_ends import wait_for

from evidence_app.casefile.case import CaseFile
from evidence_app.gui.evidence.menu import ItemMenu
from evidence_app.gui.evidence.page import EvidencePage
from evidence_app.gui.evidence.rows import ItemOrdering
from evidence_app.gui.inspector.inspector import Inspector
from evidence_app.gui.labels.label_picker import TagPicker
from evidence_app.gui.session import Session
from evidence_app.gui.viewer.content import Pane
from evidence_app.gui.viewer.original_actions import write_original
from evidence_app.gui.workspace import Page, Workspace
from evidence_app.model.event import EventType
from evidence_app.model.evidence import ItemKind, PlaceUnit, SourcePlace
from evidence_app.model.filters import ItemFilter, ItemOrder
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.model.times import TimePrecision, TimeReading, TimeSource, from_text
from evidence_app.rulebook import violations
from evidence_app.services import events as timeline
from evidence_app.services import findings, items, labels, manual_entries, tags
from evidence_app.services.importing.importer import Importer

Wait = Callable[[Callable[[], bool]], None]

CALLS = """<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<calls count="3">
  <call number="13800138000" duration="12" date="1772511600000" type="1" contact_name="周某" />
  <call number="13800138001" duration="0" date="1772515200000" type="3" contact_name="(Unknown)" />
  <call number="-1" duration="0" date="1772518800000" type="3" contact_name="(Unknown)" />
</calls>
"""


@pytest.fixture
def session(qtbot: QtBot, case: CaseFile) -> Iterator[Session]:
    open_session = Session(case)
    yield open_session
    open_session.close()


@pytest.fixture
def wait(qtbot: QtBot) -> Wait:
    return lambda condition: qtbot.waitUntil(condition, timeout=10_000)


@pytest.fixture
def page(qtbot: QtBot, session: Session, wait: Wait) -> EvidencePage:
    new_evidence_page = EvidencePage(session)
    qtbot.addWidget(new_evidence_page)
    new_evidence_page.resize(900, 600)
    new_evidence_page.show()
    wait(lambda: new_evidence_page.model.ordering is not None)
    return new_evidence_page


def write_down(session: Session, *texts: str) -> list[int]:
    item_ids = []
    for text in texts:
        edit = manual_entries.add_entry(session.case, type=EventType.VISIT, time=None, text=text)
        assert edit.item_id is not None
        item_ids.append(edit.item_id)
        session.tell(edit.changes)
    return item_ids


def picture(path: Path, colour: str = "red", width: int = 400, height: int = 300) -> Path:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    assert image.save(str(path))
    return path


def bring_in(session: Session, *paths: Path) -> list[int]:
    with Importer(session.case) as importer:
        results = importer.run(paths)
    for path in paths:
        path.unlink()
    assert all(result.item_id is not None for result in results), results
    return [result.item_id for result in results if result.item_id is not None]


def subject(item_id: int) -> Subject:
    return Subject(SubjectKind.ITEM, item_id)


def test_an_empty_case_invites_to_drop_files(page: EvidencePage) -> None:
    assert page.empty.isVisible()
    assert page.empty.title.text() == "Drop your evidence here"


def test_new_items_appear_and_are_read(page: EvidencePage, session: Session, wait: Wait) -> None:
    first, second = write_down(session, "上门", "打电话")
    wait(lambda: page.model.rowCount() == 2 and page.model.row_at(1) is not None)
    assert page.view.isVisible()
    row = page.model.row_at(page.model.row_of(second) or 0)
    assert row is not None and row.item.kind is ItemKind.NOTE
    assert page.model.row_of(first) is not None


def test_search_kinds_labels_and_order_narrow_the_list(
    page: EvidencePage, session: Session, wait: Wait
) -> None:
    first, second = write_down(session, "bbb 上门", "aaa 电话")
    session.mutate(lambda case: findings.confirm(case, [subject(first)], "abusive_visit"))
    wait(lambda: page.model.rowCount() == 2)
    page.bar.search.setText("电话")
    wait(lambda: page.model.rowCount() == 1 and page.model.id_at(0) == second)
    page.bar.search.setText("nothing like it")
    wait(lambda: page.empty.isVisible() and page.empty.title.text() == "Nothing matches")
    assert page.bar.everything.isVisible()
    page.bar.clear()
    wait(lambda: page.model.rowCount() == 2)
    page.model.show(ItemFilter(violation="abusive_visit"), ItemOrder.TIME)
    wait(lambda: page.model.rowCount() == 1 and page.model.id_at(0) == first)
    page.bar.order.setCurrentIndex(page.bar.order.findData(ItemOrder.NAME))
    wait(lambda: page.model.rowCount() == 2 and page.model.id_at(0) == second)
    page.bar.direction.click()
    wait(lambda: page.model.id_at(0) == first)


def test_a_thumbnail_comes_and_stays(
    page: EvidencePage, session: Session, wait: Wait, tmp_path: Path
) -> None:
    (item_id,) = bring_in(session, picture(tmp_path / "a.png", "#ff0000"))
    page.model.reload()
    wait(lambda: page.model.rowCount() == 1)
    wait(lambda: page.model.thumbnail_at(0) is not None)
    thumbnail = page.model.thumbnail_at(0)
    assert thumbnail is not None and thumbnail.toImage().pixelColor(10, 10).red() > 240
    assert page.model.row_of(item_id) == 0


def test_digits_label_all_that_is_chosen_and_undo_takes_it_back(
    page: EvidencePage, session: Session, wait: Wait, qtbot: QtBot
) -> None:
    ids = write_down(session, "one", "two", "three")
    wait(lambda: page.model.rowCount() == 3)
    page.view.select(ids[:2])
    assert page.view.subjects() == [subject(ids[0]), subject(ids[1])]
    qtbot.keyClick(page.view, Qt.Key.Key_3)
    code = violations.all_types()[2].code
    wait(lambda: session.history.can_undo)
    labels_of = labels.labels(session.case, [subject(item_id) for item_id in ids])
    assert [labels_of[subject(item_id)].violations for item_id in ids] == [(code,), (code,), ()]
    assert page.view.subjects() == [subject(ids[0]), subject(ids[1])], "the selection stays"
    session.undo()
    wait(lambda: not session.history.can_undo)
    assert labels.labels(session.case, [subject(ids[0])])[subject(ids[0])].violations == ()


def test_enter_opens_arrows_step_and_escape_goes_back(
    page: EvidencePage, session: Session, wait: Wait, qtbot: QtBot
) -> None:
    ids = write_down(session, "first words", "second words")
    wait(lambda: page.model.rowCount() == 2)
    page.view.select([ids[0]])
    page.view.setFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    wait(lambda: page.viewer.content is not None)
    assert page.viewer.isVisible()
    assert page.viewer.content is not None and page.viewer.content.pane is Pane.TEXT
    assert page.viewer.text.text.toPlainText() == "first words"
    assert page.viewer.place.text() == "1 of 2"
    qtbot.keyClick(page.viewer, Qt.Key.Key_Right)
    wait(lambda: page.viewer.text.text.toPlainText() == "second words")
    qtbot.keyClick(page.viewer, Qt.Key.Key_Right)
    assert page.viewer.place.text() == "2 of 2"
    qtbot.keyClick(page.viewer, Qt.Key.Key_1)
    wait(lambda: session.history.can_undo)
    code = violations.all_types()[0].code
    assert labels.labels(session.case, [subject(ids[1])])[subject(ids[1])].violations == (code,)
    page.show_list()
    assert page.view.isVisible()
    assert page.view.subjects() == [subject(ids[1])], "what was looked at last is chosen"


def test_the_words_that_were_searched_are_marked_in_the_text(
    page: EvidencePage, session: Session, wait: Wait
) -> None:
    (item_id,) = write_down(session, "他们说要起诉我，还说起诉我全家")
    wait(lambda: page.model.rowCount() == 1)
    page.bar.search.setText("起诉")
    page.show_item(item_id)
    wait(lambda: len(page.viewer.text.text.extraSelections()) == 2)
    assert page.viewer.text.finder.count.text() == "2"
    page.viewer.text.finder.next.click()
    assert page.viewer.text.text.textCursor().selectedText() == "起诉"


def test_a_picture_fits_then_zooms_where_the_pointer_is(
    page: EvidencePage, session: Session, wait: Wait, tmp_path: Path, qtbot: QtBot
) -> None:
    (item_id,) = bring_in(session, picture(tmp_path / "a.png", width=3000, height=2000))
    page.show_item(item_id)
    wait(lambda: page.viewer.content is not None and page.viewer.picture.scale < 1)
    view = page.viewer.picture
    assert view.fitting
    at = QPointF(100, 80)
    before = view._in_picture(at)
    view.zoom_to(1.5, at)
    after = view._in_picture(at)
    assert abs(before.x() - after.x()) < 1 and abs(before.y() - after.y()) < 1
    assert page.viewer.scale.text() == "150 %"
    centre = QPointF(view._centre)
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
    qtbot.mouseMove(view, QPoint(150, 170))
    view._pan(QPointF(-50, -30))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(150, 170))
    assert view._centre.x() > centre.x() and view._centre.y() > centre.y()
    qtbot.keyClick(view, Qt.Key.Key_F)
    assert view.fitting
    qtbot.keyClick(view, Qt.Key.Key_Z)
    assert view.scale == 1.0


def test_call_logs_show_their_entries_and_go_to_a_place(
    page: EvidencePage, session: Session, wait: Wait, tmp_path: Path
) -> None:
    path = tmp_path / "calls-20260303.xml"
    path.write_text(CALLS, encoding="utf-8")
    (item_id,) = bring_in(session, path)
    page.show_item(item_id, SourcePlace(PlaceUnit.ENTRY, 2))
    records = page.viewer.records
    wait(lambda: records.model.rowCount() == 3)
    wait(lambda: bool(records.subjects()))
    (chosen,) = records.subjects()
    event = timeline.get(session.case, chosen.id)
    assert event.place == SourcePlace(PlaceUnit.ENTRY, 2)
    wait(lambda: records.model.index(1, 0).data() is not None)
    cells = [str(records.model.index(1, column).data()) for column in range(6)]
    assert cells[0] == "entry 2" and "13800138001" in cells[2] and cells[4] == "Missed"
    assert page.selected_subjects() == [chosen]
    page.viewer.records.finder.seek("周某")
    wait(lambda: records.model.rowCount() == 1)


def test_an_unread_original_is_explained_and_can_be_taken_out(
    page: EvidencePage, session: Session, wait: Wait, tmp_path: Path
) -> None:
    data = bytes(range(256)) * 9
    path = tmp_path / "strange.bin"
    path.write_bytes(data)
    (item_id,) = bring_in(session, path)
    page.show_item(item_id)
    wait(lambda: page.viewer.plain.title.text() == "strange.bin")
    item = items.get(session.case, item_id)
    assert item.sha256[:32] in page.viewer.plain.hash.text()
    page.viewer.plain.copy.click()
    assert QGuiApplication.clipboard().text() == item.sha256
    out = tmp_path / "out.bin"
    write_original(session, item, out, page)
    wait(lambda: out.exists() and out.stat().st_size == len(data))
    assert out.read_bytes() == data
    out.unlink()


def test_items_go_to_the_trash_and_come_back(
    page: EvidencePage, session: Session, wait: Wait
) -> None:
    first, second = write_down(session, "one", "two")
    wait(lambda: page.model.rowCount() == 2 and page.model.row_at(0) is not None)
    page.view.select([first])
    page._with_menu(ItemMenu.trash)
    wait(lambda: page.model.rowCount() == 1 and page.model.id_at(0) == second)
    page.bar.trash.click()
    wait(lambda: page.model.rowCount() == 1 and page.model.id_at(0) == first)
    session.undo()
    wait(lambda: page.model.rowCount() == 0)
    assert page.empty.title.text() == "The trash is empty"


def test_the_picker_searches_counts_and_makes_tags(
    qtbot: QtBot, session: Session, wait: Wait
) -> None:
    ids = write_down(session, "one", "two")
    code = violations.all_types()[1].code
    findings.confirm(session.case, [subject(ids[0])], code)
    picker = TagPicker(session)
    qtbot.addWidget(picker)
    picker.open_for([subject(item_id) for item_id in ids], QPoint(10, 10))
    wait(lambda: picker._state.subjects == 2)
    rows = picker.list.model()
    states = [Qt.CheckState(rows.index(row, 0).data(10)) for row in range(2)]
    assert states == [Qt.CheckState.Unchecked, Qt.CheckState.PartiallyChecked]
    assert rows.rowCount() == len(violations.all_types()) + 1
    qtbot.keyClick(picker.search, Qt.Key.Key_Down)
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    wait(lambda: Qt.CheckState(rows.index(1, 0).data(10)) is Qt.CheckState.Checked)
    picker.search.setText("my own word")
    assert rows.rowCount() == 1 and "my own word" in rows.index(0, 0).data()
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    box = wait_for(QMessageBox, qtbot)
    qtbot.mouseClick(box.buttons()[0], Qt.MouseButton.LeftButton)
    wait(lambda: [tag.use_count for tag in tags.list_tags(session.case)] == [2])
    picker.hide()


@pytest.fixture
def inspector(qtbot: QtBot, session: Session) -> Inspector:
    new_inspector = Inspector(session)
    qtbot.addWidget(new_inspector)
    new_inspector.resize(320, 700)
    new_inspector.show()
    return new_inspector


def test_the_inspector_edits_in_place(
    inspector: Inspector, session: Session, wait: Wait, qtbot: QtBot
) -> None:
    (item_id,) = write_down(session, "words")
    inspector.show_subjects([subject(item_id)])
    wait(lambda: inspector.title.text() == "words")
    assert inspector.when.time.text() == "No date is known"
    item = items.get(session.case, item_id)
    assert item.sha256 in inspector.origin_facts.texts()
    inspector.copy.click()
    assert QGuiApplication.clipboard().text() == item.sha256
    inspector.title.selectAll()
    qtbot.keyClicks(inspector.title, "another title")
    qtbot.keyClick(inspector.title, Qt.Key.Key_Return)
    wait(lambda: items.get(session.case, item_id).title == "another title")
    inspector.note.setPlainText("what I saw")
    inspector.note.save()
    wait(lambda: items.get(session.case, item_id).note == "what I saw")
    session.undo()
    wait(lambda: inspector.note.toPlainText() == "")


def test_the_inspector_keeps_what_sources_state_beside_a_corrected_time(
    inspector: Inspector, session: Session, wait: Wait, tmp_path: Path
) -> None:
    (item_id,) = bring_in(session, picture(tmp_path / "Screenshot_2026-03-04-22-41-07.png"))
    inspector.show_subjects([subject(item_id)])
    wait(lambda: inspector.when.time.text() == "2026-03-04 22:41:07")
    assert inspector.when.caution.isVisible()
    moment = from_text("2026-03-05T10:00:00+08:00")
    stated = TimeReading(moment, TimeSource.PERSON, TimePrecision.MINUTE)
    inspector._put_time([subject(item_id)], stated)
    wait(lambda: "2026-03-05 10:00" in inspector.when.time.text())
    others = inspector.when.others.texts()
    assert "From the file name" in others and "2026-03-04 22:41:07" in others


def test_several_are_labelled_together(inspector: Inspector, session: Session, wait: Wait) -> None:
    ids = write_down(session, "one", "two")
    code = violations.all_types()[0].code
    findings.confirm(session.case, [subject(ids[0])], code)
    inspector.show_subjects([subject(item_id) for item_id in ids])
    wait(lambda: len(inspector.chips.chips) == 1)
    (chip,) = inspector.chips.chips
    assert chip.hollow and chip.toolTip() == "On 1 of 2 selected"
    assert inspector.kind.isVisible() and not inspector.title.isVisible()
    chip.remove.click()
    wait(lambda: not inspector.chips.chips)
    assert findings.list_findings(session.case) == []


def test_ten_thousand_items_hold_only_a_few_rows(
    page: EvidencePage, session: Session, wait: Wait
) -> None:
    (item_id,) = write_down(session, "one")
    wait(lambda: page.model.rowCount() == 1)
    page.model._take(ItemOrdering(array("q", [item_id, *range(100_000, 110_000)]), True))
    page.view.scrollToBottom()
    QApplication.processEvents()
    page.view.scrollToTop()
    wait(lambda: page.model.row_at(0) is not None)
    assert len(page.model._pages._cache) < 10


def test_a_page_that_is_not_seen_does_not_change_the_inspector(
    session: Session, wait: Wait, qtbot: QtBot
) -> None:
    workspace = Workspace(session)
    qtbot.addWidget(workspace)
    workspace.show()
    (item_id,) = write_down(session, "one")
    wait(lambda: workspace.evidence.model.rowCount() == 1)
    workspace.evidence.view.select([item_id])
    workspace.timeline.subject_selected.emit([])
    assert workspace.inspector.subjects() == (subject(item_id),)
    workspace.show_page(Page.TIMELINE)
    assert workspace.inspector.subjects() == ()
    workspace.show_page(Page.EVIDENCE)
    assert workspace.inspector.subjects() == (subject(item_id),)
