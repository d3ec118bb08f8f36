"""Writes what a reader yielded into the case: the item, its events, parties and texts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from evidence_app.casefile import originals
from evidence_app.casefile.change import Change
from evidence_app.casefile.originals import Incoming
from evidence_app.casefile.records import case_info as case_records
from evidence_app.casefile.records import contacts as contact_records
from evidence_app.casefile.records import events as event_records
from evidence_app.casefile.records import items as item_records
from evidence_app.casefile.records import parts as part_records
from evidence_app.casefile.records import questions as question_records
from evidence_app.casefile.records.events import Place
from evidence_app.casefile.storage import page_cache
from evidence_app.intake.event_cells import Setting
from evidence_app.intake.records import (
    Contact,
    Description,
    Enclosure,
    EventColumns,
    EventRecord,
    Notice,
    Record,
)
from evidence_app.messages import Message
from evidence_app.model import numbers
from evidence_app.model.evidence import (
    ItemKind,
    ItemStatus,
    Rendition,
    SkippedEntry,
    TextBlock,
)
from evidence_app.model.question import Question, QuestionKind
from evidence_app.model.times import TimeReading, TimeSource, zone
from evidence_app.services.importing.event_writer import EventWriter

_NOT_IN_FORCE = frozenset({TimeSource.FILE_SYSTEM})
"""When a file was last written is shown beside, but too often it is when it was copied."""

MOST_TOLD = 1000
"""So many entries that could not be read are told one by one; the case has them all."""

_MOST_CHARACTERS = 1 << 20
_MOST_ENTRIES = 2000


@dataclass(frozen=True, slots=True)
class NewItem:
    """A file on its way into the case.

    Attributes:
        filename: Its name alone.
        origin: The folder or source it came from.
        incoming: Its bytes.
        written: When the file system says that it was last written, or None.
        container_id: The item that it lies in, or None.
        key: By what name it lies there.
    """

    filename: str
    origin: str
    incoming: Incoming
    written: TimeReading | None = None
    container_id: int | None = None
    key: str = ""


@dataclass(slots=True)
class Ingested:
    """What became of a file.

    Attributes:
        item_id: The new item.
        status: How much of it was read.
        events: How many events it yielded.
        known: How many of them the case has from another source already.
        questions: What is to be asked about it.
        skipped: What could not be read, the first of it.
        skipped_count: How much could not be read.
        notices: What is to be said of the file as a whole.
        damage: The notice of damage that comes first, or None.
    """

    item_id: int
    status: ItemStatus = ItemStatus.UNREAD
    events: int = 0
    known: int = 0
    questions: list[Question] = field(default_factory=list)
    skipped: list[SkippedEntry] = field(default_factory=list)
    skipped_count: int = 0
    notices: list[Message] = field(default_factory=list)
    damage: Message | None = None


class _Ingest:
    def __init__(
        self, change: Change, item_id: int, setting: Setting, written: dict[Place, int]
    ) -> None:
        self.result = Ingested(item_id)
        self.description: Description | None = None
        self.readings: list[TimeReading] = []
        self._change = change
        self._setting = setting
        self._acts = EventWriter(change, item_id, setting, written)
        self._itself: list[EventRecord] = []
        self._texts: list[TextBlock] = []
        self._characters = 0
        self._has_content = False
        self._skipped: list[SkippedEntry] = []
        self._contacts: list[Contact] = []
        self._parts: list[str] = []

    def take(self, record: Record) -> None:  # noqa: C901 - one case for each kind.
        """Take in one record."""
        match record:
            case EventColumns():
                self._acts.take_columns(record)
            case EventRecord() if record.place is not None:
                self._acts.take(record)
            case EventRecord():
                self._itself.append(record)
            case TextBlock():
                self._text(record)
            case SkippedEntry():
                self._skip(record)
            case Enclosure():
                self._parts.append(record.key)
            case Contact():
                self._contacts.append(record)
            case TimeReading():
                self.readings.append(record)
            case Rendition():
                self._has_content = True
                item_records.add_renditions(self._change, self.result.item_id, [record])
            case Description():
                self.description = record
            case Notice():
                self._notice(record)
            case Question():
                self._question(record)

    def _text(self, block: TextBlock) -> None:
        self._has_content = True
        self._texts.append(block)
        self._characters += len(block.text)
        if self._characters >= _MOST_CHARACTERS:
            self._write_texts()

    def _write_texts(self) -> None:
        texts, self._texts, self._characters = self._texts, [], 0
        item_records.add_texts(self._change, self.result.item_id, texts)

    def _skip(self, entry: SkippedEntry) -> None:
        self.result.skipped_count += 1
        if len(self.result.skipped) < MOST_TOLD:
            self.result.skipped.append(entry)
        self._skipped.append(entry)
        if len(self._skipped) >= _MOST_ENTRIES:
            self._write_skipped()

    def _write_skipped(self) -> None:
        skipped, self._skipped = self._skipped, []
        item_records.add_skipped(self._change, self.result.item_id, skipped)

    def _notice(self, record: Notice) -> None:
        self.result.notices.append(record.message)
        if record.damaged and self.result.damage is None:
            self.result.damage = record.message
        item_records.add_notice(
            self._change, self.result.item_id, record.message, damaged=record.damaged
        )

    def _question(self, record: Question) -> None:
        if record.kind is QuestionKind.TIMEZONE and not self._setting.asks_zone(record.detail):
            return
        self.result.questions.append(record)

    def finish(self) -> None:
        """Write what is still in hand, and what follows from all records together."""
        time = self._time_in_force()
        for act in self._itself:
            self._acts.take(act if act.time is not None else replace(act, time=time))
        self._acts.finish(self.description.reader if self.description else "")
        self.result.events, self.result.known = self._acts.count, self._acts.known
        item_id = self.result.item_id
        self._write_texts()
        self._write_skipped()
        item_records.add_time_readings(self._change, item_id, self.readings)
        question_records.add(self._change, item_id, self.result.questions)
        part_records.add(self._change, item_id, self._parts)
        contact_records.add(self._change, item_id, self._numbers())
        self.result.status = self._status()
        self._describe()
        if time is not None and not item_records.has_corrected_time(self._change, item_id):
            item_records.set_time(self._change, item_id, time, self._setting.where)

    def _numbers(self) -> Iterator[tuple[str, str, str]]:
        for contact in self._contacts:
            for written in contact.identifiers:
                normalized = numbers.normalize(written, self._setting.region)
                if normalized:
                    yield contact.name, written, normalized

    def _time_in_force(self) -> TimeReading | None:
        order = list(TimeSource)
        self.readings.sort(key=lambda reading: order.index(reading.source))
        return next(
            (
                time_reading
                for time_reading in self.readings
                if time_reading.source not in _NOT_IN_FORCE
            ),
            None,
        )

    def _status(self) -> ItemStatus:
        if self.description is None:
            return ItemStatus.UNREAD
        waits = any(question.blocking for question in self.result.questions)
        if self.result.damage is not None and not waits and not self._holds_anything():
            return ItemStatus.UNREAD
        broken = self.result.damage is not None or self.result.skipped or waits
        return ItemStatus.PARTLY_READ if broken else ItemStatus.READ

    def _holds_anything(self) -> bool:
        """Whether anything at all could be read of the file."""
        listed = self._contacts, self._parts, self.result.skipped
        return self._has_content or self.result.events > 0 or any(listed)

    def _describe(self) -> None:
        description = self.description
        values: dict[str, object] = {
            "status": self.result.status.value,
            "event_count": self.result.events,
        }
        if description is not None:
            values |= {
                "kind": description.kind.value,
                "width": description.width,
                "height": description.height,
                "duration_s": description.duration_s,
                "page_count": description.page_count,
                "metadata": json.dumps(description.metadata, ensure_ascii=False),
                "reader": description.reader,
            }
        item_records.edit_item(self._change, self.result.item_id, **values)


def ingest(
    change: Change,
    arrival: NewItem,
    records: Iterable[Record],
    *,
    media_type: str,
    kind: ItemKind = ItemKind.OTHER,
    own_zone: ZoneInfo | None = None,
) -> Ingested:
    """Make an item of a file and of what a reader yields of it, in the running transaction.

    Args:
        change: The transaction.
        arrival: The file.
        records: What the reader yields.
        media_type: Of the content, as it was detected.
        kind: What the item is if no reader describes it.
        own_zone: The zone of the file's wall-clock times, if the person said it.
    """
    content_id = originals.adopt(change, arrival.incoming, media_type)
    item_id = item_records.add_item(change, _new_item(arrival, content_id, kind))
    if arrival.container_id is not None:
        part_records.fill(change, arrival.container_id, arrival.key, item_id)
    running = _Ingest(change, item_id, _setting(change, own_zone), {})
    with page_cache.usual_after(change.connection):
        for record in records:
            running.take(record)
        if arrival.written is not None:
            running.readings.append(arrival.written)
        running.finish()
    return running.result


def renew(
    change: Change, item_id: int, records: Iterable[Record], own_zone: ZoneInfo | None
) -> Ingested:
    """Read an item once more, with answers that were not known before.

    Its events keep their numbers, and with them what the person tagged and found.

    Args:
        change: The transaction.
        item_id: The item.
        records: What the reader yields now.
        own_zone: The zone of the file's wall-clock times, if the person said it.
    """
    item_records.forget_reading(change, item_id)
    question_records.forget_open(change, item_id)
    written = event_records.places(change.connection, item_id)
    running = _Ingest(change, item_id, _setting(change, own_zone), written)
    with page_cache.usual_after(change.connection):
        for record in records:
            running.take(record)
        running.finish()
    return running.result


def _setting(change: Change, own_zone: ZoneInfo | None) -> Setting:
    info = case_records.info(change.connection)
    return Setting(info.jurisdiction.region(), zone(info.timezone), own_zone)


def _new_item(arrival: NewItem, content_id: int, kind: ItemKind) -> dict[str, object]:
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
