"""Draws screenshots of a chat that never was, in an app that does not exist."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from evidence_app import resources

_WIDTH, _HEIGHT = 1080, 2340
_PAGE, _BAR, _INK, _SOFT = "#f3f4f6", "#ffffff", "#1d2530", "#8a94a3"
_THEIRS, _MINE, _SHADE = "#ffffff", "#cfe9e5", "#d6dbe2"
_WIDEST = 700
_PADDING = 28
_LINE = 60

_Font = ImageFont.FreeTypeFont


@dataclass(frozen=True, slots=True)
class Bubble:
    """One line of a chat.

    Attributes:
        clock: A time between the messages, or empty.
        mine: Whether the owner of the phone wrote it; None for a time alone.
        text: The words.
    """

    clock: str
    mine: bool | None
    text: str


def chat_picture(title: str, clock: str, bubbles: Sequence[Bubble], kind: str) -> bytes:
    """A screenshot.

    Args:
        title: With whom the chat is.
        clock: The time on the telephone's top line.
        bubbles: The lines.
        kind: ``PNG`` or ``JPEG``.
    """
    picture = Image.new("RGB", (_WIDTH, _HEIGHT), _PAGE)
    draw = ImageDraw.Draw(picture)
    _draw_frame(draw, title, clock)
    top = 270
    for bubble in bubbles:
        top = _draw_bubble(draw, bubble, top)
    out = io.BytesIO()
    picture.save(out, kind, quality=88)
    return out.getvalue()


def _draw_frame(draw: ImageDraw.ImageDraw, title: str, clock: str) -> None:
    draw.rectangle((0, 0, _WIDTH, 210), fill=_BAR)
    draw.text((60, 44), clock, _INK, _font(34), anchor="lm")
    draw.rounded_rectangle((940, 30, 1010, 60), 8, outline=_INK, width=3)
    draw.rectangle((946, 36, 988, 54), fill=_INK)
    draw.line(((74, 126), (50, 150), (74, 174)), fill=_INK, width=5, joint="curve")
    draw.text((_WIDTH // 2, 150), title, _INK, _font(46), anchor="mm")
    draw.rectangle((0, _HEIGHT - 190, _WIDTH, _HEIGHT), fill=_BAR)
    draw.rounded_rectangle((40, _HEIGHT - 156, _WIDTH - 160, _HEIGHT - 66), 20, fill=_PAGE)
    draw.ellipse((_WIDTH - 124, _HEIGHT - 150, _WIDTH - 46, _HEIGHT - 72), outline=_SOFT, width=5)


def _draw_bubble(draw: ImageDraw.ImageDraw, bubble: Bubble, top: int) -> int:
    if bubble.mine is None:
        draw.text((_WIDTH // 2, top + 20), bubble.clock, _SOFT, _font(32), anchor="mm")
        return top + 80
    lines = _wrapped(draw, bubble.text)
    wide = round(max(_length(draw, line) for line in lines)) + 2 * _PADDING
    high = len(lines) * _LINE + 2 * _PADDING - 12
    left = _WIDTH - 150 - wide if bubble.mine else 150
    avatar = _WIDTH - 130 if bubble.mine else 30
    draw.rounded_rectangle((avatar, top, avatar + 100, top + 100), 16, fill=_SHADE)
    draw.ellipse((avatar + 33, top + 20, avatar + 67, top + 54), fill=_SOFT)
    draw.chord((avatar + 18, top + 60, avatar + 82, top + 130), 180, 360, fill=_SOFT)
    ground = _MINE if bubble.mine else _THEIRS
    draw.rounded_rectangle((left, top, left + wide, top + high), 20, fill=ground)
    for number, line in enumerate(lines):
        _draw_line(draw, (left + _PADDING, top + _PADDING + number * _LINE), line)
    return top + high + 36


def _wrapped(draw: ImageDraw.ImageDraw, text: str) -> list[str]:
    lines, line = [], ""
    for piece in _pieces(text):
        if line and _length(draw, line + piece) > _WIDEST:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line]


def _pieces(text: str) -> list[str]:
    """Where a line may be broken: between Chinese characters, after Latin words."""
    pieces: list[str] = []
    for sign in text:
        joins = sign.isascii() and pieces and pieces[-1].isascii() and pieces[-1][-1] != " "
        if joins:
            pieces[-1] += sign
        else:
            pieces.append(sign)
    return pieces


def _runs(text: str) -> list[tuple[str, bool]]:
    """Stretches of emoji and of other characters, which are in different fonts."""
    runs: list[tuple[str, bool]] = []
    for sign in text:
        emoji = ord(sign) >= 0x1F000
        if runs and runs[-1][1] == emoji:
            runs[-1] = (runs[-1][0] + sign, emoji)
        else:
            runs.append((sign, emoji))
    return runs


def _length(draw: ImageDraw.ImageDraw, text: str) -> float:
    return sum(draw.textlength(run, _font(42, emoji)) for run, emoji in _runs(text))


def _draw_line(draw: ImageDraw.ImageDraw, place: tuple[float, float], text: str) -> None:
    left, top = place
    for run, emoji in _runs(text):
        font = _font(42, emoji)
        draw.text((left, top + 22), run, _INK, font, anchor="lm")
        left += draw.textlength(run, font)


def _font(size: int, emoji: bool = False) -> _Font:
    name = "NotoEmoji_400Regular.ttf" if emoji else "NotoSansSC_400Regular.ttf"
    key = (name, size)
    if key not in _FONTS:
        _FONTS[key] = ImageFont.truetype(resources.path("fonts", name), size)
    return _FONTS[key]


_FONTS: dict[tuple[str, int], _Font] = {}
