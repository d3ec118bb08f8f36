"""Which contacts a rule may count: of whom it binds, on days when it was in force."""

from __future__ import annotations

from datetime import date
from functools import cache

from evidence_app.model.rulebook import CollectorKind, Rule
from evidence_app.rulebook.contact import Contact
from evidence_app.rulebook.contacts import Contacts

_Kinds = tuple[CollectorKind, CollectorKind]
_Binding = tuple[frozenset[_Kinds], date | None, date | None, bool]


class View:
    """The contacts by one clock, and those of them that rules of one scope may count."""

    def __init__(self, everything: Contacts) -> None:
        self._everything = everything
        self._kinds = frozenset(
            (contact.kind, contact.creditor_kind)
            for contact in (*everything.all, *everything.undated)
            if contact.own_act is None
        )
        days = [contact.day for contact in everything.all if contact.day is not None]
        self._first, self._last = min(days, default=date.min), max(days, default=date.max)
        self._bound: dict[_Binding, Contacts] = {(self._kinds, None, None, True): everything}

    def may_hold(self, contact: Contact) -> bool:
        """Whether a contact may be added without making other rules count other contacts."""
        if contact.own_act is not None:
            return True
        is_known = (contact.kind, contact.creditor_kind) in self._kinds
        return is_known and (contact.day is None or self._first <= contact.day <= self._last)

    def bound(self, rule: Rule) -> Contacts:
        """The contacts that a rule may count: of whom it binds, on days when it was in force.

        A collector of an unknown kind is counted; the suggestion then says what it depends on.
        """
        binding = self._binding(rule)
        if binding not in self._bound:
            kinds, since, until, is_in_force = binding

            def is_bound(contact: Contact) -> bool:
                return contact.own_act is not None or (
                    (contact.kind, contact.creditor_kind) in kinds
                    and _is_in_force(contact.day, since, until, is_in_force)
                )

            self._bound[binding] = self._everything.only(is_bound)
        return self._bound[binding]

    def _binding(self, rule: Rule) -> _Binding:
        """What of the contacts a rule may count; the same for all rules that may count the same."""
        kinds = frozenset(kind for kind in self._kinds if _may_bind(rule, *kind))
        provision = rule.provision
        if provision is None:
            return kinds, None, None, True
        since, until = provision.in_force_from, provision.in_force_until
        return (
            kinds,
            since if since is not None and since > self._first else None,
            until if until is not None and until < self._last else None,
            until is None,
        )


def _is_in_force(
    day: date | None, since: date | None, until: date | None, is_in_force: bool
) -> bool:
    """Whether a rule was in force on a day; of an unknown day, whether it still is."""
    if day is None:
        return is_in_force
    return (since is None or day >= since) and (until is None or day <= until)


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
