"""The dossier's content as DOCX and HTML: whole, harmless, and it connects nowhere."""

import io
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import docx
import pytest
from docx.document import Document
from lxml import etree
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from evidence_app.casefile.case import CaseFile
from evidence_app.dossier.editable import blocks
from evidence_app.errors import Cancelled
from evidence_app.model.event import EventType
from evidence_app.model.finding import Subject, SubjectKind
from evidence_app.progress import Progress
from evidence_app.services import events as timeline
from evidence_app.services import findings, manual_entries
from evidence_app.services.events import EventFilter
from evidence_app.services.exporting import documents, exports
from evidence_app.services.importing.importer import Importer

EVIL = (
    '<script>alert(1)</script> "&amp; '
    '\u202egpj.exe \x07 HYPERLINK "http://example.com" 再不还就去你单位 😀'
)
SHOWN = EVIL.replace("\u202e", "[U+202E]").replace("\x07", "")
ZH = exports.DossierOptions(language="zh")
EN = exports.DossierOptions(language="en")


def picture() -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "secret camera"
    Image.new("RGB", (90, 160), (200, 30, 30)).save(out, "PNG", exif=exif)
    return out.getvalue()


def bill() -> bytes:
    """A bill of two calls, of which a picture of the page would show both."""
    out = io.BytesIO()
    canvas = Canvas(out)
    lines = (
        ("Date", "Time", "Number", "Type", "Duration"),
        ("2026-04-01", "11:00:00", "95001", "Incoming", "60"),
        ("2026-04-02", "11:00:00", "95777", "Outgoing", "60"),
    )
    for number, line in enumerate(lines):
        for column, cell in enumerate(line):
            canvas.drawString(50 + 100 * column, 700 - 20 * number, cell)
    canvas.save()
    return out.getvalue()


@pytest.fixture
def filled(case: CaseFile) -> CaseFile:
    with Importer(case) as importer:
        importer.run_bytes("截图.png", picture())
        importer.run_bytes("calls.csv", b"date,number,type\n2026-03-01 10:00:00,95001,incoming\n")
    manual_entries.add_entry(case, type=EventType.VISIT, time=None, text=EVIL)
    for subject in (Subject(SubjectKind.EVENT, 1), Subject(SubjectKind.ITEM, 1)):
        findings.confirm(case, [subject], "threat_of_violence", EVIL)
    return case


class Page(HTMLParser):
    """Tags, attributes and text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("options", [ZH, EN])
def test_the_page_says_all_and_asks_for_nothing(
    filled: CaseFile, tmp_path: Path, options: exports.DossierOptions
) -> None:
    documents.html(filled, tmp_path / "a.html", options)
    text = (tmp_path / "a.html").read_text(encoding="utf-8")
    page = Page(text)
    for passage in (SHOWN, "测试 case", "李明", "95001", "截图.png"):
        assert passage in page.text
    assert not {"script", "link", "iframe", "form"} & {tag for tag, _ in page.tags}
    assert "secret camera" not in text
    anchors = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
    for _, attributes in page.tags:
        assert str(attributes.get("src", "data:")).startswith("data:")
        if "href" in attributes:
            assert str(attributes["href"]).removeprefix("#") in anchors
    [policy] = [a for t, a in page.tags if t == "meta" and "http-equiv" in a]
    assert str(policy["content"]).startswith("default-src 'none'; style-src 'sha256-")
    assert [tag for tag, _ in page.tags].count("img") == 1
    assert all(a.get("alt") for t, a in page.tags if t == "img")


def words_of(document: Document) -> str:
    tables = "\n".join(
        cell.text for table in document.tables for row in table.rows for cell in row.cells
    )
    return "\n".join(paragraph.text for paragraph in document.paragraphs) + tables


@pytest.mark.parametrize("options", [ZH, EN])
def test_the_word_file_says_all_and_can_be_edited(
    filled: CaseFile, tmp_path: Path, options: exports.DossierOptions
) -> None:
    documents.word(filled, tmp_path / "a.docx", options)
    document = docx.Document(str(tmp_path / "a.docx"))
    text = words_of(document)
    for passage in (SHOWN, "测试 case", "李明", "95001", "截图.png"):
        assert passage in text
    headings = [
        paragraph.style.name for paragraph in document.paragraphs if paragraph.style is not None
    ]
    assert {"Title", "Heading 1", "Heading 2"} <= set(headings)
    assert len(document.inline_shapes) == 1
    assert document.core_properties.title == "测试 case"
    assert document.core_properties.author == "李明"
    with zipfile.ZipFile(tmp_path / "a.docx") as archive:
        for name in archive.namelist():
            data = archive.read(name)
            assert b"secret camera" not in data
            if name.endswith((".xml", ".rels")):
                root = etree.fromstring(data)
                # No field that fetches or runs something, and no link that leads outside.
                assert not root.findall(".//{*}instrText")
                assert not root.findall(".//{*}fldSimple")
                assert not [
                    relation for relation in root.iter() if relation.get("TargetMode") == "External"
                ]


def test_rows_beyond_the_most_are_told(
    filled: CaseFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "MOST_ROWS", 1)
    documents.html(filled, tmp_path / "a.html", EN)
    page = Page((tmp_path / "a.html").read_text(encoding="utf-8"))
    assert re.search(r"first 1 of \d", page.text, re.IGNORECASE)


def test_of_a_file_only_what_was_chosen_leaves(case: CaseFile, tmp_path: Path) -> None:
    talk = "[2026-03-01 10:00:00] 催收: 去你单位\n[2026-03-01 10:01:00] 妈妈: leftout7 private\n"
    rows = (
        "date,number,type\n2026-03-01 10:00:00,95001,incoming\n2026-03-02 10:00:00,95777,missed\n"
    )
    with Importer(case) as importer:
        importer.run_bytes("talk.txt", talk.encode())
        importer.run_bytes("calls.csv", rows.encode())
        importer.run_bytes("bill.pdf", bill())
    for event in timeline.stream(case, EventFilter()):
        if "leftout7" not in event.text and event.identifier != "95777":
            findings.confirm(case, [Subject(SubjectKind.EVENT, event.id)], "threat_of_violence")
    options = exports.DossierOptions(language="en", only_findings=True)
    documents.html(case, tmp_path / "a.html", options)
    documents.word(case, tmp_path / "a.docx", options)
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "bill.pdf" in page
    assert "<img" not in page
    docx_text = words_of(docx.Document(str(tmp_path / "a.docx")))
    for text in (page, docx_text):
        assert "去你单位" in text
        assert "95001" in text
        assert "leftout7" not in text
        assert "95777" not in text


def test_a_cancelled_document_leaves_nothing(filled: CaseFile, tmp_path: Path) -> None:
    answers: Iterator[bool] = iter([False] * 12)
    for number, write in enumerate((documents.html, documents.word)):
        out = tmp_path / f"{number}.out"
        with pytest.raises(Cancelled):
            write(filled, out, EN, progress=Progress(is_cancelled=lambda: next(answers, True)))
        assert not out.exists()
