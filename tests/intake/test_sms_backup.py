"""SMS Backup & Restore and its look-alikes, with everything that real files do."""

import base64
import contextlib
import io
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.readers.android import sms_backup
from evidence_app.intake.records import Description, Enclosure, EventRecord, Notice, Record, Source
from evidence_app.messages import MessageCode
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import ItemKind, SkippedEntry
from evidence_app.model.times import Instant, TimePrecision

HEAD = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n"


def records(text: str | bytes) -> list[Record]:
    data = text if isinstance(text, bytes) else text.encode()
    source = Source(io.BytesIO(data), len(data), "sms-20260301120000.xml")
    assert sms_backup.recognises(source)
    return list(sms_backup.read(source))


def acts(text: str | bytes) -> list[EventRecord]:
    return [event for event in records(text) if isinstance(event, EventRecord)]


def codes(read_records: list[Record]) -> list[MessageCode]:
    return [notice.message.code for notice in read_records if isinstance(notice, Notice)]


def sms(**changed: str) -> str:
    fields = {
        "protocol": "0", "address": "+15550100", "date": "1467998061690", "type": "1",
        "subject": "null", "body": "pay", "toa": "null", "read": "1", "status": "-1",
        "date_sent": "0", "contact_name": "(Unknown)",
    } | changed  # fmt: skip
    return "<sms " + " ".join(f'{name}="{value}"' for name, value in fields.items()) + " />"


def call(**changed: str) -> str:
    fields = {
        "number": "+15550100", "duration": "31", "date": "1467998061690", "type": "1",
        "presentation": "1", "readable_date": "Jul 8, 2016 1:14:21 PM",
        "contact_name": "(Unknown)",
    } | changed  # fmt: skip
    return "<call " + " ".join(f'{name}="{value}"' for name, value in fields.items()) + " />"


def smses(*entries: str, count: int | None = None) -> str:
    number = len(entries) if count is None else count
    return f'{HEAD}<smses count="{number}">\n' + "\n".join(entries) + "\n</smses>"


def calls(*entries: str) -> str:
    return f'{HEAD}<calls count="{len(entries)}">' + "\n".join(entries) + "</calls>"


def test_prolog_with_a_comment_and_a_style_sheet() -> None:
    prolog = (
        HEAD + "<!--File Created By SMS Backup & Restore v8.50.86 on 06/09/2016 21:54:32-->\n"
        '<?xml-stylesheet type="text/xsl" href="calls.xsl"?>\n'
        '<calls count="1" backup_set="a-b" backup_date="1473213272076" type="full">'
    )
    read_records = records(prolog + call() + "</calls>")
    assert isinstance(read_records[0], Description)
    assert read_records[0].kind is ItemKind.CALL_LOG
    [event] = [record for record in read_records if isinstance(record, EventRecord)]
    assert event.time is not None
    assert event.time.moment == Instant(datetime(2016, 7, 8, 17, 14, 21, 690000, UTC))
    assert (event.direction, event.outcome, event.duration_s) == (
        Direction.INCOMING,
        Outcome.ANSWERED,
        31,
    )
    assert event.contact_name == ""
    assert codes(read_records) == []


@pytest.mark.parametrize(
    ("kind", "duration", "direction", "outcome", "type"),
    [
        ("1", "3", Direction.INCOMING, Outcome.ANSWERED, EventType.CALL),
        ("2", "9", Direction.OUTGOING, Outcome.ANSWERED, EventType.CALL),
        ("2", "0", Direction.OUTGOING, Outcome.UNKNOWN, EventType.CALL),
        ("3", "0", Direction.INCOMING, Outcome.MISSED, EventType.CALL),
        ("4", "5", Direction.INCOMING, Outcome.VOICEMAIL, EventType.VOICEMAIL),
        ("5", "0", Direction.INCOMING, Outcome.REJECTED, EventType.CALL),
        ("6", "0", Direction.INCOMING, Outcome.BLOCKED, EventType.CALL),
        ("7", "8", Direction.INCOMING, Outcome.ANSWERED, EventType.CALL),
        ("1000", "8", Direction.NONE, Outcome.UNKNOWN, EventType.CALL),
    ],
)
def test_call_types(
    kind: str, duration: str, direction: Direction, outcome: Outcome, type: EventType
) -> None:
    [event] = acts(calls(call(type=kind, duration=duration)))
    assert (event.direction, event.outcome, event.type) == (direction, outcome, type)
    assert event.raw["type"] == kind


@pytest.mark.parametrize("number", ["-1", "-2", "-3", ""])
def test_withheld_numbers_are_nobody(number: str) -> None:
    assert acts(calls(call(number=number)))[0].identifier == ""
    assert acts(calls(call(presentation="2")))[0].identifier == ""


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [("3", Outcome.DRAFT), ("4", Outcome.FAILED), ("5", Outcome.FAILED), ("6", Outcome.FAILED)],
)
def test_what_was_never_delivered_is_no_contact(kind: str, outcome: Outcome) -> None:
    [event] = acts(smses(sms(type=kind)))
    assert (event.direction, event.outcome) == (Direction.OUTGOING, outcome)


def test_null_is_nothing_in_fields_and_a_word_in_the_body() -> None:
    [event] = acts(smses(sms(body="null", contact_name="null")))
    assert event.text == "null"
    assert event.contact_name == ""


def test_an_emoji_in_two_halves_is_joined_and_told() -> None:
    read_records = records(smses(sms(body="a&#55357;&#56832;b&#55357;c&#0;d&#1;e")))
    [event] = [record for record in read_records if isinstance(record, EventRecord)]
    assert event.text == "a\U0001f600b\ufffdc\ufffdd\ufffde"
    assert MessageCode.CHARACTERS_REPAIRED in codes(read_records)


@pytest.mark.parametrize("shift", range(0, 40, 3))
def test_a_pair_may_be_cut_by_the_end_of_a_piece(shift: int) -> None:
    filler = sms(body="x" * ((1 << 18) - 600 + shift))
    events = acts(smses(filler, *[sms(body="&#55357;&#56832;" * 40)] * 3))
    assert [event.text for event in events[1:]] == ["\U0001f600" * 40] * 3


def test_a_raw_control_byte_does_not_stop_the_file() -> None:
    assert [event.text for event in acts(smses(sms(body="a\x02b"), sms()))] == ["a\ufffdb", "pay"]


def test_an_attribute_that_is_never_closed_costs_one_entry() -> None:
    broken = (
        '<sms address="+15550100" date="1467998061690" type="1" body="Hello world  toa="null"/>'
    )
    read_records = records(smses(sms(), broken, sms(body="after"), count=3))
    texts = [event.text for event in read_records if isinstance(event, EventRecord)]
    skipped = [
        skipped_entry for skipped_entry in read_records if isinstance(skipped_entry, SkippedEntry)
    ]
    assert texts == ["pay", "after"]
    assert [skipped_entry.place.number for skipped_entry in skipped] == [2]
    assert "Hello world" in skipped[0].raw


def test_a_count_that_lies_is_told() -> None:
    read_records = records(smses(sms(), sms(), count=56))
    [notice] = [notice for notice in read_records if isinstance(notice, Notice)]
    assert notice.message.code is MessageCode.COUNT_DIFFERS
    assert notice.message.arguments == {"declared": "56", "found": "2"}
    assert not notice.damaged


@pytest.mark.parametrize("cut", [1, 30, 150])
def test_a_truncated_file_gives_what_is_whole(cut: int) -> None:
    text = smses(*[sms(body=str(number)) for number in range(9)])
    end = text.rindex("<sms ") + cut
    read_records = records(text[:end])
    assert [event.text for event in read_records if isinstance(event, EventRecord)] == [
        str(n) for n in range(8)
    ]
    assert [
        notice.message.code
        for notice in read_records
        if isinstance(notice, Notice) and notice.damaged
    ] == [MessageCode.DAMAGED_AT_LINE]


def test_seconds_instead_of_milliseconds_and_times_that_are_none() -> None:
    read_records = records(smses(sms(date="1467998061"), sms(date="bad"), sms(date="1")))
    [event] = [record for record in read_records if isinstance(record, EventRecord)]
    assert event.time is not None
    assert event.time.moment == Instant(datetime(2016, 7, 8, 17, 14, 21, tzinfo=UTC))
    assert event.time.precision is TimePrecision.SECOND
    assert [
        skipped_entry.place.number
        for skipped_entry in read_records
        if isinstance(skipped_entry, SkippedEntry)
    ] == [2, 3]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_that_another_program_saved_again(encoding: str) -> None:
    assert [event.text for event in acts(smses(sms(body="还钱😀")).encode(encoding))] == ["还钱😀"]


def test_definitions_that_grow_are_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + smses(sms(body="&b;"))
    with pytest.raises(ReadFailure) as failure:
        records(bomb)
    assert failure.value.message.code is MessageCode.XML_FORBIDDEN


PNG = base64.b64encode(b"\x89PNG\r\n\x1a\nrest").decode()


def mms(parts: str, addrs: str = "", **changed: str) -> str:
    fields = {
        "date": "1467998061690", "msg_box": "1", "address": "+15550100", "m_type": "132",
        "sub": "null", "contact_name": "(Unknown)",
    } | changed  # fmt: skip
    attributes = " ".join(f'{name}="{value}"' for name, value in fields.items())
    return f"<mms {attributes}><parts>{parts}</parts><addrs>{addrs}</addrs></mms>"


def test_the_files_of_a_picture_message_come_out_with_safe_names() -> None:
    parts = (
        '<part seq="-1" ct="application/smil" text=\'&lt;smil width="100px"&gt;\' />'
        '<part seq="0" ct="text/plain" text="see" />'
        f'<part seq="1" ct="image/png" name="null" cl="../../x\\evil.png" data="{PNG}" />'
        f'<part seq="2" ct="image/png" name="null" cl="null" fn="null" data="{PNG}" />'
        '<part seq="3" ct="image/png" data="null" /><part seq="4" ct="image/png" data="" />'
    )
    read_records = records(smses(mms(parts)))
    files = [enclosure for enclosure in read_records if isinstance(enclosure, Enclosure)]
    [event] = [record for record in read_records if isinstance(record, EventRecord)]
    assert [file.filename for file in files] == ["evil.png", "mms-1-4.png"]
    assert files[0].stream.read() == base64.b64decode(PNG)
    assert event.enclosed == tuple(file.key for file in files)
    assert len(set(event.enclosed)) == 2
    assert event.text == "see"


def test_in_a_group_the_sender_is_who_the_addresses_say() -> None:
    addrs = (
        '<addr address="+15550103" type="137" charset="106"/>'
        '<addr address="insert-address-token" type="151" charset="106"/>'
    )
    group = {"address": "+15550101~+15550103", "contact_name": "Ann, Bob"}
    text = '<part ct="text/plain" text="hi"/>'
    received, sent = acts(smses(mms(text, addrs, **group), mms(text, msg_box="2", **group)))
    assert (received.identifier, received.contact_name) == ("+15550103", "Bob")
    assert (sent.identifier, sent.direction) == ("", Direction.OUTGOING)
    assert received.raw["chat"] == "+15550101~+15550103"


def test_names_with_commas_are_not_taken_apart() -> None:
    addrs = '<addr address="+15550103" type="137" charset="106"/>'
    [event] = acts(smses(mms("", addrs, address="+15550101~+15550103", contact_name="A, B, C")))
    assert (event.identifier, event.contact_name) == ("+15550103", "")


def test_a_large_message_between_small_ones() -> None:
    data = base64.b64encode(bytes(3 << 20)).decode()
    large = mms(f'<part ct="image/png" cl="a.png" data="{data}"/>')
    read_records = records(smses(sms(), large, sms(body="after")))
    assert [event.text for event in read_records if isinstance(event, EventRecord)] == [
        "pay",
        "",
        "after",
    ]
    [file] = [enclosure for enclosure in read_records if isinstance(enclosure, Enclosure)]
    assert len(file.stream.read()) == 3 << 20


def test_data_that_is_no_base64_is_told() -> None:
    read_records = records(smses(mms('<part ct="image/png" cl="a.png" data="%%%"/>')))
    assert [
        skipped_entry.reason.code
        for skipped_entry in read_records
        if isinstance(skipped_entry, SkippedEntry)
    ] == [MessageCode.ENTRY_DAMAGED]


def test_super_backup() -> None:
    log = (
        '<alllogs count="1"><log number="+15550100" time="17.09.2018 21:58:22" '
        'date="1537217902000" type="2" name="Ann" new="1" dur="12" /></alllogs>'
    )
    [event] = acts(log)
    assert (event.direction, event.duration_s, event.contact_name) == (
        Direction.OUTGOING,
        12,
        "Ann",
    )
    message = (
        '<allsms count="1"><sms address="10086" time="17.09.2018 21:58:22" '
        'date="1537217902000" type="1" body="a\nb" read="1" service_center="" name="" /></allsms>'
    )
    assert acts(message)[0].text == "a b"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["good", "bad time", "unclosed", "cut tag"]), max_size=30))
def test_every_entry_is_read_or_told(kinds: list[str]) -> None:
    entries = {
        "good": sms(),
        "bad time": sms(date="x"),
        "unclosed": '<sms address="1" date="1467998061690" body="a  toa="null"/>',
        "cut tag": '<sms address="1" date="1467998061690" ',
    }
    read_records = records(smses(*[entries[kind] for kind in kinds]))
    read = [event for event in read_records if isinstance(event, EventRecord)]
    skipped_entries = [
        skipped_entry for skipped_entry in read_records if isinstance(skipped_entry, SkippedEntry)
    ]
    assert len(read) == kinds.count("good")
    assert len(read) + len(skipped_entries) == len(kinds)


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_no_damage_ends_in_anything_but_a_told_failure(data: st.DataObject) -> None:
    damaged = bytearray(smses(sms(), mms(f'<part ct="image/png" data="{PNG}"/>'), sms()).encode())
    for _ in range(data.draw(st.integers(0, 12))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(0, len(damaged)))
    source = Source(io.BytesIO(bytes(damaged[:end])), end, "x.xml")
    with contextlib.suppress(ReadFailure):
        list(sms_backup.read(source))


def codes_of(read_records: list[Record]) -> list[tuple[MessageCode, dict[str, str]]]:
    notices = [
        notice.message for notice in read_records if isinstance(notice, Notice) and notice.damaged
    ]
    return [(notice.code, notice.arguments) for notice in notices]


ENTRY = '<call number="1" duration="1" date="1467998061690" type="1" />\n'


def test_a_damaged_file_names_the_line_and_claims_only_what_was_read() -> None:
    head = "<?xml version='1.0'?>\n<calls count=\"2\">\n"
    broken = '<call number="2" duration=1 date="1467998061690" type=1 />\n'
    source = Source(io.BytesIO((head + ENTRY + broken).encode()), 1, "x.xml")
    read_records = list(sms_backup.read(source))
    assert codes_of(read_records) == [(MessageCode.DAMAGED_AT_LINE, {"line": "5", "entry": "2"})]
    [skipped] = [
        skipped_entry for skipped_entry in read_records if isinstance(skipped_entry, SkippedEntry)
    ]
    assert skipped.reason.english() == "The entry at line 4 of the file is damaged."
    nothing = list(sms_backup.read(Source(io.BytesIO((head + broken).encode()), 1, "x.xml")))
    assert codes_of(nothing) == [(MessageCode.DAMAGED_FROM_LINE, {"line": "4"})]
    none = list(sms_backup.read(Source(io.BytesIO(head.encode()), 1, "x.xml")))
    assert codes_of(none) == [(MessageCode.DAMAGED_FROM_LINE, {"line": "3"})]
