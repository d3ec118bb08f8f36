"""Tags of the person's own, and findings: these acts show this violation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SubjectKind(StrEnum):
    """What can be tagged."""

    ITEM = "item"
    EVENT = "event"


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """An item or an event, by its number in the case."""

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
    """Suggested by the program, or decided by the person."""

    SUGGESTED = "suggested"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Finding:
    """That a subject shows a violation.

    Attributes:
        id: Its number in the case.
        violation: The violation type's code.
        status: Who stands behind it.
        subject: The item or event that shows it.
        note: The person's words.
        created_at: Aware.
    """

    id: int
    violation: str
    status: FindingStatus
    subject: Subject
    note: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Labels:
    """What is on a subject.

    Attributes:
        violations: Codes of the confirmed findings, in the order of the taxonomy.
        tags: The person's own tags.
    """

    violations: tuple[str, ...] = ()
    tags: tuple[Tag, ...] = ()
