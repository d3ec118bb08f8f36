"""What was read from a picture, as JSON values and back.

Values come from a closed-off process that saw a stranger's file: each is checked.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from evidence_app.model.event import Direction, Outcome
from evidence_app.model.reading import (
    Box,
    DayBasis,
    PictureLayout,
    ProposedEvent,
    ProposedKind,
    ReadPicture,
    Relief,
    Stamp,
    StampDoubt,
    TextLine,
)

MOST_LINES = 20_000
_LONGEST_TEXT = 100_000


def values_of(picture: ReadPicture) -> tuple[dict[str, Any], bytes]:
    """JSON values, and the bytes of the relief beside them."""
    values = asdict(picture)
    data = b""
    if picture.relief is not None:
        data = values["relief"].pop("data")
    values["taken_on"] = _day_text(picture.taken_on)
    for encoded, event in zip(values["events"], picture.events, strict=True):
        _encode_stamp(encoded["stamp"], event.stamp)
    _encode_stamp(values["closing_stamp"], picture.closing_stamp)
    return values, data


def _encode_stamp(values: dict[str, Any], stamp: Stamp | None) -> None:
    if stamp is not None:
        values |= {"day": _day_text(stamp.day), "doubts": sorted(stamp.doubts)}


def picture_from(values: dict[str, Any], data: bytes) -> ReadPicture:
    """The reverse of `values_of`.

    Raises:
        ValueError, TypeError, LookupError: The values are not what they should be.
    """
    lines = tuple(_line(line_values) for line_values in _list(values["lines"]))
    return ReadPicture(
        width=_whole_number(values["width"]),
        height=_whole_number(values["height"]),
        engine=_text(values["engine"]),
        is_whole=bool(values["is_whole"]),
        layout=PictureLayout(values["layout"]),
        title=_text(values["title"]),
        top=_whole_number(values["top"]),
        bottom=_whole_number(values["bottom"]),
        lines=lines,
        events=tuple(_event(event_values, len(lines)) for event_values in _list(values["events"])),
        closing_stamp=_maybe_stamp(values["closing_stamp"]),
        relief=None if values["relief"] is None else _relief(values["relief"], data),
        taken_on=_day(values["taken_on"]),
    )


def _line(values: dict[str, Any]) -> TextLine:
    return TextLine(_box(values["box"]), _text(values["text"]), _share(values["confidence"]))


def _event(values: dict[str, Any], line_count: int) -> ProposedEvent:
    return ProposedEvent(
        kind=ProposedKind(values["kind"]),
        direction=Direction(values["direction"]),
        box=_box(values["box"]),
        text=_text(values["text"]),
        name=_text(values["name"]),
        quote=_text(values["quote"]),
        lines=tuple(_place(place, line_count) for place in _list(values["lines"])),
        stamp=_maybe_stamp(values["stamp"]),
        stamp_line=_maybe_place(values["stamp_line"], line_count),
        is_stamp_own=bool(values["is_stamp_own"]),
        confidence=_share(values["confidence"]),
        side_confidence=_share(values["side_confidence"]),
        is_cut=bool(values["is_cut"]),
        outcome=Outcome(values["outcome"]),
        duration_s=_maybe(values["duration_s"]),
        count=_whole_number(values["count"]),
    )


def _maybe_stamp(values: dict[str, Any] | None) -> Stamp | None:
    return None if values is None else _stamp(values)


def _stamp(values: dict[str, Any]) -> Stamp:
    return Stamp(
        text=_text(values["text"]),
        basis=DayBasis(values["basis"]),
        year=_maybe(values["year"]),
        month=_maybe(values["month"]),
        day_of_month=_maybe(values["day_of_month"]),
        days_before=_maybe(values["days_before"]),
        weekday=_maybe(values["weekday"]),
        hour=_maybe(values["hour"]),
        minute=_maybe(values["minute"]),
        second=_maybe(values["second"]),
        doubts=frozenset(StampDoubt(doubt) for doubt in _list(values["doubts"])),
        day=_day(values["day"]),
    )


def _relief(values: dict[str, Any], data: bytes) -> Relief:
    scale = float(values["scale"])
    if not 0 < scale < 1_000:
        raise ValueError("a scale is out of bounds")
    return Relief(
        _whole_number(values["rows"]),
        _whole_number(values["columns"]),
        _whole_number(values["top"]),
        scale,
        data,
    )


def _box(values: dict[str, Any]) -> Box:
    return Box(*(_whole_number(values[side]) for side in ("left", "top", "right", "bottom")))


def _list(value: object) -> list[Any]:
    if not isinstance(value, list) or len(value) > MOST_LINES:
        raise ValueError("not a list, or too long a one")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT:
        raise ValueError("not a text, or too long a one")
    return value


def _whole_number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > 1 << 31:
        raise ValueError("not a whole number, or too large a one")
    return value


def _maybe(value: object) -> int | None:
    return None if value is None else _whole_number(value)


def _place(value: object, count: int) -> int:
    place = _whole_number(value)
    if not 0 <= place < count:
        raise ValueError("a line that there is not")
    return place


def _maybe_place(value: object, count: int) -> int | None:
    return None if value is None else _place(value, count)


def _share(value: object) -> float:
    if not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ValueError("not a share")
    return float(value)


def _day(value: object) -> date | None:
    return None if value is None else date.fromisoformat(_text(value))


def _day_text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
