"""Asks every rule that applies about the contacts of a case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from evidence_app.model.rulebook import CollectorKind, Rule, Rulebook
from evidence_app.model.suggestion import Missing, Suggestion
from evidence_app.rulebook.contact import Contact, Surroundings
from evidence_app.rulebook.parameters import predicate_of
from evidence_app.rulebook.predicates.base import Contacts, Hit, Predicate


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
        contacts: Of the case, in any order.
        surroundings: What is known besides them.
    """
    everything = Contacts.of(contacts, surroundings)
    for rulebook in rulebooks:
        for rule in rulebook.rules:
            yield from _suggestions_of(rulebook, rule, everything)


def uncounted(contacts: Sequence[Contact]) -> tuple[Uncounted, ...]:
    """The events without a known day, which no rule can count."""
    lost = tuple(contact.event_id for contact in contacts if contact.day is None)
    return (Uncounted(Missing.TIME, lost),) if lost else ()


def _suggestions_of(rulebook: Rulebook, rule: Rule, everything: Contacts) -> Iterator[Suggestion]:
    bound = _bound(rule, everything)
    if not bound.all:
        return
    by_id = {contact.event_id: contact for contact in bound.all}
    for hit in _predicate(rule).hits(bound):
        yield Suggestion(
            rule.id,
            rulebook.id,
            rule.violation,
            hit.subjects,
            hit.arithmetic,
            _missing(rule, hit, by_id),
        )


def _predicate(rule: Rule) -> Predicate:
    return predicate_of(rule.predicate, rule.parameters, rule.violation)


def _bound(rule: Rule, everything: Contacts) -> Contacts:
    """The contacts that a rule may count: those of whom it binds, on days when it was in force.

    A collector of an unknown kind is counted; the suggestion then says what it depends on.
    """
    provision = rule.provision
    if not rule.applies_to and provision is None:
        return everything
    kept = [
        contact
        for contact in everything.all
        if contact.own_act is not None or (_binds(rule, contact) and _in_force(rule, contact.day))
    ]
    return (
        everything if len(kept) == len(everything.all) else Contacts(kept, everything.surroundings)
    )


def _binds(rule: Rule, contact: Contact) -> bool:
    return (
        not rule.applies_to
        or contact.kind is CollectorKind.UNKNOWN
        or contact.kind in rule.applies_to
    )


def _in_force(rule: Rule, day: date | None) -> bool:
    return day is None or rule.provision is None or rule.provision.is_in_force(day)


def _missing(rule: Rule, hit: Hit, by_id: dict[int, Contact]) -> tuple[Missing, ...]:
    kinds = {by_id[subject.event_id].kind for subject in hit.subjects}
    if rule.applies_to and CollectorKind.UNKNOWN in kinds:
        return (*hit.missing, Missing.COLLECTOR_KIND)
    return hit.missing
