"""Where a photo was taken, and with what, leaves a case only if the person wants it."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import ExifTags, Image, PngImagePlugin

from evidence_app.casefile.case import CaseFile
from evidence_app.dossier.redaction.traces import Trace, traces
from evidence_app.services.exporting import exports, package_verification
from evidence_app.services.exporting.exports import DossierOptions, Part
from evidence_app.services.importing.importer import Importer

OPTIONS = DossierOptions(parts=(Part.EXHIBITS,))
BOTH = {Trace.PLACE, Trace.DEVICE}


def exif(*, place: bool = False, device: bool = False) -> Image.Exif:
    made = Image.Exif()
    made[ExifTags.Base.DateTime] = "2026:03:01 21:30:05"
    if device:
        made[ExifTags.Base.Make] = "Fiction Phones"
        made[ExifTags.Base.Model] = "FP-7"
    if place:
        cells = made.get_ifd(ExifTags.IFD.GPSInfo)
        cells[ExifTags.GPS.GPSLatitudeRef], cells[ExifTags.GPS.GPSLongitudeRef] = "N", "E"
        cells[ExifTags.GPS.GPSLatitude] = (31.0, 13.0, 43.0)
        cells[ExifTags.GPS.GPSLongitude] = (121.0, 28.0, 25.0)
    return made


def photo(kind: str = "JPEG", **traits: bool) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (90, 60), "#4080c0").save(out, kind, exif=exif(**traits))
    return out.getvalue()


def with_text(text: str, *, is_packed: bool) -> bytes:
    chunks = PngImagePlugin.PngInfo()
    chunks.add_itxt("XML:com.adobe.xmp", text, zip=is_packed)
    out = io.BytesIO()
    Image.new("RGB", (9, 6)).save(out, "PNG", pnginfo=chunks)
    return out.getvalue()


XMP = '<x:xmpmeta><rdf:Description exif:GPSLatitude="31,13.7N"/></x:xmpmeta>'


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_each_kind_of_file_tells(tmp_path: Path, kind: str) -> None:
    import pillow_heif

    pillow_heif.register_heif_opener()
    path = tmp_path / "photo"
    for traits, expected in (
        ({}, set()),
        ({"place": True}, {Trace.PLACE}),
        ({"device": True}, {Trace.DEVICE}),
        ({"place": True, "device": True}, BOTH),
    ):
        path.write_bytes(photo(kind, **traits))
        assert traces(path) == expected


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (with_text(XMP, is_packed=False), {Trace.PLACE}),
        (with_text(XMP, is_packed=True), {Trace.PLACE}),
        (with_text("xmp:CreateDate", is_packed=True), set()),
        # A film behind the picture, and a second picture, as phones write them.
        (photo() + b"\0\0\0\x18ftypmp42" + b"\xa9xyz+31.2288+121.4736/", {Trace.PLACE}),
        (photo() + photo(place=True, device=True), BOTH),
        # A block that nobody can read might hold anything.
        (photo() + b"Exif\0\0" + b"II\x2a\0\xff\xff\xff\xff", BOTH),
        (b"no picture", set()),
    ],
)
def test_traces_in_odd_places(tmp_path: Path, data: bytes, told: set[Trace]) -> None:
    (tmp_path / "photo").write_bytes(data)
    assert traces(tmp_path / "photo") == told


@pytest.fixture
def full(case: CaseFile, tmp_path: Path) -> CaseFile:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "1-photo.jpg").write_bytes(photo(place=True, device=True))
    (inbox / "2-screenshot.png").write_bytes(photo("PNG"))
    (inbox / "3-photo.png").write_bytes(photo("PNG", place=True))
    with zipfile.ZipFile(inbox / "4-chat.zip", "w") as archive:
        archive.writestr("inner.jpg", photo(device=True))
    with Importer(case) as importer:
        importer.run(sorted(inbox.iterdir()))
    return case


def pictures(folder: Path) -> dict[str, set[Trace]]:
    """What each picture of a package tells."""
    kinds = (".jpg", ".png")
    return {path.name: traces(path) for path in folder.rglob("*") if path.suffix in kinds}


def test_a_package_tells_nothing_of_it(full: CaseFile, tmp_path: Path) -> None:
    out = tmp_path / "package"
    exports.package(full, out, OPTIONS)
    listed_pictures = pictures(out)
    assert listed_pictures.keys() == {
        "001-redacted.jpg", "002-2-screenshot.png", "003-redacted.png", "005-redacted.jpg",
    }  # fmt: skip
    assert set().union(*listed_pictures.values()) == set()
    assert not any(out.rglob("*.zip")), "a photo that tells lies in it"
    for data in (path.read_bytes() for path in out.rglob("*") if path.is_file()):
        assert b"Fiction Phones" not in data
        assert b"31.228" not in data
    listed = json.loads((out / "data/redacted/redacted.json").read_bytes())
    assert [row["exhibit"] for row in listed] == [1, 3, 4, 5]
    readme = next(out.glob("README*")).read_text("utf-8-sig")
    assert "Number of such files: 4." in readme
    assert "此类文件：4 个" in readme
    assert not package_verification.verify(out).mismatches


def test_the_copies_show_the_same_pictures(full: CaseFile, tmp_path: Path) -> None:
    exports.package(full, tmp_path / "package", OPTIONS)
    for copy in (tmp_path / "package/data/redacted").glob("*.??g"):
        with Image.open(copy) as image:
            assert image.size == (90, 60)
            assert image.format == {".jpg": "JPEG", ".png": "PNG"}[copy.suffix]
            pixel = image.convert("RGB").getpixel((40, 30))
            assert isinstance(pixel, tuple)
            assert max(abs(a - b) for a, b in zip(pixel, (0x40, 0x80, 0xC0), strict=True)) < 4


def test_with_them_the_originals_go_byte_for_byte(full: CaseFile, tmp_path: Path) -> None:
    out = tmp_path / "package"
    exports.package(full, out, DossierOptions(parts=(Part.EXHIBITS,), with_location=True))
    assert not (out / "data/redacted").exists()
    assert set().union(*pictures(out).values()) == BOTH
    with (out / "data/tables/originals.csv").open(encoding="utf-8-sig") as table:
        assert all(row["file"] for row in csv.DictReader(table))
    assert not package_verification.verify(out).mismatches


@pytest.mark.parametrize("is_wanted", [False, True])
def test_a_dossier_says_it_only_if_wanted(full: CaseFile, tmp_path: Path, is_wanted: bool) -> None:
    out = tmp_path / "dossier.pdf"
    options = DossierOptions(parts=(Part.EXHIBITS,), with_location=is_wanted)
    exports.dossier(full, out, options)
    with pypdfium2.PdfDocument(out) as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    for passage in ("Fiction Phones", "FP-7", "31.228611", "121.473611"):
        assert (passage in text) is is_wanted
    with pikepdf.open(out) as document:
        for pdf_object in document.objects:
            if isinstance(pdf_object, pikepdf.Stream):
                assert b"Exif\0\0" not in pdf_object.read_raw_bytes()
