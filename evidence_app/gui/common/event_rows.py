"""What a line of the timeline shows, read away from the window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from evidence_app.model.event import Event, EventType
from evidence_app.model.evidence import ItemKind
from evidence_app.model.filters import EventFilter, TimelineIndex
from evidence_app.model.finding import Labels, Subject, SubjectKind
from evidence_app.model.times import zone
from evidence_app.services import cases, items, labels, reading
from evidence_app.services import events as timeline

if TYPE_CHECKING:
    from evidence_app.services.cases import CaseFile


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event with all that its line shows.

    Attributes:
        event: What happened.
        kind: What its item is.
        own: The labels on the event itself.
        inherited: The labels that its item has and it has not.
        picture_words: The first words that were read from a picture, if that is all it is.
    """

    event: Event
    kind: ItemKind
    own: Labels
    inherited: Labels
    picture_words: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """The lines of a view in their order.

    Attributes:
        index: The events by number and day.
        where: The zone in which days are counted.
        any: Whether the case has any event at all, wanted or not.
    """

    index: TimelineIndex
    where: ZoneInfo
    any: bool


def read_order(case: CaseFile, event_filter: EventFilter, descending: bool) -> Order:
    """Which events a view shows, and in which order."""
    index = timeline.index(case, event_filter, descending)
    where = zone(cases.info(case).timezone)
    return Order(index, where, bool(index.ids) or bool(timeline.index(case, EventFilter()).ids))


def read_rows(case: CaseFile, ids: Sequence[int]) -> dict[int, EventRow]:
    """The rows of these events; events that no longer exist are left out."""
    events = timeline.get_many(case, ids)
    item_ids = list({event.item_id for event in events})
    kinds = {item.id: item.kind for item in items.get_many(case, item_ids)}
    subjects = [Subject(SubjectKind.EVENT, event.id) for event in events]
    parents = [Subject(SubjectKind.ITEM, item_id) for item_id in item_ids]
    labels_of = labels.labels(case, [*subjects, *parents])
    mute = [event.item_id for event in events if _is_mute_picture(event)]
    read = reading.first_words(case, mute)
    rows = {}
    for event, subject in zip(events, subjects, strict=True):
        own = labels_of[subject]
        parent = labels_of[Subject(SubjectKind.ITEM, event.item_id)]
        kind = kinds.get(event.item_id, ItemKind.OTHER)
        picture_text = read.get(event.item_id, "") if _is_mute_picture(event) else ""
        rows[event.id] = EventRow(event, kind, own, _without(parent, own), picture_text)
    return rows


def _is_mute_picture(event: Event) -> bool:
    return event.type is EventType.PICTURE and not event.text


def _without(labels_: Labels, present: Labels) -> Labels:
    return Labels(
        tuple(code for code in labels_.violations if code not in present.violations),
        tuple(tag for tag in labels_.tags if tag not in present.tags),
    )
