"""Where the scrolled part of a screenshot begins and ends: below the title, above the input bar."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from evidence_app.model.reading import DayBasis, TextLine
from evidence_app.reading.ocr import rows_of
from evidence_app.reading.raster import SMALL, Raster
from evidence_app.reading.stamps import parse

STATUS = 0.105
"""Of the width: the status bar ends there."""

_PHONE = 1.3
_HEAD, _FOOT = 0.235, 0.155
_HEAD_RANGE, _FOOT_RANGE = (0.15, 0.42), (0.07, 0.36)
_EDGES = (slice(1, 6), slice(SMALL - 6, SMALL - 1))
_STEP = 2.0
_ACROSS = 0.45
"""Of the width: so much of a row changes at least where a bar ends; a bubble's end changes less."""

_MIDDLE = 0.06
_CLOCK = re.compile(r"\d{1,2}[:：.]\d{2}")
_LETTERS = re.compile(r"q\s?w\s?e\s?r\s?t\s?y", re.I)
_KEYS_IN_ROW = 7


@dataclass(frozen=True, slots=True)
class Bars:
    """The limits of the scrolled part.

    Attributes:
        top: The row of the small picture at which it begins.
        bottom: The row at which it ends.
    """

    top: int
    bottom: int


def bars_of(raster: Raster, lines: tuple[TextLine, ...]) -> Bars:
    """Find the bars; a picture that was cut out of a screen may have none."""
    if raster.rows < _PHONE * SMALL:
        return Bars(0, raster.rows)
    width = SMALL / raster.scale
    has_status = any(line.box.center_y < STATUS * width and _is_status(line.text) for line in lines)
    head = _step(raster, lines, *(int(share * SMALL) for share in _HEAD_RANGE))
    end = _keyboard(raster, lines)
    begin = (int(end - share * SMALL) for share in reversed(_FOOT_RANGE))
    foot = _step(raster, lines, *begin)
    is_screen = has_status or head is not None
    if head is None:
        head = int(_HEAD * SMALL) if has_status else 0
    head = min([head, *_times(raster, lines)])
    if foot is None:
        foot = end - int(_FOOT * SMALL) if is_screen else end
    return Bars(head, max(head + 1, foot))


def _is_status(text: str) -> bool:
    """Whether words hold a time of day, but are no time between messages: these have a day."""
    stamp = parse(text)
    return _CLOCK.search(text) is not None and (stamp is None or stamp.basis is DayBasis.NONE)


def _times(raster: Raster, lines: tuple[TextLine, ...]) -> list[int]:
    """Rows above the times that stand in the middle: these are scrolled, so no bar has them."""
    width = SMALL / raster.scale
    return [
        int((line.box.top - 0.3 * line.box.height) * raster.scale)
        for line in lines
        if (line.box.top > STATUS * width or not _is_status(line.text))
        and abs(line.box.center_x - width / 2) < _MIDDLE * width
        and (stamp := parse(line.text)) is not None
        and stamp.hour is not None
    ]


def _step(raster: Raster, lines: tuple[TextLine, ...], first: int, last: int) -> int | None:
    """The row at which the colour changes most at both edges, where no bubble reaches.

    No line of text lies across it.
    """
    first, last = max(1, first), min(last, raster.rows - 1)
    if last <= first:
        return None
    small = raster.small
    change = (small[first + 1 : last + 1] - small[first - 1 : last - 1]).astype(np.float64)
    sides = [np.median(change[:, columns], axis=1) for columns in _EDGES]
    strength = np.minimum(*(np.abs(side).max(axis=1) for side in sides))
    agrees = (sides[0] * sides[1]).sum(axis=1) > 0
    across = (np.abs(change).max(axis=2) >= _STEP).mean(axis=1)
    usable = agrees & (strength >= _STEP) & (across >= _ACROSS)
    for line in lines:
        top, bottom = (side * raster.scale - first for side in (line.box.top, line.box.bottom))
        usable[max(0, int(top) + 3) : max(0, int(bottom) - 3)] = False
    # A bar ends in every column, and so beats a stronger step that some columns lack.
    score = np.where(usable, strength * across**4, 0.0)
    best = int(score.argmax())
    return first + best + 1 if score[best] > 0 else None


def _keyboard(raster: Raster, lines: tuple[TextLine, ...]) -> int:
    """The row at which an open keyboard begins; without one, the last row."""
    half = raster.rows / 2
    for row in rows_of([line for line in lines if line.box.top * raster.scale > half]):
        keys = sum(len(line.text.strip()) == 1 for line in row)
        text = "".join(line.text for line in row)
        if keys >= _KEYS_IN_ROW or _LETTERS.search(text):
            return int(min(line.box.top for line in row) * raster.scale) - 6
    return raster.rows
