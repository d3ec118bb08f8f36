"""Writes what a reader yielded into the case: the item, its events, parties and texts."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import singledispatchmethod
from zoneinfo import ZoneInfo

from evidence_app.casefile import case_records, content, event_records, item_records, party_records
from evidence_app.casefile.change import Change
from evidence_app.casefile.content import Incoming
from evidence_app.intake.records import ActRecord, Description, Notice, Record
from evidence_app.messages import Message
from evidence_app.model import numbers
from evidence_app.model.evidence import (
    ItemKind,
    ItemStatus,
    Rendition,
    SkippedEntry,
    TextBlock,
)
from evidence_app.model.party import Identifier, Role
from evidence_app.model.times import TimeReading, TimeSource

_BATCH = 2000
_NOT_IN_FORCE = frozenset({TimeSource.FILE_SYSTEM})
"""When a file was last written is shown beside, but too often it is when it was copied."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file on its way into the case.

    Attributes:
        filename: Its name alone.
        origin: The folder or source it came from.
        incoming: Its bytes.
        written: When the file system says that it was last written, or None.
    """

    filename: str
    origin: str
    incoming: Incoming
    written: TimeReading | None = None


@dataclass(slots=True)
class Ingested:
    """What became of a file.

    Attributes:
        item_id: The new item.
        status: How much of it was read.
        events: How many events it yielded.
        skipped: What could not be read.
        notices: What is to be said of the file as a whole.
        damage: The notice of damage that comes first, or None.
    """

    item_id: int
    status: ItemStatus = ItemStatus.UNREAD
    events: int = 0
    skipped: list[SkippedEntry] = field(default_factory=list)
    notices: list[Message] = field(default_factory=list)
    damage: Message | None = None


class _Ingest:
    def __init__(self, change: Change, item_id: int, region: str | None, where: ZoneInfo) -> None:
        self.result = Ingested(item_id)
        self.description: Description | None = None
        self.readings: list[TimeReading] = []
        self._change = change
        self._region = region
        self._where = where
        self._acts: list[ActRecord] = []
        self._itself: list[ActRecord] = []
        self._texts: list[TextBlock] = []
        self._renditions: list[Rendition] = []
        self._parties: dict[str, int] = {}

    @singledispatchmethod
    def take(self, record: Record) -> None:
        """Take in one record."""
        raise TypeError(f"no record: {type(record).__name__}")

    @take.register
    def _(self, record: Description) -> None:
        self.description = record

    @take.register
    def _(self, record: TimeReading) -> None:
        self.readings.append(record)

    @take.register
    def _(self, record: ActRecord) -> None:
        if record.place is None:
            self._itself.append(record)
            return
        self._acts.append(record)
        if len(self._acts) >= _BATCH:
            self._write_acts()

    @take.register
    def _(self, record: SkippedEntry) -> None:
        self.result.skipped.append(record)

    @take.register
    def _(self, record: Notice) -> None:
        self.result.notices.append(record.message)
        if record.damaged and self.result.damage is None:
            self.result.damage = record.message
        item_records.add_notice(
            self._change, self.result.item_id, record.message, damaged=record.damaged
        )

    @take.register
    def _(self, record: TextBlock) -> None:
        self._texts.append(record)

    @take.register
    def _(self, record: Rendition) -> None:
        self._renditions.append(record)

    def finish(self) -> None:
        """Write what is still in hand, and what follows from all records together."""
        time = self._time_in_force()
        self._acts.extend(
            act if act.time is not None else replace(act, time=time) for act in self._itself
        )
        self._write_acts()
        item_id = self.result.item_id
        item_records.add_texts(self._change, item_id, self._texts)
        item_records.add_renditions(self._change, item_id, self._renditions)
        item_records.add_skipped(self._change, item_id, self.result.skipped)
        item_records.add_time_readings(self._change, item_id, self.readings)
        self.result.status = self._status()
        self._describe()
        if time is not None:
            item_records.set_time(self._change, item_id, time, self._where)

    def _time_in_force(self) -> TimeReading | None:
        order = list(TimeSource)
        self.readings.sort(key=lambda reading: order.index(reading.source))
        return next((one for one in self.readings if one.source not in _NOT_IN_FORCE), None)

    def _status(self) -> ItemStatus:
        if self.description is None:
            return ItemStatus.UNREAD
        broken = self.result.damage is not None or self.result.skipped
        return ItemStatus.PARTLY_READ if broken else ItemStatus.READ

    def _describe(self) -> None:
        known = self.description
        values: dict[str, object] = {
            "status": self.result.status.value,
            "event_count": self.result.events,
        }
        if known is not None:
            values |= {
                "kind": known.kind.value,
                "width": known.width,
                "height": known.height,
                "duration_s": known.duration_s,
                "page_count": known.page_count,
                "metadata": json.dumps(known.metadata, ensure_ascii=False),
            }
        item_records.edit_item(self._change, self.result.item_id, **values)

    def _write_acts(self) -> None:
        values = [self._values(act) for act in self._acts]
        event_records.add_events(self._change, values)
        self.result.events += len(values)
        self._acts.clear()

    def _values(self, act: ActRecord) -> dict[str, object]:
        normalized = numbers.normalize(act.identifier, self._region)
        return event_records.event_values(
            item_id=self.result.item_id,
            type=act.type,
            direction=act.direction,
            outcome=act.outcome,
            time=act.time,
            where=self._where,
            duration_s=act.duration_s,
            party_id=self._party(act, normalized),
            identifier=act.identifier,
            identifier_normalized=normalized,
            contact_name=act.contact_name,
            text=act.text,
            place=act.place,
            raw=act.raw,
        )

    def _party(self, act: ActRecord, normalized: str) -> int | None:
        if not normalized:
            return None
        known = self._parties.get(normalized)
        if known is not None:
            return known
        party_id = party_records.find_party(self._change.connection, normalized)
        if party_id is None:
            written = Identifier(act.identifier, normalized)
            party_id = party_records.add_party(
                self._change, Role.UNKNOWN, act.contact_name, written
            )
        else:
            party_records.name_if_unnamed(self._change, party_id, act.contact_name)
        self._parties[normalized] = party_id
        return party_id


def ingest(
    change: Change,
    arrival: Arrival,
    records: Iterable[Record],
    *,
    media_type: str,
    kind: ItemKind = ItemKind.OTHER,
) -> Ingested:
    """Make an item of a file and of what a reader yields of it, in the running transaction.

    Args:
        change: The transaction.
        arrival: The file.
        records: What the reader yields.
        media_type: Of the content, as it was detected.
        kind: What the item is if no reader describes it.
    """
    connection = change.connection
    info = case_records.info(connection)
    where = case_records.case_zone(connection)
    content_id = content.adopt(change, arrival.incoming, media_type)
    item_id = item_records.add_item(change, _new_item(arrival, content_id, kind))
    running = _Ingest(change, item_id, info.jurisdiction.region(), where)
    for record in records:
        running.take(record)
    if arrival.written is not None:
        running.readings.append(arrival.written)
    running.finish()
    return running.result


def _new_item(arrival: Arrival, content_id: int, kind: ItemKind) -> dict[str, object]:
    return {
        "content_id": content_id,
        "kind": kind.value,
        "title": arrival.filename,
        "filename": arrival.filename,
        "origin": arrival.origin,
        "status": ItemStatus.UNREAD.value,
        "imported_at": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "note": "",
        "event_count": 0,
        "metadata": "{}",
    }
