"""One search over a whole case: messages, texts, items, notes, findings and people."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import chain, islice

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records import queries, search_hits
from evidence_app.casefile.records import saved_searches as saved_records
from evidence_app.errors import UsageError
from evidence_app.messages import MessageCode, message
from evidence_app.model.custody import Action
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
from evidence_app.services.searching import events, texts, written
from evidence_app.services.searching.asked import Group, Search

LIMIT = 20
"""So many hits of each kind are given, unless more are asked for."""

_LONGEST_NAME = 80


def find(
    case: CaseFile,
    words: str,
    *,
    kinds: Collection[HitKind] = tuple(HitKind),
    order: HitOrder = HitOrder.RELEVANCE,
    limit: int = LIMIT,
) -> SearchResult:
    """Where words stand in a case.

    Args:
        case: The case.
        words: As `SearchQuery.of` takes them; nothing is found without any.
        kinds: Of which kinds hits are given; those of the others are only counted.
        order: Which hits come first. People and findings have an order of their own.
        limit: How many hits of each kind are given. Of what stands in pictures, in recordings and
            on pages, no more are counted than are given, or `LIMIT`.
    """
    query = SearchQuery.of(words)
    if not query.wanted:
        return SearchResult()
    limits = {kind: limit if kind in kinds else LIMIT for kind in HitKind}
    groups: dict[HitKind, list[Group]] = {kind: [] for kind in HitKind}
    with case.read() as connection:
        search = Search(connection, words, query, Matcher(query), order, limits)
        for part in (events.find, texts.find, written.items, written.findings, written.people):
            for kind, group in part(search).items():
                groups[kind].append(group)
    return SearchResult(
        {kind: _joined(groups[kind], limit) for kind in HitKind if kind in kinds},
        {kind: sum(group.count for group in groups[kind]) for kind in HitKind},
        frozenset(kind for kind in HitKind if any(group.is_unfinished for group in groups[kind])),
    )


def _joined(groups: Iterable[Group], limit: int) -> tuple[Hit, ...]:
    return tuple(islice(chain.from_iterable(group.hits for group in groups), limit))


def snippets(case: CaseFile, words: str, item_ids: Sequence[int]) -> dict[int, Snippet]:
    """Where words stand within items that were found by them: in a note, a text or a message.

    Those that have them in their names only are left out.
    """
    query = SearchQuery.of(words)
    if not query.wanted:
        return {}
    matcher = Matcher(query)
    with case.read() as connection:
        things = queries.items(connection, item_ids)
        event_ids = search_hits.first_events(connection, words, item_ids)
        spoken = {event.item_id: event for event in queries.events(connection, event_ids)}
        snippets_by_item = texts.first_snippets(connection, query, item_ids)
    for item in things:
        if matcher.marks(item.note):
            snippets_by_item[item.id] = matcher.snippet(item.note)
        elif item.id not in snippets_by_item and (event := spoken.get(item.id)) is not None:
            snippets_by_item[item.id] = matcher.snippet(events.words_of(event, matcher))
    return snippets_by_item


def list_saved(case: CaseFile) -> list[SavedSearch]:
    """The searches that the person kept, by name."""
    with case.read() as connection:
        return saved_records.searches(connection)


def save(case: CaseFile, name: str, words: str) -> Edit:
    """Keep a search under a name; another of that name is replaced.

    Raises:
        UsageError: The name or the search is empty.
    """
    short = " ".join(name.split())[:_LONGEST_NAME]
    if not short or not SearchQuery.of(words).wanted:
        raise UsageError(message(MessageCode.NEEDS_VALUE, field="name" if not short else "search"))
    with editing(case, Action.SAVE_SEARCH, {"name": short, "query": words}) as (change, edit):
        saved_records.save(change, short, words)
    return edit


def forget(case: CaseFile, name: str) -> Edit:
    """Keep a search no longer."""
    with editing(case, Action.SAVE_SEARCH, {"name": name, "query": ""}) as (change, edit):
        saved_records.remove(change, name)
    return edit
