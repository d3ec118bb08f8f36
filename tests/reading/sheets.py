"""A second way of drawing chats, bubble by bubble, for layouts that no app's skin describes."""

from __future__ import annotations

from datetime import date

import numpy as np
from PIL import Image, ImageDraw
from screens import IN, OUT, Colour, font, wrapped

from evidence_app.model.event import Direction
from evidence_app.model.reading import Box, ReadPicture, TextLine
from evidence_app.reading.ocr import in_order
from evidence_app.reading.picture import dated, understood
from evidence_app.reading.raster import Raster

WIDTH, HEIGHT = 720, 1560


class Sheet:
    """A screenshot in the making; lengths in pixels of a screen 720 wide.

    Args:
        page: Its colour.
        height: Of the picture.
    """

    def __init__(self, page: Colour = (255, 255, 255), height: int = HEIGHT) -> None:
        self.picture = Image.new("RGB", (WIDTH, height), page)
        self.pen = ImageDraw.Draw(self.picture)
        self.y = 20
        self.lines: list[TextLine] = []
        self.said: list[tuple[Direction, str]] = []

    def head(self, title: str, below: str = "") -> None:
        """A status bar and a title, with no line below them."""
        self.text(36, 12, "21:47", 25)
        self.text(110, 88, title, 34)
        if below:
            self.text(110, 136, below, 22)
        self.y = 200

    def text(self, x: float, y: float, text: str, size: int, ink: Colour = (25, 25, 25)) -> Box:
        """A line of words."""
        letters = font(size)
        self.pen.text((x, y), text, fill=ink, font=letters)
        box = Box(*map(round, self.pen.textbbox((x, y), text, font=letters)))
        self.lines.append(TextLine(box, text, 1.0))
        return box

    def centre(self, text: str) -> None:
        """A line in the middle."""
        self.text((WIDTH - font(23).getlength(text)) / 2, self.y, text, 23, (145, 145, 145))
        self.y += 60

    def bubble(
        self, side: Direction, text: str, fill: Colour, *, outline: Colour | None = None,
        margin: int = 28, fade: Colour | None = None, gap: int = 22,
    ) -> Box:  # fmt: skip
        """A bubble at one side; returns where it is."""
        letters = font(32)
        lines = wrapped(text, letters, 460)
        wide = round(max(letters.getlength(line) for line in lines)) + 48
        left = margin if side is IN else WIDTH - margin - wide
        box = Box(left, self.y, left + wide, self.y + 46 * len(lines) + 32)
        sides = (box.left, box.top, box.right, box.bottom)
        if fade is None:
            self.pen.rounded_rectangle(sides, 24, fill=fill, outline=outline, width=2)
        else:
            self._fade(box, fill, fade)
        for number, line in enumerate(lines):
            self.text(left + 24, self.y + 12 + 46 * number, line, 32)
        self.said.append((side, text))
        self.y = box.bottom + gap
        return box

    def _fade(self, box: Box, fill: Colour, end: Colour) -> None:
        column = Image.new("RGB", (1, box.height))
        column.putdata([
            tuple(
                round(a + (b - a) * (box.top + row) / HEIGHT)
                for a, b in zip(fill, end, strict=True)
            )
            for row in range(box.height)
        ])  # fmt: skip
        mask = Image.new("L", (box.width, box.height), 0)
        ImageDraw.Draw(mask).rounded_rectangle((0, 0, box.width - 1, box.height - 1), 24, fill=255)
        self.picture.paste(column.resize(mask.size), (box.left, box.top), mask)

    def talk(self, *said: str, left: Colour = (238, 238, 240), right: Colour = (150, 205, 255),
             outline: Colour | None = None) -> None:  # fmt: skip
        """Bubbles whose sides change after every second one."""
        for number, text in enumerate(said):
            side = IN if number % 4 < 2 else OUT
            self.bubble(side, text, left if side is IN else right, outline=outline)

    def read(self) -> ReadPicture:
        """What the program makes of it, given its lines."""
        plain = ReadPicture(WIDTH, self.picture.height, "by hand", lines=in_order(self.lines))
        return dated(understood(plain, Raster(np.asarray(self.picture))), date(2026, 3, 5))


def messages(read: ReadPicture) -> list[tuple[Direction, str]]:
    """The events of a picture: whose, and its words."""
    return [(event.direction, event.text.replace("\n", "")) for event in read.events]
