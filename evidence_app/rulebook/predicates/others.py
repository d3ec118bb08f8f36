"""Contact with other people: only after enough failed tries, not on the same day, never after a no."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from evidence_app.model.event import Direction
from evidence_app.model.party import Role
from evidence_app.model.suggestion import EventRole, Missing, SubjectRole
from evidence_app.rulebook.contact import Contact, OwnAct
from evidence_app.rulebook.predicates.base import COUNTERS, Contacts, Hit, subjects


@dataclass(frozen=True, slots=True)
class ThirdParties:
    """A third party tells of, or forwards, contact by collectors.

    Such an event is one with a party whose role is *third party* and that the collector's side
    made: the person enters it or imports it from what the other sent.

    Attributes:
        failed_days: The tries to reach the person that must have failed before; 0: contact is
            never allowed.
        is_next_day: Whether it must be another day than that of the failed tries.
        after_refusal: Whether contact is forbidden once the third party said no.
    """

    failures: int = 0
    is_next_day: bool = False
    after_refusal: bool = True

    def hits(self, contacts: Contacts) -> Iterator[Hit]:
        """One hit for each contact that was not allowed."""
        for contact in contacts.all:
            if not _is_with_other(contact):
                continue
            refusal = self._refusal(contact, contacts)
            if refusal is not None:
                yield self._hit(contact, [refusal], SubjectRole.REFUSAL, reason="refused")
                continue
            failed = self._failures(contact, contacts)
            if len(failed) < self.failures or self.failures == 0:
                reason = "never_allowed" if self.failures == 0 else "reachable"
                yield self._hit(contact, failed, SubjectRole.COUNTED, reason=reason)

    def _refusal(self, contact: Contact, contacts: Contacts) -> Contact | None:
        if not self.after_refusal:
            return None
        return next(
            (
                act
                for act in contacts.own_acts
                if act.own_act is OwnAct.REFUSED_FOR_OTHER
                and act.about in (None, contact.party)
                and (act.at_ms or 0) < (contact.at_ms or 0)
            ),
            None,
        )

    def _failures(self, contact: Contact, contacts: Contacts) -> list[Contact]:
        """The failed tries in a row before a contact; one conversation ends the row."""
        failed: list[Contact] = []
        for other in contacts.theirs:
            if (other.at_ms or 0) >= (contact.at_ms or 0):
                break
            if COUNTERS["connected"](other):
                failed = []
            elif COUNTERS["unanswered"](other) and self._is_early(other.day, contact.day):
                failed.append(other)
        return failed

    def _is_early(self, tried: date | None, contacted: date | None) -> bool:
        if not self.is_next_day or tried is None or contacted is None:
            return True
        return tried < contacted

    def _hit(self, contact: Contact, others: list[Contact], role: SubjectRole, reason: str) -> Hit:
        return Hit(
            (EventRole(contact.event_id, SubjectRole.ACT), *subjects(others, role)),
            {"reason": reason, "failures": len(others), "needed": self.failures},
            (Missing.ROLE,),
        )


def _is_with_other(contact: Contact) -> bool:
    return contact.role is Role.THIRD_PARTY and contact.direction is Direction.NONE
