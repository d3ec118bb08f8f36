"""What a mutation changed, so that views refresh only if it touches them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Area(StrEnum):
    """The parts of a case that views show."""

    CASE = "case"
    ITEMS = "items"
    EVENTS = "events"
    PARTIES = "parties"
    TAGS = "tags"
    FINDINGS = "findings"
    MARKS = "marks"
    PROPOSALS = "proposals"
    COMPLAINTS = "complaints"
    QUESTIONS = "questions"
    CUSTODY = "custody"


@dataclass(frozen=True, slots=True)
class Changes:
    """What a mutation touched.

    Attributes:
        areas: Which parts of the case.
        entry: The number of the custody entry that records it; 0 if nothing changed.
    """

    areas: frozenset[Area] = field(default_factory=frozenset)
    entry: int = 0

    def touches(self, *areas: Area) -> bool:
        """Whether any of ``areas`` was touched."""
        return not self.areas.isdisjoint(areas)
