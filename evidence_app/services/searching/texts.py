"""Finds the very line, page or second of an item at which words stand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, islice

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records import queries, search_hits
from evidence_app.casefile.records.search_hits import MatchingItem, StoredText
from evidence_app.model.evidence import Item, ItemKind, PlaceUnit
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.model.search import OF_TEXTS, Hit, HitKind, Snippet, kind_of_text
from evidence_app.model.snippets import Matcher
from evidence_app.services.searching.asked import Asked, Found, Group

SAID_BY_EVENTS = frozenset({ItemKind.NOTE, ItemKind.EMAIL})
"""What kinds of items have the words of their one event."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand in an item.

    Attributes:
        text: The line, page or segment in which they begin.
        snippet: They, and what stands around them.
    """

    text: StoredText
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
    items = _items(asked.case, {item_id for group in places.values() for item_id, _ in group})
    return {
        kind: Group(
            [_hit(kind, items[item_id], place) for item_id, place in group],
            len(group),
            kind in unfinished,
        )
        for kind, group in places.items()
    }


def _items(case: CaseFile, ids: set[int]) -> dict[int, Item]:
    with case.read() as connection:
        return {item.id: item for item in queries.items(connection, list(ids))}


def _hit(kind: HitKind, item: Item, place: Place) -> Hit:
    return Hit(
        kind,
        place.text.id,
        item,
        item.title,
        place.snippet,
        Subject(SubjectKind.ITEM, item.id),
        place.text.place,
        place.text.start_s,
        item.time,
    )


def places_in(case: CaseFile, item_id: int, matcher: Matcher) -> Iterator[Place]:
    """The places of an item at which wanted words stand.

    Lines of one page, picture or recording are searched together: a sentence goes on in the next
    line. Of a document, pages with all the words stand for those that have only some of them.
    """
    with case.read() as connection:
        texts = list(search_hits.texts_of(connection, item_id))
    units = [list(unit) for _, unit in groupby(texts, _page)]
    if len(units) > 1:
        complete = [unit for unit in units if matcher.accepts(_joined(_words(unit)))]
        units = complete or units
    for unit in units:
        yield from _places_on(unit, matcher)


def _page(text: StoredText) -> int:
    is_page = text.place is not None and text.place.unit is PlaceUnit.PAGE
    return text.place.number if is_page and text.place is not None else 0


def _words(unit: Sequence[StoredText]) -> list[str]:
    return [text.text if text.corrected is None else text.corrected for text in unit]


def _joined(words: Sequence[str]) -> str:
    return "\n".join(words)


def _places_on(unit: Sequence[StoredText], matcher: Matcher) -> Iterator[Place]:
    as_read = [text.text for text in unit]
    for words in (_words(unit), as_read):
        joined = _joined(words)
        marks = matcher.marks(joined)
        if marks and not matcher.refuses(joined):
            starts = list(accumulate((len(one) + 1 for one in words[:-1]), initial=0))
            begun = {bisect_right(starts, start) - 1: start for start, _ in reversed(marks)}
            for line, start in sorted(begun.items()):
                yield Place(unit[line], matcher.snippet(joined, start))
            return
