"""Gathers what a dossier says from the case; only what the person confirmed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import evidence_app
from evidence_app.casefile.case import CaseFile
from evidence_app.dossier.bilingual import text_in
from evidence_app.dossier.content import (
    ContentSource,
    CustodyExtract,
    CustodyStep,
    Disagreement,
    DossierContent,
    Exhibit,
)
from evidence_app.dossier.options import DossierLanguage, DossierOptions
from evidence_app.messages import MessageCode
from evidence_app.model.event import Event
from evidence_app.model.evidence import Item, SourcePlace
from evidence_app.model.finding import Finding, FindingStatus, Subject, SubjectKind
from evidence_app.model.party import Debt, Party
from evidence_app.model.times import zone
from evidence_app.model.verification import Mismatch
from evidence_app.rulebook import violations
from evidence_app.services import (
    cases,
    custody,
    debts,
    devices,
    findings,
    items,
    labels,
    parties,
    timestamps,
    transcripts,
)
from evidence_app.services import events as timeline
from evidence_app.services.events import EventFilter
from evidence_app.services.exporting import exhibit_choice, finding_groups
from evidence_app.services.items import ItemFilter

_LIMITS = (
    MessageCode.BILL_HAS_NO_MISSED,
    MessageCode.IPHONE_CALL_LIMIT,
    MessageCode.NO_REJECTED_CALLS,
    MessageCode.CHAT_CAPPED,
    MessageCode.MEDIA_LEFT_OUT,
    MessageCode.RESCUED_UNVOUCHED,
    MessageCode.RESCUED_DAMAGED,
)
"""What a reader of the dossier has to know of a source before he draws conclusions from it."""


def now() -> datetime:
    """When a dossier is made."""
    return datetime.now(UTC)


def gather(case: CaseFile, options: DossierOptions) -> DossierContent:
    """Collect the content of a dossier; large parts are left to be fetched while it is written.

    Args:
        case: One state of it, or what is fetched later may not fit what was collected before.
        options: The person's choices.
    """
    info = cases.info(case)
    confirmed = _confirmed(case)
    events = _events(case, confirmed)
    present = set(items.index(case, ItemFilter()))
    confirmed = [finding for finding in confirmed if _items_of(finding, events) & present]
    marked = {item_id for finding in confirmed for item_id in _items_of(finding, events)}
    choice = exhibit_choice.choose(case, marked, only_marked=options.only_findings)
    exhibits = _exhibits(case, choice.items, options.language)
    access = _access(case, exhibits, _Marked.of(confirmed) if options.only_findings else None)
    people = parties.list_parties(case)
    if options.only_findings:
        people = list(_in_events(people, access))
    return DossierContent(
        case=info,
        own_numbers=cases.own_numbers(case),
        generated_at=now().astimezone(zone(info.timezone)),
        program=f"Evidence App {evidence_app.__version__}",
        exhibits=exhibits,
        findings=finding_groups.groups(
            confirmed, events, exhibits, zone(info.timezone), options.language
        ),
        event_violations=_event_violations(confirmed, options.language),
        custody=_custody(case, info.timezone),
        access=access,
        parties=tuple(people),
        debts=tuple(_owed_to(case, people)),
        omitted=choice.omitted,
        linked=_linked(case, exhibits),
    )


def _in_events(people: Iterable[Party], access: ContentSource) -> Iterator[Party]:
    """Those who are in the events that are shown, with the numbers that are in them."""
    numbers: dict[int, set[str]] = {}
    for event in access.events():
        if event.party_id is not None:
            numbers.setdefault(event.party_id, set()).add(event.identifier_normalized)
    for party in people:
        if party.id in numbers:
            identifiers = (
                identifier
                for identifier in party.identifiers
                if identifier.normalized in numbers[party.id]
            )
            yield replace(party, identifiers=tuple(identifiers))


def _owed_to(case: CaseFile, people: Iterable[Party]) -> Iterator[Debt]:
    """The debts to those who are in the dossier."""
    present = {party.id for party in people}
    return (debt for debt in debts.list_debts(case) if debt.creditor in present)


def disagreements(
    case: CaseFile, exhibits: Sequence[Exhibit], mismatches: Sequence[Mismatch]
) -> tuple[Disagreement, ...]:
    """What does not agree, each with the exhibit that it is in."""
    by_item = {exhibit.item.id: exhibit.number for exhibit in exhibits}
    by_name = {exhibit.item.filename: exhibit.number for exhibit in exhibits}
    rows = [mismatch.where.rpartition(" ") for mismatch in mismatches]
    numbers = [int(number) for table, _, number in rows if table == "event" and number.isdigit()]
    items_of_events = {event.id: event.item_id for event in timeline.get_many(case, numbers)}

    def exhibit_of(where: str) -> int | None:
        table, _, number = where.rpartition(" ")
        if table in ("event", "item") and number.isdigit():
            own = int(number)
            return by_item.get(items_of_events.get(own, 0) if table == "event" else own)
        return by_name.get(where)

    return tuple(Disagreement(mismatch, exhibit_of(mismatch.where)) for mismatch in mismatches)


def _linked(
    case: CaseFile, exhibits: Sequence[Exhibit]
) -> dict[int, tuple[tuple[int, SourcePlace | None], ...]]:
    """The exhibits that record the same act, for acts that stand in several."""
    numbers = {exhibit.item.id: exhibit.number for exhibit in exhibits}
    return {
        event_id: tuple(
            (numbers[item_id], place) for item_id, place in places if item_id in numbers
        )
        for event_id, places in timeline.linked_places(case).items()
    }


def _confirmed(case: CaseFile) -> list[Finding]:
    codes = {violation_type.code for violation_type in violations.all_types()}
    return [
        finding
        for finding in findings.list_findings(case)
        if finding.status is FindingStatus.CONFIRMED and finding.violation in codes
    ]


def _events(case: CaseFile, confirmed: Iterable[Finding]) -> dict[int, Event]:
    """The events that findings are about, by number."""
    ids = sorted({key for finding in confirmed for key in finding.subjects_of(SubjectKind.EVENT)})
    return {event.id: event for event in timeline.get_many(case, ids)}


def _items_of(finding: Finding, events: Mapping[int, Event]) -> set[int]:
    """The items that a finding rests on, or whose events it rests on."""
    of_events = (events.get(key) for key in finding.subjects_of(SubjectKind.EVENT))
    items_of = {event.item_id for event in of_events if event is not None}
    stands_at = finding.subject
    if stands_at.kind is SubjectKind.ITEM:
        items_of.add(stands_at.id)
    return items_of | set(finding.subjects_of(SubjectKind.ITEM))


def _exhibits(
    case: CaseFile, printed_items: Sequence[Item], language: DossierLanguage
) -> tuple[Exhibit, ...]:
    subjects = [Subject(SubjectKind.ITEM, item.id) for item in printed_items]
    on_them = labels.labels(case, subjects)
    present = {item.id for item in printed_items}
    origins = devices.of_items(case)
    limits = items.notices(case, _LIMITS)
    return tuple(
        Exhibit(
            # Numbers are never used again, so this one stays the item's in all dossiers.
            item.id,
            item,
            tuple(
                text_in(language, violations.get(code).name) for code in on_them[subject].violations
            ),
            tuple(tag.name for tag in on_them[subject].tags),
            origins.devices.get(item.id),
            _if_in(origins.containers.get(item.id), present),
            tuple(limits.get(item.id, ())),
        )
        for item, subject in zip(printed_items, subjects, strict=True)
    )


def _if_in(number: int | None, present: set[int]) -> int | None:
    return number if number in present else None


def _event_violations(
    confirmed: Iterable[Finding], language: DossierLanguage
) -> dict[int, tuple[str, ...]]:
    codes: dict[int, set[str]] = {}
    for finding in confirmed:
        for event_id in finding.acts():
            codes.setdefault(event_id, set()).add(finding.violation)
    return {
        event_id: tuple(
            text_in(language, violation_type.name)
            for violation_type in violations.all_types()
            if violation_type.code in on_event
        )
        for event_id, on_event in codes.items()
    }


def _custody(case: CaseFile, timezone: str) -> CustodyExtract:
    entries = custody.list_entries(case)
    head = custody.head_of(entries)
    where = zone(timezone)
    # In the order in which they happened, for days come one after the other.
    counts = Counter((entry.at.astimezone(where).date(), entry.action) for entry in entries)
    return CustodyExtract(
        count=len(entries),
        head_hash=head.entry_hash,
        code=head.code(),
        steps=tuple(CustodyStep(day, action, count) for (day, action), count in counts.items()),
        signers=custody.signers_of(entries),
        anchors=tuple(anchor for anchor in timestamps.list_anchors(case) if anchor.at is not None),
    )


@dataclass(frozen=True, slots=True)
class _Marked:
    """What shows violations, as numbers of whole items and of single events."""

    items: frozenset[int]
    events: frozenset[int]

    @classmethod
    def of(cls, confirmed: Iterable[Finding]) -> _Marked:
        all_findings = list(confirmed)
        stands_at = {
            finding.subject.id
            for finding in all_findings
            if finding.subject.kind is SubjectKind.ITEM
        }
        item_ids = {
            key for finding in all_findings for key in finding.subjects_of(SubjectKind.ITEM)
        }
        event_ids = {
            key for finding in all_findings for key in finding.subjects_of(SubjectKind.EVENT)
        }
        return cls(frozenset(stands_at | item_ids), frozenset(event_ids))

    def has(self, event: Event) -> bool:
        return event.item_id in self.items or event.id in self.events


def _access(case: CaseFile, exhibits: Sequence[Exhibit], marked: _Marked | None) -> ContentSource:
    """Where the large parts come from; only what is marked, if that is given."""
    item_ids = {exhibit.item.id for exhibit in exhibits}

    def exhibited_events(chosen: EventFilter) -> Iterator[Event]:
        for event in timeline.stream(case, chosen):
            if event.item_id in item_ids and (marked is None or marked.has(event)):
                yield event

    return ContentSource(
        events=lambda: exhibited_events(EventFilter()),
        item_events=lambda item_id: exhibited_events(EventFilter(item_id=item_id)),
        texts=lambda item_id: items.texts(case, item_id),
        transcript=lambda item_id: transcripts.lines(case, item_id),
        rendition=lambda item_id, kind: items.rendition(case, item_id, kind),
        metadata=lambda item_id: items.metadata(case, item_id),
        regions=lambda item_id: items.regions(case, item_id),
        open_original=lambda item_id: items.open_original(case, item_id),
    )
