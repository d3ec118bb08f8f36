"""Gathers what a dossier says from the case; only what the person confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

import evidence_app
from evidence_app.casefile.case import CaseFile
from evidence_app.dossier.content import (
    ContentSource,
    CustodyExtract,
    Disagreement,
    DossierContent,
    Exhibit,
)
from evidence_app.dossier.options import DossierOptions, Language
from evidence_app.messages import MessageCode
from evidence_app.model.event import Event
from evidence_app.model.evidence import Item, SourcePlace
from evidence_app.model.finding import Finding, FindingStatus, Subject, SubjectKind
from evidence_app.model.times import zone
from evidence_app.model.verification import Mismatch
from evidence_app.rulebook import violations
from evidence_app.services import cases, custody, devices, findings, items, labels, timestamps
from evidence_app.services import events as timeline
from evidence_app.services.events import EventFilter
from evidence_app.services.exporting import finding_groups
from evidence_app.services.items import ItemFilter

_NEWEST = 40
_LIMITS = (
    MessageCode.BILL_HAS_NO_MISSED,
    MessageCode.IPHONE_CALL_LIMIT,
    MessageCode.NO_REJECTED_CALLS,
    MessageCode.CHAT_CAPPED,
    MessageCode.MEDIA_LEFT_OUT,
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
    every = items.get_many(case, items.index(case, ItemFilter()))
    known = {item.id for item in every}
    confirmed = [one for one in confirmed if _items_of(one, events) & known]
    marked = {item_id for one in confirmed for item_id in _items_of(one, events)}
    shown = [item for item in every if item.id in marked] if options.only_findings else every
    exhibits = _exhibits(case, shown, options.language)
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
        custody=_custody(case),
        access=_access(case, confirmed, only_findings=options.only_findings),
        left_out=len(every) - len(shown),
        linked=_linked(case, exhibits),
    )


def disagreements(
    case: CaseFile, exhibits: Sequence[Exhibit], mismatches: Sequence[Mismatch]
) -> tuple[Disagreement, ...]:
    """What does not agree, each with the exhibit that it is in."""
    by_item = {exhibit.item.id: exhibit.number for exhibit in exhibits}
    by_name = {exhibit.item.filename: exhibit.number for exhibit in exhibits}
    rows = [one.where.rpartition(" ") for one in mismatches]
    numbers = [int(number) for table, _, number in rows if table == "event" and number.isdigit()]
    items_of_events = {event.id: event.item_id for event in timeline.get_many(case, numbers)}

    def exhibit_of(where: str) -> int | None:
        table, _, number = where.rpartition(" ")
        if table in ("event", "item") and number.isdigit():
            own = int(number)
            return by_item.get(items_of_events.get(own, 0) if table == "event" else own)
        return by_name.get(where)

    return tuple(Disagreement(one, exhibit_of(one.where)) for one in mismatches)


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
    known = {one.code for one in violations.all_types()}
    return [
        one
        for one in findings.list_findings(case)
        if one.status is FindingStatus.CONFIRMED and one.violation in known
    ]


def _events(case: CaseFile, confirmed: Iterable[Finding]) -> dict[int, Event]:
    """The events that findings are about, by number."""
    ids = sorted({key for one in confirmed for key in one.subjects_of(SubjectKind.EVENT)})
    return {event.id: event for event in timeline.get_many(case, ids)}


def _items_of(finding: Finding, events: Mapping[int, Event]) -> set[int]:
    """The items that a finding rests on, or whose events it rests on."""
    of_events = (events.get(key) for key in finding.subjects_of(SubjectKind.EVENT))
    items_of = {event.item_id for event in of_events if event is not None}
    stands_at = finding.subject
    if stands_at.kind is SubjectKind.ITEM:
        items_of.add(stands_at.id)
    return items_of | set(finding.subjects_of(SubjectKind.ITEM))


def _exhibits(case: CaseFile, shown: Sequence[Item], language: Language) -> tuple[Exhibit, ...]:
    subjects = [Subject(SubjectKind.ITEM, item.id) for item in shown]
    on_them = labels.labels(case, subjects)
    numbers = {item.id: number for number, item in enumerate(shown, 1)}
    origins = devices.of_items(case)
    limits = items.notices(case, _LIMITS)
    return tuple(
        Exhibit(
            number,
            item,
            tuple(violations.get(code).name(language) for code in on_them[subject].violations),
            tuple(tag.name for tag in on_them[subject].tags),
            origins.devices.get(item.id),
            numbers.get(origins.containers.get(item.id, 0)),
            tuple(limits.get(item.id, ())),
        )
        for number, (item, subject) in enumerate(zip(shown, subjects, strict=True), 1)
    )


def _event_violations(
    confirmed: Iterable[Finding], language: Language
) -> dict[int, tuple[str, ...]]:
    codes: dict[int, set[str]] = {}
    for one in confirmed:
        for event_id in finding_groups.acts_of(one):
            codes.setdefault(event_id, set()).add(one.violation)
    return {
        event_id: tuple(
            one.name(language) for one in violations.all_types() if one.code in on_event
        )
        for event_id, on_event in codes.items()
    }


def _custody(case: CaseFile) -> CustodyExtract:
    entries = custody.list_entries(case)
    head = custody.head_of(entries)
    return CustodyExtract(
        count=len(entries),
        head_hash=head.entry_hash,
        code=head.code(),
        newest=tuple(entries[-_NEWEST:]),
        signers=custody.signers_of(entries),
        anchors=tuple(one for one in timestamps.list_anchors(case) if one.at is not None),
    )


def _access(case: CaseFile, confirmed: Sequence[Finding], *, only_findings: bool) -> ContentSource:
    single = {key for one in confirmed for key in one.subjects_of(SubjectKind.EVENT)}
    whole = {key for one in confirmed for key in one.subjects_of(SubjectKind.ITEM)}
    stands = (one.subject for one in confirmed)
    whole |= {one.id for one in stands if one.kind is SubjectKind.ITEM}

    def events() -> Iterator[Event]:
        for event in timeline.stream(case, EventFilter()):
            if not only_findings or event.item_id in whole or event.id in single:
                yield event

    def item_events(item_id: int) -> Iterator[Event]:
        for event in timeline.stream(case, EventFilter(item_id=item_id)):
            if not only_findings or event.item_id in whole or event.id in single:
                yield event

    return ContentSource(
        events=events,
        item_events=item_events,
        texts=lambda item_id: items.texts(case, item_id),
        rendition=lambda item_id, kind: items.rendition(case, item_id, kind),
        open_original=lambda item_id: items.open_original(case, item_id),
    )
