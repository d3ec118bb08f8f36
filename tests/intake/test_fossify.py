"""Backups of Fossify Phone and Fossify Messages, with the traps that real ones have."""

import base64
import contextlib
import io
import json
from datetime import UTC, datetime
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.readers.android import fossify
from evidence_app.intake.readers.meta import json_export as meta_messages
from evidence_app.intake.readers.telegram import json_export as telegram
from evidence_app.intake.records import (
    Description,
    Enclosure,
    EventRecord,
    Notice,
    Record,
    Source,
)
from evidence_app.messages import MessageCode
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import ItemKind, SkippedEntry
from evidence_app.model.times import Instant, TimePrecision

T = TypeVar("T")
START = 1_700_000_000_000
PICTURE = b"\x89PNG\r\n\x1a\n picture"


def call(number: int, kind: int = 1, **fields: Any) -> dict[str, Any]:
    return {
        "id": number,
        "phoneNumber": "+15550100",
        "name": "Collector",
        "photoUri": "",
        "startTS": START + number,
        "duration": 0,
        "type": kind,
        "simID": 1,
        "simColor": -1,
        "specificNumber": "",
        "specificType": "",
        "isUnknownNumber": False,
        "groupedCalls": None,
    } | fields


def sms(number: int, kind: int = 1, **fields: Any) -> dict[str, Any]:
    return {
        "sub_id": 1,
        "address": "+15550100",
        "body": f"message {number}",
        "date": START + number,
        "date_sent": START,
        "locked": 0,
        "protocol": "0",
        "read": 1,
        "status": -1,
        "type": kind,
        "service_center": None,
        "backupType": "sms",
    } | fields


def part(kind: str, **fields: Any) -> dict[str, Any]:
    names = ("cd", "chset", "cid", "cl", "ctt_s", "ctt_t", "fn", "name", "text", "data")
    return dict.fromkeys(names) | {"ct": kind, "seq": 0} | fields


def mms(box: int, addresses: list[tuple[str, int]], *parts: Any, **fields: Any) -> dict[str, Any]:
    return {
        "ct_t": "application/vnd.wap.multipart.related",
        "date": START // 1000,
        "date_sent": 0,
        "m_type": 132,
        "msg_box": box,
        "sub": None,
        "sub_id": 1,
        "addresses": [
            {"address": address, "type": kind, "charset": 106} for address, kind in addresses
        ],
        "parts": list(parts),
        "backupType": "mms",
    } | fields


def read(content: Any) -> list[Record]:
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    source = Source(io.BytesIO(data), len(data), "backup.json")
    assert fossify.recognises(source)
    return list(fossify.read(source))


def of_kind(records: list[Record], kind: type[T]) -> list[T]:
    return [record for record in records if isinstance(record, kind)]


def acts(content: Any) -> list[EventRecord]:
    return of_kind(read(content), EventRecord)


def test_calls_by_type_and_length() -> None:
    records = read([call(1, 1, duration=5), call(2, 2), call(3, 2, duration=7), call(4, 3),
                    call(5, 4), call(6, 5), call(7, 6), call(8, 99)])  # fmt: skip
    assert records[0] == Description(ItemKind.CALL_LOG, "application/json")
    events = of_kind(records, EventRecord)
    assert [(event.direction, event.outcome, event.duration_s) for event in events] == [
        (Direction.INCOMING, Outcome.ANSWERED, 5),
        (Direction.OUTGOING, Outcome.UNKNOWN, 0),
        (Direction.OUTGOING, Outcome.ANSWERED, 7),
        (Direction.INCOMING, Outcome.MISSED, 0),
        (Direction.INCOMING, Outcome.VOICEMAIL, 0),
        (Direction.INCOMING, Outcome.REJECTED, 0),
        (Direction.INCOMING, Outcome.BLOCKED, 0),
        (Direction.NONE, Outcome.UNKNOWN, 0),
    ]
    assert events[4].type is EventType.VOICEMAIL
    assert (events[0].identifier, events[0].contact_name) == ("+15550100", "Collector")
    assert events[0].time is not None
    assert events[0].time.moment == Instant(datetime(2023, 11, 14, 22, 13, 20, 1000, tzinfo=UTC))


def test_grouped_calls_are_counted_one_by_one() -> None:
    events = acts([call(1, groupedCalls=[call(2), call(3)]), call(4)])
    assert [event.raw["id"] for event in events] == ["1", "2", "3", "4"]
    assert len({event.place for event in events}) == 4


def test_group_that_holds_the_call_itself_does_not_count_it_twice() -> None:
    events = acts([call(1, groupedCalls=[call(1), call(2)]), call(3)])
    assert [event.raw["id"] for event in events] == ["1", "2", "3"]


def test_withheld_number_has_no_name_and_a_number_is_no_name() -> None:
    unknown = call(1, phoneNumber="-1", name="Unknown", isUnknownNumber=True)
    named = call(2, name="+15550100")
    first, second = acts([unknown, named])
    assert (first.identifier, first.contact_name) == ("", "")
    assert (second.identifier, second.contact_name) == ("+15550100", "")


def test_older_versions_count_in_seconds() -> None:
    [event] = acts([call(1, startTS=START // 1000)])
    assert event.time is not None
    assert event.time.precision is TimePrecision.SECOND
    assert event.time.moment == Instant(datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC))


def test_sms_by_type() -> None:
    records = read([sms(1), sms(2, 2), sms(3, 3), sms(4, 4), sms(5, 5), sms(6, 6)])
    assert records[0] == Description(ItemKind.MESSAGES, "application/json")
    events = of_kind(records, EventRecord)
    assert [(event.direction, event.outcome) for event in events] == [
        (Direction.INCOMING, Outcome.UNKNOWN),
        (Direction.OUTGOING, Outcome.UNKNOWN),
        (Direction.OUTGOING, Outcome.DRAFT),
        (Direction.OUTGOING, Outcome.FAILED),
        (Direction.OUTGOING, Outcome.FAILED),
        (Direction.OUTGOING, Outcome.FAILED),
    ]
    assert (events[0].identifier, events[0].text) == ("+15550100", "message 1")
    assert "body" not in events[0].raw


def test_body_that_is_the_word_null_stays() -> None:
    assert acts([sms(1, body="null")])[0].text == "null"


def test_mms_counts_in_seconds_has_texts_and_files() -> None:
    received = mms(
        1,
        [("+15550101", 137), ("insert-address-token", 151)],
        part("application/smil", text="<smil/>"),
        part("text/plain", text="Look", cl="text.txt"),
        part("image/png", data=base64.b64encode(PICTURE).decode(), cl="../../etc/p.png"),
        sub="Subject",
    )
    records = read([received])
    [event] = of_kind(records, EventRecord)
    [file] = of_kind(records, Enclosure)
    assert (event.direction, event.identifier) == (Direction.INCOMING, "+15550101")
    assert event.text == "Subject\nLook"
    assert event.enclosed == (file.key,)
    assert file.filename == "p.png"
    assert file.stream.read() == PICTURE
    assert event.time is not None
    assert event.time.precision is TimePrecision.SECOND


def test_sender_in_a_group_and_nobody_alone_for_what_the_owner_writes() -> None:
    group = [("+15550101", 151), ("+15550102", 151)]
    received = mms(1, [("+15550101", 137), ("+15550199", 151), ("+15550102", 151)])
    sent = mms(2, [("insert-address-token", 137), *group])
    alone = mms(2, [("insert-address-token", 137), ("+15550103", 151)])
    first, second, third = acts([received, sent, alone])
    assert first.identifier == "+15550101"
    assert (second.direction, second.identifier) == (Direction.OUTGOING, "")
    assert second.raw["chat"] == "+15550101~+15550102"
    assert third.identifier == "+15550103"


def test_file_without_its_bytes_and_broken_bytes_are_reported() -> None:
    records = read([mms(1, [("+15550101", 137)], part("image/png"), part("image/png", data="?"))])
    assert [skipped_entry.reason.code for skipped_entry in of_kind(records, SkippedEntry)] == [
        MessageCode.ENTRY_DAMAGED
    ]
    [notice] = of_kind(records, Notice)
    assert notice.message.code is MessageCode.MEDIA_LEFT_OUT
    assert notice.message.arguments == {"count": "1"}


def test_names_of_fields_as_newer_versions_write_them() -> None:
    text = {"contentType": "text/plain", "text": "Look", "data": None}
    picture = {
        "contentType": "image/png",
        "contentLocation": "p.png",
        "data": base64.b64encode(PICTURE).decode(),
    }
    entry = {
        "date": START // 1000,
        "messageBox": 1,
        "subject": "Subject",
        "addresses": [{"address": "+15550101", "type": 137, "charset": 106}],
        "parts": [text, picture],
        "backupType": "mms",
    }
    short = {"address": "7535", "body": "x", "date": START, "type": 1, "backupType": "sms"}
    records = read([entry, short])
    first, second = of_kind(records, EventRecord)
    assert (first.identifier, first.text) == ("+15550101", "Subject\nLook")
    assert of_kind(records, Enclosure)[0].filename == "p.png"
    assert second.identifier == "7535"


def test_older_layout_with_one_object_for_each_conversation() -> None:
    old = {key: value for key, value in sms(1).items() if key != "backupType"}
    threads = [{"sms": [old, old], "mms": [mms(1, [("+15550101", 137)])]}, {"sms": [old]}]
    events = acts(threads)
    assert [event.identifier for event in events] == [
        "+15550100",
        "+15550100",
        "+15550101",
        "+15550100",
    ]
    assert len({event.place for event in events}) == 4


def test_picture_larger_than_the_head_is_recognised_and_read() -> None:
    data = base64.b64encode(bytes(200_000)).decode()
    records = read([mms(1, [("+15550101", 137)], part("image/png", data=data))])
    assert len(of_kind(records, Enclosure)[0].stream.read()) == 200_000


def test_senseless_entries_are_reported() -> None:
    records = read([call(1), call(2, startTS=0), None, {"id": 3}])
    assert [skipped_entry.reason.code for skipped_entry in of_kind(records, SkippedEntry)] == [
        MessageCode.ROW_BAD_TIME,
        MessageCode.ROW_UNREADABLE,
        MessageCode.ROW_UNREADABLE,
    ]


@pytest.mark.parametrize("make", [call, sms])
def test_file_that_is_cut_off_keeps_what_was_read(make: Any) -> None:
    data = json.dumps([make(number) for number in range(40)]).encode()
    records = read(data[: len(data) // 2])
    assert 15 < len(of_kind(records, EventRecord)) < 25
    assert [notice.damaged for notice in of_kind(records, Notice)] == [True]


def test_other_json_is_not_claimed() -> None:
    others: list[Any] = [
        [{"address": "x", "date": 1, "type": 1}],
        [{"phoneNumber": "1", "duration": 1}],
        {"sms": []},
        [],
    ]
    for content in map(json.dumps, others):
        data = content.encode()
        assert not fossify.recognises(Source(io.BytesIO(data), len(data), "calls.json"))
    data = json.dumps([sms(1), call(1)]).encode()
    assert not telegram.recognises(Source(io.BytesIO(data), len(data), "x"))
    assert not meta_messages.recognises(Source(io.BytesIO(data), len(data), "x"))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(["call", "group", "bad", "junk"]), max_size=30))
def test_every_entry_is_accounted_for(kinds: list[str]) -> None:
    entries_by_kind: dict[str, Any] = {
        "call": call(1),
        "group": call(2, groupedCalls=[call(3), call(4, groupedCalls=[call(5)]), "x"]),
        "bad": call(6, startTS="never"),
        "junk": 3,
    }
    records = read([call(0), *(entries_by_kind[kind] for kind in kinds)])
    counted = [record for record in records if isinstance(record, EventRecord | SkippedEntry)]
    assert len(counted) == 1 + sum(5 if kind == "group" else 1 for kind in kinds)
    assert len({record.place for record in counted}) == len(counted)


_NAMES = st.sampled_from(
    ["phoneNumber", "startTS", "duration", "type", "groupedCalls", "address", "date", "msg_box",
     "parts", "addresses", "ct", "data", "text", "cl", "sub", "sms", "mms"]
)  # fmt: skip
_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=6),
    max_leaves=20,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_ANY, max_size=5), _ANY, st.integers(0, 300), st.binary(max_size=100))
def test_nothing_makes_it_fail(entries: list[Any], parts: Any, cut: int, other: bytes) -> None:
    all_entries = [*entries, mms(1, [], parts=parts), call(1, groupedCalls=parts)]
    data = json.dumps(all_entries).encode()
    for piece in (data, data[: max(0, len(data) - cut)], other):
        source = Source(io.BytesIO(piece), len(piece), "x")
        fossify.recognises(source)
        with contextlib.suppress(ReadFailure):
            list(fossify.read(source))
