"""A suggestion with all that it cites, and what the person decided on it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from evidence_app.model.finding import FindingStatus
from evidence_app.model.rulebook import Rule, Rulebook
from evidence_app.model.suggestion import EventRole, Suggestion


@dataclass(frozen=True, slots=True)
class Citation:
    """One rule that the same events may have broken.

    Attributes:
        suggestion: What the rule makes of them.
        rule: The rule, with provision and words.
        rulebook: Where it stands.
    """

    suggestion: Suggestion
    rule: Rule
    rulebook: Rulebook


@dataclass(frozen=True, slots=True)
class Suggested:
    """That some events may show a violation, by one rule or several.

    Attributes:
        id: The same each time as long as violation and events are the same.
        citations: What they may have broken, the strongest first; at least one.
        item_ids: The items in which the events stand.
        evidence_digest: SHA-256 over what the rules saw of the events.
        status: What the person decided on exactly this; suggested if nothing.
        before: What the person decided on it when its evidence was another; None if nothing. It
            is shown again because the evidence changed.
        finding_id: The finding that holds the decision, or the one of before; None if none.
    """

    id: str
    citations: tuple[Citation, ...]
    item_ids: tuple[int, ...]
    evidence_digest: str
    status: FindingStatus = FindingStatus.SUGGESTED
    before: FindingStatus | None = None
    finding_id: int | None = None

    @property
    def suggestion(self) -> Suggestion:
        """By the strongest rule."""
        return self.citations[0].suggestion

    @property
    def rule(self) -> Rule:
        """The strongest."""
        return self.citations[0].rule

    @property
    def rulebook(self) -> Rulebook:
        """That of the strongest rule."""
        return self.citations[0].rulebook

    @property
    def violation(self) -> str:
        """The violation type's code."""
        return self.suggestion.violation

    @property
    def subjects(self) -> tuple[EventRole, ...]:
        """The events, and what they are to it."""
        return self.suggestion.subjects


class LookAgain(StrEnum):
    """Why a confirmed finding has lost its ground. It stays until the person decides."""

    EVIDENCE_CHANGED = "evidence_changed"
    EVENT_GONE = "event_gone"
    RULE_GONE = "rule_gone"
    NOT_BROKEN = "not_broken"
