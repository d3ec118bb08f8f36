"""Bubbles of which a bar that has the colour of the page hides a part."""

from __future__ import annotations

from statistics import median

from evidence_app.reading.bubbles import Bubble
from evidence_app.reading.raster import Raster

_ROUND, _FLAT = 5, 0.25
_LEAST = 3


def cut_bubbles(raster: Raster, bubbles: list[Bubble]) -> list[Bubble]:
    """The highest and the lowest bubble, if they end in a straight line and others do not.

    Args:
        raster: The picture.
        bubbles: At the sides of a chat.
    """
    if len(bubbles) < _LEAST:
        return []
    ends = {id(bubble): raster.rounding(bubble.area) for bubble in bubbles}
    first = min(bubbles, key=lambda bubble: bubble.area.top)
    last = max(bubbles, key=lambda bubble: bubble.area.bottom)
    cut = []
    for bubble, end in ((first, 0), (last, 1)):
        usual = median(both[end] for both in ends.values())
        if usual >= _ROUND and ends[id(bubble)][end] <= _FLAT * usual:
            cut.append(bubble)
    return cut
