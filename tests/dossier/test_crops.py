"""Small pictures beside words: they show the exhibit's own picture, and nothing blacked out."""

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pypdfium2.raw as raw
import pytest
from dossier_builder import START, Builder, jpeg, png

from evidence_app.dossier import pdf
from evidence_app.dossier.content import DossierContent, FindingGroup, Instance
from evidence_app.dossier.options import DossierOptions, Part
from evidence_app.model.event import EventType
from evidence_app.model.evidence import ItemKind
from evidence_app.model.mark import Mark, MarkKind
from evidence_app.model.region import Region
from evidence_app.progress import SILENT

PARTS = (Part.FINDINGS, Part.CHRONOLOGY, Part.EXHIBITS)
BUBBLE = Region(0.3, 0.1, 0.55, 0.06)
MARKED = Region(0.3, 0.2, 0.5, 0.1)


def content(kind: MarkKind = MarkKind.HIGHLIGHT) -> DossierContent:
    builder = Builder()
    shot = builder.item(ItemKind.PICTURE, "a.png", png(), "image/png", width=720, height=1560)
    builder.item(ItemKind.PICTURE, "b.jpg", jpeg(900, 600), "image/jpeg", width=900, height=600)
    read = builder.event(shot, EventType.MESSAGE, START, text="message at 180 px")
    builder.event(shot, EventType.PICTURE, START)
    acts = (Instance(1, read), Instance(1, None, "", (7,)))
    builder.groups = [FindingGroup("threats", "Threats", "What it is.", acts)]
    full_content = builder.content()
    access = replace(
        full_content.access,
        marks=lambda item_id: (Mark(7, item_id, kind, box=MARKED),) if item_id == shot.id else (),
        regions=lambda item_id: {read.id: BUBBLE} if item_id == shot.id else {},
    )
    return replace(full_content, access=access)


def pictures(
    out: Path, printed_content: DossierContent, *parts: Part
) -> dict[str, list[tuple[int, float]]]:
    """Per chapter the pictures: pixels of their width, and how wide they are drawn, in points."""
    options = DossierOptions(parts=parts or PARTS)
    pdf.render(printed_content, options, out, progress=SILENT)
    sizes: dict[str, list[tuple[int, float]]] = {}
    with pypdfium2.PdfDocument(out) as document:
        for page in document:
            title = page.get_textpage().get_text_range()
            chapter = next(
                (chapter for chapter in ("Suspected", "Exhibits", "Timeline") if chapter in title),
                "",
            )
            for image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=8):
                left, _, right, _ = image.get_bounds()
                sizes.setdefault(chapter, []).append((image.get_px_size()[0], right - left))
    return sizes


def test_a_screenshot_is_small_in_the_timeline_and_its_places_stand_with_the_finding(
    tmp_path: Path,
) -> None:
    sizes = pictures(tmp_path / "a.pdf", content())
    [shot] = {width for width, _ in sizes["Timeline"]}
    assert [wide < 25 for _, wide in sizes["Timeline"]] == [True]
    # As large as with the exhibit, cut to the place.
    assert [width for width, _ in sizes["Suspected"]] == [shot, shot]
    assert all(wide > 200 for _, wide in sizes["Suspected"])
    assert shot in {width for width, _ in sizes["Exhibits"]}


def test_they_add_no_picture_to_the_file(tmp_path: Path) -> None:
    pictures(tmp_path / "with.pdf", content())
    pictures(tmp_path / "without.pdf", content(), Part.EXHIBITS)
    assert (tmp_path / "with.pdf").read_bytes().count(b"/Subtype /Image") == (
        tmp_path / "without.pdf"
    ).read_bytes().count(b"/Subtype /Image")
    grown = (tmp_path / "with.pdf").stat().st_size - (tmp_path / "without.pdf").stat().st_size
    assert grown < 20_000


def test_a_picture_with_something_blacked_out_is_shown_with_its_exhibit_only(
    tmp_path: Path,
) -> None:
    sizes = pictures(tmp_path / "a.pdf", content(MarkKind.REDACTION))
    assert sizes.keys() == {"Exhibits"}


@pytest.mark.parametrize("parts", [(Part.FINDINGS, Part.CHRONOLOGY), (Part.CHRONOLOGY,)])
def test_without_the_exhibits_there_are_none(tmp_path: Path, parts: tuple[Part, ...]) -> None:
    assert pictures(tmp_path / "a.pdf", content(), *parts) == {}
