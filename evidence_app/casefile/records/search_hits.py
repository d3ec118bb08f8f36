"""Where the words of a search stand: events, and names and notes of items and parties."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Select, bindparam, false, func, select, text, union

from evidence_app.casefile.records import row_values, search
from evidence_app.casefile.schema import event, item
from evidence_app.casefile.storage.cells import damaged
from evidence_app.model.event import EventType
from evidence_app.model.evidence import ItemKind
from evidence_app.model.search import HitKind, HitOrder, Phrase, SearchQuery, kind_of_event
from evidence_app.model.snippets import PART_OF_NUMBER

Reading = Connection
"""One state of a case, as `CaseFile.read` gives it, for those who do not know SQLAlchemy."""

MOST_COUNTED = 2_000
"""So many hits of a kind are counted and ranked; nobody looks through more."""

_ENOUGH = MOST_COUNTED + 1
"""One more tells that there are more."""

NEWEST_ITEMS = "item.sort_ms DESC NULLS LAST, item.id"
_SIGNS = re.compile(r"[\s()+-]")


@dataclass(frozen=True, slots=True)
class MatchingItem:
    """An item in whose name or note words stand, and what it is called."""

    id: int
    kind: ItemKind
    title: str
    filename: str
    note: str


@dataclass(frozen=True, slots=True)
class _Way:
    """One way in which a search finds events.

    Attributes:
        source: What follows ``FROM``, with a condition; ``event`` is joined.
        ids: A query of the numbers of all events that it finds.
        parameters: Of either, by their names.
    """

    source: str
    ids: str
    parameters: Mapping[str, str]


def _ways(words: str) -> Iterator[_Way]:
    """By the words of events, by the name of their party, and by a part of their number."""
    expression = search.match_expression(SearchQuery.of(words))
    matching = "WHERE event_search MATCH :words"
    yield _Way(
        f"event_search CROSS JOIN event ON event.id = event_search.rowid {matching}",
        f"SELECT rowid AS id FROM event_search {matching}",
        {"words": expression},
    )
    escaped = re.sub("[/%_]", r"/\g<0>", words.strip())
    named = "SELECT id FROM party WHERE name LIKE :name ESCAPE '/'"
    yield _by_column("party_id", named, {"name": f"%{escaped}%"})
    digits = _SIGNS.sub("", words)
    if digits.isdigit() and len(digits) >= PART_OF_NUMBER:
        # Few numbers have many events: asked of each number once.
        numbers = "SELECT DISTINCT identifier_normalized AS number FROM event"
        of_digits = f"SELECT number FROM ({numbers}) WHERE instr(number, :digits)"
        yield _by_column("identifier_normalized", of_digits, {"digits": digits})


def _by_column(column: str, values: str, parameters: Mapping[str, str]) -> _Way:
    source = f"event WHERE {column} IN ({values})"
    return _Way(source, f"SELECT id FROM {source}", parameters)


def events_with(words: str) -> Any:
    """A subquery of the events that a search finds, by their words, number or party."""
    queries = [text(way.ids).bindparams(**way.parameters) for way in _ways(words)]
    ids = [select(query.columns(event.c.id).subquery().c.id) for query in queries]
    return union(*ids).scalar_subquery()


def items_holding(words: str) -> Any:
    """A subquery of the items that a search finds, by their own words or those of their events."""
    query = SearchQuery.of(words)
    own = select(item.c.id).where(
        *(item.c.id.in_(_items_with(phrase)) for phrase in query.wanted),
        *(item.c.id.not_in(_items_with(phrase)) for phrase in query.unwanted),
        *([] if query.wanted else [false()]),
    )
    of_events = select(event.c.item_id).where(event.c.id.in_(events_with(words)))
    return union(own, of_events).scalar_subquery()


_ITEMS_WITH = (
    "SELECT rowid AS id FROM item_search WHERE item_search MATCH :words "
    "UNION SELECT item_id FROM text_search CROSS JOIN text_span "
    f"ON text_span.id = text_search.rowid & {search.FIRST_LINE} WHERE text_search MATCH :words"
)


def _items_with(phrase: Phrase) -> Select[tuple[int]]:
    expression = search.phrase_expression(phrase)
    query = text(_ITEMS_WITH).bindparams(bindparam("words", expression, unique=True))
    return select(query.columns(item.c.id).subquery().c.id)


def items_with_all(connection: Connection, phrases: Iterable[Phrase]) -> set[int]:
    """The items in which each of some phrases stands somewhere: in a name, a note or a text."""
    with_all: set[int] | None = None
    for phrase in phrases:
        words = {"words": search.phrase_expression(phrase)}
        with_phrase = set(connection.exec_driver_sql(_ITEMS_WITH, words).scalars())
        with_all = with_phrase if with_all is None else with_all & with_phrase
        if not with_all:
            break
    return with_all or set()


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


# By a sum no index is asked: most events have no other one that they are the same as.
_PRESENT = (
    "+same_as IS NULL AND EXISTS "
    "(SELECT 1 FROM item WHERE item.id = event.item_id AND trashed_at IS NULL)"
)


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
    rows: dict[int, tuple[str, int | None]] = {}
    ways = []
    for way in _ways(words):
        query = f"SELECT event.id, type, sort_ms FROM {way.source} AND {_PRESENT} LIMIT {_ENOUGH}"
        found = connection.exec_driver_sql(query, dict(way.parameters)).all()
        rows.update((key, (name, sort_ms)) for key, name, sort_ms in found)
        if found:
            ways.append(way)
    is_unfinished = len(rows) > MOST_COUNTED
    groups: dict[HitKind, dict[int, int | None]] = {}
    for event_id, (name, sort_ms) in list(rows.items())[:MOST_COUNTED]:
        groups.setdefault(_event_kind(name), {})[event_id] = sort_ms
    counts = {kind: len(group) for kind, group in groups.items()}
    sizes = {kind: min(count, limits[kind]) for kind, count in counts.items()}
    if is_unfinished:
        first = _newest(connection, ways, sizes)
    else:
        best = _ranked(connection, words) if rows and order is HitOrder.RELEVANCE else {}
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
    connection: Connection, ways: Sequence[_Way], sizes: Mapping[HitKind, int]
) -> dict[HitKind, list[int]]:
    # A sum is no column: so the events are walked through by their time until there are enough.
    ids = " UNION ALL ".join(way.ids for way in ways)
    query = (
        f"SELECT id, type FROM event WHERE id + 0 IN ({ids}) AND {_PRESENT} "
        "ORDER BY sort_ms DESC, id DESC"
    )
    parameters = {name: value for way in ways for name, value in way.parameters.items()}
    first: dict[HitKind, list[int]] = {kind: [] for kind in sizes}
    missing = sum(sizes.values())
    for event_id, name in connection.exec_driver_sql(query, parameters):
        kind = _event_kind(name)
        if len(first.get(kind, ())) < sizes.get(kind, 0):
            first[kind].append(event_id)
            missing -= 1
            if not missing:
                break
    return first


_KINDS = {event_type.value: kind_of_event(event_type) for event_type in EventType}


def _event_kind(name: object) -> HitKind:
    try:
        return _KINDS[name]  # type: ignore[index]
    except (KeyError, TypeError) as error:
        raise damaged("event.type") from error


def written_parties(connection: Connection) -> dict[int, list[str]]:
    """Of all parties, by their numbers, what is written of them: name, note, then phone numbers."""
    rows = connection.exec_driver_sql("SELECT id, name, note FROM party ORDER BY id").all()
    texts: dict[int, list[str]] = {key: [name, note] for key, name, note in rows}
    numbers = connection.exec_driver_sql("SELECT party_id, raw FROM party_identifier ORDER BY id")
    for party_id, raw in numbers.all():
        texts.get(party_id, []).append(raw)
    if not set(map(type, chain.from_iterable(texts.values()))) <= {str}:
        raise damaged("party")
    return texts


def first_events(connection: Connection, words: str, item_ids: Sequence[int]) -> list[int]:
    """Of each of some items the first event that a search finds, as far as there is one."""
    query = (
        select(func.min(event.c.id))
        .where(event.c.item_id.in_(item_ids), event.c.id.in_(events_with(words)))
        .group_by(event.c.item_id)
    )
    return list(connection.execute(query).scalars())


def named_items(connection: Connection, query: SearchQuery, order: HitOrder) -> list[MatchingItem]:
    """The items in whose name or note a wanted phrase stands, those in the trash left out.

    No more than one more than are counted. What is not wanted is left to the caller.
    """
    first = "item_search.rank" if order is HitOrder.RELEVANCE else NEWEST_ITEMS
    statement = (
        "SELECT item.id, kind, title, filename, note FROM item_search "
        "CROSS JOIN item ON item.id = item_search.rowid "
        f"WHERE item_search MATCH ? AND trashed_at IS NULL ORDER BY {first} LIMIT {_ENOUGH}"
    )
    some = " OR ".join(map(search.phrase_expression, query.wanted))
    rows = connection.exec_driver_sql(statement, (some,)).mappings()
    return [_matching_item(row) for row in rows]


@row_values.converts(item)
def _matching_item(row: Any) -> MatchingItem:
    texts = row["title"], row["filename"], row["note"]
    if any(type(words) is not str for words in texts):
        raise ValueError("a name that is no text")
    return MatchingItem(row["id"], ItemKind(row["kind"]), *texts)
