"""What a video shows, at a glance: pictures from all over it on one sheet, each with its time."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from evidence_app.model.evidence import Rendition, RenditionKind

if TYPE_CHECKING:
    from PIL.Image import Image

COUNT = 12
"""Pictures on the sheet."""

_COLUMNS = 4
_CELL = (400, 300)
_LABEL_HEIGHT = 20
_QUALITY = 80
_DARKEST = 12
_MICROSECONDS = 1_000_000


def frames(
    container: Any, moving: Any, faults: tuple[type[Exception], ...], alive: Callable[[], None]
) -> Iterator[tuple[float, Image]]:
    """Pictures from evenly spaced places, with their seconds; those that are broken are left out.

    Args:
        container: The open video.
        moving: Its video stream.
        faults: What decoding a broken video raises.
        alive: Called now and then.
    """
    length = (container.duration or 0) / _MICROSECONDS
    timestamps: set[int] = set()
    for number in range(COUNT):
        alive()
        at = length * number / COUNT
        try:
            container.seek(int(at * _MICROSECONDS), backward=True)
            frame = next(container.decode(moving), None)
        except faults:
            continue
        if frame is None or frame.pts in timestamps:
            continue
        timestamps.add(frame.pts)
        yield float(frame.time or 0.0), frame.to_image()


def useful(timed_frames: list[tuple[float, Image]]) -> Image | None:
    """The first picture that is not black, else the first of all."""
    for _, image in timed_frames:
        if max(high for _, high in _extremes(image)) > _DARKEST:
            return image
    return timed_frames[0][1] if timed_frames else None


def _extremes(image: Image) -> list[tuple[int, int]]:
    small = image.convert("RGB").resize((16, 16))
    return [band.getextrema() for band in small.split()]  # type: ignore[misc]


def sheet(timed_frames: list[tuple[float, Image]]) -> Rendition:
    """All pictures on one sheet, row by row."""
    from PIL import Image, ImageDraw, ImageFont

    columns = min(_COLUMNS, len(timed_frames))
    rows = -(-len(timed_frames) // columns)
    width, height = _CELL[0], _CELL[1] + _LABEL_HEIGHT
    page = Image.new("RGB", (columns * width, rows * height), "black")
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(size=_LABEL_HEIGHT - 6)
    for number, (seconds, picture) in enumerate(timed_frames):
        left, top = number % columns * width, number // columns * height
        small = picture.convert("RGB")
        small.thumbnail(_CELL)
        page.paste(small, (left + (width - small.width) // 2, top + (_CELL[1] - small.height) // 2))
        minutes, rest = divmod(int(seconds), 60)
        pen.text((left + 8, top + _CELL[1] + 2), f"{minutes}:{rest:02}", fill="white", font=font)
    out = io.BytesIO()
    page.save(out, "JPEG", quality=_QUALITY)
    return Rendition(RenditionKind.PREVIEW, "image/jpeg", out.getvalue())
