"""Word documents: all words that a reader would see, and none of the tricks of a package."""

import io
import zipfile
from datetime import UTC, datetime

import docx
import intake_samples as samples
import pytest
from docx.oxml import parse_xml

from evidence_app.intake.detect import detect
from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.records import Description, EventRecord, Notice
from evidence_app.intake.records import TextBlock as Block
from evidence_app.messages import MessageCode
from evidence_app.model.evidence import ItemKind
from evidence_app.model.times import TimeReading, to_text

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def written(document: "docx.document.Document") -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def letter() -> "docx.document.Document":
    document = docx.Document()
    document.core_properties.title = "催收函"
    document.core_properties.created = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    document.core_properties.modified = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
    document.add_heading("律师函", 1)
    document.add_paragraph("请于三日内\t还款\n否则起诉")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "本金", "8000 元"
    document.sections[0].header.paragraphs[0].text = "某某律师事务所"
    return document


def words(data: bytes, name: str = "letter.docx") -> str:
    return "\n".join(block.text for block in samples.of_kind(samples.read(data, name), Block))


def test_the_words_of_a_letter_are_read_with_tables_and_headers() -> None:
    records = samples.read(written(letter()), "letter.bin")
    [about] = samples.of_kind(records, Description)
    assert about.kind is ItemKind.DOCUMENT
    assert about.media_type.endswith("wordprocessingml.document")
    assert about.metadata["title"] == "催收函"
    text = "\n".join(block.text for block in samples.of_kind(records, Block))
    for part in ("律师函", "请于三日内\t还款\n否则起诉", "本金", "8000 元", "某某律师事务所"):
        assert part in text
    created, modified = samples.of_kind(records, TimeReading)
    assert to_text(created.moment) == "2026-03-01T12:00:00Z"
    assert to_text(modified.moment) == "2026-03-02T12:00:00Z"
    assert len(samples.of_kind(records, EventRecord)) == 1


def test_what_was_inserted_is_read_once_and_what_was_struck_out_is_not() -> None:
    document = docx.Document()
    inner = "<w:r><w:t>in the box</w:t></w:r>"
    document.element.body.insert(
        0,
        parse_xml(
            f"<w:p {W} xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
            "<w:ins><w:r><w:t>added </w:t></w:r></w:ins>"
            "<w:del><w:r><w:delText>struck</w:delText></w:r></w:del>"
            f"<w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p>{inner}</w:p></w:txbxContent>"
            f"</mc:Choice><mc:Fallback><w:txbxContent><w:p>{inner}</w:p></w:txbxContent>"
            "</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>kept</w:t></w:r></w:p>"
        ),
    )
    assert words(written(document)) == "added kept\nin the box"


def test_comments_are_read() -> None:
    document = docx.Document()
    run = document.add_paragraph("还款").add_run("计划")
    document.add_comment(run, text="已拒绝", author="催收员")
    assert words(written(document)).splitlines() == ["还款计划", "已拒绝"]


def test_a_document_without_words_says_so() -> None:
    [notice] = samples.of_kind(samples.read(written(docx.Document()), "a.docx"), Notice)
    assert notice.message.code is MessageCode.DOCUMENT_WITHOUT_TEXT


def changed(data: bytes, name: str, content: bytes) -> bytes:
    """The same package with another part of that name."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part_name in old.namelist():
            if part_name != name:
                new.writestr(part_name, old.read(part_name))
        new.writestr(name, content)
    return out.getvalue()


LATE = b"<!--" + b" " * 9000 + b"-->"
BOMB = (
    b"<?xml version='1.0'?>"
    + LATE
    + b"<!DOCTYPE w [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]>"
    b"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>&b;"
    b"</w:document>"
)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (
            changed(written(letter()), "word/document.xml", b"<w:docum"),
            MessageCode.DAMAGED_DOCUMENT,
        ),
        (changed(written(letter()), "word/document.xml", BOMB), MessageCode.XML_FORBIDDEN),
        (
            changed(written(letter()), "word/document.xml", BOMB.decode().encode("utf-16")),
            MessageCode.XML_FORBIDDEN,
        ),
        (
            changed(written(letter()), "word/media/a.bin", bytes(301 << 20)),
            MessageCode.READER_LIMIT,
        ),
        (
            changed(written(letter()), "word/extra.xml", b" " * (65 << 20)),
            MessageCode.READER_LIMIT,
        ),
        (
            changed(written(letter()), "_rels/.rels", b"<Relationships/>"),
            MessageCode.DAMAGED_DOCUMENT,
        ),
    ],
    ids=["cut off", "definitions", "definitions in UTF-16", "large part", "large text", "no parts"],
)
def test_a_hostile_package_is_refused(data: bytes, code: MessageCode) -> None:
    with pytest.raises(ReadFailure) as failure:
        samples.read(data, "a.docx")
    assert failure.value.message.code is code


def test_other_packages_are_none() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as output:
        output.writestr("notes/document.xml", b"<a/>")
    file_format = detect(samples.source(out.getvalue()))
    assert file_format is None or file_format.id != "word"
