"""Rows of Android's tables as JSON, as SMS Import / Export writes them."""

import io
import json
from typing import Any

import pytest

from evidence_app.intake.detect import detect
from evidence_app.intake.records import EventRecord, Notice, Record, Source
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import SkippedEntry

CALLS: list[dict[str, Any]] = [
    {"_id": "1", "number": "+12025550171", "date": "1710478265000", "duration": "65", "type": "1",
     "presentation": "1", "cached_name": "X"},
    {"_id": "2", "number": "+12025550171", "date": "1710478365000", "duration": "0", "type": "3"},
]  # fmt: skip
MESSAGES: list[dict[str, Any]] = [
    {"_id": "1", "thread_id": "2", "address": "+12025550171", "date": "1710478265000", "type": "1",
     "body": "Pay", "__display_name": "X"},
    {"_id": "2", "thread_id": "2", "address": "+12025550171", "date": "1710478365000", "type": "2",
     "body": "No"},
    {"_id": "1", "date": "1710478565", "msg_box": "1", "m_type": "132",
     "__sender_address": {"address": "+12025550172", "type": "137"},
     "__parts": [{"ct": "application/smil"}, {"ct": "text/plain", "text": "look"},
                 {"ct": "image/jpeg", "_data": "/data/user/0/app_parts/PART_1.jpg"}]},
]  # fmt: skip


def read(data: bytes) -> list[Record]:
    source = Source(io.BytesIO(data), len(data), "x.json")
    file_format = detect(source)
    assert file_format is not None
    assert file_format.id == "android_json"
    source.stream.seek(0)
    return list(file_format.reader()(source))


def acts(records: list[Record]) -> list[EventRecord]:
    return [event for event in records if isinstance(event, EventRecord)]


def lines(entries: list[dict[str, Any]]) -> bytes:
    return b"".join(json.dumps(entry).encode() + b"\n" for entry in entries)


@pytest.mark.parametrize("form", ["list", "lines", "one line"])
def test_calls(form: str) -> None:
    entries = CALLS[:1] if form == "one line" else CALLS
    data = json.dumps(entries, indent=1).encode() if form == "list" else lines(entries)
    events = acts(read(data))
    assert len(events) == len(entries)
    assert (events[0].direction, events[0].outcome, events[0].duration_s) == (
        Direction.INCOMING,
        Outcome.ANSWERED,
        65,
    )
    assert events[0].contact_name == "X"
    assert form == "one line" or events[1].outcome is Outcome.MISSED


def test_messages_with_several_parts() -> None:
    first, second, third = acts(read(lines(MESSAGES)))
    assert (first.type, first.text, first.direction) == (
        EventType.MESSAGE,
        "Pay",
        Direction.INCOMING,
    )
    assert second.direction is Direction.OUTGOING
    assert (third.text, third.identifier) == ("look", "+12025550172")
    assert third.enclosed == ("PART_1.jpg",)


def test_a_line_that_is_cut_off_is_told() -> None:
    records = read(lines(CALLS) + b'{"_id": "3", "num')
    assert len(acts(records)) == 2
    assert any(isinstance(record, SkippedEntry) for record in records)
    assert any(isinstance(record, Notice) and record.damaged for record in records)


def test_a_list_that_has_a_name_as_of_qksms() -> None:
    rows = [
        {"type": kind, "address": "+12025550171", "date": 1710478265000, "dateSent": 0,
         "read": True, "body": "Pay", "serviceCenter": None, "subId": 1}
        for kind in (1, 2)
    ]  # fmt: skip
    data = json.dumps({"messageCount": 2, "messages": rows}).encode()
    assert [event.direction for event in acts(read(data))] == [
        Direction.INCOMING,
        Direction.OUTGOING,
    ]
