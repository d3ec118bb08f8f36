"""Asks every rule that applies about the contacts of a case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from evidence_app.model.event import Direction
from evidence_app.model.party import Role
from evidence_app.model.rulebook import Rule, Rulebook
from evidence_app.model.suggestion import Missing, Suggestion
from evidence_app.progress import SILENT, Progress
from evidence_app.rulebook.asking import AskedRule, CitedHit, Delta, Slices
from evidence_app.rulebook.binding import View
from evidence_app.rulebook.contact import COLLECTING, TWO_WAY, Contact, Surroundings
from evidence_app.rulebook.contacts import Contacts, TextMatches
from evidence_app.rulebook.lexicon import Speaker


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
    for cited_hit in Scanner(rulebooks, contacts, surroundings).cited_hits():
        yield cited_hit.citation.suggestion


class Scanner:
    """Asks rules about contacts, and again about those of which something changed."""

    def __init__(
        self,
        rulebooks: Iterable[Rulebook],
        contacts: Iterable[Contact],
        surroundings: Surroundings,
        progress: Progress = SILENT,
    ) -> None:
        """Take note of rules and contacts; arguments as for `suggestions`.

        Args:
            rulebooks: Those that the person left on.
            contacts: Of the case, in any order; of an act with two sources only one.
            surroundings: What is known besides them.
            progress: Asked before each rule; `Cancelled` is raised when it is.
        """
        self._progress = progress
        self._rulebooks = tuple(rulebooks)
        self._contacts = {contact.event_id: contact for contact in contacts}
        self._surroundings = surroundings
        self._read: dict[tuple[str, Speaker], TextMatches] = {}
        self._views: dict[str, View] = {}
        self._asked_rules: list[AskedRule] | None = None

    def cited_hits(self) -> Iterator[CitedHit]:
        """What the rules make of the contacts, by rulebook, rule and day."""
        if self._asked_rules is None:
            self._asked_rules = self._ask()
        for asked_rule in self._asked_rules:
            yield from asked_rule.cited_hits()

    def _ask(self) -> list[AskedRule]:
        everything = replace(
            Contacts.of(self._contacts.values(), self._surroundings), read=self._read
        )
        for _, passage in everything.passages():
            self._progress.check()
            everything.read_text(passage)
        zones = {rulebook.timezone for rulebook in self._rulebooks}
        self._views = {zone: View(everything.on_clock(zone)) for zone in zones}
        asked_rules = [
            AskedRule(rulebook, rule, self._views[rulebook.timezone].bound(rule))
            for rulebook in self._rulebooks
            for rule in rulebook.rules
        ]
        for asked_rule in asked_rules:
            self._progress.check()
            asked_rule.ask()
        return asked_rules

    def replace(self, before: Sequence[Contact], after: Sequence[Contact]) -> Delta | None:
        """Put other contacts in the place of some, and ask about what that touches.

        Args:
            before: As they were.
            after: As they are now.

        Returns:
            What is found no longer, and what is new; None if all of it may be another.
        """
        for contact in before:
            self._contacts.pop(contact.event_id, None)
        for contact in after:
            self._contacts[contact.event_id] = contact
        if self._asked_rules is None:
            return None
        if not all(view.may_hold(contact) for view in self._views.values() for contact in after):
            self._asked_rules = None
            return None
        bound = {id(asked_rule.contacts): asked_rule.contacts for asked_rule in self._asked_rules}
        changes = {key: contacts.replace(before, after) for key, contacts in bound.items()}
        slices: Slices = {}
        gone: list[CitedHit] = []
        new: list[CitedHit] = []
        for asked_rule in self._asked_rules:
            less, more = asked_rule.ask_again(changes[id(asked_rule.contacts)], slices)
            gone.extend(less)
            new.extend(more)
        return gone, new

    def surround(self, surroundings: Surroundings) -> None:
        """Take note of what is known besides the contacts."""
        self._surroundings = surroundings
        self._asked_rules = None

    def has_rule(self, rule_id: str) -> bool:
        """Whether a rule is among those that are asked."""
        return self._rule(rule_id) is not None

    def _rule(self, rule_id: str) -> tuple[Rulebook, Rule] | None:
        for rulebook in self._rulebooks:
            for rule in rulebook.rules:
                if rule.id == rule_id:
                    return rulebook, rule
        return None

    def still_breaks(self, rule_id: str, contacts: Sequence[Contact]) -> bool:
        """Whether a rule finds something in all of some contacts where there are no others.

        That says nothing of a rule that depends on what did not happen.
        """
        rulebook_and_rule = self._rule(rule_id)
        if rulebook_and_rule is None:
            return False
        rulebook, rule = rulebook_and_rule
        if rule.predicate in _BY_ABSENCE:
            return False
        alone = replace(rulebook, rules=(rule,))
        events = {contact.event_id for contact in contacts}
        cited_hits = Scanner([alone], contacts, self._surroundings).cited_hits()
        return any(
            set(cited_hit.citation.suggestion.event_ids()) == events for cited_hit in cited_hits
        )


_BY_ABSENCE = frozenset({"third_parties", "notice_due", "required_content"})
"""Predicates that more events can refute, so that a part of them proves nothing."""


def uncounted(contacts: Sequence[Contact]) -> tuple[Uncounted, ...]:
    """The events that no rule can count: something is missing, or nobody knows who it was."""
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
        return Missing.ROLE if contact.number else Missing.NUMBER
    if contact.role not in COLLECTING:
        return None
    if contact.direction is Direction.NONE:
        return Missing.DIRECTION
    if contact.is_clock_wrong:
        return Missing.CLOCK
    return Missing.TIME if contact.day is None else None
