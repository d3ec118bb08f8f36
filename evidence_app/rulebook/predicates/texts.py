"""What a text says, and what a text must say and does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from evidence_app.model.event import EventType
from evidence_app.model.suggestion import Missing, SubjectRole
from evidence_app.rulebook.contact import CHANNELS, Contact
from evidence_app.rulebook.contacts import Contacts
from evidence_app.rulebook.lexicon import Speaker, Strength
from evidence_app.rulebook.predicates.base import Hit, by_day, holds, speaker_of, subjects

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
        """One hit for each message."""
        for contact, matches in contacts.texts:
            match = matches.get(self.violation)
            if match is not None and match.strength is Strength.STRONG:
                is_sure = speaker_of(contact) is Speaker.COLLECTOR
                yield Hit(
                    subjects([contact], SubjectRole.ACT),
                    {
                        "quote": match.quote[:_PASSAGE],
                        "day": contact.day.isoformat() if contact.day is not None else "",
                    },
                    () if is_sure else (Missing.SPEAKER,),
                    contact.day,
                )


@dataclass(frozen=True, slots=True)
class RequiredContent:
    """Each message of a kind must hold some things: a way to opt out, who writes, for whom.

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
            asked = list(islice(group, 1) if self.is_first_only else group)
            lacking = {contact.event_id: self._lacking(contact) for contact in asked}
            incomplete = [contact for contact in asked if lacking[contact.event_id]]
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
        return [name for name, words in self.fields.items() if not holds(contact.text, words)]
