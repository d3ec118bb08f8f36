"""Writes and reads questions about items, and the answers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select

from evidence_app.casefile.change import Change
from evidence_app.casefile.records import row_values
from evidence_app.casefile.schema import item, question
from evidence_app.model.question import OpenQuestion, Question, QuestionKind


def add(change: Change, item_id: int, questions: Iterable[Question]) -> None:
    """Keep the questions about an item, one of each kind.

    What is asked again was not helped by the answer that it had.
    """
    newest = {new_question.kind: new_question for new_question in questions}
    if not newest:
        return
    before = select(question.c.id).where(
        question.c.item_id == item_id, question.c.kind.in_([kind.value for kind in newest])
    )
    for question_id in change.connection.execute(before).scalars().all():
        change.delete(question, question_id)
    change.insert_many(
        question,
        [
            {
                "item_id": item_id,
                "kind": new_question.kind.value,
                "detail": json.dumps(dict(new_question.detail), ensure_ascii=False),
                "blocking": new_question.blocking,
                "answer": None,
                "answered_at": None,
            }
            for new_question in newest.values()
        ],
    )


def answer(change: Change, question_id: int, value: Any) -> None:
    """Keep an answer, a JSON value."""
    change.update(
        question,
        question_id,
        answer=json.dumps(value, ensure_ascii=False),
        answered_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def forget_open(change: Change, item_id: int) -> None:
    """Drop the open questions about an item that is read again."""
    query = select(question.c.id).where(question.c.item_id == item_id, question.c.answer.is_(None))
    for question_id in change.connection.execute(query).scalars().all():
        change.delete(question, question_id)


def questions(
    connection: Connection, *, item_id: int | None = None, only_open: bool = False
) -> list[OpenQuestion]:
    """Questions about items that are not in the trash, the oldest first."""
    query = (
        select(question, item.c.filename, item.c.origin)
        .join(item, item.c.id == question.c.item_id)
        .where(item.c.trashed_at.is_(None))
        .order_by(question.c.id)
    )
    if item_id is not None:
        query = query.where(question.c.item_id == item_id)
    if only_open:
        query = query.where(question.c.answer.is_(None))
    return [_question(row) for row in connection.execute(query).mappings()]


@row_values.converts(question)
def _question(row: Any) -> OpenQuestion:
    content = Question(QuestionKind(row["kind"]), dict(json.loads(row["detail"])), row["blocking"])
    given_answer = None if row["answer"] is None else json.loads(row["answer"])
    return OpenQuestion(
        row["id"], row["item_id"], row["filename"], row["origin"], content, given_answer
    )
