"""Contact in a time of rest: after a conversation, or after what the person asked or agreed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from evidence_app.model.event import Direction
from evidence_app.model.suggestion import EventRole, Missing, SubjectRole
from evidence_app.rulebook.contact import CALLS, COLLECTING, Contact, OwnAct
from evidence_app.rulebook.predicates.base import (
    Contacts,
    Hit,
    grouped,
    of_channels,
    subjects,
)


@dataclass(frozen=True, slots=True)
class Cooldown:
    """A call within some days after a conversation, whose day is the first of them.

    Attributes:
        days: How many days the rest lasts, the day of the conversation included.
        per: For what it is told, names of `GROUPINGS`.
    """

    days: int
    per: tuple[str, ...]

    def hits(self, contacts: Contacts) -> Iterator[Hit]:
        """One hit for each conversation that was followed by calls too early."""
        calls = [
            contact
            for contact in contacts.all
            if contact.type in CALLS and contact.role in COLLECTING
        ]
        for group in grouped(calls, self.per).values():
            yield from self._hits_of(group)

    def _hits_of(self, group: Sequence[Contact]) -> Iterator[Hit]:
        started: Contact | None = None
        early: list[Contact] = []
        for contact in group:
            if started is not None and self._is_within(started, contact):
                if contact.direction is Direction.INCOMING:
                    early.append(contact)
            elif early and started is not None:
                yield self._hit(started, early)
                early = []
            if contact.is_conversation:
                if early and started is not None:
                    yield self._hit(started, early)
                started, early = contact, []
        if early and started is not None:
            yield self._hit(started, early)

    def _is_within(self, started: Contact, contact: Contact) -> bool:
        if started.day is None or contact.day is None or contact is started:
            return False
        return contact.day < started.day + timedelta(self.days)

    def _hit(self, started: Contact, early: Sequence[Contact]) -> Hit:
        assert started.day is not None
        resumes = started.day + timedelta(self.days)
        unknown = "debt" in self.per and started.debt is None
        return Hit(
            (
                EventRole(started.event_id, SubjectRole.STARTED),
                *subjects(early, SubjectRole.COUNTED),
            ),
            {
                "count": len(early),
                "conversation": started.day.isoformat(),
                "days": self.days,
                "allowed_from": resumes.isoformat(),
            },
            (Missing.DEBT,) if unknown else (),
        )


@dataclass(frozen=True, slots=True)
class AfterOwnAct:
    """Contact after the person asked for an end, named a representative, agreed on instalments …

    Attributes:
        acts: The acts of the person after which contact must end.
        channels: Which contact is meant; empty: all.
        allowed: How many contacts are still allowed, such as one that confirms the end.
        grace_days: So many days after the act are left for it to arrive.
    """

    acts: tuple[OwnAct, ...]
    channels: tuple[str, ...] = ()
    allowed: int = 0
    grace_days: int = 0

    def hits(self, contacts: Contacts) -> Iterator[Hit]:
        """One hit for each act and each collector who went on."""
        theirs = of_channels(contacts.theirs, self.channels)
        for group in grouped(theirs, ("collector",)).values():
            acts = [act for act in contacts.own_acts if self._concerns(act, group[0])]
            for place, act in enumerate(acts):
                until = acts[place + 1] if place + 1 < len(acts) else None
                later = self._after(group, act, until)
                if len(later) > self.allowed:
                    yield self._hit(act, later)

    def _concerns(self, act: Contact, of_group: Contact) -> bool:
        if act.own_act not in self.acts:
            return False
        return act.about is None or act.about in (
            of_group.party,
            of_group.collector,
            of_group.creditor,
        )

    def _after(
        self, group: Sequence[Contact], act: Contact, until: Contact | None
    ) -> Sequence[Contact]:
        begin = (act.at_ms or 0) + self.grace_days * 86_400_000
        first = bisect_left(group, begin + 1, key=lambda contact: contact.at_ms or 0)
        if until is None:
            return group[first:]
        last = bisect_left(group, (until.at_ms or 0) + 1, key=lambda contact: contact.at_ms or 0)
        return group[first:last]

    def _hit(self, act: Contact, later: Sequence[Contact]) -> Hit:
        return Hit(
            (EventRole(act.event_id, SubjectRole.REFUSAL), *subjects(later, SubjectRole.COUNTED)),
            {
                "count": len(later),
                "allowed": self.allowed,
                "own_act": act.own_act.value if act.own_act is not None else "",
                "since": act.day.isoformat() if act.day is not None else "",
            },
            (Missing.CONSENT,) if act.about is None else (),
        )
