"""Which pixels a redaction covers.

A JPEG betrays around a tight box what was under it: each block of pixels is coded as one, and
colours are smoothed over its edge. So a box is grown by a margin and to the grid of the blocks.
Measured over pairs of pictures that differ only under the box (see
``tests/dossier/test_redaction_leaks.py``): after that, no pixel outside differs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

from evidence_app.model.region import Region

MARGIN = 8
"""Pixels."""

_SMOOTHED = 2
"""Pixels beyond a block that decoders mix with its colours."""


@dataclass(frozen=True, slots=True)
class Pixels:
    """A rectangle of pixels; ``right`` and ``bottom`` are behind the last ones."""

    left: int
    top: int
    right: int
    bottom: int

    def shares(self, size: tuple[int, int]) -> Region:
        """The same as shares of a picture of that size."""
        width, height = size
        wide, tall = self.right - self.left, self.bottom - self.top
        return Region(self.left / width, self.top / height, wide / width, tall / height)


def grown(
    box: Region, size: tuple[int, int], grid: tuple[int, int] = (1, 1), margin: int = MARGIN
) -> Pixels:
    """The pixels that cover a box, and all that could tell of it.

    Args:
        box: In shares of the picture.
        size: Of the picture, in pixels.
        grid: Width and height of the blocks in which the picture was coded.
        margin: In pixels.
    """
    left, right = _grown(box.left, box.left + box.width, size[0], grid[0], margin)
    top, bottom = _grown(box.top, box.top + box.height, size[1], grid[1], margin)
    return Pixels(left, top, right, bottom)


def _grown(start: float, end: float, size: int, grid: int, margin: int) -> tuple[int, int]:
    first, last = floor(start * size), ceil(end * size)
    lower = min((first - margin) // grid * grid, first // grid * grid - _SMOOTHED)
    upper = max(-(-(last + margin) // grid) * grid, -(-last // grid) * grid + _SMOOTHED)
    return max(0, lower), min(size, upper)


_STORED: dict[int, Sequence[tuple[int, bool]]] = {
    1: ((0, False), (1, False)),
    2: ((0, True), (1, False)),
    3: ((0, True), (1, True)),
    4: ((0, False), (1, True)),
    5: ((1, False), (0, False)),
    6: ((1, False), (0, True)),
    7: ((1, True), (0, True)),
    8: ((1, True), (0, False)),
}
"""By orientation, for each axis of the stored picture: the axis of the upright one, and whether it
runs the other way."""


def as_stored(box: Region, orientation: int) -> Region:
    """Where a box of the upright picture is in the picture as it is stored.

    Args:
        box: In shares of the upright picture.
        orientation: As EXIF counts.
    """
    starts, lengths = (box.left, box.top), (box.width, box.height)
    placed = [
        (1 - starts[axis] - lengths[axis] if is_turned else starts[axis], lengths[axis])
        for axis, is_turned in _STORED.get(orientation, _STORED[1])
    ]
    (left, width), (top, height) = placed
    return Region(left, top, width, height)
