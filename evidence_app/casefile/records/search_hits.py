"""Where the words of a search stand: events, and texts of items."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select, text, union

from evidence_app.casefile.records import row_values, search
from evidence_app.casefile.schema import event, item, party, text_span
from evidence_app.casefile.storage.cells import damaged
from evidence_app.model.event import EventType
from evidence_app.model.evidence import ItemKind, SourcePlace
from evidence_app.model.search import HitKind, HitOrder, SearchQuery, kind_of_event
from evidence_app.model.snippets import PART_OF_NUMBER

_MOST_RANKED = 20_000
"""Of more events none is better than another, and to rank them would take long."""
_NEWEST_ITEMS = "item.sort_ms DESC NULLS LAST, item.id"
_PRESENT = (
    event.c.item_id.not_in(select(item.c.id).where(item.c.trashed_at.is_not(None))),
    event.c.same_as.is_(None),
)
_SIGNS = re.compile(r"[\s()+-]")


@dataclass(frozen=True, slots=True)
class StoredText:
    """A text of an item.

    Attributes:
        id: Its number.
        text: The words as they were read.
        place: Where they stand in the file; None if its format has no such places.
        corrected: What the person made of them; None if nothing.
        start_s: From when in a recording.
    """

    id: int
    text: str
    place: SourcePlace | None
    corrected: str | None
    start_s: float | None


@dataclass(frozen=True, slots=True)
class MatchingItem:
    """An item in which words stand, and what it is called."""

    id: int
    kind: ItemKind
    title: str
    filename: str
    note: str


def events_with(words: str) -> Any:
    """A subquery of the events that a search finds, by their words, number or party."""
    found = [
        _of_index("event_search", words),
        select(event.c.id).where(event.c.party_id.in_(_named(words))),
    ]
    digits = _SIGNS.sub("", words)
    if digits.isdigit() and len(digits) >= PART_OF_NUMBER:
        # Few numbers have many events: asked of each number once.
        numbers = select(event.c.identifier_normalized).distinct().subquery()
        whole = select(numbers.c.identifier_normalized).where(
            numbers.c.identifier_normalized.contains(digits)
        )
        found.append(select(event.c.id).where(event.c.identifier_normalized.in_(whole)))
    return union(*found).scalar_subquery()


def items_holding(words: str) -> Any:
    """A subquery of the items that a search finds, by their own words or those of their events."""
    of_events = select(event.c.item_id).where(event.c.id.in_(events_with(words)))
    return union(_of_index("item_search", words), of_events).scalar_subquery()


def _of_index(table: str, words: str) -> Select[tuple[int]]:
    found = text(
        f"SELECT rowid & {search.ITEM_OF_PART} AS id FROM {table} WHERE {table} MATCH :words"
    ).bindparams(words=search.match_expression(SearchQuery.of(words)))
    return select(found.columns(event.c.id).subquery().c.id)


def _named(words: str) -> Select[tuple[int]]:
    return select(party.c.id).where(party.c.name.contains(words.strip(), autoescape=True))


def matching_events(
    connection: Connection, words: str, order: HitOrder, limits: Mapping[HitKind, int]
) -> tuple[dict[HitKind, int], dict[HitKind, list[int]]]:
    """How many events of each group a search finds, and the numbers of the first ones.

    Args:
        connection: Of the case.
        words: What is searched.
        order: Which come first.
        limits: How many of each group are wanted.
    """
    found = event.c.id.in_(events_with(words))
    counted = select(event.c.type, func.count()).where(*_PRESENT, found).group_by(event.c.type)
    counts: dict[HitKind, int] = {}
    for name, count in connection.execute(counted):
        kind = _event_kind(name)
        counts[kind] = counts.get(kind, 0) + count
    wanted = {kind: min(count, limits[kind]) for kind, count in counts.items()}
    first: dict[HitKind, dict[int, None]] = {kind: {} for kind in counts}
    if order is HitOrder.RELEVANCE and sum(counts.values()) <= _MOST_RANKED:
        _take(connection.execute(_ranked_events(words)), wanted, first)
    # The index has no rank for what only a number or a name shows.
    by_time = select(event.c.id, event.c.type).where(*_PRESENT, found)
    by_time = by_time.order_by(event.c.sort_ms.desc().nulls_last(), event.c.id)
    if any(len(first[kind]) < count for kind, count in wanted.items()):
        _take(connection.execute(by_time), wanted, first)
    return counts, {kind: list(ids) for kind, ids in first.items()}


def _take(
    rows: Iterable[Any], wanted: Mapping[HitKind, int], first: dict[HitKind, dict[int, None]]
) -> None:
    """Take numbers of events, with their types, until there are as many as are wanted."""
    missing = sum(wanted.values()) - sum(map(len, first.values()))
    for event_id, name in rows:
        if not missing:
            return
        group = first.get(kind := _event_kind(name))
        if group is not None and len(group) < wanted[kind] and event_id not in group:
            group[event_id] = None
            missing -= 1


def _event_kind(name: str) -> HitKind:
    try:
        return kind_of_event(EventType(name))
    except ValueError as error:
        raise damaged("event.type") from error


def _ranked_events(words: str) -> Any:
    query = text(
        "SELECT event.id, event.type FROM event_search "
        "JOIN event ON event.id = event_search.rowid "
        "WHERE event_search MATCH :words AND event.same_as IS NULL AND event.item_id NOT IN "
        "(SELECT id FROM item WHERE trashed_at IS NOT NULL) ORDER BY event_search.rank"
    ).bindparams(words=search.match_expression(SearchQuery.of(words)))
    return query.columns(event.c.id, event.c.type)


def first_events(connection: Connection, words: str, item_ids: Sequence[int]) -> list[int]:
    """Of each of some items the first event that a search finds, as far as there is one."""
    query = (
        select(func.min(event.c.id))
        .where(event.c.item_id.in_(item_ids), event.c.id.in_(events_with(words)))
        .group_by(event.c.item_id)
    )
    return list(connection.execute(query).scalars())


def matching_items(connection: Connection, words: str, order: HitOrder) -> list[MatchingItem]:
    """The items in which all wanted words stand, those in the trash left out.

    Words that are not wanted are left to the one who looks where the others stand.
    """
    wanted = SearchQuery(SearchQuery.of(words).wanted)
    first = "item_search.rank" if order is HitOrder.RELEVANCE else _NEWEST_ITEMS
    query = text(
        "SELECT item.id, item.kind, item.title, item.filename, item.note FROM item_search "
        f"JOIN item ON item.id = item_search.rowid & {search.ITEM_OF_PART} "
        f"WHERE item_search MATCH :words AND item.trashed_at IS NULL ORDER BY {first}"
    ).bindparams(words=search.match_expression(wanted))
    columns = (item.c.id, item.c.kind, item.c.title, item.c.filename, item.c.note)
    found: dict[int, MatchingItem] = {}
    for row in connection.execute(query.columns(*columns)).mappings():
        if row["id"] not in found:
            found[row["id"]] = _matching_item(row)
    return list(found.values())


@row_values.converts(item)
def _matching_item(row: Any) -> MatchingItem:
    return MatchingItem(
        row["id"], ItemKind(row["kind"]), row["title"], row["filename"], row["note"]
    )


def texts_of(connection: Connection, item_id: int) -> Iterator[StoredText]:
    """All texts of an item, in order."""
    query = select(*_SHOWN).where(text_span.c.item_id == item_id).order_by(text_span.c.id)
    for row in connection.execute(query).mappings():
        yield _stored_text(row)


_SHOWN = tuple(
    text_span.c[name]
    for name in (
        "id", "text", "place_unit", "place_number", "place_sheet", "corrected", "start_s",
    )
)  # fmt: skip


@row_values.converts(text_span)
def _stored_text(row: Any) -> StoredText:
    place = row_values.source_place(row)
    return StoredText(row["id"], row["text"], place, row["corrected"], row["start_s"])
