"""From a suggestion to a finding: what is kept, what returns, what has lost its ground."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from evidence_app.errors import UsageError
from evidence_app.messages import MessageCode
from evidence_app.model.case import Jurisdiction
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.finding import FindingStatus, FindingSubject, Subject, SubjectKind
from evidence_app.model.party import Role
from evidence_app.model.rulebook import Citing, CollectorKind, Force, Provision
from evidence_app.model.suggested import LookAgain, Suggested
from evidence_app.model.suggestion import Missing, SubjectRole
from evidence_app.model.times import TimePrecision, TimeReading, TimeSource, WallClock
from evidence_app.services import (
    cases,
    debts,
    events,
    explanations,
    findings,
    items,
    labels,
    manual_entries,
    matrix,
    parties,
    rulebooks,
    suggestions,
)
from evidence_app.services.exporting import dossier_content
from evidence_app.services.exporting.exports import DossierOptions
from evidence_app.services.history import History
from evidence_app.services.importing.importer import Importer
from evidence_app.services.suggestions import SuggestionEngine

NUMBER = "+8613900000009"
NIGHT = "outside_hours_contact"
HEADING = "date,time,number,type\n"


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Any]:
    made = cases.create(
        tmp_path / "a.evcase",
        title="a case",
        owner_name="",
        numbers=(),
        timezone="Asia/Shanghai",
        jurisdiction=Jurisdiction.CHINA,
    )
    with made:
        calls(made, "2026-03-12,22:30", "2026-03-12,14:35", "2026-03-13,23:10")
        parties.assign(made, NUMBER, Role.COLLECTOR, kind=CollectorKind.BANK)
        yield made


def calls(case: Any, *times: str, kind: str = "incoming") -> None:
    lines = "".join(f"{clock}:00,{NUMBER},{kind}\n" for clock in times)
    with Importer(case) as importer:
        importer.run_bytes(f"calls {times[0]}.csv", (HEADING + lines).encode())


def at(text: str) -> TimeReading:
    moment = WallClock(datetime.fromisoformat(text))
    return TimeReading(moment, TimeSource.PERSON, TimePrecision.MINUTE)


def night(done: suggestions.CaseScan) -> list[Suggested]:
    return [suggestion for suggestion in done.suggestions if suggestion.violation == NIGHT]


def only(done: suggestions.CaseScan, day: str) -> Suggested:
    [suggestion] = [
        suggestion for suggestion in night(done) if suggestion.suggestion.arithmetic["day"] == day
    ]
    return suggestion


def on_events(case: Any) -> dict[int, tuple[str, ...]]:
    ids = events.index(case, events.EventFilter()).ids
    chosen = [Subject(SubjectKind.EVENT, event_id) for event_id in ids]
    by_subject = labels.labels(case, chosen)
    return {subject.id: by_subject[subject].violations for subject in chosen}


def test_rules_of_the_same_events_are_one_suggestion_strongest_first(case: Any) -> None:
    suggestion = only(suggestions.scan_case(case), "2026-03-12")
    assert [citation.rule.id for citation in suggestion.citations] == [
        "cn.gbt.hours",
        "cn.cba.hours",
    ]
    assert len(night(suggestions.scan_case(case))) == 2


def test_what_is_confirmed_is_kept_with_its_ground_and_marks_all_its_acts(case: Any) -> None:
    scan = suggestions.scan_case(case)
    findings.decide(case, night(scan), FindingStatus.CONFIRMED, "I was asleep")
    for suggestion, finding in zip(night(scan), findings.list_findings(case), strict=True):
        assert finding.ground is not None
        assert finding.ground.rule == "cn.gbt.hours"
        assert finding.ground.rulebook_version == suggestion.rulebook.version
        assert finding.ground.arithmetic == suggestion.suggestion.arithmetic
        assert finding.reason == "I was asleep"
        assert finding.decided_at is not None
        marked = {subject.subject.id for subject in finding.subjects}
        assert marked == set(suggestion.suggestion.event_ids())
        assert all(NIGHT in on_events(case)[event_id] for event_id in marked)
    again = suggestions.scan_case(case)
    assert [suggestion.status for suggestion in night(again)] == [FindingStatus.CONFIRMED] * 2
    assert not [suggestion for suggestion in again.open() if suggestion.violation == NIGHT]
    assert again.look_again == {}


def test_every_counted_call_bears_the_label_and_is_found_by_it(case: Any) -> None:
    calls(case, *(f"2026-04-01,10:{minute:02}" for minute in range(0, 40, 5)))
    burst = next(
        suggestion
        for suggestion in suggestions.scan_case(case).open()
        if suggestion.violation == "excessive_contact"
    )
    assert len(burst.subjects) > 2
    findings.decide(case, [burst], FindingStatus.CONFIRMED)
    event_filter = events.EventFilter(violation="excessive_contact")
    assert set(events.index(case, event_filter).ids) == set(burst.suggestion.event_ids())


def test_dismissed_stays_away_until_its_evidence_changes_and_says_so(case: Any) -> None:
    engine = SuggestionEngine(case)
    dismissed = only(engine.scan(), "2026-03-12")
    findings.decide(case, [dismissed], FindingStatus.DISMISSED, "I had asked for it")
    assert only(engine.scan(), "2026-03-12").status is FindingStatus.DISMISSED
    assert on_events(case)[dismissed.subjects[0].event_id] == ()
    calls(case, "2026-03-12,23:40")
    back = only(engine.scan(), "2026-03-12")
    assert (back.status, back.before) == (FindingStatus.SUGGESTED, FindingStatus.DISMISSED)
    findings.decide(case, [back], FindingStatus.CONFIRMED)
    [finding] = findings.list_findings(case)
    assert finding.status is FindingStatus.CONFIRMED
    assert len(finding.subjects) == 2


def test_a_corrected_event_brings_a_dismissed_suggestion_back(case: Any) -> None:
    suggestion = only(suggestions.scan_case(case), "2026-03-13")
    findings.decide(case, [suggestion], FindingStatus.DISMISSED)
    events.correct_time(case, [suggestion.subjects[0].event_id], at("2026-03-13 23:55"))
    back = only(suggestions.scan_case(case), "2026-03-13")
    assert (back.status, back.before) == (FindingStatus.SUGGESTED, FindingStatus.DISMISSED)


def test_saying_who_collects_brings_nothing_back(case: Any) -> None:
    suggestion = only(suggestions.scan_case(case), "2026-03-13")
    findings.decide(case, [suggestion], FindingStatus.DISMISSED)
    parties.assign(case, NUMBER, Role.COLLECTOR, kind=CollectorKind.CONSUMER_FINANCE)
    assert only(suggestions.scan_case(case), "2026-03-13").status is FindingStatus.DISMISSED


def look_again_after(case: Any, change: Any) -> list[LookAgain]:
    suggestion = only(suggestions.scan_case(case), "2026-03-13")
    findings.decide(case, [suggestion], FindingStatus.CONFIRMED)
    change(suggestion.subjects[0].event_id)
    assert [finding.status for finding in findings.list_findings(case)] in (
        [FindingStatus.CONFIRMED],
        [],
    )
    return list(suggestions.scan_case(case).look_again.values())


def test_a_finding_without_its_ground_is_looked_at_again(case: Any) -> None:
    done = look_again_after(
        case, lambda event: events.correct_time(case, [event], at("2026-03-13 12:00"))
    )
    assert done == [LookAgain.EVIDENCE_CHANGED]


def test_a_rule_that_is_switched_off_is_no_ground(case: Any) -> None:
    done = look_again_after(case, lambda _: rulebooks.switch(case, "cn", is_on=False))
    assert done == [LookAgain.RULE_GONE]


def test_a_rule_that_does_not_bind_the_collector_is_no_ground(case: Any) -> None:
    lender = CollectorKind.PRIVATE_LENDER
    done = look_again_after(
        case, lambda _: parties.assign(case, NUMBER, Role.COLLECTOR, kind=lender)
    )
    assert done == [LookAgain.NOT_BROKEN]


def test_an_event_in_the_trash_is_no_ground(case: Any) -> None:
    done = look_again_after(
        case, lambda event: items.trash(case, [events.get(case, event).item_id])
    )
    assert done == [LookAgain.EVENT_GONE]


def test_more_calls_leave_a_confirmed_finding_its_ground(case: Any) -> None:
    done = look_again_after(case, lambda _: calls(case, "2026-03-13,23:50"))
    assert done == []


def test_taking_the_label_off_dismisses_what_a_rule_suggested(case: Any) -> None:
    suggestion = only(suggestions.scan_case(case), "2026-03-12")
    findings.decide(case, [suggestion], FindingStatus.CONFIRMED)
    subject = Subject(SubjectKind.EVENT, suggestion.subjects[0].event_id)
    history = History(case)
    history.record(findings.toggle(case, [subject], NIGHT))
    assert [finding.status for finding in findings.list_findings(case)] == [FindingStatus.DISMISSED]
    assert not [
        suggested
        for suggested in suggestions.scan_case(case).open()
        if suggested.id == suggestion.id
    ]
    history.undo()
    assert [finding.status for finding in findings.list_findings(case)] == [FindingStatus.CONFIRMED]


def test_confirming_again_drops_no_note(case: Any) -> None:
    subject = [Subject(SubjectKind.EVENT, 1)]
    findings.confirm(case, subject, NIGHT, "my words")
    findings.confirm(case, subject, NIGHT)
    findings.confirm(case, subject, NIGHT, "more of them")
    [finding] = findings.list_findings(case)
    assert finding.note == "my words\nmore of them"


def test_a_finding_by_hand_can_rest_on_several_acts(case: Any) -> None:
    acts = [FindingSubject(Subject(SubjectKind.EVENT, n), SubjectRole.COUNTED) for n in (1, 2)]
    findings.confirm_together(case, acts, "excessive_contact", "twice")
    [finding] = findings.list_findings(case)
    assert finding.subjects == tuple(acts)
    assert finding.ground is None
    assert on_events(case)[1] == on_events(case)[2] == ("excessive_contact",)
    findings.forget(case, [finding.id])
    assert findings.list_findings(case) == []


def test_who_collects_for_whom_reaches_the_rules(case: Any) -> None:
    parties.assign(case, NUMBER, Role.COLLECTOR, kind=CollectorKind.UNKNOWN)
    unknown = only(suggestions.scan_case(case), "2026-03-12")
    assert Missing.COLLECTOR_KIND in unknown.suggestion.missing
    assert "If this caller collects for a bank" in suggestions.explain(unknown, "en").sentence
    parties.assign(case, "95588", Role.CREDITOR, "a bank", kind=CollectorKind.BANK)
    bank = parties.of_identifier(case, "95588").id
    parties.assign(case, NUMBER, Role.COLLECTOR, acts_for=bank)
    scan = only(suggestions.scan_case(case), "2026-03-12")
    assert Missing.COLLECTOR_KIND not in scan.suggestion.missing
    with pytest.raises(UsageError, match="collect for itself"):
        parties.assign(
            case, "95588", Role.CREDITOR, acts_for=parties.of_identifier(case, NUMBER).id
        )


def test_debts_are_written_down_and_changed(case: Any) -> None:
    bank = parties.of_identifier(case, NUMBER).id
    made = debts.add(case, bank, product="online loan", due_on=date(2026, 1, 20)).debt_id or 0
    debts.edit(case, made, days_overdue=30)
    [debt] = debts.list_debts(case)
    assert (debt.creditor, debt.due_on, debt.days_overdue) == (bank, date(2026, 1, 20), 30)
    for wrong in (-1, 10**6):
        with pytest.raises(UsageError):
            debts.edit(case, made, days_overdue=wrong)
    debts.remove(case, made)
    assert debts.list_debts(case) == []


def test_calls_after_an_agreement_rest_on_it(case: Any) -> None:
    rulebooks.switch(case, "us", is_on=True)
    manual_entries.add_own_act(
        case,
        EventType.STOP_REQUEST,
        time=at("2026-03-12 09:00"),
        identifier=NUMBER,
        by=EventType.LETTER,
        text="stop",
    )
    listed_suggestions = [
        suggestion
        for suggestion in suggestions.scan_case(case).suggestions
        if SubjectRole.REFUSAL in {subject.role for subject in suggestion.subjects}
    ]
    assert listed_suggestions
    assert "you asked them to stop" in suggestions.explain(listed_suggestions[0], "en").sentence


def test_agreed_hours_take_the_place_of_the_rule(case: Any) -> None:
    manual_entries.add_own_act(
        case,
        EventType.AGREED_HOURS,
        time=at("2026-03-01 09:00"),
        identifier=NUMBER,
        hours=(time(22), time(23)),
    )
    scan = [suggestion.suggestion.arithmetic for suggestion in night(suggestions.scan_case(case))]
    assert [(suggestion["day"], suggestion["times"]) for suggestion in scan] == [
        ("2026-03-12", ["14:35"]),
        ("2026-03-13", ["23:10"]),
    ]


def test_the_sentence_has_the_arithmetic_and_no_more_force_than_the_rule(case: Any) -> None:
    explained = suggestions.explain(only(suggestions.scan_case(case), "2026-03-12"), "en")
    assert explained.sentence == (
        "1 attempt at contact on 12 March 2026 at 22:30; the hours are 08:00–22:00 "
        "(recommended by the national standard; it is no ban)."
    )
    assert "22:00" in explained.quotation
    assert "not a ban" in explained.force_words
    chinese = suggestions.explain(only(suggestions.scan_case(case), "2026-03-12"), "zh")
    assert "2026年3月12日22:30" in chinese.sentence
    assert "不是禁令" in chinese.sentence


def by_clock(case: Any, clock: str) -> list[Subject]:
    ids = events.index(case, events.EventFilter()).ids
    return [
        Subject(SubjectKind.EVENT, event.id)
        for event in events.get_many(case, ids)
        if event.time is not None and f"{event.time.moment.at:%H:%M}" == clock
    ]


def test_a_finding_by_hand_is_checked_against_the_rule(case: Any) -> None:
    contradiction = suggestions.contradiction(case, by_clock(case, "14:35"), NIGHT)
    assert contradiction is not None
    assert contradiction.code is MessageCode.WITHIN_HOURS
    assert "14:35 is inside the permitted hours of GB/T 45251-2025" in contradiction.english()
    assert suggestions.contradiction(case, by_clock(case, "22:30"), NIGHT) is None
    calls(case, "2026-03-14,23:00", kind="outgoing")
    own = suggestions.contradiction(case, by_clock(case, "23:00"), NIGHT)
    assert own is not None
    assert own.code is MessageCode.OWN_ACT_IS_NO_VIOLATION


def test_the_dossier_says_rule_force_arithmetic_and_events(case: Any) -> None:
    findings.decide(case, night(suggestions.scan_case(case)), FindingStatus.CONFIRMED)
    content = dossier_content.gather(case, DossierOptions(language="en", page="a4"))
    [group] = content.findings
    assert len(group.instances) == 2
    basis = group.bases[0]
    breach = basis.breaches[0]
    assert "22:30" in breach.sentence
    assert "GB/T 45251-2025" in basis.provision
    assert "22:00" in basis.quotation
    assert basis.force
    assert (basis.condition, group.not_known) == ("", ())
    assert [event.event is not None for event in breach.events] == [True]
    debtor = parties.list_parties(case)[0].id
    debts.add(case, debtor, product="loan", amount="7")
    content = dossier_content.gather(case, DossierOptions(language="en"))
    assert [debt.product for debt in content.debts] == ["loan"]


def test_for_whom_somebody_collects_is_said_once_for_all(case: Any) -> None:
    suggested = night(suggestions.scan_case(case))
    lacking = (Missing.COLLECTOR_KIND,)
    unsure = [
        replace(each, citations=(replace(citation, suggestion=doubtful),))
        for each in suggested
        for citation in each.citations[:1]
        for doubtful in [replace(citation.suggestion, missing=lacking)]
    ]
    findings.decide(case, unsure, FindingStatus.CONFIRMED)
    [group] = dossier_content.gather(case, DossierOptions(language="en")).findings
    basis = group.bases[0]
    assert basis.condition.startswith("This applies if the caller collects for a bank")
    assert "collects for" not in basis.breaches[0].sentence
    assert group.not_known == (
        "Who is behind this caller, and for whom they collect, is not known.",
    )


def test_documents_do_not_speak_to_the_person() -> None:
    for language, words in (("en", ("you", "your")), ("zh", ("您", "你", "本案"))):
        wording = explanations._document_wording(language)  # type: ignore[arg-type]
        facts = [fact["what"] for fact in wording["missing"].values()]
        sentences = [*wording["sentence"].values(), *wording["own_act"].values(), *facts]
        for sentence in sentences:
            if "{how}" not in sentence:
                said = re.findall(r"[a-z]+", sentence.lower()) if language == "en" else sentence
                assert not [word for word in words if word in said], sentence


@pytest.mark.parametrize(
    ("instrument", "article", "name"),
    [
        ("Regulation F, 12 CFR part 1006", "1006.14(g)", ", 1006.14(g)"),
        ("中华人民共和国民法典", "第一千零三十二条", " 第一千零三十二条"),
        ("A law", "", ""),
    ],
)
def test_the_number_of_an_article_stands_apart(instrument: str, article: str, name: str) -> None:
    provision = Provision(
        instrument, "", article, "", "", Force.STATUTE, Citing.YES, "", "", None, None
    )
    assert explanations.cited(provision, "en").name == f"{instrument}{name}"


def test_the_dossier_cites_a_rule_once_for_all_that_was_found_by_it(case: Any) -> None:
    calls(case, "2026-03-20,23:10", "2026-03-02,05:10")
    findings.decide(case, night(suggestions.scan_case(case)), FindingStatus.CONFIRMED)
    [group] = dossier_content.gather(case, DossierOptions(language="en", page="a4")).findings
    rules = [basis.rule for basis in group.bases]
    assert len(set(rules)) == len(rules)
    [basis] = [basis for basis in group.bases if basis.rule.startswith("cn.gbt.hours")]
    days = [breach.events[0].event.time.moment.at.day for breach in basis.breaches]
    assert days == [2, 12, 13, 20]


def test_the_matrix_counts_acts_once(case: Any) -> None:
    findings.decide(case, night(suggestions.scan_case(case))[:1], FindingStatus.CONFIRMED)
    made = matrix.of_case(case, suggestions.scan_case(case))
    [row] = [row for row in made.rows if row.violation == NIGHT]
    assert len(row.shown_events) == 1
    assert len(row.suggested_events) == 1
    [cell] = made.months
    assert (cell.month, cell.event_ids) == ("2026-03", row.shown_events)


def by_id(done: suggestions.CaseScan) -> dict[str, Suggested]:
    return {suggestion.id: suggestion for suggestion in done.suggestions}


def test_an_engine_follows_each_change(case: Any) -> None:
    engine = SuggestionEngine(case)
    engine.scan()
    history = History(case)
    [wrong] = by_clock(case, "22:30")
    for change in (
        lambda: events.edit(case, wrong.id, direction=Direction.OUTGOING),
        lambda: events.edit(case, wrong.id, direction=Direction.INCOMING, outcome=Outcome.MISSED),
        lambda: events.correct_time(case, [wrong.id], at("2026-03-20 23:00")),
        lambda: items.trash(case, [1]),
        lambda: items.restore(case, [1]),
    ):
        history.record(change())
        assert by_id(engine.scan()) == by_id(suggestions.scan_case(case))
    for _ in range(3):
        history.undo()
        assert by_id(engine.scan()) == by_id(suggestions.scan_case(case))
