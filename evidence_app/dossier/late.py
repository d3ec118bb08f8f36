"""What is put on a page when all pages are written: what only the end knows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from evidence_app.dossier.structure import Element
from evidence_app.dossier.styles import Style
from evidence_app.model.region import Region


@dataclass(frozen=True, slots=True)
class LateLine:
    """A line of which only the end knows what it says.

    Attributes:
        x: Where it begins, or ends if it is ``right``.
        y: Its baseline.
        say: What it says; asked only at the end.
        style: How.
        right: Whether it ends at ``x``.
        mark: What opens its stretch of text.
    """

    x: float
    y: float
    say: Callable[[], str]
    style: Style
    right: bool
    mark: str


@dataclass(frozen=True, slots=True)
class LatePicture:
    """A part of an exhibit's picture, which is drawn when the exhibit was.

    Attributes:
        number: Of the exhibit; nothing is drawn if it shows no picture after all.
        part: Of the picture.
        x: The left edge.
        y: The lower edge.
        width: At most so wide.
        height: At most so high.
        figure: Its element.
        mark: What opens its stretch of the page.
    """

    number: int
    part: Region
    x: float
    y: float
    width: float
    height: float
    figure: Element
    mark: str


@dataclass(slots=True)
class LatePage:
    """All that is put on one page at the end."""

    lines: list[LateLine] = field(default_factory=list)
    pictures: list[LatePicture] = field(default_factory=list)
