"""Lines, areas and pictures on a page. Areas and lines are no content, unless of a figure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from evidence_app.dossier import text as texts
from evidence_app.dossier.picture_store import PictureStore, PrintForm
from evidence_app.dossier.structure import END, NO_CONTENT, Structure
from evidence_app.dossier.styles import RULE, Colour, Geometry

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas


class PageDrawing:
    """What is drawn on the current page.

    Attributes:
        canvas: ReportLab's canvas.
        geometry: The page.
        structure: What the parts of the pages are.
    """

    def __init__(
        self, canvas: Canvas, geometry: Geometry, structure: Structure, pictures: PictureStore
    ) -> None:
        self.canvas = canvas
        self.geometry = geometry
        self.structure = structure
        self._pictures = pictures

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

    @contextmanager
    def figure(
        self, description: str, x: float, y: float, width: float, height: float
    ) -> Iterator[None]:
        """Let what is drawn and written be one figure.

        Args:
            description: What it shows, for those who cannot see it.
            x: The left edge.
            y: The lower edge.
            width: Of all of it.
            height: Of all of it.
        """
        code = self.canvas._code  # noqa: SLF001
        box = (x, y, x + width, y + height)
        with self.structure.within("Figure", Alt=texts.one_line(description), BBox=box):
            code += [END, self.structure.mark()]
            yield
            code += [END, NO_CONTENT]

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
