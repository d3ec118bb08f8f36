"""Where the words of a search stand: events, and texts of items."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select, text, union

from evidence_app.casefile.records import row_values, search
from evidence_app.casefile.schema import event, item, party, text_span
from evidence_app.model.evidence import SourcePlace
from evidence_app.model.search import HitOrder, SearchQuery
from evidence_app.model.snippets import PART_OF_NUMBER

_SIGNS = re.compile(r"[\s()+-]")


@dataclass(frozen=True, slots=True)
class StoredText:
    """A text of an item.

    Attributes:
        id: Its number.
        item_id: The item.
        text: The words as they were read.
        place: Where they stand in the file; None if its format has no such places.
        corrected: What the person made of them; None if nothing.
        start_s: From when in a recording.
    """

    id: int
    item_id: int
    text: str
    place: SourcePlace | None
    corrected: str | None
    start_s: float | None


def events_with(query: str) -> Any:
    """A subquery of the events that a search finds, by their words, number or party."""
    subqueries = [
        _of_index("event_search", query),
        select(event.c.id).where(event.c.party_id.in_(_named(query))),
    ]
    digits = _SIGNS.sub("", query)
    if digits.isdigit() and len(digits) >= PART_OF_NUMBER:
        # Few numbers have many events: asked of each number once.
        numbers = select(event.c.identifier_normalized).distinct().subquery()
        matching = select(numbers.c.identifier_normalized).where(
            numbers.c.identifier_normalized.contains(digits)
        )
        subqueries.append(select(event.c.id).where(event.c.identifier_normalized.in_(matching)))
    return union(*subqueries).scalar_subquery()


def items_with(query: str) -> Any:
    """A subquery of the items that a search finds by their own words."""
    return _of_index("item_search", query).scalar_subquery()


def items_holding(query: str) -> Any:
    """A subquery of the items that a search finds, by their own words or those of their events."""
    of_events = select(event.c.item_id).where(event.c.id.in_(events_with(query)))
    return union(_of_index("item_search", query), of_events).scalar_subquery()


def _of_index(table: str, query: str) -> Select[tuple[int]]:
    rows = text(
        f"SELECT rowid & {search.ITEM_OF_PART} AS id FROM {table} WHERE {table} MATCH :words"
    ).bindparams(words=search.match_expression(SearchQuery.of(query)))
    return select(rows.columns(event.c.id).subquery().c.id)


def _named(name: str) -> Select[tuple[int]]:
    return select(party.c.id).where(party.c.name.contains(name.strip(), autoescape=True))


def matching_events(
    connection: Connection, query: str, order: HitOrder, limit: int
) -> tuple[int, list[int]]:
    """How many events a search finds, and the numbers of the first ones."""
    present = (
        event.c.item_id.not_in(select(item.c.id).where(item.c.trashed_at.is_not(None))),
        event.c.same_as.is_(None),
        event.c.id.in_(events_with(query)),
    )
    count = connection.execute(select(func.count()).select_from(event).where(*present)).scalar()
    best: list[int] = []
    if order is HitOrder.RELEVANCE:
        ranked = _ranked(connection, query, limit)
        there = select(event.c.id).where(*present, event.c.id.in_(ranked))
        present_ids = set(connection.execute(there).scalars())
        best = [event_id for event_id in ranked if event_id in present_ids]
    if len(best) < limit:
        # The index has no rank for what only a number or a name shows.
        by_time = select(event.c.id).where(*present)
        by_time = by_time.order_by(event.c.sort_ms.desc().nulls_last(), event.c.id).limit(limit)
        best += connection.execute(by_time).scalars()
    return count or 0, list(dict.fromkeys(best))[:limit]


def _ranked(connection: Connection, wanted_text: str, limit: int) -> list[int]:
    query = "SELECT rowid FROM event_search WHERE event_search MATCH ? ORDER BY rank LIMIT ?"
    expression = search.match_expression(SearchQuery.of(wanted_text))
    return list(connection.exec_driver_sql(query, (expression, limit)).scalars())


def matching_items(connection: Connection, wanted_text: str) -> list[int]:
    """The numbers of the items that a search finds, those in the trash left out."""
    query = select(item.c.id).where(
        item.c.trashed_at.is_(None), item.c.id.in_(items_with(wanted_text))
    )
    return list(connection.execute(query.order_by(item.c.id)).scalars())


def texts_of(connection: Connection, item_id: int) -> Iterator[StoredText]:
    """All texts of an item, in order."""
    query = select(text_span).where(text_span.c.item_id == item_id).order_by(text_span.c.id)
    for row in connection.execute(query).mappings():
        yield _stored_text(row)


@row_values.converts(text_span)
def _stored_text(row: Any) -> StoredText:
    place = row_values.source_place(row)
    return StoredText(
        row["id"], row["item_id"], row["text"], place, row["corrected"], row["start_s"]
    )
