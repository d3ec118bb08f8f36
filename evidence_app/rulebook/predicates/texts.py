"""Predicates on texts: what a text says, and what it must say but does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, islice

from evidence_app.model.event import EventType
from evidence_app.model.suggestion import Missing, SubjectRole
from evidence_app.rulebook.contact import CHANNELS, Contact, Passage
from evidence_app.rulebook.contacts import Contacts
from evidence_app.rulebook.lexicon import Match, Speaker, Strength
from evidence_app.rulebook.predicates.base import Hit, by_day, holds, subjects

_PASSAGE = 160


@dataclass(frozen=True, slots=True)
class SaidInText:
    """Messages whose words show a violation type, by the lexicon.

    Attributes:
        violation: The violation type's code.
    """

    violation: str

    @property
    def reach(self) -> int | None:
        """Each message stands for itself."""
        return 0

    def hits(self, contacts: Contacts) -> Iterator[Hit]:
        """One hit for each message, document, picture or recording."""
        for contact, several in groupby(contacts.texts, key=lambda read: read.contact):
            strong = [
                (read.passage, match)
                for read in several
                if (match := read.matches.get(self.violation)) is not None
                and match.strength is Strength.STRONG
            ]
            if strong:
                passage, match = min(
                    strong, key=lambda passage_and_match: _doubts(passage_and_match[0])
                )
                yield _hit(contact, passage, match)


def _doubts(passage: Passage) -> int:
    return (passage.speaker is not Speaker.COLLECTOR) + passage.is_read_by_machine


def _hit(contact: Contact, passage: Passage, match: Match) -> Hit:
    day = passage.day or contact.day
    doubts = {
        Missing.SPEAKER: passage.speaker is not Speaker.COLLECTOR,
        Missing.TIME: day is None,
        Missing.UNCONFIRMED: passage.is_read_by_machine,
    }
    return Hit(
        subjects([contact], SubjectRole.ACT),
        {"quote": match.quote[:_PASSAGE], "day": day.isoformat() if day is not None else ""},
        tuple(doubt for doubt, is_there in doubts.items() if is_there),
        contact.day,
    )


@dataclass(frozen=True, slots=True)
class RequiredContent:
    """Each message of a kind must contain something: a way to opt out, who writes, for whom.

    Attributes:
        channels: Which messages.
        fields: What must be there, by name: one of the phrases of each has to occur.
        is_first_only: Whether only the first message of each collector must hold them.
    """

    channels: tuple[str, ...]
    fields: Mapping[str, tuple[str, ...]]
    is_first_only: bool = False

    @property
    def reach(self) -> int | None:
        """Each day stands for itself, but which message is the first depends on all."""
        return None if self.is_first_only else 0

    def hits(self, contacts: Contacts) -> Iterator[Hit]:
        """One hit for each collector and day."""
        types: frozenset[EventType] = frozenset().union(*(CHANNELS[name] for name in self.channels))
        for everything in contacts.theirs_by(("collector",)).values():
            group = (contact for contact in everything if contact.type in types)
            examined = list(islice(group, 1) if self.is_first_only else group)
            lacking = {contact.event_id: self._lacking(contact) for contact in examined}
            incomplete = [contact for contact in examined if lacking[contact.event_id]]
            for day, of_day in by_day(incomplete).items():
                names = {name for contact in of_day for name in lacking[contact.event_id]}
                yield Hit(
                    subjects(of_day, SubjectRole.ACT),
                    {
                        "count": len(of_day),
                        "day": day.isoformat(),
                        "lacking": [name for name in self.fields if name in names],
                    },
                    day=day,
                )

    def _lacking(self, contact: Contact) -> list[str]:
        """What a message lacks; nothing where its words are not known."""
        if not contact.text.strip():
            return []
        return [name for name, phrases in self.fields.items() if not holds(contact.text, phrases)]
