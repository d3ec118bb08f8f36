"""Asks for a new entry or for the details of the case, and keeps the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_app.gui.case.case_dialog import CaseDialog
from evidence_app.gui.evidence.entry_dialog import EntryDialog
from evidence_app.model.times import zone
from evidence_app.services import cases, manual_entries

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from evidence_app.gui.session import Session


def add_entry(session: Session, window: QWidget) -> None:
    """Ask what happened and write it down."""
    dialog = EntryDialog(zone(session.info.timezone), window)
    if dialog.exec() != EntryDialog.DialogCode.Accepted:
        return
    answers = dialog.answers()
    session.mutate(
        lambda case: manual_entries.add_entry(
            case,
            type=answers.type,
            time=answers.time,
            direction=answers.direction,
            identifier=answers.identifier,
            text=answers.text,
        )
    )


def edit_case(session: Session, window: QWidget) -> None:
    """Ask for changed details of the case."""
    dialog = CaseDialog(window, session.info)
    if dialog.exec() != CaseDialog.DialogCode.Accepted:
        return
    answers = dialog.answers()
    session.mutate(
        lambda case: cases.edit_info(
            case,
            title=answers.title,
            owner_name=answers.owner_name,
            timezone=answers.timezone,
            jurisdiction=answers.jurisdiction,
        )
    )
