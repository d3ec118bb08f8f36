"""Files that messages name: found whatever came first, stored once, shown with their message."""

import base64
import hashlib
import io
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest
from PIL import Image

from evidence_app.casefile import schema
from evidence_app.casefile.case import CaseFile
from evidence_app.model.event import Event, EventType
from evidence_app.model.filters import EventFilter, ItemFilter
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.services import events as timeline
from evidence_app.services import findings, items, tags
from evidence_app.services.importing.importer import Importer


def picture(colour: str, taken: str = "") -> bytes:
    exif = Image.Exif()
    if taken:
        exif.get_ifd(0x8769)[0x9003] = taken
    out = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, "JPEG", exif=exif)
    return out.getvalue()


PICTURE = picture("red")
OTHER = picture("blue", "2024:03:01 09:00:00")
CHAT = (
    "[01/03/2024, 10:00:00] Collector: pay now\n"
    "[02/03/2024, 10:01:00] Collector: \u200e<attached: 00000001-PHOTO.jpg>\n"
    "[03/03/2024, 10:02:00] Me: why\n"
    "[14/03/2024, 10:03:00] Collector: \u200e<attached: 00000002-PHOTO.jpg>\n"
)


def bring(case: CaseFile, *paths: Path) -> None:
    with Importer(case) as importer:
        importer.run(paths)


def events(case: CaseFile) -> list[Event]:
    return timeline.get_many(case, timeline.index(case, EventFilter()).ids)


def linked(case: CaseFile) -> dict[str, str]:
    """For each message of the timeline that names a file, the SHA-256 of the item it leads to."""
    attached: dict[str, str] = {}
    for event in events(case):
        if "attached" in event.text:
            ids = timeline.enclosed_items(case, event.id)
            attached[event.text] = ",".join(items.get(case, item_id).sha256 for item_id in ids)
    return attached


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


BOTH = {
    "<attached: 00000001-PHOTO.jpg>": digest(PICTURE),
    "<attached: 00000002-PHOTO.jpg>": digest(OTHER),
}


def folder(path: Path, text: str = CHAT, first: bytes = PICTURE, second: bytes = OTHER) -> Path:
    path.mkdir(parents=True)
    (path / "_chat.txt").write_text(text, encoding="utf-8")
    (path / "00000001-PHOTO.jpg").write_bytes(first)
    (path / "00000002-PHOTO.jpg").write_bytes(second)
    return path


def packed(path: Path, unpacked: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(unpacked.iterdir()):
            archive.write(file, file.name)
    return path


def loose(path: Path) -> Path:
    path.mkdir()
    (path / "IMG_1.jpg").write_bytes(PICTURE)
    (path / "IMG_2.jpg").write_bytes(OTHER)
    return path


Sources = Callable[[Path], list[Path]]


def _folder(where: Path) -> list[Path]:
    return [folder(where / "chat")]


def _zip(where: Path) -> list[Path]:
    return [packed(where / "chat.zip", folder(where / "unpacked"))]


def _loose(where: Path) -> list[Path]:
    return [loose(where / "pictures")]


def _text_alone(where: Path) -> list[Path]:
    (where / "desk").mkdir()
    alone = where / "desk" / "_chat.txt"
    alone.write_text(CHAT, encoding="utf-8")
    return [alone]


@pytest.mark.parametrize(
    "order",
    [
        [_folder],
        [_zip],
        [_loose, _folder],
        [_loose, _zip],
        [_folder, _loose],
        [_folder, _zip],
        [_zip, _folder],
        [_folder, _folder],
        [_zip, _zip],
        [_loose, _text_alone, _folder],
        [_text_alone, _loose, _zip],
        [_loose, _zip, _folder],
    ],
)
def test_whatever_comes_first(case: CaseFile, tmp_path: Path, order: list[Sources]) -> None:
    for number, source in enumerate(order):
        where = tmp_path / str(number)
        where.mkdir()
        bring(case, *source(where))
    assert linked(case) == BOTH
    with case.read() as connection:
        stored = connection.execute(schema.content.select()).all()
    assert len({row.sha256 for row in stored}) == len(stored)


def test_all_at_once_and_pictures_first(case: CaseFile, tmp_path: Path) -> None:
    bring(case, loose(tmp_path / "a"), folder(tmp_path / "b"))
    assert linked(case) == BOTH


def test_a_newer_export_beside_the_same_pictures(case: CaseFile, tmp_path: Path) -> None:
    bring(case, folder(tmp_path / "may"))
    more = CHAT + "[15/03/2024, 10:04:00] Collector: last warning\n"
    bring(case, folder(tmp_path / "june", more))
    assert linked(case) == BOTH
    for item_id in items.index(case, ItemFilter()):
        if items.get(case, item_id).origin.endswith("june"):
            index = timeline.index(case, EventFilter(item_id=item_id))
            sent = [
                event for event in timeline.get_many(case, index.ids) if "attached" in event.text
            ]
            assert [len(timeline.enclosed_items(case, event.id)) for event in sent] == [1, 1]


def test_one_picture_sent_twice_under_two_names(case: CaseFile, tmp_path: Path) -> None:
    bring(case, folder(tmp_path / "chat", second=PICTURE))
    assert list(linked(case).values()) == [digest(PICTURE)] * 2
    kinds = [items.get(case, item_id).kind.value for item_id in items.index(case, ItemFilter())]
    assert sorted(kinds) == ["messages", "picture"]


def test_one_picture_in_two_chats(case: CaseFile, tmp_path: Path) -> None:
    bring(case, folder(tmp_path / "a"))
    other = CHAT.replace("Collector", "Agency").replace("10:0", "11:0")
    bring(case, folder(tmp_path / "b", other, first=OTHER, second=PICTURE))
    listed_events = [event for event in events(case) if "attached" in event.text]
    files = [
        items.get(case, timeline.enclosed_items(case, listed_event.id)[0]).sha256
        for listed_event in listed_events
    ]
    assert files == [digest(PICTURE), digest(OTHER), digest(OTHER), digest(PICTURE)]


def test_the_file_beside_the_chat_is_taken_and_not_one_of_a_folder_below(
    case: CaseFile, tmp_path: Path
) -> None:
    below = tmp_path / "chat" / "a-other-chat"
    below.mkdir(parents=True)
    (below / "00000001-PHOTO.jpg").write_bytes(OTHER)
    (tmp_path / "chat" / "_chat.txt").write_text(CHAT, encoding="utf-8")
    (tmp_path / "chat" / "00000001-PHOTO.jpg").write_bytes(PICTURE)
    bring(case, tmp_path / "chat")
    assert linked(case)["<attached: 00000001-PHOTO.jpg>"] == digest(PICTURE)


def test_of_two_files_of_one_name_below_none_is_guessed(case: CaseFile, tmp_path: Path) -> None:
    for name, data in (("a", PICTURE), ("b", OTHER)):
        (tmp_path / "chat" / name).mkdir(parents=True)
        (tmp_path / "chat" / name / "00000001-PHOTO.jpg").write_bytes(data)
    (tmp_path / "chat" / "_chat.txt").write_text(CHAT, encoding="utf-8")
    bring(case, tmp_path / "chat")
    assert linked(case)["<attached: 00000001-PHOTO.jpg>"] == ""


def test_an_item_remembers_where_else_it_lay(case: CaseFile, tmp_path: Path) -> None:
    bring(case, loose(tmp_path / "pictures"), folder(tmp_path / "chat"))
    bring(case, tmp_path / "chat")
    listed_items = [items.get(case, item_id) for item_id in items.index(case, ItemFilter())]
    [first] = [listed_item for listed_item in listed_items if listed_item.filename == "IMG_1.jpg"]
    assert items.further_places(case, first.id) == [f"{tmp_path}/chat/00000001-PHOTO.jpg"]


def test_a_further_place_is_kept_when_the_item_is_read_again(
    case: CaseFile, tmp_path: Path
) -> None:
    bring(case, loose(tmp_path / "pictures"), folder(tmp_path / "chat"))
    [picture_id] = [
        item_id
        for item_id in items.index(case, ItemFilter())
        if items.get(case, item_id).filename == "IMG_1.jpg"
    ]
    with Importer(case) as importer:
        importer.read_again(picture_id)
    assert len(items.further_places(case, picture_id)) == 1


def test_nothing_is_logged_for_what_is_known_at_that_place(case: CaseFile, tmp_path: Path) -> None:
    bring(case, folder(tmp_path / "chat"))
    with case.read() as connection:
        before = len(connection.execute(schema.custody_entry.select()).all())
    bring(case, tmp_path / "chat")
    with case.read() as connection:
        assert len(connection.execute(schema.custody_entry.select()).all()) == before


def test_a_picture_of_a_message_is_no_line_of_its_own(case: CaseFile, tmp_path: Path) -> None:
    bring(case, loose(tmp_path / "pictures"))
    assert [event.type for event in events(case)] == [EventType.PICTURE] * 2
    bring(case, folder(tmp_path / "chat"))
    assert {event.type for event in events(case)} == {EventType.MESSAGE}
    [chat] = [
        item_id
        for item_id in items.index(case, ItemFilter())
        if items.get(case, item_id).filename == "_chat.txt"
    ]
    items.trash(case, [chat])
    assert {event.type for event in events(case)} == {EventType.PICTURE}
    items.restore(case, [chat])
    assert {event.type for event in events(case)} == {EventType.MESSAGE}


def test_what_the_person_marked_stays_in_the_timeline(case: CaseFile, tmp_path: Path) -> None:
    bring(case, loose(tmp_path / "pictures"))
    first, second = events(case)
    tag = tags.create(case, "seen").tag_id
    tags.add(case, [Subject(SubjectKind.EVENT, first.id)], tag)
    findings.confirm(case, [Subject(SubjectKind.EVENT, second.id)], "threat_of_violence")
    bring(case, folder(tmp_path / "chat"))
    assert {first.id, second.id} <= {event.id for event in events(case)}


@pytest.mark.parametrize("parted", ["\\", "/"])
def test_folders_are_parted_as_on_windows_and_as_elsewhere(case: CaseFile, parted: str) -> None:
    above = parted.join(["C:", "Users", "a"])
    with Importer(case) as importer:
        importer.run_stream("IMG_1.jpg", io.BytesIO(PICTURE), f"{above}{parted}b")
        importer.run_stream("00000001-PHOTO.jpg", io.BytesIO(OTHER), f"{above}{parted}ab")
        importer.run_stream("00000001-PHOTO.jpg", io.BytesIO(PICTURE), f"{above}{parted}a")
        importer.run_stream("_chat.txt", io.BytesIO(CHAT.encode()), above)
    assert linked(case)["<attached: 00000001-PHOTO.jpg>"] == ""
    with Importer(case) as importer:
        importer.run_stream("00000001-PHOTO.jpg", io.BytesIO(PICTURE), above)
    assert linked(case)["<attached: 00000001-PHOTO.jpg>"] == digest(PICTURE)


def test_what_lies_in_an_e_mail_or_an_mms_is_no_line_of_its_own(
    case: CaseFile, tmp_path: Path
) -> None:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "a@example.com", "b@example.com", "see"
    letter["Date"], letter["Message-ID"] = "Mon, 4 Mar 2024 10:00:00 +0800", "<1@example.com>"
    letter.set_content("see")
    letter.add_attachment(OTHER, maintype="image", subtype="jpeg", filename="a.jpg")
    (tmp_path / "a.eml").write_bytes(letter.as_bytes())
    data = base64.b64encode(PICTURE).decode()
    (tmp_path / "sms.xml").write_text(
        '<?xml version="1.0"?><smses count="1"><mms date="1709600000000" msg_box="1" '
        'address="+8613800138001" m_type="132"><parts><part seq="0" ct="image/jpeg" '
        f'name="Screenshot_20240301-090000.jpg" cl="x.jpg" data="{data}"/></parts></mms></smses>'
    )
    bring(case, tmp_path / "a.eml", tmp_path / "sms.xml")
    assert sorted(event.type for event in events(case)) == [EventType.EMAIL, EventType.MESSAGE]
    sha256s = {
        items.get(case, item_id).sha256
        for event in events(case)
        for item_id in timeline.enclosed_items(case, event.id)
    }
    assert sha256s == {digest(PICTURE), digest(OTHER)}
