"""One picture from its bytes to proposed events: a pure function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import BinaryIO

from evidence_app.model.reading import Box, ReadPicture, TextLine
from evidence_app.reading.ocr import TextReader, engine_name
from evidence_app.reading.pixels import decoded


def read_picture(
    reader: TextReader,
    stream: BinaryIO,
    taken_on: date | None,
    on_tile: Callable[[], None] = lambda: None,
) -> ReadPicture:
    """Read the text of a picture and what it shows.

    Args:
        reader: What reads text.
        stream: The picture's file.
        taken_on: The day on which it was taken, if that is known.
        on_tile: Is called now and then, while it goes on.

    Raises:
        ReadingFailure: It is damaged, or too large.
    """
    shown = decoded(stream)
    lines = reader.lines(shown.pixels, on_tile)
    height, width = shown.pixels.shape[:2]
    return ReadPicture(
        width * shown.shrunk,
        height * shown.shrunk,
        engine_name(),
        shown.is_whole,
        lines=tuple(_enlarged(line, shown.shrunk) for line in lines),
        taken_on=taken_on,
    )


def _enlarged(line: TextLine, factor: int) -> TextLine:
    box = line.box
    sides = (box.left, box.top, box.right, box.bottom)
    return replace(line, box=Box(*(side * factor for side in sides)))
