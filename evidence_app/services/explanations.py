"""A suggestion in words: what was counted, what is cited, how strong that is, what is missing."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from evidence_app import resources
from evidence_app.model.rulebook import Force, Provision, Rule
from evidence_app.model.suggested import Suggested
from evidence_app.model.suggestion import Missing, Suggestion
from evidence_app.rulebook.scan import Uncounted
from evidence_app.rulebook.violations import Language

_Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Cited:
    """A passage as it may be printed.

    Attributes:
        name: Instrument, number and article.
        quotation: Word for word; empty where only the sense was seen.
        reservation: What has to be checked before it is relied on; empty if nothing.
        source: Where it was read.
    """

    name: str
    quotation: str
    reservation: str
    source: str


@dataclass(frozen=True, slots=True)
class MissingFact:
    """What is not known, and how the person could find out."""

    what: str
    how: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A suggestion in words.

    Attributes:
        sentence: The act, the rule and the arithmetic, in one sentence.
        says: What the rule says, in plain words.
        provision: Instrument, number and article; empty for a sign that cites no law.
        quotation: Word for word; empty where there is none.
        reservation: What has to be checked before the passage is relied on; empty if nothing.
        force_words: How strong it is.
        refuted_by: What would show that the rule was not broken.
        missing: What is not known.
        also: Other passages that the same acts touch: further ones of the rule, and those of
            other rules.
    """

    sentence: str
    says: str
    provision: str
    quotation: str
    reservation: str
    force_words: str
    refuted_by: str
    missing: tuple[MissingFact, ...]
    also: tuple[Cited, ...] = ()


def explain(suggested: Suggested, language: Language) -> Explanation:
    """A suggestion in words, by its strongest rule."""
    rule = suggested.rule
    main = None if rule.provision is None else cited(rule.provision, language)
    return Explanation(
        sentence=sentence(suggested.suggestion, rule, language),
        says=_in(language, rule.explanation_en, rule.explanation_zh),
        provision="" if main is None else main.name,
        quotation="" if main is None else main.quotation,
        reservation="" if main is None else main.reservation,
        force_words=force_words(rule.force, language),
        refuted_by=_in(language, rule.refuted_by_en, rule.refuted_by_zh),
        missing=missing_facts(suggested.suggestion.missing, language),
        also=_also(suggested, language),
    )


def force_words(force: Force, language: Language) -> str:
    """How strong a rule is, in one or two sentences."""
    return str(_wording(language)["force"][force.value])


def _also(suggested: Suggested, language: Language) -> tuple[Cited, ...]:
    provisions = [
        provision
        for citation in suggested.citations
        for provision in (citation.rule.provision, *citation.rule.also)
        if provision is not None and provision != suggested.rule.provision
    ]
    return tuple(cited(provision, language) for provision in dict.fromkeys(provisions))


def cited(provision: Provision, language: Language) -> Cited:
    """A passage as it may be printed."""
    name = " ".join(part for part in (provision.instrument, provision.number) if part)
    # A bare number would be read as part of the name: "12 CFR part 1006, 1006.14(g)".
    separator = ", " if provision.article[:1].isdigit() else " "
    return Cited(
        separator.join(part for part in (name, provision.article) if part),
        provision.quote,
        _in(language, provision.reservation_en, provision.reservation_zh),
        provision.source,
    )


def not_known(missing: Sequence[Missing], language: Language) -> tuple[str, ...]:
    """What is not known, as a document says it to others."""
    wording = _document_wording(language)["missing"]
    return tuple(str(wording[fact.value]["what"]) for fact in missing)


def missing_facts(missing: Sequence[Missing], language: Language) -> tuple[MissingFact, ...]:
    """What is not known, and how the person could find out."""
    wording = _wording(language)["missing"]
    return tuple(MissingFact(**wording[fact.value]) for fact in missing)


def uncounted_sentence(lost: Uncounted, language: Language) -> str:
    """How many events no rule could count, why, and how the person could mend it."""
    [fact] = missing_facts([lost.reason], language)
    count = len(lost.event_ids)
    template = _wording(language)["sentence"]["uncounted_one" if count == 1 else "uncounted_many"]
    return str(template.format(count=count, what=fact.what, how=fact.how))


def sentence(suggestion: Suggestion, rule: Rule, language: Language) -> str:
    """The act, the rule and the arithmetic, in one sentence that speaks to the person."""
    wording = _wording(language)
    return _as_sentence(_with_condition(suggestion, rule, wording), language)


def sentence_for_others(
    suggestion: Suggestion, rule: Rule, language: Language, *, with_condition: bool
) -> str:
    """The same as a document says it, which speaks of the person.

    Args:
        suggestion: The suggestion.
        rule: Its rule.
        language: Of the document.
        with_condition: Whether `condition` is to be in it.
    """
    wording = _document_wording(language)
    tell = _with_condition if with_condition else _plain
    return _as_sentence(tell(suggestion, rule, wording), language)


def _plain(suggestion: Suggestion, rule: Rule, wording: _Table) -> str:
    return _Sentence(suggestion, rule, wording).text()


def _with_condition(suggestion: Suggestion, rule: Rule, wording: _Table) -> str:
    text = _plain(suggestion, rule, wording)
    if Missing.COLLECTOR_KIND not in suggestion.missing:
        return text
    kinds = _kinds(rule, wording)
    return str(wording["sentence"]["if_collector"].format(kinds=kinds, rest=text))


def condition(suggestion: Suggestion, rule: Rule, language: Language) -> str:
    """For whom somebody must collect if the rule is to count here; empty if that is known."""
    if Missing.COLLECTOR_KIND not in suggestion.missing:
        return ""
    wording = _document_wording(language)
    return str(wording["sentence"]["condition"].format(kinds=_kinds(rule, wording)))


def _kinds(rule: Rule, wording: _Table) -> str:
    kinds = [wording["kind"][kind.value] for kind in sorted(rule.applies_to)]
    return _listed(kinds, wording["date"])


def _as_sentence(text: str, language: Language) -> str:
    return f"{text[:1].upper()}{text[1:]}{_in(language, '.', '。')}"


def _listed(parts: Sequence[str], wording: _Table) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{wording['comma'].join(parts[:-1])}{wording['or']}{parts[-1]}"


class _Sentence:
    """Words the arithmetic of one suggestion."""

    def __init__(self, suggestion: Suggestion, rule: Rule, wording: _Table) -> None:
        self._counted = suggestion.arithmetic
        self._missing = suggestion.missing
        self._rule = rule
        self._wording = wording

    def text(self) -> str:
        """The sentence, without its end."""
        return _WORDINGS[self._rule.predicate](self)

    def _say(self, key: str, **values: object) -> str:
        return str(self._wording["sentence"][key].format(**values))

    def _by(self) -> str:
        return str(self._wording["by"][self._rule.force.value])

    def _bound(self) -> str:
        limit = self._counted["limit"]
        table = self._wording["bound" if limit else "bound_none"]
        return str(table[self._rule.force.value].format(limit=limit))

    def _count(self, counter: str, number: int) -> str:
        wording = self._wording["counted"][counter]
        return str(wording["one" if number == 1 else "other"].format(n=number))

    def _day(self, name: str) -> str:
        text = str(self._counted.get(name, ""))
        return _worded_day(date.fromisoformat(text), self._wording["date"]) if text else "?"

    def _moment(self, name: str) -> str:
        at = datetime.fromisoformat(str(self._counted[name]))
        wording = self._wording["date"]
        return str(wording["at"].format(day=_worded_day(at.date(), wording), clock=f"{at:%H:%M}"))

    def in_days(self) -> str:
        count, unknown = self._counted["count"], self._counted["unknown"]
        counted = self._count(self._counted["counted"], count)
        if Missing.ANSWERED in self._missing:
            key = "and_unknown" if count else "only_unknown"
            counted = self._say(key, what=counted, unknown=unknown)
        key = "days_one" if self._counted["days"] == 1 else "days_many"
        days, to = self._counted["days"], self._day("to")
        return self._say(key, what=counted, days=days, to=to, bound=self._bound())

    def in_minutes(self) -> str:
        return self._say(
            "minutes",
            what=self._count(self._counted["counted"], self._counted["count"]),
            minutes=self._counted["minutes"],
            bound=self._bound(),
            **{"from": self._moment("from"), "to": self._moment("to")},
        )

    def hours(self) -> str:
        wording = self._wording["date"]
        allowed = [
            wording["stretch"].format(start=start, end=end)
            for start, end in self._counted["allowed"]
        ]
        key = "hours_agreed" if self._counted["agreed"] else "hours" if allowed else "hours_none"
        return self._say(
            key,
            what=self._count("attempts", self._counted["count"]),
            day=self._day("day"),
            times=wording["comma"].join(dict.fromkeys(self._counted["times"])),
            allowed=wording["comma"].join(allowed),
            by=self._by(),
        )

    def many_numbers(self) -> str:
        count = self._counted["count"]
        return self._say("many_numbers", count=count, day=self._day("day"), bound=self._bound())

    def cooldown(self) -> str:
        return self._say(
            "cooldown",
            what=self._count("placed", self._counted["count"]),
            conversation=self._day("conversation"),
            allowed_from=self._day("allowed_from"),
            by=self._by(),
        )

    def after_own_act(self) -> str:
        allowed = self._counted["allowed"]
        return self._say(
            "after_own_act",
            what=self._count("attempts", self._counted["count"]),
            own_act=self._wording["own_act"].get(
                self._counted["own_act"], self._counted["own_act"]
            ),
            since=self._day("since"),
            bound_after=self._say("after_some" if allowed else "after_none", allowed=allowed),
            by=self._by(),
        )

    def third_parties(self) -> str:
        return self._say(
            str(self._counted["reason"]),
            day=self._day("day"),
            failures=self._counted["failures"],
            needed=self._counted["needed"],
            by=self._by(),
        )

    def notice_due(self) -> str:
        first, due = self._day("first_contact"), self._day("due")
        return self._say("notice_due", first_contact=first, due=due, by=self._by())

    def said_in_text(self) -> str:
        is_read = Missing.UNCONFIRMED in self._missing
        return self._say(
            "said_in_text" if self._counted["day"] else "said_undated",
            day=self._day("day"),
            quote=self._counted["quote"],
            read=self._say("read_by_machine") if is_read else "",
            by=self._by(),
        )

    def required_content(self) -> str:
        count, fields = self._counted["count"], self._wording["field"]
        return self._say(
            "required_content",
            count=count,
            messages=self._count("messages", count),
            day=self._day("day"),
            lacking=self._wording["date"]["comma"].join(
                fields.get(name, name.replace("_", " ")) for name in self._counted["lacking"]
            ),
            by=self._by(),
        )


_WORDINGS: Mapping[str, Callable[[_Sentence], str]] = {
    "count_in_days": _Sentence.in_days,
    "count_in_minutes": _Sentence.in_minutes,
    "hours": _Sentence.hours,
    "many_numbers": _Sentence.many_numbers,
    "cooldown": _Sentence.cooldown,
    "after_own_act": _Sentence.after_own_act,
    "third_parties": _Sentence.third_parties,
    "notice_due": _Sentence.notice_due,
    "said_in_text": _Sentence.said_in_text,
    "required_content": _Sentence.required_content,
}


def _worded_day(day: date, wording: _Table) -> str:
    months = wording["months"]
    month = months[day.month - 1] if months else ""
    return str(wording["day"].format(day=day.day, month=month, number=day.month, year=day.year))


def _in(language: Language, english: str, chinese: str) -> str:
    return chinese if language == "zh" else english


@cache
def _wording(language: Language) -> _Table:
    path = resources.path("texts", f"suggestions.{language}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def _document_wording(language: Language) -> _Table:
    """The words, with those that a document has in their places."""
    wording = _wording(language)
    own = wording["document"]
    facts = {
        name: {"what": own["missing"].get(name, fact["what"])}
        for name, fact in wording["missing"].items()
    }
    tables = {name: {**wording[name], **own[name]} for name in ("sentence", "own_act")}
    return {**wording, **tables, "missing": facts}
