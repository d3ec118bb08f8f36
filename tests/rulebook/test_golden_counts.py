"""Golden cases of every shipped rule that counts: below, at and above, and where days meet.

The numbers stand here once more, written down from the provisions and not from the rulebooks.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.rulebook import CollectorKind
from evidence_app.model.suggestion import Missing
from evidence_app.rulebook import loader
from evidence_app.rulebook.contact import Contact
from tests.rulebook.acts import act, ask, family, find, kind_for

COUNTED = {
    # rule: (allowed, in so many days, what counts)
    "cn.gbt.voice_interactive": (3, 1, "answered"),
    "cn.gbt.voice_notice": (3, 1, "answered by two agencies"),
    "cn.cba.attempts": (6, 1, "missed"),
    "cn.gbt.visit": (1, 1, "visit"),
    "us.regf.7in7": (7, 7, "placed"),
    "us-dc.calls": (4, 7, "placed"),
    "us-dc.texts": (5, 7, "text"),
    "us-dc.visit": (0, 1, "visit"),
    "us-ma.calls": (2, 7, "answered"),
    "au.frequency.week": (3, 7, "answered"),
    "au.frequency.month": (10, 30, "answered"),
}
ANSWERED = Outcome.ANSWERED
STARTS = {
    "in a month": date(2026, 5, 12),
    "over the end of a month": date(2026, 4, 30),
    "over the end of a year": date(2026, 12, 31),
    "when summer time begins": date(2027, 3, 14),
    "when summer time ends": date(2026, 11, 1),
    "over a leap day": date(2028, 2, 28),
}
LIMITS = [(rule, start) for rule in COUNTED for start in STARTS]


def contact_of(rule: str, place: int, when: str, **values: object) -> Contact:
    counted = COUNTED[rule][2]
    zone = find(rule)[0].timezone or "Asia/Shanghai"
    values = {"kind": kind_for(rule), "zone": zone, **values}
    if counted == "visit":
        return act(when, EventType.VISIT, **values)
    if counted == "text":
        return act(when, EventType.MESSAGE, **values)
    if counted == "missed":
        values = {"outcome": Outcome.MISSED, **values}
    if counted == "answered by two agencies":
        values = {"party": 20 + place % 2, "collector": 20 + place % 2, **values}
    return act(when, **values)


def spread(rule: str, count: int, begin: date, days: int, **values: object) -> list[Contact]:
    """So many contacts on the days of a window: the first as early, the last as late as can be."""
    contacts = []
    for place in range(count):
        day = begin + timedelta(place * (days - 1) // max(1, count - 1))
        minute = 1 + place * (23 * 60 + 57) // max(1, count - 1)
        if days > 1:
            minute = 600 + place
        when = f"{day} {minute // 60:02}:{minute % 60:02}"
        contacts.append(contact_of(rule, place, when, **values))
    return contacts


def test_every_rule_that_counts_days_has_its_number_here() -> None:
    shipped = {
        rule.id
        for rulebook in loader.library().rulebooks.values()
        for rule in rulebook.rules
        if rule.predicate == "count_in_days"
    }
    assert shipped == set(COUNTED)


@pytest.mark.parametrize(("rule", "start"), LIMITS)
def test_at_the_limit_is_allowed_and_one_more_is_not(rule: str, start: str) -> None:
    limit, days, _ = COUNTED[rule]
    begin = STARTS[start]
    assert ask(rule, spread(rule, max(0, limit - 1), begin, days)) == []
    assert ask(rule, spread(rule, limit, begin, days)) == []
    (suggestion,) = ask(rule, spread(rule, limit + 1, begin, days))
    assert (suggestion.arithmetic["count"], suggestion.arithmetic["limit"]) == (limit + 1, limit)
    assert suggestion.arithmetic["to"] == str(begin + timedelta(days - 1))
    assert len(suggestion.subjects) == limit + 1
    assert Missing.ANSWERED not in suggestion.missing


@pytest.mark.parametrize(("rule", "start"), [case for case in LIMITS if COUNTED[case[0]][0]])
def test_what_does_not_fit_into_one_window_is_allowed(rule: str, start: str) -> None:
    limit, days, _ = COUNTED[rule]
    begin = STARTS[start]
    contacts = spread(rule, limit, begin, days)
    contacts.append(contact_of(rule, limit, f"{begin + timedelta(days)} 00:00"))
    if days == 1:
        assert ask(rule, contacts) == []
    else:
        contacts = [contact_of(rule, place, f"{begin} 10:{place:02}") for place in range(limit)]
        contacts.append(contact_of(rule, limit, f"{begin + timedelta(days)} 00:00"))
        assert ask(rule, contacts) == []


@pytest.mark.parametrize("rule", COUNTED)
def test_more_and_more_is_reported_once_and_whole(rule: str) -> None:
    limit, days, _ = COUNTED[rule]
    (suggestion,) = ask(rule, spread(rule, 3 * limit + 5, STARTS["in a month"], days))
    assert suggestion.arithmetic["count"] == 3 * limit + 5


@pytest.mark.parametrize("rule", COUNTED)
def test_what_the_person_or_the_family_does_never_counts(rule: str) -> None:
    limit, days, _ = COUNTED[rule]
    contacts = spread(rule, limit, STARTS["in a month"], days)
    for hour in range(9, 20):
        contacts.append(
            contact_of(rule, 0, f"2026-05-12 {hour:02}:30", direction=Direction.OUTGOING)
        )
        contacts.append(family(f"2026-05-12 {hour:02}:40"))
        contacts.append(family(f"2026-05-12 {hour:02}:50", Direction.OUTGOING))
    assert ask(rule, contacts) == []


@pytest.mark.parametrize("rule", [r for r in COUNTED if COUNTED[r][2].startswith(("ans", "mis"))])
def test_an_unknown_outcome_is_no_fact_but_a_question(rule: str) -> None:
    limit, days, _ = COUNTED[rule]
    contacts = spread(rule, limit, STARTS["in a month"], days)
    contacts.append(contact_of(rule, 1, "2026-05-12 12:12", outcome=Outcome.UNKNOWN))
    (suggestion,) = ask(rule, contacts)
    assert Missing.ANSWERED in suggestion.missing
    assert (suggestion.arithmetic["count"], suggestion.arithmetic["unknown"]) == (limit, 1)


@pytest.mark.parametrize("rule", COUNTED)
def test_an_unknown_kind_of_collector_is_asked_and_a_free_one_is_left_out(rule: str) -> None:
    limit, days, _ = COUNTED[rule]
    begin = STARTS["in a month"]
    unknown = spread(rule, limit + 1, begin, days, kind=CollectorKind.UNKNOWN)
    suggestions = ask(rule, unknown)
    if kind_for(rule) is CollectorKind.OTHER:
        assert Missing.COLLECTOR_KIND not in suggestions[0].missing
    else:
        assert Missing.COLLECTOR_KIND in suggestions[0].missing
        assert ask(rule, spread(rule, limit + 1, begin, days, kind=CollectorKind.OTHER)) == []


@pytest.mark.parametrize("rule", COUNTED)
def test_contacts_without_a_time_count_by_their_day_and_those_without_a_day_never(
    rule: str,
) -> None:
    limit = COUNTED[rule][0]
    by_day = [contact_of(rule, place, "2026-05-12") for place in range(limit + 1)]
    assert len(ask(rule, by_day)) == 1
    lost = [contact_of(rule, place, "2026-05-12", day=None) for place in range(limit + 1)]
    assert ask(rule, lost) == []


@pytest.mark.parametrize("rule", [rule for rule in COUNTED if COUNTED[rule][2] == "placed"])
def test_every_try_counts_where_calls_are_counted_as_placed(rule: str) -> None:
    limit, days, _ = COUNTED[rule]
    begin = STARTS["in a month"]
    for outcome in (Outcome.UNKNOWN, Outcome.MISSED, Outcome.VOICEMAIL, Outcome.REJECTED):
        assert len(ask(rule, spread(rule, limit + 1, begin, days, outcome=outcome))) == 1
    assert ask(rule, spread(rule, limit + 1, begin, days, outcome=Outcome.FAILED)) == []


@pytest.mark.parametrize(
    "rule", ["us.regf.7in7", "us-dc.calls", "us-ma.calls", "au.frequency.week"]
)
def test_each_debt_is_counted_for_itself_and_an_unknown_one_is_asked(rule: str) -> None:
    limit, days, _ = COUNTED[rule]
    begin = STARTS["in a month"]
    two = spread(rule, limit, begin, days) + spread(rule, limit, begin, days, debt=2)
    assert ask(rule, two) == []
    (suggestion,) = ask(rule, spread(rule, limit + 1, begin, days, debt=None))
    assert Missing.DEBT in suggestion.missing


def test_one_agency_alone_is_not_added_up() -> None:
    begin = STARTS["in a month"]
    alone = spread("cn.gbt.voice_notice", 9, begin, 1, party=20, collector=20)
    assert ask("cn.gbt.voice_notice", alone) == []


def test_tries_to_two_numbers_of_the_person_are_counted_apart() -> None:
    begin = STARTS["in a month"]
    home = spread("cn.cba.attempts", 6, begin, 1)
    work = spread("cn.cba.attempts", 6, begin, 1, own_number="+8613900139001")
    assert ask("cn.cba.attempts", home + work) == []
    (suggestion,) = ask("cn.cba.attempts", spread("cn.cba.attempts", 7, begin, 1, own_number=""))
    assert Missing.OWN_NUMBER in suggestion.missing


def test_answered_calls_are_no_failed_tries_and_failed_tries_are_no_conversations() -> None:
    begin = STARTS["in a month"]
    assert ask("cn.cba.attempts", spread("cn.cba.attempts", 9, begin, 1, outcome=ANSWERED)) == []
    missed = spread("cn.gbt.voice_interactive", 9, begin, 1, outcome=Outcome.MISSED)
    assert ask("cn.gbt.voice_interactive", missed) == []


def test_an_agency_of_a_bank_is_bound_like_the_bank() -> None:
    begin, agency = STARTS["in a month"], CollectorKind.THIRD_PARTY_AGENCY
    rule = "cn.cba.attempts"
    for creditor, count in [(CollectorKind.BANK, 1), (CollectorKind.PRIVATE_LENDER, 0)]:
        calls = spread(rule, 7, begin, 1, kind=agency, creditor_kind=creditor)
        assert len(ask(rule, calls)) == count
    (suggestion,) = ask(rule, spread(rule, 7, begin, 1, kind=agency))
    assert Missing.COLLECTOR_KIND in suggestion.missing


def test_a_bank_in_its_own_name_is_not_bound_by_the_federal_rules_on_agencies() -> None:
    begin = STARTS["in a month"]
    assert ask("us.regf.7in7", spread("us.regf.7in7", 9, begin, 7, kind=CollectorKind.BANK)) == []


def test_two_full_windows_apart_are_two_findings() -> None:
    begin = STARTS["in a month"]
    calls = spread("us.regf.7in7", 8, begin, 7)
    calls += spread("us.regf.7in7", 9, begin + timedelta(20), 7)
    assert [suggestion.arithmetic["count"] for suggestion in ask("us.regf.7in7", calls)] == [8, 9]
