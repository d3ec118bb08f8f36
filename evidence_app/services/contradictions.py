"""Whether what the person marks by hand agrees with the rules, said kindly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from evidence_app.casefile.case import CaseFile
from evidence_app.messages import Message, MessageCode, message
from evidence_app.model.event import Direction
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.model.rulebook import Rule, Rulebook
from evidence_app.rulebook.contact import (
    COLLECTING,
    TWO_WAY,
    AgreedHours,
    Contact,
    Surroundings,
)
from evidence_app.rulebook.scan import suggestions
from evidence_app.services import rule_facts, rulebooks

_HOURS = "hours"


MOST = 100
"""So many acts are looked at; who marks more at once is not kept waiting."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What speaks against marking an act as a violation.

    Attributes:
        subject: The act.
        reason: One sentence, which asks whether to keep it.
    """

    subject: Subject
    reason: Message


def contradictions(
    case: CaseFile, subjects: Sequence[Subject], violation: str
) -> list[Contradiction]:
    """What speaks against marking some acts as a violation; the person may keep it all the same.

    What the person did themselves is never the collector's violation. A call within the hours of
    each rule on hours that the case asks is none outside of them.

    Args:
        case: The case.
        subjects: What is marked; only the first `MOST` events are looked at.
        violation: The violation type's code.
    """
    setting = rule_facts.setting_of(case)
    ids = [subject.id for subject in subjects if subject.kind is SubjectKind.EVENT][:MOST]
    contacts = rule_facts.read(case, setting, ids).contacts
    on_hours = [
        (rulebook, rule)
        for rulebook in rulebooks.active(case)
        for rule in rulebook.rules
        if rule.predicate == _HOURS and rule.violation == violation
    ]
    agreed = rule_facts.agreed_hours(case, setting) if on_hours else ()
    doubts = []
    for event_id in ids:
        contact = contacts.get(event_id)
        reason = _reason(contact, on_hours, agreed) if contact is not None else None
        if reason is not None:
            doubts.append(Contradiction(Subject(SubjectKind.EVENT, event_id), reason))
    return doubts


def contradiction(case: CaseFile, subjects: Sequence[Subject], violation: str) -> Message | None:
    """The first of what `contradictions` finds; None if nothing speaks against it."""
    doubts = contradictions(case, subjects, violation)
    return doubts[0].reason if doubts else None


def _reason(
    contact: Contact,
    on_hours: Sequence[tuple[Rulebook, Rule]],
    agreed: tuple[AgreedHours, ...],
) -> Message | None:
    if contact.own_act is not None or (
        contact.type in TWO_WAY and contact.direction is Direction.OUTGOING
    ):
        return message(MessageCode.OWN_ACT_IS_NO_VIOLATION)
    if not on_hours:
        return None
    return _within_all(contact, on_hours, Surroundings(agreed_hours=agreed))


def _within_all(
    contact: Contact, on_hours: Sequence[tuple[Rulebook, Rule]], surroundings: Surroundings
) -> Message | None:
    """That a contact is within the hours of all rules that may bind who made it."""
    if contact.local is None or contact.role not in COLLECTING:
        return None
    names = []
    for rulebook, rule in on_hours:
        alone = _only(rulebook, rule)
        if any(True for _ in suggestions([alone], [contact], surroundings)):
            return None
        if any(True for _ in suggestions([alone], _around(contact), surroundings)):
            names.append(_name(rule))
    if not names:
        return None
    # Rules of which none bind this caller would say nothing about any hour.
    listed = "; ".join(dict.fromkeys(names))
    return message(MessageCode.WITHIN_HOURS, time=f"{contact.local:%H:%M}", rule=listed)


def _around(contact: Contact) -> list[Contact]:
    """The same contact at each hour of the day: a rule that binds its maker forbids one of them."""
    midnight = contact.local
    assert midnight is not None
    return [
        replace(
            contact,
            event_id=hour,
            local=midnight + timedelta(hours=hour),
            day=(midnight + timedelta(hours=hour)).date(),
            at_ms=None if contact.at_ms is None else contact.at_ms + hour * 3_600_000,
        )
        for hour in range(24)
    ]


def _only(rulebook: Rulebook, rule: Rule) -> Rulebook:
    return replace(rulebook, rules=(rule,))


def _name(rule: Rule) -> str:
    if rule.provision is None:
        return rule.id
    return rule.provision.number or rule.provision.instrument
