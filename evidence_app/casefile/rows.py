"""Turns rows into the model's values and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from evidence_app.messages import Message, MessageCode
from evidence_app.model.case import CaseInfo, Jurisdiction
from evidence_app.model.event import Direction, Event, EventType, Outcome
from evidence_app.model.evidence import (
    Item,
    ItemKind,
    ItemStatus,
    PlaceUnit,
    SkippedEntry,
    SourcePlace,
    TextBlock,
)
from evidence_app.model.times import (
    TimePrecision,
    TimeReading,
    TimeSource,
    epoch_ms,
    epoch_ms_of,
    from_text,
    in_zone,
    to_text,
)

Values = Mapping[Any, Any]


def time_columns(reading: TimeReading | None) -> dict[str, Any]:
    """The cells of a time, without those by which it is sorted."""
    if reading is None:
        return {"at": None, "time_source": None, "time_precision": None, "time_raw": None}
    return {
        "at": to_text(reading.moment),
        "time_source": reading.source.value,
        "time_precision": reading.precision.value,
        "time_raw": reading.raw,
    }


def sort_column(reading: TimeReading | None, where: ZoneInfo) -> dict[str, Any]:
    """The cell by which an item is sorted in a case of that zone."""
    return {"sort_ms": None if reading is None else epoch_ms(reading.moment, where)}


def sort_columns(reading: TimeReading | None, where: ZoneInfo) -> dict[str, Any]:
    """The cells by which an event is sorted in a case of that zone."""
    if reading is None:
        return {"sort_ms": None, "day": None}
    at = in_zone(reading.moment, where)
    return {"sort_ms": epoch_ms_of(at), "day": at.date().isoformat()}


def time_reading(row: Values) -> TimeReading | None:
    """The time that stands in a row."""
    if row["at"] is None:
        return None
    return TimeReading(
        from_text(row["at"]),
        TimeSource(row["time_source"]),
        TimePrecision(row["time_precision"]),
        row["time_raw"],
    )


def place_columns(place: SourcePlace | None) -> dict[str, Any]:
    """The cells of a place."""
    if place is None:
        return {"place_unit": None, "place_number": None, "place_sheet": None}
    return {
        "place_unit": place.unit.value,
        "place_number": place.number,
        "place_sheet": place.sheet,
    }


def source_place(row: Values) -> SourcePlace | None:
    """The place that stands in a row."""
    if row["place_unit"] is None:
        return None
    return SourcePlace(PlaceUnit(row["place_unit"]), row["place_number"], row["place_sheet"])


def case_info(row: Values) -> CaseInfo:
    """A row of ``case_info``."""
    return CaseInfo(
        title=row["title"],
        owner_name=row["owner_name"],
        timezone=row["timezone"],
        jurisdiction=Jurisdiction(row["jurisdiction"]),
        created_at=datetime.fromisoformat(row["created_at"]),
        case_id=row["case_id"],
    )


def item(row: Values) -> Item:
    """A row of ``item`` joined with its ``content``."""
    return Item(
        id=row["id"],
        kind=ItemKind(row["kind"]),
        title=row["title"],
        filename=row["filename"],
        origin=row["origin"],
        sha256=row["sha256"],
        size=row["size"],
        media_type=row["media_type"],
        status=ItemStatus(row["status"]),
        imported_at=datetime.fromisoformat(row["imported_at"]),
        time=time_reading(row),
        note=row["note"],
        width=row["width"],
        height=row["height"],
        duration_s=row["duration_s"],
        page_count=row["page_count"],
        event_count=row["event_count"],
    )


def event(row: Values) -> Event:
    """A row of ``event`` joined with the party's name and the item's file name."""
    return Event(
        id=row["id"],
        item_id=row["item_id"],
        type=EventType(row["type"]),
        direction=Direction(row["direction"]),
        outcome=Outcome(row["outcome"]),
        time=time_reading(row),
        duration_s=row["duration_s"],
        party_id=row["party_id"],
        party=row["party_name"] or "",
        identifier=row["identifier"],
        identifier_normalized=row["identifier_normalized"],
        contact_name=row["contact_name"],
        text=row["text"],
        place=source_place(row),
        filename=row["filename"],
    )


def text_block(row: Values) -> TextBlock:
    """A row of ``text_span``."""
    place = source_place(row)
    return TextBlock(row["text"], place or SourcePlace(PlaceUnit.LINE, 1))


def skipped_entry(row: Values) -> SkippedEntry:
    """A row of ``skipped_entry``."""
    reason = Message(MessageCode(row["reason_code"]), json.loads(row["reason_arguments"]))
    return SkippedEntry(source_place(row) or SourcePlace(PlaceUnit.ENTRY, 1), reason, row["raw"])
