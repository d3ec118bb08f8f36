"""Boxes hide what is under them wherever a picture goes: in parts, side by side, on any page."""

from __future__ import annotations

import io
import random
import zipfile
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from evidence_app.model.case import Jurisdiction
from evidence_app.model.evidence import ItemKind
from evidence_app.model.mark import Mark, MarkKind
from evidence_app.model.region import Region
from evidence_app.services import cases, items, marks
from evidence_app.services.exporting import documents, exports
from evidence_app.services.exporting.exports import DossierOptions, Part
from evidence_app.services.importing.importer import Importer

OPTIONS = DossierOptions(parts=(Part.EXHIBITS, Part.LIST))
LONG, TALL = (300, 3000), (300, 600)
LONG_BOXES = [Region(0.2, 0.04 + 0.1 * n, 0.6, 0.05) for n in range(10)]
"""So many that some are cut where the picture is cut into parts."""

TALL_BOX = Region(0.2, 0.4, 0.5, 0.1)
PAGE = (400, 300)
PAGE_BOX = Region(0.05, 0.4, 0.9, 0.2)


def screenshot(size: tuple[int, int], seed: int, boxes: list[Region], hidden: int) -> bytes:
    """A picture of which only what is within boxes depends on ``hidden``."""
    picture, chance = Image.new("RGB", size, "white"), random.Random(seed)
    pen = ImageDraw.Draw(picture)
    for y in range(0, size[1], 120):
        pen.text((8, y), f"{chance.randrange(10**12)}", fill="black", font_size=18)
    inner = random.Random(hidden)
    for box in boxes:
        left, top = round(box.left * size[0]), round(box.top * size[1])
        wide, tall = round(box.width * size[0]), round(box.height * size[1])
        noise = Image.frombytes("RGB", (wide, tall), inner.randbytes(wide * tall * 3))
        picture.paste(noise, (left, top))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def document(hidden: int) -> bytes:
    """Three pages; on the second stand words and lines that depend on ``hidden``."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    pen = Canvas(out, pagesize=PAGE, invariant=True)
    for number in (1, 2, 3):
        pen.drawString(40, 250, f"Page number {number}")
        if number == 2:
            pen.drawString(40, 150, f"hidden words {secret(hidden)}")
            pen.rect(300, 130, hidden / 100, 20, fill=1)
        pen.showPage()
    pen.save()
    return out.getvalue()


def secret(hidden: int) -> str:
    return f"1380000{hidden:04}"


def export(folder: Path, hidden: int) -> tuple[Path, Path]:
    """A dossier and a document to edit of a case with such things and boxes over them."""
    new = cases.create(
        folder / f"{hidden}.evcase", title="a", timezone="UTC", jurisdiction=Jurisdiction.CHINA
    )
    with new as case:
        with Importer(case) as importer:
            importer.run_bytes("long.png", screenshot(LONG, 1, LONG_BOXES, hidden))
            importer.run_bytes("left.png", screenshot(TALL, 2, [TALL_BOX], hidden))
            importer.run_bytes("right.png", screenshot(TALL, 3, [TALL_BOX], hidden))
            importer.run_bytes("letter.pdf", document(hidden))
        made = []
        for item in items.get_many(case, items.index(case, items.ItemFilter())):
            if item.kind is ItemKind.DOCUMENT:
                made.append(Mark(0, item.id, MarkKind.REDACTION, 2, box=PAGE_BOX))
            else:
                boxes = LONG_BOXES if item.height == LONG[1] else [TALL_BOX]
                made += [Mark(0, item.id, MarkKind.REDACTION, box=box) for box in boxes]
        marks.add(case, made)
        dossier, page = folder / f"{hidden}.pdf", folder / f"{hidden}.docx"
        exports.dossier(case, dossier, OPTIONS)
        documents.word(case, page, OPTIONS)
    return dossier, page


def pictures_of(path: Path) -> Counter[str]:
    """How often each picture is in a PDF file, by its SHA-256."""
    with pikepdf.open(path) as opened:
        streams = [
            pdf_object for pdf_object in opened.objects if isinstance(pdf_object, pikepdf.Stream)
        ]
        return Counter(
            sha256(stream.read_raw_bytes()).hexdigest()
            for stream in streams
            if stream.get("/Subtype") == "/Image"
        )


def packed_pictures(path: Path) -> Counter[str]:
    with zipfile.ZipFile(path) as opened:
        names = [name for name in opened.namelist() if name.startswith("word/media/")]
        return Counter(sha256(opened.read(name)).hexdigest() for name in names)


def words_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        return " ".join(page.get_textpage().get_text_bounded() for page in pdf)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[int, tuple[Path, Path]]:
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVIDENCE_APP_HOME", str(folder / "home"))
        return {hidden: export(folder, hidden) for hidden in (1234, 4321)}


def test_no_picture_tells_what_is_under_a_box(made: dict[int, tuple[Path, Path]]) -> None:
    (first, first_page), (second, second_page) = made.values()
    assert pictures_of(first) == pictures_of(second)
    assert packed_pictures(first_page) == packed_pictures(second_page)
    assert sum(pictures_of(first).values()) == sum(packed_pictures(first_page).values()) == 6


def test_the_exhibits_say_what_was_blacked_out(made: dict[int, tuple[Path, Path]]) -> None:
    for hidden, (dossier, _) in made.items():
        text = " ".join(words_of(dossier).split())
        assert secret(hidden) not in text
        assert "13 places in 4 exhibits" in text
        assert "the picture (no reason given) (10 places)" in text
        assert "page 2 (no reason given)" in text
