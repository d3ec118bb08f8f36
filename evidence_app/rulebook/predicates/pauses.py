"""Contact in a time of rest: after a conversation, or after what the person asked or agreed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile

from evidence_app.model.event import Direction, EventType
from evidence_app.model.suggestion import EventRole, Missing, SubjectRole
from evidence_app.rulebook.contact import CALLS, CHANNELS, COLLECTING, DAY_MS, Contact, OwnAct
from evidence_app.rulebook.contacts import Contacts
from evidence_app.rulebook.predicates.base import (
    Hit,
    grouped,
    holds,
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

    @property
    def reach(self) -> int | None:
        """A finding on a conversation depends on the calls of the days of rest."""
        return self.days

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
            started.day,
        )


@dataclass(frozen=True, slots=True)
class AfterOwnAct:
    """Contact after the person asked for an end, named somebody or agreed on instalments.

    Attributes:
        acts: The acts of the person after which contact must end.
        channels: Which contact is meant; empty: all.
        allowed: How many contacts are still allowed, such as one that confirms the end.
        grace_days: So many days after the act are left for it to arrive.
        is_written: Whether the act must be in writing: one that was spoken does not count.
        is_per_medium: Whether the act must name the channels that it concerns.
    """

    acts: tuple[OwnAct, ...]
    channels: tuple[str, ...] = ()
    allowed: int = 0
    grace_days: int = 0
    is_written: bool = False
    is_per_medium: bool = False

    @property
    def reach(self) -> int | None:
        """An act may be long ago."""
        return None

    def hits(self, contacts: Contacts) -> Iterator[Hit]:
        """One hit for each act and each collector who went on."""
        acts = [act for act in contacts.own_acts if self._counts(act)]
        for everything in contacts.theirs_by(("collector",)).values() if acts else ():
            group = of_channels(everything, self.channels)
            if not group:
                continue
            own = [act for act in acts if _concerns(act, group[0])]
            for place, act in enumerate(own):
                until = own[place + 1] if place + 1 < len(own) else None
                later = _between(group, act, until, self.grace_days)
                if len(later) > self.allowed:
                    yield self._hit(act, later)

    def _counts(self, act: Contact) -> bool:
        if act.own_act not in self.acts or (self.is_per_medium and not act.media):
            return False
        return not (self.is_written and act.type in _SPOKEN)

    def _hit(self, act: Contact, later: Sequence[Contact]) -> Hit:
        missing: tuple[Missing, ...] = () if act.about is not None else (Missing.CONSENT,)
        if self.is_written and act.type not in _WRITTEN:
            missing = (*missing, Missing.WRITTEN)
        return Hit(
            (EventRole(act.event_id, SubjectRole.REFUSAL), *subjects(later, SubjectRole.COUNTED)),
            {
                "count": len(later),
                "allowed": self.allowed,
                "own_act": act.own_act.value if act.own_act is not None else "",
                "since": act.day.isoformat() if act.day is not None else "",
            },
            missing,
        )


_SPOKEN = frozenset({EventType.CALL, EventType.VISIT, EventType.VOICEMAIL, EventType.RECORDING})
_WRITTEN = frozenset({EventType.MESSAGE, EventType.EMAIL, EventType.LETTER})


def _concerns(act: Contact, other: Contact) -> bool:
    return act.about is None or act.about in (other.party, other.collector, other.creditor)


def _between(
    group: Sequence[Contact], act: Contact, until: Contact | None, grace_days: int
) -> list[Contact]:
    """Contacts that came after an act and not after the next one, through its media."""
    first = bisect_left(group, act.order_ms - DAY_MS, key=_order_ms)
    if until is None:
        # Only near the act does it take a look at each contact to know which came first.
        near = bisect_left(group, act.order_ms + (grace_days + 3) * DAY_MS, key=_order_ms)
        later = [contact for contact in group[first:near] if contact.is_after(act, grace_days)]
        later += group[near:]
    else:
        until_then = takewhile(lambda contact: not contact.is_after(until), group[first:])
        later = [contact for contact in until_then if contact.is_after(act, grace_days)]
    return [contact for contact in later if _is_through(contact, act.media)] if act.media else later


def _order_ms(contact: Contact) -> int:
    return contact.order_ms


def _is_through(contact: Contact, media: frozenset[str]) -> bool:
    return not media or any(contact.type in CHANNELS[name] for name in media)


@dataclass(frozen=True, slots=True)
class NoticeDue:
    """A notice that has to come within some days after the first contact, and was not imported.

    That no notice is there is no proof that none came: the person is asked.

    Attributes:
        days: How many days after the day of the first contact.
        phrases: One of these words stands in the notice.
    """

    days: int
    phrases: tuple[str, ...]

    @property
    def reach(self) -> int | None:
        """The first contact may be long ago."""
        return None

    def hits(self, contacts: Contacts) -> Iterator[Hit]:
        """One hit for each collector whose notice is not there."""
        if not contacts.all:
            return
        last = contacts.all[-1].day
        for group in contacts.theirs_by(("collector",)).values():
            began = group[0].day
            if began is None or last is None or (last - began).days <= self.days:
                continue
            if not self._has_notice(group, began):
                yield Hit(
                    subjects(group[:1], SubjectRole.STARTED),
                    {
                        "days": self.days,
                        "first_contact": began.isoformat(),
                        "due": (began + timedelta(self.days)).isoformat(),
                    },
                    (Missing.NOTICE,),
                )

    def _has_notice(self, group: Sequence[Contact], began: date) -> bool:
        last = began + timedelta(self.days)
        in_time = takewhile(lambda contact: contact.day is None or contact.day <= last, group)
        return any(
            contact.type in _WRITTEN and holds(contact.text, self.phrases) for contact in in_time
        )
