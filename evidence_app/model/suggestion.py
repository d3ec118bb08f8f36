"""What the rules make of the events of a case: suggestions, which only the person can confirm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class SubjectRole(StrEnum):
    """What an event is to a finding."""

    ACT = "act"
    COUNTED = "counted"
    STARTED = "started"
    REFUSAL = "refusal"

    @property
    def is_theirs(self) -> bool:
        """Whether it is an act of the collectors, not the request that they disregarded."""
        return self in (SubjectRole.ACT, SubjectRole.COUNTED)


class Missing(StrEnum):
    """What would have to be known for the suggestion to be sure."""

    COLLECTOR_KIND = "collector_kind"
    ANSWERED = "answered"
    TIME = "time"
    ZONE = "zone"
    AGREED_TIME = "agreed_time"
    CONSENT = "consent"
    DEBT = "debt"
    SPEAKER = "speaker"
    ROLE = "role"
    DIRECTION = "direction"
    WRITTEN = "written"
    NOTICE = "notice"
    CONTENT = "content"
    OWN_NUMBER = "own_number"
    UNCONFIRMED = "unconfirmed"
    CLOCK = "clock"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class EventRole:
    """An event that a suggestion rests on, and as what."""

    event_id: int
    role: SubjectRole


@dataclass(frozen=True, slots=True)
class Suggestion:
    """That some events may have broken a rule.

    Attributes:
        rule_id: The rule.
        rulebook_id: Its rulebook.
        violation: The violation type's code.
        subjects: The events that it rests on, in the order of their times.
        arithmetic: What was counted, as data: numbers and ISO 8601 texts by name.
        missing: What is not known and could refute or weaken it.
    """

    rule_id: str
    rulebook_id: str
    violation: str
    subjects: tuple[EventRole, ...]
    arithmetic: Mapping[str, Any]
    missing: tuple[Missing, ...] = ()

    def event_ids(self) -> tuple[int, ...]:
        """The events, without what they are to it."""
        return tuple(subject.event_id for subject in self.subjects)

    def acts(self) -> tuple[int, ...]:
        """The events that are acts of theirs."""
        return tuple(
            subject_role.event_id for subject_role in self.subjects if subject_role.role.is_theirs
        )
