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
from evidence_app.services.searching.asked import Asked, Found, Group

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


def find(asked: Asked, matching: Sequence[MatchingItem]) -> Found:
    """The places in items of which the index says that the words stand in them.

    Args:
        asked: What is searched.
        matching: These items, in the order of their hits.
    """
    places: dict[HitKind, list[tuple[int, Place]]] = {kind: [] for kind in OF_TEXTS}
    unfinished = set()
    for one in matching:
        kind = kind_of_text(one.kind)
        if one.kind in SAID_BY_EVENTS or kind in unfinished:
            continue
        # One more than is shown tells that there are more.
        room = asked.limits[kind] + 1 - len(places[kind])
        found = islice(places_in(asked.case, one.id, asked.matcher), room)
        places[kind] += [(one.id, place) for place in found]
        if len(places[kind]) > asked.limits[kind]:
            places[kind].pop()
            unfinished.add(kind)
    return {
        kind: Group(_hits(asked.case, kind, group), len(group), kind in unfinished)
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
        pages = [one for one in pages if matcher.accepts(one.text)] or pages
    # What was corrected is found by what was read there too.
    wanted = [one.page for one in pages if one.is_corrected or matcher.marks(one.text)]
    for start in range(0, len(wanted), _PAGES_AT_ONCE):
        some = wanted[start : start + _PAGES_AT_ONCE]
        with case.read() as connection:
            texts = search_hits.texts_of(connection, item_id, some)
        for page in some:
            yield from _places_on(texts[page], matcher)


def _words(unit: Sequence[StoredText]) -> list[str]:
    return [text.text if text.corrected is None else text.corrected for text in unit]


def _places_on(unit: Sequence[StoredText], matcher: Matcher) -> Iterator[Place]:
    as_read = [text.text for text in unit]
    for words in (_words(unit), as_read):
        joined = "\n".join(words)
        marks = matcher.marks(joined)
        if marks and not matcher.refuses(joined):
            starts = list(accumulate((len(one) + 1 for one in words[:-1]), initial=0))
            begun = {bisect_right(starts, start) - 1: start for start, _ in reversed(marks)}
            for line, start in sorted(begun.items()):
                yield Place(unit[line].id, matcher.snippet(joined, start))
            return
