"""How long all rulebooks take over 100,000 calls, beside a hand-written sort and sweep: figures.

Run it as ``python tests/benchmarks/test_rules_speed.py`` from the checkout.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.party import Role
from evidence_app.model.rulebook import CollectorKind
from evidence_app.rulebook import loader, scan
from evidence_app.rulebook.contact import Contact, Surroundings

COUNT = 100_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_OUTCOMES = (Outcome.ANSWERED, Outcome.MISSED, Outcome.MISSED, Outcome.UNKNOWN)


def calls(numbers: int) -> list[Contact]:
    """100,000 calls, about two hundred a day, of so many numbers; of unknown collectors."""
    contacts = []
    for place in range(COUNT):
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


def main() -> None:
    rulebooks = loader.library().rulebooks.values()
    rules = sum(len(rulebook.rules) for rulebook in rulebooks)
    for numbers in (500, 1):
        contacts = calls(numbers)
        begun = time.perf_counter()
        by_sweep = len(sweep(contacts))
        by_hand = time.perf_counter() - begun
        begun = time.perf_counter()
        found = sum(1 for _ in scan.suggestions(rulebooks, contacts, Surroundings()))
        took = time.perf_counter() - begun
        sys.stdout.write(
            f"{COUNT:,} calls of {numbers} numbers, {rules} rules: {took:.2f} s, "
            f"{found:,} suggestions; by hand {by_hand:.2f} s, {by_sweep:,}; "
            f"ratio {took / by_hand:.1f}\n"
        )


if __name__ == "__main__":
    main()
