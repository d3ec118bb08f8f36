"""Takes an item out of a case for good: its rows, and its original unless another item has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, or_, select

from evidence_app.casefile.change import Change
from evidence_app.casefile.schema import (
    certificate,
    complaint_step,
    contact,
    content,
    content_chunk,
    enclosure,
    event,
    exhibit,
    finding,
    finding_subject,
    item,
    job,
    mark,
    notice,
    part,
    proposal,
    question,
    rendition,
    skipped_entry,
    tagging,
    text_span,
    thread_part,
    time_reading,
)


def destroy(change: Change, item_id: int) -> None:
    """Remove an item with all that hangs on it; the file's pages are overwritten by SQLite."""
    content_id = change.connection.execute(
        select(item.c.content_id).where(item.c.id == item_id)
    ).scalar_one()
    _let_others_stand_alone(change, item_id)
    own_events = select(event.c.id).where(event.c.item_id == item_id)
    own_marks = select(mark.c.id).where(mark.c.item_id == item_id)
    of_item = or_(finding.c.item_id == item_id, finding.c.event_id.in_(own_events))
    change.remove(
        finding_subject,
        or_(
            finding_subject.c.finding_id.in_(select(finding.c.id).where(of_item)),
            finding_subject.c.item_id == item_id,
            finding_subject.c.event_id.in_(own_events),
            finding_subject.c.mark_id.in_(own_marks),
        ),
    )
    for table in (tagging, finding, time_reading):
        change.remove(table, or_(table.c.item_id == item_id, table.c.event_id.in_(own_events)))
    _let_others_forget(change, item_id, own_events)
    change.remove(enclosure, enclosure.c.event_id.in_(own_events))
    change.remove(part, or_(part.c.container_id == item_id, part.c.item_id == item_id))
    change.remove(
        certificate, or_(certificate.c.item_id == item_id, certificate.c.certified_id == item_id)
    )
    change.connection.execute(delete(job).where(job.c.item_id == item_id))
    for dependent in (
        contact,
        exhibit,
        mark,
        notice,
        proposal,
        question,
        rendition,
        skipped_entry,
        text_span,
        thread_part,
        event,
    ):
        change.remove(dependent, dependent.c.item_id == item_id)
    change.remove(item, item.c.id == item_id)
    shared = select(item.c.id).where(item.c.content_id == content_id)
    if change.connection.execute(shared.limit(1)).first() is None:
        pieces = delete(content_chunk).where(content_chunk.c.content_id == content_id)
        change.connection.execute(pieces)
        change.remove(content, content.c.id == content_id)


def drop_unfinished(
    connection: Connection, may_be_sealed: Callable[[Connection, str, int], bool]
) -> None:
    """Remove originals that were in transit when the program ended.

    Args:
        connection: The transaction.
        may_be_sealed: Whether the log may know a row of a table: then somebody took the digest of
            an original away, and its bytes must stay.
    """
    unfinished = select(content.c.id).where(content.c.sha256.is_(None))
    for content_id in connection.execute(unfinished).scalars().all():
        if may_be_sealed(connection, content.name, content_id):
            continue
        pieces = delete(content_chunk).where(content_chunk.c.content_id == content_id)
        connection.execute(pieces)
        connection.execute(delete(content).where(content.c.id == content_id))


def _let_others_forget(change: Change, item_id: int, own_events: Select[tuple[int]]) -> None:
    """Clear the references to the item in rows that stay."""
    own_proposals = select(proposal.c.id).where(proposal.c.item_id == item_id)
    for table, column, removed_ids in (
        (complaint_step, complaint_step.c.event_id, own_events),
        (proposal, proposal.c.same_as, own_proposals),
    ):
        query = select(table.c.id).where(column.in_(removed_ids))
        for row_id in change.connection.execute(query).scalars().all():
            change.update(table, row_id, **{column.name: None})


def _let_others_stand_alone(change: Change, item_id: int) -> None:
    """Detach records of other items and messages that refer to the item."""
    own = event.alias("own")
    pointed: ColumnElement[Any] = event.c.same_as.in_(
        select(own.c.id).where(own.c.item_id == item_id)
    )
    query = select(event.c.id).where(pointed, event.c.item_id != item_id)
    for event_id in change.connection.execute(query).scalars().all():
        change.update(event, event_id, same_as=None)
    within = event.alias("within")
    for row_id in (
        change.connection.execute(
            select(event.c.id)
            .join(within, within.c.id == event.c.same_as)
            .where(event.c.item_id == item_id, within.c.item_id == item_id)
        )
        .scalars()
        .all()
    ):
        change.update(event, row_id, same_as=None)
    belonging = select(enclosure.c.id).where(enclosure.c.item_id == item_id)
    for row_id in change.connection.execute(belonging).scalars().all():
        change.update(enclosure, row_id, item_id=None)
