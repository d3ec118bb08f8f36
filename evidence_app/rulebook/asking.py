"""One rule that is asked about contacts, and again about what changed of them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date, timedelta

from evidence_app.model.rulebook import Rule, Rulebook
from evidence_app.model.suggested import Citation
from evidence_app.model.suggestion import Missing, Suggestion
from evidence_app.rulebook.binding import is_bound
from evidence_app.rulebook.contacts import Contacts, Replaced
from evidence_app.rulebook.grouping import identity
from evidence_app.rulebook.parameters import predicate_of
from evidence_app.rulebook.predicates.base import Hit, group_of
from evidence_app.rulebook.predicates.counts import CountInDays, Window

Slices = dict[tuple[int, date, date], Contacts]
"""Contacts of some days, shared by all rules that ask about the same."""
Delta = tuple[Sequence["CitedHit"], Sequence["CitedHit"]]
"""What is found no longer, and what is new."""


class AskedRule:
    """A rule, the contacts that it may count, and what it found in them.

    Attributes:
        contacts: The contacts, which others change.
    """

    def __init__(self, rulebook: Rulebook, rule: Rule, contacts: Contacts) -> None:
        self.contacts = contacts
        self._rulebook = rulebook
        self._rule = rule
        self._predicate = predicate_of(rule.predicate, rule.parameters, rule.violation)
        self._cited_hits: dict[Hashable, list[CitedHit]] = {}
        self._in_order: list[CitedHit] | None = None

    def cited_hits(self) -> Iterator[CitedHit]:
        """What breaks the rule, by day."""
        if self._in_order is None:
            every = (cited_hit for several in self._cited_hits.values() for cited_hit in several)
            self._in_order = sorted(every, key=_day_and_event)
        yield from self._in_order

    def ask(self) -> None:
        """Ask about all contacts."""
        self._cited_hits, self._in_order = {}, None
        if self._is_by_group():
            for key in self.contacts.theirs_by(self._counter().per):
                self._ask_group(key, frozenset())
        elif self.contacts.all or self.contacts.undated:
            for hit in self._predicate.hits(self.contacts):
                self._cited_hits.setdefault(hit.day, []).append(self._cited(hit, self.contacts))

    def ask_again(self, replaced: Replaced, slices: Slices) -> Delta:
        """Ask about what changed.

        Args:
            replaced: The contacts that were changed, as they were and as they are.
            slices: Contacts of some days; grows.

        Returns:
            What is found no longer, and what is new.
        """
        if not replaced:
            return [], []
        self._in_order = None
        before = self._cited_hits
        self._cited_hits = dict(before)
        self._ask_what_changed(replaced, slices)
        changed = {
            key
            for key in before.keys() | self._cited_hits.keys()
            if before.get(key) is not self._cited_hits.get(key)
        }
        gone = {id(cited_hit): cited_hit for key in changed for cited_hit in before.get(key, ())}
        new = {
            id(cited_hit): cited_hit
            for key in changed
            for cited_hit in self._cited_hits.get(key, ())
        }
        return (
            [cited_hit for key, cited_hit in gone.items() if key not in new],
            [cited_hit for key, cited_hit in new.items() if key not in gone],
        )

    def _ask_what_changed(self, replaced: Replaced, slices: Slices) -> None:
        if self._is_by_group():
            self._ask_groups(replaced)
        elif self._predicate.reach is None:
            self.ask()
        else:
            for day in {contact.day for contact in replaced if contact.day is not None}:
                self._ask_around(day, self._predicate.reach, slices)
            if any(contact.day is None for contact in replaced):
                self._ask_undated()

    def _ask_undated(self) -> None:
        """Ask about what stands in texts of which nobody knows the day."""
        self._cited_hits.pop(None, None)
        undated = self.contacts.without_day()
        for hit in self._predicate.hits(undated):
            self._cited_hits.setdefault(None, []).append(self._cited(hit, undated))

    def _ask_around(self, day: date, reach: int, slices: Slices) -> None:
        affected = [day + timedelta(n) for n in range(-reach, reach + 1)]
        first, last = day - timedelta(2 * reach), day + timedelta(2 * reach)
        key = id(self.contacts), first, last
        if key not in slices:
            slices[key] = self.contacts.between(first, last)
        for affected_day in affected:
            self._cited_hits.pop(affected_day, None)
        for hit in self._predicate.hits(slices[key]):
            if hit.day in affected:
                self._cited_hits.setdefault(hit.day, []).append(self._cited(hit, slices[key]))

    def _is_by_group(self) -> bool:
        return isinstance(self._predicate, CountInDays) and self._predicate.reach is None

    def _counter(self) -> CountInDays:
        assert isinstance(self._predicate, CountInDays)
        return self._predicate

    def _ask_groups(self, replaced: Replaced) -> None:
        touched: dict[Hashable, set[date]] = {}
        for contact in replaced:
            if contact.is_theirs and contact.day is not None:
                key = group_of(contact, self._counter().per)
                touched.setdefault(key, set()).add(contact.day)
        for group, days in touched.items():
            if isinstance(group, tuple):
                self._ask_group(group, days)

    def _ask_group(self, key: tuple[Hashable, ...], touched: Iterable[date]) -> None:
        before: dict[Window, CitedHit] = {}
        for cited_hit in self._cited_hits.pop(key, ()):
            is_unsure = Missing.ANSWERED in cited_hit.hit.missing
            before[str(cited_hit.hit.arithmetic["to"]), is_unsure] = cited_hit
        hits = {window: cited_hit.hit for window, cited_hit in before.items()}
        by_hit = {id(cited_hit.hit): cited_hit for cited_hit in before.values()}
        cited_hits = [
            by_hit.get(id(hit)) or self._cited(hit, self.contacts)
            for hit in self._counter().hits_of(key, self.contacts, hits, frozenset(touched))
        ]
        if cited_hits:
            self._cited_hits[key] = cited_hits

    def _cited(self, hit: Hit, contacts: Contacts) -> CitedHit:
        rule = self._rule
        suggestion = Suggestion(
            rule.id,
            self._rulebook.id,
            rule.violation,
            hit.subjects,
            hit.arithmetic,
            _missing(rule, hit, contacts),
        )
        return CitedHit(hit, Citation(suggestion, rule, self._rulebook))


def _day_and_event(cited_hit: CitedHit) -> tuple[date, int]:
    return cited_hit.hit.day or date.min, cited_hit.hit.subjects[0].event_id


class CitedHit:
    """A hit with what it cites. It is kept as long as none of its events is changed."""

    __slots__ = ("_id", "citation", "hit")

    def __init__(self, hit: Hit, citation: Citation) -> None:
        self.hit = hit
        self.citation = citation
        self._id = ""

    @property
    def id(self) -> str:
        """The identity of the events and of what they may show."""
        if not self._id:
            self._id = identity(self.citation.suggestion)
        return self._id


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
