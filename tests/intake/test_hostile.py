"""Whatever is in a file: it is kept unaltered or refused in words, and the next one is read.

``EVIDENCE_APP_SOAK`` says of how many places of each format damage is tried; without it, a few.
"""

import gzip
import hashlib
import io
import json
import os
import random
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from intake_samples import amr_of_silence, pdf, picture, png_of_size, sound, video

from evidence_app.casefile.case import CaseFile
from evidence_app.messages import MessageCode
from evidence_app.model.filters import ItemFilter
from evidence_app.services import items, verification
from evidence_app.services.importing.importer import Importer
from evidence_app.services.sample import files as sample_files

PLACES = int(os.environ.get("EVIDENCE_APP_SOAK", "3"))
WITNESS = b"the file after all the others"
SEED = 20261124

LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE smses [<!ENTITY a "ha ha ha ha ha ha ha ha ha ha">'
    + b"".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">'.encode() for n in range(9))
    + b']><smses count="1"><sms address="&j;" date="1" type="1" body="&j;"/></smses>'
)
OUTSIDE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><smses count="1">&x;</smses>'


def zipped(names: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in names.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def tarred(entries: list[tarfile.TarInfo]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name in entries:
            archive.addfile(name, io.BytesIO(b"x" * name.size))
    return out.getvalue()


def link(name: str, target: str, kind: bytes) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, target
    return member


def nested(depth: int) -> bytes:
    data = b"at the bottom"
    for level in range(depth):
        data = zipped({f"{level}.zip" if level else "a.txt": data})
    return data


def claiming(size: int) -> bytes:
    """An archive whose directory claims that its entry is of another size."""
    data = bytearray(zipped({"a.txt": b"x" * 1000}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = size.to_bytes(4, "little")
    return bytes(data)


def good_ones() -> dict[str, bytes]:
    """A file of each format that is read."""
    files = dict(sample_files.files())
    files |= {
        "photo.png": picture("PNG"),
        "photo.webp": picture("WEBP"),
        "photo.heic": picture("HEIF"),
        "record.mp3": sound("mp3", "mp3"),
        "record.amr": amr_of_silence(),
        "clip.mp4": video(),
        "letter.pdf": pdf(["one", "two"]),
        "chat.zip": zipped({"_chat.txt": b"[2026/3/1 10:00:00] A: hello\n", "a.jpg": b"\xff\xd8"}),
        "backup.tar.gz": gzip.compress(tarred([tarfile.TarInfo("a.txt")])),
    }
    return files


def truncated(files: dict[str, bytes], chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """Cut off at each hundredth, or at a few of them."""
    for name, data in files.items():
        for percent in chance.sample(range(100), min(PLACES, 100)):
            yield f"cut-{percent}-{name}", data[: len(data) * percent // 100]


def flipped(files: dict[str, bytes], chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """Bits that are others, here one, there a hundred."""
    for name, data in files.items():
        for number in range(PLACES):
            changed = bytearray(data)
            for _ in range(1 if number % 2 else 100):
                changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
            yield f"flip-{number}-{name}", bytes(changed)


def disguised(files: dict[str, bytes], chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """Each format under the ending of others."""
    endings = sorted({Path(name).suffix for name in files})
    for name, data in files.items():
        for ending in chance.sample(endings, min(PLACES, len(endings))):
            yield f"as-{name}{ending}", data + b" "


def bombs() -> Iterator[tuple[str, bytes]]:
    yield "empty.bin", b""
    yield "zeros.zip", zipped({"zeros": bytes(64 << 20)})
    yield "zeros.xlsx", zipped({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": bytes(32 << 20)})
    yield "nested.zip", nested(40)
    yield "claims.zip", claiming((1 << 32) - 2)
    yield "zeros.gz", gzip.compress(bytes(64 << 20))
    yield "many.zip", zipped({f"{n}/a.txt": b"" for n in range(1000)})
    yield "huge.png", png_of_size(100_000, 100_000)
    yield "laughs.xml", LAUGHS
    yield "outside.xml", OUTSIDE
    yield "deep.json", b"[" * 100_000 + b"]" * 100_000
    yield "deep.html", b"<div>" * 50_000
    yield "line.csv", b"number,date,duration\n" + b"1" * (4 << 20)
    yield "columns.csv", b",".join([b"a"] * 200_000) + b"\n" + b",".join([b"1"] * 200_000)
    yield "number.json", json.dumps([{"id": "9" * 100_000}]).encode()
    yield "nul.txt", bytes(1 << 20)
    yield "deep.eml", b"Content-Type: multipart/mixed; boundary=a\n\n--a\n" * 2000


def escaping() -> Iterator[tuple[str, bytes]]:
    """Archives whose entries want to be elsewhere."""
    names = [
        "../../../../tmp/evidence-escaped",
        "/tmp/evidence-escaped",
        "C:\\evidence-escaped",
        "..\\..\\evidence-escaped",
        "a/../../evidence-escaped",
        "a\x01b\u202e/evidence-escaped",
        "n" * 5000,
        ".",
        "..",
        "",
        "con",
        "a//b",
    ]
    for number, name in enumerate(names):
        yield f"escape-{number}.zip", zipped({name or " ": b"x" * (number + 1)})
        info = tarfile.TarInfo(name)
        info.size = number + 1
        yield f"escape-{number}.tar", tarred([info])
    yield (
        "links.tar",
        tarred(
            [
                link("passwd", "/etc/passwd", tarfile.SYMTYPE),
                link("shadow", "../../../../etc/shadow", tarfile.LNKTYPE),
                link("pipe", "", tarfile.FIFOTYPE),
                link("device", "", tarfile.CHRTYPE),
            ]
        ),
    )
    yield "twice.tar", tarred([tarfile.TarInfo("a"), tarfile.TarInfo("a")])


def corpus(kind: str) -> list[tuple[str, bytes]]:
    chance = random.Random(SEED)
    if kind == "truncated":
        return list(truncated(good_ones(), chance))
    if kind == "flipped":
        return list(flipped(good_ones(), chance))
    if kind == "disguised":
        return list(disguised(good_ones(), chance))
    return list(bombs() if kind == "bombs" else escaping())


@pytest.mark.parametrize("kind", ["truncated", "flipped", "disguised", "bombs", "escaping"])
def test_hostile_files_lose_nothing_and_harm_nothing(
    case: CaseFile, tmp_path: Path, kind: str
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    hostile = corpus(kind)
    for number, (name, data) in enumerate(hostile):
        (inbox / f"{number:05}-{name}").write_bytes(data)
    (inbox / "zzz.txt").write_bytes(WITNESS)
    before = {path for path in tmp_path.rglob("*") if not path.is_relative_to(inbox)}
    with Importer(case) as importer:
        results = importer.run([inbox])
    outcomes = {Path(result.path).name: result for result in results}
    assert set(outcomes) >= {path.name for path in inbox.iterdir()}
    assert all(result.reason is not None for result in results if result.item_id is None)
    reasons = {result.reason.code for result in results if result.reason is not None}
    assert MessageCode.IMPORT_FAILED not in reasons
    digests = {item.sha256 for item in items.get_many(case, items.index(case, ItemFilter()))}
    lost = [name for name, data in hostile if hashlib.sha256(data).hexdigest() not in digests]
    assert lost == []
    assert hashlib.sha256(WITNESS).hexdigest() in digests
    assert outcomes["zzz.txt"].item_id is not None
    assert verification.verify(case).is_intact
    after = {path for path in tmp_path.rglob("*") if not path.is_relative_to(inbox)}
    new = {path.name for path in after - before if not path.is_relative_to(tmp_path / "home")}
    assert new <= {"case.evcase-wal", "case.evcase-shm"}
    assert not Path("/tmp/evidence-escaped").exists()
    print(f"{kind}: {len(hostile)} of {len(hostile)} survived")


def test_what_is_on_the_disk_but_no_file_is_told(case: CaseFile, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    os.mkfifo(inbox / "pipe")
    (inbox / "loop").symlink_to(inbox)
    (inbox / "gone").symlink_to(tmp_path / "nowhere")
    (inbox / os.fsdecode(b"name-\xff.txt")).write_bytes(b"name")
    (inbox / "zzz.txt").write_bytes(WITNESS)
    with Importer(case) as importer:
        results = importer.run([inbox])
    digests = {item.sha256 for item in items.get_many(case, items.index(case, ItemFilter()))}
    assert digests == {hashlib.sha256(data).hexdigest() for data in (WITNESS, b"name")}
    assert all(result.reason is not None for result in results if result.item_id is None)
