"""What cannot be counted is said in a plain sentence, and never counted as if it were known."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from evidence_app.errors import UsageError
from evidence_app.messages import MessageCode
from evidence_app.model.case import Jurisdiction
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.party import Role
from evidence_app.model.rulebook import CollectorKind
from evidence_app.model.suggestion import Missing
from evidence_app.model.times import TimePrecision, TimeReading, TimeSource, WallClock
from evidence_app.services import (
    cases,
    events,
    explanations,
    manual_entries,
    parties,
    suggestions,
)
from evidence_app.services.suggestions import CaseScan

NUMBER = "+8613900000009"
NIGHT = "outside_hours_contact"


def call(
    case: Any,
    at: str | None,
    *,
    number: str = NUMBER,
    direction: Direction = Direction.INCOMING,
    outcome: Outcome = Outcome.ANSWERED,
) -> None:
    moment = None if at is None else WallClock(datetime.fromisoformat(at))
    time = moment and TimeReading(moment, TimeSource.RECORD, TimePrecision.MINUTE)
    manual_entries.add_entry(
        case,
        type=EventType.CALL,
        time=time,
        direction=direction,
        outcome=outcome,
        identifier=number,
        text="a call",
    )
    if number:
        parties.assign(case, number, Role.COLLECTOR, kind=CollectorKind.BANK)


def sentences(done: CaseScan) -> list[str]:
    return [explanations.uncounted_sentence(uncounted, "en") for uncounted in done.uncounted]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"at": "2026-03-01 22:30", "number": ""}, "From which number these calls"),
        ({"at": "2036-03-01 22:30"}, "The clock that these records were dated by was wrong"),
        ({"at": "1970-01-01 00:10"}, "The clock that these records were dated by was wrong"),
        (
            {"at": "2026-03-01 22:30", "direction": Direction.NONE},
            "Who called or wrote is not known.",
        ),
        ({"at": None}, "The time of day is not known."),
    ],
)
def test_what_could_not_be_counted_and_why(
    case: Any, values: dict[str, Any], sentence: str
) -> None:
    call(case, **values)
    done = suggestions.scan_case(case)
    assert not [suggestion for suggestion in done.suggestions if suggestion.violation == NIGHT]
    [sentence_of_case] = sentences(done)
    assert sentence_of_case.startswith(f"1 record could not be counted. {sentence}")
    assert "None" not in sentence_of_case
    chinese = explanations.uncounted_sentence(done.uncounted[0], "zh")
    assert chinese.startswith("有1条记录无法计入。")


def test_the_same_call_with_all_that_is_needed_is_counted(case: Any) -> None:
    call(case, "2026-03-01 22:30")
    done = suggestions.scan_case(case)
    assert [suggestion for suggestion in done.suggestions if suggestion.violation == NIGHT]
    assert sentences(done) == []


def missing_of_attempts(case: Any) -> set[Missing]:
    """What is not known of the first suggestion that counts unanswered calls."""
    return set(
        next(
            citation.suggestion.missing
            for suggestion in suggestions.scan_case(case).suggestions
            for citation in suggestion.citations
            if citation.rule.id == "cn.cba.attempts"
        )
    )


@pytest.mark.parametrize(
    ("more_of_mine", "is_known"),
    [((), True), (("me@example.com",), True), (("13900000002",), False)],
)
def test_the_only_number_of_the_person_is_the_one_that_was_called(
    case: Any, more_of_mine: tuple[str, ...], is_known: bool
) -> None:
    assert len(cases.own_numbers(case)) == 1
    for identifier in more_of_mine:
        parties.assign(case, identifier, Role.ME)
    for hour in range(8):
        call(case, f"2026-03-01 1{hour}:00", outcome=Outcome.MISSED)
    assert (Missing.OWN_NUMBER not in missing_of_attempts(case)) is is_known


def test_an_unknown_outcome_and_own_number_are_said_with_how_to_learn_them(case: Any) -> None:
    parties.assign(case, "13900000002", Role.ME)
    for hour in range(8):
        call(case, f"2026-03-01 1{hour}:00", outcome=Outcome.UNKNOWN)
    missing = missing_of_attempts(case)
    assert {Missing.ANSWERED, Missing.OWN_NUMBER} <= missing
    for language in ("en", "zh"):
        for fact in explanations.missing_facts(tuple(missing), language):
            assert fact.what
            assert fact.how


def test_an_empty_case_has_nothing_to_say(case: Any) -> None:
    done = suggestions.scan_case(case)
    assert (done.suggestions, done.uncounted) == ((), ())


def test_a_zone_that_there_is_not_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        cases.create(
            tmp_path / "a.evcase",
            title="a case",
            owner_name="",
            numbers=(),
            timezone="",
            jurisdiction=Jurisdiction.CHINA,
        )
    assert refused.value.message.code is MessageCode.UNKNOWN_ZONE


def test_what_a_correction_of_the_clock_brings_back(case: Any) -> None:
    call(case, "1980-01-06 22:30")
    engine = suggestions.SuggestionEngine(case)
    lost = engine.scan().uncounted[0]
    assert lost.reason is Missing.CLOCK
    true_time = WallClock(datetime.fromisoformat("2026-03-01 22:30"))
    reading = TimeReading(true_time, TimeSource.PERSON, TimePrecision.MINUTE)
    events.correct_time(case, list(lost.event_ids), reading)
    done = engine.scan()
    assert done.uncounted == ()
    assert [suggestion for suggestion in done.suggestions if suggestion.violation == NIGHT]
