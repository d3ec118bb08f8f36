"""Finds messages, calls and other events by their words, names and numbers."""

from __future__ import annotations

from evidence_app.casefile.records import queries, search_hits
from evidence_app.model.event import Event
from evidence_app.model.evidence import Item
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.model.search import Hit, HitKind, kind_of_event
from evidence_app.model.snippets import Matcher
from evidence_app.services.searching.asked import Group, HitGroups, Search


def find(search: Search) -> HitGroups:
    """The events in which the words stand, by their groups."""
    matching = search_hits.matching_events(
        search.connection, search.words, search.order, search.limits
    )
    ids = [event_id for group in matching.first.values() for event_id in group]
    events = queries.events(search.connection, ids)
    things = queries.items(search.connection, list({event.item_id for event in events}))
    items = {item.id: item for item in things}
    hits: dict[HitKind, list[Hit]] = {kind: [] for kind in matching.counts}
    for event in events:
        hit = _hit(event, items[event.item_id], search.matcher)
        hits[hit.kind].append(hit)
    return {
        kind: Group(group, matching.counts[kind], matching.is_unfinished)
        for kind, group in hits.items()
    }


def _hit(event: Event, item: Item, matcher: Matcher) -> Hit:
    return Hit(
        kind_of_event(event.type),
        event.id,
        item,
        event.other_name,
        matcher.snippet(words_of(event, matcher)),
        Subject(SubjectKind.EVENT, event.id),
        event.place,
        time=event.time,
    )


def words_of(event: Event, matcher: Matcher) -> str:
    """What is shown of an event: its text, with the name or number if that was found."""
    if matcher.marks(event.text):
        return event.text
    names = (event.contact_name, event.identifier)
    named = next((name for name in names if matcher.marks(name)), "")
    return " · ".join(text for text in (named, event.text) if text)
