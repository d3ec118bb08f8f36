"""Whether what the person marks by hand agrees with the rules, asked without holding them up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from evidence_app.gui.appearance import texts
from evidence_app.model.custody import Action
from evidence_app.model.finding import Subject
from evidence_app.services import contradictions, findings
from evidence_app.services.contradictions import Contradiction
from evidence_app.services.history import Edit

if TYPE_CHECKING:
    from evidence_app.gui.session import Session


def check_edit(session: Session, edit: Edit, subjects: Sequence[Subject], violation: str) -> None:
    """As `check`, if an edit marked something and did not take a mark off."""
    if edit.action is Action.CONFIRM_FINDING:
        check(session, subjects, violation)


def check(session: Session, subjects: Sequence[Subject], violation: str) -> None:
    """Tell what speaks against marks that were just made: one sentence, however many they are.

    Args:
        session: The open case.
        subjects: What was marked.
        violation: As what.
    """
    chosen = tuple(subjects)
    session.query(
        lambda case: contradictions.contradictions(case, chosen, violation),
        lambda doubts: _tell(session, doubts, violation),
        owner=session,
    )


def _tell(session: Session, doubts: Sequence[Contradiction], violation: str) -> None:
    if not doubts:
        return
    text = texts.message_text(doubts[0].reason)
    if len(doubts) > 1:
        more = QCoreApplication.translate(
            "MarkedByHand", "%n of what you marked may not fit. The first:", "", len(doubts)
        )
        text = f"{more} {text}"
    doubtful = [contradiction.subject for contradiction in doubts]
    session.doubted.emit(
        text,
        lambda: session.mutate(lambda case: findings.remove(case, doubtful, violation)),
    )
