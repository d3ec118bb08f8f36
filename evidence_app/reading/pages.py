"""One page of a PDF document from its bytes to lines and messages: a pure function."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO

from evidence_app.messages import MessageCode, message
from evidence_app.model.reading import Box, ReadPicture, TextLine
from evidence_app.reading.failures import ReadingFailure
from evidence_app.reading.ocr import TextReader, engine_name
from evidence_app.reading.picture import bubbles_of
from evidence_app.reading.raster import Raster

if TYPE_CHECKING:
    from evidence_app.reading.pixels import Pixels

_PER_POINT = 200 / 72
"""Pixels of a point of 1/72 inch: letters of 8 points are 22 pixels high."""
_LEAST_WIDTH = 1654
"""Pixels of the shorter side: pages that phones make are as small as their screens in points."""
_MOST_PIXELS = 24_000_000
_PAPER, _SPECKS = 250, 0.005
"""Levels of white paper; the share of a row that must be darker to be print."""


def read_page(
    reader: TextReader,
    stream: BinaryIO,
    number: int,
    on_tile: Callable[[], None] = lambda: None,
) -> ReadPicture:
    """Read what is printed on a page, and the messages of a chat if that is what it shows.

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
    page = ReadPicture(width, height, engine_name(), lines=reader.lines(pixels, on_tile))
    return with_chat(page, pixels)


def with_chat(page: ReadPicture, pixels: Pixels) -> ReadPicture:
    """The page with its messages, if a screenshot of a chat is printed on it, also with margins.

    A letter has paragraphs, and a bill a table: only bubbles of two fills or with times between
    them make a chat of a page.
    """
    left, top, right, bottom = _printed(pixels)
    lines = tuple(
        _moved(line, -left, -top)
        for line in page.lines
        if left <= line.box.left and line.box.right <= right
    )
    inner = pixels[top:bottom, left:right]
    part = replace(page, width=right - left, height=bottom - top, lines=lines)
    chat = bubbles_of(part, Raster(inner)) if lines else None
    if chat is None:
        return page
    events = tuple(replace(event, box=_shifted(event.box, left, top)) for event in chat.events)
    closing = chat.closing_stamp
    return replace(page, layout=chat.layout, title=chat.title, events=events, closing_stamp=closing)


def _printed(pixels: Pixels) -> tuple[int, int, int, int]:
    """The part of a page that is not empty paper: left, top, right, bottom."""
    import numpy as np

    is_ink = (pixels < _PAPER).any(axis=2)
    rows, columns = (np.flatnonzero(is_ink.mean(axis=axis) > _SPECKS) for axis in (1, 0))
    if not len(rows) or not len(columns):
        return 0, 0, pixels.shape[1], pixels.shape[0]
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def _moved(line: TextLine, x: int, y: int) -> TextLine:
    return replace(line, box=_shifted(line.box, x, y))


def _shifted(box: Box, x: int, y: int) -> Box:
    return Box(box.left + x, box.top + y, box.right + x, box.bottom + y)


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
