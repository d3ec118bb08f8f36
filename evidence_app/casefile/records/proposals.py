"""Writes and reads the events that pictures suggest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from evidence_app.casefile.change import Change
from evidence_app.casefile.records import row_values
from evidence_app.casefile.records.readings import region_columns
from evidence_app.casefile.schema import item, proposal
from evidence_app.model.event import Direction, Outcome
from evidence_app.model.proposals import Proposal, ProposalState
from evidence_app.model.reading import DayBasis, ProposedKind, StampDoubt

_SAME = 0.5
_PAGE = 500


def replace(change: Change, item_id: int, read: Sequence[Proposal]) -> int:
    """Keep what a picture suggests in place of an earlier reading; return how many.

    What the person decided stays decided, and is not proposed once more.
    """
    before = proposals(change.connection, item_id=item_id)
    decided = [one for one in before if one.state is not ProposalState.PROPOSED]
    kept = [one.region for one in decided if one.region is not None]
    change.delete_many(proposal, [one.id for one in before if one not in decided])
    rows = [
        _cells(one)
        for one in read
        if one.region is None or all(one.region.overlap(region) <= _SAME for region in kept)
    ]
    change.insert_many(proposal, rows)
    return len(rows)


def _cells(one: Proposal) -> dict[str, Any]:
    times = row_values.time_columns(one.time)
    assert one.region is not None, "what is read from a picture stands somewhere"
    return {
        "item_id": one.item_id,
        "state": one.state.value,
        "position": one.position,
        "type": one.kind.value,
        "direction": one.direction.value,
        "outcome": one.outcome.value,
        "name": one.name,
        "identifier": one.identifier,
        "text": one.text,
        "duration_s": one.duration_s,
        "count": one.count,
        **times,
        "time_raw": one.time_words,
        "time_basis": one.basis.value,
        "time_doubts": " ".join(sorted(one.doubts)),
        "page": 1,
        **region_columns(one.region),
        "confidence": one.confidence,
    }


def proposals(
    connection: Connection,
    *,
    item_id: int | None = None,
    ids: Sequence[int] | None = None,
    state: ProposalState | None = None,
) -> list[Proposal]:
    """Proposals of items that are not in the trash, by item and from top to bottom.

    Args:
        connection: For reading.
        item_id: Only those of one item.
        ids: Only those of these numbers.
        state: Only those in that state.
    """
    query = select(proposal).join(item, item.c.id == proposal.c.item_id)
    query = query.where(item.c.trashed_at.is_(None))
    if item_id is not None:
        query = query.where(proposal.c.item_id == item_id)
    if state is not None:
        query = query.where(proposal.c.state == state.value)
    ordered = query.order_by(proposal.c.item_id, proposal.c.position, proposal.c.id)
    if ids is None:
        return [_proposal(row) for row in connection.execute(ordered).mappings()]
    pages = (ids[start : start + _PAGE] for start in range(0, len(ids), _PAGE))
    return [
        _proposal(row)
        for page in pages
        for row in connection.execute(ordered.where(proposal.c.id.in_(page))).mappings()
    ]


def decide(
    change: Change, proposal_id: int, state: ProposalState, event_id: int | None = None
) -> None:
    """Keep what the person made of a proposal, and the event that it became."""
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
    )
