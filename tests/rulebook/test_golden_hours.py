"""Golden cases of every shipped rule on hours, minute by minute.

The hours stand here once more, written down from the provisions and not from the rulebooks.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evidence_app.model.event import Direction, EventType
from evidence_app.model.rulebook import CollectorKind
from evidence_app.model.suggestion import Missing, Suggestion
from evidence_app.rulebook import loader
from evidence_app.rulebook.contact import AgreedHours, Surroundings
from tests.rulebook.acts import AGENCY, ZONES, act, ask, family, find, kind_for

E = EventType
_WRITTEN = (E.MESSAGE, E.EMAIL, E.VOICEMAIL)
_VISITS = (E.VISIT, E.VOICEMAIL)
HOURS = {
    # rule: (a day, allowed from, allowed until, the minute of the end is allowed, by what)
    "cn.gbt.hours": ("2025-03-12", "08:00", "22:00", False, (E.CALL, E.MESSAGE, E.VISIT)),
    "cn.cba.hours": ("2026-03-12", "08:00", "22:00", False, (E.CALL, E.MESSAGE, E.VISIT)),
    "us.hours": ("2026-03-12", "08:00", "21:00", True, (E.CALL, *_WRITTEN, E.VISIT)),
    "us-dc.hours": ("2026-03-12", "08:00", "21:00", True, (E.CALL, E.MESSAGE)),
    "us-ma.hours": ("2026-03-12", "08:00", "21:00", True, (E.CALL, *_WRITTEN, E.VISIT)),
    "us-fl.hours": ("2026-03-12", "08:00", "21:00", True, (E.CALL, E.MESSAGE, *_VISITS)),
    "au.hours.calls": ("2026-03-12", "07:30", "21:00", True, (E.CALL,)),
    "au.hours.visits": ("2026-03-12", "09:00", "21:00", True, (E.VISIT,)),
    "tw.hours": ("2026-03-12", "07:00", "22:00", True, (E.CALL, E.MESSAGE, E.VISIT)),
    "in.hours": ("2026-03-12", "08:00", "19:00", True, (E.CALL,)),
    "ie.hours": ("2026-03-12", "09:00", "21:00", False, (E.CALL, E.VISIT)),
    "id.hours": ("2026-03-12", "08:00", "20:00", True, (E.CALL, E.MESSAGE, E.VISIT)),
    "mx.hours": ("2026-03-12", "07:00", "22:00", True, (E.CALL, E.MESSAGE, E.VISIT)),
    "ph.hours": ("2026-03-12", "06:00", "22:00", True, (E.CALL, E.MESSAGE, E.VISIT)),
    "general.usual_hours": ("2026-03-12", "08:00", "21:00", True, (E.CALL, E.MESSAGE, E.VISIT)),
}


def later(clock: str, minutes: int) -> str:
    minute_of_day = int(clock[:2]) * 60 + int(clock[3:]) + minutes
    return f"{minute_of_day // 60:02}:{minute_of_day % 60:02}"


def at(
    rule: str, day: str, clock: str, channel: EventType = E.CALL, /, **values: object
) -> list[Suggestion]:
    rulebook, _ = find(rule)
    zone = rulebook.timezone or ZONES.get(rule[:2], "Asia/Shanghai")
    values = {"kind": kind_for(rule), "zone": zone, **values}
    return ask(rule, [act(f"{day} {clock}", channel, **values)])


def test_every_rule_on_hours_has_its_hours_here() -> None:
    shipped = {
        rule.id
        for rulebook in loader.library().rulebooks.values()
        for rule in rulebook.rules
        if rule.predicate == "hours"
    }
    assert shipped == {*HOURS, "uk.conc.7.9.4.agreed", "us-fl.hours_email"}


@pytest.mark.parametrize("rule", HOURS)
def test_the_minutes_around_the_begin_and_the_end(rule: str) -> None:
    day, begin, end, end_allowed, kinds = HOURS[rule]
    for kind in kinds:
        assert len(at(rule, day, later(begin, -1), kind)) == 1
        assert at(rule, day, begin, kind) == []
        assert at(rule, day, later(end, -1), kind) == []
        assert len(at(rule, day, end, kind)) == (0 if end_allowed else 1)
        assert len(at(rule, day, later(end, 1), kind)) == 1
    assert len(at(rule, day, "00:00", kinds[0])) == 1
    assert len(at(rule, day, "23:59", kinds[0])) == 1


@pytest.mark.parametrize(
    "rule", ["us.hours", "us-dc.hours", "us-fl.hours", "au.hours.calls", "ie.hours"]
)
def test_other_channels_are_left_out(rule: str) -> None:
    day, *_, kinds = HOURS[rule]
    for kind in (E.CALL, E.MESSAGE, E.EMAIL, E.VISIT, E.VOICEMAIL):
        assert bool(at(rule, day, "03:00", kind)) == (kind in kinds)


@pytest.mark.parametrize("rule", HOURS)
@pytest.mark.parametrize("day", ["2026-12-31", "2027-01-01", "2027-03-16", "2026-11-03"])
def test_ends_of_years_and_weeks_in_which_the_clock_changes(rule: str, day: str) -> None:
    *_, kinds = HOURS[rule]
    assert len(at(rule, day, "03:30", kinds[0])) == 1


@pytest.mark.parametrize("rule", HOURS)
def test_one_finding_for_a_night_on_each_day(rule: str) -> None:
    day, *_, kinds = HOURS[rule]
    zone = find(rule)[0].timezone or "Asia/Shanghai"
    night = [
        act(f"{day} {clock}", kinds[0], kind=kind_for(rule), zone=zone)
        for clock in ("00:10", "05:00", "23:30")
    ]
    (suggestion,) = ask(rule, night)
    assert suggestion.arithmetic["count"] == 3
    assert suggestion.arithmetic["times"] == ["00:10", "05:00", "23:30"]


@pytest.mark.parametrize("rule", HOURS)
def test_the_person_the_family_and_a_day_without_a_time_never_count(rule: str) -> None:
    day = HOURS[rule][0]
    assert at(rule, day, "03:00", direction=Direction.OUTGOING) == []
    assert ask(rule, [family(f"{day} 03:00")]) == []
    assert ask(rule, [act(day, kind=kind_for(rule))]) == []


@pytest.mark.parametrize("rule", HOURS)
def test_an_unknown_zone_is_said(rule: str) -> None:
    day, *_, kinds = HOURS[rule]
    zone = find(rule)[0].timezone or "Asia/Shanghai"
    contact = act(f"{day} 03:00", kinds[0], kind=kind_for(rule), zone=zone)
    (suggestion,) = ask(rule, [contact], Surroundings(is_zone_known=False))
    assert Missing.ZONE in suggestion.missing


@pytest.mark.parametrize("rule", HOURS)
def test_whom_it_binds(rule: str) -> None:
    day, *_, kinds = HOURS[rule]
    if kind_for(rule) is CollectorKind.OTHER:
        assert len(at(rule, day, "03:00", kinds[0], kind=CollectorKind.PRIVATE_LENDER)) == 1
        return
    (suggestion,) = at(rule, day, "03:00", kinds[0], kind=CollectorKind.UNKNOWN)
    assert Missing.COLLECTOR_KIND in suggestion.missing
    assert at(rule, day, "03:00", kinds[0], kind=CollectorKind.OTHER) == []


def agreed(
    start: str, end: str, since: str = "2025-01-01", party: int | None = AGENCY
) -> Surroundings:
    minutes = [int(clock[:2]) * 60 + int(clock[3:]) for clock in (start, end)]
    hours = AgreedHours(minutes[0], minutes[1], date.fromisoformat(since), party)
    return Surroundings(agreed_hours=(hours,))


@pytest.mark.parametrize("rule", ["cn.gbt.hours", "cn.cba.hours"])
@pytest.mark.parametrize(
    ("clock", "hours", "is_outside"),
    [
        ("22:30", ("19:00", "23:00"), False),
        ("14:35", ("19:00", "23:00"), True),
        ("18:59", ("19:00", "23:00"), True),
        ("23:00", ("19:00", "23:00"), True),
        ("23:30", ("22:00", "02:00"), False),
        ("01:59", ("22:00", "02:00"), False),
        ("02:00", ("22:00", "02:00"), True),
    ],
)
def test_an_agreed_time_works_both_ways(
    rule: str, clock: str, hours: tuple[str, str], is_outside: bool
) -> None:
    contact = act(f"2026-03-12 {clock}", kind=CollectorKind.BANK)
    assert bool(ask(rule, [contact], agreed(*hours))) == is_outside


def test_an_agreement_with_another_or_of_a_later_day_changes_nothing() -> None:
    contact = act("2026-03-12 22:30", kind=CollectorKind.BANK)
    for surroundings in (
        agreed("19:00", "23:00", party=99),
        agreed("19:00", "23:00", since="2026-03-13"),
    ):
        assert len(ask("cn.gbt.hours", [contact], surroundings)) == 1


@pytest.mark.parametrize(
    ("rule", "last_before", "first"),
    [("cn.gbt.hours", "2025-02-27", "2025-02-28"), ("cn.cba.hours", "2026-01-29", "2026-01-30")],
)
def test_the_day_on_which_it_came_into_force(rule: str, last_before: str, first: str) -> None:
    assert at(rule, last_before, "23:00") == []
    assert len(at(rule, first, "23:00")) == 1


@pytest.mark.parametrize("day", ["2027-03-14", "2026-11-01"])
@pytest.mark.parametrize(
    ("clock", "count"), [("07:59", 1), ("08:00", 0), ("20:59", 0), ("21:00", 0), ("21:01", 1)]
)
@pytest.mark.parametrize("rule", ["us.hours", "us-dc.hours", "us-ma.hours", "us-fl.hours"])
def test_the_days_on_which_summer_time_begins_and_ends(
    rule: str, day: str, clock: str, count: int
) -> None:
    assert len(at(rule, day, clock, zone="America/New_York")) == count


def test_both_times_half_past_one_on_the_night_when_the_clock_goes_back() -> None:
    first = act("2026-11-01 01:30", kind=kind_for("us.hours"), zone="America/New_York")
    second = replace(first, event_id=first.event_id + 1_000_000, at_ms=first.at_ms + 3_600_000)
    (suggestion,) = ask("us.hours", [second, first])
    assert suggestion.arithmetic["times"] == ["01:30", "01:30"]
    assert suggestion.event_ids() == (first.event_id, second.event_id)


@pytest.mark.parametrize(
    ("clock", "count"), [("18:00", 0), ("18:01", 1), ("04:59", 1), ("05:00", 0)]
)
def test_the_district_counts_eastern_time_wherever_the_person_is(clock: str, count: int) -> None:
    contact = act(f"2026-03-12 {clock}", zone="America/Los_Angeles")
    suggestions = ask("us-dc.hours", [contact])
    assert len(suggestions) == count
    if suggestions:
        assert suggestions[0].arithmetic["times"] == [f"{(int(clock[:2]) + 3) % 24:02}{clock[2:]}"]


@pytest.mark.parametrize(
    ("rule", "when", "count"),
    [
        ("au.hours.calls", "2026-03-14 08:59", 1),
        ("au.hours.calls", "2026-03-14 09:00", 0),
        ("au.hours.calls", "2026-03-15 08:30", 1),
        ("au.hours.calls", "2026-03-15 21:00", 0),
        ("ie.hours", "2026-03-15 12:00", 1),
        ("ie.hours", "2026-03-16 08:00", 0),
        ("ie.hours", "2026-03-16 20:59", 0),
        ("ie.hours", "2026-03-16 21:00", 1),
        ("ie.hours", "2026-03-14 08:59", 1),
        ("id.hours", "2026-03-14 12:00", 0),
        ("id.hours", "2026-03-15 12:00", 1),
        ("cn.gbt.hours", "2026-02-15 12:00", 0),
        ("cn.cba.hours", "2026-02-15 12:00", 0),
    ],
)
def test_weekends_only_where_the_rule_has_them(rule: str, when: str, count: int) -> None:
    channel = E.CALL
    assert len(ask(rule, [act(when, channel, kind=kind_for(rule))])) == count


@pytest.mark.parametrize("rule", HOURS)
def test_holidays_only_where_the_rule_has_them(rule: str) -> None:
    *_, kinds = HOURS[rule]
    holiday = Surroundings(holidays=frozenset({date(2026, 3, 12)}))
    zone = find(rule)[0].timezone or "Asia/Shanghai"
    noon = act("2026-03-12 12:00", kinds[0], kind=kind_for(rule), zone=zone)
    has_them = rule in ("au.hours.calls", "au.hours.visits", "ie.hours", "id.hours")
    assert len(ask(rule, [noon], holiday)) == (1 if has_them else 0)
    assert ask(rule, [noon]) == []


@pytest.mark.parametrize(
    ("day", "count"), [("2025-05-15", 1), ("2025-05-16", 0), ("2026-03-12", 0)]
)
def test_e_mails_at_night_in_florida_until_may_2025(day: str, count: int) -> None:
    assert len(ask("us-fl.hours_email", [act(f"{day} 23:00", E.EMAIL)])) == count
    assert ask("us-fl.hours", [act(f"{day} 23:00", E.EMAIL)]) == []


@pytest.mark.parametrize(
    ("clock", "count"), [("08:59", 1), ("09:00", 0), ("11:59", 0), ("12:00", 1)]
)
def test_british_firms_keep_to_the_hours_that_were_asked_for(clock: str, count: int) -> None:
    contact = act(f"2026-03-12 {clock}", kind=CollectorKind.BANK)
    assert len(ask("uk.conc.7.9.4.agreed", [contact], agreed("09:00", "12:00"))) == count
    assert ask("uk.conc.7.9.4.agreed", [contact]) == []
