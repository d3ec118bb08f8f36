"""Where the words of a search stand in texts of items: pages, pictures and recordings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from types import NoneType
from typing import Any

from sqlalchemy import Connection

from evidence_app.casefile.records import row_values, search
from evidence_app.casefile.records.search_hits import MOST_COUNTED, NEWEST_ITEMS
from evidence_app.casefile.schema import text_span
from evidence_app.casefile.storage.cells import damaged
from evidence_app.model.evidence import ItemKind, SourcePlace
from evidence_app.model.search import HitOrder, SearchQuery


@dataclass(frozen=True, slots=True)
class Page:
    """What is searched as one text.

    Attributes:
        item_id: Of which item.
        kind: Of what kind that is.
        number: Of the page; None for all of an item that has no pages.
    """

    item_id: int
    kind: ItemKind
    number: int | None


@dataclass(frozen=True, slots=True)
class Lines:
    """The texts on a page, in order.

    Attributes:
        ids: Their numbers.
        texts: The words as they were read.
        corrected: What the person made of each; None where nothing.
    """

    ids: Sequence[int]
    texts: Sequence[str]
    corrected: Sequence[str | None]


@dataclass(frozen=True, slots=True)
class TextPlace:
    """Where a text stands.

    Attributes:
        place: In its file; None if its format has no such places.
        start_s: From when in a recording.
    """

    place: SourcePlace | None
    start_s: float | None


_MATCHING = "FROM text_search WHERE text_search MATCH ?"
_MANY = f"SELECT 1 {_MATCHING} LIMIT 1 OFFSET {MOST_COUNTED}"
_PAGES = (
    f"SELECT text_span.item_id, {search.PAGE} AS page, item.kind FROM text_search "
    f"CROSS JOIN text_span ON text_span.id = text_search.rowid & {search.FIRST_LINE} "
    "CROSS JOIN item ON item.id = text_span.item_id "
    "WHERE text_search MATCH ? AND item.trashed_at IS NULL "
)
_NEWEST = f"ORDER BY {NEWEST_ITEMS}, page, text_span.id"


def matching_pages(
    connection: Connection, query: SearchQuery, order: HitOrder, kinds: Collection[ItemKind]
) -> Iterator[Page]:
    """The pages in which all wanted words stand and no others; those of the trash are left out.

    They are looked for as they are asked for. Of more than are counted the newest come first, as
    of events.

    Args:
        connection: Of the case.
        query: What is searched.
        order: Which come first.
        kinds: Of what items they are; whoever has enough of a kind may take it out.
    """
    expression = search.match_expression(query)
    first = "ORDER BY text_search.rank"
    if order is HitOrder.TIME or connection.exec_driver_sql(_MANY, (expression,)).first():
        first = _NEWEST
    seen = set()
    raw: Any = connection.connection.driver_connection
    for row in raw.execute(_PAGES + first, (expression,)):
        # What was corrected, or is long, stands in several rows of the index.
        if row[2] in kinds and row not in seen:
            seen.add(row)
            yield _page(row)


def pages_within(
    connection: Connection, query: SearchQuery, item_ids: Sequence[int]
) -> Iterator[Page]:
    """As `matching_pages`, in some items only, in no order."""
    statement = f"{_PAGES} AND item.id IN ({','.join(map(str, item_ids))})"
    for row in connection.exec_driver_sql(statement, (search.match_expression(query),)):
        yield _page(row)


def _page(row: Any) -> Page:
    item_id, number, kind = row
    try:
        return Page(item_id, ItemKind(kind), number)
    except ValueError as error:
        raise damaged(f"item {item_id}") from error


def lines_of(connection: Connection, page: Page) -> Lines:
    """The texts on a page, in order."""
    query = (
        f"SELECT id, text, corrected FROM text_span WHERE item_id = ?1 "
        f"AND {search.lines_of(page.number)} ORDER BY id"
    )
    raw: Any = connection.connection.driver_connection
    rows = raw.execute(query, (page.item_id, page.number)).fetchall()
    lines = Lines(*zip(*rows, strict=True)) if rows else Lines((), (), ())
    if not set(map(type, lines.texts)) <= {str} or not set(map(type, lines.corrected)) <= _TEXTS:
        raise damaged(f"text_span of item {page.item_id}")
    return lines


_TEXTS = {str, NoneType}


def newest_first(
    connection: Connection, item_ids: Iterable[int], kinds: Iterable[ItemKind]
) -> list[int]:
    """Those of some items that are of some kinds, by their time.

    Of very many only those that were imported last.
    """
    latest = ",".join(map(str, nlargest(MOST_COUNTED, item_ids)))
    names = ",".join(f"'{kind.value}'" for kind in kinds)
    query = f"SELECT id FROM item WHERE id IN ({latest}) AND kind IN ({names})"
    return list(connection.exec_driver_sql(f"{query} ORDER BY {NEWEST_ITEMS}").scalars())


def places_of(connection: Connection, text_ids: Sequence[int]) -> dict[int, TextPlace]:
    """Where texts stand, by their numbers."""
    numbers = ",".join(map(str, text_ids))
    query = f"SELECT id, {', '.join(_PLACE)} FROM text_span WHERE id IN ({numbers})"
    return {row["id"]: _text_place(row) for row in connection.exec_driver_sql(query).mappings()}


_PLACE = ("place_unit", "place_number", "place_sheet", "start_s")


@row_values.converts(text_span)
def _text_place(row: Any) -> TextPlace:
    return TextPlace(row_values.source_place(row), row["start_s"])
