"""What files cannot tell: asked all together, answered whenever the person likes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from evidence_app import logs
from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records import questions as question_records
from evidence_app.errors import UsageError
from evidence_app.messages import MessageCode, message
from evidence_app.model.custody import Action
from evidence_app.model.question import OpenQuestion, QuestionKind
from evidence_app.progress import SILENT, Progress
from evidence_app.services import parties
from evidence_app.services.importing.context import ImportOptions, checked
from evidence_app.services.importing.importer import Importer
from evidence_app.services.importing.results import ImportResult


def list_questions(case: CaseFile, *, only_open: bool = True) -> list[OpenQuestion]:
    """The questions about items that are not in the trash, the oldest first."""
    with case.read() as connection:
        return question_records.questions(connection, only_open=only_open)


def get(case: CaseFile, question_id: int) -> OpenQuestion:
    """One question.

    Raises:
        UsageError: There is none of that number.
    """
    for question in list_questions(case, only_open=False):
        if question.id == question_id:
            return question
    raise UsageError(message(MessageCode.UNKNOWN_ID, value=f"q{question_id}"))


@logs.step("answer questions")
def answer(
    case: CaseFile,
    question_ids: Sequence[int],
    value: Any,
    *,
    progress: Progress = SILENT,
) -> list[ImportResult]:
    """Answer questions of one kind, and read their items again with what is known now.

    Events keep their numbers, tags and findings. A password is used and not kept.

    Args:
        case: The case.
        question_ids: Which questions.
        value: A date order, the name of a zone, numbers or names of the person's own, a mapping
            as JSON values, a password, or what the parts of a conversation are (``document`` if
            it is none), after the kind of the question.
        progress: Asked often whether to go on.

    Raises:
        UsageError: There is no such question, or the value is no answer to it.
        Cancelled: The person asked to stop; what was answered is answered.
    """
    answered = [get(case, question_id) for question_id in question_ids]
    answered += _same_tables(case, answered, value)
    options = ImportOptions()
    for open_question in answered:
        checked_answer = checked(open_question.question.kind, value)
        if open_question.question.kind is QuestionKind.PASSWORD:
            options = replace(options, password=str(value))
        if open_question.question.kind is QuestionKind.OWNER:
            parties.add_own_numbers(case, checked_answer)
        detail = {
            "item": open_question.item_id,
            "question": open_question.question.kind.value,
            "answer": checked_answer,
        }
        with case.change(Action.ANSWER, detail, undoable=False) as change:
            question_records.answer(change, open_question.id, checked_answer)
    results: list[ImportResult] = []
    with Importer(case, options) as importer:
        for item_id in dict.fromkeys(open_question.item_id for open_question in answered):
            results += importer.read_again(item_id, progress)
    return results


def _same_tables(
    case: CaseFile, answered: Sequence[OpenQuestion], value: Any
) -> list[OpenQuestion]:
    """Open questions about tables with the very heading that an answer is for."""
    if not answered or answered[0].question.kind not in _FOR_ALL_ALIKE:
        return []
    kind = answered[0].question.kind
    checked_answer = checked(kind, value)
    answered_ids = {open_question.id for open_question in answered}
    headings = [_heading(open_question, checked_answer) for open_question in answered]
    return [
        open_question
        for open_question in list_questions(case)
        if open_question.question.kind is kind
        and open_question.id not in answered_ids
        and (heading := _heading(open_question, None))
        and heading in headings
        and (
            kind is not QuestionKind.CALL_WORDS or _words_of(open_question) <= checked_answer.keys()
        )
    ]


_FOR_ALL_ALIKE = (QuestionKind.MAPPING, QuestionKind.CALL_WORDS, QuestionKind.DURATION_UNIT)


def _heading(open_question: OpenQuestion, answer: Any) -> list[str]:
    """The heading of the table that a question is about; as a mapping says, if it is one."""
    detail = open_question.question.detail
    if open_question.question.kind is not QuestionKind.MAPPING:
        return list(detail.get("heading", ()))
    return list(answer.get("heading", ())) if answer else list(detail.get("rows", [[]])[0])


def _words_of(open_question: OpenQuestion) -> set[str]:
    return {str(listed["word"]) for listed in open_question.question.detail["words"]}
