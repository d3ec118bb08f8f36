"""Brings together what came from several files: names, attachments of messages, devices."""

from __future__ import annotations

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records import attachments
from evidence_app.casefile.records import contacts as contact_records
from evidence_app.casefile.records import devices as device_records
from evidence_app.model.custody import Action
from evidence_app.services import parties
from evidence_app.services.importing.context import ImportOptions


def bring_together(case: CaseFile, new_items: list[int], options: ImportOptions) -> None:
    """Link what an import brought with what it belongs to.

    Args:
        case: The case.
        new_items: The items that came in.
        options: What the person said of them beforehand.
    """
    parties.add_own_numbers(case, options.owners)
    with case.change(Action.LINK, {"items": len(new_items)}, undoable=False) as change:
        contact_records.name_parties(change)
        for item_id in attachments.unresolved(change.connection):
            attachments.resolve(change, item_id)
        if options.device:
            device_id = device_records.know(change, options.device)
            device_records.assign(change, new_items, device_id)
