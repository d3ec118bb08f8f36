"""The finished file: what it says, that it is valid, and that everything leads somewhere."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from dossier_builder import START, TITLE, Builder, calls, jpeg, png, realistic
from pikepdf import pdfa

from evidence_app.dossier import pdf, tables
from evidence_app.dossier import text as texts
from evidence_app.dossier.content import DossierContent, FindingGroup, Instance, Omission
from evidence_app.dossier.options import DossierLanguage, DossierOptions, Language, Part
from evidence_app.dossier.page_writer import PageWriter
from evidence_app.dossier.sections import (
    completeness,
    custody,
    exhibit_list,
    findings,
    logs,
    number_table,
)
from evidence_app.dossier.styles import CELL_HEAD
from evidence_app.dossier.tables import Column
from evidence_app.errors import Cancelled
from evidence_app.model.event import EventType
from evidence_app.model.evidence import ItemKind, Rendition, RenditionKind
from evidence_app.progress import SILENT, Progress

HOSTILE = (
    '<b>bold</b> <img src="file:///etc/passwd"/> &amp; ]]> %s {0} ${x} \x00\x07\x1b[31m'
    " left\u202egnp.exe \ud83d \U0001f9ff\U0010ffff ܐ ሀ"
)


def render(content: DossierContent, out: Path, options: DossierOptions | None = None) -> Path:
    pdf.render(
        content,
        options or DossierOptions(),
        out,
        progress=SILENT,
    )
    return out


def without(*parts: Part) -> DossierOptions:
    return DossierOptions(parts=DossierOptions().without(*parts))


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def joined(text: str) -> str:
    """Without blanks and line ends, which differ by how lines are broken."""
    return "".join(text.split())


@pytest.mark.parametrize(("language", "page"), [("en", "letter"), ("zh", "a4")])
def test_everything_is_said_in_a_valid_file(tmp_path: Path, language: Language, page: str) -> None:
    content = realistic().content()
    options = DossierOptions(language=language, page=page)  # type: ignore[arg-type]
    out = render(content, tmp_path / "dossier.pdf", options)
    assert pdfa.validate_written(out, "2b").passed
    text = joined(text_of(out))
    for passage in (
        TITLE,
        "【QuickCash】您已逾期45天",
        "Please stop calling me at work.",
        "两名男子19:40敲门",
        "😡",
        "高频骚扰（通话、拨打、短信超限）",
        "整份记录都说明问题",
        "Asia/Shanghai",
        content.custody.head_hash,
    ):
        assert joined(passage) in text
    for exhibit in content.exhibits:
        assert text.count(exhibit.item.sha256) == 2
        assert joined(exhibit.item.filename) in text
    assert ("Time zone not stated" in text_of(out)) is (language == "en")


def test_each_page_bears_its_number_and_the_total(tmp_path: Path) -> None:
    out = render(realistic().content(), tmp_path / "dossier.pdf")
    with pypdfium2.PdfDocument(out) as document:
        total = len(document)
        for number in range(total):
            text_page = document[number].get_textpage().get_text_range()
            assert f"Page {number + 1} of {total}" in text_page
        assert [document.get_page_label(n) for n in range(total)] == [
            str(n + 1) for n in range(total)
        ]


def test_bookmarks_links_and_contents_lead_to_the_right_pages(tmp_path: Path) -> None:
    content = realistic().content()
    out = render(content, tmp_path / "dossier.pdf")
    with pypdfium2.PdfDocument(out) as document:
        marks = [
            (mark.level, mark.get_title(), _page(document, mark)) for mark in document.get_toc()
        ]
        pages = [page.get_textpage().get_text_range() for page in document]
    assert {"Contents", "At a glance", "Timeline", "Exhibits", "List of originals"} <= {
        title.rpartition(" (p. ")[0] for level, title, _ in marks if level == 0
    }
    exhibits = [
        (title, page) for level, title, page in marks if level and title.startswith("Exhibit ")
    ]
    assert len(exhibits) == len(content.exhibits)
    for title, number in exhibits:
        name, _, page_said = title.split(" – ")[1].rpartition(" (p. ")
        assert page_said == f"{number + 1})"
        assert joined(name) in joined(pages[number])
        assert row_of(out, 1, title[:11]).rstrip().endswith(str(number + 1))
    with pikepdf.open(out) as document_:
        links = [a for page in document_.pages for a in page.get("/Annots", [])]
        assert len(links) > 100
        destinations = document_.Root.get("/Dests", {})
        for link in links:
            assert "/URI" not in link.get("/A", {})
            dest = link.get("/Dest", link.get("/A", {}).get("/D"))
            assert isinstance(dest, pikepdf.Array) or dest in destinations


def row_of(path: Path, page: int, beginning: str) -> str:
    """What stands beside the first place on a page that has those words."""
    with pypdfium2.PdfDocument(path) as document:
        text_page = document[page].get_textpage()
        match = text_page.search(beginning).get_next()
        assert match is not None
        _, bottom, _, top = text_page.get_charbox(match[0])
        return str(text_page.get_text_bounded(bottom=bottom - 1, top=top + 1))


def _page(document: pypdfium2.PdfDocument, mark: pypdfium2.PdfBookmark) -> int:
    dest = pypdfium2.raw.FPDFBookmark_GetDest(document, mark)
    return int(pypdfium2.raw.FPDFDest_GetDestPageIndex(document, dest))


def test_all_fonts_are_embedded(tmp_path: Path) -> None:
    out = render(realistic().content(), tmp_path / "dossier.pdf")
    with pikepdf.open(out) as document:
        fonts = [
            pdf_object
            for pdf_object in document.objects
            if isinstance(pdf_object, pikepdf.Dictionary)
            and pdf_object.get("/Type") == pikepdf.Name.Font
        ]
        assert fonts
        for font in fonts:
            assert "/FontFile2" in font.FontDescriptor


def test_hostile_text_is_printed_as_it_is(tmp_path: Path) -> None:
    builder = Builder(title=HOSTILE)
    item = builder.item(ItemKind.NOTE, HOSTILE, b"x", "text/plain", note=HOSTILE, title=HOSTILE)
    event = builder.event(
        item, EventType.MESSAGE, START, text=HOSTILE, identifier=HOSTILE, contact_name="\u202etxt"
    )
    builder.groups = [
        FindingGroup("impersonation", HOSTILE, HOSTILE, (Instance(1, event, HOSTILE),))
    ]
    out = render(builder.content(), tmp_path / "dossier.pdf")
    text = text_of(out)
    assert '<b>bold</b> <img src="file:///etc/passwd"/> &amp; ]]>' in text
    assert "\x00" not in text
    assert "\u202e" not in text
    assert "leftU+202Egnp.exe" in joined(text)
    for box in ("U+D83D", "U+10FFFF", "U+0710", "U+1200"):
        assert box in joined(text)
    with pikepdf.open(out) as document:
        assert "U+202E" in str(document.docinfo["/Title"])


def test_very_long_words_and_titles_stay_on_the_page(tmp_path: Path) -> None:
    builder = Builder(title="催收" * 700)
    item = builder.item(ItemKind.NOTE, "a" * 2000, b"x", "text/plain", title="W" * 3000)
    builder.event(item, EventType.MESSAGE, START, text="https://x.example/" + "a" * 5000)
    out = render(builder.content(), tmp_path / "dossier.pdf")
    with pypdfium2.PdfDocument(out) as document:
        for page in document:
            text_page = page.get_textpage()
            width, height = page.get_size()
            for n in range(text_page.count_rects()):
                left, bottom, right, top = text_page.get_rect(n)
                assert left >= 0
                assert right <= width
                assert bottom >= 0
                assert top <= height


def test_an_empty_case_says_that_nothing_was_confirmed(tmp_path: Path) -> None:
    out = render(Builder(title="Empty").content(), tmp_path / "dossier.pdf")
    text = text_of(out)
    assert "There is no evidence in this case yet." in text
    assert "marked nothing as a suspected violation" in text
    assert "Exhibit 1" not in text


def test_all_rows_of_a_long_log_are_there(tmp_path: Path) -> None:
    builder = Builder()
    log = builder.item(ItemKind.CALL_LOG, "log.csv", b"log", "text/csv")
    calls(builder, 1500, log, timedelta(minutes=37))
    out = render(builder.content(), tmp_path / "dossier.pdf", without(Part.CHRONOLOGY))
    text = joined(text_of(out))
    for row in (2, 700, 1501):
        assert f"row{row}" in text
    assert text.count("+86105555") >= 1500


def test_what_is_left_out_by_choice_is_left_out(tmp_path: Path) -> None:
    options = without(Part.CHRONOLOGY, Part.EXHIBITS)
    content = realistic().content()
    text = text_of(render(content, tmp_path / "dossier.pdf", options))
    assert "Imported" not in text
    assert "All entries in the order of time" not in text
    assert content.exhibits[0].item.sha256 in text


def test_pictures_are_shown_without_what_the_camera_wrote(tmp_path: Path) -> None:
    builder = Builder()
    secret = b"\xff\xe1\x00\x10Exif\x00\x00GPS-HOME"
    data = jpeg()
    tagged = data[:2] + secret + data[2:]
    builder.item(ItemKind.PICTURE, "a.jpg", tagged, "image/jpeg", width=720, height=1560)
    builder.item(ItemKind.PICTURE, "b.png", png(), "image/png", width=720, height=1560)
    builder.item(ItemKind.PICTURE, "bad.png", png()[:900], "image/png", width=720, height=1560)
    picture = builder.item(ItemKind.PICTURE, "bad2.png", b"\x89PNG", "image/png")
    thumbnail = Rendition(RenditionKind.THUMBNAIL, "image/jpeg", jpeg(90, 90))
    builder.renditions[picture.id, RenditionKind.THUMBNAIL] = thumbnail
    out = render(builder.content(), tmp_path / "dossier.pdf")
    assert text_of(out).count("cannot be shown in print") == 1
    assert b"GPS-HOME" not in out.read_bytes()
    with pikepdf.open(out) as document:
        streams = [
            pdf_object.read_raw_bytes()
            for pdf_object in document.objects
            if isinstance(pdf_object, pikepdf.Stream)
            and pdf_object.get("/Subtype") == pikepdf.Name.Image
        ]
    assert len(streams) == 3
    scan = data[data.index(b"\xff\xda") :]
    assert any(stream.endswith(scan) for stream in streams), "the JPEG was decoded"


@pytest.mark.parametrize("after", [1, 5, 12])
def test_cancelling_leaves_no_file(tmp_path: Path, after: int) -> None:
    out = tmp_path / "dossier.pdf"
    checks = 0

    def is_cancelled() -> bool:
        nonlocal checks
        checks += 1
        return checks > after

    with pytest.raises(Cancelled):
        pdf.render(
            realistic().content(),
            DossierOptions(),
            out,
            progress=Progress(is_cancelled=is_cancelled),
        )
    assert not out.exists()


def test_cancelling_stops_the_check(tmp_path: Path) -> None:
    out = tmp_path / "dossier.pdf"
    steps: list[str] = []
    with pytest.raises(Cancelled):
        pdf.render(
            realistic().content(),
            DossierOptions(),
            out,
            progress=Progress(lambda state: steps.append(state.step), lambda: "checking" in steps),
        )
    assert not out.exists()


def test_progress_only_grows_and_ends_at_one(tmp_path: Path) -> None:
    shares: list[float] = []
    pdf.render(
        realistic().content(),
        DossierOptions(),
        tmp_path / "dossier.pdf",
        progress=Progress(lambda state: shares.append(state.share)),
    )
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_the_list_of_originals_matches_the_bytes(tmp_path: Path) -> None:
    builder = realistic()
    text = text_of(render(builder.content(), tmp_path / "dossier.pdf"))
    listed = text[text.rindex("One line of data and one SHA-256") :]
    for data in builder.originals.values():
        assert hashlib.sha256(data).hexdigest() in listed


def test_the_note_on_items_left_out_is_on_the_cover(tmp_path: Path) -> None:
    content = replace(realistic().content(), omitted={Omission.UNMARKED: 3})
    with pypdfium2.PdfDocument(render(content, tmp_path / "dossier.pdf")) as document:
        assert "3 further items" in document[0].get_textpage().get_text_range()


@pytest.mark.parametrize("language", ["en", "both"])
def test_no_heading_of_a_table_is_broken_within_a_word(
    tmp_path: Path, language: DossierLanguage, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[tuple[str, list[str]]] = []

    class Noted(tables.Table):
        def __init__(self, sheet: PageWriter, columns: Sequence[Column], *more: Any) -> None:
            across = tables.widths(columns, sheet.geometry.measure)
            assert sum(across) == pytest.approx(sheet.geometry.measure)
            for column, width in zip(columns, across, strict=True):
                lines = texts.wrap(column.title, CELL_HEAD.size, width - 8, bold=True)
                printed.append((column.title, lines))
            super().__init__(sheet, columns, *more)

    for module in (findings, number_table, exhibit_list, logs, completeness, custody):
        monkeypatch.setattr(module, "Table", Noted)
    render(realistic().content(), tmp_path / "dossier.pdf", DossierOptions(language=language))
    assert len(printed) > 30
    for title, lines in printed:
        for above, below in pairwise(line.strip() for line in lines):
            cut = above[-1].isascii() and above[-1].isalnum() and below[0].isascii()
            assert not cut or f"{above} {below}" in " ".join(title.split()), (title, lines)
