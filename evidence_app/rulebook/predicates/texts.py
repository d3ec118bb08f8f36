"""What a text says, and what a text must say and does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from evidence_app.model.event import Direction, EventType
from evidence_app.model.party import Role
from evidence_app.model.suggestion import Missing, SubjectRole
from evidence_app.rulebook.contact import CHANNELS, COLLECTING, Contact
from evidence_app.rulebook.lexicon import lexicon
from evidence_app.rulebook.predicates.base import Contacts, Hit, by_day, grouped, subjects

_PASSAGE = 160


@dataclass(frozen=True, slots=True)
class SaidInText:
    """Messages whose words show a violation type, by the lexicon.

    Attributes:
        violation: The violation type's code.
    """

    violation: str

    def hits(self, contacts: Contacts) -> Iterator[Hit]:
        """One hit for each message."""
        for contact in contacts.all:
            if not may_be_theirs(contact) or not contact.text:
                continue
            match = lexicon().classify(contact.text).get(self.violation)
            if match is not None:
                yield Hit(
                    subjects([contact], SubjectRole.ACT),
                    {"quote": match.quote[:_PASSAGE], "strength": match.strength.value},
                    () if contact.role in COLLECTING else (Missing.SPEAKER,),
                )


def may_be_theirs(contact: Contact) -> bool:
    """Whether a collector may have said it: what the person said themselves never counts."""
    return contact.direction is not Direction.OUTGOING and contact.role not in (
        Role.ME,
        Role.THIRD_PARTY,
        Role.AUTHORITY,
    )


@dataclass(frozen=True, slots=True)
class RequiredContent:
    """Each message of a kind must hold some words: a way to opt out, who writes, for whom.

    Attributes:
        channels: Which messages.
        patterns: Regular expressions, one of which has to match; case does not matter.
        is_first_only: Whether only the first message of each collector must hold them.
    """

    channels: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]
    is_first_only: bool = False

    def hits(self, contacts: Contacts) -> Iterator[Hit]:
        """One hit for each collector and day."""
        types: frozenset[EventType] = frozenset().union(*(CHANNELS[name] for name in self.channels))
        written = [contact for contact in contacts.theirs if contact.type in types and contact.text]
        for group in grouped(written, ("collector",)).values():
            asked = group[:1] if self.is_first_only else group
            lacking = [contact for contact in asked if not self._has(contact.text)]
            for day, of_day in by_day(lacking).items():
                yield Hit(
                    subjects(of_day, SubjectRole.ACT),
                    {"count": len(of_day), "day": day.isoformat()},
                )

    def _has(self, text: str) -> bool:
        return any(pattern.search(text) for pattern in self.patterns)
