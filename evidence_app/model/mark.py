"""Marks: what the person draws on evidence, and what is to be blacked out in exports."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from evidence_app.model.region import Region


class MarkKind(StrEnum):
    """What a mark is."""

    HIGHLIGHT = "highlight"
    ARROW = "arrow"
    TEXT = "text"
    NUMBER = "number"
    REDACTION = "redaction"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a recording, in seconds from its beginning."""

    start_s: float
    end_s: float

    def touches(self, other: Stretch) -> bool:
        """Whether the two have any moment in common."""
        return self.start_s < other.end_s and other.start_s < self.end_s


@dataclass(frozen=True, slots=True)
class Words:
    """Characters of an event's text, counted from 0; ``end`` is behind the last one."""

    event_id: int
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Mark:
    """Something marked on evidence.

    Attributes:
        id: Its number in the case.
        item_id: The item that it is on.
        kind: What it is.
        page: Of a document, from 1; None elsewhere.
        box: Where on a picture or page, or None.
        stretch: Where in a recording, or None.
        words: Which words of a message, or None.
        text: What a text or a number says; empty for the others.
        note: The person's words on it; of a redaction, why it is blacked out.
    """

    id: int
    item_id: int
    kind: MarkKind
    page: int | None = None
    box: Region | None = None
    stretch: Stretch | None = None
    words: Words | None = None
    text: str = ""
    note: str = ""

    @property
    def place(self) -> Region | Stretch | Words | None:
        """Where it is."""
        return self.box or self.stretch or self.words
