"""Draws screenshots of a chat that never was, in an app that does not exist."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from evidence_app import resources

_WIDTH, _HEIGHT = 1080, 1920
_PAGE, _BAR, _INK, _SOFT = "#f3f4f6", "#ffffff", "#1d2530", "#8a94a3"
_THEIRS, _MINE = "#ffffff", "#cfe9e5"
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


def chat_picture(title: str, bubbles: Sequence[Bubble]) -> bytes:
    """A screenshot as JPEG."""
    picture = Image.new("RGB", (_WIDTH, _HEIGHT), _PAGE)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, _WIDTH, 210), fill=_BAR)
    draw.text((_WIDTH // 2, 150), title, _INK, _font(46), anchor="mm")
    draw.text((60, 40), "9:41", _INK, _font(34), anchor="lm")
    top = 270
    for bubble in bubbles:
        top = _draw_bubble(draw, bubble, top)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=88)
    return out.getvalue()


def _draw_bubble(draw: ImageDraw.ImageDraw, bubble: Bubble, top: int) -> int:
    if bubble.mine is None:
        draw.text((_WIDTH // 2, top + 20), bubble.clock, _SOFT, _font(32), anchor="mm")
        return top + 80
    lines = _wrapped(draw, bubble.text)
    wide = round(max(_length(draw, line) for line in lines)) + 2 * _PADDING
    high = len(lines) * _LINE + 2 * _PADDING - 12
    left = _WIDTH - 150 - wide if bubble.mine else 150
    avatar = _WIDTH - 130 if bubble.mine else 30
    draw.rounded_rectangle((avatar, top, avatar + 100, top + 100), 16, fill=_SOFT)
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
