"""Where the words of a search stand: events, and texts of items."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import NoneType
from typing import Any

from sqlalchemy import Connection, Select, func, select, text, union

from evidence_app.casefile.records import row_values, search
from evidence_app.casefile.schema import event, item, party, party_identifier, text_span
from evidence_app.casefile.storage.cells import damaged
from evidence_app.model.event import EventType
from evidence_app.model.evidence import ItemKind, SourcePlace
from evidence_app.model.search import HitKind, HitOrder, SearchQuery, kind_of_event
from evidence_app.model.snippets import PART_OF_NUMBER

_MOST_COUNTED = 2_000
"""So many events are counted and ranked; nobody looks through more."""
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
        corrected: What the person made of them; None if nothing.
    """

    id: int
    text: str
    corrected: str | None


@dataclass(frozen=True, slots=True)
class TextPlace:
    """Where a text stands.

    Attributes:
        place: In its file; None if its format has no such places.
        start_s: From when in a recording.
    """

    place: SourcePlace | None
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
    queries = [
        _of_index("event_search", words),
        select(event.c.id).where(event.c.party_id.in_(_named(words))),
    ]
    digits = _SIGNS.sub("", words)
    if digits.isdigit() and len(digits) >= PART_OF_NUMBER:
        # Few numbers have many events: asked of each number once.
        numbers = select(event.c.identifier_normalized).distinct().subquery()
        matching_numbers = select(numbers.c.identifier_normalized).where(
            numbers.c.identifier_normalized.contains(digits)
        )
        queries.append(
            select(event.c.id).where(event.c.identifier_normalized.in_(matching_numbers))
        )
    return union(*queries).scalar_subquery()


def items_holding(words: str) -> Any:
    """A subquery of the items that a search finds, by their own words or those of their events."""
    of_events = select(event.c.item_id).where(event.c.id.in_(events_with(words)))
    return union(_of_index("item_search", words), of_events).scalar_subquery()


def _of_index(table: str, words: str) -> Select[tuple[int]]:
    query = text(
        f"SELECT rowid & {search.ITEM_OF_PART} AS id FROM {table} WHERE {table} MATCH :words"
    ).bindparams(words=search.match_expression(SearchQuery.of(words)))
    return select(query.columns(event.c.id).subquery().c.id)


def _named(words: str) -> Select[tuple[int]]:
    return select(party.c.id).where(party.c.name.contains(words.strip(), autoescape=True))


@dataclass(frozen=True, slots=True)
class MatchingEvents:
    """Events that a search finds.

    Attributes:
        counts: How many there are in each group.
        first: The numbers of the first ones of each.
        is_unfinished: Whether there are more than were counted.
    """

    counts: Mapping[HitKind, int]
    first: Mapping[HitKind, Sequence[int]]
    is_unfinished: bool


def matching_events(
    connection: Connection, words: str, order: HitOrder, limits: Mapping[HitKind, int]
) -> MatchingEvents:
    """The events that a search finds, by their groups.

    Of more than are counted the newest come first: to rank them all would take long, and hardly
    one is better than another.

    Args:
        connection: Of the case.
        words: What is searched.
        order: Which come first.
        limits: How many of each group are wanted.
    """
    query = select(event.c.id, event.c.type, event.c.sort_ms).where(
        *_PRESENT, event.c.id.in_(events_with(words))
    )
    rows = connection.execute(query.limit(_MOST_COUNTED + 1)).all()
    is_unfinished = len(rows) > _MOST_COUNTED
    groups: dict[HitKind, dict[int, int | None]] = {}
    for event_id, name, sort_ms in rows[:_MOST_COUNTED]:
        groups.setdefault(_event_kind(name), {})[event_id] = sort_ms
    counts = {kind: len(group) for kind, group in groups.items()}
    sizes = {kind: min(count, limits[kind]) for kind, count in counts.items()}
    if is_unfinished:
        first = _newest(connection, words, sizes)
    else:
        best = _ranked(connection, words) if order is HitOrder.RELEVANCE else {}
        first = {kind: _first(group, best)[: sizes[kind]] for kind, group in groups.items()}
    return MatchingEvents(counts, first, is_unfinished)


def _first(group: Mapping[int, int | None], best: Mapping[int, int]) -> list[int]:
    """Events in their order: by rank, then those without one by time, undated ones last.

    The index has no rank for what only a number or a name shows.
    """

    def place(event_id: int) -> tuple[int, float, int]:
        sort_ms = group[event_id]
        newest = math.inf if sort_ms is None else -sort_ms
        return best.get(event_id, len(best)), newest, event_id

    return sorted(group, key=place)


def _ranked(connection: Connection, words: str) -> dict[int, int]:
    query = "SELECT rowid FROM event_search WHERE event_search MATCH ? ORDER BY rank"
    expression = search.match_expression(SearchQuery.of(words))
    event_ids = connection.exec_driver_sql(query, (expression,)).scalars()
    return {event_id: place for place, event_id in enumerate(event_ids)}


def _newest(
    connection: Connection, words: str, sizes: Mapping[HitKind, int]
) -> dict[HitKind, list[int]]:
    # A sum is no column: so the events are walked through by their time until there are enough.
    query = select(event.c.id, event.c.type).where(
        *_PRESENT, (event.c.id + 0).in_(events_with(words))
    )
    query = query.order_by(event.c.sort_ms.desc(), event.c.id.desc())
    first: dict[HitKind, list[int]] = {kind: [] for kind in sizes}
    missing = sum(sizes.values())
    for event_id, name in connection.execute(query):
        kind = _event_kind(name)
        if len(first.get(kind, ())) < sizes.get(kind, 0):
            first[kind].append(event_id)
            missing -= 1
            if not missing:
                break
    return first


def _event_kind(name: str) -> HitKind:
    try:
        return kind_of_event(EventType(name))
    except ValueError as error:
        raise damaged("event.type") from error


@dataclass(frozen=True, slots=True)
class WrittenParty:
    """A party, and all that is written of it."""

    id: int
    label: str
    texts: tuple[str, ...]


def written_parties(connection: Connection) -> list[WrittenParty]:
    """All parties with their names, notes and numbers."""
    numbers: dict[int, list[str]] = {}
    query = select(party_identifier.c.party_id, party_identifier.c.raw)
    for party_id, raw in connection.execute(query.order_by(party_identifier.c.id)):
        numbers.setdefault(party_id, []).append(raw)
    described = select(party.c.id, party.c.name, party.c.note).order_by(party.c.id)
    return [
        WrittenParty(key, name or next(iter(numbers.get(key, ())), ""), (name, note, *own))
        for key, name, note in connection.execute(described)
        for own in (numbers.get(key, []),)
    ]


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
    phrases = SearchQuery(SearchQuery.of(words).wanted)
    first = "item_search.rank" if order is HitOrder.RELEVANCE else _NEWEST_ITEMS
    query = text(
        "SELECT item.id, item.kind, item.title, item.filename, item.note FROM item_search "
        f"JOIN item ON item.id = item_search.rowid & {search.ITEM_OF_PART} "
        f"WHERE item_search MATCH :words AND item.trashed_at IS NULL ORDER BY {first}"
    ).bindparams(words=search.match_expression(phrases))
    columns = (item.c.id, item.c.kind, item.c.title, item.c.filename, item.c.note)
    items_by_id: dict[int, MatchingItem] = {}
    for row in connection.execute(query.columns(*columns)).mappings():
        if row["id"] not in items_by_id:
            items_by_id[row["id"]] = _matching_item(row)
    return list(items_by_id.values())


@row_values.converts(item)
def _matching_item(row: Any) -> MatchingItem:
    return MatchingItem(
        row["id"], ItemKind(row["kind"]), row["title"], row["filename"], row["note"]
    )


@dataclass(frozen=True, slots=True)
class PageText:
    """What stands on a page of an item, or in all of an item that has no pages.

    Attributes:
        page: From 1; 0 if there are none.
        text: Its lines as the person corrected them.
        is_corrected: Whether anything was.
    """

    page: int
    text: str
    is_corrected: bool


_PAGE = "CASE place_unit WHEN 'page' THEN place_number ELSE 0 END"
_PAGES = (
    f"SELECT {_PAGE} AS page, "
    "group_concat(coalesce(corrected, text), char(10) ORDER BY id), count(corrected) "
    "FROM text_span WHERE item_id = ? GROUP BY page"
)


def pages_of(connection: Connection, item_id: int) -> list[PageText]:
    """The texts of an item by pages; joined here, as to read each line takes ten times as long."""
    rows = connection.exec_driver_sql(_PAGES, (item_id,))
    return [PageText(page or 0, lines or "", corrected > 0) for page, lines, corrected in rows]


def texts_of(
    connection: Connection, item_id: int, pages: Sequence[int]
) -> dict[int, list[StoredText]]:
    """The texts on some pages of an item, in order; 0 stands for what is on none."""
    numbers = ",".join(map(str, pages))
    query = (
        f"SELECT {_PAGE} AS page, id, text, corrected FROM text_span "
        f"WHERE item_id = ? AND page IN ({numbers}) ORDER BY id"
    )
    texts: dict[int, list[StoredText]] = {page: [] for page in pages}
    for page, text_id, words, corrected in connection.exec_driver_sql(query, (item_id,)):
        if type(words) is not str or type(corrected) not in (str, NoneType):
            raise damaged(f"text_span {text_id}")
        texts[page].append(StoredText(text_id, words, corrected))
    return texts


def places_of(connection: Connection, text_ids: Sequence[int]) -> dict[int, TextPlace]:
    """Where texts stand, by their numbers."""
    columns = (text_span.c[name] for name in ("id", *_PLACE))
    query = select(*columns).where(text_span.c.id.in_(text_ids))
    return {row["id"]: _text_place(row) for row in connection.execute(query).mappings()}


_PLACE = ("place_unit", "place_number", "place_sheet", "start_s")


@row_values.converts(text_span)
def _text_place(row: Any) -> TextPlace:
    return TextPlace(row_values.source_place(row), row["start_s"])
