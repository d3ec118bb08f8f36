"""Parties: persons and organisations, and the numbers and addresses they use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evidence_app.model.rulebook import CollectorKind


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
        kind: What it is as a lender or collector, as far as the person could tell.
        acts_for: The number of the party for which it collects; None if nobody said.
    """

    id: int
    role: Role
    name: str
    identifiers: tuple[Identifier, ...] = ()
    note: str = ""
    event_count: int = 0
    kind: CollectorKind = CollectorKind.UNKNOWN
    acts_for: int | None = None

    def label(self) -> str:
        """The name, else the first identifier."""
        return self.name or (self.identifiers[0].raw if self.identifiers else "")


@dataclass(frozen=True, slots=True)
class Debt:
    """What the person owes to somebody, or is said to owe.

    Attributes:
        id: Its number in the case.
        creditor: The number of the party to which it is owed.
        product: What kind of loan, in the person's words.
        number: The number of the contract or account, as the person knows it.
        amount: With its currency, as the person writes it.
        borrowed_on: None if not known.
        due_on: When it was to be paid; None if not known.
        days_overdue: None if not known.
        note: The person's words.
    """

    id: int
    creditor: int
    product: str = ""
    number: str = ""
    amount: str = ""
    borrowed_on: date | None = None
    due_on: date | None = None
    days_overdue: int | None = None
    note: str = ""
