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
    found = detect(source)
    assert found is not None
    assert found.id == "android_json"
    source.stream.seek(0)
    return list(found.reader()(source))


def acts(found: list[Record]) -> list[EventRecord]:
    return [one for one in found if isinstance(one, EventRecord)]


def lines(entries: list[dict[str, Any]]) -> bytes:
    return b"".join(json.dumps(one).encode() + b"\n" for one in entries)


@pytest.mark.parametrize("form", ["list", "lines", "one line"])
def test_calls(form: str) -> None:
    entries = CALLS[:1] if form == "one line" else CALLS
    data = json.dumps(entries, indent=1).encode() if form == "list" else lines(entries)
    found = acts(read(data))
    assert len(found) == len(entries)
    assert (found[0].direction, found[0].outcome, found[0].duration_s) == (
        Direction.INCOMING,
        Outcome.ANSWERED,
        65,
    )
    assert found[0].contact_name == "X"
    assert form == "one line" or found[1].outcome is Outcome.MISSED


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
    found = read(lines(CALLS) + b'{"_id": "3", "num')
    assert len(acts(found)) == 2
    assert any(isinstance(one, SkippedEntry) for one in found)
    assert any(isinstance(one, Notice) and one.damaged for one in found)
