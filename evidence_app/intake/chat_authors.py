"""Who of the authors of a chat is the owner of the phone or account."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from evidence_app.intake.chat_owner import folded
from evidence_app.model.question import Question, QuestionKind

_MOST_CANDIDATES = 50


def owner_among(authors: Iterable[str], owners: Sequence[str]) -> str | None:
    """The one author whom the person named as the owner; None if it is none or several."""
    wanted = {folded(owner) for owner in owners} - {""}
    found = {author for author in authors if folded(author) in wanted}
    return found.pop() if len(found) == 1 else None


def ask_for_owner(authors: Counter[str]) -> Question:
    """The question who of them is the owner, those who wrote most first."""
    named = [name for name, _count in authors.most_common() if name]
    return Question(QuestionKind.OWNER, {"candidates": named[:_MOST_CANDIDATES]})
