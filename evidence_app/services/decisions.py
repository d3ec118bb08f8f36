"""What the person decided, laid on what the rules suggest now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from evidence_app.model.finding import Finding, FindingStatus, Ground, SubjectKind
from evidence_app.model.suggested import LookAgain, Suggested
from evidence_app.rulebook.contact import Contact
from evidence_app.rulebook.scan import Scanner


def applied(suggestions: Sequence[Suggested], decided: Sequence[Finding]) -> tuple[Suggested, ...]:
    """The suggestions with what was decided on them.

    One on which nothing was decided, but on an earlier form of it, says so: one of the same rule
    that rested on some of the same acts, or on the same acts as they were before a correction.

    Args:
        suggestions: What the rules suggest now.
        decided: The findings that came from suggestions.
    """
    if not decided:
        return tuple(suggestions)
    by_id = {ground.suggestion: finding for finding, ground in _grounds(decided)}
    now = {suggested.id for suggested in suggestions}
    by_act: dict[tuple[str, int], Finding] = {}
    for finding, ground in _grounds(decided):
        if ground.suggestion not in now:
            for event_id in finding.acts():
                by_act[ground.rule, event_id] = finding
    return tuple(_applied(suggested, by_id.get(suggested.id), by_act) for suggested in suggestions)


def _grounds(decided: Iterable[Finding]) -> Iterable[tuple[Finding, Ground]]:
    return ((finding, finding.ground) for finding in decided if finding.ground is not None)


def _applied(
    suggested: Suggested, decision: Finding | None, by_act: Mapping[tuple[str, int], Finding]
) -> Suggested:
    if decision is not None and decision.ground is not None:
        if decision.ground.evidence_digest == suggested.evidence_digest:
            return replace(suggested, status=decision.status, finding_id=decision.id)
        return replace(suggested, before=decision.status, finding_id=decision.id)
    if not by_act:
        return suggested
    for citation in suggested.citations:
        for event_id in suggested.suggestion.acts():
            earlier = by_act.get((citation.rule.id, event_id))
            if earlier is not None:
                return replace(suggested, before=earlier.status, finding_id=earlier.id)
    return suggested


class Grounds:
    """Whether what confirmed findings rest on still holds."""

    def __init__(
        self,
        scanner: Scanner,
        contacts: Mapping[int, Contact],
        suggestions: Sequence[Suggested],
        digest: Callable[[Iterable[int]], str],
    ) -> None:
        """Look at findings.

        Args:
            scanner: Knows the rules that the case asks.
            contacts: The events as they are now, by number.
            suggestions: What the rules suggest now.
            digest: What rules see of some events, in one word.
        """
        self._scanner = scanner
        self._suggested = {suggested.id: suggested for suggested in suggestions}
        self._events_by_rule: dict[str, list[frozenset[int]]] = {}
        self._contacts = contacts
        self._digest = digest

    def lost(self, decided: Sequence[Finding]) -> dict[int, LookAgain]:
        """The confirmed findings that have lost their ground, and why, by their number."""
        lost = {}
        for finding, ground in _grounds(decided):
            if finding.status is FindingStatus.CONFIRMED:
                doubt = self._doubt(finding, ground)
                if doubt is not None:
                    lost[finding.id] = doubt
        return lost

    def _doubt(self, finding: Finding, ground: Ground) -> LookAgain | None:
        same = self._suggested.get(ground.suggestion)
        events = list(finding.subjects_of(SubjectKind.EVENT))
        if any(event_id not in self._contacts for event_id in events):
            return LookAgain.EVENT_GONE
        if self._digest(events) != ground.evidence_digest:
            return LookAgain.EVIDENCE_CHANGED
        rule = ground.rule
        if same is not None and any(citation.rule.id == rule for citation in same.citations):
            return None
        if not self._scanner.has_rule(rule):
            return LookAgain.RULE_GONE
        acts = set(finding.acts())
        if any(acts <= events_of for events_of in self._by_rule(rule)):
            return None
        # A fuller window may have taken its place: the events are asked about by themselves.
        contacts = [self._contacts[event_id] for event_id in events]
        return None if self._scanner.still_breaks(rule, contacts) else LookAgain.NOT_BROKEN

    def _by_rule(self, rule: str) -> list[frozenset[int]]:
        """The events of each suggestion of a rule."""
        if rule not in self._events_by_rule:
            self._events_by_rule[rule] = [
                frozenset(suggested.suggestion.event_ids())
                for suggested in self._suggested.values()
                if any(citation.rule.id == rule for citation in suggested.citations)
            ]
        return self._events_by_rule[rule]
