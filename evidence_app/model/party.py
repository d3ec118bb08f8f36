"""Parties: persons and organisations, and the numbers and addresses they use."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a party is to the case."""

    ME = "me"
    CREDITOR = "creditor"
    AGENCY = "agency"
    COLLECTOR = "collector"
    THIRD_PARTY = "third_party"
    AUTHORITY = "authority"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number, address or handle.

    Attributes:
        raw: As first written.
        normalized: The form by which it is compared.
    """

    raw: str
    normalized: str


@dataclass(frozen=True, slots=True)
class Party:
    """A person or organisation.

    Attributes:
        id: Its number in the case.
        role: What it is to the case.
        name: Empty if not known.
        identifiers: Its numbers and addresses.
        note: The person's words.
        event_count: In how many events it takes part.
    """

    id: int
    role: Role
    name: str
    identifiers: tuple[Identifier, ...] = ()
    note: str = ""
    event_count: int = 0

    def label(self) -> str:
        """The name, else the first identifier."""
        return self.name or (self.identifiers[0].raw if self.identifiers else "")
