"""The text of a page, as operators of PDF, written after everything else on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_app.dossier import fonts, spoken
from evidence_app.dossier import text as texts
from evidence_app.dossier.options import DossierLanguage
from evidence_app.dossier.styles import Colour, Style

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_SMALL_FRAME = 0.4
Piece = tuple[str, str]
"""The name of a font's subset, and a string of PDF without its parentheses."""


class PageText:
    """Collects the lines of one page or form, in one text object.

    ReportLab sets font, colour and position anew for every string, and remembers all of it. A
    call log has half a million strings, so they are written in the shortest form that says the
    same.
    """

    def __init__(
        self, canvas: Canvas, cache: dict[Piece, list[Piece]], language: DossierLanguage
    ) -> None:
        self._canvas = canvas
        self._cache = cache
        self._language = language
        self._mark = ""
        self._before = self._last = ""
        self._y = 0.0
        self._code: list[str] = []
        self._font: tuple[str, float] = ("", 0.0)
        self._colour: Colour | None = None

    def put(self, x: float, y: float, text: str, style: Style, mark: str) -> float:
        """Write one line of clean text with its baseline at ``y``; return where it ends.

        Args:
            x: Where it begins.
            y: Its baseline.
            text: What it says.
            style: How.
            mark: What opens the stretch that it belongs to; the same as before to go on with it.
        """
        self._enter(mark, text, y)
        for language, part in spoken.stretches(text, self._language):
            if language:
                self._code.append(f"/Span <</Lang ({language})>> BDC")
            x = self._put_runs(x, y, part, style)
            if language:
                self._code.append("EMC")
        return x

    def _put_runs(self, x: float, y: float, text: str, style: Style) -> float:
        for run in fonts.runs(text, style.bold):
            if run.font == fonts.BOX:
                self._put_box(x, y, run, style)
            else:
                self._show(x, y, run.font, run.text, style.size, style.colour)
            self._before = run.font
            x += run.width * style.size
        return x

    def _enter(self, mark: str, text: str, y: float) -> None:
        """Begin a stretch; in one that goes on, say that a new line begins a new word."""
        if mark != self._mark:
            if self._mark:
                self._code.append("EMC")
            self._code.append(mark)
            self._mark = mark
        elif y != self._y and self._before in _WITH_SPACE and texts.is_parted(self._last, text):
            self._add_space()
        self._y, self._last = y, text

    def _add_space(self) -> None:
        """Write a space behind the last line, where it is not seen."""
        size = self._font[1]
        for subset, written in self._pieces(self._before, " "):
            self._set_font(subset, size)
            self._code.append(f"({written}) Tj")

    def _set_font(self, subset: str, size: float) -> None:
        if (subset, size) != self._font:
            self._font = subset, size
            self._code.append(f"{subset} {size:.4g} Tf")

    def flush(self) -> None:
        """Hand the text over to the canvas."""
        if self._code:
            self._canvas._code.append("\n".join(["BT", *self._code, "EMC", "ET"]))  # noqa: SLF001
        self._code, self._mark = [], ""

    def _show(self, x: float, y: float, font: str, text: str, size: float, colour: Colour) -> None:
        code = self._code
        if colour != self._colour:
            self._colour = colour
            code.append("{:.4g} {:.4g} {:.4g} rg".format(*colour))
        code.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")
        for subset, written in self._pieces(font, text):
            self._set_font(subset, size)
            code.append(f"({written}) Tj")

    def _pieces(self, font: str, text: str) -> list[Piece]:
        """The text in the font's subsets, which are the same for the whole document."""
        pieces = self._cache.get((font, text))
        if pieces is None:
            from reportlab.pdfbase import pdfmetrics

            document, loaded = self._canvas._doc, pdfmetrics.getFont(font)  # noqa: SLF001
            pieces = [
                (loaded.getSubsetInternalName(number, document), _escaped(codes))
                for number, codes in loaded.splitString(text, document)
            ]
            if len(self._cache) < _MOST_CACHED:
                self._cache[font, text] = pieces
        return pieces

    def _put_box(self, x: float, y: float, run: fonts.Run, style: Style) -> None:
        """A code point in a frame, for a character that no font has."""
        size = style.size
        inside = x + fonts.BOX_PADDING / 2 * size
        scaled = size * fonts.BOX_SCALE
        self._show(inside, y + size * 0.1, fonts.REGULAR, run.text, scaled, style.colour)
        inset = 0.05 * size
        canvas = self._canvas
        canvas.setStrokeColorRGB(*style.colour)
        canvas.setLineWidth(_SMALL_FRAME)
        wide = run.width * size - 2 * inset
        canvas.rect(x + inset, y - inset * 2, wide, 0.78 * size, stroke=1, fill=0)


_WITH_SPACE = (fonts.REGULAR, fonts.BOLD)
_MOST_CACHED = 4_000
_IN_STRINGS = {code: f"\\{code:03o}" for code in (*range(32), *range(127, 256))} | {
    ord("("): "\\(",
    ord(")"): "\\)",
    ord("\\"): "\\\\",
}


def _escaped(codes: bytes) -> str:
    """The inside of a string of PDF."""
    return codes.decode("latin-1").translate(_IN_STRINGS)
