"""What the findings page shows, read away from the window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from evidence_app.model.event import Event
from evidence_app.model.evidence import Item, ItemKind, SourcePlace
from evidence_app.model.finding import Finding, FindingStatus, Subject, SubjectKind
from evidence_app.model.times import TimeReading, epoch_ms, zone
from evidence_app.services import cases, findings, items, reading, violations
from evidence_app.services import events as timeline

if TYPE_CHECKING:
    from evidence_app.services.cases import CaseFile

_PAGE = 1000
_LAST = 2**62


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one violation type.

    Attributes:
        violation: The type's code.
        findings: Those confirmed, by the time of what they rest on; undated ones last.
    """

    violation: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """All findings.

    Attributes:
        groups: In the order of the taxonomy, without empty ones.
        where: The case's time zone.
    """

    groups: tuple[Group, ...]
    where: ZoneInfo


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding with what it rests on.

    Attributes:
        finding: What was confirmed.
        item: The item, or that of the event.
        event: The event, or None if the whole item is meant.
        picture_words: The first words that were read from a picture, if it has no other words.
    """

    finding: Finding
    item: Item
    event: Event | None
    picture_words: str = ""

    @property
    def time(self) -> TimeReading | None:
        """When it was."""
        return self.event.time if self.event else self.item.time

    @property
    def place(self) -> SourcePlace | None:
        """Where it stands in the item."""
        return self.event.place if self.event else None


def read_overview(case: CaseFile) -> Overview:
    """All confirmed findings by type and time."""
    where = zone(cases.info(case).timezone)
    confirmed = [
        finding
        for finding in findings.list_findings(case)
        if finding.status is FindingStatus.CONFIRMED
    ]
    moments = _moments(case, [finding.subject for finding in confirmed], where)
    confirmed.sort(key=lambda finding: moments.get(finding.subject, _LAST))
    groups = []
    for kind in violations.all_types():
        mine = tuple(finding for finding in confirmed if finding.violation == kind.code)
        if mine:
            groups.append(Group(kind.code, mine))
    return Overview(tuple(groups), where)


def read_findings(case: CaseFile, chosen: Sequence[Finding]) -> dict[int, FindingRow]:
    """What these findings rest on, by the finding's number."""
    event_ids = [
        finding.subject.id for finding in chosen if finding.subject.kind is SubjectKind.EVENT
    ]
    events = {event.id: event for event in timeline.get_many(case, event_ids)}
    item_ids = {
        finding.subject.id for finding in chosen if finding.subject.kind is SubjectKind.ITEM
    }
    item_ids |= {event.item_id for event in events.values()}
    things = {item.id: item for item in items.get_many(case, list(item_ids))}
    pictures = [item.id for item in things.values() if item.kind is ItemKind.PICTURE]
    read = reading.first_words(case, pictures)
    rows = {}
    for finding in chosen:
        event = (
            events.get(finding.subject.id) if finding.subject.kind is SubjectKind.EVENT else None
        )
        item = things.get(event.item_id if event else finding.subject.id)
        if item is not None:
            has_words = event is not None and bool(event.text)
            picture_words = "" if has_words else read.get(item.id, "")
            rows[finding.id] = FindingRow(finding, item, event, picture_words)
    return rows


def _moments(case: CaseFile, subjects: Sequence[Subject], where: ZoneInfo) -> dict[Subject, int]:
    moments: dict[Subject, int] = {}
    for kind, read in ((SubjectKind.EVENT, timeline.get_many), (SubjectKind.ITEM, items.get_many)):
        ids = list({subject.id for subject in subjects if subject.kind is kind})
        for start in range(0, len(ids), _PAGE):
            for thing in read(case, ids[start : start + _PAGE]):
                if thing.time is not None:
                    moments[Subject(kind, thing.id)] = epoch_ms(thing.time.moment, where)
    return moments
