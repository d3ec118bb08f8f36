"""Draws marks on pictures; runs in closed-off processes only."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from evidence_app import resources
from evidence_app.dossier.redaction import boxes
from evidence_app.dossier.redaction.boxes import Pixels
from evidence_app.model.mark import MarkKind
from evidence_app.model.region import Region

if TYPE_CHECKING:
    from PIL.Image import Image

BLACK = (0, 0, 0)
_RED = (200, 30, 45, 255)
_WHITE = (255, 255, 255, 255)
_PAPER = (255, 255, 255, 230)
_YELLOW = (255, 214, 0, 96)
_FONT = "NotoSansSC_700Bold.ttf"
_TEXT_SHARE = 0.03
_LINE_SHARE = 0.006
_HEAD = math.radians(28)

Drawn = tuple[MarkKind, Region, str]
"""Kind, place and text of a mark."""


def received(values: Iterable[Sequence[Any]]) -> list[Drawn]:
    """The marks of a request, made by `sent`."""
    return [(MarkKind(kind), Region(*map(float, place)), str(text)) for kind, place, text in values]


def sent(marks: Iterable[Drawn]) -> list[tuple[str, tuple[float, ...], str]]:
    """Marks as a request has them."""
    return [
        (kind.value, (box.left, box.top, box.width, box.height), text) for kind, box, text in marks
    ]


def redactions(marks: Iterable[Drawn]) -> list[Region]:
    """What of marks is to be blacked out."""
    return [box for kind, box, _ in marks if kind is MarkKind.REDACTION]


def grid_of(picture: Any) -> tuple[int, int]:
    """Width and height of the blocks in which a picture, just opened, was coded."""
    if picture.format == "PNG" or picture.format == "BMP":
        return 1, 1
    layers = getattr(picture, "layer", None) or [(0, 2, 2, 0)]
    return 8 * max(layer[1] for layer in layers), 8 * max(layer[2] for layer in layers)


def black_out(picture: Image, covered: Iterable[Pixels]) -> None:
    """Paint rectangles black, whatever kind of picture it is."""
    for rectangle in covered:
        fill = _black_of(picture)
        picture.paste(fill, (rectangle.left, rectangle.top, rectangle.right, rectangle.bottom))


def _black_of(picture: Image) -> Any:
    bands = len(picture.getbands())
    if picture.mode == "CMYK":
        return (0, 0, 0, 255)
    if picture.mode in ("LA", "PA", "RGBA"):
        return (*(0,) * (bands - 1), 255)
    if picture.mode in ("YCbCr", "LAB", "HSV"):
        return {"YCbCr": (0, 128, 128), "LAB": (0, 128, 128), "HSV": (0, 0, 0)}[picture.mode]
    return 0 if bands == 1 else (0,) * bands


def draw(picture: Image, marks: Sequence[Drawn]) -> Image:
    """The picture with all marks but redactions drawn on it, in order."""
    from PIL import Image as images
    from PIL import ImageDraw

    drawn = [mark for mark in marks if mark[0] is not MarkKind.REDACTION]
    if not drawn:
        return picture
    overlay = images.new("RGBA", picture.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(overlay)
    for kind, box, text in drawn:
        place = _scaled(box, picture.size)
        if kind is MarkKind.HIGHLIGHT:
            pen.rectangle(place, fill=_YELLOW)
        elif kind is MarkKind.ARROW:
            _arrow(pen, place, _width_of_lines(picture))
        elif kind is MarkKind.NUMBER:
            _number(pen, place, text, _size_of_text(picture))
        else:
            _text(pen, place, text, _size_of_text(picture))
    return images.alpha_composite(picture.convert("RGBA"), overlay).convert("RGB")


def _scaled(box: Region, size: tuple[int, int]) -> tuple[float, float, float, float]:
    left, top = box.left * size[0], box.top * size[1]
    return left, top, left + box.width * size[0], top + box.height * size[1]


def _width_of_lines(picture: Image) -> int:
    return max(2, round(min(picture.size) * _LINE_SHARE))


def _size_of_text(picture: Image) -> int:
    return max(12, round(min(picture.size) * _TEXT_SHARE))


def _arrow(pen: Any, place: tuple[float, float, float, float], width: int) -> None:
    x, y, to_x, to_y = place
    angle, head = math.atan2(to_y - y, to_x - x), 5 * width
    back = (to_x - head * 0.8 * math.cos(angle), to_y - head * 0.8 * math.sin(angle))
    pen.line((x, y, *back), fill=_RED, width=width)
    wings = [
        (to_x - head * math.cos(angle + turn), to_y - head * math.sin(angle + turn))
        for turn in (_HEAD, -_HEAD)
    ]
    pen.polygon([(to_x, to_y), *wings], fill=_RED)


def _number(pen: Any, place: tuple[float, float, float, float], text: str, size: int) -> None:
    x, y = (place[0] + place[2]) / 2, (place[1] + place[3]) / 2
    font = _font(size)
    radius = max(size * 0.85, pen.textlength(text, font=font) / 2 + size * 0.35)
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=_RED)
    pen.text((x, y), text, fill=_WHITE, font=font, anchor="mm")


def _text(pen: Any, place: tuple[float, float, float, float], text: str, size: int) -> None:
    font, pad = _font(size), size * 0.3
    room = max(place[2] - place[0] - 2 * pad, 4 * size)
    lines = _lines(pen, text, font, room)
    width = max(pen.textlength(line, font=font) for line in lines)
    height = len(lines) * size * 1.3
    x, y = place[0], place[1]
    pen.rectangle((x, y, x + width + 2 * pad, y + height + 2 * pad), fill=_PAPER, outline=_RED)
    for number, line in enumerate(lines):
        pen.text((x + pad, y + pad + number * size * 1.3), line, fill=_RED, font=font)


def _lines(pen: Any, text: str, font: Any, room: float) -> list[str]:
    lines = [""]
    for character in text:
        if lines[-1] and pen.textlength(lines[-1] + character, font=font) > room:
            lines.append("")
        lines[-1] += character
    return lines


def _font(size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(str(resources.path("fonts", _FONT)), size)


def covered(
    marks: Sequence[Drawn], size: tuple[int, int], grid: tuple[int, int], orientation: int
) -> list[Pixels]:
    """The pixels of a picture as it is stored that redactions of the upright one cover."""
    return [boxes.grown(boxes.as_stored(box, orientation), size, grid) for box in redactions(marks)]
