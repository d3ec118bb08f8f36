"""Every citation that can be printed: its words stand in the facts that were read.

``facts.json`` is a copy of the facts on which the rulebooks rest, with the words as they were
read, where, and whether they may be printed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_app import resources
from evidence_app.model.rulebook import Citing, Force, Provision, Rule
from evidence_app.rulebook import loader

FACTS = {
    fact["id"]: fact
    for fact in json.loads(Path(__file__).with_name("facts.json").read_text(encoding="utf-8"))
}
BETWEEN_PASSAGES = re.compile("｜|／|…")
SHIPPED = sorted(
    path
    for path in resources.path("rulebooks").glob("*.toml")
    if path.name != "violation_types.toml"
)
# What circulates and is invented, misread or not to be printed.
INVENTED = [
    "自律公约",
    "公约",
    "24%",
    "24 %",
    "24％",
    "13.8",
    "金规〔2025〕9号",
    "21:00–8:00",
    "21:00-8:00",
    "21:00至次日8:00",
    "8:00-21:00",
    "1006.6(b)(3)",
    "第二十四条",
    "7个自然日",
    "保存5年",
    "once a month",
    "one visit per month",
    "per month (visit",
    "每月一次",
    "230-FZ",
    "immediate family",
    "BNS",
]


def citations() -> Iterator[tuple[Rule, Provision]]:
    for rulebook in loader.library().rulebooks.values():
        for rule in rulebook.rules:
            for provision in (rule.provision, *rule.also):
                if provision is not None:
                    yield rule, provision


CITED = list(citations())
NAMES = [f"{rule.id}-{provision.fact}" for rule, provision in CITED]


@pytest.mark.parametrize(("rule", "provision"), CITED, ids=NAMES)
def test_each_quotation_stands_word_for_word_in_the_facts(rule: Rule, provision: Provision) -> None:
    print(f"{rule.id}\t{provision.article}\t{provision.quote}\t{provision.source}")
    fact = FACTS[provision.fact]
    assert fact["source"] == provision.source
    passages = BETWEEN_PASSAGES.split(fact["quote"])
    assert any(provision.quote in passage for passage in passages)


@pytest.mark.parametrize(("rule", "provision"), CITED, ids=NAMES)
def test_instruments_have_their_official_names(rule: Rule, provision: Provision) -> None:
    name = FACTS[provision.fact]["name"]
    by_hand = {
        "same": "D.C. Code § 28-3814 as amended by D.C. Law 24-154",
        "940 CMR 7.04(1)(f) (Massachusetts AG)": "940 CMR 7.00",
        "209 CMR 18.16(1)(a),(d) (Massachusetts Division of Banks)": "209 CMR 18.00",
        "Fla. Stat. § 559.72(17) as amended by SB 232 (2025)": "Fla. Stat. § 559.72(17)",
    }
    expected = by_hand.get(name, name).removeprefix(provision.number).strip()
    assert provision.instrument.startswith(expected), rule.id


@pytest.mark.parametrize(("rule", "provision"), CITED, ids=NAMES)
def test_each_is_printed_no_more_freely_than_the_fact_allows(
    rule: Rule, provision: Provision
) -> None:
    allowed = FACTS[provision.fact]["print"]
    assert not allowed.startswith("no"), rule.id
    if allowed.startswith("after_check") or "words after_check" in allowed:
        assert provision.citing is Citing.AFTER_CHECK or provision.reservation_en
    if provision.citing is Citing.AFTER_CHECK:
        assert provision.reservation_en.isascii()
        assert not provision.reservation_zh.isascii()


@pytest.mark.parametrize(("rule", "provision"), CITED, ids=NAMES)
def test_an_article_is_only_named_where_it_was_seen(rule: Rule, provision: Provision) -> None:
    article = FACTS[provision.fact]["article"]
    if "not seen" in article or not article:
        assert provision.article == "", rule.id
    else:
        article = re.sub(r"\([^)]*\)|第 \d+ [項款]", "", provision.article)
        numbers = re.findall(r"第[一二三四五六七八九十百零千]+条|\d+(?:\.\d+)*", article)
        assert numbers or provision.article.startswith("("), rule.id
        assert all(number in article for number in numbers), (provision.article, article)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
@pytest.mark.parametrize("phrase", INVENTED)
def test_nothing_invented_is_in_a_rulebook(path: Path, phrase: str) -> None:
    assert phrase not in path.read_text(encoding="utf-8")


def test_facts_that_must_not_be_printed_are_known_here_and_used_nowhere() -> None:
    banned = {name for name, fact in FACTS.items() if fact["print"].startswith("no")}
    assert len(banned) == 7
    assert banned.isdisjoint(provision.fact for _, provision in CITED)
    for path in SHIPPED:
        text = path.read_text(encoding="utf-8")
        for name in banned:
            assert f'"{name}"' not in text
            assert FACTS[name]["quote"] not in text


def test_a_sign_cites_no_law_and_only_signs_do_without() -> None:
    for rulebook in loader.library().rulebooks.values():
        for rule in rulebook.rules:
            is_sign = rulebook.id == "general"
            assert (rule.provision is None) == is_sign, rule.id
            assert (rule.force is Force.HEURISTIC) == is_sign
            if is_sign:
                assert rule.also == ()
                assert "not the limit of a law" in rule.explanation_en


def test_the_force_shapes_the_words() -> None:
    for rule, provision in CITED:
        if provision is not rule.provision:
            continue
        if provision.force is Force.RECOMMENDED_STANDARD and provision.citing is Citing.YES:
            assert "recommended standard, not a ban" in rule.explanation_en, rule.id
            assert "不是法律禁令" in rule.explanation_zh, rule.id
        if provision.force is Force.PRESUMPTION:
            assert "presumed" in rule.explanation_en
            assert "推定" in rule.explanation_zh
        if provision.force is Force.GUIDANCE:
            assert "guidance" in rule.explanation_en
        if provision.force is Force.SELF_REGULATION:
            assert "banks gave themselves" in rule.explanation_en
    _, attempts = next(cited for cited in CITED if cited[0].id == "cn.cba.attempts")
    assert "不宜超过6次" in attempts.quote


def test_federal_rules_bind_agencies_and_buyers_only() -> None:
    for rule in loader.library().rulebooks["us"].rules:
        assert rule.applies_to == {"third_party_agency", "debt_buyer"}, rule.id


def test_all_texts_are_there_in_both_languages() -> None:
    for rulebook in loader.library().rulebooks.values():
        for rule in rulebook.rules:
            for english in (rule.explanation_en, rule.refuted_by_en):
                assert english[0].isupper() and english.endswith("."), rule.id
                assert not re.search("[\u4e00-\u9fff]", english.replace("不宜", "")), rule.id
            for chinese in (rule.explanation_zh, rule.refuted_by_zh):
                assert chinese.endswith("。"), rule.id
