"""Writes and reads marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, or_, select

from evidence_app.casefile.change import Change
from evidence_app.casefile.records import row_values
from evidence_app.casefile.schema import event, finding_subject, item, mark, proposal, text_span
from evidence_app.model.mark import Mark, MarkKind, Stretch, Words
from evidence_app.model.region import Region

_BY_PERSON = "person"


def require_sealed(change: Change, mark_ids: Sequence[int]) -> None:
    """Compare marks with the log of which others are going to be copies.

    Raises:
        UserError: One does not agree.
    """
    change.require_sealed(mark, mark_ids)


def add(change: Change, new_mark: Mark) -> int:
    """Add a mark and return its new number; the number that it carries is ignored."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return change.insert(
        mark,
        item_id=new_mark.item_id,
        kind=new_mark.kind.value,
        **_place_columns(new_mark),
        text=new_mark.text,
        note=new_mark.note,
        created_at=now,
        created_by=_BY_PERSON,
    )


def edit(change: Change, changed: Mark) -> None:
    """Give a mark another place, text or note."""
    columns = _place_columns(changed)
    change.update(mark, changed.id, **columns, text=changed.text, note=changed.note)


def remove(change: Change, ids: list[int]) -> None:
    """Remove marks, also from the findings that rest on them."""
    resting = select(finding_subject.c.id).where(finding_subject.c.mark_id.in_(ids))
    change.delete_many(finding_subject, change.connection.execute(resting).scalars().all())
    change.delete_many(mark, ids)


def _place_columns(placed: Mark) -> dict[str, Any]:
    box, stretch, text = placed.box, placed.stretch, placed.words
    return {
        "page": placed.page,
        "left": box.left if box else None,
        "top": box.top if box else None,
        "width": box.width if box else None,
        "height": box.height if box else None,
        "start_s": stretch.start_s if stretch else None,
        "end_s": stretch.end_s if stretch else None,
        "event_id": text.event_id if text else None,
        "first_character": text.first if text else None,
        "end_character": text.end if text else None,
    }


_MARKS = select(mark).where(mark.c.created_at.is_not(None))
"""Those that a program drew: before schema 4 there was the table, and nothing that wrote to it."""


def of_item(connection: Connection, item_id: int) -> list[Mark]:
    """The marks on an item, oldest first."""
    query = _MARKS.where(mark.c.item_id == item_id).order_by(mark.c.id)
    return [_mark(row) for row in connection.execute(query).mappings()]


def of_event(connection: Connection, event_id: int) -> list[Mark]:
    """The marks on the words of an event, oldest first."""
    query = _MARKS.where(mark.c.event_id == event_id).order_by(mark.c.id)
    return [_mark(row) for row in connection.execute(query).mappings()]


def all_of(connection: Connection) -> list[Mark]:
    """The marks on all items that are not in the trash, oldest first."""
    query = _MARKS.join(item).where(item.c.trashed_at.is_(None)).order_by(mark.c.id)
    return [_mark(row) for row in connection.execute(query).mappings()]


def find(connection: Connection, mark_id: int) -> Mark | None:
    """One mark, or None."""
    query = _MARKS.where(mark.c.id == mark_id)
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else _mark(row)


@row_values.converts(mark)
def _mark(row: Any) -> Mark:
    return Mark(
        id=row["id"],
        item_id=row["item_id"],
        kind=MarkKind(row["kind"]),
        page=row["page"],
        box=row_values.region(row),
        stretch=_stretch(row),
        words=_words(row),
        text=row["text"] or "",
        note=row["note"],
    )


def _stretch(row: Any) -> Stretch | None:
    cells = [row[name] for name in ("start_s", "end_s")]
    return None if None in cells else Stretch(*map(float, cells))


def _words(row: Any) -> Words | None:
    cells = [row[name] for name in ("event_id", "first_character", "end_character")]
    return None if None in cells else Words(*map(int, cells))


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A text that was read from an item, with the place at which it stands there.

    Attributes:
        text: The words as they were read.
        corrected: As the person corrected them, or empty.
        page: Of a document, or None.
        box: Where on picture or page, if that is known.
        stretch: Where in a recording, if that is known.
        event_id: The event whose text it is, or None.
    """

    text: str
    corrected: str
    page: int | None
    box: Region | None
    stretch: Stretch | None
    event_id: int | None = None


def placed_texts(connection: Connection, item_id: int) -> Iterator[PlacedText]:
    """The texts of an item in their order, and what events were made of."""
    spans = select(text_span).where(text_span.c.item_id == item_id).order_by(text_span.c.id)
    for row in connection.execute(spans).mappings():
        page = row["place_number"] if row["place_unit"] == "page" else None
        yield PlacedText(
            row["text"], row["corrected"] or "", page, row_values.region(row), _stretch(row)
        )
    read = select(proposal).where(proposal.c.item_id == item_id, proposal.c.event_id.is_not(None))
    for row in connection.execute(read.order_by(proposal.c.id)).mappings():
        yield PlacedText(
            row["text"], "", row["page"], row_values.region(row), None, row["event_id"]
        )


def records_of_acts(connection: Connection, event_ids: list[int]) -> dict[int, list[int]]:
    """For each event the other records of the same act."""
    mark_ids: dict[int, list[int]] = {event_id: [] for event_id in event_ids}
    pointing = select(event.c.id, event.c.same_as).where(
        or_(event.c.id.in_(event_ids), event.c.same_as.in_(event_ids))
    )
    for own, first in connection.execute(pointing):
        if first is None:
            continue
        if first in mark_ids:
            mark_ids[first].append(own)
        if own in mark_ids:
            siblings = select(event.c.id).where(event.c.same_as == first, event.c.id != own)
            mark_ids[own] += [first, *connection.execute(siblings).scalars()]
    return mark_ids
