"""What ``adb shell content query`` prints of Android's calls and messages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence_app.intake.readers.android.mms import value_or_empty, visible_number
from evidence_app.intake.readers.android.type_codes import CALL_TYPES, MESSAGE_TYPES, OTHER
from evidence_app.intake.readers.support.encoding import SNIFF_SIZE, encoding_of
from evidence_app.intake.readers.support.epoch_times import from_unix
from evidence_app.intake.records import Description, EventRecord, Record, Source
from evidence_app.messages import MessageCode, message
from evidence_app.model.event import EventType, Outcome
from evidence_app.model.evidence import ItemKind, PlaceUnit, SkippedEntry, SourcePlace

_ROW = re.compile(r"Row: \d+ ")
_NAME = re.compile(r"(?:^|, )([A-Za-z_][A-Za-z0-9_]*)=")
_KNOWN = (
    "_id number date type duration name presentation new is_read countryiso geocoded_location "
    "numbertype numberlabel subscription_id subscription_component_name phone_account_address "
    "features missed_reason block_reason call_screening_app_name "
    "call_screening_component_name via_number transcription transcription_state voicemail_uri "
    "lookup_uri matched_number normalized_number photo_id photo_uri formatted_number "
    "data_usage post_dial_digits last_modified deleted add_for_all_users priority subject "
    "location thread_id address person date_sent protocol read status reply_path_present body "
    "service_center locked sub_id error_code creator seen "
)
_NAMES = frozenset(_KNOWN.split())


def recognises(source: Source) -> bool:
    """Whether the file is such a print of calls or messages."""
    head = source.stream.read(SNIFF_SIZE)
    encoding = encoding_of(head, complete=len(head) < SNIFF_SIZE)
    if encoding is None:
        return False
    text = head.decode(encoding, "ignore")
    return _ROW.match(text) is not None and " date=" in text[:4000] and "type=" in text[:4000]


def read(source: Source) -> Iterator[Record]:
    """Every row."""
    source.stream.seek(0)
    head = source.stream.read(SNIFF_SIZE)
    encoding = encoding_of(head, complete=len(head) < SNIFF_SIZE) or "utf-8"
    has_words = "body=" in head.decode(encoding, "ignore")
    yield Description(ItemKind.MESSAGES if has_words else ItemKind.CALL_LOG, "text/plain")
    for number, row in enumerate(_rows(source, encoding), 1):
        yield _record(row, SourcePlace(PlaceUnit.ENTRY, number))


def _rows(source: Source, encoding: str) -> Iterator[str]:
    """The rows; a message may go on over several lines."""
    source.stream.seek(0)
    row = ""
    for line in source.stream:
        text = line.decode(encoding, "replace").rstrip("\r\n")
        if _ROW.match(text):
            if row:
                yield row
            row = text
        elif row:
            row += "\n" + text
    if row:
        yield row.rstrip("\n")


def _fields(row: str) -> dict[str, str]:
    """Names and values: a value may hold commas, so only known names end it."""
    text = _ROW.sub("", row, count=1)
    headings = [match for match in _NAME.finditer(text) if match[1] in _NAMES]
    ends = [*(heading.start() for heading in headings[1:]), len(text)]
    return {
        heading[1]: text[heading.end() : end] for heading, end in zip(headings, ends, strict=True)
    }


def _record(row: str, place: SourcePlace) -> EventRecord | SkippedEntry:
    raw = {name: value for name, value in _fields(row).items() if value != "NULL"}
    return record_of(raw, place, row[:500])


def record_of(
    raw: dict[str, str], place: SourcePlace, shown_row: str
) -> EventRecord | SkippedEntry:
    """What a row of Android's tables of calls or messages says.

    Args:
        raw: Its values by the names of the columns.
        place: Where it stands.
        shown_row: How it is shown if it cannot be read.
    """
    time = from_unix(raw.get("date"))
    if time is None:
        reason = message(MessageCode.ROW_BAD_TIME, value=raw.get("date", ""))
        return SkippedEntry(place, reason, shown_row)
    if "address" in raw or "body" in raw:
        direction, outcome = MESSAGE_TYPES.get(raw.get("type", ""), OTHER)
        body = raw.pop("body", "")
        identifier, duration, kind = raw.get("address", ""), None, EventType.MESSAGE
    else:
        direction, outcome = CALL_TYPES.get(raw.get("type", ""), OTHER)
        written = raw.get("duration", "")
        duration = float(written) if written.isdigit() else None
        if raw.get("type") == "2" and duration:
            outcome = Outcome.ANSWERED
        kind = EventType.VOICEMAIL if raw.get("type") == "4" else EventType.CALL
        identifier, body = raw.get("number", ""), ""
    return EventRecord(
        type=kind,
        direction=direction,
        outcome=outcome,
        time=time,
        duration_s=duration,
        identifier=visible_number(identifier, raw.get("presentation", "1")),
        contact_name=value_or_empty(raw.get("name")),
        text=body,
        place=place,
        raw=raw,
    )
