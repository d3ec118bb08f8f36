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


def sweep(contacts: list[Contact]) -> int:
    """The same numeric rules by hand, one loop each: how many events break one."""
    ordered = sorted(contacts, key=lambda one: one.at_ms or 0)
    broken = 0
    for rulebook in loader.library().rulebooks.values():
        zone = ZoneInfo(rulebook.timezone) if rulebook.timezone else None
        for rule in rulebook.rules:
            values = rule.parameters
            if rule.predicate == "hours":
                broken += _night(ordered, zone)
            elif rule.predicate == "count_in_days":
                broken += _days(ordered, values["limit"], values.get("days", 1))
            elif rule.predicate == "count_in_minutes":
                broken += _days(ordered, values["limit"], 0, values["minutes"])
            elif rule.predicate == "cooldown":
                broken += _rest(ordered, values["days"])
    return broken


def _groups(ordered: list[Contact]) -> Iterator[list[Contact]]:
    groups: dict[int | None, list[Contact]] = defaultdict(list)
    for one in ordered:
        groups[one.collector].append(one)
    yield from groups.values()


def _night(ordered: list[Contact], zone: ZoneInfo | None) -> int:
    found = 0
    for one in ordered:
        local = one.local
        if local is None:
            continue
        if zone is not None:
            at = _EPOCH + timedelta(milliseconds=one.at_ms or 0)
            local = at.astimezone(zone).replace(tzinfo=None)
        found += not 8 * 60 <= local.hour * 60 + local.minute < 22 * 60
    return found


def _days(ordered: list[Contact], limit: int, days: int, minutes: int = 0) -> int:
    span = minutes * 60_000 or days * 86_400_000
    found = 0
    for group in _groups(ordered):
        first = 0
        for place, one in enumerate(group):
            while (one.at_ms or 0) - (group[first].at_ms or 0) > span:
                first += 1
            found += place - first >= limit
    return found


def _rest(ordered: list[Contact], days: int) -> int:
    found = 0
    for group in _groups(ordered):
        talked: Contact | None = None
        for one in group:
            if talked is not None and one.day is not None and talked.day is not None:
                found += (one.day - talked.day).days < days
            if one.outcome is Outcome.ANSWERED:
                talked = one
    return found


def main() -> None:
    rulebooks = loader.library().rulebooks.values()
    rules = sum(len(rulebook.rules) for rulebook in rulebooks)
    for numbers in (500, 1):
        contacts = calls(numbers)
        begun = time.perf_counter()
        sweep(contacts)
        by_hand = time.perf_counter() - begun
        begun = time.perf_counter()
        found = sum(1 for _ in scan.suggestions(rulebooks, contacts, Surroundings()))
        took = time.perf_counter() - begun
        sys.stdout.write(
            f"{COUNT:,} calls of {numbers} numbers, {rules} rules: {took:.2f} s, "
            f"{found:,} suggestions; by hand {by_hand:.2f} s; ratio {took / by_hand:.1f}\n"
        )


if __name__ == "__main__":
    main()
