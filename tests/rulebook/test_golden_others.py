"""Golden cases of the rules on rest, requests, other people, contents, notices and signs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.party import Role
from evidence_app.model.rulebook import CollectorKind
from evidence_app.model.suggestion import Missing, SubjectRole
from evidence_app.rulebook import loader
from evidence_app.rulebook.contact import Contact, OwnAct
from tests.rulebook.acts import AGENCY, act, ask, family, kind_for, other, own

E = EventType
COOLDOWNS = ["us.regf.cooldown", "us-dc.cooldown"]
# rule: (the act, contacts that are still allowed, it must be in writing, it must name a medium)
AFTER = {
    "cn.cc.1033.stop": (OwnAct.STOP_REQUEST, 0, False, False),
    "cn.card.70.agreement": (OwnAct.AGREEMENT, 0, False, False),
    "us.1692c.c.stop": (OwnAct.STOP_REQUEST, 1, True, False),
    "us.regf.14h.medium": (OwnAct.STOP_REQUEST, 1, False, True),
    "us.regf.38d2.dispute": (OwnAct.DISPUTE, 1, True, False),
    "us.1692c.a2.lawyer": (OwnAct.REPRESENTED, 0, False, False),
    "uk.conc.7.9.4.medium": (OwnAct.STOP_REQUEST, 1, False, True),
    "au.arrangement": (OwnAct.AGREEMENT, 0, False, False),
}
NEVER_OTHERS = [
    "cn.card.68.others",
    "cn.cfc.others",
    "cn.smallloan.others",
    "us.1692c.b.others",
    "tw.others",
    "in.others",
    "ie.others",
    "id.others",
]


def shipped(predicate: str) -> set[str]:
    return {
        rule.id
        for rulebook in loader.library().rulebooks.values()
        for rule in rulebook.rules
        if rule.predicate == predicate
    }


def call(rule: str, when: str, **values: object) -> Contact:
    return act(when, **{"kind": kind_for(rule), **values})


def test_every_rule_of_these_kinds_has_cases_here() -> None:
    assert shipped("cooldown") == set(COOLDOWNS)
    assert shipped("after_own_act") == set(AFTER)
    assert shipped("third_parties") == {
        *NEVER_OTHERS,
        "cn.cba.others",
        "cn.gbt.contact_person.refused",
    }
    assert shipped("required_content") == {
        "cn.card.69.letter",
        "us.regf.6e.opt_out",
        "us.regf.18e.first",
        "us-dc.opt_out",
        "br.letter",
    }
    assert shipped("notice_due") == {"us.1692g.notice"}
    assert shipped("count_in_minutes") == {"general.redial", "general.burst"}
    assert shipped("many_numbers") == {"general.many_numbers"}


# --- rest after a conversation


@pytest.mark.parametrize("rule", COOLDOWNS)
@pytest.mark.parametrize(
    "talked", ["2026-05-12", "2026-04-28", "2026-12-30", "2027-03-10", "2026-10-30", "2028-02-26"]
)
@pytest.mark.parametrize(("days_later", "count"), [(0, 1), (1, 1), (6, 1), (7, 0), (8, 0)])
def test_the_day_of_the_conversation_is_the_first_of_seven(
    rule: str, talked: str, days_later: int, count: int
) -> None:
    again = date.fromisoformat(talked) + timedelta(days_later)
    calls = [
        call(rule, f"{talked} 10:00", zone="America/New_York"),
        call(rule, f"{again} 10:30", outcome=Outcome.MISSED, zone="America/New_York"),
    ]
    suggestions = ask(rule, calls)
    assert len(suggestions) == count
    if suggestions:
        allowed_from = date.fromisoformat(talked) + timedelta(7)
        assert suggestions[0].arithmetic["allowed_from"] == str(allowed_from)
        assert [subject.role for subject in suggestions[0].subjects] == [
            SubjectRole.STARTED,
            SubjectRole.COUNTED,
        ]


@pytest.mark.parametrize("rule", COOLDOWNS)
def test_what_starts_no_rest_and_what_does_not_break_it(rule: str) -> None:
    talked = call(rule, "2026-05-12 10:00")
    missed = replace(talked, event_id=9_000_001, outcome=Outcome.MISSED)
    unknown = replace(talked, event_id=9_000_002, outcome=Outcome.UNKNOWN)
    later = call(rule, "2026-05-14 10:00", outcome=Outcome.MISSED)
    assert ask(rule, [missed, later]) == []
    assert ask(rule, [unknown, later]) == []
    assert ask(rule, [talked, replace(later, direction=Direction.OUTGOING)]) == []
    assert ask(rule, [talked, replace(later, debt=2)]) == []
    assert ask(rule, [talked, family("2026-05-13 10:00")]) == []


@pytest.mark.parametrize("rule", COOLDOWNS)
def test_the_persons_own_call_starts_the_rest(rule: str) -> None:
    talked = call(rule, "2026-05-12 10:00", direction=Direction.OUTGOING)
    assert len(ask(rule, [talked, call(rule, "2026-05-13 10:00", outcome=Outcome.MISSED)])) == 1


@pytest.mark.parametrize("rule", COOLDOWNS)
def test_an_early_call_that_is_a_conversation_starts_the_next_rest(rule: str) -> None:
    calls = [call(rule, f"2026-05-{day} 10:00") for day in (12, 16, 20)]
    assert len(ask(rule, calls)) == 2
    calls[1] = replace(calls[1], outcome=Outcome.MISSED)
    (suggestion,) = ask(rule, calls)
    assert suggestion.event_ids() == (calls[0].event_id, calls[1].event_id)


# --- after what the person did


def acted(rule: str, when: str, channel: EventType = E.LETTER, /, **values: object) -> Contact:
    act_type, _, _, per_medium = AFTER[rule]
    media = frozenset({"call"}) if per_medium else frozenset()
    return own(when, act_type, channel, **{"media": media, **values})


@pytest.mark.parametrize("rule", AFTER)
def test_contact_before_and_after(rule: str) -> None:
    _, allowed, _, _ = AFTER[rule]
    act_ = acted(rule, "2026-05-12 10:00")
    before = [call(rule, "2026-05-12 09:59"), call(rule, "2026-05-12 10:00")]
    after = [call(rule, f"2026-05-12 10:{minute}") for minute in range(10, 11 + allowed)]
    assert ask(rule, [act_, *before]) == []
    assert ask(rule, [act_, *before, *after[:allowed]]) == []
    (suggestion,) = ask(rule, [*before, *after, act_])
    assert suggestion.arithmetic["count"] == allowed + 1
    assert suggestion.subjects[0].role is SubjectRole.REFUSAL
    assert suggestion.event_ids() == (act_.event_id, *(contact.event_id for contact in after))


@pytest.mark.parametrize("rule", AFTER)
def test_an_act_toward_another_concerns_nobody_else(rule: str) -> None:
    calls = [call(rule, f"2026-05-13 10:0{minute}") for minute in range(5)]
    assert ask(rule, [acted(rule, "2026-05-12 10:00", about=99), *calls]) == []
    toward_creditor = acted(rule, "2026-05-12 10:00", about=3)
    assert len(ask(rule, [toward_creditor, *calls])) == 1
    (suggestion,) = ask(rule, [acted(rule, "2026-05-12 10:00", about=None), *calls])
    assert Missing.CONSENT in suggestion.missing


@pytest.mark.parametrize("rule", AFTER)
def test_a_day_without_a_time_begins_on_the_next_day(rule: str) -> None:
    same_day = [call(rule, f"2026-05-12 23:0{minute}") for minute in range(5)]
    next_day = [call(rule, f"2026-05-13 00:0{minute}") for minute in range(5)]
    assert ask(rule, [acted(rule, "2026-05-12"), *same_day]) == []
    assert len(ask(rule, [acted(rule, "2026-05-12"), *next_day])) == 1


@pytest.mark.parametrize("rule", AFTER)
def test_what_the_person_does_afterwards_is_no_contact(rule: str) -> None:
    outgoing = [
        call(rule, f"2026-05-13 10:0{minute}", direction=Direction.OUTGOING) for minute in range(5)
    ]
    assert ask(rule, [acted(rule, "2026-05-12"), *outgoing, family("2026-05-13 12:00")]) == []


@pytest.mark.parametrize("rule", [rule for rule in AFTER if AFTER[rule][2]])
def test_a_spoken_request_does_not_count_and_an_unclear_one_is_asked(rule: str) -> None:
    calls = [call(rule, f"2026-05-13 10:0{minute}") for minute in range(5)]
    assert ask(rule, [acted(rule, "2026-05-12 10:00", E.CALL), *calls]) == []
    (suggestion,) = ask(rule, [acted(rule, "2026-05-12 10:00", E.NOTE), *calls])
    assert Missing.WRITTEN in suggestion.missing
    (suggestion,) = ask(rule, [acted(rule, "2026-05-12 10:00", E.EMAIL), *calls])
    assert Missing.WRITTEN not in suggestion.missing


@pytest.mark.parametrize("rule", [rule for rule in AFTER if AFTER[rule][3]])
def test_only_the_medium_that_was_named(rule: str) -> None:
    texts = [act(f"2026-05-13 10:0{minute}", E.MESSAGE, kind=kind_for(rule)) for minute in range(5)]
    assert ask(rule, [acted(rule, "2026-05-12 10:00"), *texts]) == []
    no_texts = acted(rule, "2026-05-12 10:00", media=frozenset({"message"}))
    assert len(ask(rule, [no_texts, *texts])) == 1
    assert ask(rule, [acted(rule, "2026-05-12 10:00", media=frozenset()), *texts]) == []


def test_each_request_answers_for_what_came_before_the_next() -> None:
    rule = "cn.cc.1033.stop"
    acts = [acted(rule, f"2026-05-{day} 10:00") for day in (10, 20)]
    calls = [call(rule, f"2026-05-{day} 11:00") for day in (11, 12, 21)]
    suggestions = ask(rule, acts + calls)
    assert [suggestion.arithmetic["count"] for suggestion in suggestions] == [2, 1]


# --- other people


@pytest.mark.parametrize("rule", NEVER_OTHERS)
def test_others_are_never_to_be_contacted(rule: str) -> None:
    contact = other("2026-05-12 10:00", kind=kind_for(rule))
    (suggestion,) = ask(rule, [contact])
    assert Missing.ROLE in suggestion.missing
    assert ask(rule, [family("2026-05-12 10:00"), family("2026-05-12 11:00", OUT)]) == []
    assert ask(rule, [replace(contact, role=Role.UNKNOWN)]) == []
    assert ask(rule, [other("2026-05-12 10:00", E.NOTE, kind=kind_for(rule))]) == []


OUT = Direction.OUTGOING
MISSED = Outcome.MISSED


def others_after(*tries: str, at: str = "2026-05-12 15:00") -> list[Contact]:
    """A contact with the mother after tries such as ``11 10:00 missed``."""
    calls = []
    for attempt in tries:
        day, clock, outcome = attempt.split()
        when = f"2026-05-{day} {clock}"
        calls.append(act(when, outcome=Outcome(outcome), kind=CollectorKind.BANK))
    return [*calls, other(at, kind=CollectorKind.BANK)]


@pytest.mark.parametrize(
    ("tries", "reason"),
    [
        ((), "reachable"),
        (("11 09:00 missed", "11 10:00 missed"), "reachable"),
        (("11 09:00 missed", "11 10:00 missed", "11 11:00 missed"), None),
        (("12 09:00 missed", "12 10:00 missed", "12 11:00 missed"), "same_day"),
        (("11 09:00 missed", "11 10:00 missed", "12 11:00 missed"), "same_day"),
        (("09 09:00 missed", "10 10:00 missed", "11 23:59 missed"), None),
        (
            ("11 09:00 missed", "11 10:00 missed", "11 10:30 answered", "11 11:00 missed"),
            "reachable",
        ),
        (("10 09:00 answered", "11 09:00 missed", "11 10:00 missed", "11 11:00 missed"), None),
        (("11 09:00 missed", "11 10:00 missed", "11 11:00 rejected"), None),
    ],
)
def test_others_only_after_three_failures_and_not_on_the_same_day(
    tries: tuple[str, ...], reason: str | None
) -> None:
    suggestions = ask("cn.cba.others", others_after(*tries))
    assert [suggestion.arithmetic["reason"] for suggestion in suggestions] == (
        [reason] if reason else []
    )


def test_failures_over_the_end_of_a_year() -> None:
    tries = [
        act(f"2026-12-31 2{hour}:00", outcome=MISSED, kind=CollectorKind.BANK) for hour in range(3)
    ]
    assert ask("cn.cba.others", [*tries, other("2027-01-01 08:00", kind=CollectorKind.BANK)]) == []


def test_an_unknown_outcome_of_a_try_is_asked() -> None:
    (suggestion,) = ask(
        "cn.cba.others", others_after("11 09:00 missed", "11 10:00 missed", "11 11:00 unknown")
    )
    assert Missing.ANSWERED in suggestion.missing
    (suggestion,) = ask("cn.cba.others", others_after("11 09:00 answered"))
    assert Missing.ANSWERED not in suggestion.missing


def test_a_contact_person_who_said_no_is_left_alone() -> None:
    rule = "cn.gbt.contact_person.refused"
    refusal = own("2026-05-12 10:00", OwnAct.REFUSED_FOR_OTHER, about=8)
    again = other("2026-05-13 10:00", kind=CollectorKind.BANK)
    (suggestion,) = ask(rule, [refusal, again])
    assert [subject.role for subject in suggestion.subjects] == [
        SubjectRole.REFUSAL,
        SubjectRole.ACT,
    ]
    assert ask(rule, [again]) == []
    assert ask(rule, [refusal, other("2026-05-12 09:00", kind=CollectorKind.BANK)]) == []
    assert ask(rule, [replace(refusal, about=77), again]) == []


# --- contents and notices

LETTER = "信用卡欠款1000元，因领用合同逾期，可查询还款，有异议请提供证据，电话400。"
FULL = {
    "cn.card.69.letter": (E.LETTER, LETTER, "请尽快处理。"),
    "us.regf.6e.opt_out": (E.MESSAGE, "Please call us. Reply STOP to opt out.", "Please call us."),
    "us-dc.opt_out": (E.EMAIL, "Please call us. Unsubscribe here.", "Please call us."),
    "us.regf.18e.first": (
        E.MESSAGE,
        "This is an attempt to collect a debt; any information will be used for that purpose.",
        "This is an attempt to collect a debt.",
    ),
    "br.letter": (E.LETTER, "Loja Exemplo, CNPJ 00.000.000/0001-00", "Loja Exemplo"),
}


@pytest.mark.parametrize("rule", FULL)
def test_what_a_message_must_hold(rule: str) -> None:
    channel, full, bare = FULL[rule]
    values = {"kind": kind_for(rule), "outcome": Outcome.UNKNOWN}
    assert ask(rule, [act("2026-05-12 10:00", channel, text=full, **values)]) == []
    assert ask(rule, [act("2026-05-12 10:00", channel, text="  ", **values)]) == []
    (suggestion,) = ask(rule, [act("2026-05-12 10:00", channel, text=bare, **values)])
    assert suggestion.arithmetic["lacking"]
    mine = act("2026-05-12 10:00", channel, text=bare, direction=OUT, **values)
    assert ask(rule, [mine]) == []
    from_mother = replace(family("2026-05-12 10:00"), type=channel, text=bare)
    assert ask(rule, [from_mother]) == []


def test_each_field_of_a_card_letter_is_looked_for() -> None:
    rule = "cn.card.69.letter"
    for field, passage in {
        "objection": "有异议请提供证据，",
        "contact": "，电话400",
        "ways": "可查询还款，",
    }.items():
        letter = act(
            "2026-05-12", E.LETTER, text=LETTER.replace(passage, ""), kind=CollectorKind.BANK
        )
        (suggestion,) = ask(rule, [letter])
        assert suggestion.arithmetic["lacking"] == [field]


def test_only_the_first_message_needs_the_long_warning() -> None:
    _, full, bare = FULL["us.regf.18e.first"]
    values = {"kind": CollectorKind.DEBT_BUYER}
    first = act("2026-05-12 10:00", E.MESSAGE, text=full, **values)
    second = act("2026-05-13 10:00", E.MESSAGE, text=bare, **values)
    assert ask("us.regf.18e.first", [second, first]) == []


@pytest.mark.parametrize(
    ("last_day", "count"), [("2026-05-12", 0), ("2026-05-17", 0), ("2026-05-18", 1)]
)
def test_a_notice_that_is_not_there_is_a_question(last_day: str, count: int) -> None:
    rule = "us.1692g.notice"
    calls = [call(rule, "2026-05-12 10:00"), family(f"{last_day} 23:00")]
    suggestions = ask(rule, calls)
    assert len(suggestions) == count
    if suggestions:
        assert suggestions[0].missing == (Missing.NOTICE,)
        assert suggestions[0].arithmetic["due"] == "2026-05-17"


@pytest.mark.parametrize(("arrived", "count"), [("2026-05-17", 0), ("2026-05-18", 1)])
def test_a_notice_within_five_days_is_enough(arrived: str, count: int) -> None:
    rule = "us.1692g.notice"
    notice = act(
        arrived, E.LETTER, text="You may dispute the debt.", kind=kind_for(rule), party=AGENCY
    )
    calls = [call(rule, "2026-05-12 10:00"), call(rule, "2026-05-30 10:00")]
    assert len(ask(rule, [*calls, notice])) == count


# --- signs


@pytest.mark.parametrize(("second", "count"), [("2026-05-12 10:05", 1), ("2026-05-12 10:06", 0)])
def test_redialling_within_five_minutes(second: str, count: int) -> None:
    calls = [act(when, outcome=MISSED) for when in ("2026-05-12 10:00", second)]
    assert len(ask("general.redial", calls)) == count
    other_number = [calls[0], replace(calls[1], number="+8613800138001")]
    assert ask("general.redial", other_number) == []
    assert ask("general.redial", [replace(contact, number="") for contact in calls]) == []
    assert ask("general.redial", [calls[0], replace(calls[1], outcome=Outcome.UNKNOWN)]) == []


def test_redialling_over_midnight_is_one_burst() -> None:
    calls = [
        act(when, outcome=MISSED)
        for when in ("2026-12-31 23:58", "2027-01-01 00:01", "2027-01-01 00:05")
    ]
    (suggestion,) = ask("general.redial", calls)
    assert suggestion.arithmetic["count"] == 3


@pytest.mark.parametrize(("count", "hits"), [(3, 0), (4, 0), (5, 1), (9, 1)])
def test_bursts_within_an_hour(count: int, hits: int) -> None:
    calls = [act(f"2026-05-12 10:{5 * place:02}") for place in range(count)]
    assert len(ask("general.burst", calls)) == hits
    apart = [act(f"2026-05-12 {8 + place}:00") for place in range(2, count)]
    assert ask("general.burst", apart) == []


@pytest.mark.parametrize(("count", "hits"), [(2, 0), (3, 0), (4, 1)])
def test_many_numbers_of_one_caller(count: int, hits: int) -> None:
    calls = [
        act(f"2026-05-12 1{place}:00", number=f"+861380013800{place}") for place in range(count)
    ]
    assert len(ask("general.many_numbers", calls)) == hits
    over_midnight = [replace(calls[0], day=date(2026, 5, 11)), *calls[1:]]
    assert ask("general.many_numbers", over_midnight) == []
