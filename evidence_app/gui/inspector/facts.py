"""What the inspector says of an item or an event, read away from the window."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evidence_app.model.device import Device
from evidence_app.model.event import Event
from evidence_app.model.evidence import Item
from evidence_app.model.filters import EventFilter
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.model.party import Party
from evidence_app.model.times import TimeReading
from evidence_app.services import certificates, devices, items, parties
from evidence_app.services import events as timeline
from evidence_app.services.certificates import Certificates

if TYPE_CHECKING:
    from evidence_app.services.cases import CaseFile

_LOOKED_AT = 500
_MOST_PARTIES = 6
_MOST_FILES = 20


@dataclass(frozen=True, slots=True)
class SubjectFacts:
    """One item or event with all that is known of it.

    Attributes:
        item: The item, or that of the event.
        event: The event; None for an item.
        readings: Other times that sources state, the one in force left out.
        parties: Who takes part, at most six.
        details: What the file says of itself, or the entry as it stands in its source.
        skipped: How many entries of the item could not be read.
        sources: Other records of the same act, in other files.
        enclosed: The items that belong to the event, or lie in the item.
        containers: The items in which the item lies.
        device: Where the item comes from, or None.
        certificates: What certifies the item, and what it certifies.
    """

    item: Item
    event: Event | None
    readings: tuple[TimeReading, ...]
    parties: tuple[Party, ...]
    details: tuple[tuple[str, str], ...]
    skipped: int = 0
    sources: tuple[Event, ...] = ()
    enclosed: tuple[Item, ...] = ()
    containers: tuple[Item, ...] = ()
    device: Device | None = None
    certificates: Certificates = field(default_factory=Certificates)

    @property
    def time(self) -> TimeReading | None:
        """The time in force."""
        return self.event.time if self.event is not None else self.item.time


def read_facts(case: CaseFile, subject: Subject) -> SubjectFacts:
    """All that is known of an item or event.

    Raises:
        UsageError: It is no longer there.
    """
    if subject.kind is SubjectKind.EVENT:
        return _event_facts(case, subject.id)
    item = items.get(case, subject.id)
    return SubjectFacts(
        item,
        None,
        _other_readings(items.time_readings(case, item.id), item.time),
        _parties(case, _party_ids(case, item.id)),
        tuple(items.metadata(case, item.id).items()),
        len(items.skipped(case, item.id)),
        enclosed=tuple(items.get_many(case, items.parts(case, item.id)[:_MOST_FILES])),
        containers=tuple(items.get_many(case, items.containers(case, item.id))),
        device=devices.of_item(case, item.id),
        certificates=certificates.of_item(case, item.id),
    )


def _event_facts(case: CaseFile, event_id: int) -> SubjectFacts:
    event = timeline.get(case, event_id)
    item = items.get(case, event.item_id)
    readings = timeline.time_readings(case, event_id)
    if event.place is None:
        readings += items.time_readings(case, item.id)
    return SubjectFacts(
        item,
        event,
        _other_readings(readings, event.time),
        _parties(case, [event.party_id] if event.party_id is not None else []),
        _raw_fields(timeline.raw_fields(case, event_id)),
        sources=tuple(
            source for source in timeline.sources(case, event_id) if source.id != event_id
        ),
        enclosed=tuple(items.get_many(case, timeline.enclosed_items(case, event_id))),
        device=devices.of_item(case, item.id),
    )


def _other_readings(
    readings: list[TimeReading], now: TimeReading | None
) -> tuple[TimeReading, ...]:
    return tuple(dict.fromkeys(reading for reading in readings if reading != now))


def _party_ids(case: CaseFile, item_id: int) -> list[int]:
    ids = timeline.index(case, EventFilter(item_id=item_id)).ids[:_LOOKED_AT]
    counts: dict[int, int] = {}
    for event in timeline.get_many(case, ids):
        if event.party_id is not None:
            counts[event.party_id] = counts.get(event.party_id, 0) + 1
    return sorted(counts, key=lambda party_id: -counts[party_id])[:_MOST_PARTIES]


def _parties(case: CaseFile, party_ids: list[int]) -> tuple[Party, ...]:
    return tuple(parties.get(case, party_id) for party_id in party_ids)


def _raw_fields(text: str) -> tuple[tuple[str, str], ...]:
    try:
        fields = json.loads(text) if text else {}
    except ValueError:
        return (("", text),)
    if not isinstance(fields, dict):
        return (("", text),)
    return tuple((str(name), str(value)) for name, value in fields.items() if value != "")
