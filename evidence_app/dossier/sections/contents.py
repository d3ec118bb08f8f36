"""The table of contents: its room first, its lines last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evidence_app.dossier import text as texts
from evidence_app.dossier.context import Chapter, DossierContext
from evidence_app.dossier.styles import BODY, FAINT, STRONG, Style

_KEY = "contents"
_PART = Style(8.6, 14.5)
_CHAPTER = STRONG
_INDENT = 16.0
_NUMBER_WIDTH = 34.0
_ABOVE_CHAPTER = 7.0


@dataclass(frozen=True, slots=True)
class _Row:
    """One line and where it stands."""

    key: str
    title: str
    x: float
    y: float
    style: Style


class Contents:
    """The contents: room for them first, their lines when all is written."""

    def __init__(self, book: DossierContext, chapters: Sequence[Chapter]) -> None:
        self._book = book
        self._rows: list[list[_Row]] = []
        sheet = book.sheet
        sheet.section(_KEY, book.words("contents.title"))
        self._begin_form()
        for chapter in chapters:
            if sheet.y - _ABOVE_CHAPTER - 2 * _PART.leading < sheet.geometry.bottom:
                self._next_page()
            sheet.space(_ABOVE_CHAPTER)
            self._row(chapter.key, chapter.title, _CHAPTER, 0)
            for key, title in chapter.parts:
                self._row(key, title, _PART, _INDENT)

    def fill_in(self) -> None:
        """Write the lines, now that the page numbers are known."""
        sheet = self._book.sheet
        geometry = sheet.geometry
        for n, rows in enumerate(self._rows):
            with sheet.form(f"{_KEY}-{n}", geometry.width, geometry.height):
                for row in rows:
                    self._draw(row)

    def _begin_form(self) -> None:
        self._book.sheet.canvas.doForm(f"{_KEY}-{len(self._rows)}")
        self._rows.append([])

    def _next_page(self) -> None:
        self._book.sheet.new_page()
        self._begin_form()

    def _row(self, key: str, title: str, style: Style, indent: float) -> None:
        sheet = self._book.sheet
        if sheet.y - style.leading < sheet.geometry.bottom:
            self._next_page()
        left, right = sheet.geometry.left + indent, sheet.geometry.right
        words = texts.shorten(
            texts.one_line(title), style.size, right - left - _NUMBER_WIDTH, style.bold
        )
        sheet.link(key, left, sheet.y - style.leading, right - left, style.leading)
        self._rows[-1].append(_Row(key, words, left, sheet.y - style.size - 1.5, style))
        sheet.space(style.leading)

    def _draw(self, row: _Row) -> None:
        sheet = self._book.sheet
        right = sheet.geometry.right
        end = sheet.put(row.x, row.y, row.title, row.style)
        sheet.put_right(right, row.y, str(sheet.page_of[row.key]), row.style)
        self._dots(end + 6, right - _NUMBER_WIDTH + 6, row.y)

    def _dots(self, start: float, end: float, y: float) -> None:
        if end - start < BODY.size:
            return
        canvas = self._book.sheet.canvas
        canvas.setStrokeColorRGB(*FAINT)
        canvas.setLineWidth(0.6)
        canvas.setDash(0.6, 3)
        canvas.line(start, y + 0.5, end, y + 0.5)
        canvas.setDash()
