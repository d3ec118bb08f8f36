"""How an event is said in a line: its pictures, its words, its clock, its explanation."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QLocale

from evidence_app.gui.appearance import texts
from evidence_app.gui.common.date_range_button import to_qdate
from evidence_app.gui.common.event_rows import EventRow
from evidence_app.gui.findings.rows import FindingRow
from evidence_app.model.event import Direction, Event, EventType, Outcome
from evidence_app.model.evidence import ItemKind
from evidence_app.model.filters import DayGroup
from evidence_app.model.times import TimePrecision, TimeReading, WallClock, in_zone

translate = QCoreApplication.translate

_LONGEST = 400
_DAYLONG = (TimePrecision.DAY, TimePrecision.MONTH, TimePrecision.YEAR)

_TYPE_ICONS = {
    EventType.CALL: "phone",
    EventType.MESSAGE: "message-square",
    EventType.VOICEMAIL: "voicemail",
    EventType.EMAIL: "mail",
    EventType.LETTER: "file-text",
    EventType.VISIT: "door-open",
    EventType.POST: "megaphone",
    EventType.PAYMENT: "banknote",
    EventType.AGREEMENT: "handshake",
    EventType.COMPLAINT: "landmark",
    EventType.STOP_REQUEST: "circle-x",
    EventType.PLAN_REQUEST: "calendar-clock",
    EventType.DISPUTE: "circle-question-mark",
    EventType.AGREED_HOURS: "clock",
    EventType.REFUSED_FOR_OTHER: "user-round",
    EventType.REPRESENTED: "scale",
    EventType.RECORDING: "mic",
    EventType.PICTURE: "image",
    EventType.DOCUMENT: "file-text",
    EventType.NOTE: "sticky-note",
}
_CALL_ICONS = {
    Outcome.MISSED: "phone-missed",
    Outcome.REJECTED: "phone-off",
    Outcome.BLOCKED: "phone-off",
    Outcome.VOICEMAIL: "voicemail",
}
_KIND_ICONS = {
    ItemKind.PICTURE: "image",
    ItemKind.RECORDING: "audio-lines",
    ItemKind.VIDEO: "video",
    ItemKind.CALL_LOG: "list",
    ItemKind.MESSAGES: "message-square",
    ItemKind.EMAIL: "mail",
    ItemKind.DOCUMENT: "file-text",
    ItemKind.TEXT: "file-text",
    ItemKind.TABLE: "table",
    ItemKind.NOTE: "sticky-note",
    ItemKind.CONTACTS: "users",
    ItemKind.ARCHIVE: "archive",
    ItemKind.OTHER: "file",
}


def type_icon(event: Event) -> str:
    """The name of the icon for an event."""
    if event.type is not EventType.CALL:
        return _TYPE_ICONS[event.type]
    if event.outcome in _CALL_ICONS:
        return _CALL_ICONS[event.outcome]
    ways = {Direction.INCOMING: "phone-incoming", Direction.OUTGOING: "phone-outgoing"}
    return ways.get(event.direction, "phone")


def kind_icon(kind: ItemKind) -> str:
    """The name of the picture of an item's kind."""
    return _KIND_ICONS[kind]


def clock(reading: TimeReading | None, where: ZoneInfo) -> str:
    """The time of day as precise as it is known; empty if only the day is."""
    if reading is None or reading.precision in _DAYLONG:
        return ""
    form = "%H:%M" if reading.precision is TimePrecision.MINUTE else "%H:%M:%S"
    return in_zone(reading.moment, where).strftime(form)


def is_wall_clock(reading: TimeReading | None) -> bool:
    """Whether it is a clock's time without a known zone."""
    return (
        reading is not None
        and reading.precision not in _DAYLONG
        and isinstance(reading.moment, WallClock)
    )


def day_words(group: DayGroup) -> str:
    """A day with its weekday."""
    if group.day is None:
        return translate("EventWords", "Without a date")
    return QLocale().toString(to_qdate(group.day), QLocale.FormatType.LongFormat)


def count_words(count: int) -> str:
    """How many events, in words."""
    return translate("EventWords", "%n entry(ies)", "", count)


def other_side(event: Event) -> str:
    """The party, or that the number was withheld by the source's word; empty if unknown."""
    if not event.other_name and event.is_number_withheld:
        return translate("EventWords", "Number withheld")
    return event.other_name


def summary(event: Event) -> str:
    """The text of an event in one line; without a text, its kind and outcome."""
    text = " ".join(event.text[:_LONGEST].split())
    if text:
        return text
    parts = [texts.event_type(event.type)]
    if event.direction is not Direction.NONE:
        parts.append(texts.direction(event.direction))
    if event.outcome is not Outcome.UNKNOWN:
        parts.append(texts.outcome(event.outcome))
    return " · ".join(parts)


def row_words(row: EventRow) -> str:
    """The text of a row; for a picture without a text, the beginning of what was read from it."""
    return " ".join(row.picture_words.split()) or summary(row.event)


def time_explained(reading: TimeReading | None, where: ZoneInfo) -> str:
    """How the time was established, for a tooltip."""
    if reading is None:
        return translate("EventWords", "None of the files says when this happened.")
    lines = [texts.reading_text(reading, where)]
    lines.append(translate("EventWords", "Source: {0}").format(texts.time_source(reading.source)))
    if isinstance(reading.moment, WallClock):
        lines.append(translate("EventWords", "The file gives a time but no time zone."))
    if reading.raw:
        lines.append(texts.as_written(reading))
    return "\n".join(lines)


def explained(row: EventRow) -> str:
    """The whole event, for a tooltip."""
    event = row.event
    parts = [texts.event_type(event.type)]
    if event.direction is not Direction.NONE:
        parts.append(texts.direction(event.direction))
    if event.outcome is not Outcome.UNKNOWN:
        parts.append(texts.outcome(event.outcome))
    lines = [" · ".join(parts)]
    name = " ".join(part for part in (event.other_name, event.identifier) if part)
    lines.append(event.identifier if event.other_name == event.identifier else name)
    if event.is_number_withheld and not event.other_name:
        lines.append(other_side(event))
    if event.text:
        lines.append(event.text[:_LONGEST])
    lines += [row.picture_words, event.filename]
    return "\n".join(line for line in lines if line)


def spoken(row: EventRow, where: ZoneInfo) -> str:
    """A row as a screen reader speaks it."""
    event = row.event
    parts = [clock(event.time, where), texts.event_type(event.type)]
    if event.direction is not Direction.NONE:
        parts.append(texts.direction(event.direction))
    parts += [other_side(event), row_words(row)]
    parts += [texts.violation_name(code) for code in row.own.violations]
    parts += [tag.name for tag in row.own.tags]
    return ", ".join(part for part in parts if part)


def finding_heading(row: FindingRow, where: ZoneInfo) -> str:
    """When it was, and who or what it is about."""
    parts = [texts.reading_text(row.time, where) if row.time else ""]
    parts.append(other_side(row.event) if row.event else row.item.title)
    return " · ".join(part for part in parts if part)


def finding_body(row: FindingRow) -> str:
    """What it is, with the person's note."""
    body = summary(row.event) if row.event else texts.item_kind(row.item.kind)
    note = " ".join(row.finding.note.split())
    return "  —  ".join(part for part in (body, row.picture_words, note) if part)


def spoken_finding(row: FindingRow, where: ZoneInfo) -> str:
    """A marked violation as a screen reader speaks it."""
    name = texts.violation_name(row.finding.violation)
    return ", ".join(
        part for part in (name, finding_heading(row, where), finding_body(row)) if part
    )
