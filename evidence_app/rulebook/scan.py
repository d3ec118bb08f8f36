"""Asks every rule that applies about the contacts of a case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from evidence_app.model.event import Direction
from evidence_app.model.party import Role
from evidence_app.model.rulebook import CollectorKind, Rule, Rulebook
from evidence_app.model.suggested import Citation
from evidence_app.model.suggestion import Missing, Suggestion
from evidence_app.rulebook.contact import COLLECTING, TWO_WAY, Contact, Surroundings
from evidence_app.rulebook.contacts import Contacts
from evidence_app.rulebook.grouping import identity
from evidence_app.rulebook.parameters import predicate_of
from evidence_app.rulebook.predicates.base import Hit, Predicate


@dataclass(frozen=True, slots=True)
class Uncounted:
    """Events that no rule could count, and why.

    Attributes:
        reason: What of them is not known.
        event_ids: The events.
    """

    reason: Missing
    event_ids: tuple[int, ...]


def suggestions(
    rulebooks: Iterable[Rulebook], contacts: Iterable[Contact], surroundings: Surroundings
) -> Iterator[Suggestion]:
    """What the rules make of the contacts of a case.

    Args:
        rulebooks: Those that the person left on.
        contacts: Of the case, in any order; of an act with two sources only one.
        surroundings: What is known besides them.
    """
    for _, citation in Scanner(rulebooks, contacts, surroundings).found():
        yield citation.suggestion


class Scanner:
    """Asks rules about contacts, and again about those of which something changed."""

    def __init__(
        self,
        rulebooks: Iterable[Rulebook],
        contacts: Iterable[Contact],
        surroundings: Surroundings,
    ) -> None:
        """Ask all rules; arguments as for `suggestions`."""
        self._rulebooks = tuple(rulebooks)
        self._rules = {rule.id: (one, rule) for one in self._rulebooks for rule in one.rules}
        self._contacts = {contact.event_id: contact for contact in contacts}
        self._surroundings = surroundings
        self._found: list[tuple[str, Citation]] | None = None

    def found(self) -> list[tuple[str, Citation]]:
        """What the rules make of the contacts, each with the identity of its group."""
        if self._found is None:
            self._found = list(self._ask())
        return self._found

    def _ask(self) -> Iterator[tuple[str, Citation]]:
        everything = Contacts.of(self._contacts.values(), self._surroundings)
        views: dict[str, _View] = {}
        for rulebook in self._rulebooks:
            zone = rulebook.timezone
            if zone not in views:
                views[zone] = _View(replace(everything, zone=zone))
            for rule in rulebook.rules:
                for one in _suggestions_of(rulebook, rule, views[zone].bound(rule)):
                    yield identity(one), Citation(one, rule, rulebook)

    def replace(self, before: Iterable[Contact], after: Iterable[Contact]) -> None:
        """Put other contacts in the place of some."""
        for contact in before:
            self._contacts.pop(contact.event_id, None)
        for contact in after:
            self._contacts[contact.event_id] = contact
        self._found = None

    def surround(self, surroundings: Surroundings) -> None:
        """Take note of what is known besides the contacts."""
        self._surroundings = surroundings
        self._found = None

    def has_rule(self, rule_id: str) -> bool:
        """Whether a rule is among those that are asked."""
        return rule_id in self._rules

    def still_breaks(self, rule_id: str, contacts: Sequence[Contact]) -> bool:
        """Whether a rule finds something in all of some contacts where there are no others.

        That says nothing of a rule that depends on what did not happen.
        """
        rulebook, rule = self._rules[rule_id]
        if rule.predicate in _BY_ABSENCE:
            return False
        alone = replace(rulebook, rules=(rule,))
        events = {contact.event_id for contact in contacts}
        found = Scanner([alone], contacts, self._surroundings).found()
        return any(set(one.suggestion.event_ids()) == events for _, one in found)


_BY_ABSENCE = frozenset({"third_parties", "notice_due", "required_content"})
"""Predicates that more events can refute, so that a part of them proves nothing."""


def uncounted(contacts: Sequence[Contact]) -> tuple[Uncounted, ...]:
    """The events that no rule can count: without a day, without a direction, or of nobody known."""
    lost: dict[Missing, list[int]] = {}
    for contact in contacts:
        reason = _why_uncounted(contact)
        if reason is not None:
            lost.setdefault(reason, []).append(contact.event_id)
    return tuple(Uncounted(reason, tuple(events)) for reason, events in lost.items())


def _why_uncounted(contact: Contact) -> Missing | None:
    if contact.own_act is not None or contact.type not in TWO_WAY:
        return None
    if contact.role is Role.UNKNOWN and contact.direction is Direction.INCOMING:
        return Missing.ROLE
    if contact.role not in COLLECTING:
        return None
    if contact.direction is Direction.NONE:
        return Missing.DIRECTION
    return Missing.TIME if contact.day is None else None


_Kinds = tuple[CollectorKind, CollectorKind]
_Binding = tuple[frozenset[_Kinds], date | None, date | None]


class _View:
    """The contacts by one clock, and those of them that rules of one scope may count."""

    def __init__(self, everything: Contacts) -> None:
        self._everything = everything
        self._kinds = frozenset(
            (contact.kind, contact.creditor_kind)
            for contact in everything.all
            if contact.own_act is None
        )
        days = [contact.day for contact in everything.all if contact.day is not None]
        self._first, self._last = min(days, default=date.min), max(days, default=date.max)
        self._bound: dict[_Binding, Contacts] = {(self._kinds, None, None): everything}

    def bound(self, rule: Rule) -> Contacts:
        """The contacts that a rule may count: of whom it binds, on days when it was in force.

        A collector of an unknown kind is counted; the suggestion then says what it depends on.
        """
        binding = self._binding(rule)
        if binding not in self._bound:
            kinds, since, until = binding
            self._bound[binding] = self._everything.only(
                [
                    contact
                    for contact in self._everything.all
                    if contact.own_act is not None
                    or (
                        (contact.kind, contact.creditor_kind) in kinds
                        and _is_between(contact.day, since, until)
                    )
                ]
            )
        return self._bound[binding]

    def _binding(self, rule: Rule) -> _Binding:
        """What of the contacts a rule may count; the same for all rules that may count the same."""
        kinds = frozenset(one for one in self._kinds if _may_bind(rule, *one))
        provision = rule.provision
        if provision is None:
            return kinds, None, None
        since, until = provision.in_force_from, provision.in_force_until
        return (
            kinds,
            since if since is not None and since > self._first else None,
            until if until is not None and until < self._last else None,
        )


def _is_between(day: date | None, since: date | None, until: date | None) -> bool:
    return day is not None and (since is None or day >= since) and (until is None or day <= until)


def _may_bind(rule: Rule, kind: CollectorKind, creditor_kind: CollectorKind) -> bool:
    bound = is_bound(rule.applies_to, kind, creditor_kind)
    return bound is True or (bound is None and not rule.only_known_kinds)


_FOR_OTHERS = frozenset({CollectorKind.THIRD_PARTY_AGENCY, CollectorKind.DEBT_BUYER})


@cache
def is_bound(
    applies_to: frozenset[CollectorKind], kind: CollectorKind, creditor_kind: CollectorKind
) -> bool | None:
    """Whether a rule binds a collector.

    Args:
        applies_to: Whom the rule binds; empty: everybody.
        kind: Who collects.
        creditor_kind: For whom: a rule for banks binds the agency that collects for one.

    Returns:
        None where it depends on what nobody said.
    """
    if not applies_to or kind in applies_to or creditor_kind in applies_to:
        return True
    if kind is CollectorKind.UNKNOWN:
        is_settled = creditor_kind is not CollectorKind.UNKNOWN and not applies_to & _FOR_OTHERS
        return False if is_settled else None
    is_settled = kind not in _FOR_OTHERS or creditor_kind is not CollectorKind.UNKNOWN
    return False if is_settled or applies_to <= _FOR_OTHERS else None


def _suggestions_of(rulebook: Rulebook, rule: Rule, bound: Contacts) -> Iterator[Suggestion]:
    if not bound.all:
        return
    for hit in _predicate(rule).hits(bound):
        yield Suggestion(
            rule.id,
            rulebook.id,
            rule.violation,
            hit.subjects,
            hit.arithmetic,
            _missing(rule, hit, bound),
        )


def _predicate(rule: Rule) -> Predicate:
    return predicate_of(rule.predicate, rule.parameters, rule.violation)


def _missing(rule: Rule, hit: Hit, bound: Contacts) -> tuple[Missing, ...]:
    if not rule.applies_to:
        return tuple(dict.fromkeys((*hit.missing, *rule.asks)))
    missing = dict.fromkeys((*hit.missing, *rule.asks))
    concerned = (bound.by_id[subject.event_id] for subject in hit.subjects)
    if any(
        contact.own_act is None
        and is_bound(rule.applies_to, contact.kind, contact.creditor_kind) is None
        for contact in concerned
    ):
        missing[Missing.COLLECTOR_KIND] = None
    return tuple(missing)
