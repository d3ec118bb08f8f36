"""A DOCX file that a lawyer can edit: real headings, tables and pictures, nothing automatic."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt

from evidence_app.dossier.editable.blocks import Block, Heading, Paragraph, Picture, Table
from evidence_app.dossier.options import DossierOptions, PageSize

if TYPE_CHECKING:
    from docx.document import Document

_PAGES: dict[PageSize, tuple[Mm, Mm]] = {
    "a4": (Mm(210), Mm(297)),
    "letter": (Mm(215.9), Mm(279.4)),
}
_MARGIN = Mm(22)
_LATIN, _CHINESE = "Calibri", "宋体"
_EMU_PER_PIXEL = 914_400 // 110
_START = b"\xff\xd8"
_JFIF = b"\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
_MOST_HEIGHT = Mm(215)


def write(
    blocks: Iterable[Block],
    title: str,
    author: str,
    made_at: datetime,
    options: DossierOptions,
    out: Path,
) -> None:
    """Write the file.

    Args:
        blocks: Its parts.
        title: In its properties.
        author: In its properties.
        made_at: Aware.
        options: Paper size.
        out: One that is there is replaced.
    """
    document = docx.Document()
    _arrange(document, options.page)
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by, properties.comments = (
        title[:250],
        author[:250],
        "",
        "",
    )
    properties.created = properties.modified = made_at.astimezone(UTC).replace(tzinfo=None)
    for block in blocks:
        _add(document, block)
    document.save(str(out))


def _arrange(document: Document, page: PageSize) -> None:
    [section] = document.sections
    section.page_width, section.page_height = _PAGES[page]
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = _MARGIN
    for style in document.styles:
        if style.type == WD_STYLE_TYPE.PARAGRAPH:
            # Chinese has a font of its own in each style, or Word takes any.
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for name in list(fonts.attrib):
                del fonts.attrib[name]
            fonts.set(qn("w:ascii"), _LATIN)
            fonts.set(qn("w:hAnsi"), _LATIN)
            fonts.set(qn("w:eastAsia"), _CHINESE)
    document.styles["Normal"].font.size = Pt(10.5)


def _add(document: Document, block: Block) -> None:
    if isinstance(block, Heading):
        document.add_heading(block.text, block.level)
    elif isinstance(block, Paragraph):
        document.add_paragraph().add_run(block.text).bold = block.is_warning or None
    elif isinstance(block, Table):
        _add_table(document, block)
    else:
        _add_picture(document, block)


def _add_table(document: Document, block: Table) -> None:
    rows = iter(block.rows)
    first = next(rows, None)
    if first is None:
        return
    table = document.add_table(0, len(first.cells), "Table Grid")
    if block.titles:
        head = table.add_row()
        for cell, text in zip(head.cells, block.titles, strict=True):
            cell.paragraphs[0].add_run(text).bold = True
        # Word repeats such a row on each page.
        repeated = head._tr.get_or_add_trPr()  # noqa: SLF001 - the library has no name for it.
        repeated.append(repeated.makeelement(qn("w:tblHeader"), {}))
    for row in chain([first], rows):
        for cell, text in zip(table.add_row().cells, row.cells, strict=True):
            cell.paragraphs[0].add_run(text)
    document.add_paragraph()


def _add_picture(document: Document, block: Picture) -> None:
    [section] = document.sections
    room = (section.page_width or 0) - 2 * _MARGIN
    width = min(block.width * _EMU_PER_PIXEL, room)
    width = min(width, _MOST_HEIGHT * block.width // block.height)
    data = block.data
    if block.is_jpeg and not data.startswith(_JFIF, len(_START)):
        # Pictures for print have no header of JFIF, by which the library knows a JPEG file.
        data = _START + _JFIF + data[len(_START) :]
    shape = document.add_picture(io.BytesIO(data), Emu(width))
    properties = shape._inline.docPr  # noqa: SLF001 - the library has no name for it.
    properties.set("descr", block.description)
