"""One picture from its bytes to proposed events: a pure function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import BinaryIO

from evidence_app.model.event import Direction
from evidence_app.model.reading import Box, PictureLayout, ReadPicture, Stamp, TextLine
from evidence_app.reading import stamps
from evidence_app.reading.bars import bars_of
from evidence_app.reading.blocks import BlockReader
from evidence_app.reading.chat import Chat, ChatReader
from evidence_app.reading.lists import ListReader
from evidence_app.reading.ocr import TextReader, engine_name
from evidence_app.reading.pixels import decoded
from evidence_app.reading.raster import Raster
from evidence_app.reading.relief import relief_of

_LEAST_BUBBLES = 2
_TALLEST = 60
"""Of the width: nothing higher is a screenshot, however many were stitched."""


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
    decoded_picture = decoded(stream)
    height, width = (side * decoded_picture.shrunk for side in decoded_picture.pixels.shape[:2])
    read = [
        _enlarged(line, decoded_picture.shrunk)
        for line in reader.lines(decoded_picture.pixels, on_tile)
    ]
    picture = ReadPicture(
        width, height, engine_name(), decoded_picture.is_whole, lines=tuple(read), taken_on=taken_on
    )
    if not read or height > _TALLEST * width:
        return picture
    return dated(
        understood(picture, Raster(decoded_picture.pixels, decoded_picture.shrunk)), taken_on
    )


def understood(picture: ReadPicture, raster: Raster) -> ReadPicture:
    """The picture with the meaning of its lines: a chat, a list, or plain text."""
    bars = bars_of(raster, picture.lines)
    chat = ChatReader(raster, picture.lines, bars, picture.width).read()
    found_list = ListReader(raster, picture.lines, picture.width, picture.height).read()
    if found_list is not None and chat.bubbles < len(found_list.events) / 2:
        return replace(picture, layout=found_list.layout, events=found_list.events)
    if not _is_chat(chat, picture):
        return _of_words(picture)
    return replace(
        picture,
        layout=PictureLayout.CHAT,
        title=chat.title,
        top=round(bars.top / raster.scale),
        bottom=round(bars.bottom / raster.scale),
        events=chat.events,
        closing_stamp=chat.closing_stamp,
        relief=relief_of(raster, bars),
    )


def bubbles_of(picture: ReadPicture, raster: Raster) -> ReadPicture | None:
    """The picture as a chat if its bubbles leave no doubt; else None.

    Bubbles at both sides, or times between them: what else has coloured boxes has neither.
    """
    chat = ChatReader(raster, picture.lines, bars_of(raster, picture.lines), picture.width).read()
    sides = {event.direction for event in chat.events} & {Direction.INCOMING, Direction.OUTGOING}
    is_timed = any(event.stamp is not None for event in chat.events)
    if chat.bubbles < _LEAST_BUBBLES or not (is_timed or len(sides) == 2):
        return None
    return replace(
        picture, layout=PictureLayout.CHAT, title=chat.title,
        events=chat.events, closing_stamp=chat.closing_stamp,
    )  # fmt: skip


def _of_words(picture: ReadPicture) -> ReadPicture:
    """The picture as a chat, if its words stand like one although no bubble was found."""
    chat = BlockReader(picture.lines, picture.width, picture.height).read()
    if chat is None:
        return picture
    return replace(
        picture, layout=PictureLayout.CHAT, title=chat.title, bottom=picture.height,
        events=chat.events, closing_stamp=chat.closing_stamp,
    )  # fmt: skip


def _is_chat(chat: Chat, picture: ReadPicture) -> bool:
    """Whether bubbles are enough to tell a chat from a page with a coloured button."""
    if chat.bubbles >= _LEAST_BUBBLES:
        return True
    is_cutting = picture.height < picture.width
    return chat.bubbles == 1 and (is_cutting or any(event.stamp for event in chat.events))


def dated(picture: ReadPicture, taken_on: date | None) -> ReadPicture:
    """The picture with the days that follow from the day on which it was taken."""

    def only_known(stamp: Stamp | None) -> Stamp | None:
        return None if stamp is None else stamps.dated(stamp, taken_on)

    events = tuple(replace(event, stamp=only_known(event.stamp)) for event in picture.events)
    closing = only_known(picture.closing_stamp)
    return replace(picture, events=events, closing_stamp=closing, taken_on=taken_on)


def _enlarged(line: TextLine, factor: int) -> TextLine:
    box = line.box
    sides = (box.left, box.top, box.right, box.bottom)
    return replace(line, box=Box(*(side * factor for side in sides)))
