"""What can be shown of an original, made anew: small pictures, sizes, texts; nothing else of it."""

from __future__ import annotations

from contextlib import closing

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records import items as item_records
from evidence_app.intake.process.pool import ReadingPool
from evidence_app.intake.records import Description
from evidence_app.model.custody import Action
from evidence_app.model.evidence import Rendition, TextBlock
from evidence_app.progress import Progress
from evidence_app.services import items
from evidence_app.services.importing.context import ImportOptions, context_for
from evidence_app.services.importing.incoming_file import SourceFile
from evidence_app.services.importing.prefetch import Reading


def add(case: CaseFile, pool: ReadingPool, item_id: int, progress: Progress) -> None:
    """Read an original once more, in a closed-off process, for what can be shown of it.

    Its entries are left as they are in the case.

    Raises:
        Cancelled: The person asked to stop.
        DamagedError: The original is not what was kept.
    """
    item = items.get(case, item_id)
    with items.open_original(case, item_id) as original:
        file = SourceFile(item.filename, item.filename, "", original)
        context = context_for(case, ImportOptions())
        with closing(Reading(pool, file, item.size, context, progress)) as reading:
            records = list(reading)
    renditions = [record for record in records if isinstance(record, Rendition)]
    texts = [record for record in records if isinstance(record, TextBlock)]
    with case.change(Action.RECOVER, {"item": item_id}, undoable=False) as change:
        item_records.add_renditions(change, item_id, renditions)
        item_records.add_texts(change, item_id, texts)
        for record in records:
            if isinstance(record, Description):
                item_records.edit_item(
                    change,
                    item_id,
                    width=record.width,
                    height=record.height,
                    duration_s=record.duration_s,
                    page_count=record.page_count,
                )
