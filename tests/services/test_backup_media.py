"""The pictures of messages in a backup of an iPhone, whose files have digests for names."""

import sqlite3
from pathlib import Path

import pytest

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records import attachments
from evidence_app.intake.phone_backup import name_in_backup
from evidence_app.model.filters import EventFilter, ItemFilter
from evidence_app.progress import Progress
from evidence_app.services import events as timeline
from evidence_app.services import items
from evidence_app.services.importing.importer import Importer, ImportOutcome, ImportResult

COCOA = 700_000_000
WHATSAPP = "AppDomainGroup-group.net.whatsapp.WhatsApp.shared"
SMS = f"""
CREATE TABLE message (ROWID INTEGER PRIMARY KEY, text TEXT, handle_id INTEGER, date INTEGER,
    is_from_me INTEGER);
CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id TEXT);
CREATE TABLE attachment (ROWID INTEGER PRIMARY KEY, filename TEXT, transfer_name TEXT);
CREATE TABLE message_attachment_join (message_id INTEGER, attachment_id INTEGER);
INSERT INTO handle VALUES (1, '+12025550143');
INSERT INTO message VALUES (1, 'look', 1, {COCOA}, 0), (2, 'again', 1, {COCOA + 60}, 0),
    (3, 'gone', 1, {COCOA + 120}, 0), (4, 'evil', 1, {COCOA + 180}, 0);
INSERT INTO attachment VALUES
    (1, '~/Library/SMS/Attachments/ab/11/AAAA/IMG_0001.JPG', 'IMG_0001.JPG'),
    (2, '/var/mobile/Library/SMS/Attachments/ab/12/BBBB/IMG_0001.JPG', 'IMG_0001.JPG'),
    (3, '~/Library/SMS/Attachments/ab/13/CCCC/IMG_0002.JPG', 'IMG_0002.JPG'),
    (4, '~/../../../../etc/passwd', 'passwd');
INSERT INTO message_attachment_join VALUES (1, 1), (1, 3), (2, 2), (3, 3), (4, 4);
"""
CHATS = f"""
CREATE TABLE ZWACHATSESSION (Z_PK INTEGER PRIMARY KEY, ZCONTACTJID TEXT, ZPARTNERNAME TEXT);
CREATE TABLE ZWAMESSAGE (Z_PK INTEGER PRIMARY KEY, ZCHATSESSION INTEGER, ZISFROMME INTEGER,
    ZMESSAGEDATE REAL, ZTEXT TEXT, ZFROMJID TEXT, ZTOJID TEXT, ZMESSAGETYPE INTEGER,
    ZGROUPMEMBER INTEGER);
CREATE TABLE ZWAMEDIAITEM (Z_PK INTEGER PRIMARY KEY, ZMESSAGE INTEGER, ZMEDIALOCALPATH VARCHAR);
INSERT INTO ZWACHATSESSION VALUES (1, '12025550143@s.whatsapp.net', 'Ann');
INSERT INTO ZWAMESSAGE VALUES (1, 1, 0, {COCOA}, 'see', '12025550143@s.whatsapp.net', NULL, 1,
    NULL);
INSERT INTO ZWAMEDIAITEM VALUES (1, 1, 'Media/12025550143@s.whatsapp.net/a/b/c0ffee.jpg');
"""


def put(backup: Path, domain: str, path: str, data: bytes | str) -> None:
    """Put a file into a backup; a text is the script of a database."""
    name = name_in_backup(domain, path)
    place = backup / name[:2] / name
    place.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(data, bytes):
        place.write_bytes(data)
        return
    connection = sqlite3.connect(place)
    connection.executescript(data)
    connection.close()


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    folder = tmp_path / "backup"
    folder.mkdir()
    for name in ("Manifest.plist", "Manifest.db"):
        (folder / name).write_bytes(b"x")
    put(folder, "HomeDomain", "Library/SMS/sms.db", SMS)
    put(folder, "MediaDomain", "Library/SMS/Attachments/ab/11/AAAA/IMG_0001.JPG", b"first")
    put(folder, "MediaDomain", "Library/SMS/Attachments/ab/12/BBBB/IMG_0001.JPG", b"second")
    put(folder, "MediaDomain", "Library/SMS/Attachments/zz/99/DDDD/IMG_0099.JPG", b"unnamed")
    put(folder, WHATSAPP, "ChatStorage.sqlite", CHATS)
    path = "Message/Media/12025550143@s.whatsapp.net/a/b/c0ffee.jpg"
    put(folder, WHATSAPP, path, b"third")
    return folder


def bring(case: CaseFile, folder: Path) -> list[ImportResult]:
    with Importer(case) as importer:
        return importer.run([folder])


def enclosed(case: CaseFile) -> dict[str, list[str]]:
    """The contents of what belongs to each message, by its words."""
    attached: dict[str, list[str]] = {}
    for event in timeline.get_many(case, timeline.index(case, EventFilter()).ids):
        if event.text:
            attached[event.text] = [
                items.open_original(case, enclosed_item).read().decode()
                for enclosed_item in timeline.enclosed_items(case, event.id)
            ]
    return attached


def test_what_messages_name_comes_in_and_belongs_to_them(case: CaseFile, backup: Path) -> None:
    results = bring(case, backup)
    assert enclosed(case) == {
        "look": ["first"],
        "again": ["second"],
        "gone": [],
        "evil": [],
        "see": ["third"],
    }
    new = items.get_many(case, [result.item_id for result in results if result.item_id is not None])
    names = sorted(item.filename for item in new if len(item.filename) < 40)
    assert names == ["IMG_0001.JPG", "IMG_0001.JPG", "Manifest.plist", "c0ffee.jpg"]
    [picture] = [item for item in new if item.filename == "c0ffee.jpg"]
    assert Path(picture.origin).is_file(), "where it lies is said as it is"
    again = bring(case, backup)
    assert {result.outcome for result in again} == {ImportOutcome.ALREADY_THERE}
    assert len(items.index(case, ItemFilter())) == len(results)


def test_an_import_that_was_stopped_is_completed(case: CaseFile, backup: Path) -> None:
    done: list[ImportResult] = []
    with Importer(case) as importer:
        stopping = Progress(is_cancelled=lambda: len(done) > 2)
        first = importer.run([backup], on_result=done.append, progress=stopping)
        assert any(result.outcome is ImportOutcome.NOT_IMPORTED for result in first)
        importer.run([backup])
    assert enclosed(case)["again"] == ["second"]
    assert enclosed(case)["see"] == ["third"]


def test_media_that_came_before_are_found(case: CaseFile, backup: Path, tmp_path: Path) -> None:
    (tmp_path / "picture.jpg").write_bytes(b"first")
    with Importer(case) as importer:
        importer.run([tmp_path / "picture.jpg"])
        importer.run([backup])
    assert enclosed(case)["look"] == ["first"]
    with case.read() as connection:
        left = attachments.unresolved(connection)
    assert len(left) == 1, "the database of which two pictures are not in the backup"
