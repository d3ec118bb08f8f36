"""What the person decided, laid on what the rules suggest now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from evidence_app.model.finding import Finding, FindingStatus, Ground, SubjectKind
from evidence_app.model.suggested import LookAgain, Suggested
from evidence_app.rulebook.contact import Contact
from evidence_app.rulebook.scan import Scanner


def applied(found: Sequence[Suggested], decided: Sequence[Finding]) -> tuple[Suggested, ...]:
    """The suggestions with what was decided on them.

    One on which nothing was decided, but on an earlier form of it, says so: one of the same rule
    that rested on some of the same acts, or on the same acts as they were before a correction.

    Args:
        found: What the rules suggest now.
        decided: The findings that came from suggestions.
    """
    if not decided:
        return tuple(found)
    by_id = {ground.suggestion: one for one, ground in _grounds(decided)}
    now = {one.id for one in found}
    by_act: dict[tuple[str, int], Finding] = {}
    for one, ground in _grounds(decided):
        if ground.suggestion not in now:
            for event_id in one.acts():
                by_act[ground.rule, event_id] = one
    return tuple(_applied(one, by_id.get(one.id), by_act) for one in found)


def _grounds(decided: Iterable[Finding]) -> Iterable[tuple[Finding, Ground]]:
    return ((one, one.ground) for one in decided if one.ground is not None)


def _applied(
    one: Suggested, decision: Finding | None, by_act: Mapping[tuple[str, int], Finding]
) -> Suggested:
    if decision is not None and decision.ground is not None:
        if decision.ground.evidence_digest == one.evidence_digest:
            return replace(one, status=decision.status, finding_id=decision.id)
        return replace(one, before=decision.status, finding_id=decision.id)
    if not by_act:
        return one
    for citation in one.citations:
        for event_id in one.suggestion.acts():
            earlier = by_act.get((citation.rule.id, event_id))
            if earlier is not None:
                return replace(one, before=earlier.status, finding_id=earlier.id)
    return one


class Grounds:
    """Whether what confirmed findings rest on still holds."""

    def __init__(
        self,
        scanner: Scanner,
        contacts: Mapping[int, Contact],
        found: Sequence[Suggested],
        digest: Callable[[Iterable[int]], str],
    ) -> None:
        """Look at findings.

        Args:
            scanner: Knows the rules that the case asks.
            contacts: The events as they are now, by number.
            found: What the rules suggest now.
            digest: What rules see of some events, in one word.
        """
        self._scanner = scanner
        self._found = {one.id: one for one in found}
        self._events_by_rule: dict[str, list[frozenset[int]]] = {}
        self._contacts = contacts
        self._digest = digest

    def lost(self, decided: Sequence[Finding]) -> dict[int, LookAgain]:
        """The confirmed findings that have lost their ground, and why, by their number."""
        lost = {}
        for one, ground in _grounds(decided):
            if one.status is FindingStatus.CONFIRMED:
                doubt = self._doubt(one, ground)
                if doubt is not None:
                    lost[one.id] = doubt
        return lost

    def _doubt(self, finding: Finding, ground: Ground) -> LookAgain | None:
        same = self._found.get(ground.suggestion)
        events = list(finding.subjects_of(SubjectKind.EVENT))
        if any(one not in self._contacts for one in events):
            return LookAgain.EVENT_GONE
        if self._digest(events) != ground.evidence_digest:
            return LookAgain.EVIDENCE_CHANGED
        rule = ground.rule
        if same is not None and any(one.rule.id == rule for one in same.citations):
            return None
        if not self._scanner.has_rule(rule):
            return LookAgain.RULE_GONE
        acts = set(finding.acts())
        if any(acts <= events_of for events_of in self._by_rule(rule)):
            return None
        # A fuller window may have taken its place: the events are asked about by themselves.
        contacts = [self._contacts[one] for one in events]
        return None if self._scanner.still_breaks(rule, contacts) else LookAgain.NOT_BROKEN

    def _by_rule(self, rule: str) -> list[frozenset[int]]:
        """The events of each suggestion of a rule."""
        if rule not in self._events_by_rule:
            self._events_by_rule[rule] = [
                frozenset(one.suggestion.event_ids())
                for one in self._found.values()
                if any(citation.rule.id == rule for citation in one.citations)
            ]
        return self._events_by_rule[rule]
