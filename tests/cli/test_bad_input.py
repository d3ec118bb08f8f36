"""Bad files: each gets a sentence, is kept where that is possible, and the rest is imported."""

import hashlib
import io
import os
import re
import struct
import subprocess
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from evidence_app.casefile.case import CaseFile
from evidence_app.messages import MessageCode
from evidence_app.progress import Progress
from evidence_app.services.importing.importer import Importer, ImportOutcome, ImportResult

GOOD = "good.txt"
TWO_GB = (2 << 30) + 1
MOST_MEMORY = 250 << 20


@pytest.fixture
def beside(inbox: Path) -> Path:
    """A folder in which a good file follows whatever a test puts there."""
    (inbox / f"zz {GOOD}").write_text("他们又来电话了")
    return inbox


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _picture() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((600, 400), 90).save(out, "PNG")
    return out.getvalue()


def _picture_bomb(side: int = 60_000) -> bytes:
    packer, row = zlib.compressobj(9), bytes(1 + side // 8)
    data = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    head = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header)
    return head + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _xml_bomb() -> bytes:
    lines = ['<!ENTITY a0 "lol">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)]
    doctype = "\n".join(lines)
    call = '<call number="&a11;" duration="1" date="1772461267000" type="1" />'
    return (
        f'<?xml version="1.0"?><!DOCTYPE calls [{doctype}]><calls count="1">{call}</calls>'.encode()
    )


KEPT: dict[str, tuple[str, Callable[[], bytes], set[str], set[MessageCode]]] = {
    "a truncated PNG": (
        "cut.png",
        lambda: _picture()[: len(_picture()) // 2],
        {"partly_read", "kept_unread"},
        {MessageCode.DAMAGED_PICTURE},
    ),
    "nothing at all": ("empty.jpg", bytes, {"kept_unread"}, {MessageCode.EMPTY_FILE}),
    "an XML bomb": (
        "calls.xml",
        _xml_bomb,
        {"kept_unread", "partly_read"},
        {MessageCode.XML_FORBIDDEN},
    ),
    "a picture bomb": (
        "bomb.png",
        _picture_bomb,
        {"kept_unread", "partly_read"},
        {MessageCode.PICTURE_TOO_LARGE},
    ),
    "an unknown kind": (
        "data.xyz",
        lambda: bytes(range(256)) * 20,
        {"kept_unread"},
        {MessageCode.NOT_UNDERSTOOD},
    ),
}


@pytest.mark.parametrize("name", KEPT)
def test_a_bad_file_is_kept_and_said(
    run: Any, case_path: Path, beside: Path, tmp_path: Path, name: str
) -> None:
    filename, make, outcomes, codes = KEPT[name]
    data = make()
    (beside / filename).write_bytes(data)
    result = run("import", case_path, beside, "--json")
    assert result.status == 3
    bad, good = result.rows
    assert bad["outcome"] in outcomes
    assert bad["reason"]["code"] in codes
    assert bad["reason"]["text"].endswith(".")
    assert good["outcome"] == "imported"
    out = tmp_path / "out"
    assert run("extract", case_path, bad["item_id"], out).status == 0
    assert out.read_bytes() == data


def test_a_path_that_is_not_there(run: Any, case_path: Path, beside: Path) -> None:
    result = run("import", case_path, beside / "gone.png", beside, "--json")
    assert result.status == 3
    vanished, good = result.rows
    assert (vanished["outcome"], vanished["item_id"]) == ("not_imported", None)
    assert vanished["reason"]["code"] == MessageCode.FILE_VANISHED
    assert good["outcome"] == "imported"


def test_a_file_that_vanishes_during_the_import(case: CaseFile, beside: Path) -> None:
    (beside / "a.txt").write_text("first")
    (beside / "b.txt").write_text("second, which comes in while the first is written")
    (beside / "c.txt").write_text("third")

    def remove_third(_result: ImportResult) -> None:
        (beside / "c.txt").unlink(missing_ok=True)

    with Importer(case) as importer:
        results = importer.run([beside], on_result=remove_third)
    first, second, vanished, good = results
    assert vanished.outcome is ImportOutcome.NOT_IMPORTED
    assert vanished.reason is not None
    assert vanished.reason.code is MessageCode.FILE_VANISHED
    assert {first.outcome, second.outcome, good.outcome} == {ImportOutcome.IMPORTED}


def test_a_file_that_grows_during_the_import(case: CaseFile, beside: Path) -> None:
    growing = beside / "log.txt"
    growing.write_bytes(b"x" * (40 << 20))

    def grow(_state: object) -> None:
        with growing.open("ab") as more:
            more.write(b"y" * (2 << 20))

    with Importer(case) as importer:
        grown, good = importer.run([beside], progress=Progress(grow))
    assert grown.outcome is ImportOutcome.NOT_IMPORTED
    assert grown.reason is not None
    assert grown.reason.code is MessageCode.FILE_CHANGED_WHILE_READING
    assert good.outcome is ImportOutcome.IMPORTED


def test_folders_that_lead_back_to_themselves(run: Any, case_path: Path, beside: Path) -> None:
    (beside / "deep" / "deeper").mkdir(parents=True)
    (beside / "deep" / "deeper" / "up").symlink_to(beside, target_is_directory=True)
    (beside / "self").symlink_to(beside / "self")
    result = run("import", case_path, beside, "--json")
    assert result.status == 3
    reasons = [row["reason"]["code"] for row in result.rows if row["reason"]]
    assert MessageCode.DIRECTORY_LOOP in reasons
    assert len(reasons) == 2
    assert [row["outcome"] for row in result.rows].count("imported") == 1


def test_a_device_and_a_closed_folder(run: Any, case_path: Path, beside: Path) -> None:
    os.mkfifo(beside / "pipe")
    result = run("import", case_path, beside, "--json")
    assert result.status == 3
    pipe, good = result.rows
    assert pipe["reason"]["code"] == MessageCode.NOT_A_REGULAR_FILE
    assert good["outcome"] == "imported"


def test_the_folder_that_holds_the_case_itself(run: Any, case_path: Path, beside: Path) -> None:
    inside = beside / "mine.evcase"
    run("new", inside, "--timezone", "UTC")
    result = run("import", inside, beside, "--json")
    assert result.status == 3
    own, good = result.rows
    assert own["reason"]["code"] == MessageCode.OWN_CASE_FILE
    assert good["outcome"] == "imported"


def test_another_case_is_not_filed_as_evidence(run: Any, case_path: Path, beside: Path) -> None:
    other = beside / "other.evcase"
    run("new", other, "--timezone", "UTC")
    hidden = other.with_name("no ending")
    hidden.write_bytes(other.read_bytes())
    for paths in ((beside,), (other, hidden, beside)):
        result = run("import", case_path, *paths, "--json")
        assert result.status == 3
        refused = [row for row in result.rows if row["outcome"] == "not_imported"]
        assert {row["path"] for row in refused} == {str(other), str(hidden)}
        assert {row["reason"]["code"] for row in refused} == {MessageCode.IS_A_CASE}
    assert len(run("list", case_path, "items", "--json").rows) == 1


def test_a_csv_in_gb18030(run: Any, case_path: Path, beside: Path, bill: bytes) -> None:
    (beside / "语音详单.csv").write_bytes(bill)
    result = run("import", case_path, beside, "--json")
    assert result.status == 0
    table = next(row for row in result.rows if row["path"].endswith(".csv"))
    assert table["events"] == 1
    events = run("list", case_path, "events", "--json").rows
    call = next(event for event in events if event["type"] == "call")
    assert call["identifier"] == "19000000025"
    assert call["started_at"] == "2026-03-05T22:10:00"


def test_rows_that_cannot_be_read_are_listed(
    run: Any, case_path: Path, beside: Path, bill: bytes
) -> None:
    broken = "19000000025,第三个月,35秒,被叫\n".encode("gb18030")
    (beside / "语音详单.csv").write_bytes(bill + broken)
    result = run("import", case_path, beside, "--json")
    assert result.status == 3
    table = next(row for row in result.rows if row["path"].endswith(".csv"))
    assert table["outcome"] == "partly_read"
    assert table["events"] == 1
    [skipped] = table["skipped"]
    assert skipped["place"] == {"unit": "row", "number": 3, "sheet": ""}
    assert "第三个月" in skipped["raw"]
    assert skipped["reason"]["text"]


@pytest.mark.parametrize(
    "name",
    [
        "a\nb 名字.png",
        "-rf.png",
        "'; DROP TABLE item; --.png",
        "😡 𠮷.png",
        "CON.png",
        "x" * 240 + ".png",
        os.fsdecode(b"\xb4\xdf\xca\xd5.png"),
    ],
    ids=["newline", "option", "quote", "emoji", "device", "long", "not UTF-8"],
)
def test_odd_names(run: Any, case_path: Path, inbox: Path, tmp_path: Path, name: str) -> None:
    data = _picture()
    (inbox / name).write_bytes(data)
    result = run("import", case_path, inbox, "--json")
    assert result.status == 0, result.out
    assert result.row["outcome"] == "imported"
    item = run("list", case_path, "items", "--json").row
    assert run("list", case_path, "items").out.count("\n") == 2
    out = tmp_path / "out.png"
    assert run("extract", case_path, item["id"], out).status == 0
    assert out.read_bytes() == data
    assert run("export", case_path, "dossier", tmp_path / "d.pdf").status == 0


def test_an_odd_name_given_by_itself(run: Any, case_path: Path, inbox: Path) -> None:
    path = inbox / "a\nb.png"
    path.write_bytes(_picture())
    result = run("import", case_path, path, "--json")
    assert result.status == 0
    assert result.row["path"] == str(path)


def _zeros(size: int) -> Iterator[bytes]:
    piece = bytes(1 << 20)
    for _ in range(size >> 20):
        yield piece
    yield bytes(size & ((1 << 20) - 1))


def test_a_file_of_more_than_2_gb_in_little_memory(
    run: Any, start: Any, case_path: Path, beside: Path
) -> None:
    large = beside / "video.bin"
    with large.open("wb") as file:
        file.truncate(TWO_GB)
    digest = hashlib.sha256()
    for piece in _zeros(TWO_GB):
        digest.update(piece)
    process: subprocess.Popen[bytes] = start("import", case_path, beside)
    used = _most_memory(process)
    out, err = process.communicate()
    assert process.returncode == 3, err
    assert "kept" in out.decode()
    items = run("list", case_path, "items", "--json").rows
    [video] = [item for item in items if item["filename"] == "video.bin"]
    assert video["size"] == TWO_GB
    assert video["sha256"] == digest.hexdigest()
    assert [item["status"] for item in items if GOOD in item["filename"]] == ["read"]
    assert used < MOST_MEMORY


def _most_memory(process: subprocess.Popen[bytes]) -> int:
    """Bytes that the process had in memory at most, until it ended."""
    most = 0
    while process.poll() is None:
        status = Path(f"/proc/{process.pid}/status").read_text()
        peak = re.search(r"VmHWM:\s+(\d+) kB", status)
        most = int(peak[1]) << 10 if peak else most
        time.sleep(0.05)
    return most
