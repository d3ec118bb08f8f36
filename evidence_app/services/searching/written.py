"""Finds what is written about the evidence: names, notes, findings and people."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from evidence_app.casefile.records import findings as finding_records
from evidence_app.casefile.records import marks as mark_records
from evidence_app.casefile.records import queries, search_hits
from evidence_app.model.event import Event
from evidence_app.model.evidence import Item, PlaceUnit, SourcePlace
from evidence_app.model.finding import Finding, Subject, SubjectKind
from evidence_app.model.mark import Mark
from evidence_app.model.search import Hit, HitKind
from evidence_app.model.snippets import Matcher
from evidence_app.rulebook import violations
from evidence_app.services.searching.asked import Group, HitGroups, Search


def items(search: Search) -> HitGroups:
    """Items by their names, and the notes on items and marks.

    All wanted words must stand in an item, in its name or note some of them.
    """
    matching = search_hits.named_items(search.connection, search.query, search.order)
    is_unfinished = len(matching) > search_hits.MOST_COUNTED
    matching = matching[: search_hits.MOST_COUNTED]
    if len(search.query.wanted) > 1 and matching:
        with_all = search_hits.items_with_all(search.connection, search.query.wanted)
        matching = [item for item in matching if item.id in with_all]
    named = [
        (item.id, words)
        for item in matching
        if (words := _first(search.matcher, item.title, item.filename))
    ]
    noted = [(item.id, item.note) for item in matching if _first(search.matcher, item.note)]
    named_shown = named[: search.limits[HitKind.ITEM]]
    noted_shown = noted[: search.limits[HitKind.NOTE]]
    marks = list(_noted_marks(search))
    marks_shown = marks[: search.limits[HitKind.NOTE] - len(noted_shown)]
    ids = {item_id for item_id, _ in (*named_shown, *noted_shown)} | {
        mark.item_id for mark in marks_shown
    }
    items_by_id = {item.id: item for item in queries.items(search.connection, list(ids))}

    def hit(kind: HitKind, item: Item, text: str) -> Hit:
        subject = Subject(SubjectKind.ITEM, item.id)
        snippet = search.matcher.snippet(text)
        return Hit(kind, item.id, item, item.title, snippet, subject, time=item.time)

    notes = [hit(HitKind.NOTE, items_by_id[key], text) for key, text in noted_shown]
    notes += [_mark_hit(mark, items_by_id[mark.item_id], search.matcher) for mark in marks_shown]
    names = [hit(HitKind.ITEM, items_by_id[key], text) for key, text in named_shown]
    return {
        HitKind.NOTE: Group(notes, len(noted) + len(marks), is_unfinished),
        HitKind.ITEM: Group(names, len(named), is_unfinished),
    }


def _first(matcher: Matcher, *texts: str) -> str:
    """The first of some texts in which wanted words stand, and no others; empty if none does."""
    marked = (text for text in texts if text and matcher.marks(text) and not matcher.refuses(text))
    return next(marked, "")


def _noted_marks(search: Search) -> Iterator[Mark]:
    marks = mark_records.all_of(search.connection)
    return (mark for mark in marks if search.matcher.accepts(_mark_words(mark)))


def _mark_words(mark: Mark) -> str:
    return "\n".join(text for text in (mark.text, mark.note) if text)


def _mark_hit(mark: Mark, item: Item, matcher: Matcher) -> Hit:
    return Hit(
        HitKind.NOTE,
        mark.id,
        item,
        item.title,
        matcher.snippet(_mark_words(mark)),
        Subject(SubjectKind.MARK, mark.id),
        None if mark.page is None else SourcePlace(PlaceUnit.PAGE, mark.page),
        None if mark.stretch is None else mark.stretch.start_s,
        item.time,
    )


def findings(search: Search) -> HitGroups:
    """What the person decided on violations, by the name of the violation and their own words."""
    names = {
        violation.code: (violation.name_zh, violation.name_en)
        for violation in violations.all_types()
    }
    decided = finding_records.findings(search.connection)
    chosen = [
        finding for finding in decided if search.matcher.accepts(_finding_words(finding, names))
    ]
    listed = chosen[: search.limits[HitKind.FINDING]]
    at_events = [
        finding.subject.id for finding in listed if finding.subject.kind is SubjectKind.EVENT
    ]
    events = {event.id: event for event in queries.events(search.connection, at_events)}
    ids = {finding.subject.id for finding in listed if finding.subject.kind is SubjectKind.ITEM}
    ids |= {event.item_id for event in events.values()}
    things = {item.id: item for item in queries.items(search.connection, list(ids))}
    hits = [
        _finding_hit(finding, events.get(finding.subject.id), things, search.matcher)
        for finding in listed
    ]
    return {HitKind.FINDING: Group(hits, len(chosen))}


_Names = dict[str, tuple[str, str]]


def _finding_words(finding: Finding, names: _Names) -> str:
    return "\n".join((finding.note, finding.reason, *names.get(finding.violation, ())))


def _finding_hit(
    finding: Finding, event: Event | None, items: dict[int, Item], matcher: Matcher
) -> Hit:
    if finding.subject.kind is not SubjectKind.EVENT:
        event = None
    item = items[finding.subject.id if event is None else event.item_id]
    # Its title names the violation; of two with one name only what was done tells which is which.
    own_words = _first(matcher, finding.note, finding.reason)
    return Hit(
        HitKind.FINDING,
        finding.id,
        item,
        finding.violation,
        matcher.snippet(own_words or _what_was_done(event, item)),
        finding.subject,
        None if event is None else event.place,
        time=item.time if event is None else event.time,
        status=finding.status,
    )


def _what_was_done(event: Event | None, item: Item) -> str:
    if event is None:
        return item.title
    return " · ".join(part for part in (event.other_name, event.text) if part) or item.title


def people(search: Search) -> HitGroups:
    """People by their names, numbers and what is noted on them."""
    parties = search_hits.written_parties(search.connection)
    # Seldom do the words stand in any of them: all are looked through at once before each is.
    everything = "\n".join(chain.from_iterable(parties.values()))
    matching = [
        (party_id, texts)
        for party_id, texts in (parties.items() if search.matcher.has_all(everything) else ())
        if search.matcher.accepts("\n".join(texts))
    ]
    hits = [
        Hit(
            HitKind.PARTY,
            party_id,
            None,
            next(filter(None, (texts[0], *texts[2:])), ""),
            search.matcher.snippet(_first(search.matcher, *texts)),
        )
        for party_id, texts in matching[: search.limits[HitKind.PARTY]]
    ]
    return {HitKind.PARTY: Group(hits, len(matching))}
