"""A picture made small, and what can be measured in it: fills, their areas, and ink."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from evidence_app.model.reading import Box

if TYPE_CHECKING:
    from evidence_app.reading.pixels import Pixels

SMALL = 360
"""Columns of the small picture; the noise of JPEG is gone in it."""

SAME_FILL = 3.5
"""Levels by which one fill may differ from itself."""

Colour = NDArray[np.float64]
_BINS = 8
_SHARP, _OUTSIDE = 12, 4
_RULE, _ALONG, _THIN = 20, 0.9, 0.4


def distance(first: Colour, second: Colour) -> float:
    """How far two colours are apart, in levels of the channel that differs most."""
    return float(np.abs(first - second).max())


def saturation(colour: Colour) -> float:
    """How far a colour is from grey, in levels."""
    return float(colour.max() - colour.min())


def usual_colour(pixels: NDArray[np.int16]) -> tuple[Colour, float] | None:
    """The most common colour of some pixels, and the share that has it; None without pixels."""
    flat = pixels.reshape(-1, 3)
    if not len(flat):
        return None
    bins = (flat // _BINS).astype(np.int64)
    keys = (bins[:, 0] << 16) | (bins[:, 1] << 8) | bins[:, 2]
    values, counts = np.unique(keys, return_counts=True)
    fullest = int(counts.argmax())
    return np.median(flat[keys == values[fullest]], axis=0), float(counts[fullest] / len(flat))


@dataclass(frozen=True)
class Area:
    """A connected area of one fill in the small picture.

    Attributes:
        fill: Its colour.
        number: Of the fill's areas, which; the same area is found from each of its lines.
        left: Its first column.
        top: Its first row.
        right: The column after its last.
        bottom: The row after its last.
        pixels: How many have the fill.
    """

    fill: Colour = field(compare=False)
    number: tuple[int, int]
    left: int
    top: int
    right: int
    bottom: int
    pixels: int

    @property
    def filled(self) -> float:
        """The share of its rectangle that has the fill."""
        return self.pixels / max(1, (self.right - self.left) * (self.bottom - self.top))

    def holds(self, other: Area) -> bool:
        """Whether another one lies in it."""
        return (
            other.left >= self.left - 1
            and other.top >= self.top - 1
            and other.right <= self.right + 1
            and other.bottom <= self.bottom + 1
        )


class Raster:
    """The small picture.

    Args:
        pixels: Of the picture as it was read.
        enlarged: Pixels of the picture as it is shown for one of these.

    Attributes:
        scale: Columns of the small picture for one of the picture as it is shown.
        small: Its pixels: rows, columns, and red, green and blue.
    """

    def __init__(self, pixels: Pixels, enlarged: int = 1) -> None:
        height, width = pixels.shape[:2]
        rows = max(1, round(height * SMALL / width))
        small = cv2.resize(pixels, (SMALL, rows), interpolation=cv2.INTER_AREA)
        self.small: NDArray[np.int16] = np.asarray(small).astype(np.int16)
        self.scale: float = SMALL / (width * enlarged)
        self._pixels = pixels
        self._enlarged = enlarged
        self._top, self._bottom = 0, rows
        self._fills: list[tuple[Colour, NDArray[np.int32], NDArray[np.int32]]] = []

    @property
    def rows(self) -> int:
        """Of the small picture."""
        return int(self.small.shape[0])

    def limit(self, top: int, bottom: int) -> None:
        """Look for areas between two rows of the small picture only."""
        self._top, self._bottom = top, bottom
        self._fills.clear()

    def part(self, box: Box) -> NDArray[np.int16]:
        """The small pixels of a rectangle of the picture, at least two by two."""
        left, top = int(box.left * self.scale), int(box.top * self.scale)
        right = max(left + 2, int(box.right * self.scale))
        bottom = max(top + 2, int(box.bottom * self.scale))
        return self.small[max(0, top) : bottom, max(0, left) : right]

    def page(self) -> tuple[Colour, float]:
        """The colour of the outermost columns, and how much of them has it."""
        rows = self.small[self._top : self._bottom]
        edges = np.concatenate([rows[:, 1:7], rows[:, SMALL - 7 : SMALL - 1]])
        return usual_colour(edges) or (np.full(3, 255.0), 0.0)

    def area_at(self, box: Box, fill: Colour, page: Colour) -> Area | None:
        """The area of a fill that a line of text stands in."""
        which, labels, stats = self._labelled(fill, page)
        pad = max(2, round(box.height * self.scale * 0.22))
        left = max(0, int(box.left * self.scale) - pad)
        top = max(0, int(box.top * self.scale) - pad // 2)
        right, bottom = int(box.right * self.scale) + pad, int(box.bottom * self.scale) + pad // 2
        numbers = labels[top : bottom + 1, left : right + 1].ravel()
        numbers = numbers[numbers > 0]
        if not len(numbers):
            return None
        return _area(which, int(np.bincount(numbers).argmax()), self._fills[which][0], stats)

    def areas_of(self, fill: Colour, page: Colour) -> list[Area]:
        """All connected areas of a fill."""
        which, _, stats = self._labelled(fill, page)
        return [
            _area(which, number, self._fills[which][0], stats) for number in range(1, len(stats))
        ]

    def ink(self, box: Box) -> Colour | None:
        """The colour in which a line is written, or None if it stands out from nothing."""
        scale = 1 / self._enlarged
        sides = (box.top, box.bottom, box.left, box.right)
        top, bottom, left, right = (max(0, int(side * scale)) for side in sides)
        flat = self._pixels[top : bottom + 1, left : right + 1].reshape(-1, 3).astype(np.int16)
        ground = usual_colour(flat)
        if ground is None:
            return None
        apart = np.abs(flat - ground[0]).max(axis=1)
        if apart.max() < 30:
            return None
        return np.asarray(np.median(flat[apart > 0.75 * apart.max()], axis=0))

    def has_rule(self, box: Box, fill: Colour) -> bool:
        """Whether a thin upright line runs all along a rectangle that else has one fill."""
        scale = 1 / self._enlarged
        sides = (box.top, box.bottom, box.left, box.right)
        top, bottom, left, right = (max(0, int(side * scale)) for side in sides)
        part = self._pixels[top:bottom, left:right].astype(np.int16)
        if not part.size:
            return False
        drawn = (np.abs(part - _levels(fill)).max(axis=2) > _RULE).mean(axis=0) > _ALONG
        # What is drawn at the side is the end of the fill.
        return bool(0 < drawn.sum() <= max(2.0, _THIN * drawn.size) and not drawn[0])

    def solidity(self, area: Area) -> float:
        """How nearly an area is a rectangle, from 0 to 1, whatever is drawn within it."""
        wide = self._widths(area)
        return float(wide.mean() / (area.right - area.left))

    def rounding(self, area: Area) -> tuple[int, int]:
        """By how many columns an area is narrower at its first and at its last row."""
        wide = self._widths(area)
        most = area.right - area.left
        return most - int(wide[:2].max()), most - int(wide[-2:].max())

    def _widths(self, area: Area) -> NDArray[np.int64]:
        """How far apart the outermost columns of an area are in each of its rows."""
        which, number = area.number
        labels = self._fills[which][1][area.top : area.bottom, area.left : area.right]
        own = labels == number
        begin = own.argmax(axis=1)
        end = own.shape[1] - own[:, ::-1].argmax(axis=1)
        return np.where(own.any(axis=1), end - begin, 0)

    def is_sharp(self, area: Area) -> bool:
        """Whether an area ends suddenly, as bubbles do, and does not fade, as photos do.

        Where another area of its fill is close, as in a row of bubbles, nothing can be said.
        """
        top, bottom = max(0, area.top - _OUTSIDE), min(self.rows - 1, area.bottom + _OUTSIDE - 1)
        left, right = max(0, area.left - _OUTSIDE), min(SMALL - 1, area.right + _OUTSIDE - 1)
        inner = slice(area.top + 3, max(area.top + 4, area.bottom - 3))
        across = slice(area.left + 3, max(area.left + 4, area.right - 3))
        sides = ((top, across), (bottom, across), (inner, left), (inner, right))
        which, number = area.number
        labels = np.concatenate([self._fills[which][1][side] for side in sides])
        around = np.concatenate([self.small[side] for side in sides])
        around = around[(labels == 0) | (labels == number)]
        if not len(around):
            return False
        return bool((np.abs(around - area.fill).max(axis=1) > _SHARP).mean() > 0.6)

    def blobs(self, page: Colour, explained: list[Box]) -> list[Area]:
        """Large areas that are not of the page and that no rectangle explains: pictures."""
        differs = (np.abs(self.small - _levels(page)).max(axis=2) > 26).astype(np.uint8)
        differs[: self._top] = 0
        differs[self._bottom :] = 0
        for box in explained:
            left, top = int(box.left * self.scale) - 7, int(box.top * self.scale) - 3
            right, bottom = int(box.right * self.scale) + 8, int(box.bottom * self.scale) + 4
            differs[max(0, top) : bottom, max(0, left) : right] = 0
        closed = cv2.morphologyEx(differs, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
        stats = np.asarray(cv2.connectedComponentsWithStats(closed, connectivity=8)[2], np.int32)
        return [_area(-1, number, page, stats) for number in range(1, len(stats))]

    def box_of(self, area: Area) -> Box:
        """The area's rectangle in pixels of the picture."""
        sides = (area.left, area.top, area.right, area.bottom)
        return Box(*(round(side / self.scale) for side in sides))

    def _labelled(
        self, fill: Colour, page: Colour
    ) -> tuple[int, NDArray[np.int32], NDArray[np.int32]]:
        """Areas of a fill, computed once for each that differs."""
        for which, (known_fill, labels, stats) in enumerate(self._fills):
            if distance(known_fill, fill) <= 3:
                return which, labels, stats
        apart = distance(fill, page)
        tolerance = max(4.0, min(6.0, apart * 0.5)) if apart > 3 else 4.0
        mask = (np.abs(self.small - _levels(fill)).max(axis=2) <= tolerance).astype(np.uint8)
        mask[: self._top] = 0
        mask[self._bottom :] = 0
        _, components, sizes, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
        labels, stats = np.asarray(components, np.int32), np.asarray(sizes, np.int32)
        self._fills.append((fill, labels, stats))
        return len(self._fills) - 1, labels, stats


def _levels(colour: Colour) -> NDArray[np.int16]:
    """A colour in whole levels: a tall picture then costs a quarter of the memory."""
    return np.rint(colour).astype(np.int16)


def _area(which: int, number: int, fill: Colour, stats: NDArray[np.int32]) -> Area:
    left, top, width, height, pixels = (int(value) for value in stats[number])
    return Area(fill, (which, number), left, top, left + width, top + height, pixels)
