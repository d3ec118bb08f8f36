"""The paper: pages one after the other, a position on them, and the means to write there."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO

from evidence_app.dossier import fonts, spoken
from evidence_app.dossier import text as texts
from evidence_app.dossier.late import LateLine, LatePage, LatePicture
from evidence_app.dossier.page_drawing import PageDrawing
from evidence_app.dossier.page_text import PageText, Piece
from evidence_app.dossier.picture_store import PictureStore, PrintForm
from evidence_app.dossier.signature_place import SignaturePlace
from evidence_app.dossier.structure import END, GROUPS, NO_CONTENT, Structure
from evidence_app.dossier.styles import (
    ACCENT,
    BODY,
    FINE,
    HEADING,
    SUBHEADING,
    Colour,
    Geometry,
    Style,
)
from evidence_app.dossier.wording import Wording
from evidence_app.model.region import Region
from evidence_app.progress import Meter

if TYPE_CHECKING:
    from reportlab.pdfbase.pdfdoc import PDFStream

_FOOT = 38.0
_COMPRESSION = 6


class PageWriter(PageDrawing):
    """Pages with a running header, written from top to bottom.

    What is known only at the end (how many pages, where a chapter begins) is a second stream of
    its page; so one pass is enough. A page is compressed as soon as it is left. All text belongs
    to an element of the structure, or is marked as none; so do figures, and areas are none.

    Attributes:
        wording: The dossier's texts in its language.
        meter: Progress and cancelling.
        structure: What the parts of the pages are.
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
        structure: Structure,
        geometry: Geometry,
        wording: Wording,
        meter: Meter,
        running_title: str,
    ) -> None:
        from reportlab.pdfgen.canvas import Canvas

        fonts.register()
        self.wording = wording
        self.meter = meter
        self.signature_place: SignaturePlace | None = None
        canvas = Canvas(
            out,
            pagesize=(geometry.width, geometry.height),
            initialFontName=fonts.REGULAR,
            lang=spoken.OF_DOCUMENT[wording.language],
            pdfVersion=(1, 7),
            invariant=1,
        )
        super().__init__(canvas, geometry, structure, pictures)
        self.y = self.geometry.top
        self.page_of: dict[str, int] = {}
        self.page_of_event: dict[int, int] = {}
        self.picture_of: dict[int, PrintForm] = {}
        self._running_title = running_title
        self._section = ""
        self._cache: dict[Piece, list[Piece]] = {}
        self._text = self._new_text()
        self._late: dict[int, LatePage] = {}
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
        self.canvas.setSubject(self.wording("cover.kind"))
        self.canvas.setCreator(program)
        self.canvas.setDateFormatter(lambda *_: made_at.strftime("D:%Y%m%d%H%M%S") + "Z")

    # --- pages ---

    def blank_page(self) -> None:
        """Begin a page without a header."""
        self._leave_page()
        self._begin_page()

    def new_page(self) -> None:
        """Begin a page with a header."""
        self._leave_page()
        self._begin_page()
        with self.structure.nothing():
            self._draw_header()

    def _begin_page(self) -> None:
        self.structure.begin_page()
        self.canvas._code.append(NO_CONTENT)  # noqa: SLF001
        self.y = self.geometry.top

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
            self._add_late(page, late)
        self.structure.finish()
        for name in self._pictures.names():
            self.canvas.beginForm(name, 0, 0, 1, 1)
            self.canvas.endForm()
        self.canvas.showOutline()
        self.canvas.save()

    def _leave_page(self) -> None:
        self.meter.check()
        if self._started:
            with self.structure.nothing():
                self._draw_footer()
            self.canvas._code.append(END)  # noqa: SLF001
            self._text.flush()
            number = self.page
            self.canvas.showPage()
            self._compress(number)
            self._text = self._new_text()
        self._started = True

    def _new_text(self) -> PageText:
        return PageText(self.canvas, self._cache, self.wording.language)

    def _add_late(self, number: int, late: LatePage) -> None:
        """Give a page a second stream; it has the resources of both."""
        from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary

        canvas, self._text = self.canvas, self._new_text()
        canvas._code, canvas._formsinuse = [], []  # noqa: SLF001
        for picture in late.pictures:
            self._draw_late(picture)
        canvas._code.append(NO_CONTENT)  # noqa: SLF001
        for line in late.lines:
            text = line.say()
            wide = fonts.width(text, line.style.bold) * line.style.size if line.right else 0.0
            self._text.put(line.x - wide, line.y, text, line.style, line.mark)
        canvas._code.append(END)  # noqa: SLF001
        self._text.flush()
        document = canvas._doc  # noqa: SLF001
        page = document.idToObject[f"Page{number}"]
        streams = page.Contents, _packed("\n".join(canvas._code))  # noqa: SLF001
        page.Contents = PDFArray([document.Reference(stream) for stream in streams])
        used = page.XObjects.dict if page.XObjects else {}
        added = document.xobjDict(canvas._formsinuse).dict  # noqa: SLF001
        page.XObjects = PDFDictionary({**used, **added}) if used or added else None
        canvas._code, canvas._formsinuse = [], []  # noqa: SLF001

    def _compress(self, number: int) -> None:
        """Hold a page as it will be in the file; ReportLab would hold its code until the end."""
        page = self.canvas._doc.idToObject[f"Page{number}"]  # noqa: SLF001
        page.Contents, page.stream = _packed(page.stream), None

    def _draw_header(self) -> None:
        geometry = self.geometry
        y = geometry.height - 46
        half = geometry.measure / 2 - 8
        self.put(geometry.left, y, texts.shorten(self._running_title, FINE.size, half), FINE)
        section = texts.shorten(self._section, FINE.size, half)
        self.put_right(geometry.right, y, section, FINE)
        self.rule(y - 7)

    def _draw_footer(self) -> None:
        page, wording = self.page, self.wording
        self.rule(_FOOT + 14)
        self.put_later(
            self.geometry.left,
            _FOOT,
            lambda: wording("page.number", page=page, total=self._total),
            FINE,
        )
        self.put_right(self.geometry.right, _FOOT, wording("cover.kind"), FINE)

    # --- places to go to ---

    def section(self, key: str, title: str, colour: Colour = ACCENT) -> None:
        """Begin a chapter on a page of its own."""
        self._section = title
        self.new_page()
        self.anchor(key, title, level=0)
        self.paragraph(title, HEADING, tag="H1")
        self.fill(self.geometry.left, self.y - 3, 34, 2.2, colour)
        self.space(22)

    def anchor(self, key: str, title: str = "", level: int = 0) -> None:
        """Make this place one that links lead to; a title puts it into the bookmarks too."""
        self.page_of[key] = self.page
        top = min(self.geometry.height, self.y + 14)
        self.canvas.bookmarkHorizontalAbsolute(key, top)
        if title:
            bookmark = self.wording("page.bookmark", title=texts.plain(title), page=self.page)
            self.canvas.addOutlineEntry(bookmark, key, level=level, closed=level == 0)

    def link(self, key: str, x: float, y: float, width: float, height: float) -> None:
        """Make a rectangle, given by its lower left corner, lead to an anchor."""
        description = self.wording("page.link")
        self.canvas.linkAbsolute(description, key, (x, y, x + width, y + height), Border="[0 0 0]")
        self.structure.link()

    # --- writing ---

    def put(self, x: float, y: float, text: str, style: Style) -> float:
        """Write one line of clean text with its baseline at ``y``; return where it ends."""
        if self.structure.current.tag in GROUPS:
            with self.structure.within("P"):
                return self.put(x, y, text, style)
        return self._text.put(x, y, text, style, self.structure.operator())

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
        mark = self.structure.mark()
        self._late_here().lines.append(LateLine(x, y, say, style, right, mark))

    def _late_here(self) -> LatePage:
        return self._late.setdefault(self.page, LatePage())

    def put_page_of(self, key: str, x: float, y: float, style: Style) -> None:
        """Write the number of the page on which an anchor is, to the left of ``x``."""
        self.put_later(x, y, lambda: str(self.page_of[key]), style, right=True)

    @contextmanager
    def leading(self, key: str, tag: str = "P") -> Iterator[None]:
        """Let lines, all on this page, be one element that leads to an anchor."""
        top = self.y
        with self.structure.within(tag), self.structure.within("Link"):
            yield
            self.link(key, self.geometry.left, self.y, self.geometry.measure, top - self.y)

    def paragraph(
        self,
        text: str,
        style: Style = BODY,
        *,
        indent: float = 0.0,
        after: float = 0.0,
        tag: str = "P",
    ) -> None:
        """Write text of any length from the position on, over as many pages as it needs.

        Args:
            text: What it says; each of its lines is a paragraph.
            style: How.
            indent: From the left margin.
            after: How far to go down behind it.
            tag: What its paragraphs are.
        """
        available = self.geometry.measure - indent
        for part in texts.clean(text).split("\n"):
            with self.structure.within(tag):
                for line in texts.wrap(part, style.size, available, style.bold):
                    self.room(style.leading)
                    self.line(line, style, indent)
        self.space(after)

    def line(self, line: str, style: Style, indent: float = 0.0) -> None:
        """Write one line and go down by its leading."""
        baseline = self.y - style.leading + (style.leading - style.size) / 2 + style.size * 0.14
        self.put(self.geometry.left + indent, baseline, line, style)
        self.y -= style.leading

    def subheading(self, text: str, *, keep_with: float = 86.0) -> None:
        """Write a heading that stays together with what follows."""
        self.room(SUBHEADING.leading + keep_with)
        self.paragraph(text, SUBHEADING, after=3, tag="H2")

    def picture_later(
        self,
        number: int,
        part: Region,
        description: str,
        x: float,
        y: float,
        width: float,
        height: float,
    ) -> None:
        """Draw a part of an exhibit's picture within a rectangle, once the exhibit is written.

        Args:
            number: Of the exhibit; nothing is drawn if it shows no picture after all.
            part: Of the picture.
            description: What it shows, for those who cannot see it.
            x: The left edge.
            y: The lower edge.
            width: At most so wide.
            height: At most so high.
        """
        box = (x, y, x + width, y + height)
        figure = self.structure.begin("Figure", Alt=texts.one_line(description), BBox=box)
        mark = self.structure.mark(figure)
        late = LatePicture(number, part, x, y, width, height, figure, mark)
        self._late_here().pictures.append(late)

    def _draw_late(self, late: LatePicture) -> None:
        code, form = self.canvas._code, self.picture_of.get(late.number)  # noqa: SLF001
        code.append(late.mark)
        if form is None:
            late.figure.tag = "NonStruct"
            late.figure.attributes.clear()
        else:
            self._draw_part(form, late)
        code.append(END)
        self.structure.end(late.figure)

    def _draw_part(self, form: PrintForm, late: LatePicture) -> None:
        wide, high = late.part.width * form.width, late.part.height * form.height
        scale = min(late.width / wide, late.height / high)
        top, width, height = late.y + late.height, wide * scale, high * scale
        with self.clipped(late.x, top - height, width, height):
            left = late.x - late.part.left * form.width * scale
            bottom = top + late.part.top * form.height * scale - form.height * scale
            self.picture(form, left, bottom, form.width * scale, form.height * scale)
        self.frame(late.x, top - height, width, height)


def _packed(code: str) -> PDFStream:
    """A stream of a page as it is in the file."""
    from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFStream

    data = zlib.compress(code.encode("latin-1"), _COMPRESSION)
    return PDFStream(PDFDictionary({"Filter": PDFName("FlateDecode")}), data, [])
