"""Finds what is written about the evidence: names, notes, findings and people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evidence_app.casefile.records import findings as finding_records
from evidence_app.casefile.records import marks as mark_records
from evidence_app.casefile.records import queries, search_hits
from evidence_app.casefile.records.search_hits import MatchingItem
from evidence_app.model.event import Event
from evidence_app.model.evidence import Item, PlaceUnit, SourcePlace
from evidence_app.model.finding import Finding, Subject, SubjectKind
from evidence_app.model.mark import Mark
from evidence_app.model.search import Hit, HitKind
from evidence_app.model.snippets import Matcher
from evidence_app.rulebook import violations
from evidence_app.services.searching.asked import Asked, Found, Group


def items(asked: Asked, matching: Sequence[MatchingItem]) -> Found:
    """Items by their names, and the notes on items and marks.

    Args:
        asked: What is searched.
        matching: The items of which the index says that the words stand in them.
    """
    named = [
        (one.id, words)
        for one in matching
        if (words := _first(asked.matcher, one.title, one.filename))
    ]
    noted = [(one.id, one.note) for one in matching if _first(asked.matcher, one.note)]
    named_shown = named[: asked.limits[HitKind.ITEM]]
    noted_shown = noted[: asked.limits[HitKind.NOTE]]
    marks = list(_noted_marks(asked))
    marks_shown = marks[: asked.limits[HitKind.NOTE] - len(noted_shown)]
    ids = {one for one, _ in (*named_shown, *noted_shown)} | {one.item_id for one in marks_shown}
    with asked.case.read() as connection:
        found = {item.id: item for item in queries.items(connection, list(ids))}

    def hit(kind: HitKind, item: Item, words: str) -> Hit:
        subject = Subject(SubjectKind.ITEM, item.id)
        snippet = asked.matcher.snippet(words)
        return Hit(kind, item.id, item, item.title, snippet, subject, time=item.time)

    notes = [hit(HitKind.NOTE, found[key], words) for key, words in noted_shown]
    notes += [_mark_hit(one, found[one.item_id], asked.matcher) for one in marks_shown]
    names = [hit(HitKind.ITEM, found[key], words) for key, words in named_shown]
    return {
        HitKind.NOTE: Group(notes, len(noted) + len(marks)),
        HitKind.ITEM: Group(names, len(named)),
    }


def _first(matcher: Matcher, *texts: str) -> str:
    """The first of some texts in which wanted words stand, and no others; empty if none does."""
    found = (one for one in texts if one and matcher.marks(one) and not matcher.refuses(one))
    return next(found, "")


def _noted_marks(asked: Asked) -> Iterator[Mark]:
    with asked.case.read() as connection:
        marks = mark_records.all_of(connection)
    return (one for one in marks if asked.matcher.accepts(_mark_words(one)))


def _mark_words(mark: Mark) -> str:
    return "\n".join(one for one in (mark.text, mark.note) if one)


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


def findings(asked: Asked) -> Found:
    """What the person decided on violations, by the name of the violation and their own words."""
    names = {one.code: (one.name_zh, one.name_en) for one in violations.all_types()}
    with asked.case.read() as connection:
        decided = finding_records.findings(connection)
    chosen = [one for one in decided if asked.matcher.accepts(_finding_words(one, names))]
    shown = chosen[: asked.limits[HitKind.FINDING]]
    with asked.case.read() as connection:
        at_events = [one.subject.id for one in shown if one.subject.kind is SubjectKind.EVENT]
        events = {event.id: event for event in queries.events(connection, at_events)}
        ids = {one.subject.id for one in shown if one.subject.kind is SubjectKind.ITEM}
        ids |= {event.item_id for event in events.values()}
        things = {item.id: item for item in queries.items(connection, list(ids))}
    hits = [
        _finding_hit(finding, events.get(finding.subject.id), things, asked.matcher)
        for finding in shown
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


def people(asked: Asked) -> Found:
    """People by their names, numbers and what is noted on them."""
    with asked.case.read() as connection:
        parties = search_hits.written_parties(connection)
    found = [one for one in parties if asked.matcher.accepts("\n".join(one.texts))]
    shown = [
        Hit(
            HitKind.PARTY,
            one.id,
            None,
            one.label,
            asked.matcher.snippet(_first(asked.matcher, *one.texts)),
        )
        for one in found[: asked.limits[HitKind.PARTY]]
    ]
    return {HitKind.PARTY: Group(shown, len(found))}
