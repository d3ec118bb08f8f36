"""Archives are opened without trusting a word of what they say."""

import contextlib
import gzip
import io
import tarfile
import zipfile
import zlib

import py7zr
import pytest
import pyzipper
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.readers.archives import archive, unpacking
from evidence_app.intake.records import Description, Enclosure, Notice, Record, Source
from evidence_app.messages import MessageCode
from evidence_app.model.evidence import ItemKind, SkippedEntry
from evidence_app.model.question import Answers, Question, QuestionKind

FILES = {"_chat.txt": b"hello", "media/图.jpg": b"\xff\xd8" * 50}


def read(
    data: bytes, filename: str = "x.zip", password: str = "", depth: int = 0
) -> tuple[list[Record], dict[str, bytes]]:
    answers = Answers(password=password)
    source = Source(io.BytesIO(data), len(data), filename, answers=answers, depth=depth)
    assert archive.recognises(source)
    records, files = [], {}
    for record in archive.read(source):
        records.append(record)
        if isinstance(record, Enclosure):
            files[record.key] = record.stream.read()
    return records, files


def zipped(files: dict[str, bytes] = FILES) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as output:
        for name, data in files.items():
            output.writestr(name, data)
    return out.getvalue()


def tarred(mode: str) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as output:  # type: ignore[call-overload]
        for name, data in FILES.items():
            facts = tarfile.TarInfo(name)
            facts.size = len(data)
            output.addfile(facts, io.BytesIO(data))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        output.addfile(link)
    return out.getvalue()


def seven(password: str | None = None) -> bytes:
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", password=password) as output:
        for name, data in FILES.items():
            output.writestr(data, name)
    return out.getvalue()


def test_zip_and_7z_give_their_files() -> None:
    for data in (zipped(), seven()):
        records, files = read(data)
        assert files == FILES
        assert isinstance(records[0], Description)
        assert records[0].kind is ItemKind.ARCHIVE
        names = [enclosure.filename for enclosure in records if isinstance(enclosure, Enclosure)]
        assert names == ["_chat.txt", "图.jpg"]


@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_tar_gives_its_files_and_tells_of_links(mode: str) -> None:
    records, files = read(tarred(mode), "x.tar.gz")
    assert files == FILES
    [skipped] = [
        skipped_entry for skipped_entry in records if isinstance(skipped_entry, SkippedEntry)
    ]
    assert skipped.reason.code is MessageCode.ENTRY_NOT_A_FILE


def test_what_gzip_packed_alone_is_one_file() -> None:
    assert read(gzip.compress(b"<calls/>"), "calls.xml.gz")[1] == {"calls.xml": b"<calls/>"}


def test_a_path_that_leads_out_is_only_a_name() -> None:
    records, files = read(zipped({"../../etc/x.txt": b"a", "C:\\TEMP\\y.txt": b"b"}))
    assert set(files) == {"../../etc/x.txt", "C:\\TEMP\\y.txt"}
    names = [enclosure.filename for enclosure in records if isinstance(enclosure, Enclosure)]
    assert names == ["x.txt", "y.txt"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_chinese_names_without_the_flag(encoding: str) -> None:
    raw = "与李明的聊天.txt".encode(encoding)
    data = zipped({"a" * len(raw): b"x"}).replace(b"a" * len(raw), raw)
    assert list(read(data)[1]) == ["与李明的聊天.txt"]


@pytest.mark.parametrize("method", [pyzipper.WZ_AES, None])
def test_a_password_is_asked_for_and_used(method: int | None) -> None:
    out = io.BytesIO()
    with pyzipper.AESZipFile(out, "w", encryption=pyzipper.WZ_AES) as output:
        output.setpassword(b"secret")
        for name, content in FILES.items():
            output.writestr(name, content)
    data = out.getvalue() if method else seven("secret")
    for password, code in (
        ("", MessageCode.ARCHIVE_ENCRYPTED),
        ("wrong", MessageCode.ARCHIVE_PASSWORD_WRONG),
    ):
        records, files = read(data, password=password)
        assert files == {}
        assert [notice.message.code for notice in records if isinstance(notice, Notice)] == [code]
        assert [question.kind for question in records if isinstance(question, Question)] == [
            QuestionKind.PASSWORD
        ]
    assert read(data, password="secret")[1] == FILES


def test_a_bomb_is_stopped_by_the_bytes_that_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "RATIO_FROM", 1 << 20)
    for data in (zipped({"a": bytes(50 << 20)}), gzip.compress(bytes(50 << 20))):
        with pytest.raises(ReadFailure) as failure:
            read(data)
        assert failure.value.message.code is MessageCode.ARCHIVE_TOO_LARGE


def test_entries_that_share_their_bytes_are_a_bomb() -> None:
    data = bytearray(zipped({"a": b"x" * 100, "b": b"x" * 100}))
    directory = [at for at in range(len(data)) if data[at : at + 4] == b"PK\x01\x02"]
    data[directory[1] + 42 : directory[1] + 46] = bytes(4)
    with pytest.raises(ReadFailure) as failure:
        read(bytes(data))
    assert failure.value.message.code is MessageCode.ARCHIVE_TOO_LARGE


def test_too_many_entries_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "MAX_ENTRIES", 3)
    with pytest.raises(ReadFailure):
        read(zipped({str(n): b"" for n in range(5)}))


def test_one_damaged_file_costs_no_other() -> None:
    data = bytearray(zipped({"a": b"first", "b": bytes(range(256)) * 9, "c": b"last"}))
    at = data.index(zlib.compress(bytes(range(256)) * 9)[2:20])
    data[at + 30 : at + 40] = b"\xff" * 10
    records, files = read(bytes(data))
    assert files == {"a": b"first", "c": b"last"}
    [skipped] = [
        skipped_entry for skipped_entry in records if isinstance(skipped_entry, SkippedEntry)
    ]
    assert (skipped.reason.code, skipped.raw) == (MessageCode.ENTRY_DAMAGED, "b")


def test_archives_in_archives_end_somewhere() -> None:
    records, files = read(zipped(), depth=4)
    assert files == {}
    assert [notice.message.code for notice in records if isinstance(notice, Notice)] == [
        MessageCode.ARCHIVE_TOO_DEEP
    ]


@pytest.mark.parametrize("name", ["[Content_Types].xml", "mimetype", "AndroidManifest.xml"])
def test_documents_that_are_packed_alike_are_no_archives(name: str) -> None:
    data = zipped({name: b"x"})
    assert not archive.recognises(Source(io.BytesIO(data), len(data), "x.zip"))


WHOLE = (zipped(), seven(), tarred("w"), tarred("w:gz"))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_damage_ends_in_anything_but_a_told_failure(data: st.DataObject) -> None:
    packed = bytearray(data.draw(st.sampled_from(WHOLE)))
    for _ in range(data.draw(st.integers(0, 6))):
        packed[data.draw(st.integers(6, len(packed) - 1))] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(6, len(packed)))
    source = Source(io.BytesIO(bytes(packed[:end])), end, "x")
    if archive.recognises(source):
        with contextlib.suppress(ReadFailure):
            for record in archive.read(source):
                if isinstance(record, Enclosure):
                    record.stream.read()


def android(packed: bool, encryption: str = "none") -> bytes:
    body = tarred("w")
    head = f"ANDROID BACKUP\n5\n{int(packed)}\n{encryption}\n".encode()
    return head + (zlib.compress(body) if packed else body)


@pytest.mark.parametrize("packed", [True, False])
def test_an_android_backup_gives_its_files(packed: bool) -> None:
    records, files = read(android(packed), "backup.ab")
    assert files == FILES
    assert [
        skipped_entry.reason.code
        for skipped_entry in records
        if isinstance(skipped_entry, SkippedEntry)
    ] == [MessageCode.ENTRY_NOT_A_FILE]


def test_an_encrypted_android_backup_says_so() -> None:
    with pytest.raises(ReadFailure) as failure:
        read(b"ANDROID BACKUP\n5\n1\nAES-256\nA1B2\nC3D4\n10000\nE5\nF6\n" + bytes(range(64)))
    assert failure.value.message.code is MessageCode.ANDROID_BACKUP_ENCRYPTED


def test_a_cut_android_backup_gives_what_is_there() -> None:
    with contextlib.suppress(ReadFailure):
        read(android(True)[:-200], "backup.ab")
    with pytest.raises(ReadFailure):
        read(b"ANDROID BACKUP\n5\n1\nnone\nnot zlib", "backup.ab")


def test_a_bomb_in_an_android_backup_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "RATIO_FROM", 1 << 20)
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as output:
        facts = tarfile.TarInfo("a")
        facts.type, facts.size = tarfile.FIFOTYPE, 0
        output.addfile(facts)
        big = tarfile.TarInfo("b")
        big.size = 50 << 20
        output.addfile(big, io.BytesIO(bytes(50 << 20)))
    data = b"ANDROID BACKUP\n5\n1\nnone\n" + zlib.compress(out.getvalue())
    with pytest.raises(ReadFailure) as failure:
        read(data, "backup.ab")
    assert failure.value.message.code is MessageCode.ARCHIVE_TOO_LARGE
