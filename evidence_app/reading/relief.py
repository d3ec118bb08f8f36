"""The relief of the scrolled part of a screenshot, by which two are laid over one another."""

from __future__ import annotations

import zlib

import cv2
import numpy as np
from numpy.typing import NDArray

from evidence_app.model.reading import Relief
from evidence_app.reading.bars import Bars
from evidence_app.reading.raster import Raster

COLUMNS = 88
_EDGE = 2
_SIDE = 4
_FAINT, _MOST = 56, 200
"""Levels of change that are taken for a wallpaper, which does not scroll; and the most counted."""

_MOST_ROWS = 60_000


def relief_of(raster: Raster, bars: Bars) -> Relief | None:
    """How strongly the part between the bars changes from left to right; None if it is no part."""
    top, bottom = bars.top + _EDGE, bars.bottom - _EDGE
    if not 0 < bottom - top <= _MOST_ROWS:
        return None
    grey = cv2.cvtColor(raster.small[top:bottom].astype(np.float32), cv2.COLOR_RGB2GRAY)
    change = np.abs(cv2.Sobel(grey, cv2.CV_32F, 1, 0, ksize=3))
    change[change < _FAINT] = 0
    soft = cv2.blur(np.minimum(change, _MOST), (3, 3))[:, _SIDE:-_SIDE]
    small = cv2.resize(soft, (COLUMNS, bottom - top), interpolation=cv2.INTER_AREA)
    data = zlib.compress(np.asarray(small).astype(np.uint8).tobytes(), 6)
    return Relief(bottom - top, COLUMNS, top, raster.scale, data)


def cells_of(relief: Relief) -> NDArray[np.float64] | None:
    """The cells of a relief; None if its data are not what it says."""
    if not 0 < relief.rows <= _MOST_ROWS or relief.columns != COLUMNS:
        return None
    size = relief.rows * relief.columns
    opened = zlib.decompressobj()
    try:
        data = opened.decompress(relief.data, size + 1)
    except zlib.error:
        return None
    if len(data) != size:
        return None
    return np.frombuffer(data, np.uint8).reshape(relief.rows, relief.columns).astype(np.float64)
