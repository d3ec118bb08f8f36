"""The paper: pages one after the other, a position on them, and the means to write there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import BinaryIO

from evidence_app.dossier import fonts
from evidence_app.dossier import text as texts
from evidence_app.dossier.progress import Meter
from evidence_app.dossier.styles import (
    ACCENT,
    BODY,
    FINE,
    HEADING,
    PAGE_SIZES,
    RULE,
    SUBHEADING,
    Colour,
    Geometry,
    Style,
)
from evidence_app.dossier.wording import Wording


def _number_key(page: int) -> str:
    return f"number-{page}"


class PageWriter:
    """Pages with a running header, written from top to bottom.

    Numbers that are known only at the end (how many pages, where a chapter begins) are drawn as
    forms, which PDF allows to be defined after the pages that use them; so one pass is enough.

    Attributes:
        words: The dossier's words.
        meter: Progress and cancelling.
        geometry: The page.
        canvas: ReportLab's canvas, for drawing.
        y: The position from the bottom edge; what is written next stands under it.
        page_of: The page on which each anchor is.
    """

    def __init__(
        self, out: BinaryIO, page: str, words: Wording, meter: Meter, running_title: str
    ) -> None:
        from reportlab.pdfgen.canvas import Canvas

        fonts.register()
        self.words = words
        self.meter = meter
        self.geometry = Geometry(*PAGE_SIZES[page])
        self.canvas = Canvas(
            out,
            pagesize=PAGE_SIZES[page],
            initialFontName=fonts.REGULAR,
            lang="zh-Hans" if words.language == "zh" else "en",
            pdfVersion=(1, 7),
        )
        self.y = self.geometry.top
        self.page_of: dict[str, int] = {}
        self._running_title = running_title
        self._section = ""
        self._numbered: list[int] = []
        self._footing = False
        self._started = False

    @property
    def page(self) -> int:
        """The number of the page that is being written, from 1."""
        return int(self.canvas.getPageNumber())

    def describe(self, title: str, author: str, made_at: datetime, program: str) -> None:
        """Fill in the document's properties."""
        self.canvas.setTitle(title)
        self.canvas.setAuthor(author)
        self.canvas.setSubject(self.words("cover.kind"))
        self.canvas.setCreator(program)
        self.canvas.setDateFormatter(lambda *_: made_at.strftime("D:%Y%m%d%H%M%S") + "Z")

    # --- pages ---

    def blank_page(self) -> None:
        """Begin a page without header and footer."""
        self._leave_page()
        self._footing = False
        self.y = self.geometry.top

    def new_page(self) -> None:
        """Begin a page with header and footer."""
        self._leave_page()
        self._footing = True
        self.y = self.geometry.top
        self._draw_header()

    def room(self, height: float) -> bool:
        """Begin a page unless so much fits on this one; whether one was begun."""
        if self.y - height >= self.geometry.bottom:
            return False
        self.new_page()
        return True

    def space(self, height: float) -> None:
        """Go down."""
        self.y -= height

    def finish(self) -> None:
        """End the last page, fill in what only the end knows, and write the file."""
        self._leave_page()
        total = self.page - 1
        for page in self._numbered:
            with self.form(_number_key(page), self.geometry.measure / 2, 2 * FINE.leading):
                words = self.words("page.number", page=page, total=total)
                self.put(0, FINE.leading / 2, words, FINE)
        self.canvas.showOutline()
        self.canvas.save()

    def _leave_page(self) -> None:
        self.meter.check()
        if self._started:
            if self._footing:
                self._draw_footer()
            self.canvas.showPage()
        self._started = True

    def _draw_header(self) -> None:
        geometry = self.geometry
        y = geometry.height - 46
        half = geometry.measure / 2 - 8
        self.put(geometry.left, y, texts.shorten(self._running_title, FINE.size, half), FINE)
        section = texts.shorten(self._section, FINE.size, half)
        self.put_right(geometry.right, y, section, FINE)
        self.rule(y - 7)

    def _draw_footer(self) -> None:
        geometry = self.geometry
        y = 38.0
        self.rule(y + 14)
        self.canvas.saveState()
        self.canvas.translate(geometry.left, y - FINE.leading / 2)
        self.canvas.doForm(_number_key(self.page))
        self.canvas.restoreState()
        self._numbered.append(self.page)
        self.put_right(geometry.right, y, self.words("cover.kind"), FINE)

    # --- places to go to ---

    def section(self, key: str, title: str, colour: Colour = ACCENT) -> None:
        """Begin a chapter on a page of its own."""
        self._section = title
        self.new_page()
        self.anchor(key, title, level=0)
        self.paragraph(title, HEADING)
        self.canvas.setFillColorRGB(*colour)
        self.canvas.rect(self.geometry.left, self.y - 3, 34, 2.2, stroke=0, fill=1)
        self.space(22)

    def anchor(self, key: str, title: str = "", level: int = 0) -> None:
        """Make this place one that links lead to; a title puts it into the bookmarks too."""
        self.page_of[key] = self.page
        top = min(self.geometry.height, self.y + 14)
        self.canvas.bookmarkHorizontalAbsolute(key, top)
        if title:
            closed = level == 0
            self.canvas.addOutlineEntry(texts.plain(title), key, level=level, closed=closed)

    def link(self, key: str, x: float, y: float, width: float, height: float) -> None:
        """Make a rectangle, given by its lower left corner, lead to an anchor."""
        words = self.words("page.link")
        self.canvas.linkAbsolute(words, key, (x, y, x + width, y + height), Border="[0 0 0]")

    @contextmanager
    def form(self, name: str, width: float, height: float) -> Iterator[None]:
        """Draw something that pages show by `canvas.doForm`, before or after this."""
        self.canvas.beginForm(name, 0, 0, width, height)
        yield
        self.canvas.endForm()

    # --- writing ---

    def put(self, x: float, y: float, text: str, style: Style) -> float:
        """Write one line of clean text with its baseline at ``y``; return where it ends."""
        pen = self.canvas.beginText(x, y)
        pen.setFillColorRGB(*style.colour)
        boxes: list[tuple[float, float]] = []
        for run in fonts.runs(text, style.bold):
            wide = run.width * style.size
            pen.setTextOrigin(x, y)
            if run.font == fonts.BOX:
                boxes.append((x, wide))
                pen.setTextOrigin(x + fonts.BOX_PADDING / 2 * style.size, y + style.size * 0.1)
                pen.setFont(fonts.REGULAR, style.size * fonts.BOX_SCALE)
            else:
                pen.setFont(run.font, style.size)
            pen.textOut(run.text)
            x += wide
        self.canvas.drawText(pen)
        for left, wide in boxes:
            self._frame(left, y, wide, style)
        return x

    def _frame(self, x: float, y: float, width: float, style: Style) -> None:
        self.canvas.setStrokeColorRGB(*style.colour)
        self.canvas.setLineWidth(0.4)
        inset = 0.05 * style.size
        height = 0.78 * style.size
        self.canvas.rect(x + inset, y - inset * 2, width - 2 * inset, height, stroke=1, fill=0)

    def put_right(self, x: float, y: float, text: str, style: Style) -> float:
        """Write one line that ends at ``x``; return where it begins."""
        start = x - fonts.width(text, style.bold) * style.size
        self.put(start, y, text, style)
        return start

    def paragraph(
        self, text: str, style: Style = BODY, *, indent: float = 0.0, after: float = 0.0
    ) -> None:
        """Write text of any length from the position on, over as many pages as it needs."""
        available = self.geometry.measure - indent
        for line in texts.wrap(texts.clean(text), style.size, available, style.bold):
            self.room(style.leading)
            self.line(line, style, indent)
        self.space(after)

    def line(self, line: str, style: Style, indent: float = 0.0) -> None:
        """Write one line and go down by its leading."""
        baseline = self.y - style.leading + (style.leading - style.size) / 2 + style.size * 0.14
        self.put(self.geometry.left + indent, baseline, line, style)
        self.y -= style.leading

    def subheading(self, text: str, *, keep_with: float = 40.0) -> None:
        """Write a heading that stays together with what follows."""
        self.room(SUBHEADING.leading + keep_with)
        self.paragraph(text, SUBHEADING, after=3)

    def rule(self, y: float, colour: Colour = RULE) -> None:
        """A thin line from margin to margin."""
        self.canvas.setStrokeColorRGB(*colour)
        self.canvas.setLineWidth(0.5)
        self.canvas.line(self.geometry.left, y, self.geometry.right, y)

    def fill(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """A plain rectangle, given by its lower left corner."""
        self.canvas.setFillColorRGB(*colour)
        self.canvas.rect(x, y, width, height, stroke=0, fill=1)
