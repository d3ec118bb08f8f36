"""How well a process is closed off, as data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Gap(StrEnum):
    """What a closed-off process could still do, because the system does not hold it back.

    Attributes:
        READS_FILES: Read the person's files.
        WRITES_FILES: Change or add files outside of its own folder.
        ACTS: Start programs, open connections, meddle with other programs.
        UNTRIED: Perhaps all of it: the measures were never tried on such a system by us.
    """

    READS_FILES = "reads_files"
    WRITES_FILES = "writes_files"
    ACTS = "acts"
    UNTRIED = "untried"


@dataclass(frozen=True, slots=True)
class Protection:
    """What holds a process that reads files from strangers.

    Attributes:
        gaps: What does not hold; empty if everything does.
        reasons: Why, for the log: what the system lacks or refused.
    """

    gaps: frozenset[Gap] = frozenset()
    reasons: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether everything holds."""
        return not self.gaps

    def and_also(self, other: Protection) -> Protection:
        """The gaps of both together."""
        return Protection(self.gaps | other.gaps, (*self.reasons, *other.reasons))

    def values(self) -> list[list[str]]:
        """As JSON values."""
        return [sorted(self.gaps), list(self.reasons)]


WHOLE = Protection()


def lacking(reason: str, *gaps: Gap) -> Protection:
    """A protection with gaps that have one reason."""
    return Protection(frozenset(gaps), (reason,))


def joined(parts: Iterable[Protection]) -> Protection:
    """What several measures hold together."""
    combined = WHOLE
    for part in parts:
        combined = combined.and_also(part)
    return combined


def protection_back(values: Sequence[Sequence[str]]) -> Protection:
    """The reverse of `Protection.values`.

    Raises:
        ValueError, TypeError: They are no such values.
    """
    gaps, reasons = values
    return Protection(frozenset(map(Gap, gaps)), tuple(str(reason)[:200] for reason in reasons))
