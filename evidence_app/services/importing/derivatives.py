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
from evidence_app.services.importing.context import ImportOptions, known
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
        told = known(case, ImportOptions())
        with closing(Reading(pool, file, item.size, told, progress)) as reading:
            records = list(reading)
    shown = [one for one in records if isinstance(one, Rendition)]
    texts = [one for one in records if isinstance(one, TextBlock)]
    with case.change(Action.RECOVER, {"item": item_id}, undoable=False) as change:
        item_records.add_renditions(change, item_id, shown)
        item_records.add_texts(change, item_id, texts)
        for one in records:
            if isinstance(one, Description):
                item_records.edit_item(
                    change,
                    item_id,
                    width=one.width,
                    height=one.height,
                    duration_s=one.duration_s,
                    page_count=one.page_count,
                )
