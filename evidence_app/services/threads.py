"""Screenshots of one scrolled conversation: found, put in order, each message proposed once."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time

from evidence_app import logs
from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.change import Change
from evidence_app.casefile.records import duplicates as same_acts
from evidence_app.casefile.records import picture_threads as thread_records
from evidence_app.casefile.records import proposals as proposal_records
from evidence_app.errors import DamagedError
from evidence_app.messages import MessageCode, message
from evidence_app.model.changes import Changes
from evidence_app.model.custody import Action
from evidence_app.model.proposals import JoinedPicture, Proposal, ProposalState
from evidence_app.model.reading import (
    PictureLayout,
    ProposedEvent,
    ReadPicture,
    ScrolledThread,
    Stamp,
)
from evidence_app.model.region import Region
from evidence_app.model.times import TimePrecision, TimeReading, TimeSource, WallClock
from evidence_app.progress import SILENT, Progress
from evidence_app.reading.values import picture_from, values_of

_LENGTH = struct.Struct(">I")
_SAME = 0.5
_FIRST = (ProposalState.ACCEPTED, ProposalState.REJECTED, ProposalState.PROPOSED)
"""Which of several proposals of one act stands for the others: what the person decided on."""


def time_of(stamp: Stamp | None) -> TimeReading | None:
    """The time as far as a picture tells it; without a day it is none."""
    if stamp is None or stamp.day is None:
        return None
    if stamp.hour is None:
        at, precision = time(), TimePrecision.DAY
    else:
        at = time(stamp.hour, stamp.minute or 0, stamp.second or 0)
        precision = TimePrecision.MINUTE if stamp.second is None else TimePrecision.SECOND
    moment = WallClock(datetime.combine(stamp.day, at))
    return TimeReading(moment, TimeSource.PICTURE, precision, stamp.text)


def keep_layout(change: Change, item_id: int, picture: ReadPicture) -> None:
    """Keep what is needed to join the picture of a chat with others."""
    is_chat = picture.layout is PictureLayout.CHAT and picture.relief is not None
    thread_records.keep_layout(change, item_id, _bytes_of(picture) if is_chat else None)


@logs.step("join pictures")
def join(case: CaseFile, progress: Progress = SILENT) -> Changes | None:
    """Compare new pictures of chats with all others, and keep which belong together.

    Proposals that several pictures show become one: the others point at it. A time that stands in
    the picture before holds for it too. What the person decided stays decided.

    Args:
        case: The case.
        progress: Asked often.

    Returns:
        What was touched, or None if nothing was to be compared.

    Raises:
        UserError: The case cannot be changed.
        Cancelled: The person asked to stop; nothing was kept.
    """
    with case.read() as connection:
        new = frozenset(thread_records.unjoined(connection))
        if not new:
            return None
        pictures = {item_id: _picture(data) for item_id, data in thread_records.layouts(connection)}

    # Comparing pictures loads libraries that nothing else of the window needs.
    from evidence_app.reading import threads

    widths = {pictures[item_id].width for item_id in new}
    ids = [item_id for item_id, picture in pictures.items() if picture.width in widths]
    scrolled = threads.threads_of([pictures[item_id] for item_id in ids], progress.check)
    chains = [[ids[placed.picture] for placed in thread.pictures] for thread in scrolled]
    joined = {item_id for chain in chains for item_id in chain}
    chains += [[item_id] for item_id in ids if item_id not in joined]
    detail = {"pictures": len(new), "threads": [chain for chain in chains if len(chain) > 1]}
    with case.change(Action.JOIN_PICTURES, detail, undoable=False) as change:
        thread_records.replace(change, chains)
        for thread in scrolled:
            _link(change, thread, ids, pictures)
    return Changes(frozenset(change.areas), change.entry)


def item_ids_with(case: CaseFile, item_id: int) -> list[int]:
    """The numbers of the pictures with which one was joined, itself too; none if with none."""
    with case.read() as connection:
        ids = thread_records.thread_of(connection, item_id)
    return ids if len(ids) > 1 else []


def pictures_with(case: CaseFile, item_id: int) -> list[JoinedPicture]:
    """The pictures of the conversation in which one is, in order; none if it stands alone."""
    with case.read() as connection:
        ids = thread_records.thread_of(connection, item_id)
        if len(ids) < 2:
            return []
        layouts = {
            number: _picture(data) for number, data in thread_records.layouts(connection, ids)
        }
    pictures = [layouts[number] for number in ids if number in layouts]
    from evidence_app.reading import threads

    thread = threads.joined(pictures)
    if thread is None or len(pictures) < len(ids):
        # One of them is in the trash: what is left may not overlap.
        return [JoinedPicture(number, 0.0, 1.0) for number in ids]
    return list(_cropped(thread, ids, pictures))


def _cropped(
    thread: ScrolledThread, ids: Sequence[int], pictures: Sequence[ReadPicture]
) -> Iterator[JoinedPicture]:
    shown_until = 0
    for placed in thread.pictures:
        picture = pictures[placed.picture]
        is_first = placed is thread.pictures[0]
        is_last = placed is thread.pictures[-1]
        top = 0 if is_first else max(picture.top, shown_until - placed.offset)
        bottom = picture.height if is_last else picture.bottom
        top = min(top, bottom)
        shown_until = max(shown_until, placed.offset + bottom)
        yield JoinedPicture(
            ids[placed.picture], top / picture.height, bottom / picture.height, placed.is_ambiguous
        )


def _link(
    change: Change,
    thread: ScrolledThread,
    ids: Sequence[int],
    pictures: dict[int, ReadPicture],
) -> None:
    """Let the proposals of one act point at one of them."""
    picture_ids = [ids[placed.picture] for placed in thread.pictures]
    of_item = {
        item_id: proposal_records.proposals(change.connection, item_id=item_id)
        for item_id in picture_ids
    }
    for thread_event in thread.events:
        same: list[Proposal] = []
        for number, place in thread_event.shown:
            item_id = ids[number]
            picture = pictures[item_id]
            proposal = _proposal_of(picture.events[place], picture, of_item[item_id])
            if proposal is not None and proposal not in same:
                same.append(proposal)
        if same:
            _link_same(change, same, thread_event.event)


def _proposal_of(
    event: ProposedEvent, picture: ReadPicture, proposals: Sequence[Proposal]
) -> Proposal | None:
    region = Region.of(event.box, picture.width, picture.height)
    near = [proposal for proposal in proposals if proposal.region is not None]
    best = max(near, key=lambda proposal: region.overlap(proposal.region or region), default=None)
    if best is None or best.region is None or region.overlap(best.region) <= _SAME:
        return None
    return best


def _link_same(change: Change, same: list[Proposal], event: ProposedEvent) -> None:
    def rank(proposal: Proposal) -> tuple[int, bool, int]:
        return _FIRST.index(proposal.state), proposal.text != event.text, proposal.id

    first, *others = sorted(same, key=rank)
    for proposal in [first, *others]:
        target = None if proposal is first else first.id
        if proposal.same_as != target:
            proposal_records.link(change, proposal.id, target)
        if proposal.event_id is not None and proposal is not first and first.event_id is not None:
            same_acts.link(change, proposal.event_id, first.event_id)
    if first.state is ProposalState.PROPOSED and first.time is None and event.stamp is not None:
        proposal_records.set_time(change, first.id, _timed(first, event.stamp))


def _timed(proposal: Proposal, stamp: Stamp) -> Proposal:
    return replace(
        proposal, time=time_of(stamp), time_words=stamp.text, basis=stamp.basis, doubts=stamp.doubts
    )


def _bytes_of(picture: ReadPicture) -> bytes:
    """A picture without its words' places: what it shows where, and its relief."""
    events = tuple(replace(event, lines=(), stamp_line=None) for event in picture.events)
    values, relief = values_of(replace(picture, lines=(), events=events))
    head = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
    return _LENGTH.pack(len(head)) + head + relief


def _picture(data: bytes) -> ReadPicture:
    try:
        (length,) = _LENGTH.unpack_from(data)
        head = data[_LENGTH.size : _LENGTH.size + length]
        return picture_from(json.loads(head), data[_LENGTH.size + length :])
    except (ValueError, TypeError, LookupError, RecursionError, struct.error) as error:
        raise DamagedError(message(MessageCode.ROW_DAMAGED, row="rendition")) from error
