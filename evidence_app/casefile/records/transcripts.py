"""Writes and reads transcripts of recordings: texts of an item with a stretch of time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select

from evidence_app.casefile.change import Change
from evidence_app.casefile.records import row_values
from evidence_app.casefile.schema import text_span
from evidence_app.model.mark import Stretch
from evidence_app.model.transcript import Segment, TranscriptLine, TranscriptOrigin

_OF_TRANSCRIPT = text_span.c.origin.in_([origin.value for origin in TranscriptOrigin])
_SAME = 0.5


def lines(connection: Connection, item_id: int) -> list[TranscriptLine]:
    """The transcript of an item, in the order of the recording."""
    query = select(text_span).where(text_span.c.item_id == item_id, _OF_TRANSCRIPT)
    rows = connection.execute(query.order_by(text_span.c.start_s, text_span.c.id)).mappings()
    return [_line(row) for row in rows]


def line(connection: Connection, line_id: int) -> tuple[int, TranscriptLine] | None:
    """The item of a line of a transcript, and the line; None if there is none."""
    query = select(text_span).where(text_span.c.id == line_id, _OF_TRANSCRIPT)
    row = connection.execute(query).mappings().first()
    return None if row is None else (row["item_id"], _line(row))


def add(
    change: Change,
    item_id: int,
    segments: Sequence[Segment],
    origin: TranscriptOrigin,
    source: str = "",
) -> None:
    """Add segments to the transcript of an item."""
    change.insert_many(text_span, [_row(item_id, segment, origin, source) for segment in segments])


def replace(
    change: Change,
    item_id: int,
    segments: Sequence[Segment],
    origin: TranscriptOrigin,
    source: str,
) -> int:
    """Put segments in place of those of the same origin; return how many were added.

    What the person corrected stays, and stands for what is said there.
    """
    before = [earlier for earlier in lines(change.connection, item_id) if earlier.origin is origin]
    corrected = [earlier.stretch for earlier in before if earlier.corrected is not None]
    change.delete_many(text_span, [earlier.id for earlier in before if earlier.corrected is None])
    fresh = [
        segment
        for segment in segments
        if not any(_is_same(segment.stretch, stretch) for stretch in corrected)
    ]
    add(change, item_id, fresh, origin, source)
    return len(fresh)


def _is_same(first: Stretch, second: Stretch) -> bool:
    shared = min(first.end_s, second.end_s) - max(first.start_s, second.start_s)
    shorter = min(first.end_s - first.start_s, second.end_s - second.start_s)
    return first == second or shared > _SAME * shorter


def set_text(change: Change, line_id: int, text: str) -> None:
    """Change the text of a line that the person typed."""
    change.update(text_span, line_id, text=text)


def correct(change: Change, line_id: int, text: str | None) -> None:
    """Keep the person's correction of a line beside the program's; None removes it."""
    now = None if text is None else datetime.now(UTC).isoformat(timespec="seconds")
    change.update(text_span, line_id, corrected=text, corrected_at=now)


def set_stretch(change: Change, line_id: int, stretch: Stretch) -> None:
    """Give a line other times."""
    change.update(text_span, line_id, start_s=stretch.start_s, end_s=stretch.end_s)


def remove(change: Change, ids: Sequence[int]) -> None:
    """Remove lines."""
    change.delete_many(text_span, list(ids))


def _row(item_id: int, segment: Segment, origin: TranscriptOrigin, source: str) -> dict[str, Any]:
    return {
        "item_id": item_id,
        "text": segment.text,
        "origin": origin.value,
        "engine": source or None,
        "start_s": segment.stretch.start_s,
        "end_s": segment.stretch.end_s,
        "speaker": segment.speaker or None,
        "confidence": segment.confidence,
    }


@row_values.converts(text_span)
def _line(row: Any) -> TranscriptLine:
    return TranscriptLine(
        row["id"],
        Stretch(float(row["start_s"]), float(row["end_s"])),
        row["text"],
        row["corrected"],
        row["speaker"] or "",
        TranscriptOrigin(row["origin"]),
        row["engine"] or "",
        row["confidence"],
    )
