"""Reads the facts that rules need: events as contacts, and who collects for whom."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records import acts as act_records
from evidence_app.casefile.records import passages as passage_records
from evidence_app.casefile.records.acts import Act
from evidence_app.model import numbers
from evidence_app.model.event import Direction, EventType
from evidence_app.model.party import Debt, Party, Role
from evidence_app.model.passage import ItemPassage
from evidence_app.model.rulebook import CollectorKind
from evidence_app.model.times import TimePrecision, TimeSource, epoch_ms_of, in_zone, zone
from evidence_app.rulebook.contact import (
    CHANNELS,
    COLLECTING,
    AgreedHours,
    Contact,
    OwnAct,
    Passage,
)
from evidence_app.rulebook.lexicon import Speaker
from evidence_app.services import cases, debts, parties
from evidence_app.services.manual_entries import BY, HOURS, MEDIA

_OWN_ACTS = {
    EventType.AGREEMENT: OwnAct.AGREEMENT,
    EventType.PAYMENT: OwnAct.PAYMENT,
    EventType.COMPLAINT: OwnAct.COMPLAINT,
    EventType.STOP_REQUEST: OwnAct.STOP_REQUEST,
    EventType.PLAN_REQUEST: OwnAct.PLAN_REQUEST,
    EventType.DISPUTE: OwnAct.DISPUTE,
    EventType.AGREED_HOURS: OwnAct.AGREED_HOURS,
    EventType.REFUSED_FOR_OTHER: OwnAct.REFUSED_FOR_OTHER,
    EventType.REPRESENTED: OwnAct.REPRESENTED,
}
_WITHOUT_CLOCK = frozenset({TimePrecision.DAY, TimePrecision.MONTH, TimePrecision.YEAR})
_WITHOUT_DAY = frozenset({TimePrecision.MONTH, TimePrecision.YEAR})
_OF_FILES = frozenset({TimeSource.FILE_SYSTEM})
_BY_TELEPHONE = frozenset({EventType.CALL, EventType.VOICEMAIL})
_UNKNOWN = CollectorKind.UNKNOWN


@dataclass(frozen=True, slots=True)
class Collector:
    """What a party is to the rules.

    Attributes:
        role: What it is to the case.
        collector: Who collects: the agency, or the party itself; None if it does not collect.
        creditor: For whom, at the end of the chain; None if nobody said.
        kind: What the one who collects is.
        creditor_kind: What the creditor is.
        debt: The debt, where the creditor has only one.
    """

    role: Role = Role.UNKNOWN
    collector: int | None = None
    creditor: int | None = None
    kind: CollectorKind = _UNKNOWN
    creditor_kind: CollectorKind = _UNKNOWN
    debt: int | None = None


_NOBODY = Collector()


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for all events of a case.

    Attributes:
        where: The zone in which days are counted.
        people: What each party is to the rules, by its number.
        party_of: The party of each number or account, by its comparable form.
        region: By whose habits numbers are read; None if not known.
        own_number: The person's own telephone number, in its comparable form; empty if the person
            gave none or several, since nothing says then which of them was reached.
    """

    where: ZoneInfo
    people: Mapping[int, Collector]
    party_of: Mapping[str, int] = field(default_factory=dict)
    region: str | None = None
    own_number: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What rules are told of some events.

    Attributes:
        contacts: By the number of the event.
        item_of: The item that each stands in, by the number of the event.
        agreed_hours: Hours that the person agreed on, by the number of the event that says so.
    """

    contacts: dict[int, Contact]
    item_of: dict[int, int]
    agreed_hours: dict[int, AgreedHours]


def setting_of(case: CaseFile, kind: CollectorKind = _UNKNOWN) -> Setting:
    """What holds for all events of a case.

    Args:
        case: The case.
        kind: What those are who collect, where the case does not say it.
    """
    info = cases.info(case)
    parties_by_id = {party.id: party for party in parties.list_parties(case)}
    owed: dict[int, list[Debt]] = {}
    for debt in debts.list_debts(case):
        owed.setdefault(debt.creditor, []).append(debt)
    people = {
        party.id: _collector(party, parties_by_id, owed, kind) for party in parties_by_id.values()
    }
    party_of = {
        identifier.normalized: party.id
        for party in parties_by_id.values()
        for identifier in party.identifiers
    }
    return Setting(
        zone(info.timezone),
        people,
        party_of,
        info.jurisdiction.region(),
        _only_telephone_number(parties_by_id.values()),
    )


def _only_telephone_number(people: Iterable[Party]) -> str:
    numbers = [
        identifier.normalized
        for party in people
        if party.role is Role.ME
        for identifier in party.identifiers
        if identifier.normalized.removeprefix("+").isdigit()
    ]
    return numbers[0] if len(numbers) == 1 else ""


def read(case: CaseFile, setting: Setting, event_ids: Sequence[int] | None = None) -> Facts:
    """The events of a case that lists show, or those of some numbers."""
    with case.read() as connection:
        acts = (
            act_records.acts(connection)
            if event_ids is None
            else act_records.of_ids(connection, event_ids)
        )
        return _facts(acts, setting, passage_records.by_event(connection, event_ids))


def agreed_hours(case: CaseFile, setting: Setting) -> tuple[AgreedHours, ...]:
    """The hours for contact that the person agreed on."""
    with case.read() as connection:
        acts = act_records.of_type(connection, EventType.AGREED_HOURS)
        return tuple(_facts(acts, setting, {}).agreed_hours.values())


def _facts(
    acts: Iterable[Act], setting: Setting, passages: Mapping[int, Sequence[ItemPassage]]
) -> Facts:
    facts = Facts({}, {}, {})
    for act in acts:
        contact = _contact(act, setting)
        if act.event_id in passages:
            contact = _with_passages(contact, passages[act.event_id], setting)
        facts.contacts[act.event_id] = contact
        facts.item_of[act.event_id] = act.item_id
        if contact.own_act is OwnAct.AGREED_HOURS:
            agreed = _agreed_hours(act, contact)
            if agreed is not None:
                facts.agreed_hours[act.event_id] = agreed
    return facts


def _collector(
    party: Party, people: Mapping[int, Party], owed: Mapping[int, list[Debt]], kind: CollectorKind
) -> Collector:
    if party.role not in COLLECTING:
        return Collector(party.role)
    chain = list(_chain(party, people))
    agency = next((member for member in chain if member.role is Role.AGENCY), None)
    creditor = next((member for member in chain if member.role is Role.CREDITOR), None)
    by_itself = _kind_of(agency or party)
    debts_of = owed.get(creditor.id, []) if creditor is not None else []
    return Collector(
        party.role,
        (agency or party).id,
        creditor.id if creditor is not None else None,
        kind if by_itself is _UNKNOWN else by_itself,
        creditor.kind if creditor is not None else _UNKNOWN,
        debts_of[0].id if len(debts_of) == 1 else None,
    )


def _kind_of(party: Party) -> CollectorKind:
    if party.kind is _UNKNOWN and party.role is Role.AGENCY:
        return CollectorKind.THIRD_PARTY_AGENCY
    return party.kind


def _chain(party: Party, people: Mapping[int, Party]) -> Iterable[Party]:
    """The party, the one it acts for, and so on; a file may hold a circle."""
    passed: dict[int, Party] = {}
    following: Party | None = party
    while following is not None and following.id not in passed:
        passed[following.id] = following
        following = people.get(following.acts_for or 0)
    return passed.values()


def _contact(act: Act, setting: Setting) -> Contact:
    time = act.time if act.time and act.time.source not in _OF_FILES else None
    at = in_zone(time.moment, setting.where) if time is not None else None
    is_clock_wrong = at is not None and not _can_be(at.year)
    if is_clock_wrong:
        at = None
    precision = time.precision if time is not None else TimePrecision.YEAR
    has_clock = at is not None and precision not in _WITHOUT_CLOCK
    person = setting.people.get(act.party_id or 0, _NOBODY)
    own_act = _OWN_ACTS.get(act.type) if act.direction is not Direction.INCOMING else None
    return Contact(
        event_id=act.event_id,
        type=_channel(act) if own_act is not None else act.type,
        direction=act.direction,
        outcome=act.outcome,
        local=at.replace(tzinfo=None) if at is not None and has_clock else None,
        day=at.date() if at is not None and precision not in _WITHOUT_DAY else None,
        at_ms=epoch_ms_of(at) if at is not None and has_clock else None,
        duration_s=act.duration_s,
        number=act.number,
        own_number=setting.own_number if act.type in _BY_TELEPHONE else "",
        party=act.party_id,
        role=person.role,
        collector=person.collector,
        creditor=person.creditor,
        kind=person.kind,
        creditor_kind=person.creditor_kind,
        debt=person.debt,
        text=act.text,
        own_act=own_act,
        about=_about(act, person) if own_act is not None else None,
        media=_media(act) if own_act is not None else frozenset(),
        is_clock_wrong=is_clock_wrong,
    )


_FIRST_YEAR = 1990
"""Clocks that lost their time begin again in 1970 or 1980."""


def _can_be(year: int) -> bool:
    """Whether something that was recorded can be of a year, or the clock was wrong by years."""
    return _FIRST_YEAR <= year <= datetime.now(UTC).year + 1


def _with_passages(contact: Contact, passages: Iterable[ItemPassage], setting: Setting) -> Contact:
    """A contact with what stands in its document, picture or recording.

    A picture of which no source states the day is of the day of its first dated message.
    """
    said_passages = tuple(
        Passage(passage.text, speaker, passage.day, passage.is_read_by_machine)
        for passage in passages
        if (speaker := _speaker(contact, passage, setting)) in _MAY_BE_THEIRS
    )
    days = [passage.day for passage in said_passages if passage.day is not None]
    return replace(contact, passages=said_passages, day=contact.day or min(days, default=None))


_MAY_BE_THEIRS = (Speaker.COLLECTOR, Speaker.UNKNOWN)
_BROUGHT = frozenset({EventType.EMAIL, EventType.MESSAGE, EventType.LETTER})
"""What brings a document of the one who sent it."""
_STANDING_SPEAKERS = {"me": Speaker.ME, "collector": Speaker.COLLECTOR}


def _speaker(contact: Contact, passage: ItemPassage, setting: Setting) -> Speaker:
    """Whose words a passage is, as far as that is known."""
    if passage.direction is Direction.OUTGOING:
        return Speaker.ME
    if passage.direction is Direction.INCOMING:
        number = numbers.normalize(passage.identifier, setting.region)
        role = setting.people.get(setting.party_of.get(number, 0), _NOBODY).role
        if role in COLLECTING:
            return Speaker.COLLECTOR
        return Speaker.UNKNOWN if role is Role.UNKNOWN else Speaker.OTHER
    if passage.speaker in _STANDING_SPEAKERS:
        return _STANDING_SPEAKERS[passage.speaker]
    if contact.type not in _BROUGHT:
        return Speaker.UNKNOWN
    if contact.direction is Direction.OUTGOING:
        return Speaker.ME
    return Speaker.COLLECTOR if contact.is_theirs else Speaker.UNKNOWN


def _about(act: Act, person: Collector) -> int | None:
    """Whom an act concerns: a collector, or the relative it was said for; None for all."""
    if person.role is Role.THIRD_PARTY:
        return act.party_id
    return person.collector


def _channel(act: Act) -> EventType:
    """The channel by which the person said it; the act's own type if none was noted."""
    try:
        return EventType(act.fields.get(BY, act.type))
    except ValueError:
        return act.type


def _media(act: Act) -> frozenset[str]:
    return frozenset(str(act.fields.get(MEDIA, "")).split()) & CHANNELS.keys()


_AGREED = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")


def _agreed_hours(act: Act, contact: Contact) -> AgreedHours | None:
    """What was agreed on; None where the entry does not say from when to when, or from what day."""
    hours = _AGREED.fullmatch(str(act.fields.get(HOURS, "")))
    if hours is None or contact.day is None:
        return None
    start, end = (int(hours[n]) * 60 + int(hours[n + 1]) for n in (1, 3))
    party = contact.collector or contact.party
    return None if start == end else AgreedHours(start, end, contact.day, party)


def fingerprint(contact: Contact) -> bytes:
    """A short digest of what rules see of an event; it changes when the event is corrected.

    Who collects for whom is left out: that the person says more of it is no other evidence.
    """
    role = "collects" if contact.role in COLLECTING else contact.role.value
    cells = (
        contact.event_id,
        contact.type.value,
        contact.direction.value,
        contact.outcome.value,
        str(contact.local),
        str(contact.day),
        contact.at_ms,
        contact.duration_s,
        contact.number,
        role,
        contact.text,
        contact.own_act,
        sorted(contact.media),
        # Without passages it is as it was before there were any, so that decisions stand.
        *((contact.passages,) if contact.passages else ()),
    )
    return hashlib.blake2b(repr(cells).encode("utf-8", "surrogatepass"), digest_size=16).digest()
