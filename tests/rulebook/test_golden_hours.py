"""Golden cases of every shipped rule on hours, minute by minute.

The hours stand here once more, written down from the provisions and not from the rulebooks.
"""

from __future__ import annotations

from datetime import date

import pytest

from evidence_app.model.event import Direction, EventType
from evidence_app.model.rulebook import CollectorKind
from evidence_app.model.suggestion import Missing, Suggestion
from evidence_app.rulebook import loader
from evidence_app.rulebook.contact import AgreedHours, Surroundings
from tests.rulebook.acts import AGENCY, ZONES, act, ask, family, find, kind_for

E = EventType
HOURS = {
    # rule: (a day, allowed from, allowed until, the minute of the end is allowed, by what)
    "cn.gbt.hours": ("2025-03-12", "08:00", "22:00", False, (E.CALL, E.MESSAGE, E.VISIT)),
    "cn.cba.hours": ("2026-03-12", "08:00", "22:00", False, (E.CALL, E.MESSAGE, E.VISIT)),
}


def later(clock: str, minutes: int) -> str:
    whole = int(clock[:2]) * 60 + int(clock[3:]) + minutes
    return f"{whole // 60:02}:{whole % 60:02}"


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
    assert shipped == set(HOURS)


@pytest.mark.parametrize("rule", HOURS)
def test_the_minutes_around_the_begin_and_the_end(rule: str) -> None:
    day, begin, end, end_allowed, kinds = HOURS[rule]
    for kind in kinds:
        assert len(at(rule, day, later(begin, -1), kind)) == 1
        assert at(rule, day, begin, kind) == []
        assert at(rule, day, later(end, -1), kind) == []
        assert len(at(rule, day, end, kind)) == (0 if end_allowed else 1)
        assert len(at(rule, day, later(end, 1), kind)) == 1
    assert len(at(rule, day, "00:00")) == 1
    assert len(at(rule, day, "23:59")) == 1


@pytest.mark.parametrize("rule", [rule for rule in HOURS if rule[:2] != "cn"])
def test_other_channels_are_left_out(rule: str) -> None:
    day, *_, kinds = HOURS[rule]
    for kind in (E.CALL, E.MESSAGE, E.EMAIL, E.VISIT, E.VOICEMAIL):
        assert bool(at(rule, day, "03:00", kind)) == (kind in kinds)


@pytest.mark.parametrize("rule", HOURS)
@pytest.mark.parametrize("day", ["2026-12-31", "2027-01-01", "2027-03-14", "2026-11-01"])
def test_year_ends_and_both_changes_of_the_clock(rule: str, day: str) -> None:
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
    (found,) = ask(rule, night)
    assert found.arithmetic["count"] == 3
    assert found.arithmetic["times"] == ["00:10", "05:00", "23:30"]


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
    (found,) = ask(rule, [contact], Surroundings(is_zone_known=False))
    assert Missing.ZONE in found.missing


@pytest.mark.parametrize("rule", HOURS)
def test_whom_it_binds(rule: str) -> None:
    day, *_, kinds = HOURS[rule]
    if kind_for(rule) is CollectorKind.OTHER:
        assert len(at(rule, day, "03:00", kinds[0], kind=CollectorKind.PRIVATE_LENDER)) == 1
        return
    (found,) = at(rule, day, "03:00", kinds[0], kind=CollectorKind.UNKNOWN)
    assert Missing.COLLECTOR_KIND in found.missing
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
