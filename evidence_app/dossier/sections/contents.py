"""The table of contents; the numbers of the pages are filled in at the end."""

from __future__ import annotations

from collections.abc import Sequence

from evidence_app.dossier import fonts
from evidence_app.dossier import text as texts
from evidence_app.dossier.context import Chapter, DossierContext
from evidence_app.dossier.sections import exhibit_marks
from evidence_app.dossier.styles import BODY, FAINT, STRONG, Style

KEY = "contents"
_PART = Style(8.6, 13.2)
_CHAPTER = STRONG
_INDENT = 16.0
_NUMBER_WIDTH = 34.0
_ABOVE_CHAPTER = 7.0


def write(book: DossierContext, chapters: Sequence[Chapter]) -> None:
    """Write the contents."""
    sheet = book.sheet
    sheet.section(KEY, book.wording("contents.title"))
    exhibit_marks.write_notice(book)
    with sheet.structure.within("TOC"):
        for chapter in chapters:
            sheet.room(_ABOVE_CHAPTER + 2 * _PART.leading)
            sheet.space(_ABOVE_CHAPTER)
            _row(book, chapter.key, chapter.title, _CHAPTER, 0)
            for key, title in chapter.parts:
                _row(book, key, title, _PART, _INDENT)


def _row(book: DossierContext, key: str, title: str, style: Style, indent: float) -> None:
    sheet = book.sheet
    sheet.room(style.leading)
    left, right = sheet.geometry.left + indent, sheet.geometry.right
    line = texts.shorten(
        texts.one_line(title), style.size, right - left - _NUMBER_WIDTH, style.bold
    )
    y = sheet.y - style.size - 1.5
    with sheet.structure.within("TOCI"), sheet.structure.within("Link"):
        sheet.link(key, left, sheet.y - style.leading, right - left, style.leading)
        sheet.put(left, y, line, style)
        sheet.put_page_of(key, right, y, style)
    _dots(book, left + fonts.width(line, style.bold) * style.size + 6, y)
    sheet.space(style.leading)


def _dots(book: DossierContext, start: float, y: float) -> None:
    end = book.sheet.geometry.right - _NUMBER_WIDTH + 6
    if end - start < BODY.size:
        return
    canvas = book.sheet.canvas
    canvas.setDash(0.6, 3)
    book.sheet.stroke(start, y + 0.5, end, y + 0.5, FAINT, 0.6)
    canvas.setDash()
