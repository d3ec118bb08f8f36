"""Finds the very line, page or second of an item at which words stand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records import queries, search_hits
from evidence_app.casefile.records.search_hits import MatchingItem, StoredText, TextPlace
from evidence_app.model.evidence import Item, ItemKind
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.model.search import OF_TEXTS, Hit, HitKind, Snippet, kind_of_text
from evidence_app.model.snippets import Matcher
from evidence_app.services.searching.asked import Group, HitGroups, Search

SAID_BY_EVENTS = frozenset({ItemKind.NOTE, ItemKind.EMAIL})
"""What kinds of items have the words of their one event."""

_PAGES_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand in an item.

    Attributes:
        text_id: The number of the line, page or segment in which they begin.
        snippet: They, and what stands around them.
    """

    text_id: int
    snippet: Snippet


def find(search: Search, matching: Sequence[MatchingItem]) -> HitGroups:
    """The places in items of which the index says that the words stand in them.

    Args:
        search: What is searched.
        matching: These items, in the order of their hits.
    """
    places: dict[HitKind, list[tuple[int, Place]]] = {kind: [] for kind in OF_TEXTS}
    unfinished = set()
    for item in matching:
        kind = kind_of_text(item.kind)
        if item.kind in SAID_BY_EVENTS or kind in unfinished:
            continue
        # One more than is shown tells that there are more.
        room = search.limits[kind] + 1 - len(places[kind])
        places_in_item = islice(places_in(search.case, item.id, search.matcher), room)
        places[kind] += [(item.id, place) for place in places_in_item]
        if len(places[kind]) > search.limits[kind]:
            places[kind].pop()
            unfinished.add(kind)
    return {
        kind: Group(_hits(search.case, kind, group), len(group), kind in unfinished)
        for kind, group in places.items()
    }


def _hits(case: CaseFile, kind: HitKind, places: Sequence[tuple[int, Place]]) -> list[Hit]:
    if not places:
        return []
    with case.read() as connection:
        things = queries.items(connection, list({item_id for item_id, _ in places}))
        at = search_hits.places_of(connection, [place.text_id for _, place in places])
    items = {item.id: item for item in things}
    return [_hit(kind, items[item_id], place, at[place.text_id]) for item_id, place in places]


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


def places_in(case: CaseFile, item_id: int, matcher: Matcher) -> Iterator[Place]:
    """The places of an item at which wanted words stand.

    Lines of one page, picture or recording are searched together: a sentence goes on in the next
    line. Of a document, pages with all the words stand for those that have only some of them.
    """
    with case.read() as connection:
        pages = search_hits.pages_of(connection, item_id)
    if len(pages) > 1:
        pages = [page_text for page_text in pages if matcher.accepts(page_text.text)] or pages
    # What was corrected is found by what was read there too.
    numbers = [
        page_text.page
        for page_text in pages
        if page_text.is_corrected or matcher.marks(page_text.text)
    ]
    for start in range(0, len(numbers), _PAGES_AT_ONCE):
        some = numbers[start : start + _PAGES_AT_ONCE]
        with case.read() as connection:
            texts = search_hits.texts_of(connection, item_id, some)
        for page in some:
            yield from _places_on(texts[page], matcher)


def _corrected_lines(unit: Sequence[StoredText]) -> list[str]:
    return [text.text if text.corrected is None else text.corrected for text in unit]


def _places_on(unit: Sequence[StoredText], matcher: Matcher) -> Iterator[Place]:
    as_read = [text.text for text in unit]
    for lines in (_corrected_lines(unit), as_read):
        joined = "\n".join(lines)
        marks = matcher.marks(joined)
        if marks and not matcher.refuses(joined):
            starts = list(accumulate((len(text) + 1 for text in lines[:-1]), initial=0))
            begun = {bisect_right(starts, start) - 1: start for start, _ in reversed(marks)}
            for line, start in sorted(begun.items()):
                yield Place(unit[line].id, matcher.snippet(joined, start))
            return
