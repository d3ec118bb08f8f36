"""Finds the very line, page or second of an item at which words stand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice

from evidence_app.casefile.records import queries, search_hits, text_hits
from evidence_app.casefile.records.search_hits import Reading
from evidence_app.casefile.records.text_hits import Lines, Page, TextPlace
from evidence_app.model.evidence import Item, ItemKind
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.model.search import (
    OF_TEXTS,
    Hit,
    HitKind,
    SearchQuery,
    Snippet,
    kind_of_text,
)
from evidence_app.model.snippets import Matcher
from evidence_app.services.searching.asked import Group, HitGroups, Search

SAID_BY_EVENTS = frozenset({ItemKind.NOTE, ItemKind.EMAIL})
"""What kinds of items have the words of their one event."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand in an item.

    Attributes:
        page: On which page.
        text_id: The number of the line, page or segment in which they begin.
        snippet: They, and what stands around them.
    """

    page: Page
    text_id: int
    snippet: Snippet


def find(search: Search) -> HitGroups:
    """The places at which the words stand.

    Lines of one page, picture or recording are searched together: a sentence goes on in the next
    line. Of a document in which no page has all the words, those pages are given that have some.
    """
    places: dict[HitKind, list[Place]] = {kind: [] for kind in OF_TEXTS}
    unfinished: set[HitKind] = set()
    wanted = set(ItemKind) - SAID_BY_EVENTS
    for page in _pages(search, wanted):
        kind = kind_of_text(page.kind)
        # One more than is shown tells that there are more.
        room = search.limits[kind] + 1 - len(places[kind])
        places[kind] += islice(_places_on(search.connection, page, search.matcher), room)
        if len(places[kind]) > search.limits[kind]:
            places[kind].pop()
            unfinished.add(kind)
            wanted -= {item_kind for item_kind in wanted if kind_of_text(item_kind) is kind}
    return {
        kind: Group(_hits(search, kind, _by_items(group)), len(group), kind in unfinished)
        for kind, group in places.items()
    }


def _pages(search: Search, kinds: Collection[ItemKind]) -> Iterator[Page]:
    accepted = set()
    matching = text_hits.matching_pages(search.connection, search.query, search.order, kinds)
    for page in matching:
        accepted.add(page.item_id)
        yield page
    if len(search.query.wanted) > 1:
        with_all = search_hits.items_with_all(search.connection, search.query.wanted)
        apart = text_hits.newest_first(search.connection, with_all - accepted, kinds)
        yield from (page for page in _pages_with_some(search, apart) if page.kind in kinds)


def _pages_with_some(search: Search, item_ids: Sequence[int]) -> Iterator[Page]:
    """Pages with some of the words, of items that have all of them, but on no page."""
    if not item_ids:
        return
    place_of_item = {item_id: place for place, item_id in enumerate(item_ids)}
    pages = {
        page
        for phrase in _single(search.query)
        for page in text_hits.pages_within(search.connection, phrase, item_ids)
    }
    yield from sorted(pages, key=lambda page: (place_of_item[page.item_id], page.number or 0))


def _single(query: SearchQuery) -> list[SearchQuery]:
    """A query for each of the wanted phrases."""
    return [SearchQuery((phrase,), query.unwanted) for phrase in query.wanted]


def _by_items(places: Sequence[Place]) -> list[Place]:
    """What stands in one item together, in its order; items by the best of theirs."""
    first = {place.page.item_id: number for number, place in reversed([*enumerate(places)])}
    return sorted(
        places,
        key=lambda place: (first[place.page.item_id], place.page.number or 0, place.text_id),
    )


def _hits(search: Search, kind: HitKind, places: Sequence[Place]) -> list[Hit]:
    if not places:
        return []
    connection = search.connection
    things = queries.items(connection, list({place.page.item_id for place in places}))
    items = {item.id: item for item in things}
    at = text_hits.places_of(connection, [place.text_id for place in places])
    return [_hit(kind, items[place.page.item_id], place, at[place.text_id]) for place in places]


def _hit(kind: HitKind, item: Item, place: Place, at: TextPlace) -> Hit:
    return Hit(
        kind,
        place.text_id,
        item,
        item.title,
        place.snippet,
        Subject(SubjectKind.ITEM, item.id),
        at.place,
        at.start_s,
        item.time,
    )


def first_snippets(
    connection: Reading, query: SearchQuery, item_ids: Sequence[int]
) -> dict[int, Snippet]:
    """Of some items a place at which wanted words stand, if possible all of them."""
    matcher = Matcher(query)
    snippets: dict[int, Snippet] = {}
    for asked in (query, *_single(query)):
        for page in text_hits.pages_within(connection, asked, item_ids):
            if page.item_id not in snippets:
                for place in islice(_places_on(connection, page, matcher), 1):
                    snippets[page.item_id] = place.snippet
    return snippets


def _places_on(connection: Reading, page: Page, matcher: Matcher) -> Iterator[Place]:
    lines = text_hits.lines_of(connection, page)
    # What was corrected is found by what was read there too.
    for texts in _versions(lines):
        joined = "\n".join(texts)
        marks = matcher.marks(joined)
        if marks and not matcher.refuses(joined):
            starts = list(accumulate((len(text) + 1 for text in texts[:-1]), initial=0))
            begun = {bisect_right(starts, start) - 1: start for start, _ in reversed(marks)}
            for line, start in sorted(begun.items()):
                yield Place(page, lines.ids[line], matcher.snippet(joined, start))
            return


def _versions(lines: Lines) -> Iterator[Sequence[str]]:
    if lines.corrected.count(None) < len(lines.corrected):
        both = zip(lines.texts, lines.corrected, strict=True)
        yield [text if corrected is None else corrected for text, corrected in both]
    yield lines.texts
