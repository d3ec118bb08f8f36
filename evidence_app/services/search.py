"""One search over a whole case: messages, texts, items, notes and people."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property
from itertools import islice

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records import parties as party_records
from evidence_app.casefile.records import queries, search_hits
from evidence_app.casefile.records import saved_searches as saved_records
from evidence_app.errors import UsageError
from evidence_app.messages import MessageCode, message
from evidence_app.model.custody import Action
from evidence_app.model.event import Event
from evidence_app.model.evidence import Item, ItemKind
from evidence_app.model.search import (
    Hit,
    HitKind,
    HitOrder,
    SavedSearch,
    SearchQuery,
    SearchResult,
    Snippet,
)
from evidence_app.model.snippets import Matcher
from evidence_app.services.history import Edit, editing

LIMIT = 50
"""So many hits of each kind are given, unless more are asked for."""

_LONGEST_NAME = 80
_SAID_BY_EVENTS = frozenset({ItemKind.NOTE, ItemKind.EMAIL})
"""What kinds of items have the words of their one event."""


def find(
    case: CaseFile,
    text: str,
    *,
    kinds: Collection[HitKind] = tuple(HitKind),
    order: HitOrder = HitOrder.RELEVANCE,
    limit: int = LIMIT,
) -> SearchResult:
    """Where words stand in a case.

    Args:
        case: The case.
        text: As `SearchQuery.of` takes them; nothing is found without any.
        kinds: What to look in.
        order: Which events come first; texts and items come in the order of their numbers.
        limit: How many hits of each kind are given. Events are all counted; of texts, items and
            people as many as are looked through for that.
    """
    query = SearchQuery.of(text)
    if not query.wanted:
        return SearchResult()
    search = _Search(case, text, Matcher(query), order, limit)
    finders = {
        HitKind.EVENT: search.events,
        HitKind.TEXT: search.texts,
        HitKind.ITEM: search.items,
        HitKind.PARTY: search.parties,
    }
    hits_by_kind = {kind: finder() for kind, finder in finders.items() if kind in kinds}
    return SearchResult(
        {kind: tuple(hits) for kind, (_, hits) in hits_by_kind.items()},
        {kind: count for kind, (count, _) in hits_by_kind.items()},
    )


_Found = tuple[int, list[Hit]]


class _Search:
    """One search while it runs."""

    def __init__(
        self, case: CaseFile, text: str, matcher: Matcher, order: HitOrder, limit: int
    ) -> None:
        self._case = case
        self._text = text
        self._matcher = matcher
        self._order = order
        self._limit = limit

    def events(self) -> _Found:
        with self._case.read() as connection:
            count, ids = search_hits.matching_events(
                connection, self._text, self._order, self._limit
            )
            events = queries.events(connection, ids)
            item_ids = list({event.item_id for event in events})
            items = {item.id: item for item in queries.items(connection, item_ids)}
        return count, [self._event_hit(event, items[event.item_id]) for event in events]

    def _event_hit(self, event: Event, item: Item) -> Hit:
        text = event.text
        if not self._matcher.marks(text):
            names = (event.contact_name, event.identifier)
            named = next((name for name in names if self._matcher.marks(name)), "")
            text = " · ".join(part for part in (named, text) if part)
        party = event.party or event.contact_name or event.identifier
        snippet = self._matcher.snippet(text)
        return Hit(HitKind.EVENT, event.id, item, party, snippet, event.place, time=event.time)

    def texts(self) -> _Found:
        hits = list(self._text_hits())
        return len(hits), hits[: self._limit]

    def _text_hits(self) -> Iterator[Hit]:
        """Each text in which a wanted word stands; of one item as many as are shown at most."""
        for item in self._matching_items:
            if item.kind in _SAID_BY_EVENTS:
                continue
            with self._case.read() as connection:
                texts = list(search_hits.texts_of(connection, item.id))
            hits = (hit for text in texts for hit in self._text_hit(text, item))
            yield from islice(hits, self._limit)

    def _text_hit(self, text: search_hits.StoredText, item: Item) -> Iterator[Hit]:
        for version in (text.corrected, text.text):
            if version is not None and self._matcher.marks(version):
                snippet = self._matcher.snippet(version)
                where = text.place, text.start_s
                yield Hit(HitKind.TEXT, text.id, item, item.title, snippet, *where, item.time)
                return

    def items(self) -> _Found:
        hits = []
        for item in self._matching_items:
            fields = (item.title, item.note, item.filename)
            snippet = self._first(*fields)
            if snippet is not None:
                hits.append(Hit(HitKind.ITEM, item.id, item, item.title, snippet, time=item.time))
        return len(hits), hits[: self._limit]

    @cached_property
    def _matching_items(self) -> list[Item]:
        with self._case.read() as connection:
            return queries.items(connection, search_hits.matching_items(connection, self._text))

    def parties(self) -> _Found:
        hits = []
        with self._case.read() as connection:
            parties = party_records.parties(connection)
        for party in parties:
            numbers = (identifier.raw for identifier in party.identifiers)
            snippet = self._first(party.name, party.note, *numbers)
            if snippet is not None:
                hits.append(Hit(HitKind.PARTY, party.id, None, party.label(), snippet))
        return len(hits), hits[: self._limit]

    def _first(self, *texts: str) -> Snippet | None:
        return next(
            (self._matcher.snippet(text) for text in texts if self._matcher.marks(text)), None
        )


def list_saved(case: CaseFile) -> list[SavedSearch]:
    """The searches that the person kept, by name."""
    with case.read() as connection:
        return saved_records.searches(connection)


def save(case: CaseFile, name: str, text: str) -> Edit:
    """Keep a search under a name; another of that name is replaced.

    Raises:
        UsageError: The name or the search is empty.
    """
    short = " ".join(name.split())[:_LONGEST_NAME]
    if not short or not SearchQuery.of(text).wanted:
        raise UsageError(message(MessageCode.NEEDS_VALUE, field="name" if not short else "search"))
    with editing(case, Action.SAVE_SEARCH, {"name": short, "query": text}) as (change, edit):
        saved_records.save(change, short, text)
    return edit


def forget(case: CaseFile, name: str) -> Edit:
    """Keep a search no longer."""
    with editing(case, Action.SAVE_SEARCH, {"name": name, "query": ""}) as (change, edit):
        saved_records.remove(change, name)
    return edit
