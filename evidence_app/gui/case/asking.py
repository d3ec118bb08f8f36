"""Asks what happened, or what the case is about, and keeps the answer."""

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
    told = dialog.answers()
    session.mutate(
        lambda case: manual_entries.add_entry(
            case,
            type=told.type,
            time=told.time,
            direction=told.direction,
            identifier=told.identifier,
            text=told.text,
        )
    )


def edit_case(session: Session, window: QWidget) -> None:
    """Ask anew what the case is about."""
    dialog = CaseDialog(window, session.info)
    if dialog.exec() != CaseDialog.DialogCode.Accepted:
        return
    told = dialog.answers()
    session.mutate(
        lambda case: cases.edit_info(
            case,
            title=told.title,
            owner_name=told.owner_name,
            timezone=told.timezone,
            jurisdiction=told.jurisdiction,
        )
    )
