"""An unknown conversation from the drop to messages in the timeline, by the person's answers."""

from pathlib import Path

import pytest

from evidence_app.casefile.case import CaseFile
from evidence_app.errors import UsageError
from evidence_app.messages import MessageCode
from evidence_app.model.event import Direction, Event, EventType
from evidence_app.model.filters import EventFilter
from evidence_app.model.question import QuestionKind
from evidence_app.services import events as timeline
from evidence_app.services import questions
from evidence_app.services.importing.importer import Importer, ImportOutcome

TEXT = (
    "2024-03-05 10:00, Anna: pay now\n2024-03-05 10:01, Li Ming: no\n"
    "2024-03-05 10:02, Anna: last warning\n"
)
PARTS = ["time", "author", "text"]


def bring(case: CaseFile, tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_text(TEXT)
    with Importer(case) as importer:
        [result] = importer.run([path])
    assert result.outcome is ImportOutcome.PARTLY_READ
    assert result.reason is not None and result.reason.code is MessageCode.LOOKS_LIKE_CHAT


def events(case: CaseFile) -> list[Event]:
    return timeline.get_many(case, timeline.index(case, EventFilter()).ids)


def open_questions(case: CaseFile) -> dict[QuestionKind, int]:
    return {question.question.kind: question.id for question in questions.list_questions(case)}


def test_it_is_asked_and_becomes_messages(case: CaseFile, tmp_path: Path) -> None:
    bring(case, tmp_path)
    assert [event.type for event in events(case)] == [EventType.DOCUMENT]
    questions.answer(case, [open_questions(case)[QuestionKind.CONVERSATION]], PARTS)
    assert [event.text for event in events(case)] == ["pay now", "no", "last warning"]
    questions.answer(case, [open_questions(case)[QuestionKind.OWNER]], ["Li Ming"])
    assert [event.direction for event in events(case)] == [
        Direction.INCOMING, Direction.OUTGOING, Direction.INCOMING,
    ]  # fmt: skip
    assert QuestionKind.CONVERSATION not in open_questions(case)


def test_a_document_stays_one(case: CaseFile, tmp_path: Path) -> None:
    bring(case, tmp_path)
    questions.answer(case, [open_questions(case)[QuestionKind.CONVERSATION]], "document")
    assert [event.type for event in events(case)] == [EventType.DOCUMENT]
    assert not open_questions(case)


@pytest.mark.parametrize("value", [["time"], ["time", "time", "text"], ["x"], 3, "maybe"])
def test_what_is_no_answer(case: CaseFile, tmp_path: Path, value: object) -> None:
    bring(case, tmp_path)
    with pytest.raises(UsageError):
        questions.answer(case, [open_questions(case)[QuestionKind.CONVERSATION]], value)


def test_an_answer_is_for_one_file(case: CaseFile, tmp_path: Path) -> None:
    bring(case, tmp_path)
    questions.answer(case, [open_questions(case)[QuestionKind.CONVERSATION]], PARTS)
    other = tmp_path / "other.txt"
    other.write_text(TEXT.replace("Anna", "Eve"))
    with Importer(case) as importer:
        importer.run([other])
    assert QuestionKind.CONVERSATION in open_questions(case)
