"""The paper: pages one after the other, a position on them, and the means to write there."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from evidence_app.dossier import fonts
from evidence_app.dossier import text as texts
from evidence_app.dossier.page_text import PageText, Piece
from evidence_app.dossier.picture_store import PictureStore, PrintForm
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
from evidence_app.model.region import Region
from evidence_app.progress import Meter

_FOOT = 38.0
_COMPRESSION = 6


@dataclass(frozen=True, slots=True)
class _Late:
    """A line of which only the end knows what it says."""

    x: float
    y: float
    say: Callable[[], str]
    style: Style
    right: bool


@dataclass(frozen=True, slots=True)
class _LatePicture:
    """A part of an exhibit's picture, which is drawn when the exhibit was."""

    number: int
    part: Region
    x: float
    y: float
    width: float
    height: float


class PageWriter:
    """Pages with a running header, written from top to bottom.

    What is known only at the end (how many pages, where a chapter begins) is drawn as a form,
    which PDF allows to be defined after the page that uses it; so one pass is enough. A page is
    compressed as soon as it is left.

    Attributes:
        words: The dossier's words.
        meter: Progress and cancelling.
        geometry: The page.
        canvas: ReportLab's canvas, for drawing lines; text and areas go through this class.
        y: The position from the bottom edge; what is written next stands under it.
        page_of: The page on which each anchor is.
        picture_of: The picture of each exhibit that is one and has nothing blacked out.
        page_of_event: The page on which an exhibit shows an event, by the event's number.
    """

    def __init__(
        self,
        out: BinaryIO,
        pictures: PictureStore,
        page: str,
        words: Wording,
        meter: Meter,
        running_title: str,
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
            lang="en" if words.language == "en" else "zh-Hans",
            pdfVersion=(1, 7),
            invariant=1,
        )
        self.y = self.geometry.top
        self.page_of: dict[str, int] = {}
        self.page_of_event: dict[int, int] = {}
        self.picture_of: dict[int, PrintForm] = {}
        self._pictures = pictures
        self._running_title = running_title
        self._section = ""
        self._known: dict[Piece, list[Piece]] = {}
        self._text = PageText(self.canvas, self._known)
        self._late: dict[int, list[_Late]] = {}
        self._late_pictures: dict[int, list[_LatePicture]] = {}
        self._total = 0
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
        """Begin a page without a header."""
        self._leave_page()
        self.y = self.geometry.top

    def new_page(self) -> None:
        """Begin a page with a header."""
        self._leave_page()
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
        self._total = self.page - 1
        for page, late in self._late.items():
            with self.form(_late_key(page)):
                for picture in self._late_pictures.get(page, ()):
                    self._draw_late(picture)
                for one in late:
                    put = self.put_right if one.right else self.put
                    put(one.x, one.y, one.say(), one.style)
        for name in self._pictures.names():
            with self.form(name):
                pass
        self.canvas.showOutline()
        self.canvas.save()

    def _leave_page(self) -> None:
        self.meter.check()
        if self._started:
            self._draw_footer()
            self._text.flush()
            number = self.page
            self.canvas.doForm(_late_key(number))
            self.canvas.showPage()
            self._compress(number)
            self._text = PageText(self.canvas, self._known)
        self._started = True

    def _compress(self, number: int) -> None:
        """Hold a page as it will be in the file; ReportLab would hold its code until the end."""
        from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFStream

        page = self.canvas._doc.idToObject[f"Page{number}"]  # noqa: SLF001
        data = zlib.compress(page.stream.encode("latin-1"), _COMPRESSION)
        filtered = PDFDictionary({"Filter": PDFName("FlateDecode")})
        page.Contents, page.stream = PDFStream(filtered, data, []), None

    def _draw_header(self) -> None:
        geometry = self.geometry
        y = geometry.height - 46
        half = geometry.measure / 2 - 8
        self.put(geometry.left, y, texts.shorten(self._running_title, FINE.size, half), FINE)
        section = texts.shorten(self._section, FINE.size, half)
        self.put_right(geometry.right, y, section, FINE)
        self.rule(y - 7)

    def _draw_footer(self) -> None:
        page, words = self.page, self.words
        self.rule(_FOOT + 14)
        self.put_later(
            self.geometry.left,
            _FOOT,
            lambda: words("page.number", page=page, total=self._total),
            FINE,
        )
        self.put_right(self.geometry.right, _FOOT, words("cover.kind"), FINE)

    # --- places to go to ---

    def section(self, key: str, title: str, colour: Colour = ACCENT) -> None:
        """Begin a chapter on a page of its own."""
        self._section = title
        self.new_page()
        self.anchor(key, title, level=0)
        self.paragraph(title, HEADING)
        self.fill(self.geometry.left, self.y - 3, 34, 2.2, colour)
        self.space(22)

    def anchor(self, key: str, title: str = "", level: int = 0) -> None:
        """Make this place one that links lead to; a title puts it into the bookmarks too."""
        self.page_of[key] = self.page
        top = min(self.geometry.height, self.y + 14)
        self.canvas.bookmarkHorizontalAbsolute(key, top)
        if title:
            shown = self.words("page.bookmark", title=texts.plain(title), page=self.page)
            self.canvas.addOutlineEntry(shown, key, level=level, closed=level == 0)

    def link(self, key: str, x: float, y: float, width: float, height: float) -> None:
        """Make a rectangle, given by its lower left corner, lead to an anchor."""
        words = self.words("page.link")
        self.canvas.linkAbsolute(words, key, (x, y, x + width, y + height), Border="[0 0 0]")

    @contextmanager
    def form(self, name: str) -> Iterator[None]:
        """Draw something of a page's size that pages show by `canvas.doForm`."""
        outer, self._text = self._text, PageText(self.canvas, self._known)
        self.canvas.beginForm(name, 0, 0, self.geometry.width, self.geometry.height)
        yield
        self._text.flush()
        self.canvas.endForm()
        self._text = outer

    # --- writing ---

    def put(self, x: float, y: float, text: str, style: Style) -> float:
        """Write one line of clean text with its baseline at ``y``; return where it ends."""
        return self._text.put(x, y, text, style)

    def put_right(self, x: float, y: float, text: str, style: Style) -> float:
        """Write one line that ends at ``x``; return where it begins."""
        start = x - fonts.width(text, style.bold) * style.size
        self.put(start, y, text, style)
        return start

    def put_later(
        self, x: float, y: float, say: Callable[[], str], style: Style, *, right: bool = False
    ) -> None:
        """Write one line when all pages are written; ``say`` is asked only then.

        Args:
            x: Where it begins, or ends if it is ``right``.
            y: Its baseline.
            say: What it says.
            style: How.
            right: Whether it ends at ``x``.
        """
        late = self._late.get(self.page)
        if late is None:
            late = self._late[self.page] = []
        late.append(_Late(x, y, say, style, right))

    def put_page_of(self, key: str, x: float, y: float, style: Style) -> None:
        """Write the number of the page on which an anchor is, to the left of ``x``."""
        self.put_later(x, y, lambda: str(self.page_of[key]), style, right=True)

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

    # --- drawing ---

    def rule(self, y: float, colour: Colour = RULE) -> None:
        """A thin line from margin to margin."""
        self.stroke(self.geometry.left, y, self.geometry.right, y, colour)

    def stroke(
        self, x: float, y: float, to_x: float, to_y: float, colour: Colour, width: float = 0.5
    ) -> None:
        """A line."""
        self.canvas.setStrokeColorRGB(*colour)
        self.canvas.setLineWidth(width)
        self.canvas.line(x, y, to_x, to_y)

    def fill(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """A plain rectangle, given by its lower left corner."""
        self.canvas.setFillColorRGB(*colour)
        self.canvas.rect(x, y, width, height, stroke=0, fill=1)

    def frame(self, x: float, y: float, width: float, height: float) -> None:
        """A thin frame, given by its lower left corner."""
        self.canvas.setStrokeColorRGB(*RULE)
        self.canvas.setLineWidth(0.6)
        self.canvas.rect(x, y, width, height, stroke=1, fill=0)

    def picture(self, form: PrintForm, x: float, y: float, width: float, height: float) -> None:
        """A picture, given by its lower left corner; it may reach beyond what is clipped."""
        canvas = self.canvas
        canvas.saveState()
        canvas.translate(x, y)
        canvas.scale(width, height)
        canvas.doForm(self._pictures.add(form))
        canvas.restoreState()

    def picture_later(
        self, number: int, part: Region, x: float, y: float, width: float, height: float
    ) -> None:
        """Draw a part of an exhibit's picture within a rectangle, once the exhibit is written.

        Args:
            number: Of the exhibit; nothing is drawn if it shows no picture after all.
            part: Of the picture.
            x: The left edge.
            y: The lower edge.
            width: At most so wide.
            height: At most so high.
        """
        late = _LatePicture(number, part, x, y, width, height)
        self._late_pictures.setdefault(self.page, []).append(late)

    def _draw_late(self, one: _LatePicture) -> None:
        form = self.picture_of.get(one.number)
        if form is None:
            return
        wide, high = one.part.width * form.width, one.part.height * form.height
        scale = min(one.width / wide, one.height / high)
        top, width, height = one.y + one.height, wide * scale, high * scale
        with self.clipped(one.x, top - height, width, height):
            left = one.x - one.part.left * form.width * scale
            bottom = top + one.part.top * form.height * scale - form.height * scale
            self.picture(form, left, bottom, form.width * scale, form.height * scale)
        self.frame(one.x, top - height, width, height)

    @contextmanager
    def clipped(self, x: float, y: float, width: float, height: float) -> Iterator[None]:
        """Draw only what is within a rectangle; text is not clipped."""
        canvas = self.canvas
        canvas.saveState()
        window = canvas.beginPath()
        window.rect(x, y, width, height)
        canvas.clipPath(window, stroke=0, fill=0)
        yield
        canvas.restoreState()


def _late_key(page: int) -> str:
    return f"late-{page}"
