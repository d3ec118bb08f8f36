"""What the person blacked out is in nothing that leaves the case, and the rest still is."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from package_tools import with_new_lists
from PIL import Image, ImageDraw

from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records import readings
from evidence_app.dossier.editable.blocks import Paragraph
from evidence_app.dossier.package import layout
from evidence_app.dossier.redaction import blanking
from evidence_app.errors import EvidenceError
from evidence_app.messages import MessageCode
from evidence_app.model.custody import Action
from evidence_app.model.evidence import ItemKind
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.model.mark import Mark, MarkKind, Words
from evidence_app.model.party import Role
from evidence_app.model.reading import Box, ReadPicture, TextLine
from evidence_app.model.region import Region
from evidence_app.model.verification import MismatchKind
from evidence_app.services import events as timeline
from evidence_app.services import findings, items, marks, parties, tags
from evidence_app.services.exporting import documents, exports, package_verification
from evidence_app.services.exporting.exports import DossierOptions
from evidence_app.services.importing.importer import Importer

NUMBER, NAME, STREET = "13800001234", "欧阳娜娜", "Lilac Lane 7"
SECRETS = (NUMBER, NAME, STREET)
OPTIONS = DossierOptions(language="en")
SMS = (
    '<smses count="3">'
    '<sms protocol="0" address="95001" date="1772350000000" type="1" body="{0}" read="1" />'
    '<sms protocol="0" address="+86 138-0000-1234" date="1772350060000" type="1" '
    'body="stop this please" read="1" />'
    '<sms protocol="0" address="95001" date="1772350120000" type="1" '
    'body="we know 138 0000 1234 too" read="1" />'
    "</smses>"
).replace("{0}", f"pay or we call {NAME}, {NUMBER}, please")


def picture() -> bytes:
    screenshot = Image.new("RGB", (360, 640), "white")
    pen = ImageDraw.Draw(screenshot)
    pen.text((40, 170), f"call {NUMBER}", fill="black", font_size=22)
    pen.text((40, 420), "shown", fill="black", font_size=22)
    exif = Image.Exif()
    exif[0x010E] = f"{STREET}"
    out = io.BytesIO()
    screenshot.save(out, "JPEG", quality=90, exif=exif)
    return out.getvalue()


def letter() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    pen = Canvas(out, pagesize=(400, 300), invariant=True)
    pen.setAuthor(STREET)
    pen.drawString(40, 250, f"To {STREET}")
    pen.drawString(40, 60, "You owe us money")
    pen.showPage()
    pen.drawString(40, 150, f"Second page: {STREET} again, call {NUMBER}")
    pen.save()
    return out.getvalue()


LETTER_BOX = Region(0.14, 0.10, 0.4, 0.09)
"""Around the street on the first page."""


@pytest.fixture
def filled(case: CaseFile) -> CaseFile:
    """A case in which a number, a name and a street stand wherever they can."""
    with Importer(case) as importer:
        importer.run_bytes(f"call from {NUMBER}.jpg", picture())
        importer.run_bytes(f"letter to {STREET}.pdf", letter())
        importer.run_bytes("sms.xml", SMS.encode())
        importer.run_bytes(f"{NAME}.txt", f"diary: {NAME} lives in {STREET}. rain today".encode())
    shot, pdf = item_of(case, ItemKind.PICTURE), item_of(case, ItemKind.DOCUMENT)
    items.set_note(case, shot, f"{NAME} called me")
    items.rename(case, pdf, f"Letter, {STREET}")
    parties.assign(case, "95001", Role.COLLECTOR, f"friend of {NAME}")
    tags.put(case, [Subject(SubjectKind.ITEM, shot)], NAME)
    findings.confirm(case, [Subject(SubjectKind.ITEM, shot)], "threat_of_violence", f"see {NUMBER}")
    [threat] = [event for event in stream(case) if event.text.startswith("pay or")]
    made = [
        Mark(0, shot, MarkKind.REDACTION, box=Region(0.1, 0.25, 0.6, 0.06), note="my sister"),
        Mark(0, shot, MarkKind.NUMBER, box=Region(0.5, 0.6, 0.1, 0.1), text="1", note="look"),
        Mark(0, pdf, MarkKind.REDACTION, 1, box=LETTER_BOX, note="where we live"),
    ]
    for word in (NAME, NUMBER, "please"):
        first = threat.text.index(word)
        place = Words(threat.id, first, first + len(word))
        made.append(Mark(0, threat.item_id, MarkKind.REDACTION, words=place, note="third party"))
    marks.add(case, made)
    return case


def item_of(case: CaseFile, kind: ItemKind) -> int:
    listed_items = items.get_many(case, items.index(case, items.ItemFilter()))
    return next(listed_item.id for listed_item in listed_items if listed_item.kind is kind)


def stream(case: CaseFile) -> Iterator[timeline.Event]:  # type: ignore[name-defined]
    return timeline.stream(case, timeline.EventFilter())


def texts_of(data: bytes) -> str:
    """All words and strings of a PDF."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as pdf:
        text = "\n".join(page.get_textpage().get_text_bounded() for page in pdf)
    with pikepdf.open(io.BytesIO(data)) as document:
        strings = "\n".join(repr(pdf_object) for pdf_object in document.objects)
        streams = [
            pdf_object for pdf_object in document.objects if isinstance(pdf_object, pikepdf.Stream)
        ]
        for content in streams:
            if "/Length1" not in content and content.get("/Subtype") != "/Image":
                strings += content.read_bytes().decode("utf-8", "replace")
    return f"{text}\n{strings}"


def secrets_in(text: str) -> list[str]:
    """Which secrets a text tells, without blanks and separators."""
    tight = "".join(character for character in text if character.isalnum())
    return [secret for secret in SECRETS if "".join(c for c in secret if c.isalnum()) in tight]


def test_a_dossier_tells_nothing_that_was_blacked_out(filled: CaseFile, tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    exports.dossier(filled, out, replace(OPTIONS, embed_originals=True))
    text = texts_of(out.read_bytes())
    assert secrets_in(text) == []
    require_nothing_told_within(out)
    assert "pay or we call ██████, ██████, ██████" in " ".join(text.split())
    assert "stop this please" in text
    for passage in ("my sister", "where we live", "third party", "number – 1 – the picture: look"):
        assert passage in " ".join(text.split()), passage
    # Neither digest nor length of a text of which all else is shown.
    by_name = items.get_many(filled, items.index(filled, items.ItemFilter()))
    for item in by_name:
        is_shown = item.kind in (ItemKind.PICTURE, ItemKind.DOCUMENT)
        assert (item.sha256 in text) is is_shown, item.filename
        assert (f"{item.size:,} bytes" in text) is is_shown, item.filename
    assert "blacked out 5 places in 3 exhibits" in " ".join(text.split())


def require_nothing_told_within(dossier: Path) -> None:
    with pikepdf.open(dossier) as document:
        files = {name: file.get_file().read_bytes() for name, file in document.attachments.items()}
    endings = {name.partition("-")[2] for name in files}
    assert endings == {"redacted.jpg", "redacted.pdf", "redacted.json", "redacted.txt"}
    for name, data in files.items():
        text = texts_of(data) if name.endswith(".pdf") else data.decode("utf-8", "ignore")
        assert secrets_in(text) == [], name


def test_a_table_tells_nothing_that_was_blacked_out(filled: CaseFile, tmp_path: Path) -> None:
    exports.table(filled, tmp_path / "a.csv")
    exports.table(filled, tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        cells = "".join(book.read(name).decode() for name in book.namelist() if ".xml" in name)
    for text in ((tmp_path / "a.csv").read_text(encoding="utf-8-sig"), cells):
        assert secrets_in(text) == []
        assert "stop this please" in text


def test_nothing_is_let_out_if_something_shines_through(
    filled: CaseFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As if a word were overlooked.
    monkeypatch.setattr(blanking.Blanking, "text", lambda self, text: text)
    out = tmp_path / "a.pdf"
    before = [entry.action for entry in exports.custody.list_entries(filled)]
    with pytest.raises(EvidenceError) as caught:
        exports.dossier(filled, out, OPTIONS)
    assert caught.value.message.code is MessageCode.REDACTION_LEAKS
    assert not out.exists()
    assert [entry.action for entry in exports.custody.list_entries(filled)] == before


def test_originals_stay_as_they_are(filled: CaseFile, tmp_path: Path) -> None:
    shot = item_of(filled, ItemKind.PICTURE)
    with items.open_original(filled, shot) as original:
        assert original.read() == picture()
    [threat] = [event for event in stream(filled) if NAME in event.text]
    assert NUMBER in threat.text


def test_marks_that_hide_nothing_change_no_word(case: CaseFile, tmp_path: Path) -> None:
    with Importer(case) as importer:
        importer.run_bytes("a.jpg", picture())
        importer.run_bytes("sms.xml", SMS.encode())
    shot = item_of(case, ItemKind.PICTURE)
    marks.add(case, [Mark(0, shot, MarkKind.HIGHLIGHT, box=Region(0, 0, 0.5, 0.5))])
    exports.dossier(case, tmp_path / "a.pdf", OPTIONS)
    text = texts_of((tmp_path / "a.pdf").read_bytes())
    assert NUMBER in text and "blacked out" not in text


def inside(path: Path) -> Iterator[tuple[str, str]]:
    """Names of a package's files, and all that is written in them, unpacked."""
    for file in sorted(path.rglob("*")):
        if not file.is_file():
            continue
        name, data = file.relative_to(path).as_posix(), file.read_bytes()
        text = data.decode("utf-8", "replace") + data.decode("utf-16-le", "replace")
        if name.endswith(".pdf"):
            text += texts_of(data)
        if name.endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(data)) as book:
                text += "".join(book.read(name).decode() for name in book.namelist())
        yield name, text


def test_a_package_tells_nothing_that_was_blacked_out(filled: CaseFile, tmp_path: Path) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("all/sms-copy.xml", SMS)
    blob = tmp_path / "plain.bin"
    blob.write_bytes(b"\x00\x01 nothing here \xff" * 9)
    with Importer(filled) as importer:
        importer.run_bytes("backup.zip", archive.getvalue())
        importer.run([blob])
        importer.run_bytes("memory.bin", b"\x00\x01" + NAME.encode("utf-16-le") + b"\xff\x00")
    out = tmp_path / "out"
    exports.package(filled, out, OPTIONS)
    leaking = [name for name, text in inside(out) if secrets_in(name) or secrets_in(text)]
    assert leaking == []
    names = sorted(name for name, _ in inside(out) if name.startswith("data/"))
    assert [name for name in names if name.startswith("data/originals/")] == [
        name for name in names if name.endswith("-plain.bin")
    ]
    endings = sorted(Path(name).suffix for name in names if name.startswith("data/redacted/"))
    assert endings == [".jpg", ".json", ".pdf", ".txt"]
    done = package_verification.verify(out)
    assert done.mismatches == ()
    assert done.redacted > 0 and done.rows > 0
    text = (out / "README.txt").read_text(encoding="utf-8-sig")
    assert "blacked out" in text and "can be made: 2" in text
    listed = json.loads((out / "data/redacted/redacted.json").read_bytes())
    assert any(row["reasons"] == ["my sister"] for row in listed)


def test_a_copy_of_another_picture_with_the_same_words_is_blacked_out_too(
    case: CaseFile, tmp_path: Path
) -> None:
    """As screenshots of one conversation overlap."""
    with Importer(case) as importer:
        for name in ("one.jpg", "two.png"):
            image = Image.open(io.BytesIO(picture())).resize((720, 1280))
            out = io.BytesIO()
            image.save(out, "JPEG" if name.endswith("jpg") else "PNG")
            importer.run_bytes(name, out.getvalue())
    first, second = sorted(items.index(case, items.ItemFilter()))
    with case.change(Action.READ_ITEM, {}) as change:
        for item_id in (first, second):
            line = TextLine(Box(76, 340, 560, 392), f"call {NUMBER}", 0.9)
            readings.replace(change, item_id, ReadPicture(720, 1280, "engine", lines=(line,)))
    box = Region(0.1, 0.25, 0.7, 0.06)
    marks.add(case, [Mark(0, first, MarkKind.REDACTION, box=box)])
    out = tmp_path / "out"
    exports.package(case, out, OPTIONS)
    assert not list(out.glob("data/originals/*"))
    for copy in out.glob("data/redacted/*-redacted.*"):
        if copy.suffix != ".json":
            place = (90, 345, 550, 385)
            assert Image.open(copy).convert("L").crop(place).getextrema()[1] < 20, copy.name


def test_a_row_that_is_withheld_is_told_and_no_other_stands_in_for_it(
    filled: CaseFile, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    exports.package(filled, out, OPTIONS)
    rows = (out / layout.ROWS).read_bytes().splitlines()
    withheld = [json.loads(row) for row in rows if json.loads(row)["key"] == ""]
    assert withheld and all(row["cells"].keys() == {"id"} for row in withheld)
    events = out / layout.EVENTS
    text = events.read_text(encoding="utf-8-sig")
    events.write_text(text.replace("stop this please", "please go on"), encoding="utf-8-sig")
    with_new_lists(out)
    kinds = {mismatch.kind for mismatch in package_verification.verify(out).mismatches}
    assert MismatchKind.PACKAGE_SIGNATURE in kinds


@pytest.mark.parametrize("kind", ["html", "docx", "case-uco"])
def test_a_document_that_would_tell_does_not_leave(
    filled: CaseFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """Whatever a writer forgets: what it wrote is looked through before it is let out."""
    write = {"html": documents.html, "docx": documents.word, "case-uco": documents.case_uco}[kind]
    out = tmp_path / f"out.{kind}"
    write(filled, out, OPTIONS)
    assert out.exists()
    out.unlink()
    sentence = f"Ask {NAME}, 138 0000 1234."
    monkeypatch.setattr(documents, "blocks", lambda *_: iter([Paragraph(sentence)]))
    monkeypatch.setattr(documents.graphs, "to_bytes", lambda *_: json.dumps([sentence]).encode())
    with pytest.raises(EvidenceError) as error:
        write(filled, out, OPTIONS)
    assert error.value.message.code is MessageCode.REDACTION_LEAKS
    assert list(tmp_path.glob("out*")) == []
