"""Writes and reads the events that pictures suggest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, select

from evidence_app.casefile.change import Change
from evidence_app.casefile.records import row_values
from evidence_app.casefile.records.readings import region_columns
from evidence_app.casefile.schema import item, proposal
from evidence_app.model.event import Direction, Outcome
from evidence_app.model.proposals import Proposal, ProposalState
from evidence_app.model.reading import DayBasis, ProposedKind, StampDoubt

_SAME = 0.5
_PAGE = 500
_IN_ORDER = (proposal.c.item_id, proposal.c.page, proposal.c.position, proposal.c.id)


def replace(change: Change, item_id: int, read: Sequence[Proposal], page: int = 1) -> int:
    """Keep what a picture or page suggests in place of an earlier reading; return how many.

    What the person decided stays decided, and is not proposed once more.
    """
    before = [
        earlier for earlier in proposals(change.connection, item_id=item_id) if earlier.page == page
    ]
    decided = [earlier for earlier in before if earlier.state is not ProposalState.PROPOSED]
    regions = [earlier.region for earlier in decided if earlier.region is not None]
    replaced_ids = [earlier.id for earlier in before if earlier not in decided]
    _let_go(change, replaced_ids)
    change.delete_many(proposal, replaced_ids)
    rows = [
        _cells(suggested)
        for suggested in read
        if suggested.region is None
        or all(suggested.region.overlap(region) <= _SAME for region in regions)
    ]
    change.insert_many(proposal, rows)
    return len(rows)


def _let_go(change: Change, ids: Sequence[int]) -> None:
    """Unlink proposals of other pictures from these."""
    query = select(proposal.c.id).where(proposal.c.same_as.in_(ids))
    for proposal_id in change.connection.execute(query).scalars().all():
        change.update(proposal, proposal_id, same_as=None)


def link(change: Change, proposal_id: int, same_as: int | None) -> None:
    """Say that a proposal tells the same act as one of another picture; None for none."""
    change.update(proposal, proposal_id, same_as=same_as)


def set_time(change: Change, proposal_id: int, dated: Proposal) -> None:
    """Keep the time that stands above a proposal in the picture before."""
    change.update(proposal, proposal_id, **_time_cells(dated))


def _time_cells(suggested: Proposal) -> dict[str, Any]:
    return {
        **row_values.time_columns(suggested.time),
        "time_raw": suggested.time_words,
        "time_basis": suggested.basis.value,
        "time_doubts": " ".join(sorted(suggested.doubts)),
    }


def _cells(suggested: Proposal) -> dict[str, Any]:
    assert suggested.region is not None, "what is read from a picture stands somewhere"
    return {
        "item_id": suggested.item_id,
        "state": suggested.state.value,
        "position": suggested.position,
        "type": suggested.kind.value,
        "direction": suggested.direction.value,
        "outcome": suggested.outcome.value,
        "name": suggested.name,
        "identifier": suggested.identifier,
        "text": suggested.text,
        "duration_s": suggested.duration_s,
        "count": suggested.count,
        **_time_cells(suggested),
        "page": suggested.page,
        **region_columns(suggested.region),
        "confidence": suggested.confidence,
    }


def proposals(
    connection: Connection,
    *,
    item_id: int | None = None,
    ids: Sequence[int] | None = None,
    state: ProposalState | None = None,
    is_once: bool = False,
) -> list[Proposal]:
    """Proposals of items that are not in the trash, by item and from top to bottom.

    Args:
        connection: For reading.
        item_id: Only those of one item.
        ids: Only those of these numbers.
        state: Only those in that state.
        is_once: Each act once, although several pictures show it.
    """
    query = select(proposal).join(item, item.c.id == proposal.c.item_id)
    query = query.where(item.c.trashed_at.is_(None))
    if is_once:
        query = query.where(~_is_told_elsewhere())
    if item_id is not None:
        query = query.where(proposal.c.item_id == item_id)
    if state is not None:
        query = query.where(proposal.c.state == state.value)
    ordered = query.order_by(*_IN_ORDER)
    if ids is None:
        return [_proposal(row) for row in connection.execute(ordered).mappings()]
    pages = (ids[start : start + _PAGE] for start in range(0, len(ids), _PAGE))
    return [
        _proposal(row)
        for page in pages
        for row in connection.execute(ordered.where(proposal.c.id.in_(page))).mappings()
    ]


def _is_told_elsewhere() -> ColumnElement[bool]:
    first, source = proposal.alias("first"), item.alias("source")
    return exists().where(
        first.c.id == proposal.c.same_as,
        source.c.id == first.c.item_id,
        source.c.trashed_at.is_(None),
    )


def decide(
    change: Change, proposal_id: int, state: ProposalState, event_id: int | None = None
) -> None:
    """Keep the person's decision on a proposal, and the event that it became."""
    change.update(proposal, proposal_id, state=state.value, event_id=event_id)


@row_values.converts(proposal)
def _proposal(row: Any) -> Proposal:
    return Proposal(
        id=row["id"],
        item_id=row["item_id"],
        state=ProposalState(row["state"]),
        position=row["position"],
        kind=ProposedKind(row["type"]),
        direction=Direction(row["direction"]),
        outcome=Outcome(row["outcome"]),
        name=row["name"],
        identifier=row["identifier"],
        text=row["text"],
        duration_s=row["duration_s"],
        count=1 if row["count"] is None else row["count"],
        time=row_values.time_reading(row),
        time_words=row["time_raw"] or "",
        basis=DayBasis(row["time_basis"]),
        doubts=frozenset(map(StampDoubt, (row["time_doubts"] or "").split())),
        region=row_values.region(row),
        confidence=row["confidence"] or 0.0,
        event_id=row["event_id"],
        same_as=row["same_as"],
        page=row["page"] or 1,
    )
