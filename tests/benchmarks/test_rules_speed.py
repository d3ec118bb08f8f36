"""How long all rulebooks take over many calls, beside a hand-written sort and sweep."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from figures import Figure, timed

from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.party import Role
from evidence_app.model.rulebook import CollectorKind, Rulebook
from evidence_app.rulebook import loader, scan
from evidence_app.rulebook.contact import Contact, Surroundings

COUNT = 100_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_OUTCOMES = (Outcome.ANSWERED, Outcome.MISSED, Outcome.MISSED, Outcome.UNKNOWN)


def calls(numbers: int, count: int) -> list[Contact]:
    """Calls, about two hundred a day, of so many numbers; of unknown collectors."""
    contacts = []
    for place in range(count):
        at_ms = 1_735_700_000_000 + place * 432_000
        at = _EPOCH + timedelta(milliseconds=at_ms)
        local = at.astimezone(ZoneInfo("Asia/Shanghai")).replace(tzinfo=None)
        party = 1 + place % numbers
        contacts.append(
            Contact(
                place,
                EventType.CALL,
                Direction.INCOMING,
                _OUTCOMES[place * 7 % 4],
                local,
                local.date(),
                at_ms,
                number=f"+86138001{party:05}",
                party=party,
                collector=party,
                role=Role.COLLECTOR,
                kind=CollectorKind.UNKNOWN,
            )
        )
    return contacts


Finding = tuple[str, str, list[int]]


def sweep(contacts: list[Contact]) -> list[Finding]:
    """The same numeric rules by hand, one loop each: rule, day, events."""
    ordered = sorted(contacts, key=lambda one: one.at_ms or 0)
    findings: list[Finding] = []
    for rulebook in loader.library().rulebooks.values():
        zone = ZoneInfo(rulebook.timezone) if rulebook.timezone else None
        for rule in rulebook.rules:
            values = rule.parameters
            if rule.predicate == "hours":
                findings += _night(rule.id, ordered, zone)
            elif rule.predicate == "count_in_days":
                span = values.get("days", 1) * 86_400_000
                findings += _windows(rule.id, ordered, values["limit"], span)
            elif rule.predicate == "count_in_minutes":
                findings += _windows(rule.id, ordered, values["limit"], values["minutes"] * 60_000)
            elif rule.predicate == "cooldown":
                findings += _rest(rule.id, ordered, values["days"])
    return findings


def _groups(ordered: list[Contact]) -> Iterator[list[Contact]]:
    groups: dict[int | None, list[Contact]] = defaultdict(list)
    for one in ordered:
        groups[one.collector].append(one)
    yield from groups.values()


def _night(rule: str, ordered: list[Contact], zone: ZoneInfo | None) -> list[Finding]:
    nights: dict[tuple[int | None, str], list[int]] = defaultdict(list)
    for one in ordered:
        local = one.local
        if local is None:
            continue
        if zone is not None:
            at = _EPOCH + timedelta(milliseconds=one.at_ms or 0)
            local = at.astimezone(zone).replace(tzinfo=None)
        if not 8 * 60 <= local.hour * 60 + local.minute < 22 * 60:
            nights[one.party, local.date().isoformat()].append(one.event_id)
    return [(rule, day, events) for (_, day), events in nights.items()]


def _windows(rule: str, ordered: list[Contact], limit: int, span: int) -> list[Finding]:
    findings = []
    for group in _groups(ordered):
        first = 0
        for place, one in enumerate(group):
            while (one.at_ms or 0) - (group[first].at_ms or 0) > span:
                first += 1
            if place - first >= limit:
                events = [other.event_id for other in group[first : place + 1]]
                findings.append((rule, str(one.day), events))
                first = place + 1
    return findings


def _rest(rule: str, ordered: list[Contact], days: int) -> list[Finding]:
    findings = []
    for group in _groups(ordered):
        talked: Contact | None = None
        early: list[int] = []
        for one in group:
            if talked is not None and one.day is not None and talked.day is not None:
                is_early = (one.day - talked.day).days < days
                early += [one.event_id] * is_early
            if one.outcome is Outcome.ANSWERED:
                if talked is not None and early:
                    findings.append((rule, str(talked.day), [talked.event_id, *early]))
                talked, early = one, []
    return findings


def figures(folder: Path, count: int = COUNT) -> Iterator[Figure]:
    """All rules over the calls of many numbers, and of one."""
    rulebooks = loader.library().rulebooks.values()
    for numbers in (500, 1):
        contacts = calls(numbers, count)
        by_hand = timed(partial(sweep, contacts))
        took = timed(lambda contacts=contacts: _scanned(rulebooks, contacts))
        name = f"scan of {count:,} calls of {numbers} numbers, all rules"
        yield Figure(name, took, "sort and sweep by hand", by_hand, 5)


def _scanned(rulebooks: Iterable[Rulebook], contacts: list[Contact]) -> int:
    return sum(1 for _ in scan.suggestions(rulebooks, contacts, Surroundings()))


def test_a_few_calls_are_scanned(tmp_path: Path) -> None:
    """The benchmark itself works."""
    assert len(list(figures(tmp_path, 100))) == 2
