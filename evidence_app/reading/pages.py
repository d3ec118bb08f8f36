"""One page of a PDF document from the document's bytes to its lines: a pure function."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, BinaryIO

from evidence_app.messages import MessageCode, message
from evidence_app.model.reading import ReadPicture
from evidence_app.reading.failures import ReadingFailure
from evidence_app.reading.ocr import TextReader, engine_name

if TYPE_CHECKING:
    from evidence_app.reading.pixels import Pixels

_PER_POINT = 200 / 72
"""Pixels of a point of 1/72 inch: letters of 8 points are 22 pixels high."""
_LEAST_WIDTH = 1654
"""Pixels of the shorter side: pages that phones make are as small as their screens in points."""
_MOST_PIXELS = 24_000_000


def read_page(
    reader: TextReader,
    stream: BinaryIO,
    number: int,
    on_tile: Callable[[], None] = lambda: None,
) -> ReadPicture:
    """Read what is printed on a page, as if it were a picture.

    Args:
        reader: What reads text.
        stream: The document's file.
        number: Which page, from 1.
        on_tile: Is called now and then, while it goes on.

    Raises:
        ReadingFailure: The document or this page is damaged.
    """
    pixels = _drawn(stream, number)
    on_tile()
    height, width = pixels.shape[:2]
    return ReadPicture(width, height, engine_name(), lines=reader.lines(pixels, on_tile))


def _drawn(stream: BinaryIO, number: int) -> Pixels:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(stream)
    except pypdfium2.PdfiumError as error:
        raise ReadingFailure(message(MessageCode.DAMAGED_DOCUMENT)) from error
    try:
        return _pixels(document[number - 1])
    except (pypdfium2.PdfiumError, IndexError, ValueError) as error:
        raise ReadingFailure(message(MessageCode.PAGE_DAMAGED)) from error
    finally:
        document.close()


def _pixels(page: Any) -> Pixels:
    import numpy as np

    width, height = page.get_size()
    bitmap = page.render(scale=scale_of(width, height), rev_byteorder=True, prefer_bgrx=False)
    pixels = bitmap.to_numpy()
    if pixels.ndim == 2 or pixels.shape[2] == 1:
        pixels = np.repeat(pixels.reshape(*pixels.shape[:2], 1), 3, axis=2)
    # The bitmap's memory goes with the page.
    return np.ascontiguousarray(pixels[:, :, :3]).copy()


def scale_of(width: float, height: float) -> float:
    """Pixels for each point of a page.

    Raises:
        ValueError: The page has no size.
    """
    if not (0 < width < math.inf and 0 < height < math.inf):
        raise ValueError("a page without a size")
    scale = max(_PER_POINT, _LEAST_WIDTH / min(width, height))
    return min(scale, math.sqrt(_MOST_PIXELS / (width * height)))
