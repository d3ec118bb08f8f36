"""The cells of events, as far as they follow from what a source tells of each.

The reading process makes them, column by column: the process that holds the case has numbers to
give and rows to write, and nothing to compute for each of a million events.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from evidence_app.intake.records import EventColumns, EventRecord
from evidence_app.model import numbers
from evidence_app.model.event import EventType
from evidence_app.model.times import Instant, TimeReading, epoch_ms_of, from_text, in_zone, to_text

NAMES = (
    "type",
    "direction",
    "outcome",
    "at",
    "time_source",
    "time_precision",
    "time_raw",
    "sort_ms",
    "day",
    "duration_s",
    "identifier",
    "contact_name",
    "text",
    "place_unit",
    "place_number",
    "place_sheet",
    "raw",
    "fingerprint",
)
"""The columns, by their names in the case, in the order in which they travel."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How the acts of an item are understood.

    Attributes:
        region: By whose habits local numbers are read, or None.
        where: The zone of the case, by which events are sorted.
        own_zone: The zone of the item's wall-clock times, if the person said it.
    """

    region: str | None
    where: ZoneInfo
    own_zone: ZoneInfo | None = None

    def asks_zone(self, detail: Mapping[str, Any]) -> bool:
        """Whether it is unsure where the clock hung: not if it was said, or it is the case's."""
        return self.own_zone is None and detail.get("suggested") != self.where.key

    def timed(self, reading: TimeReading | None) -> TimeReading | None:
        """The reading as an instant, if the person said where the clock hung."""
        if reading is None or self.own_zone is None or isinstance(reading.moment, Instant):
            return reading
        at = reading.moment.at.replace(tzinfo=self.own_zone)
        # A fixed offset says what the clock meant even if a zone's rules change later.
        return replace(reading, moment=Instant(datetime.fromisoformat(at.isoformat())))


def columns_of(acts: Sequence[EventRecord], setting: Setting) -> EventColumns:
    """The cells of acts, of which there is at least one."""
    rows = [_cells(act, setting) for act in acts]
    enclosed = [(place, act.enclosed) for place, act in enumerate(acts) if act.enclosed]
    columns = dict(zip(NAMES, map(list, zip(*rows, strict=True)), strict=True))
    return EventColumns(columns, enclosed, setting.where.key)


def sort_columns(texts: Iterable[str | None], where: ZoneInfo) -> dict[str, list[Any]]:
    """The cells by which events are sorted in a case of another zone, by the texts of times."""
    times = [None if text is None else in_zone(from_text(text), where) for text in texts]
    return {
        "sort_ms": [None if at is None else epoch_ms_of(at) for at in times],
        "day": [None if at is None else at.date().isoformat() for at in times],
    }


def _cells(act: EventRecord, setting: Setting) -> tuple[Any, ...]:
    # A log has hundreds of thousands of these, so no dictionaries are made on the way.
    time, place = setting.timed(act.time), act.place
    at = None if time is None else in_zone(time.moment, setting.where)
    text = None if time is None else to_text(time.moment)
    sort_ms = None if at is None else epoch_ms_of(at)
    return (
        act.type.value,
        act.direction.value,
        act.outcome.value,
        text,
        None if time is None else time.source.value,
        None if time is None else time.precision.value,
        None if time is None else time.raw,
        sort_ms,
        None if at is None else at.date().isoformat(),
        act.duration_s,
        act.identifier,
        act.contact_name,
        act.text,
        None if place is None else place.unit.value,
        None if place is None else place.number,
        None if place is None else place.sheet,
        _raw_text(act.raw),
        # What the item itself is, as a recording, has no second source of the same kind.
        None if place is None or text is None else _fingerprint(act, text, sort_ms, setting.region),
    )


def _raw_text(raw: Mapping[str, str]) -> str:
    try:
        return orjson.dumps(raw).decode()
    except TypeError:
        # It refuses half a surrogate pair.
        return json.dumps(dict(raw), ensure_ascii=False, separators=(",", ":"))


def _fingerprint(act: EventRecord, at: str, sort_ms: int | None, region: str | None) -> int:
    """A number that is equal for records of one act in overlapping copies of one source.

    It stands for the type, who reached out, the number, the time to the millisecond, and the
    duration or the words; not for names and places, which change between backups.

    Returns:
        The number, of 64 bits with a sign.
    """
    is_call = act.type is EventType.CALL
    content = round(act.duration_s or 0) if is_call else act.text
    # An instant has an offset after its seconds; two offsets may mean the same instant.
    moment = sort_ms if at[-1] == "Z" or at[-6] in "+-" else at
    identifier = numbers.normalize(act.identifier, region)
    key = f"{act.type.value}\0{act.direction.value}\0{identifier}\0{moment}\0{content}"
    # Half a surrogate pair is a question mark in the case as well.
    digest = hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
