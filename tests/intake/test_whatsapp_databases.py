"""WhatsApp's own databases, as they lie on phones and in backups of them."""

import io
import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records import attachments as enclosure_records
from evidence_app.intake.detect import detect
from evidence_app.intake.phone_backup import name_in_backup
from evidence_app.intake.readers.whatsapp.iphone_database import recognises
from evidence_app.intake.records import Contact, Description, EventRecord, Record, Source
from evidence_app.intake.walk import walk
from evidence_app.messages import MessageCode
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import ItemKind, SkippedEntry, TextBlock
from evidence_app.model.filters import EventFilter
from evidence_app.model.times import Instant
from evidence_app.services import events as timeline
from evidence_app.services import parties
from evidence_app.services.importing.importer import Importer, ImportOutcome

START = 1_700_000_000_000
COCOA = START // 1000 - 978_307_200
MOMENT = Instant(datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC))
IN, OUT = Direction.INCOMING, Direction.OUTGOING
ANN, BOB = "12025550143@s.whatsapp.net", "12025550144@s.whatsapp.net"
GROUP, LID = "12025550143-1500000000@g.us", "99887766554433@lid"


def database(path: Path, script: str) -> bytes:
    connection = sqlite3.connect(path)
    connection.executescript(script)
    connection.commit()
    connection.close()
    return path.read_bytes()


def read(data: bytes, module: str, name: str = "x") -> list[Record]:
    source = Source(io.BytesIO(data), len(data), name)
    file_format = detect(source)
    assert file_format is not None
    assert file_format.id == module
    return list(file_format.reader()(source))


def acts(records: list[Record]) -> list[EventRecord]:
    return [event for event in records if isinstance(event, EventRecord)]


def summary(records: list[Record]) -> list[tuple[str, str, Direction, str]]:
    return [
        (event.identifier, event.contact_name, event.direction, event.text)
        for event in acts(records)
    ]


NEW = f"""
CREATE TABLE jid (_id INTEGER PRIMARY KEY, user TEXT, server TEXT, raw_string TEXT);
INSERT INTO jid VALUES (1, '', '', '{ANN}'), (2, '', '', '{BOB}'), (3, '', '', '{GROUP}'),
    (4, '', '', '{LID}'), (5, '', '', '11122233344455@lid');
CREATE TABLE jid_map (lid_row_id INTEGER PRIMARY KEY, jid_row_id INTEGER);
INSERT INTO jid_map VALUES (4, 2);
CREATE TABLE chat (_id INTEGER PRIMARY KEY, jid_row_id INTEGER, subject TEXT);
INSERT INTO chat VALUES (1, 1, NULL), (2, 3, '催收群'), (3, 5, NULL);
CREATE TABLE message (_id INTEGER PRIMARY KEY, chat_row_id INTEGER, from_me INTEGER, key_id TEXT,
    sender_jid_row_id INTEGER, timestamp INTEGER, message_type INTEGER, text_data TEXT);
INSERT INTO message VALUES (1, 1, 0, 'a', 0, {START}, 0, '还钱'),
    (2, 1, 1, 'b', 0, {START}, 0, 'no'),
    (3, 2, 0, 'c', 4, {START}, 0, 'to all'), (4, 2, 1, 'd', 0, {START}, 0, 'me'),
    (5, 1, 0, 'e', 0, {START}, 1, NULL), (6, 1, 0, 'f', 0, {START}, 7, NULL),
    (7, 1, 0, 'g', 0, {START}, 90, NULL), (8, 1, 0, 'h', 0, -1, 0, 'lost'),
    (9, 3, 0, 'i', 0, {START}, 0, 'hidden');
CREATE TABLE message_media (message_row_id INTEGER PRIMARY KEY, file_path TEXT, media_name TEXT,
    media_caption TEXT);
INSERT INTO message_media VALUES (5, 'Media/WhatsApp Images/IMG-20231114-WA0001.jpg', NULL, 'look');
CREATE TABLE call_log (_id INTEGER PRIMARY KEY, jid_row_id INTEGER, from_me INTEGER, call_id TEXT,
    timestamp INTEGER, video_call INTEGER, duration INTEGER, call_result INTEGER,
    group_jid_row_id INTEGER NOT NULL DEFAULT 0);
INSERT INTO call_log VALUES (1, 1, 0, 'x', {START}, 0, 65, 5, 0),
    (2, 4, 0, 'y', {START}, 1, 0, 2, 0),
    (3, 1, 1, 'z', {START}, 0, 0, 2, 0), (4, 1, 0, 'g', {START}, 0, 9, 5, 3);
"""


def test_a_newer_android_with_groups_media_calls_and_hidden_numbers(tmp_path: Path) -> None:
    records = read(database(tmp_path / "msgstore.db", NEW), "whatsapp_android")
    messages = [
        event
        for event in records
        if isinstance(event, EventRecord) and event.type is EventType.MESSAGE
    ]
    assert [(event.identifier, event.direction, event.text) for event in messages] == [
        ("+12025550143", IN, "还钱"),
        ("+12025550143", OUT, "no"),
        ("+12025550144", IN, "to all"),
        ("", OUT, "me"),
        ("+12025550143", IN, "look"),
        ("11122233344455@lid", IN, "hidden"),
    ]
    assert {event.time.moment for event in acts(records) if event.time} == {MOMENT}
    assert [event.raw.get("chat") for event in messages] == [
        None,
        None,
        "催收群",
        "催收群",
        None,
        None,
    ]
    assert messages[4].enclosed == ("Media/WhatsApp Images/IMG-20231114-WA0001.jpg",)
    calls = [event for event in acts(records) if event.type is EventType.CALL]
    assert [
        (event.identifier, event.direction, event.outcome, event.duration_s) for event in calls
    ] == [
        ("+12025550143", IN, Outcome.ANSWERED, 65),
        ("+12025550144", IN, Outcome.MISSED, 0),
        ("+12025550143", OUT, Outcome.UNKNOWN, 0),
        ("+12025550143", IN, Outcome.ANSWERED, 9),
    ]
    assert calls[3].raw["chat"] == GROUP
    assert (
        len([skipped_entry for skipped_entry in records if isinstance(skipped_entry, SkippedEntry)])
        == 1
    )
    assert len([block for block in records if isinstance(block, TextBlock)]) == 1
    places = [event.place for event in acts(records)]
    assert len({(place.sheet, place.number) for place in places if place}) == len(places)


OLD = f"""
CREATE TABLE messages (_id INTEGER PRIMARY KEY, key_remote_jid TEXT, key_from_me INTEGER,
    key_id TEXT, status INTEGER, data TEXT, timestamp INTEGER, media_name TEXT, media_caption TEXT,
    media_wa_type TEXT, remote_resource TEXT);
INSERT INTO messages VALUES
    (1, '-1', 0, '-1', 0, NULL, 0, NULL, NULL, NULL, NULL),
    (2, '{ANN}', 0, 'a', 0, '还钱', {START}, NULL, NULL, '0', NULL),
    (3, '{ANN}', 1, 'b', 13, 'no', {START}, NULL, NULL, '0', NULL),
    (4, '{GROUP}', 0, 'c', 0, 'to all', {START}, NULL, NULL, '0', '{BOB}'),
    (5, '{GROUP}', 1, 'd', 0, 'me', {START}, NULL, NULL, '0', NULL),
    (6, '{ANN}', 0, 'e', 0, NULL, {START}, 'IMG-20231114-WA0001.jpg', 'look', '1', NULL),
    (7, '{GROUP}', 0, 'f', 6, 'subject', {START}, NULL, NULL, '0', NULL),
    (8, '{ANN}', 0, 'g', 6, NULL, {START}, NULL, NULL, '10', NULL);
CREATE TABLE chat_list (_id INTEGER PRIMARY KEY, key_remote_jid TEXT, subject TEXT);
INSERT INTO chat_list VALUES (1, '{GROUP}', '催收群');
"""


def test_an_older_android(tmp_path: Path) -> None:
    records = read(database(tmp_path / "msgstore.db", OLD), "whatsapp_android")
    assert summary(records) == [
        ("+12025550143", "", IN, "还钱"),
        ("+12025550143", "", OUT, "no"),
        ("+12025550144", "", IN, "to all"),
        ("", "", OUT, "me"),
        ("+12025550143", "", IN, "look"),
        ("+12025550143", "", IN, ""),
    ]
    assert acts(records)[4].enclosed == ("IMG-20231114-WA0001.jpg",)
    assert (acts(records)[5].type, acts(records)[5].outcome) == (EventType.CALL, Outcome.MISSED)
    assert acts(records)[2].raw["chat"] == "催收群"
    assert [block.text for block in records if isinstance(block, TextBlock)] == ["subject"]


CHATS = f"""
CREATE TABLE ZWACHATSESSION (Z_PK INTEGER PRIMARY KEY, ZCONTACTJID VARCHAR, ZPARTNERNAME VARCHAR,
    ZSESSIONTYPE INTEGER);
INSERT INTO ZWACHATSESSION VALUES (1, '{ANN}', 'Ann', 0), (2, '{GROUP}', '催收群', 1);
CREATE TABLE ZWAGROUPMEMBER (Z_PK INTEGER PRIMARY KEY, ZMEMBERJID VARCHAR, ZCONTACTNAME VARCHAR);
INSERT INTO ZWAGROUPMEMBER VALUES (7, '{BOB}', 'Bob');
CREATE TABLE ZWAMEDIAITEM (Z_PK INTEGER PRIMARY KEY, ZMESSAGE INTEGER, ZMEDIALOCALPATH VARCHAR);
INSERT INTO ZWAMEDIAITEM VALUES (1, 5, 'Media/{ANN}/a/b/abc.jpg'), (2, 1, NULL);
CREATE TABLE ZWAMESSAGE (Z_PK INTEGER PRIMARY KEY, ZCHATSESSION INTEGER, ZMESSAGEDATE TIMESTAMP,
    ZISFROMME INTEGER, ZTEXT VARCHAR, ZMESSAGETYPE INTEGER, ZGROUPMEMBER INTEGER, ZPUSHNAME BLOB);
INSERT INTO ZWAMESSAGE VALUES (1, 1, {COCOA}, 0, '还钱', 0, NULL, NULL),
    (2, 1, {COCOA}, 1, 'no', 0, NULL, NULL), (3, 2, {COCOA}, 0, 'to all', 0, 7, NULL),
    (4, 2, {COCOA}, 1, 'me', 0, NULL, NULL), (5, 1, {COCOA}, 0, NULL, 1, NULL, NULL),
    (6, 2, {COCOA}, 0, 'Bob joined', 6, 7, NULL), (7, 1, NULL, 0, 'lost', 0, NULL, NULL);
"""


def test_the_chats_of_an_iphone(tmp_path: Path) -> None:
    records = read(database(tmp_path / "ChatStorage.sqlite", CHATS), "whatsapp_iphone")
    assert summary(records) == [
        ("+12025550143", "Ann", IN, "还钱"),
        ("+12025550143", "Ann", OUT, "no"),
        ("+12025550144", "Bob", IN, "to all"),
        ("", "", OUT, "me"),
        ("+12025550143", "Ann", IN, ""),
    ]
    assert {event.time.moment for event in acts(records) if event.time} == {MOMENT}
    assert acts(records)[4].enclosed == (f"Media/{ANN}/a/b/abc.jpg",)
    assert acts(records)[2].raw["chat"] == "催收群"
    assert (
        len([skipped_entry for skipped_entry in records if isinstance(skipped_entry, SkippedEntry)])
        == 1
    )


CALLS = f"""
CREATE TABLE ZWAAGGREGATECALLEVENT (Z_PK INTEGER PRIMARY KEY, ZINCOMING INTEGER, ZMISSED INTEGER,
    ZVIDEO INTEGER);
INSERT INTO ZWAAGGREGATECALLEVENT VALUES (1, 1, 0, 0), (2, 1, 1, 1), (3, 0, 0, 0), (4, 1, 0, 0);
CREATE TABLE ZWACDCALLEVENTPARTICIPANT (Z_PK INTEGER PRIMARY KEY, Z1PARTICIPANTS INTEGER,
    ZJIDSTRING VARCHAR);
INSERT INTO ZWACDCALLEVENTPARTICIPANT VALUES (1, 1, '{ANN}'), (2, 2, '{LID}'), (3, 3, '{BOB}'),
    (4, 4, '{ANN}'), (5, 4, '{BOB}');
CREATE TABLE ZWACDCALLEVENT (Z_PK INTEGER PRIMARY KEY, ZDATE TIMESTAMP, ZDURATION FLOAT,
    ZOUTCOME INTEGER, Z1CALLEVENTS INTEGER, ZGROUPCALLCREATORUSERJIDSTRING VARCHAR,
    ZGROUPJIDSTRING VARCHAR);
INSERT INTO ZWACDCALLEVENT VALUES (11, {COCOA}, 65.0, 0, 1, '{ANN}', NULL),
    (12, {COCOA}, 0, 4, 2, NULL, NULL), (13, {COCOA}, 0, 1, 3, NULL, NULL),
    (14, {COCOA}, 9, 0, 4, '{BOB}', '{GROUP}'), (15, {COCOA}, 0, 4, 1, NULL, NULL);
"""


def test_the_calls_of_an_iphone(tmp_path: Path) -> None:
    records = read(database(tmp_path / "CallHistory.sqlite", CALLS), "whatsapp_iphone")
    assert isinstance(records[0], Description)
    assert records[0].kind is ItemKind.CALL_LOG
    assert [
        (event.identifier, event.direction, event.outcome, event.duration_s)
        for event in acts(records)
    ] == [
        ("+12025550143", IN, Outcome.ANSWERED, 65),
        (LID, IN, Outcome.MISSED, 0),
        ("+12025550144", OUT, Outcome.UNKNOWN, 0),
        ("+12025550144", IN, Outcome.ANSWERED, 9),
        ("+12025550143", IN, Outcome.REJECTED, 0),
    ]


def test_without_the_table_of_groups_the_one_who_began_tells_the_direction(tmp_path: Path) -> None:
    script = CALLS + "DROP TABLE ZWAAGGREGATECALLEVENT;"
    events = acts(read(database(tmp_path / "c", script), "whatsapp_iphone"))
    assert [event.direction for event in events] == [
        IN, Direction.NONE, Direction.NONE, IN, Direction.NONE,
    ]  # fmt: skip


def test_names_come_from_the_address_books(tmp_path: Path) -> None:
    script = f"""
    CREATE TABLE wa_contacts (_id INTEGER PRIMARY KEY, jid TEXT, number TEXT, display_name TEXT,
        wa_name TEXT);
    INSERT INTO wa_contacts VALUES (1, '{ANN}', '202-555-0143', 'Ann Li', 'annie'),
        (2, '{BOB}', NULL, NULL, 'bob'), (3, '{GROUP}', NULL, 'Family', NULL);
    """
    records = read(database(tmp_path / "wa.db", script), "whatsapp_contacts")
    assert [contact for contact in records if isinstance(contact, Contact)] == [
        Contact("Ann Li", ("+12025550143", "202-555-0143")),
        Contact("bob", ("+12025550144",)),
    ]
    script = f"""
    CREATE TABLE ZWAADDRESSBOOKCONTACT (Z_PK INTEGER PRIMARY KEY, ZFULLNAME VARCHAR,
        ZPHONENUMBER VARCHAR, ZWHATSAPPID VARCHAR, ZLID VARCHAR);
    INSERT INTO ZWAADDRESSBOOKCONTACT VALUES (1, 'Ann', '+1 202-555-0143', '{ANN}', '{LID}');
    """
    records = read(database(tmp_path / "ContactsV2.sqlite", script), "whatsapp_contacts")
    [card] = [contact for contact in records if isinstance(contact, Contact)]
    assert card == Contact("Ann", ("+12025550143", LID, "+1 202-555-0143"))


@pytest.mark.parametrize("name", ["msgstore.db.crypt14", "msgstore-2024-03-15.1.db.crypt15"])
def test_an_encrypted_copy_says_that_it_needs_its_key(
    case: CaseFile, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_bytes(b"\x8a\x01\x08\x01" + os.urandom(5000))
    with Importer(case) as importer:
        [result] = importer.run([tmp_path / name])
    assert result.outcome is ImportOutcome.KEPT_UNREAD
    assert result.reason is not None
    assert result.reason.code is MessageCode.WHATSAPP_ENCRYPTED


def test_in_a_backup_and_with_its_pictures_and_names_beside_it(
    case: CaseFile, tmp_path: Path
) -> None:
    assert (
        name_in_backup("AppDomainGroup-group.net.whatsapp.WhatsApp.shared", "ChatStorage.sqlite")
        == "7c7fba66680ef796b916b067077cc246adacf01d"
    )
    backup = tmp_path / "backup"
    name = "7c7fba66680ef796b916b067077cc246adacf01d"
    for part in ("Manifest.plist", "Manifest.db", f"7c/{name}", "aa/unimportant"):
        (backup / part).parent.mkdir(parents=True, exist_ok=True)
        (backup / part).write_bytes(b"x")
    assert [path.name for path in walk([backup]) if isinstance(path, Path)] == [
        "Manifest.plist",
        name,
    ]
    folder = tmp_path / "phone"
    (folder / "Media" / "WhatsApp Images").mkdir(parents=True)
    database(folder / "msgstore.db", NEW)
    script = f"""
    CREATE TABLE wa_contacts (_id INTEGER PRIMARY KEY, jid TEXT, display_name TEXT, wa_name TEXT);
    INSERT INTO wa_contacts VALUES (1, '{ANN}', 'Ann Li', NULL);
    """
    database(folder / "wa.db", script)
    picture = folder / "Media" / "WhatsApp Images" / "IMG-20231114-WA0001.jpg"
    picture.write_bytes(b"\xff\xd8\xff\xe0 no real picture")
    with Importer(case) as importer:
        importer.run([folder])
    rows = timeline.get_many(case, timeline.index(case, EventFilter()).ids)
    assert {row.party for row in rows if row.identifier == "+12025550143"} == {"Ann Li"}
    assert "Ann Li" in {party.name for party in parties.list_parties(case)}
    [look] = [row for row in rows if row.text == "look"]
    with case.read() as connection:
        assert len(enclosure_records.items_of(connection, look.id)) == 1


def test_a_damaged_database_never_raises(tmp_path: Path) -> None:
    data = bytearray(database(tmp_path / "m.db", NEW + CHATS + CALLS))
    for at in range(100, len(data), 97):
        damaged = bytearray(data)
        damaged[at : at + 40] = b"\xff" * len(damaged[at : at + 40])
        source = Source(io.BytesIO(bytes(damaged)), len(damaged), "x")
        if recognises(source) and (file_format := detect(source)) is not None:
            assert list(file_format.reader()(source))
