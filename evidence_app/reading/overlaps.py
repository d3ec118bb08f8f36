"""How two screenshots of one scrolled conversation lie over one another, by their reliefs."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from evidence_app.model.reading import Box, ReadPicture, Relief
from evidence_app.reading.relief import cells_of

ALIKE = 0.965
"""Agreement from which an overlap is taken: true ones have 0.99 and more, chance mostly below
0.95, at JPEG 60 to PNG."""

_FIRST = 0.6
_LEAST_ROWS, _LEAST_INKED = 26, 7
_INKED = 12
_UNLIKE_INK = 0.55
_AMBIGUOUS = 0.04
_APART = 4
_AWAY = 0.03
_BEST = 4


@dataclass(frozen=True)
class Overlap:
    """One picture below another one.

    Attributes:
        shift: Rows of the small picture by which the content of the second is further down.
        agreement: From 0 to 1.
        inked: How many rows with anything in them agree.
        is_ambiguous: Whether another shift fits as well.
    """

    shift: int
    agreement: float
    inked: int
    is_ambiguous: bool = False

    @property
    def weight(self) -> float:
        """How much speaks for it."""
        return (self.agreement - _FIRST) * self.inked


class Frame:
    """A screenshot with what is computed of it once.

    Args:
        picture: A chat.
        relief: Its relief.
        cells: Of the relief.
    """

    def __init__(self, picture: ReadPicture, relief: Relief, cells: NDArray[np.float64]) -> None:
        self.picture, self.relief, self.cells = picture, relief, cells
        energy = (cells * cells).sum(axis=1)
        self.energy = np.concatenate([[0.0], np.cumsum(energy)])
        self.inked = np.concatenate([[0], np.cumsum(cells.max(axis=1) > _INKED)])

    @cached_property
    def title(self) -> str:
        """The letters and numbers of the title."""
        return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", self.picture.title)).lower()

    @cached_property
    def boxes(self) -> list[tuple[Box, bool]]:
        """The events' boxes in the small picture, and whether each is cut."""
        scale = self.relief.scale
        return [(small_box(event.box, scale), event.is_cut) for event in self.picture.events]

    @property
    def bottom(self) -> int:
        """The row of the small picture after the relief's last."""
        return self.relief.top + self.relief.rows

    def spectrum(self, size: int) -> NDArray[np.complex128]:
        """Its columns as frequencies, for a length of that many rows."""
        if size not in self._spectra:
            self._spectra[size] = np.fft.rfft(self.cells, size, axis=0)
        return self._spectra[size]

    @cached_property
    def _spectra(self) -> dict[int, NDArray[np.complex128]]:
        return {}


def frame_of(picture: ReadPicture) -> Frame | None:
    """The frame of a chat; None if it has no usable relief."""
    cells = None if picture.relief is None else cells_of(picture.relief)
    if picture.relief is None or cells is None:
        return None
    return Frame(picture, picture.relief, cells)


def small_box(box: Box, scale: float) -> Box:
    """A box of the picture in the small one."""
    sides = (box.left, box.top, box.right, box.bottom)
    return Box(*(round(side * scale) for side in sides))


def overlap(above: Frame, below: Frame) -> Overlap | None:
    """How the second picture goes on where the first one ends; None if it does not."""
    candidates = [candidate for candidate in _shifts(above, below) if candidate.agreement >= ALIKE]
    fitting = [
        candidate
        for candidate in candidates
        if _missing(above, below, candidate.shift) <= _tolerated(candidate)
    ]
    if not fitting:
        return None
    best = max(
        fitting, key=lambda candidate: candidate.agreement + 0.0006 * min(candidate.inked, 120)
    )
    others = [
        candidate for candidate in fitting
        if candidate.agreement > best.agreement - _AMBIGUOUS
        and abs(candidate.shift - best.shift) > _AWAY * 360
        and _missing(above, below, candidate.shift) == 0
    ]  # fmt: skip
    return Overlap(best.shift, best.agreement, best.inked, bool(others))


def _shifts(above: Frame, below: Frame) -> list[Overlap]:
    """The shifts at which the reliefs agree best."""
    rows, other = above.relief.rows, below.relief.rows
    size = 1 << (rows + other - 1).bit_length()
    product = (above.spectrum(size) * np.conj(below.spectrum(size))).sum(axis=1)
    shared = np.fft.irfft(product, size)
    steps = np.arange(0, max(0, rows - _LEAST_ROWS))
    if not len(steps):
        return []
    common = np.minimum(rows - steps, other)
    first = above.energy[steps + common] - above.energy[steps]
    second = below.energy[common]
    inked = np.minimum(above.inked[steps + common] - above.inked[steps], below.inked[common])
    usable = (inked >= _LEAST_INKED) & (np.minimum(first, second) > 0)
    usable &= np.minimum(first, second) >= _UNLIKE_INK * np.maximum(first, second)
    norm = np.sqrt(np.where(usable, first * second, 1.0))
    agreement = np.where(usable, shared[: len(steps)] / norm, 0.0)
    offset = above.relief.top - below.relief.top
    best: list[Overlap] = []
    for step in np.argsort(-agreement):
        if agreement[step] <= _FIRST or len(best) == _BEST:
            break
        shift = int(step) + offset
        if all(abs(shift - chosen.shift) > _APART for chosen in best):
            best.append(Overlap(shift, min(1.0, float(agreement[step])), int(inked[step])))
    return best


def _tolerated(candidate: Overlap) -> int:
    """How many events may be missing: one may be misread where much agrees."""
    return 1 if candidate.inked > 30 else 0


def _missing(above: Frame, below: Frame, shift: int) -> int:
    """How many whole events the other picture should show at that place, but does not."""
    count = 0
    for frame, other, moved in ((below, above, shift), (above, below, -shift)):
        for box, is_cut in frame.boxes:
            place = box.moved(moved)
            inside = place.top > other.relief.top + 8 and place.bottom < other.bottom - 8
            if (
                not is_cut
                and inside
                and not any(place.shared(box_there) > 0.4 for box_there, _ in other.boxes)
            ):
                count += 1
    return count
