"""What left no file behind: a visit, a letter, a call without a trace, a note."""

from __future__ import annotations

import io
from datetime import datetime

from evidence_app.casefile import originals
from evidence_app.casefile.case import CaseFile
from evidence_app.errors import UserError
from evidence_app.intake.records import Description, EventRecord, Record
from evidence_app.messages import MessageCode, message
from evidence_app.model.custody import Action
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import ItemKind, PlaceUnit, SourcePlace, TextBlock
from evidence_app.model.times import TimeReading, to_text
from evidence_app.services import short_texts
from evidence_app.services.history import Edit, editing
from evidence_app.services.importing.ingest import NewItem, ingest

_MEDIA_TYPE = "text/plain"


def add_entry(
    case: CaseFile,
    *,
    type: EventType,
    time: TimeReading | None,
    direction: Direction = Direction.NONE,
    outcome: Outcome = Outcome.UNKNOWN,
    identifier: str = "",
    duration_s: float | None = None,
    text: str = "",
    title: str = "",
) -> Edit:
    """Write down what happened, in the person's own words.

    The words become an original of their own, so that the dossier can show what was written
    at the time, unaltered.

    Raises:
        UserError: There are no words at all.
    """
    heading = short_texts.checked(title) or text.strip().split("\n")[0][:60]
    if not heading:
        raise UserError(message(MessageCode.NEEDS_VALUE, field="text"))
    words = _original_text(type, time, identifier, heading, text)
    incoming = originals.receive(case, io.BytesIO(words.encode()))
    act = EventRecord(
        type, direction, outcome, time, duration_s, identifier.strip(), "", text, place=None
    )
    records: list[Record] = [
        Description(ItemKind.NOTE, _MEDIA_TYPE),
        *([time] if time else []),
        TextBlock(text or heading, SourcePlace(PlaceUnit.LINE, 1)),
        act,
    ]
    detail = {"type": type.value, "title": heading, "sha256": incoming.sha256}
    with editing(case, Action.ADD_ENTRY, detail) as (change, edit):
        arrival = NewItem(heading, "", incoming)
        edit.item_id = ingest(change, arrival, records, media_type=_MEDIA_TYPE).item_id
    return edit


def _original_text(
    type: EventType, time: TimeReading | None, identifier: str, title: str, text: str
) -> str:
    lines = [
        f"written: {datetime.now().astimezone().isoformat(timespec='seconds')}",
        f"type: {type.value}",
        f"time: {to_text(time.moment) if time else ''}",
        f"with: {identifier}",
        f"title: {title}",
        "",
        text,
    ]
    return "\n".join(lines) + "\n"
