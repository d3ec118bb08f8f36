"""Pages of documents as pictures, with what is blacked out; runs in closed-off processes only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidence_app.dossier.redaction import boxes, drawing
from evidence_app.dossier.redaction.blanking import Blanking
from evidence_app.dossier.redaction.drawing import Drawn
from evidence_app.model.region import Region

if TYPE_CHECKING:
    from PIL.Image import Image

_SCALE = 200 / 72
_MOST_SIDE = 5000
_SCAN_MARGIN = 24
"""Pixels: a scan on the page is a JPEG of unknown size, whose blocks are larger than the margin."""

_QUALITY = 84


def page(
    source: Path, number: int, marks: Sequence[Drawn], blanking: Blanking
) -> tuple[Image, list[Region]]:
    """A page as a picture, and what of it is black.

    Args:
        source: The document.
        number: From 1.
        marks: On that page; only redactions are painted.
        blanking: What words are blacked out wherever they stand.
    """
    with _opened(source) as document:
        return _page(document, number - 1, marks, blanking)


def words_under(source: Path, marks: Mapping[int, Sequence[Drawn]]) -> dict[int, list[str]]:
    """The words that are in the text of pages and under redactions, by page, from 1."""
    by_page = {}
    with _opened(source) as document:
        for number, drawn in marks.items():
            if 1 <= number <= len(document):
                sheet = document[number - 1]
                by_page[number] = _under(sheet, drawing.redactions(drawn))
    return by_page


def rasterised(
    source: Path, target: Path, marks: Mapping[int, Sequence[Drawn]], blanking: Blanking
) -> None:
    """Write a document of the same pages that are pictures and nothing else."""
    import pikepdf

    with _opened(source) as document, pikepdf.new() as output:
        for index in range(len(document)):
            drawn = marks.get(index + 1, ())
            image, _ = _page(document, index, drawn, blanking)
            _add(output, drawing.draw(image, drawn))
        output.save(target, deterministic_id=True)


def _add(output: Any, image: Image) -> None:
    import io

    import pikepdf
    from pikepdf import Array, Dictionary, Name, Stream

    out = io.BytesIO()
    image.save(out, "JPEG", quality=_QUALITY, subsampling=0)
    picture = Stream(output, out.getvalue())
    picture.stream_dict = Dictionary(
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=image.width,
        Height=image.height,
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )
    width, height = image.width / _SCALE, image.height / _SCALE
    content = Stream(output, f"{width:.3f} 0 0 {height:.3f} 0 0 cm /P Do".encode())
    sheet = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, round(width, 3), round(height, 3)]),
        Resources=Dictionary(XObject=Dictionary(P=picture)),
        Contents=content,
    )
    output.pages.append(pikepdf.Page(output.make_indirect(sheet)))


@contextmanager
def _opened(source: Path) -> Iterator[Any]:
    import pypdfium2

    document = pypdfium2.PdfDocument(source)
    try:
        document.init_forms()
        yield document
    finally:
        document.close()


def _page(
    document: Any, index: int, marks: Sequence[Drawn], blanking: Blanking
) -> tuple[Image, list[Region]]:
    sheet = document[index]
    width, height = sheet.get_size()
    scale = min(_SCALE, _MOST_SIDE / max(width, height, 1))
    image = sheet.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB")
    hidden = [*drawing.redactions(marks), *_of_words(sheet, blanking)]
    margin = _SCAN_MARGIN if _has_pictures(sheet) else boxes.MARGIN
    covered = [boxes.grown(box, image.size, margin=margin) for box in hidden]
    drawing.black_out(image, covered)
    sheet.close()
    return image, [pixels.shares(image.size) for pixels in covered]


def _has_pictures(sheet: Any) -> bool:
    import pypdfium2.raw

    return any(True for _ in sheet.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]))


def _of_words(sheet: Any, blanking: Blanking) -> list[Region]:
    """Where words stand that are blacked out wherever they stand."""
    if not blanking:
        return []
    characters = _characters(sheet)
    text = "".join(character for character, _ in characters)
    return [
        box
        for first, end in blanking.spans(text)
        for _, box in characters[first:end]
        if box is not None
    ]


def _under(sheet: Any, hidden: Sequence[Region]) -> list[str]:
    """The words under boxes, one text for each stretch of characters."""
    texts, stretch = [], ""
    for character, box in _characters(sheet):
        is_under = box is not None and any(box.touches(region) for region in hidden)
        if is_under or (stretch and character.isspace()):
            stretch += character
        elif stretch.strip():
            texts.append(stretch.strip())
            stretch = ""
    return [*texts, stretch.strip()] if stretch.strip() else texts


def _characters(sheet: Any) -> list[tuple[str, Region | None]]:
    """The characters of a page, each with its place if it has one."""
    import pypdfium2.raw as raw

    text = sheet.get_textpage()
    characters: list[tuple[str, Region | None]] = []
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        character = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        characters.append((character, _box(sheet, text.get_charbox(index, loose=True))))
    text.close()
    return characters


def _box(sheet: Any, place: tuple[float, float, float, float]) -> Region | None:
    """A rectangle of the document in shares of the page as it is shown."""
    import ctypes

    import pypdfium2.raw as raw

    left, bottom, right, top = place
    if right <= left or top <= bottom:
        return None
    size, corners = 1 << 20, []
    for x, y in ((left, bottom), (right, top)):
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(sheet, 0, 0, size, size, 0, x, y, across, down)
        corners.append((across.value / size, down.value / size))
    (x0, x1), (y0, y1) = (sorted(sides) for sides in zip(*corners, strict=True))
    return Region(x0, y0, x1 - x0, y1 - y0)
