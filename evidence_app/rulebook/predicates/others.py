"""Contact with other people: only after enough failed tries, on a later day, never after a no."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence_app.model.suggestion import EventRole, Missing, SubjectRole
from evidence_app.rulebook.contact import CALLS, COLLECTING, DAY_MS, Contact, OwnAct
from evidence_app.rulebook.contacts import Contacts
from evidence_app.rulebook.predicates.base import COUNTERS, Hit, subjects


@dataclass(frozen=True, slots=True)
class ThirdParties:
    """Somebody else was contacted by collectors.

    Such an event has a party whose role is *third party* and no direction as seen from the
    person: the person writes down what the other told, or imports it from the other's telephone.
    A mother who calls her child, or is called by it, has a direction and is never counted.

    Attributes:
        failures: The tries to reach the person, one after the other, that must have failed
            before; 0: others may never be contacted.
        is_next_day: Whether it must be a later day than that of the failed tries.
        only_after_refusal: Whether it is only forbidden once that party said no.
    """

    failures: int = 0
    is_next_day: bool = False
    only_after_refusal: bool = False

    @property
    def reach(self) -> int | None:
        """A conversation or a refusal may be long ago."""
        return None

    def hits(self, contacts: Contacts) -> Iterator[Hit]:
        """One hit for each contact that was not allowed."""
        for contact in contacts.with_others:
            if self.only_after_refusal:
                refusal = _refusal(contact, contacts.own_acts)
                if refusal is not None:
                    yield self._hit(contact, [refusal], SubjectRole.REFUSAL, "refused")
            elif self.failures == 0:
                yield self._hit(contact, [], SubjectRole.COUNTED, "never_allowed")
            else:
                yield from self._too_early(contact, contacts)

    def _too_early(self, contact: Contact, contacts: Contacts) -> Iterator[Hit]:
        tries = _failed_tries(contact, contacts.all)
        days_before = [other for other in tries.certain if self._is_early(other, contact)]
        possible = [other for other in tries.possible if self._is_early(other, contact)]
        if len(days_before) >= self.failures:
            return
        reason = "same_day" if len(tries.certain) >= self.failures else "reachable"
        enough = len(days_before) + len(possible) >= self.failures
        missing = (Missing.ANSWERED,) if enough or not tries.has_conversation else ()
        yield self._hit(contact, tries.certain, SubjectRole.COUNTED, reason, missing)

    def _is_early(self, tried: Contact, contact: Contact) -> bool:
        if not self.is_next_day or tried.day is None or contact.day is None:
            return True
        return tried.day < contact.day

    def _hit(
        self,
        contact: Contact,
        others: Sequence[Contact],
        role: SubjectRole,
        reason: str,
        missing: tuple[Missing, ...] = (),
    ) -> Hit:
        return Hit(
            (*subjects(others, role), EventRole(contact.event_id, SubjectRole.ACT)),
            {
                "reason": reason,
                "failures": len(others),
                "needed": self.failures,
                "day": contact.day.isoformat() if contact.day is not None else "",
            },
            (*missing, Missing.ROLE),
        )


def _refusal(contact: Contact, own_acts: Sequence[Contact]) -> Contact | None:
    for act in own_acts:
        is_refusal = act.own_act is OwnAct.REFUSED_FOR_OTHER
        if is_refusal and act.about in (None, contact.party) and contact.is_after(act):
            return act
    return None


@dataclass(frozen=True, slots=True)
class _Tries:
    """The tries to reach the person before somebody else was contacted.

    Attributes:
        certain: Calls in a row that nobody answered, since the last conversation.
        possible: Calls since then of which nobody knows whether they were answered.
        has_conversation: Whether there is a conversation before them.
    """

    certain: list[Contact]
    possible: list[Contact]
    has_conversation: bool


def _failed_tries(contact: Contact, everything: Sequence[Contact]) -> _Tries:
    tries = _Tries([], [], has_conversation=False)
    # Where only the day is known, the zone decides what came before it: a day more is looked at.
    place = bisect_left(everything, contact.order_ms + DAY_MS, key=lambda other: other.order_ms)
    for other in reversed(everything[max(0, place - _FAR_BACK) : place]):
        if not _is_between(other, contact):
            continue
        if other.is_conversation:
            return _Tries(tries.certain[::-1], tries.possible, has_conversation=True)
        if other.is_theirs and COUNTERS["unanswered"](other):
            tries.certain.append(other)
        elif other.is_theirs and other.is_answer_unknown:
            tries.possible.append(other)
    return _Tries(tries.certain[::-1], tries.possible, has_conversation=False)


_FAR_BACK = 1000


def _is_between(call: Contact, contact: Contact) -> bool:
    """Whether a call is between the person and those who contacted somebody else."""
    if call.type not in CALLS or call.role not in COLLECTING or not contact.is_after(call):
        return False
    return contact.collector is None or contact.collector in (call.collector, call.party)
