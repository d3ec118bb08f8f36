"""Tags of the person's own, and findings: these acts show this violation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from evidence_app.model.suggestion import Missing, SubjectRole


class SubjectKind(StrEnum):
    """What a finding can rest on. Only items and events can be tagged."""

    ITEM = "item"
    EVENT = "event"
    MARK = "mark"


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """An item, an event or a mark, by its number in the case."""

    kind: SubjectKind
    id: int

    def public_id(self) -> str:
        """As written on the command line: ``i12`` or ``e3456``."""
        return f"{self.kind[0]}{self.id}"


@dataclass(frozen=True, slots=True)
class Tag:
    """A label of the person's own.

    Attributes:
        id: Its number in the case.
        name: What it says.
        colour: ``#rrggbb``.
        use_count: On how many items and events it is.
    """

    id: int
    name: str
    colour: str
    use_count: int = 0


class FindingStatus(StrEnum):
    """Suggested by the program, or decided by the person. Only decisions are kept."""

    SUGGESTED = "suggested"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class FindingSubject:
    """What a finding rests on, and as what."""

    subject: Subject
    role: SubjectRole


@dataclass(frozen=True, slots=True)
class Ground:
    """The suggestion that a finding came from, as it was when the person decided.

    Attributes:
        suggestion: Its identity: the violation and the events.
        rulebook: The id of the rulebook.
        rulebook_version: The day on which the rulebook's facts were checked.
        rule: The id of the rule that was cited first.
        arithmetic: What was counted.
        missing: What was not known.
        evidence_digest: SHA-256 over what the rules saw of the events.
    """

    suggestion: str
    rulebook: str
    rulebook_version: str
    rule: str
    arithmetic: Mapping[str, Any]
    missing: tuple[Missing, ...]
    evidence_digest: str


@dataclass(frozen=True, slots=True)
class Finding:
    """That some acts show a violation, as the person decided.

    Attributes:
        id: Its number in the case.
        violation: The violation type's code.
        status: What was decided.
        subject: Where it stands: the act itself, or what completes the count.
        note: The person's words on it.
        created_at: When it was first decided on; aware.
        subjects: All that it rests on, `subject` among them.
        ground: The suggestion that it came from; None if it was made by hand.
        reason: Why it was decided so, in the person's words.
        decided_at: When it was last decided on; aware. None in cases of older versions.
        decided_by: The name under which the person was logged in; empty if not known.
    """

    id: int
    violation: str
    status: FindingStatus
    subject: Subject
    note: str
    created_at: datetime
    subjects: tuple[FindingSubject, ...] = ()
    ground: Ground | None = None
    reason: str = ""
    decided_at: datetime | None = None
    decided_by: str = ""

    def subjects_of(self, kind: SubjectKind) -> Iterator[int]:
        """The numbers of the items, events or marks that it rests on, each once."""
        ids = (
            subject_role.subject.id
            for subject_role in self.subjects
            if subject_role.subject.kind is kind
        )
        yield from dict.fromkeys(ids)

    def acts(self) -> list[int]:
        """The events that are acts of the collectors, without the request that they disregarded."""
        return [
            subject_role.subject.id
            for subject_role in self.subjects
            if subject_role.subject.kind is SubjectKind.EVENT and subject_role.role.is_theirs
        ]


@dataclass(frozen=True, slots=True)
class Labels:
    """What is on a subject.

    Attributes:
        violations: Codes of the confirmed findings, in the order of the taxonomy.
        tags: The person's own tags.
    """

    violations: tuple[str, ...] = ()
    tags: tuple[Tag, ...] = ()
