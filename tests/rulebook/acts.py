"""Contacts for the tests of rules, in few words: when by the clock on the wall, who, how."""

from __future__ import annotations

from datetime import date, datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.party import Role
from evidence_app.model.rulebook import CollectorKind, Rule, Rulebook
from evidence_app.model.suggestion import Suggestion
from evidence_app.rulebook import loader, scan
from evidence_app.rulebook.contact import Contact, OwnAct, Surroundings

AGENCY = 7
MOTHER = 8
ZONES = {"us": "America/New_York", "uk": "Europe/London", "au": "Australia/Sydney"}
_numbers = count(1)


def act(when: str, channel: EventType = EventType.CALL, /, **values: Any) -> Contact:
    """What a collector did to the person, unless told otherwise.

    Args:
        when: ``2026-03-12 21:59`` by the clock on the wall, or only the day.
        channel: The kind of event.
        **values: Other values of the contact; ``zone`` for the zone of the clock.
    """
    zone = ZoneInfo(values.pop("zone", "Asia/Shanghai"))
    has_time = " " in when
    local = datetime.fromisoformat(when) if has_time else None
    return Contact(
        **{
            "event_id": next(_numbers),
            "type": channel,
            "direction": Direction.INCOMING,
            "outcome": Outcome.ANSWERED if channel is EventType.CALL else Outcome.UNKNOWN,
            "local": local,
            "day": date.fromisoformat(when[:10]),
            "at_ms": int(local.replace(tzinfo=zone).timestamp() * 1000) if local else None,
            "number": "+8613800138000",
            "party": AGENCY,
            "collector": AGENCY,
            "creditor": 3,
            "role": Role.AGENCY,
            "debt": 1,
            "own_number": "+8613900139000",
            **values,
        }
    )


def own(
    when: str, own_act: OwnAct, channel: EventType = EventType.LETTER, /, **values: Any
) -> Contact:
    """What the person did."""
    values = {"direction": Direction.OUTGOING, "own_act": own_act, "about": AGENCY, **values}
    return act(when, channel, **values)


def other(when: str, channel: EventType = EventType.CALL, /, **values: Any) -> Contact:
    """A contact with the person's mother, of which she told."""
    values = {
        "role": Role.THIRD_PARTY,
        "party": MOTHER,
        "number": "+8613700137000",
        "direction": Direction.NONE,
        **values,
    }
    return act(when, channel, **values)


def family(when: str, direction: Direction = Direction.INCOMING) -> Contact:
    """A call between the person and their mother."""
    return other(when, direction=direction, collector=None, creditor=None)


def find(rule_id: str) -> tuple[Rulebook, Rule]:
    """A shipped rule and its rulebook."""
    for rulebook in loader.library().rulebooks.values():
        for rule in rulebook.rules:
            if rule.id == rule_id:
                return rulebook, rule
    raise AssertionError(f"there is no rule {rule_id}")


def ask(
    rule_id: str, contacts: list[Contact], surroundings: Surroundings | None = None
) -> list[Suggestion]:
    """What one shipped rule makes of contacts."""
    rulebook, rule = find(rule_id)
    alone = Rulebook(
        rulebook.id,
        rulebook.version,
        rulebook.name_en,
        rulebook.name_zh,
        rulebook.region,
        rulebook.timezone,
        (rule,),
    )
    return list(scan.suggestions([alone], contacts, surroundings or Surroundings()))


def kind_for(rule_id: str) -> CollectorKind:
    """A kind of collector that a rule binds."""
    _, rule = find(rule_id)
    return min(rule.applies_to, default=CollectorKind.OTHER)
