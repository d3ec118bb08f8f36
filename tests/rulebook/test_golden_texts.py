"""Golden cases of the rules on words. What words mean is the lexicon's business, not theirs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from evidence_app.model.event import Direction, EventType
from evidence_app.model.party import Role
from evidence_app.model.rulebook import CollectorKind, Rule
from evidence_app.model.suggestion import Missing
from evidence_app.rulebook import contacts as contacts_of_rules
from evidence_app.rulebook import loader
from evidence_app.rulebook.contact import Contact, OwnAct
from evidence_app.rulebook.lexicon import Speaker, Strength
from tests.rulebook.acts import act, ask

BOOKS = loader.library().rulebooks
RULES = [
    rule
    for rulebook in BOOKS.values()
    for rule in rulebook.rules
    if rule.predicate == "said_in_text"
]
IDS = [rule.id for rule in RULES]
TYPES_BY_WORDS = {
    "threat_of_violence",
    "threat_of_arrest",
    "false_legal_threat",
    "impersonation",
    "forged_documents",
    "insult_obscenity",
    "public_shaming",
    "third_party_contact",
    "third_party_disclosure",
    "workplace_harassment",
    "debt_misrepresentation",
    "missing_identification",
    "induce_new_borrowing",
    "unauthorised_charges",
    "time_barred_threat",
    "abusive_visit",
    "personal_data_misuse",
    "contact_after_stop_request",
}


@dataclass(frozen=True)
class Found:
    quote: str
    strength: Strength


class ReadsLabels:
    """A lexicon for texts that consist of a strength and a violation type."""

    def classify(self, text: str, speaker: Speaker) -> Mapping[str, Found]:
        assert speaker in (Speaker.COLLECTOR, Speaker.UNKNOWN)
        strength, _, violation = text.partition(" ")
        return {violation: Found(text, Strength(strength))}


@pytest.fixture(autouse=True)
def _labels(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(contacts_of_rules, "lexicon", ReadsLabels)
    yield


def day_of(rule: Rule) -> date:
    """A day on which the rule was in force."""
    provision = rule.provision
    assert provision is not None
    return provision.in_force_until or max(provision.in_force_from or date.min, date(2026, 2, 2))


def message_of(
    rule: Rule, strength: str = "strong", day: date | None = None, **values: object
) -> Contact:
    kind = min(rule.applies_to, default=CollectorKind.OTHER)
    return act(
        f"{day or day_of(rule)} 12:00",
        values.pop("channel", EventType.MESSAGE),  # type: ignore[arg-type]
        **{
            "text": f"{strength} {rule.violation}",
            "kind": kind,
            "zone": BOOKS[rule.id.split(".")[0]].timezone or "Asia/Shanghai",
            **values,
        },
    )


def test_china_has_a_rule_for_each_type_that_words_can_show() -> None:
    assert {rule.violation for rule in RULES if rule.id.startswith("cn.")} == TYPES_BY_WORDS


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_strong_words_of_a_collector_suggest_and_weak_ones_do_not(rule: Rule) -> None:
    message = message_of(rule)
    (suggestion,) = ask(rule.id, [message])
    quote = f"strong {rule.violation}"
    assert suggestion.arithmetic == {"quote": quote, "day": str(message.day)}
    assert set(suggestion.missing) == set(rule.asks)
    assert ask(rule.id, [message_of(rule, "weak")]) == []
    assert ask(rule.id, [message_of(rule, text="strong excessive_contact")]) == []


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_the_words_of_the_person_of_the_family_and_of_the_police_never_count(rule: Rule) -> None:
    for values in (
        {"direction": Direction.OUTGOING},
        {"role": Role.ME},
        {"role": Role.THIRD_PARTY},
        {"role": Role.AUTHORITY},
        {"channel": EventType.NOTE},
        {"channel": EventType.COMPLAINT},
        {"own_act": OwnAct.STOP_REQUEST},
    ):
        assert ask(rule.id, [message_of(rule, **values)]) == [], values


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_an_unknown_speaker_and_what_the_person_tells_of_a_call_are_asked(rule: Rule) -> None:
    for values in ({"role": Role.UNKNOWN}, {"channel": EventType.CALL}):
        (suggestion,) = ask(rule.id, [message_of(rule, **values)])
        assert Missing.SPEAKER in suggestion.missing


def test_the_lexicon_is_told_whose_words_a_text_is(monkeypatch: pytest.MonkeyPatch) -> None:
    speakers: list[Speaker] = []

    class Listens(ReadsLabels):
        def classify(self, text: str, speaker: Speaker) -> Mapping[str, Found]:
            speakers.append(speaker)
            return super().classify(text, speaker)

    monkeypatch.setattr(contacts_of_rules, "lexicon", Listens)
    rule = RULES[0]
    for values in ({}, {"role": Role.UNKNOWN}, {"channel": EventType.CALL}):
        ask(rule.id, [message_of(rule, **values)])
    assert speakers == [Speaker.COLLECTOR, Speaker.UNKNOWN, Speaker.UNKNOWN]


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_whom_it_binds(rule: Rule) -> None:
    for kind in CollectorKind:
        suggestions = ask(rule.id, [message_of(rule, kind=kind, creditor_kind=CollectorKind.OTHER)])
        if kind is CollectorKind.UNKNOWN:
            continue
        assert bool(suggestions) == (not rule.applies_to or kind in rule.applies_to), kind
    unknown = ask(rule.id, [message_of(rule, kind=CollectorKind.UNKNOWN)])
    if rule.only_known_kinds:
        assert unknown == []
    else:
        assert (Missing.COLLECTOR_KIND in unknown[0].missing) == bool(rule.applies_to)


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_only_acts_of_the_days_when_it_was_in_force(rule: Rule) -> None:
    provision = rule.provision
    assert provision is not None
    one_day = timedelta(1)
    if provision.in_force_from is not None:
        assert ask(rule.id, [message_of(rule, day=provision.in_force_from - one_day)]) == []
        assert len(ask(rule.id, [message_of(rule, day=provision.in_force_from)])) == 1
    if provision.in_force_until is not None:
        assert ask(rule.id, [message_of(rule, day=provision.in_force_until + one_day)]) == []
        assert len(ask(rule.id, [message_of(rule, day=provision.in_force_until)])) == 1


@pytest.mark.parametrize(
    ("violation", "old", "new"),
    [
        ("threat_of_violence", "第四十二条第（一）项", "第五十条第一款第（一）项"),
        ("insult_obscenity", "第四十二条第（五）项", "第五十条第一款第（五）项"),
        ("public_shaming", "第四十二条第（二）项", "第五十条第一款第（二）项"),
        ("third_party_disclosure", "第四十二条第（六）项", "第五十条第一款第（六）项"),
        ("impersonation", "第五十一条", "第六十二条"),
        ("forged_documents", "第五十二条第（一）（二）项", "第六十三条第（一）（三）项"),
        ("abusive_visit", "第四十条第（三）项", "第四十七条第（三）项"),
    ],
)
def test_the_police_law_of_the_day_of_the_act_is_cited(violation: str, old: str, new: str) -> None:
    for day, article, silent in [
        ("2025-12-31", old, "cn.psapl2025."),
        ("2026-01-01", new, "cn.psapl2012."),
    ]:
        cited = []
        for name in ("cn.psapl2012.", "cn.psapl2025."):
            message = act(f"{day} 12:00", EventType.MESSAGE, text=f"strong {violation}")
            suggestions = ask(name + violation, [message])
            assert bool(suggestions) == (name != silent)
            cited += [
                rule.provision for rule in RULES if suggestions and rule.id == name + violation
            ]
        assert [provision.article for provision in cited if provision is not None] == [article]


def test_the_crime_of_collecting_illegal_debts_needs_a_known_private_lender() -> None:
    gated = [rule for rule in RULES if "293-1" in rule.id]
    assert gated
    for rule in gated:
        assert rule.only_known_kinds
        assert rule.applies_to == {CollectorKind.PRIVATE_LENDER}
        assert rule.provision is not None
        assert rule.provision.reservation_zh
        for kind in set(CollectorKind) - {CollectorKind.PRIVATE_LENDER}:
            assert ask(rule.id, [message_of(rule, kind=kind)]) == []
