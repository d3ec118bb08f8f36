"""Originals within a dossier: what other programs find there, and what never goes there."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from pikepdf import pdfa
from PIL import Image
from sqlcipher3 import dbapi2

from evidence_app.casefile.case import CaseFile
from evidence_app.dossier import associated_files, pdf
from evidence_app.dossier.redaction import check
from evidence_app.dossier.redaction.check import Secrecy
from evidence_app.errors import UserError
from evidence_app.messages import MessageCode
from evidence_app.model.mark import Mark, MarkKind
from evidence_app.model.region import Region
from evidence_app.services import items, marks
from evidence_app.services.exporting import dossier_content, embedding, exports
from evidence_app.services.exporting.exports import DossierOptions, MismatchError, Part
from evidence_app.services.importing.importer import Importer

OPTIONS = DossierOptions(parts=(Part.ORIGINALS,), embed_originals=True)
SMS = (
    '<smses count="1"><sms protocol="0" address="95001" date="1772350000000" type="1" '
    'body="pay today" read="1" /></smses>'
)


def picture(colour: str = "white") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (320, 480), colour).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def filled(case: CaseFile) -> CaseFile:
    with Importer(case) as importer:
        importer.run_bytes("威胁 screenshot.jpg", picture())
        importer.run_bytes("sms.xml", SMS.encode())
        importer.run_bytes("a:b?.bin", os.urandom(5000))
    return case


def saved(path: Path, folder: Path) -> dict[str, bytes]:
    """What poppler saves out of a PDF."""
    folder.mkdir()
    subprocess.run(["pdfdetach", "-saveall", "-o", folder, path], check=True)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def words_of(path: Path) -> str:
    said = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True)
    return " ".join(said.stdout.decode().split())


def test_others_find_every_original_byte_for_byte(filled: CaseFile, tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    exports.dossier(filled, out, OPTIONS)
    subprocess.run(["qpdf", "--check", out], check=True, capture_output=True)
    found = saved(out, tmp_path / "saved")
    expected = {
        one.sha256: one for one in items.get_many(filled, items.index(filled, items.ItemFilter()))
    }
    assert {hashlib.sha256(data).hexdigest() for data in found.values()} == set(expected)
    assert set(found) == {"001-威胁 screenshot.jpg", "002-sms.xml", "003-a_b_.bin"}
    exports.preview(filled, tmp_path / "preview.pdf", OPTIONS)
    assert "This is a preview: in the saved file, the originals lie" in words_of(
        tmp_path / "preview.pdf"
    )
    listed = words_of(out)
    for name in found:
        assert f"In this PDF as: {name}" in listed
    mutool = subprocess.run(["mutool", "show", out, "trailer/Root/AF"], capture_output=True)
    assert mutool.stdout.count(b" 0 R") == 3
    require_associated(filled, out)


def require_associated(filled: CaseFile, out: Path) -> None:
    """Each is an associated file of a valid PDF/A-3b."""
    assert pdfa.validate_written(out, "3b").passed
    with pikepdf.open(out) as document:
        with document.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "B")
        first = document.Root.AF[0]
        assert (first.AFRelationship, str(first.F)) == ("/Source", "001-威胁 screenshot.jpg")
        assert str(first.Desc) == "Exhibit 1: original file"
        content = first.EF.F
        assert content.Subtype == "/image/jpeg"
        assert int(content.Params.Size) == len(picture())
        md5 = hashlib.md5(picture(), usedforsecurity=False)
        assert bytes(content.Params.CheckSum) == md5.digest()
        imported = items.get(filled, 1).imported_at.astimezone(UTC)
        assert str(content.Params.ModDate) == f"{imported:D:%Y%m%d%H%M%SZ}"


def test_nothing_lies_within_unless_it_is_wished(filled: CaseFile, tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    exports.dossier(filled, out, DossierOptions(parts=(Part.ORIGINALS,)))
    assert pdfa.validate_written(out, "2b").passed
    with pikepdf.open(out) as document:
        assert "/AF" not in document.Root
        assert not document.attachments
    assert "In this PDF" not in words_of(out)


def test_the_list_says_where_the_originals_are_even_if_it_was_not_chosen(
    filled: CaseFile, tmp_path: Path
) -> None:
    out = tmp_path / "a.pdf"
    options = DossierOptions(parts=(Part.GLANCE,), embed_originals=True, language="both")
    exports.dossier(filled, out, options)
    listed = words_of(out)
    assert "附在本 PDF 内，名称：002-sms.xml" in listed
    assert "In this PDF as: 002-sms.xml" in listed
    with pikepdf.open(out) as document:
        assert str(document.Root.AF[1].Desc) == "证据 2：原始文件 · Exhibit 2: original file"


def test_the_same_input_makes_the_same_bytes(
    filled: CaseFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dossier_content, "now", lambda: datetime(2026, 4, 1, 2, tzinfo=UTC))
    made = []
    for name in ("a.pdf", "b.pdf"):
        with exports.Snapshot(filled) as state:
            content = dossier_content.gather(state, OPTIONS)
            redactions = exports.redaction.of_state(state, exports.SILENT)
            taken = state, content, OPTIONS, redactions, str, exports.SILENT
            with embedding.within(*taken) as whole:
                pdf.render(whole, OPTIONS, tmp_path / name, progress=exports.SILENT)
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]


def test_a_redacted_copy_lies_in_the_place_of_its_original(
    filled: CaseFile, tmp_path: Path
) -> None:
    box = Region(0.2, 0.2, 0.4, 0.2)
    marks.add(filled, [Mark(0, 1, MarkKind.REDACTION, box=box, note="my sister")])
    out = tmp_path / "a.pdf"
    exports.dossier(filled, out, OPTIONS)
    found = saved(out, tmp_path / "saved")
    assert set(found) == {"001-redacted.jpg", "002-sms.xml", "003-a_b_.bin"}
    with Image.open(io.BytesIO(found["001-redacted.jpg"])) as shown:
        assert shown.convert("L").getpixel((128, 144)) == 0
    digest = hashlib.sha256(found["001-redacted.jpg"]).hexdigest()
    listed = words_of(out)
    assert "001-redacted.jpg" in listed and digest in listed
    with pikepdf.open(out) as document:
        assert [str(one.AFRelationship) for one in document.Root.AF] == [
            *("/Supplement", "/Source", "/Source")
        ]


def test_a_damaged_original_lets_nothing_out(filled: CaseFile, tmp_path: Path) -> None:
    path = filled.path
    filled.close()
    with dbapi2.connect(path) as spoilt:
        spoilt.execute("update content_chunk set data = zeroblob(5000) where length(data) = 5000")
    out = tmp_path / "a.pdf"
    with CaseFile.open(path) as opened:
        with pytest.raises(MismatchError):
            exports.dossier(opened, out, OPTIONS)
        assert not out.exists()
        exports.dossier(opened, out, OPTIONS, despite_mismatches=True)
    assert set(saved(out, tmp_path / "saved")) == {"001-威胁 screenshot.jpg", "002-sms.xml"}
    assert "Not in this PDF." in words_of(out)


def test_what_is_too_large_for_a_pdf_is_refused_before_it_is_made(
    filled: CaseFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedding, "MOST_BYTES", 6000)
    with pytest.raises(UserError) as raised:
        exports.dossier(filled, tmp_path / "a.pdf", OPTIONS)
    assert raised.value.message.code is MessageCode.ORIGINALS_TOO_LARGE
    assert not (tmp_path / "a.pdf").exists()
    total = embedding.total_size(filled, OPTIONS)
    assert total == len(picture()) + len(SMS) + 5000


APPENDING = """
import hashlib, resource, sys
from pathlib import Path
import pikepdf
from evidence_app.dossier import associated_files
from evidence_app.dossier.associated_files import AssociatedFile
pdf, large = map(Path, sys.argv[1:])
with large.open("rb") as read:
    digest = hashlib.file_digest(read, "sha256").hexdigest()
made = [
    AssociatedFile(f"{n}.bin", "", kind, "D:20260101000000Z", True, digest, large.stat().st_size)
    for n, kind in enumerate(("audio/mp4", "text/plain"))
]
document = pikepdf.new()
document.add_blank_page()
document.docinfo.Title = "t"
associated_files.prepare(document, made)
document.save(pdf, deterministic_id=True)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
associated_files.append(pdf, made, [large, large])
associated_files.require_whole(pdf, made)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_a_long_recording_takes_no_memory(tmp_path: Path) -> None:
    large, out = tmp_path / "large", tmp_path / "a.pdf"
    with large.open("wb") as file:
        file.truncate(80 << 20)
    said = subprocess.run(
        [sys.executable, "-c", APPENDING, out, large], capture_output=True, check=True
    )
    assert int(said.stdout) < 20_000, "KiB"
    assert out.stat().st_size > 80 << 20


def test_another_file_within_is_noticed(tmp_path: Path) -> None:
    source, out = tmp_path / "source", tmp_path / "a.pdf"
    source.write_bytes(b"original")
    file = within(out, source, "1.bin", "application/octet-stream")
    associated_files.require_whole(out, [file])
    with pikepdf.open(out, allow_overwriting_input=True) as document:
        document.attachments["planted.exe"] = b"planted"
        document.save()
    with pytest.raises(ValueError):
        associated_files.require_whole(out, [file])


def test_what_was_blacked_out_is_found_in_files_within(tmp_path: Path) -> None:
    secret, harmless = tmp_path / "secret", tmp_path / "harmless"
    # Across the border between two pieces that are read, and packed.
    secret.write_bytes(b"x" * ((1 << 20) - 4) + b"Lilac Lane 7" + b"x" * 100)
    harmless.write_bytes(b"a picture")
    for name, media_type in (("1.xml", "text/xml"), ("1.jpg", "image/jpeg")):
        out = tmp_path / f"{name}.pdf"
        within(out, secret, name, media_type)
        assert list(check.leaks(out, Secrecy(words=("Lilac Lane 7",)), ())) == [check.Leak.FILE]
        digest = hashlib.sha256(secret.read_bytes()).hexdigest()
        assert list(check.leaks(out, Secrecy(sha256=(digest,)), ())) == [check.Leak.FILE]
    within(out, harmless, "1.jpg", "image/jpeg")
    assert not list(check.leaks(out, Secrecy(words=("Lilac Lane 7",)), ()))


def within(out: Path, source: Path, name: str, media_type: str) -> associated_files.AssociatedFile:
    """A PDF with one file within it, and what it says of that."""
    data = source.read_bytes()
    file = associated_files.AssociatedFile(
        name=name,
        description="",
        media_type=media_type,
        modified="D:20260101000000Z",
        is_source=True,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
    )
    with pikepdf.new() as document:
        document.add_blank_page()
        document.docinfo.Title = "t"
        associated_files.prepare(document, [file])
        document.save(out, deterministic_id=True)
    associated_files.append(out, [file], [source])
    return file
