"""One page of a PDF document as a picture, made in the closed-off process."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidence_app.dossier.redaction import documents, drawing
from evidence_app.dossier.redaction.blanking import Blanking
from evidence_app.dossier.redaction.drawing import Drawn

if TYPE_CHECKING:
    from PIL.Image import Image

_QUALITY = 80
_NAME = 128
_STANDARD = ("Times", "Helvetica", "Courier", "Symbol", "ZapfDingbats")
_GREY = 12
"""Steps of 255 by which the colours of a grey pixel may differ."""


def make(
    source: Path,
    target: Path,
    most: tuple[int, int],
    number: int,
    marks: Sequence[Drawn],
    blanking: Blanking,
) -> dict[str, Any]:
    """Write a page as it is shown, with nothing in it but the picture and its marks.

    Args:
        source: A PDF document.
        target: What is written, a JPEG file.
        most: The most pixels that are of use.
        number: Of the page, from 1.
        marks: On that page.
        blanking: What words are blacked out wherever they stand.

    Returns:
        What `PrintForm` says of it, and whether letters may be missing that are in the
        document: ``is_foreign``, if it uses fonts that are not in it.
    """
    import pypdfium2

    from evidence_app.dossier.picture_worker import values_of_jpeg

    with pypdfium2.PdfDocument(source) as document:
        page = document[number - 1]
        width, height = page.get_size()
        scale = min(most[0] / max(width, 1), most[1] / max(height, 1))
        if marks or blanking:
            page_image, black = documents.page(source, number, marks, blanking)
            page_image.thumbnail(most)
            page_image = drawing.draw(page_image, marks)
        else:
            page_image = page.render(scale=scale, fill_color=(255, 255, 255, 255)).to_pil()
            black = []
        is_foreign = _is_foreign(page)
    picture = _plain(page_image)
    picture.save(target, "JPEG", quality=_QUALITY, subsampling=0)
    return {**values_of_jpeg(picture, black), "is_foreign": is_foreign}


def _plain(picture: Image) -> Image:
    """In grey if it has no colours: letters are smaller so."""
    from PIL import ImageChops

    rgb = picture.convert("RGB")
    rgb.info.clear()
    red, green, blue = rgb.split()
    differences = (ImageChops.difference(red, channel).getextrema() for channel in (green, blue))
    is_grey = all(int(str(highest)) <= _GREY for _, highest in differences)
    return rgb.convert("L") if is_grey else rgb


def _is_foreign(page: Any) -> bool:
    """Whether a text of the page is in a font that the document does not hold."""
    import pypdfium2.raw as pdfium

    for text_object in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
        font = pdfium.FPDFTextObj_GetFont(text_object.raw)
        if font and not pdfium.FPDFFont_GetIsEmbedded(font) and not _is_standard(font):
            return True
    return False


def _is_standard(font: Any) -> bool:
    """Whether it is one of the fonts that every reader of PDF files brings along."""
    import ctypes

    import pypdfium2.raw as pdfium

    name = ctypes.create_string_buffer(_NAME)
    pdfium.FPDFFont_GetBaseFontName(font, name, _NAME)
    return name.value.decode(errors="replace").startswith(_STANDARD)
