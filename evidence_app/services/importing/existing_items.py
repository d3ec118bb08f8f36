"""Files whose bytes are in the case already: the item that has them, and where else they lay."""

from __future__ import annotations

from evidence_app.casefile import originals
from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records import items as item_records
from evidence_app.casefile.records import parts as part_records
from evidence_app.casefile.records import places as place_records
from evidence_app.casefile.records import queries
from evidence_app.model.custody import Action
from evidence_app.services.importing.incoming_file import SourceFile


def of_bytes(case: CaseFile, sha256: str) -> int | None:
    """The item that has these bytes; it is fetched from the trash if it is there.

    Raises:
        DamagedError: It has other bytes by now.
    """
    with case.read() as connection:
        item_id = queries.item_by_sha256(connection, sha256)
        trashed = item_id is not None and item_records.is_trashed(connection, item_id)
        content_id = item_records.content_of(connection, item_id) if item_id else None
    if content_id is not None:
        originals.require_bytes(case, content_id, sha256)
    if item_id is not None and trashed:
        with case.change(Action.RESTORE_ITEM, {"items": [item_id]}) as change:
            item_records.edit_item(change, item_id, trashed_at=None)
    return item_id


def note_place(case: CaseFile, file: SourceFile, item_id: int) -> bool:
    """Keep that an item lies here too, since messages name it as it is called here.

    Returns:
        Whether that was not known.
    """
    detail: dict[str, object] = {"item": item_id}
    if file.container_id is not None:
        detail |= {"container": file.container_id, "name": file.key}
        with case.change(Action.LINK, detail, undoable=False) as change:
            part_records.fill(change, file.container_id, file.key, item_id)
        return True
    with case.read() as connection:
        if place_records.is_at(connection, item_id, file.origin, file.filename):
            return False
    detail |= {"origin": file.origin, "filename": file.filename}
    with case.change(Action.LINK, detail, undoable=False) as change:
        place_records.add(change, item_id, file.origin, file.filename)
    return True
