"""What the rules make of a case: suggestions, each with the events it rests on and what it counts.

Nothing of it is kept: only what the person marks as a violation is part of the case.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from evidence_app.casefile.case import CaseFile
from evidence_app.errors import UsageError
from evidence_app.messages import MessageCode, message
from evidence_app.model.event import Direction, Event, EventType
from evidence_app.model.filters import EventFilter
from evidence_app.model.party import Party, Role
from evidence_app.model.rulebook import CollectorKind, Rule, Rulebook
from evidence_app.model.suggestion import Suggestion
from evidence_app.model.times import TimePrecision, TimeSource, epoch_ms, in_zone, zone
from evidence_app.rulebook import loader, scan
from evidence_app.rulebook.contact import COLLECTING, Contact, OwnAct, Surroundings
from evidence_app.rulebook.loader import RulebookProblem
from evidence_app.rulebook.scan import Uncounted
from evidence_app.services import cases, events, parties

__all__ = ["CaseScan", "RulebookProblem", "Suggested", "check", "library", "scan_case"]

GENERAL = "general"
"""The rulebook of signs that cite no law; it counts everywhere."""

_OWN_ACTS = {
    EventType.AGREEMENT: OwnAct.AGREEMENT,
    EventType.PAYMENT: OwnAct.PAYMENT,
    EventType.COMPLAINT: OwnAct.COMPLAINT,
}
_WITHOUT_CLOCK = frozenset({TimePrecision.DAY, TimePrecision.MONTH, TimePrecision.YEAR})
_WITHOUT_DAY = frozenset({TimePrecision.MONTH, TimePrecision.YEAR})
_HOURS = "hours"
_OF_FILES = frozenset({TimeSource.FILE_SYSTEM})


@dataclass(frozen=True, slots=True)
class Suggested:
    """A suggestion with what it cites.

    Attributes:
        id: The same each time as long as rule and events are the same.
        suggestion: What was found.
        rule: The rule, with provision and words.
        item_ids: The items in which the events stand.
    """

    id: str
    suggestion: Suggestion
    rule: Rule
    item_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CaseScan:
    """What all rules make of a case.

    Attributes:
        suggestions: By rulebook and rule, as the rulebooks order them.
        uncounted: Events that no rule could count, and why.
        rulebooks: The rulebooks that were asked.
    """

    suggestions: tuple[Suggested, ...]
    uncounted: tuple[Uncounted, ...]
    rulebooks: tuple[Rulebook, ...]


def library() -> loader.Library:
    """All rulebooks, those of the person's own folder too, and what is wrong with others."""
    return loader.library()


def check(path: Path) -> list[RulebookProblem]:
    """What is wrong with the rulebook in a file; nothing if it can be used."""
    return loader.check(path)


def kind_of(word: str | None) -> CollectorKind:
    """Who collects, by its word on the command line; unknown without one.

    Raises:
        UsageError: There is no such kind.
    """
    try:
        return CollectorKind(word) if word is not None else CollectorKind.UNKNOWN
    except ValueError as error:
        known = ", ".join(CollectorKind)
        raise UsageError(message(MessageCode.UNKNOWN_KIND, value=word, known=known)) from error


def scan_case(
    case: CaseFile,
    more: Sequence[str] = (),
    kind: CollectorKind = CollectorKind.UNKNOWN,
) -> CaseScan:
    """Ask the rules of the case's country, and the signs that count everywhere.

    Args:
        case: The case.
        more: Rulebooks to ask besides, as ``us-fl``.
        kind: Who collects, where the case does not say it.

    Raises:
        UsageError: There is no rulebook of that name.
    """
    rulebooks = _rulebooks(cases.info(case).jurisdiction.region(), more)
    where = zone(cases.info(case).timezone)
    people = {party.id: party for party in parties.list_parties(case)}
    item_of: dict[int, int] = {}
    contacts = []
    for event in events.stream(case, EventFilter()):
        item_of[event.id] = event.item_id
        contacts.append(_contact(event, people, where, kind))
    rules = {rule.id: rule for rulebook in rulebooks for rule in rulebook.rules}
    found = scan.suggestions(rulebooks, contacts, Surroundings())
    return CaseScan(
        tuple(_suggested(one, rules[one.rule_id], item_of) for one in found),
        scan.uncounted(contacts),
        tuple(rulebooks),
    )


def _rulebooks(region: str | None, more: Iterable[str]) -> list[Rulebook]:
    known = loader.library().rulebooks
    wanted = [GENERAL, *(one.id for one in known.values() if one.region == region), *more]
    # The rules of a state bind only who lives there: they are asked when they are named.
    chosen = [one for one in wanted if "-" not in one or one in more]
    for one in chosen:
        if one not in known:
            names = ", ".join(sorted(known))
            raise UsageError(message(MessageCode.UNKNOWN_RULEBOOK, value=one, known=names))
    rulebooks = [known[one] for one in dict.fromkeys(chosen)]
    if any(rule.predicate == _HOURS for rulebook in rulebooks[1:] for rule in rulebook.rules):
        rulebooks[0] = _without_hours(rulebooks[0])
    return rulebooks


def _without_hours(rulebook: Rulebook) -> Rulebook:
    """Where the law names hours, usual ones are no sign of anything more."""
    rules = tuple(rule for rule in rulebook.rules if rule.predicate != _HOURS)
    return replace(rulebook, rules=rules)


def _contact(
    event: Event, people: dict[int, Party], where: ZoneInfo, kind: CollectorKind
) -> Contact:
    time = event.time if event.time and event.time.source not in _OF_FILES else None
    at = in_zone(time.moment, where) if time is not None else None
    precision = time.precision if time is not None else TimePrecision.YEAR
    has_clock = at is not None and precision not in _WITHOUT_CLOCK
    party = people.get(event.party_id or 0)
    role = party.role if party is not None else Role.UNKNOWN
    own_act = _OWN_ACTS.get(event.type)
    collects = role in COLLECTING
    return Contact(
        event_id=event.id,
        type=event.type,
        direction=event.direction,
        outcome=event.outcome,
        local=at.replace(tzinfo=None) if at is not None and has_clock else None,
        day=at.date() if at is not None and precision not in _WITHOUT_DAY else None,
        at_ms=epoch_ms(time.moment, where) if time is not None and has_clock else None,
        duration_s=event.duration_s,
        number=event.identifier_normalized,
        party=event.party_id,
        role=role,
        collector=event.party_id if collects else None,
        creditor=event.party_id if role is Role.CREDITOR else None,
        kind=CollectorKind.THIRD_PARTY_AGENCY if role is Role.AGENCY else kind,
        text=event.text,
        own_act=own_act if event.direction is not Direction.INCOMING else None,
        about=event.party_id if own_act is not None and collects else None,
    )


def _suggested(suggestion: Suggestion, rule: Rule, item_of: dict[int, int]) -> Suggested:
    ids = suggestion.event_ids()
    identity = f"{suggestion.rulebook_id} {suggestion.rule_id} {' '.join(map(str, sorted(ids)))}"
    return Suggested(
        hashlib.sha256(identity.encode()).hexdigest()[:12],
        suggestion,
        rule,
        tuple(sorted({item_of[one] for one in ids})),
    )


def words(suggestion: Suggestion) -> Iterator[str]:
    """What was counted, as ``name value`` pairs for a line of text."""
    for name, value in suggestion.arithmetic.items():
        yield f"{name.replace('_', ' ')} {value}"
