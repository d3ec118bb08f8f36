"""What pictures suggest: accepted by the person it becomes an event, dropped it stays dropped."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.change import Change
from evidence_app.casefile.records import case_info as case_records
from evidence_app.casefile.records import proposals as proposal_records
from evidence_app.casefile.records import queries
from evidence_app.errors import UsageError
from evidence_app.intake.event_cells import Setting
from evidence_app.intake.records import EventRecord
from evidence_app.messages import MessageCode, message
from evidence_app.model.custody import Action
from evidence_app.model.event import EventType
from evidence_app.model.evidence import ItemKind, PlaceUnit, SourcePlace
from evidence_app.model.proposals import Proposal, ProposalState
from evidence_app.model.reading import ProposedKind
from evidence_app.model.times import zone
from evidence_app.services import same_messages
from evidence_app.services.history import Edit, editing
from evidence_app.services.importing.event_writer import EventWriter

_TYPES = {ProposedKind.CALL: EventType.CALL, ProposedKind.SYSTEM: EventType.NOTE}
"""What is no message; a notice of the app is nobody's act."""


def list_proposals(
    case: CaseFile,
    *,
    item_id: int | None = None,
    page: int | None = None,
    state: ProposalState | None = ProposalState.PROPOSED,
) -> list[Proposal]:
    """Proposals of items that are not in the trash, by item and from top to bottom.

    What several screenshots of one conversation show stands in one of them only.

    Args:
        case: The case.
        item_id: Only those of one item.
        page: Only those of one page of it.
        state: Only those in that state; None for all, also what another picture tells too.
    """
    with case.read() as connection:
        proposals = proposal_records.proposals(
            connection, item_id=item_id, state=state, is_once=state is not None
        )
    return [proposal for proposal in proposals if page in (None, proposal.page)]


def accept(case: CaseFile, ids: Sequence[int]) -> Edit:
    """Put proposals on the timeline, each as an event of its picture; it can be undone.

    A message that an export has too is one act in two sources, and counted once. Those
    that are accepted already stay as they are.

    Raises:
        UsageError: There is no such proposal.
    """
    detail: dict[str, list[int]] = {"proposals": []}
    with editing(case, Action.ACCEPT_PROPOSALS, detail) as (change, edit):
        chosen = _chosen(change, ids, ProposalState.ACCEPTED)
        detail["proposals"] = [proposal.id for proposal in chosen]
        info = case_records.info(change.connection)
        setting = Setting(info.jurisdiction.region(), zone(info.timezone))
        for item_id, of_item in groupby(chosen, key=lambda proposal: proposal.item_id):
            proposals = list(of_item)
            event_ids = _events(change, item_id, proposals, setting)
            accepted = list(zip(proposals, event_ids, strict=True))
            for proposal, event_id in accepted:
                proposal_records.decide(change, proposal.id, ProposalState.ACCEPTED, event_id)
            same_messages.link(change, item_id, accepted, setting.where)
    return edit


def reject(case: CaseFile, ids: Sequence[int]) -> Edit:
    """Drop proposals; they are kept as dropped and not proposed again. It can be undone.

    One that became an event is not dropped: its event is changed like any other.

    Raises:
        UsageError: There is no such proposal, or it became an event.
    """
    detail: dict[str, list[int]] = {"proposals": []}
    with editing(case, Action.REJECT_PROPOSALS, detail) as (change, edit):
        chosen = _chosen(change, ids, ProposalState.REJECTED)
        detail["proposals"] = [proposal.id for proposal in chosen]
        for proposal in chosen:
            if proposal.state is ProposalState.ACCEPTED:
                raise UsageError(message(MessageCode.PROPOSAL_ACCEPTED, value=f"r{proposal.id}"))
            proposal_records.decide(change, proposal.id, ProposalState.REJECTED)
    return edit


def _chosen(change: Change, ids: Sequence[int], state: ProposalState) -> list[Proposal]:
    """The proposals of those numbers that are not yet in the state.

    One that tells the same as that of another picture stands for it.
    """
    numbers = sorted(set(ids))
    named = {
        proposal.id: proposal
        for proposal in proposal_records.proposals(change.connection, ids=numbers)
    }
    for number in numbers:
        if number not in named:
            raise UsageError(message(MessageCode.UNKNOWN_ID, value=f"r{number}"))
    firsts = {proposal.same_as or proposal.id for proposal in named.values()}
    proposals = proposal_records.proposals(change.connection, ids=sorted(firsts))
    # The picture that tells it first may be in the trash.
    present = {proposal.id for proposal in proposals}
    proposals += [
        proposal
        for proposal in named.values()
        if proposal.same_as and proposal.same_as not in present
    ]
    in_order = sorted(
        proposals,
        key=lambda proposal: (proposal.item_id, proposal.page, proposal.position, proposal.id),
    )
    return [proposal for proposal in in_order if proposal.state is not state]


def _events(
    change: Change, item_id: int, proposals: Sequence[Proposal], setting: Setting
) -> list[int]:
    """Write the events of proposals; return their numbers in the same order."""
    [item] = queries.items(change.connection, [item_id])
    is_picture = item.kind is ItemKind.PICTURE
    before = len(_new_events(change))
    writer = EventWriter(change, item_id, setting, {})
    for proposal in proposals:
        writer.take(_record(proposal, is_picture))
    writer.finish("")
    return _new_events(change)[before:]


def _new_events(change: Change) -> list[int]:
    return [event_id for ids in change.inserted.get("event", ()) for event_id in ids]


def _record(proposal: Proposal, is_picture: bool) -> EventRecord:
    in_picture, on_page = (PlaceUnit.ENTRY, proposal.position), (PlaceUnit.PAGE, proposal.page)
    written = {
        "read from": "picture" if is_picture else "page",
        "name": proposal.name,
        "time": proposal.time_words,
        "count": str(proposal.count) if proposal.count > 1 else "",
    }
    return EventRecord(
        type=_TYPES.get(proposal.kind, EventType.MESSAGE),
        direction=proposal.direction,
        outcome=proposal.outcome,
        time=proposal.time,
        duration_s=proposal.duration_s,
        identifier=proposal.identifier,
        contact_name=proposal.name,
        text=proposal.text,
        place=SourcePlace(*(in_picture if is_picture else on_page)),
        raw={name: value for name, value in written.items() if value},
    )
