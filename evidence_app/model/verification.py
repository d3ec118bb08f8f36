"""What a check of a case file has found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MismatchKind(StrEnum):
    """What does not agree."""

    DATABASE = "database"
    ORIGINAL = "original"
    ORIGINAL_SIZE = "original_size"
    ITEM_ORIGINAL = "item_original"
    ENTRY_HASH = "entry_hash"
    ENTRY_LINK = "entry_link"
    ENTRY_MISSING = "entry_missing"


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One thing that is not as it was.

    Attributes:
        kind: What does not agree.
        where: An item's file name, the number of a log entry, or a place in the database.
        expected: What it should be.
        found: What it is.
    """

    kind: MismatchKind
    where: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome of a check.

    Attributes:
        originals: How many originals were hashed again.
        size: How many bytes they have together.
        entries: How many entries of the custody log were checked.
        head: The hash of the newest entry.
        mismatches: Everything that does not agree; nothing if the case is intact.
    """

    originals: int
    size: int
    entries: int
    head: str
    mismatches: tuple[Mismatch, ...]

    @property
    def is_intact(self) -> bool:
        """Whether nothing was found."""
        return not self.mismatches
