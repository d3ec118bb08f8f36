"""After an edit the rules are asked only about what it touched, and know what all of it shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.party import Role
from evidence_app.rulebook import loader
from evidence_app.rulebook.contact import Contact, OwnAct, Surroundings
from evidence_app.rulebook.scan import Scanner
from tests.rulebook.acts import act

BEGIN = datetime.fromisoformat("2026-03-01 00:00")
OUTCOMES = [Outcome.ANSWERED, Outcome.MISSED, Outcome.UNKNOWN]
NUMERIC = [
    replace(book, rules=rules)
    for book in loader.library().rulebooks.values()
    if (rules := tuple(rule for rule in book.rules if rule.predicate != "said_in_text"))
]


@st.composite
def contacts(draw: st.DrawFn, event_id: int) -> Contact:
    at = BEGIN + timedelta(minutes=draw(st.integers(0, 12 * 24 * 60)))
    party = draw(st.sampled_from([7, 9]))
    values = {
        "event_id": event_id,
        "outcome": draw(st.sampled_from(OUTCOMES)),
        "direction": draw(st.sampled_from([Direction.INCOMING] * 5 + [Direction.OUTGOING])),
        "party": party,
        "collector": party,
        "number": draw(st.sampled_from(["1", "2", ""])),
        "debt": draw(st.sampled_from([1, None])),
    }
    kind = draw(st.sampled_from(["call"] * 8 + ["message", "other", "own", "undated"]))
    if kind == "own":
        values["own_act"] = draw(st.sampled_from(list(OwnAct)))
        values["about"] = draw(st.sampled_from([7, None]))
    if kind == "other":
        values.update(role=Role.THIRD_PARTY, party=8, collector=None, direction=Direction.NONE)
    if kind == "undated":
        values.update(at_ms=None, local=None, day=None)
    channel = EventType.MESSAGE if kind == "message" else EventType.CALL
    return act(f"{at:%Y-%m-%d %H:%M}", channel, **values)


def results(scanner: Scanner) -> list[str]:
    return sorted(f"{finding.id} {finding.citation.suggestion}" for finding in scanner.cited_hits())


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_asking_again_finds_what_asking_anew_finds(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 60))
    now = {number: data.draw(contacts(number)) for number in range(count)}
    scanner = Scanner(NUMERIC, now.values(), Surroundings())
    results(scanner)
    for _ in range(3):
        number = data.draw(st.integers(0, count))
        before = [now.pop(number)] if number in now else []
        after = [data.draw(contacts(number))] if data.draw(st.booleans()) else []
        now.update({contact.event_id: contact for contact in after})
        scanner.replace(before, after)
        assert results(scanner) == results(Scanner(NUMERIC, now.values(), Surroundings()))


def test_what_is_not_touched_is_kept_as_it_was() -> None:
    calls = [act(f"2026-03-{day:02} 23:10") for day in range(1, 20)]
    scanner = Scanner(NUMERIC, calls, Surroundings())
    before = {id(finding.citation) for finding in scanner.cited_hits()}
    scanner.replace([calls[9]], [replace(calls[9], outcome=Outcome.MISSED)])
    after = [finding for finding in scanner.cited_hits() if id(finding.citation) not in before]
    assert after
    assert len(after) < len(before) / 3
