"""How the dossier looks: sizes, colours, margins. Lengths are in points."""

from __future__ import annotations

from dataclasses import dataclass, replace

Colour = tuple[float, float, float]
"""Red, green and blue from 0 to 1."""


def _colour(code: str) -> Colour:
    red, green, blue = (int(code[n : n + 2], 16) / 255 for n in (1, 3, 5))
    return red, green, blue


INK = _colour("#1c2430")
SOFT = _colour("#5b6675")
FAINT = _colour("#8f98a5")
RULE = _colour("#d5dae1")
TINT = _colour("#f3f5f8")
ACCENT = _colour("#1f4e79")
ACCENT_LIGHT = _colour("#8fb0cf")
ACCENT_PALE = _colour("#c9d6e4")
WARNING = _colour("#a32020")
WHITE: Colour = (1.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set.

    Attributes:
        size: Of the letters.
        leading: From one baseline to the next.
        bold: Whether in the bold weight.
        colour: Of the letters.
    """

    size: float
    leading: float
    bold: bool = False
    colour: Colour = INK

    def coloured(self, colour: Colour) -> Style:
        """The same in another colour."""
        return replace(self, colour=colour)


TITLE = Style(27, 36, True)
HEADING = Style(19, 26, True)
SUBHEADING = Style(12.5, 18, True)
STRONG = Style(9.5, 14, True)
BODY = Style(9.5, 15)
SMALL = Style(8, 11.5)
CELL = Style(8, 11)
CELL_HEAD = Style(7, 10, True, SOFT)
FINE = Style(6.8, 9.5, False, SOFT)
FIGURE = Style(22, 26, True, ACCENT)
HASH = Style(7.6, 11)
LABEL = Style(8, 11.5, False, SOFT)

BINDING_MARGIN = 28 / 25.4 * 72
"""At the left of a page that is to be bound: 28 mm, as courts ask for."""

BOUND_RIGHT = 52.0
"""At the right of such a page."""

PAGE_SIZES = {"a4": (595.276, 841.89), "letter": (612.0, 792.0)}


@dataclass(frozen=True, slots=True)
class Geometry:
    """The page and the part of it that is written on.

    Attributes:
        width: Of the page.
        height: Of the page.
        left: Where the text begins, from the left edge.
        margin_right: From where the text ends to the right edge.
        margin_top: From the top edge to where the text begins.
        bottom: Where the text ends, from the bottom edge.
    """

    width: float
    height: float
    left: float = 62.0
    margin_right: float = 62.0
    margin_top: float = 78.0
    bottom: float = 66.0

    @property
    def top(self) -> float:
        """Where the text begins, from the bottom edge."""
        return self.height - self.margin_top

    @property
    def right(self) -> float:
        """Where the text ends, from the left edge."""
        return self.width - self.margin_right

    @property
    def measure(self) -> float:
        """The width of the text."""
        return self.width - self.left - self.margin_right


def geometry(page: str, *, is_bound: bool) -> Geometry:
    """The page of a paper size, with room to bind or punch it at the left if it is to be bound."""
    width, height = PAGE_SIZES[page]
    if not is_bound:
        return Geometry(width, height)
    return Geometry(width, height, BINDING_MARGIN, BOUND_RIGHT)
