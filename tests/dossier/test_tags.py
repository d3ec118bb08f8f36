"""The tags of the finished file: what programs hear that read it aloud."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from dossier_builder import START, Builder, realistic
from pikepdf import pdfa

from evidence_app.dossier import archival, pdf, spoken, structure_tree
from evidence_app.dossier.content import Signatory
from evidence_app.dossier.options import DossierLanguage, DossierOptions, Part
from evidence_app.dossier.redaction import check, extraction
from evidence_app.model.event import EventType
from evidence_app.model.evidence import ItemKind
from evidence_app.progress import SILENT

STANDARD = {
    "Document", "Sect", "H1", "H2", "P", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD",
    "Figure", "Link", "TOC", "TOCI", "NonStruct",
}  # fmt: skip
HELD_BY = {
    "LI": {"L"}, "Lbl": {"LI"}, "LBody": {"LI"}, "TR": {"Table"}, "TH": {"TR"}, "TD": {"TR"},
    "TOCI": {"TOC"}, "TOC": {"Sect"}, "Sect": {"Document", "Sect"},
    "H1": {"Sect"}, "H2": {"Sect"},
}  # fmt: skip


class Tagged:
    """A file with what is written on its pages, by page and number of the stretch."""

    def __init__(self, path: Path) -> None:
        self.document = pikepdf.open(path)
        self.root: Any = self.document.Root.StructTreeRoot
        self.pages = {page.obj.objgen: n for n, page in enumerate(self.document.pages)}
        self.written: dict[tuple[int, int], str] = {}
        self.outside: list[str] = []
        for number, page in enumerate(self.document.pages):
            self._read(number, page)

    def _read(self, number: int, page: Any) -> None:
        fonts = page.obj.Resources.Font
        open_stretches: list[int | None] = []
        characters: dict[bytes, str] = {}
        for instruction in pikepdf.parse_content_stream(page):
            operator, operands = str(instruction.operator), instruction.operands
            if operator == "BMC":
                open_stretches.append(None)
            elif operator == "BDC":
                mark = operands[1].get("/MCID")
                inner = open_stretches[-1] if open_stretches and mark is None else mark
                open_stretches.append(None if inner is None else int(inner))
                if mark is not None:
                    assert (number, int(mark)) not in self.written, "one stretch for each number"
                    self.written[number, int(mark)] = ""
            elif operator == "EMC":
                open_stretches.pop()
            elif operator == "Tf":
                characters, _ = extraction._font(page.obj.Resources, operands[0], {})
                assert str(operands[0]) in fonts
            elif operator == "Tj":
                assert open_stretches, "all text is in a stretch"
                text = "".join(extraction._decoded(operands[0], characters, 1))
                if open_stretches[-1] is None:
                    self.outside.append(text)
                else:
                    self.written[number, open_stretches[-1]] += text
            elif operator in ("f", "S", "Do", "B"):
                assert open_stretches, "all that is drawn is in a stretch"
        assert not open_stretches

    def elements(self) -> Iterator[Any]:
        """All, each before those within it."""
        waiting = [self.root.K]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += [kid for kid in reversed(kids_of(element)) if is_element(kid)]

    def stretches(self, element: Any) -> Iterator[tuple[int, int]]:
        """Page and number of each stretch of an element and of those within it, in order."""
        for kid in kids_of(element):
            if is_element(kid):
                yield from self.stretches(kid)
            elif isinstance(kid, int):
                yield self.pages[element.Pg.objgen], int(kid)
            elif "/MCID" in kid:
                yield self.pages[kid.Pg.objgen], int(kid.MCID)

    def text(self, element: Any) -> str:
        """What an element says."""
        return "".join(self.written[stretch] for stretch in self.stretches(element))


def kids_of(element: Any) -> list[Any]:
    return list(element.K) if isinstance(element.K, pikepdf.Array) else [element.K]


def is_element(kid: Any) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid


def tagged(
    tmp_path: Path, language: DossierLanguage = "en", builder: Builder | None = None
) -> Tagged:
    out = tmp_path / "dossier.pdf"
    content = (builder or realistic()).content()
    pdf.render(content, DossierOptions(language=language), out, progress=SILENT)
    assert pdfa.validate_written(out, "2b").passed
    return Tagged(out)


@pytest.mark.parametrize("language", ["en", "both"])
def test_the_tree_says_all_that_is_printed_and_nothing_twice(
    tmp_path: Path, language: DossierLanguage
) -> None:
    file = tagged(tmp_path, language)
    catalog = file.document.Root
    assert bool(catalog.MarkInfo.Marked)
    assert bool(catalog.ViewerPreferences.DisplayDocTitle)
    assert str(catalog.Lang) == spoken.OF_DOCUMENT[language]
    stretches = list(file.stretches(file.root.K))
    assert len(stretches) == len(set(stretches))
    assert set(stretches) == file.written.keys()
    # What is left out are running titles, numbers of pages, and headings said again.
    left_out = " ".join(file.outside)
    assert "Page 3 of " in left_out
    assert "SHA-256" not in left_out


def test_elements_are_of_the_standard_and_where_they_belong(tmp_path: Path) -> None:
    file = tagged(tmp_path)
    tags = []
    for element in file.elements():
        tag = str(element.S)[1:]
        tags.append(tag)
        assert tag in STANDARD
        holder = str(element.P.get("/S", "/"))[1:]
        assert tag not in HELD_BY or holder in HELD_BY[tag], (tag, holder)
        if tag == "Figure":
            assert str(element.Alt).strip()
            assert len(element.A.BBox) == 4
        if tag == "Table":
            first, *rows = [row for row in element.K if is_element(row)]
            assert {str(cell.S) for cell in first.K} == {"/TH"}
            assert all(cell.A.Scope == "/Column" for cell in first.K)
            for row in rows:
                wide = [int(cell.A.ColSpan) if "/A" in cell else 1 for cell in row.K]
                assert sum(wide) == len(first.K)
    assert {"H1", "H2", "Figure", "Table", "Link", "L"} <= set(tags)


def test_pages_and_links_lead_back_to_their_elements(tmp_path: Path) -> None:
    file = tagged(tmp_path)
    keys = list(file.root.ParentTree.Nums)
    parents = dict(zip(map(int, keys[::2]), keys[1::2], strict=True))
    assert sorted(parents) == list(parents)
    links = 0
    for number, page in enumerate(file.document.pages):
        assert page.obj.Tabs == "/S"
        of_page = parents[int(page.obj.StructParents)]
        for mark, element in enumerate(of_page):
            assert (number, mark) in file.stretches(element)
        for annotation in page.obj.get("/Annots", ()):
            links += 1
            element = parents[int(annotation.StructParent)]
            assert element.S == "/Link"
            linked = [
                kid.Obj.objgen
                for kid in kids_of(element)
                if "/Obj" in (kid if not isinstance(kid, int) else {})
            ]
            assert annotation.objgen in linked
            assert file.text(element).strip()
    assert links > 100


def test_what_is_read_aloud_comes_in_the_order_of_the_page(tmp_path: Path) -> None:
    file = tagged(tmp_path)
    chapters = [file.text(element) for element in file.elements() if element.S == "/H1"]
    expected = ["Contents", "At a glance", "Timeline", "Exhibits", "List of originals"]
    assert [chapter for chapter in chapters if chapter in expected] == expected
    headings = [file.text(element).strip() for element in file.elements() if element.S == "/H2"]
    exhibits = [heading for heading in headings if re.fullmatch(r"Exhibit \d+", heading)]
    assert exhibits == [f"Exhibit {n}" for n in range(1, 10)]
    threat = next(
        element
        for element in file.elements()
        if element.S == "/LBody" and "后果自负" in file.text(element)
    )
    parts = [file.text(kid) for kid in threat.K]
    for part, passage in zip(parts[1:], ("106900001234", "后果自负", "Exhibit 5"), strict=True):
        assert passage in part


def test_words_stay_apart_at_the_end_of_a_line_and_whole_when_they_are_cut(tmp_path: Path) -> None:
    builder = Builder()
    long_word = "x" * 400
    sentence = "They said that they would come tonight. " * 20 + long_word
    note = builder.item(ItemKind.NOTE, "n.txt", b"n", "text/plain", note=sentence.strip())
    builder.event(note, EventType.VISIT, START)
    file = tagged(tmp_path, builder=builder)
    spoken_text = file.text(file.root.K)
    assert sentence.strip() in spoken_text


def test_the_check_for_what_was_blacked_out_reads_the_words_instead_of_figures(
    tmp_path: Path,
) -> None:
    file = tagged(tmp_path)
    only_in_a_tag = "How loud the recording is"
    assert not any(only_in_a_tag in text for text in file.written.values())
    seeker = check.Seeker(check.Secrecy(words=(only_in_a_tag,)))
    assert check.Leak.STRING in check._in_objects(file.document, seeker, frozenset())


@pytest.mark.parametrize(
    ("language", "text", "parts"),
    [
        ("both", "证据 · Exhibit 3", [("", "证据 "), ("en", "· Exhibit 3")]),
        ("both", "+86 139", [("", "+86 139")]),
        ("en", "from 催收人员 today", [("", "from "), ("zh-Hans", "催收人员"), ("", " today")]),
        ("en", "督促のお知らせ", [("", "督促のお知らせ")]),
        ("zh", "用 WhatsApp 发送", [("", "用 WhatsApp 发送")]),
    ],
)
def test_languages_are_told_apart(
    language: DossierLanguage, text: str, parts: list[tuple[str, str]]
) -> None:
    assert "".join(part for _, part in spoken.stretches(text, language)) == text
    pieces = [
        (of, part.strip("· ") if of == "en" else part)
        for of, part in spoken.stretches(text, language)
    ]
    expected = [(of, part.strip("· ") if of == "en" else part) for of, part in parts]
    assert [of for of, _ in pieces if of] == [of for of, _ in expected if of]


def test_a_tree_too_large_to_be_checked_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = [tmp_path / name for name in ("pages", "pictures", "elements")]
    copies: list[bytes] = []

    def keep(parts: Any, *_: Any, **__: Any) -> None:
        copies.extend(part.read_bytes() for part in parts)

    monkeypatch.setattr(pdf, "_make_archival", keep)
    with pytest.raises(FileNotFoundError):
        pdf.render(realistic(5).content(), DossierOptions(), tmp_path / "no.pdf", progress=SILENT)
    for part, data in zip(parts, copies, strict=True):
        part.write_bytes(data)
    outputs = []
    for most in (1 << 30, 0):
        monkeypatch.setattr(archival, "_MOST_CHECKED", most)
        archival.make(parts[0], parts[1], parts[2], tmp_path / "out.pdf")
        outputs.append((tmp_path / "out.pdf").read_bytes())
    assert outputs[0] == outputs[1]
    assert parts[2].read_text("utf-8").count("\n") > structure_tree._TOGETHER


def test_the_frame_of_a_digital_signature_is_read_aloud(tmp_path: Path) -> None:
    out = tmp_path / "signed.pdf"
    content = replace(realistic().content(), signatory=Signatory("李明", is_person=True))
    options = DossierOptions(language="both", parts=(Part.DECLARATION,))
    place = pdf.render(content, options, out, progress=SILENT)
    file = Tagged(out)
    assert place is not None and place.page == len(file.document.pages)
    paragraphs = [file.text(element) for element in file.elements() if str(element.S) == "/P"]
    [name] = [
        paragraph
        for paragraph in paragraphs
        if "李明" in paragraph and "Digitally signed by" in paragraph
    ]
    after = "".join(paragraphs[paragraphs.index(name) :])
    for phrase in ("signed right after", "签名目的", "Reason: ", "纸质件无法核对"):
        assert phrase in after
