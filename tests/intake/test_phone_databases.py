"""Databases of Android phones and iPhones, as they are on the phone: copied, never written to."""

import contextlib
import io
import plistlib
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.intake.detect import detect
from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.phone_backup import backup_files
from evidence_app.intake.readers.android import adb_dump
from evidence_app.intake.readers.android import call_database as android_calls
from evidence_app.intake.readers.android import message_database as android_messages
from evidence_app.intake.readers.iphone import backup as iphone_backup
from evidence_app.intake.readers.iphone import call_database as iphone_calls
from evidence_app.intake.readers.iphone import contact_database as iphone_contacts
from evidence_app.intake.readers.iphone import imazing
from evidence_app.intake.readers.iphone import message_database as iphone_messages
from evidence_app.intake.readers.iphone.typed_stream import words_of
from evidence_app.intake.records import Contact, EventRecord, Notice, Record, Source
from evidence_app.intake.walk import walk
from evidence_app.messages import MessageCode
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import SkippedEntry, TextBlock
from evidence_app.model.question import Question, QuestionKind
from evidence_app.model.times import Instant, WallClock

START = 1_700_000_000_000
COCOA = START // 1000 - 978_307_200
MOMENT = Instant(datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC))


def database(path: Path, *statements: str | tuple[str, list[tuple[Any, ...]]]) -> bytes:
    connection = sqlite3.connect(path)
    for statement in statements:
        if isinstance(statement, str):
            connection.execute(statement)
        else:
            connection.executemany(*statement)
    connection.commit()
    connection.close()
    return path.read_bytes()


def read(module: ModuleType, data: bytes, **companions: bytes) -> list[Record]:
    streams = {f"-{name}": io.BytesIO(data) for name, data in companions.items()}
    source = Source(io.BytesIO(data), len(data), "x", companions=streams)
    file_format = detect(source)
    assert file_format is not None
    assert file_format.module == module.__name__.removeprefix("evidence_app.intake.readers.")
    return list(module.read(source))


def acts(records: list[Record]) -> list[EventRecord]:
    return [event for event in records if isinstance(event, EventRecord)]


CALLS = (
    "CREATE TABLE calls (_id INTEGER PRIMARY KEY, number TEXT, date INTEGER, duration INTEGER, "
    "type INTEGER, name TEXT)"
)


def test_android_calls_without_the_newer_columns(tmp_path: Path) -> None:
    rows = [
        ("13800138001", START, 5, 1, "Li"),
        ("13800138001", START + 1, 0, 3, None),
        ("-2", START + 2, 0, 5, None),
        ("95001", "bad", 0, 1, None),
        ("95001", START, 7, 2, None),
    ]
    insert = "INSERT INTO calls (number, date, duration, type, name) VALUES (?, ?, ?, ?, ?)"
    records = read(android_calls, database(tmp_path / "c.db", CALLS, (insert, rows)))
    assert [(event.direction, event.outcome, event.identifier) for event in acts(records)] == [
        (Direction.INCOMING, Outcome.ANSWERED, "13800138001"),
        (Direction.INCOMING, Outcome.MISSED, "13800138001"),
        (Direction.INCOMING, Outcome.REJECTED, ""),
        (Direction.OUTGOING, Outcome.ANSWERED, "95001"),
    ]
    assert acts(records)[0].time is not None
    assert acts(records)[0].time.moment == MOMENT  # type: ignore[union-attr]
    assert acts(records)[0].contact_name == "Li"
    assert [
        skipped_entry.place.number
        for skipped_entry in records
        if isinstance(skipped_entry, SkippedEntry)
    ] == [4]


def test_samsung_keeps_messages_in_the_same_table(tmp_path: Path) -> None:
    data = database(
        tmp_path / "logs.db",
        CALLS.replace("TABLE calls", "TABLE logs").replace("name TEXT", "name TEXT, logtype INT"),
        (
            "INSERT INTO logs (number, date, duration, type, logtype) VALUES (?, ?, ?, ?, ?)",
            [("95001", START, 5, 1, 100), ("95001", START, 0, 1, 300)],
        ),
    )
    assert len(acts(read(android_calls, data))) == 1


def test_the_newest_rows_are_in_the_log_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "calllog.db"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute(CALLS)
    connection.execute(
        "INSERT INTO calls (number, date, duration, type) VALUES ('1', ?, 1, 1)", (START,)
    )
    connection.commit()
    data, wal = path.read_bytes(), Path(f"{path}-wal").read_bytes()
    connection.close()
    assert len(acts(read(android_calls, data, wal=wal))) == 1


def test_android_messages_count_pictures_in_seconds(tmp_path: Path) -> None:
    data = database(
        tmp_path / "mmssms.db",
        "CREATE TABLE sms (_id INTEGER PRIMARY KEY, address TEXT, date INTEGER, type INTEGER, "
        "body TEXT)",
        "CREATE TABLE pdu (_id INTEGER PRIMARY KEY, date INTEGER, msg_box INTEGER, sub TEXT)",
        "CREATE TABLE part (_id INTEGER PRIMARY KEY, mid INTEGER, ct TEXT, text TEXT, "
        "_data TEXT, name TEXT)",
        "CREATE TABLE addr (_id INTEGER PRIMARY KEY, msg_id INTEGER, address TEXT, type INTEGER)",
        (
            "INSERT INTO sms (address, date, type, body) VALUES (?, ?, ?, ?)",
            [("95001", START, 1, "还钱"), ("95001", START, 3, "draft")],
        ),
        ("INSERT INTO pdu (_id, date, msg_box) VALUES (?, ?, ?)", [(9, START // 1000, 1)]),
        (
            "INSERT INTO part (mid, ct, text, _data) VALUES (?, ?, ?, ?)",
            [(9, "text/plain", "look", None), (9, "image/jpeg", None, "/data/parts/a.jpg")],
        ),
        (
            "INSERT INTO addr (msg_id, address, type) VALUES (?, ?, ?)",
            [(9, "+15550101", 137), (9, "insert-address-token", 151)],
        ),
    )
    events = acts(read(android_messages, data))
    assert [(event.identifier, event.outcome, event.text) for event in events] == [
        ("95001", Outcome.UNKNOWN, "还钱"),
        ("95001", Outcome.DRAFT, "draft"),
        ("+15550101", Outcome.UNKNOWN, "look"),
    ]
    assert events[2].time is not None
    assert events[2].time.moment == MOMENT
    assert events[2].enclosed == ("/data/parts/a.jpg",)


ZCALLS = (
    "CREATE TABLE ZCALLRECORD (Z_PK INTEGER PRIMARY KEY, ZDATE REAL, ZDURATION REAL, ZADDRESS, "
    "ZORIGINATED INTEGER, ZANSWERED INTEGER, ZSERVICE_PROVIDER TEXT)"
)
INSERT = (
    "INSERT INTO ZCALLRECORD (ZDATE, ZDURATION, ZADDRESS, ZORIGINATED, ZANSWERED) "
    "VALUES (?, ?, ?, ?, ?)"
)


def test_iphone_calls_with_addresses_of_every_kind(tmp_path: Path) -> None:
    rows = [
        (COCOA, 61.4, b"+15550101", 0, 1),
        (COCOA, 0.0, "b'+15550101'", 0, 0),
        (COCOA, 12.0, "+15550102", 1, 0),
        (COCOA, 0.0, None, 1, 0),
    ]
    records = read(iphone_calls, database(tmp_path / "c", ZCALLS, (INSERT, rows)))
    assert [(event.identifier, event.direction, event.outcome) for event in acts(records)] == [
        ("+15550101", Direction.INCOMING, Outcome.ANSWERED),
        ("+15550101", Direction.INCOMING, Outcome.MISSED),
        ("+15550102", Direction.OUTGOING, Outcome.ANSWERED),
        ("", Direction.OUTGOING, Outcome.UNKNOWN),
    ]
    assert acts(records)[0].time is not None
    assert acts(records)[0].time.moment == MOMENT  # type: ignore[union-attr]
    codes = [notice.message.code for notice in records if isinstance(notice, Notice)]
    assert codes == [MessageCode.IPHONE_CALL_LIMIT, MessageCode.NO_REJECTED_CALLS]


def test_a_newer_iphone_keeps_the_other_side_elsewhere(tmp_path: Path) -> None:
    data = database(
        tmp_path / "c",
        ZCALLS,
        "CREATE TABLE ZHANDLE (Z_PK INTEGER PRIMARY KEY, ZVALUE TEXT)",
        "CREATE TABLE Z_2REMOTEPARTICIPANTHANDLES (Z_2REMOTEPARTICIPANTCALLS INTEGER, "
        "Z_4REMOTEPARTICIPANTHANDLES INTEGER)",
        (INSERT, [(COCOA, 1.0, None, 0, 1)]),
        "INSERT INTO ZHANDLE VALUES (7, '+15550109')",
        "INSERT INTO Z_2REMOTEPARTICIPANTHANDLES VALUES (1, 7)",
    )
    assert acts(read(iphone_calls, data))[0].identifier == "+15550109"


def test_the_old_list_of_calls(tmp_path: Path) -> None:
    data = database(
        tmp_path / "c",
        "CREATE TABLE call (ROWID INTEGER PRIMARY KEY, address TEXT, date INTEGER, "
        "duration INTEGER, flags INTEGER)",
        (
            "INSERT INTO call (address, date, duration, flags) VALUES (?, ?, ?, ?)",
            [("+15550101", START // 1000, 9, 0), ("+15550101", START // 1000, 9, 1)],
        ),
    )
    assert [event.direction for event in acts(read(iphone_calls, data))] == [
        Direction.INCOMING,
        Direction.OUTGOING,
    ]


def typed_stream(words: str) -> bytes:
    data = words.encode()
    size = bytes([len(data)]) if len(data) < 0x80 else b"\x81" + len(data).to_bytes(2, "little")
    return (
        b"\x04\x0bstreamtyped\x81\xe8\x03\x84\x01@\x84\x84\x84\x12NSAttributedString\x00\x84\x84"
        b"\x08NSObject\x00\x85\x92\x84\x84\x84\x08NSString\x01\x94\x84\x01+" + size + data + b"\x86"
    )


@pytest.mark.parametrize("words", ["hi", "还钱" * 100, "😀"])
def test_words_in_a_typed_stream(words: str) -> None:
    assert words_of(typed_stream(words)) == words


@given(st.binary(max_size=200))
def test_no_typed_stream_raises(data: bytes) -> None:
    assert isinstance(words_of(b"NSString" + data), str)


def test_iphone_messages_of_both_epochs_groups_and_reactions(tmp_path: Path) -> None:
    data = database(
        tmp_path / "sms.db",
        "CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id TEXT)",
        "CREATE TABLE message (ROWID INTEGER PRIMARY KEY, date INTEGER, is_from_me INTEGER, "
        "text TEXT, attributedBody BLOB, handle_id INTEGER, item_type INTEGER, "
        "associated_message_type INTEGER)",
        "CREATE TABLE chat (ROWID INTEGER PRIMARY KEY, display_name TEXT, chat_identifier TEXT)",
        "CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER)",
        "CREATE TABLE chat_handle_join (chat_id INTEGER, handle_id INTEGER)",
        "CREATE TABLE attachment (ROWID INTEGER PRIMARY KEY, filename TEXT)",
        "CREATE TABLE message_attachment_join (message_id INTEGER, attachment_id INTEGER)",
        "INSERT INTO handle VALUES (1, '+15550101')",
        "INSERT INTO handle VALUES (2, '+15550102')",
        "INSERT INTO chat VALUES (1, 'Family', 'chat1')",
        "INSERT INTO chat_handle_join VALUES (1, 1)",
        "INSERT INTO chat_handle_join VALUES (1, 2)",
        "INSERT INTO chat_message_join VALUES (1, 3)",
        "INSERT INTO chat_message_join VALUES (1, 4)",
        "INSERT INTO attachment VALUES (1, '~/Library/SMS/Attachments/a.jpg')",
        "INSERT INTO message_attachment_join VALUES (1, 1)",
        (
            "INSERT INTO message (date, is_from_me, text, attributedBody, handle_id, item_type, "
            "associated_message_type) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (COCOA, 0, "old\ufffc", None, 1, 0, 0),
                (COCOA * 10**9, 1, None, typed_stream("new"), 1, 0, 0),
                (COCOA * 10**9, 0, "group", None, 2, 0, 0),
                (COCOA * 10**9, 1, "mine", None, 0, 0, 0),
                (COCOA * 10**9, 0, "Loved “x”", None, 1, 0, 2000),
                (COCOA * 10**9, 0, None, None, 1, 2, 0),
            ],
        ),
    )
    records = read(iphone_messages, data)
    assert [(event.identifier, event.direction, event.text) for event in acts(records)] == [
        ("+15550101", Direction.INCOMING, "old"),
        ("+15550101", Direction.OUTGOING, "new"),
        ("+15550102", Direction.INCOMING, "group"),
        ("", Direction.OUTGOING, "mine"),
    ]
    assert {event.time.moment for event in acts(records) if event.time} == {MOMENT}
    assert acts(records)[2].raw["chat"] == "Family"
    assert acts(records)[0].enclosed == ("~/Library/SMS/Attachments/a.jpg",)
    assert len([block for block in records if isinstance(block, TextBlock)]) == 2


def test_iphone_contacts_name_numbers(tmp_path: Path) -> None:
    data = database(
        tmp_path / "a",
        "CREATE TABLE ABPerson (ROWID INTEGER PRIMARY KEY, First TEXT, Last TEXT)",
        "CREATE TABLE ABMultiValue (record_id INTEGER, property INTEGER, value TEXT)",
        "INSERT INTO ABPerson VALUES (1, 'Ann', 'Li')",
        "INSERT INTO ABMultiValue VALUES (1, 3, '+15550101')",
    )
    records = read(iphone_contacts, data)
    assert [contact for contact in records if isinstance(contact, Contact)] == [
        Contact("Ann Li", ("+15550101",))
    ]


@pytest.mark.parametrize("form", [plistlib.FMT_XML, plistlib.FMT_BINARY])
def test_an_encrypted_backup_says_so(form: Any) -> None:
    facts = {"IsEncrypted": True, "BackupKeyBag": b"x", "Lockdown": {"DeviceName": "iPhone of A"}}
    records = read(iphone_backup, plistlib.dumps(facts, fmt=form))
    assert [notice.message.code for notice in records if isinstance(notice, Notice)] == [
        MessageCode.BACKUP_ENCRYPTED
    ]
    assert any("iPhone of A" in block.text for block in records if isinstance(block, TextBlock))


def test_of_a_backup_only_what_matters_is_taken(tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    calls = "5a4935c78a5255723f707230a451d79c540d2741"
    for name in ("Manifest.plist", "Manifest.db", f"5a/{calls}", "aa/unimportant"):
        (backup / name).parent.mkdir(parents=True, exist_ok=True)
        (backup / name).write_bytes(b"x")
    assert backup_files(tmp_path) is None
    names = [path.name for path in walk([tmp_path]) if isinstance(path, Path)]
    assert names == ["Manifest.plist", calls]


def test_a_print_of_calls_with_commas_in_values() -> None:
    text = (
        f"Row: 0 _id=1, number=+15550101, date={START}, duration=9, type=1, name=Li, Ming, new=1\n"
        f"Row: 1 _id=2, number=95001, date=NULL, duration=0, type=3, name=NULL, new=1\n"
    )
    records = read(adb_dump, text.encode())
    [event] = acts(records)
    assert (event.identifier, event.contact_name, event.duration_s) == ("+15550101", "Li, Ming", 9)
    assert len([1 for skipped_entry in records if isinstance(skipped_entry, SkippedEntry)]) == 1


def test_a_print_of_messages_over_several_lines() -> None:
    text = (
        f"Row: 0 _id=1, thread_id=1, address=95001, date={START}, type=1, "
        "body=pay now, or=else\nsecond line, seen=1\n"
    )
    [event] = acts(read(adb_dump, text.encode()))
    assert event.text == "pay now, or=else\nsecond line"
    assert event.type is EventType.MESSAGE


def test_imazing_calls_are_floating_and_may_have_the_number_in_the_service() -> None:
    text = (
        "Call type,Date,Duration,Number,Contact,Location,Service\n"
        "Incoming,2024-03-15 14:30:00,00:01:05,+15550101,Ann,,Phone: +15550101\n"
        "Missed,2024-03-15 14:31:00,,,,,Phone: +15550102\n"
        "Outgoing,2024-03-15 14:32:00,00:00:09,,Bob,,WhatsApp Video\n"
        "Outgoing,soon,00:00:09,,Bob,,WhatsApp Video\n"
    )
    records = read(imazing, text.encode("utf-8-sig"))
    assert [
        (event.identifier, event.direction, event.outcome, event.duration_s)
        for event in acts(records)
    ] == [
        ("+15550101", Direction.INCOMING, Outcome.ANSWERED, 65),
        ("+15550102", Direction.INCOMING, Outcome.MISSED, None),
        ("Bob", Direction.OUTGOING, Outcome.ANSWERED, 9),
    ]
    assert isinstance(acts(records)[0].time.moment, WallClock)  # type: ignore[union-attr]
    assert len([1 for skipped_entry in records if isinstance(skipped_entry, SkippedEntry)]) == 1


def test_imazing_messages() -> None:
    text = (
        "Chat Session,Message Date,Delivered Date,Read Date,Service,Type,Sender ID,Sender Name,"
        "Status,Replying to,Subject,Text,Attachment,Attachment type\n"
        'Ann,2024-03-15 14:30:00,,,SMS,Incoming,+15550101,Ann,Read,,,"two\nlines",a.jpg,Image\n'
        "Ann,2024-03-15 14:31:00,,,SMS,Outgoing,,,Sent,,,mine,,\n"
        "Ann,2024-03-15 14:31:00,,,SMS,Notification,,,,,,Ann left,,\n"
    )
    records = read(imazing, text.encode())
    assert [(event.identifier, event.direction, event.text) for event in acts(records)] == [
        ("+15550101", Direction.INCOMING, "two\nlines"),
        ("+15550101", Direction.OUTGOING, "mine"),
    ]
    assert acts(records)[0].enclosed == ("a.jpg",)
    assert {event.contact_name for event in acts(records)} == {"Ann"}


SHORT = "Chat Session,Message Date,Type,Sender ID,Sender Name,Text\n"


@pytest.mark.parametrize(
    "rows",
    [
        "Ann,2024-03-15 14:30:00,Incoming,+15550101,Ann,a\nAnn,2024-03-15 14:31:00,Outgoing,,,b\n",
        "Ann,2024-03-15 14:30:00,Incoming,,+15550101,a\nAnn,2024-03-15 14:31:00,Outgoing,,,b\n",
        "+15550101,2024-03-15 14:30:00,Incoming,,Ann,a\n"
        "+15550101,2024-03-15 14:31:00,Outgoing,,,b\n",
        "Ann,2024-03-15 14:31:00,Outgoing,,,b\nAnn,2024-03-15 14:32:00,Incoming,+15550101,,a\n",
    ],
)
def test_the_name_of_a_chat_of_two_and_its_number_are_one_person(rows: str) -> None:
    events = acts(read(imazing, (SHORT + rows).encode()))
    assert {(event.identifier, event.contact_name) for event in events} == {("+15550101", "Ann")}
    assert not any("chat" in event.raw for event in events)


def test_in_a_group_what_one_wrote_goes_to_nobody_alone() -> None:
    rows = (
        "Family,2024-03-15 14:30:00,Incoming,+15550101,Ann,a\n"
        "Family,2024-03-15 14:31:00,Incoming,+15550102,Bob,a\n"
        "Family,2024-03-15 14:32:00,Outgoing,,,b\n"
    )
    events = acts(read(imazing, (SHORT + rows).encode()))
    assert [event.identifier for event in events] == ["+15550101", "+15550102", ""]
    assert {event.raw["chat"] for event in events} == {"Family"}


def test_a_time_that_names_its_zone_is_an_instant_and_is_not_asked_about() -> None:
    records = read(imazing, (SHORT + "Ann,2024-03-15T14:30:00Z,Incoming,,Ann,a\n").encode())
    assert acts(records)[0].time is not None
    assert isinstance(acts(records)[0].time.moment, Instant)  # type: ignore[union-attr]
    assert not [question for question in records if isinstance(question, Question)]
    floating = read(imazing, (SHORT + "Ann,2024-03-15 14:30:00,Incoming,,Ann,a\n").encode())
    assert [question.kind for question in floating if isinstance(question, Question)] == [
        QuestionKind.TIMEZONE
    ]


def test_a_contact_of_imazings_calls_is_one_person_with_and_without_a_number() -> None:
    text = (
        "Call type,Date,Duration,Number,Contact,Location,Service\n"
        "Incoming,2024-03-15 14:30:00,00:01:05,+15550101,Ann,,Phone\n"
        "Outgoing,2024-03-15 14:32:00,00:00:09,,Ann,,WhatsApp Video\n"
        "Verschollen,2024-03-15 14:32:00,00:00:09,,Ann,,WhatsApp Video\n"
    )
    records = read(imazing, text.encode())
    assert {event.identifier for event in acts(records)} == {"+15550101"}
    assert QuestionKind.CALL_WORDS in {
        question.kind for question in records if isinstance(question, Question)
    }


@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_a_damaged_database_never_raises(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("d")
    rows = [("95001", START + n, n, 1, "x" * 50) for n in range(200)]
    insert = "INSERT INTO calls (number, date, duration, type, name) VALUES (?, ?, ?, ?, ?)"
    damaged = bytearray(database(folder / "c.db", CALLS, (insert, rows)))
    for _ in range(data.draw(st.integers(1, 30))):
        damaged[data.draw(st.integers(100, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(100, len(damaged)))
    for module in (android_calls, android_messages, iphone_calls, iphone_messages):
        source = Source(io.BytesIO(bytes(damaged[:end])), end, "x")
        with contextlib.suppress(ReadFailure):
            if module.recognises(source):
                list(module.read(source))
