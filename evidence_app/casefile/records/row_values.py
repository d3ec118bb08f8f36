"""Turns rows into the model's values and back."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Table

from evidence_app.casefile import schema
from evidence_app.casefile.storage.cells import damaged
from evidence_app.messages import Message, MessageCode
from evidence_app.model import numbers
from evidence_app.model.case import CaseInfo, Jurisdiction
from evidence_app.model.event import NUMBERED, Direction, Event, EventType, Outcome
from evidence_app.model.evidence import (
    Item,
    ItemKind,
    ItemStatus,
    PlaceUnit,
    SkippedEntry,
    SourcePlace,
    TextBlock,
)
from evidence_app.model.region import Region
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
_T = TypeVar("_T")
_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError)


def converts(table: Table) -> Callable[[Callable[[Any], _T]], Callable[[Any], _T]]:
    """Make a function that turns a row of ``table`` into a value say which row it cannot read.

    Args:
        table: Those of its cells in the row that are never empty are there when the function is
            called.
    """
    never_empty = tuple(column.name for column in table.columns if not column.nullable)

    def wrap(convert: Callable[[Any], _T]) -> Callable[[Any], _T]:
        @functools.wraps(convert)
        def converted(row: Any) -> _T:
            try:
                if any(row.get(name, "") is None for name in never_empty):
                    raise ValueError("an empty cell")
                return convert(row)
            except _UNREADABLE as error:
                raise damaged(f"{table.name} {row.get('id', '')}".strip()) from error

        return converted

    return wrap


def day(text: str) -> date:
    """The day of an event.

    Raises:
        DamagedError: It is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise damaged("event.day") from error


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
    """The time that stands in a row.

    Raises:
        ValueError: It cannot be read.
    """
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


def region(row: Values) -> Region | None:
    """The rectangle that stands in a row, or None."""
    cells = [row[name] for name in ("left", "top", "width", "height")]
    return None if None in cells else Region(*map(float, cells))


@converts(schema.case_info)
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


@converts(schema.item)
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


@converts(schema.event)
def event(row: Values) -> Event:
    """A row of ``event`` joined with the party's name and the item's file name."""
    if row["filename"] is None:
        raise ValueError("a file without a name")
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
        is_number_withheld=_is_number_withheld(row),
    )


def _is_number_withheld(row: Values) -> bool:
    if row["identifier_normalized"] or EventType(row["type"]) not in NUMBERED:
        return False
    fields = json.loads(row["raw"])
    return numbers.is_stated_as_withheld(row["identifier"], fields)


@converts(schema.text_span)
def text_block(row: Values) -> TextBlock:
    """A row of ``text_span``."""
    place = source_place(row)
    return TextBlock(row["text"], place or SourcePlace(PlaceUnit.LINE, 1))


@converts(schema.skipped_entry)
def skipped_entry(row: Values) -> SkippedEntry:
    """A row of ``skipped_entry``."""
    reason = stored_message(row["reason_code"], row["reason_arguments"])
    return SkippedEntry(source_place(row) or SourcePlace(PlaceUnit.ENTRY, 1), reason, row["raw"])


def stored_message(code: str, arguments: str) -> Message:
    """A sentence that was kept.

    Raises:
        ValueError, KeyError, TypeError: It cannot be worded.
    """
    stored = Message(MessageCode(code), dict(json.loads(arguments)))
    stored.english()
    return stored
