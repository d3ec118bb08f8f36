"""A part of a picture or page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evidence_app.model.reading import Box


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle on a picture or page as it is shown upright, in shares of its width and height.

    An arrow goes from ``left``, ``top`` and may go to the left or up: only its width and height
    can be negative.
    """

    left: float
    top: float
    width: float
    height: float

    @classmethod
    def of(cls, box: Box, width: int, height: int) -> Region:
        """The shares of a rectangle in pixels, on a picture of that size."""
        across, down = max(width, 1), max(height, 1)
        return cls(box.left / across, box.top / down, box.width / across, box.height / down)

    def touches(self, other: Region) -> bool:
        """Whether the two have any area in common."""
        return (
            self.left < other.left + other.width
            and other.left < self.left + self.width
            and self.top < other.top + other.height
            and other.top < self.top + self.height
        )

    def overlap(self, other: Region) -> float:
        """How much of the smaller one lies in the other, from 0 to 1."""
        across = min(self.left + self.width, other.left + other.width) - max(self.left, other.left)
        down = min(self.top + self.height, other.top + other.height) - max(self.top, other.top)
        smaller = min(self.width * self.height, other.width * other.height)
        if across <= 0 or down <= 0 or smaller <= 0:
            return 0.0
        return across * down / smaller
