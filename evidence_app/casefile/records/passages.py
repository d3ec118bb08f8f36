"""Reads the texts of documents, pictures and recordings, by the event each stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, and_, exists, func, or_, select

from evidence_app.casefile.records import row_values
from evidence_app.casefile.records.readings import OCR
from evidence_app.casefile.schema import enclosure, event, item, proposal, text_span
from evidence_app.model.event import Direction, EventType
from evidence_app.model.evidence import ItemKind
from evidence_app.model.passage import ItemPassage
from evidence_app.model.proposals import ProposalState

SPEECH = "speech"
"""The origin of what was heard in a recording."""
_PAGE = 500
_THINGS = [kind.value for kind in (EventType.PICTURE, EventType.RECORDING, EventType.DOCUMENT)]
_PIECE = 20_000
_WRAPPED = 0.7
"""A line of at least this share of the longest goes on in the next one."""


def by_event(
    connection: Connection, event_ids: Sequence[int] | None = None
) -> dict[int, list[ItemPassage]]:
    """The words of items, by the event that stands for the item on the timeline.

    Args:
        connection: Of the case.
        event_ids: Only those of some events; None for all.
    """
    passages: dict[int, list[ItemPassage]] = {}
    if event_ids is None:
        _take(passages, _hosts(connection, None), _passages(connection, None))
        return passages
    chosen = set(event_ids)
    for page in _pages(sorted(_items_at(connection, event_ids))):
        hosts = {
            item_id: host for item_id, host in _hosts(connection, page).items() if host in chosen
        }
        if hosts:
            _take(passages, hosts, _passages(connection, sorted(hosts)))
    return passages


def events_of(connection: Connection, item_ids: Iterable[int]) -> set[int]:
    """The events that stand for some items on the timeline."""
    event_ids: set[int] = set()
    for page in _pages(sorted(item_ids)):
        event_ids.update(_hosts(connection, page).values())
    return event_ids


def items_with(connection: Connection, table: str, row_ids: Iterable[int]) -> set[int] | None:
    """The items in which some rows of read text stand.

    Args:
        connection: Of the case.
        table: ``text_span`` or ``proposal``.
        row_ids: The numbers of the rows.

    Returns:
        None if one of them is gone, so that nobody knows where it stood.
    """
    column = {"text_span": text_span, "proposal": proposal}[table].c
    numbers = sorted(row_ids)
    item_of: dict[int, int] = {}
    for page in _pages(numbers):
        rows = select(column.id, column.item_id).where(column.id.in_(page))
        item_of |= _pairs(connection.execute(rows))
    return set(item_of.values()) if len(item_of) == len(numbers) else None


def _items_at(connection: Connection, event_ids: Sequence[int]) -> set[int]:
    """The items of some events: those they were read from, and those attached to them."""
    item_ids: set[int] = set()
    for page in _pages(event_ids):
        records = select(event.c.id).where(or_(event.c.id.in_(page), event.c.same_as.in_(page)))
        own = select(event.c.item_id).where(event.c.id.in_(records))
        with_them = select(enclosure.c.item_id).where(
            enclosure.c.event_id.in_(records), enclosure.c.item_id.is_not(None)
        )
        for query in (own, with_them):
            item_ids.update(connection.execute(query).scalars())
    return item_ids


def _hosts(connection: Connection, item_ids: Sequence[int] | None) -> dict[int, int]:
    """The event that stands for each item; a message to which it is attached comes first."""
    host = func.min(func.coalesce(event.c.same_as, event.c.id))
    is_recorded_call = and_(
        event.c.type == EventType.CALL.value, item.c.kind == ItemKind.RECORDING.value
    )
    itself = (
        select(event.c.item_id, host)
        .join(item, item.c.id == event.c.item_id)
        .where(or_(event.c.type.in_(_THINGS), is_recorded_call))
    )
    enclosing = (
        select(enclosure.c.item_id, host)
        .join(event, event.c.id == enclosure.c.event_id)
        .join(item, item.c.id == event.c.item_id)
        .where(enclosure.c.item_id.is_not(None), item.c.trashed_at.is_(None))
    )
    hosts: dict[int, int] = {}
    for query, column in ((itself, event.c.item_id), (enclosing, enclosure.c.item_id)):
        of_items = query if item_ids is None else query.where(column.in_(item_ids))
        hosts |= _pairs(connection.execute(of_items.group_by(column)))
    return hosts


def _pairs(rows: Iterable[Any]) -> dict[int, int]:
    return {row[0]: row[1] for row in rows}


def _pages(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _PAGE):
        yield ids[start : start + _PAGE]


def _take(
    passages_of: dict[int, list[ItemPassage]],
    host_of: dict[int, int],
    passages: Iterable[tuple[int, ItemPassage]],
) -> None:
    for item_id, passage in passages:
        host = host_of.get(item_id)
        if host is not None and passage.text.strip():
            passages_of.setdefault(host, []).append(passage)


def _passages(
    connection: Connection, item_ids: Sequence[int] | None
) -> Iterator[tuple[int, ItemPassage]]:
    yield from _of_spans(connection, item_ids)
    yield from _of_proposals(connection, item_ids)


def _of_spans(
    connection: Connection, item_ids: Sequence[int] | None
) -> Iterator[tuple[int, ItemPassage]]:
    suggests = exists().where(
        proposal.c.item_id == item.c.id,
        func.coalesce(proposal.c.page, 1) == func.coalesce(text_span.c.place_number, 1),
    )
    things = select(event.c.item_id).where(event.c.type.in_(_THINGS))
    origin = text_span.c.origin
    query = (
        select(
            text_span.c.item_id,
            func.coalesce(text_span.c.corrected, text_span.c.text).label("words"),
            origin,
            text_span.c.speaker,
            item.c.kind,
        )
        .join(item, item.c.id == text_span.c.item_id)
        .where(
            item.c.trashed_at.is_(None),
            item.c.kind != ItemKind.NOTE.value,
            or_(
                and_(origin.is_(None), text_span.c.item_id.in_(things)),
                and_(origin == OCR, ~suggests),
                origin == SPEECH,
            ),
        )
        .order_by(text_span.c.item_id, text_span.c.id)
    )
    if item_ids is not None:
        query = query.where(text_span.c.item_id.in_(item_ids))
    rows = connection.execute(query).mappings()
    for key, group in groupby(rows, key=_side):
        item_id, kind, origin_of_all, speaker = key
        text = "\n".join(str(row["words"]) for row in group)
        is_wrapped = origin_of_all == OCR or kind == ItemKind.DOCUMENT.value
        for piece in pieces(unwrapped(text) if is_wrapped else text):
            is_read = origin_of_all is not None
            yield item_id, ItemPassage(piece, speaker=speaker or "", is_read_by_machine=is_read)


def _side(row: Any) -> tuple[int, str, str | None, str | None]:
    return row["item_id"], row["kind"], row["origin"], row["speaker"]


def pieces(text: str) -> Iterator[str]:
    """A text in pieces that are read in a moment each, cut at the end of a line where it can be."""
    begin = 0
    while len(text) - begin > _PIECE:
        end = text.rfind("\n", begin + _PIECE // 2, begin + _PIECE) + 1 or begin + _PIECE
        yield text[begin:end]
        begin = end
    yield text[begin:]


def unwrapped(text: str) -> str:
    """A text without the line ends that only the width of its page made."""
    lines = text.split("\n")
    longest = max(len(line) for line in lines)
    parts = []
    for line in lines:
        parts.append(line)
        if line.strip() and len(line) >= _WRAPPED * longest:
            parts.append(" " if line[-1:].isascii() else "")
        else:
            parts.append("\n")
    return "".join(parts).strip()


def _of_proposals(
    connection: Connection, item_ids: Sequence[int] | None
) -> Iterator[tuple[int, ItemPassage]]:
    query = (
        select(proposal)
        .join(item, item.c.id == proposal.c.item_id)
        .where(
            item.c.trashed_at.is_(None),
            proposal.c.state == ProposalState.PROPOSED.value,
            proposal.c.text != "",
        )
        .order_by(proposal.c.item_id, proposal.c.page, proposal.c.position, proposal.c.id)
    )
    if item_ids is not None:
        query = query.where(proposal.c.item_id.in_(item_ids))
    for row in connection.execute(query).mappings():
        yield row["item_id"], _proposed(row)


@row_values.converts(proposal)
def _proposed(row: Any) -> ItemPassage:
    time = row_values.time_reading(row)
    return ItemPassage(
        row["text"],
        Direction(row["direction"]),
        row["identifier"],
        day=None if time is None else time.moment.at.date(),
        is_read_by_machine=True,
    )
