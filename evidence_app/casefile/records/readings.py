"""Writes and reads the lines of text that were read from pictures and pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from evidence_app.casefile.change import Change
from evidence_app.casefile.records import row_values
from evidence_app.casefile.schema import proposal, text_span
from evidence_app.model.evidence import PlaceUnit, SourcePlace
from evidence_app.model.proposals import ProposalState, ReadLine
from evidence_app.model.reading import ReadPicture
from evidence_app.model.region import Region

OCR = "ocr"
"""The origin of what was read from a picture."""

_SAME = 0.5
_BEGINNING = 120
"""Characters of what is shown of a picture in a list."""


def lines(connection: Connection, item_id: int, page: int | None = None) -> list[ReadLine]:
    """The lines of an item, or of one of its pages, in reading order."""
    query = select(text_span).where(text_span.c.item_id == item_id, text_span.c.origin == OCR)
    if page is not None:
        query = query.where(text_span.c.place_number == page)
    rows = connection.execute(query.order_by(text_span.c.id)).mappings()
    read = sorted((_line(row) for row in rows), key=lambda line: line.page)
    ordered = [line for line in read if line.corrected is None]
    # One that was corrected keeps its number when the others are read anew.
    for line in read:
        if line.corrected is not None:
            below = (n for n, other in enumerate(ordered) if _place(other) > _place(line))
            ordered.insert(next(below, len(ordered)), line)
    return ordered


def _place(line: ReadLine) -> tuple[int, float]:
    return line.page, 1.0 if line.region is None else line.region.top


def has_lines(connection: Connection, item_id: int) -> bool:
    """Whether anything was read from an item."""
    query = select(text_span.c.id).where(text_span.c.item_id == item_id, text_span.c.origin == OCR)
    return connection.execute(query.limit(1)).first() is not None


def replace(change: Change, item_id: int, picture: ReadPicture, page: int = 1) -> int:
    """Keep the lines of a picture or page in place of those read earlier; return how many.

    What the person corrected stays, and stands for what is read there now.
    """
    query = select(text_span).where(
        text_span.c.item_id == item_id,
        text_span.c.origin == OCR,
        text_span.c.place_number == page,
    )
    before = [_line(row) for row in change.connection.execute(query).mappings()]
    corrected = [line.region for line in before if line.corrected is not None and line.region]
    change.delete_many(text_span, [line.id for line in before if line.corrected is None])
    rows = []
    for line in picture.lines:
        region = Region.of(line.box, picture.width, picture.height)
        if any(region.overlap(corrected_region) > _SAME for corrected_region in corrected):
            continue
        rows.append(
            {
                "item_id": item_id,
                "text": line.text,
                **row_values.place_columns(SourcePlace(PlaceUnit.PAGE, page)),
                "origin": OCR,
                "engine": picture.engine,
                **region_columns(region),
                "confidence": line.confidence,
            }
        )
    change.insert_many(text_span, rows)
    return len(rows)


def line(connection: Connection, line_id: int) -> tuple[int, ReadLine] | None:
    """The item of a line that was read, and the line; None if there is none."""
    query = select(text_span).where(text_span.c.id == line_id, text_span.c.origin == OCR)
    row = connection.execute(query).mappings().first()
    return None if row is None else (row["item_id"], _line(row))


def correct(change: Change, line_id: int, text: str | None) -> None:
    """Keep the person's correction of a line beside what was read; None removes it."""
    now = None if text is None else datetime.now(UTC).isoformat(timespec="seconds")
    change.update(text_span, line_id, corrected=text, corrected_at=now)


def first_words(connection: Connection, item_ids: Sequence[int]) -> dict[int, str]:
    """The beginning of the text that was read from each picture, by item number.

    The messages that a picture suggests come first: above them stand the clock and the bars.
    """
    proposed = select(proposal.c.item_id, proposal.c.text).where(
        proposal.c.item_id.in_(item_ids),
        proposal.c.state != ProposalState.REJECTED.value,
        proposal.c.text != "",
    )
    read = select(
        text_span.c.item_id, func.coalesce(text_span.c.corrected, text_span.c.text)
    ).where(text_span.c.item_id.in_(item_ids), text_span.c.origin == OCR)
    messages = _beginnings(connection.execute(proposed.order_by(proposal.c.position)))
    lines = _beginnings(connection.execute(read.order_by(text_span.c.id)))
    return lines | messages


def _beginnings(rows: Iterable[Any]) -> dict[int, str]:
    beginnings: dict[int, str] = {}
    for item_id, text in rows:
        before = beginnings.get(item_id, "")
        if len(before) < _BEGINNING:
            beginnings[item_id] = f"{before} / {text}" if before else str(text)
    return {item_id: text[:_BEGINNING] for item_id, text in beginnings.items()}


def region_columns(region: Region) -> dict[str, float]:
    """The cells of a rectangle."""
    return {
        "left": region.left,
        "top": region.top,
        "width": region.width,
        "height": region.height,
    }


@row_values.converts(text_span)
def _line(row: Any) -> ReadLine:
    return ReadLine(
        row["id"],
        row["text"],
        row["corrected"],
        row_values.region(row),
        row["confidence"] or 0.0,
        row["engine"] or "",
        row["place_number"] or 1,
    )
