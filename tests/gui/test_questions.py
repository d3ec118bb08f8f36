"""Questions about files are asked, answered and gone; people are put together and taken apart."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from evidence_app.gui.importing.mapping_dialog import MappingDialog
from evidence_app.gui.importing.question_card import QuestionCard
from evidence_app.gui.importing.questions_dialog import QuestionsDialog
from evidence_app.gui.importing.results_dialog import ImportResults
from evidence_app.gui.parties.page import PartiesPage
from evidence_app.gui.parties.split_dialog import SplitDialog
from evidence_app.gui.session import Session
from evidence_app.gui.workspace import Workspace
from evidence_app.model.event import Direction
from evidence_app.model.filters import EventFilter
from evidence_app.model.party import Role
from evidence_app.model.question import OpenQuestion, Question, QuestionKind
from evidence_app.services import devices, parties, questions
from evidence_app.services import events as timeline
from evidence_app.services.cases import CaseFile
from evidence_app.services.importing.importer import Importer, ImportResult

AMBIGUOUS = "date,type,number,seconds\n03/04/2024 10:00,in,95001,3\n"
UNKNOWN = "Wann,Wer,Richtung,Sek\n2024-03-15 14:30:00,+12025550143,her,12\n"
CALLS = (
    "number,date,type,seconds\n13800138001,2024-03-15 14:30:00,in,9\n"
    "13800138002,2024-03-15 15:30:00,in,9\n"
)


@pytest.fixture
def session(case: CaseFile, qapp: object) -> Iterator[Session]:
    """The case as the window has it open."""
    open_session = Session(case)
    yield open_session
    open_session.close()


def bring(session: Session, tmp_path: Path, **files: str) -> list[ImportResult]:
    paths = []
    for name, text in files.items():
        paths.append(tmp_path / f"{name}.csv")
        paths[-1].write_text(text)
    with Importer(session.case) as importer:
        return importer.run(paths)


def card(dialog: QuestionsDialog, kind: QuestionKind) -> Any:
    return next(question_card for question_card in dialog.cards if question_card.kind is kind)


def test_an_answer_in_the_window_gives_the_entry_its_time(
    session: Session, qtbot: Any, tmp_path: Path
) -> None:
    bring(session, tmp_path, ambiguous=AMBIGUOUS)
    workspace = Workspace(session)
    qtbot.addWidget(workspace)
    workspace.show()
    qtbot.waitUntil(lambda: workspace.question_bar.isVisible())
    workspace.question_bar.answer.click()
    [dialog] = workspace.findChildren(QuestionsDialog)
    qtbot.waitUntil(lambda: len(dialog.cards) == 2)
    order = card(dialog, QuestionKind.DATE_ORDER)
    assert not order.value()
    buttons = order.orders.buttons()
    assert buttons[0].text().startswith("“03/04/2024 10:00”")
    buttons[1].click()
    order.button.click()
    qtbot.waitUntil(lambda: len(dialog.cards) == 1, timeout=20_000)
    ids = timeline.index(session.case, EventFilter()).ids
    [event] = timeline.get_many(session.case, ids)
    assert event.time is not None
    assert event.time.moment.at.isoformat() == "2024-03-04T10:00:00"
    zone = card(dialog, QuestionKind.TIMEZONE)
    zone.zone.setCurrentText("America/New_York")
    zone.button.click()
    qtbot.waitUntil(lambda: not dialog.cards, timeout=20_000)
    qtbot.waitUntil(lambda: not workspace.question_bar.isVisible())
    dialog.reject()


def test_what_columns_hold_is_said_over_a_look_at_them(
    session: Session, qtbot: Any, tmp_path: Path
) -> None:
    bring(session, tmp_path, unknown=UNKNOWN)
    [question] = questions.list_questions(session.case)
    dialog = MappingDialog(question.question.detail, question.filename)
    qtbot.addWidget(dialog)
    assert dialog.has_heading.isChecked()
    assert dialog.table.item(1, 0).text() == "Wann"
    dialog.choices[2].setCurrentIndex(dialog.choices[2].findData("direction"))
    assert list(dialog.words) == ["her"]
    dialog.words["her"].setCurrentIndex(dialog.words["her"].findData("incoming"))
    mapping = dialog.mapping()
    assert mapping.columns == {"time": 0, "number": 1, "direction": 2, "duration": 3}
    assert mapping.directions == {"her": "incoming"}
    ok = dialog._buttons.button(dialog._buttons.StandardButton.Ok)
    assert ok.isEnabled()
    dialog.choices[1].setCurrentIndex(dialog.choices[1].findData("time"))
    assert not ok.isEnabled()
    assert dialog._problem.text()
    dialog.choices[1].setCurrentIndex(0)
    assert ok.isEnabled()
    for column in (2, 3):
        dialog.choices[column].setCurrentIndex(0)
    assert not ok.isEnabled()
    assert dialog._problem.text()


def test_words_and_units_are_answered_with_examples_before_ones_eyes(
    session: Session, qtbot: Any, tmp_path: Path
) -> None:
    rows = "Date,Type,Number,Duration\n2024-03-15 14:30:00,Zugang,+12025550143,3\n"
    bring(session, tmp_path, words=rows)
    workspace = Workspace(session)
    qtbot.addWidget(workspace)
    workspace.show()
    qtbot.waitUntil(lambda: workspace.question_bar.isVisible())
    workspace.question_bar.answer.click()
    [dialog] = workspace.findChildren(QuestionsDialog)
    qtbot.waitUntil(lambda: len(dialog.cards) >= 2)
    word_card = card(dialog, QuestionKind.CALL_WORDS)
    assert not word_card.value()
    [box] = word_card.field.choices.values()
    box.setCurrentIndex(box.findData("incoming"))
    assert word_card.value() == {"Zugang": "incoming"}
    texts = [label.text() for label in word_card.findChildren(QLabel)]
    assert any("2024-03-15 14:30:00 · Zugang · +12025550143 · 3" in text for text in texts)
    word_card.button.click()
    qtbot.waitUntil(
        lambda: (
            QuestionKind.CALL_WORDS not in {question_card.kind for question_card in dialog.cards}
        ),
        timeout=20_000,
    )
    unit = card(dialog, QuestionKind.DURATION_UNIT)
    button_texts = [button.text() for button in unit.field.buttons.buttons()]
    assert "0:00:03" in button_texts[0]
    assert "0:03:00" in button_texts[1]
    unit.field.buttons.buttons()[1].click()
    unit.button.click()
    qtbot.waitUntil(
        lambda: (
            QuestionKind.DURATION_UNIT not in {question_card.kind for question_card in dialog.cards}
        ),
        timeout=20_000,
    )
    [event] = timeline.get_many(session.case, timeline.index(session.case, EventFilter()).ids)
    assert (event.direction, event.duration_s) == (Direction.INCOMING, 180)
    dialog.reject()


@pytest.mark.parametrize("kind", list(QuestionKind))
def test_every_kind_of_question_has_a_card(qtbot: Any, kind: QuestionKind) -> None:
    detail = {"samples": {"cp949": "날짜"} if kind is QuestionKind.ENCODING else ["03/04/24"]}
    open_question = OpenQuestion(1, 1, "a.csv", "", Question(kind, detail))
    new_question_card = QuestionCard([open_question], "Asia/Shanghai")
    qtbot.addWidget(new_question_card)
    assert new_question_card._question()
    guessed = (QuestionKind.TIMEZONE, QuestionKind.CONVERSATION)
    assert not new_question_card.value() or kind in guessed


def test_the_sheet_asks_for_the_device_and_offers_the_questions(
    session: Session, qtbot: Any, tmp_path: Path
) -> None:
    results = bring(session, tmp_path, ambiguous=AMBIGUOUS)
    sheet = ImportResults(results)
    qtbot.addWidget(sheet)
    sheet.show()
    device_answers: list[tuple[list[int], str, bool]] = []
    requests: list[bool] = []
    sheet.device_told.connect(lambda *values: device_answers.append(values))
    sheet.questions_wanted.connect(lambda: requests.append(True))
    sheet.offer_devices([])
    sheet.device.box.setEditText("  my P40 ")
    sheet.ask.click()
    assert device_answers == [([results[0].item_id], "my P40", True)]
    assert requests == [True]


def test_a_device_is_kept_through_the_workspace(
    session: Session, qtbot: Any, tmp_path: Path
) -> None:
    [result] = bring(session, tmp_path, calls=CALLS)
    workspace = Workspace(session)
    qtbot.addWidget(workspace)
    assert result.item_id is not None
    workspace.tell_device([result.item_id], "P40", False)
    qtbot.waitUntil(lambda: bool(devices.list_devices(session.case)))
    [device] = devices.list_devices(session.case)
    assert (device.name, device.is_kept) == ("P40", False)


def test_people_are_put_together_and_taken_apart_in_the_window(
    session: Session, qtbot: Any, tmp_path: Path
) -> None:
    bring(session, tmp_path, calls=CALLS)
    page = PartiesPage(session)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.model.rowCount() >= 2)
    page.search.setText("1380013800")
    page.table.selectAll()
    assert page.merge_button.isEnabled() and not page.split_button.isEnabled()
    page.merge_button.click()
    qtbot.waitUntil(lambda: page.sorted.rowCount() == 1)
    page.table.selectRow(0)
    assert page.split_button.isEnabled()
    page.split_button.click()
    [dialog] = page.findChildren(SplitDialog)
    ok = dialog._buttons.button(dialog._buttons.StandardButton.Ok)
    assert not ok.isEnabled()
    dialog.list.item(0).setCheckState(Qt.CheckState.Checked)
    assert ok.isEnabled()
    ok.click()
    qtbot.waitUntil(lambda: page.sorted.rowCount() == 2)
    session.undo()
    qtbot.waitUntil(lambda: page.sorted.rowCount() == 1)
    session.undo()
    qtbot.waitUntil(lambda: page.sorted.rowCount() == 2)
    others = [party for party in parties.list_parties(session.case) if party.role is not Role.ME]
    assert sorted(party.event_count for party in others) == [1, 1]


CHAT = (
    "2024-03-05 10:00, Anna: pay now\n2024-03-05 10:01, Li Ming: no\n"
    "2024-03-05 10:02, Anna: last warning\n"
)


def test_an_unknown_conversation_shows_examples_and_is_read_or_stays_a_document(
    session: Session, qtbot: Any, tmp_path: Path
) -> None:
    (tmp_path / "chat.txt").write_text(CHAT)
    with Importer(session.case) as importer:
        importer.run([tmp_path / "chat.txt"])
    [question] = questions.list_questions(session.case)
    answers: list[object] = []
    shown_card = QuestionCard([question], "Asia/Shanghai")
    qtbot.addWidget(shown_card)
    shown_card.answered.connect(lambda _ids, value: answers.append(value))
    labels = [label.text() for label in shown_card.conversation.findChildren(QLabel)]
    assert {"Anna", "Li Ming", "pay now", "last warning", "2024-03-05 10:00"} <= set(labels)
    first, second, _third = shown_card.conversation.choices
    first.setCurrentIndex(1)
    shown_card.button.click()
    assert not answers and shown_card.conversation.problem.text()
    first.setCurrentIndex(0)
    shown_card.button.click()
    assert answers == [["time", "author", "text"]]
    assert second.accessibleName() == "What part 2 is"
    shown_card.setEnabled(True)
    shown_card.refuse.click()
    assert answers[1:] == ["document"]
