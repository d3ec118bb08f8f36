"""Each window predicate against a brute-force count that was written on its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.party import Role
from evidence_app.model.suggestion import Missing, SubjectRole
from evidence_app.rulebook.contact import Contact, Surroundings
from evidence_app.rulebook.contacts import Contacts
from evidence_app.rulebook.predicates.base import Hit, Predicate
from evidence_app.rulebook.predicates.counts import CountInDays, CountInMinutes, ManyNumbers
from evidence_app.rulebook.predicates.hours import Hours
from evidence_app.rulebook.predicates.pauses import Cooldown

BEGIN = datetime.fromisoformat("2026-12-25 00:00")
EPOCH = datetime.fromisoformat("1970-01-01 00:00")
OUTCOMES = [Outcome.ANSWERED, Outcome.MISSED, Outcome.UNKNOWN, Outcome.VOICEMAIL]


@st.composite
def cases(draw: st.DrawFn) -> list[Contact]:
    contacts = []
    for number in range(draw(st.integers(0, 40))):
        local = BEGIN + timedelta(minutes=draw(st.integers(0, 14 * 24 * 60)))
        contacts.append(
            Contact(
                number,
                EventType.CALL,
                draw(st.sampled_from([Direction.INCOMING] * 3 + [Direction.OUTGOING])),
                draw(st.sampled_from(OUTCOMES)),
                local,
                local.date(),
                int((local - EPOCH).total_seconds() * 1000),
                number=draw(st.sampled_from(["1", "2", ""])),
                party=1,
                collector=draw(st.sampled_from([1, 2])),
                role=draw(st.sampled_from([Role.AGENCY] * 4 + [Role.THIRD_PARTY])),
                debt=1,
            )
        )
    return contacts


def hits(predicate: Predicate, contacts: list[Contact]) -> list[Hit]:
    return list(predicate.hits(Contacts.of(contacts, Surroundings())))


def theirs(contacts: list[Contact], collector: int) -> list[Contact]:
    return [
        contact
        for contact in contacts
        if contact.collector == collector
        and contact.direction is Direction.INCOMING
        and contact.role is Role.AGENCY
    ]


def most_in_a_window(days: list[date], length: int) -> int:
    return max(
        (sum(1 for day in days if begin <= day < begin + timedelta(length)) for begin in days),
        default=0,
    )


@settings(max_examples=200, deadline=None)
@given(cases(), st.integers(0, 6), st.integers(1, 9), st.sampled_from(["placed", "connected"]))
def test_counts_in_days(contacts: list[Contact], limit: int, days: int, counted: str) -> None:
    suggestions = hits(CountInDays(counted, limit, days, ("collector",)), contacts)
    by_id = {contact.event_id: contact for contact in contacts}
    sure: Callable[[Contact], bool] = (
        (lambda contact: True)
        if counted == "placed"
        else lambda contact: contact.outcome is Outcome.ANSWERED
    )
    for collector in (1, 2):
        group = theirs(contacts, collector)
        certain = [contact.day for contact in group if sure(contact)]
        possible = [
            contact.day for contact in group if sure(contact) or contact.outcome is Outcome.UNKNOWN
        ]
        own = [hit for hit in suggestions if by_id[hit.subjects[0].event_id].collector == collector]
        facts = [hit for hit in own if Missing.ANSWERED not in hit.missing]
        assert bool(facts) == (most_in_a_window(certain, days) > limit)
        if counted == "connected":
            assert bool(own) == (most_in_a_window(possible, days) > limit)
        if facts:
            assert max(hit.arithmetic["count"] for hit in facts) == most_in_a_window(certain, days)
        ends = sorted(date.fromisoformat(hit.arithmetic["to"]) for hit in own)
        assert all(later - end >= timedelta(days) for end, later in pairwise(ends))
        for hit in facts:
            begin, end = (date.fromisoformat(hit.arithmetic[name]) for name in ("from", "to"))
            within = {
                contact.event_id
                for contact in group
                if sure(contact) and begin <= contact.day <= end
            }
            assert {subject.event_id for subject in hit.subjects} == within
            assert hit.arithmetic["count"] == len(within) > limit


@settings(max_examples=200, deadline=None)
@given(cases(), st.integers(1, 3), st.integers(1, 2000))
def test_counts_in_minutes(contacts: list[Contact], limit: int, minutes: int) -> None:
    suggestions = hits(CountInMinutes("placed", limit, minutes, ("collector",)), contacts)
    expected: set[int] = set()
    for collector in (1, 2):
        group = theirs(contacts, collector)
        for first in group:
            within = [
                contact.event_id
                for contact in group
                if 0 <= contact.at_ms - first.at_ms <= minutes * 60_000  # type: ignore[operator]
            ]
            if len(within) > limit:
                expected.update(within)
    event_ids = [subject.event_id for hit in suggestions for subject in hit.subjects]
    assert len(event_ids) == len(set(event_ids))
    assert set(event_ids) == expected


@settings(max_examples=200, deadline=None)
@given(cases(), st.integers(1, 9))
def test_rest_after_a_conversation(contacts: list[Contact], days: int) -> None:
    suggestions = hits(Cooldown(days, ("collector",)), contacts)
    expected: set[int] = set()
    for collector in (1, 2):
        group = [
            contact
            for contact in contacts
            if contact.collector == collector and contact.role is Role.AGENCY
        ]
        for call in group:
            talked = [
                contact
                for contact in group
                if contact.outcome is Outcome.ANSWERED
                and (contact.at_ms, contact.event_id) < (call.at_ms, call.event_id)
                and (call.day - contact.day).days < days  # type: ignore[operator]
            ]
            if talked and call.direction is Direction.INCOMING:
                expected.add(call.event_id)
    early = [
        subject.event_id
        for hit in suggestions
        for subject in hit.subjects
        if subject.role is SubjectRole.COUNTED
    ]
    assert len(early) == len(set(early))
    assert set(early) == expected


@settings(max_examples=200, deadline=None)
@given(cases(), st.integers(0, 1439), st.integers(0, 1439), st.booleans())
def test_hours(contacts: list[Contact], one: int, two: int, is_end_allowed: bool) -> None:
    begin, end = min(one, two), max(one, two) + 1
    allowed = dict.fromkeys(range(8), ((begin, end),))
    suggestions = hits(Hours(allowed, is_end_allowed=is_end_allowed), contacts)
    expected = {
        contact.event_id
        for collector in (1, 2)
        for contact in theirs(contacts, collector)
        if not begin <= contact.local.hour * 60 + contact.local.minute < end  # type: ignore[union-attr]
        and not (is_end_allowed and contact.local.hour * 60 + contact.local.minute == end)  # type: ignore[union-attr]
    }
    assert {subject.event_id for hit in suggestions for subject in hit.subjects} == expected


@settings(max_examples=100, deadline=None)
@given(cases(), st.integers(1, 2))
def test_many_numbers(contacts: list[Contact], limit: int) -> None:
    suggestions = hits(ManyNumbers(limit, ("collector",)), contacts)
    days = 0
    for collector in (1, 2):
        numbers: dict[date | None, set[str]] = {}
        for contact in theirs(contacts, collector):
            numbers.setdefault(contact.day, set()).update({contact.number} - {""})
        days += sum(1 for those in numbers.values() if len(those) > limit)
    assert len(suggestions) == days
