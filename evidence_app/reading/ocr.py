"""Text in pictures, by RapidOCR with the models that its package carries.

The settings were measured on screenshots of phones (``tests/benchmarks/reading.py``). Models are
given by path: left to itself, the library would fetch them when one is missing or was changed.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator
from functools import cache
from importlib import metadata, util
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidence_app.messages import MessageCode, message
from evidence_app.model.reading import Box, TextLine
from evidence_app.reading.failures import ReadingFailure

if TYPE_CHECKING:
    from evidence_app.reading.pixels import Pixels

DETECTION = "PP-OCRv6_det_small.onnx"
RECOGNITION = "PP-OCRv6_rec_small.onnx"
MODELS = {
    DETECTION: "090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f",
    RECOGNITION: "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884",
}
"""SHA-256 of the models in the package of RapidOCR 3.10."""

_TALL = 2.6
_TILE, _OVERLAP = 2.3, 0.2
"""Of the width: pictures that are higher are read in tiles of that height, so far overlapping."""

_PHONE = 1.3
_PHONE_SIDE, _MOST_SIDE = 1280, 2000
"""Pixels of the longest side at which text is looked for; its letters are read at full size."""

_EDGE_PX = 3
_SAME = 0.5
_NEAR = 60


def engine_name() -> str:
    """What reads, with its version and its models."""
    return f"RapidOCR {metadata.version('rapidocr')}, PP-OCRv6 small"


def folder() -> Path:
    """Where the package keeps its models.

    Raises:
        ReadingFailure: The package is not there.
    """
    spec = util.find_spec("rapidocr")
    if spec is None or spec.origin is None:
        raise ReadingFailure(message(MessageCode.READING_MODELS_MISSING))
    return Path(spec.origin).parent / "models"


def checked_models(where: Path) -> dict[str, Path]:
    """The models in a folder by name, each the very file that was measured.

    Raises:
        ReadingFailure: One is missing or another one.
    """
    paths = {name: where / name for name in MODELS}
    for name, path in paths.items():
        if not path.is_file() or _digest(path) != MODELS[name]:
            raise ReadingFailure(message(MessageCode.READING_MODELS_MISSING))
    return paths


class TextReader:
    """Reads lines of text; loading its models takes half a second, so keep it.

    Raises:
        ReadingFailure: The models are missing, or other ones.
    """

    def __init__(self) -> None:
        models = checked_models(folder())
        import cv2
        from rapidocr import RapidOCR

        cv2.setNumThreads(1)
        # What it returns has four types, whose fields all may be missing.
        self._rapid: Any = RapidOCR(params=_settings(models))

    def lines(
        self, pixels: Pixels, on_tile: Callable[[], None] = lambda: None
    ) -> tuple[TextLine, ...]:
        """The lines of a picture in reading order.

        Args:
            pixels: Rows, columns, and red, green and blue.
            on_tile: Is called when another part is read.
        """
        height, width = pixels.shape[:2]
        tiles = list(_tiles(width, height))
        lines: list[TextLine] = []
        for begin, end in tiles:
            for line in self._read(pixels[begin:end], begin):
                cut_above = begin > 0 and line.box.top < begin + _EDGE_PX
                cut_below = end < height and line.box.bottom > end - _EDGE_PX
                if not cut_above and not cut_below:
                    _keep(lines, line)
            on_tile()
        return in_order(lines)

    def _read(self, pixels: Pixels, above: int) -> Iterator[TextLine]:
        height, width = pixels.shape[:2]
        # The detector is made when it is first used; how far it shrinks is looked up each time.
        side = longest_side(width, height)
        self._rapid.cfg.Det.limit_side_len = side
        if self._rapid.text_det is not None:
            self._rapid.text_det.limit_side_len = side
        # The library takes blue first.
        result = self._rapid(pixels[:, :, ::-1].copy())
        if getattr(result, "boxes", None) is None or result.txts is None:
            return
        for corners, text, score in zip(result.boxes, result.txts, result.scores, strict=True):
            xs, ys = corners[:, 0], corners[:, 1]
            box = Box(int(xs.min()), int(ys.min()), int(xs.max() + 0.5), int(ys.max() + 0.5))
            if box.area > 0:
                yield TextLine(box.moved(above), str(text), min(1.0, float(score)))


def longest_side(width: int, height: int) -> int:
    """At how many pixels of its longest side text is looked for in a picture of that size."""
    if height >= _PHONE * width:
        return _PHONE_SIDE
    return min(_MOST_SIDE, max(_PHONE_SIDE, width, height))


def in_order(lines: list[TextLine]) -> tuple[TextLine, ...]:
    """Lines from top to bottom, those of one row from left to right."""
    return tuple(line for row in rows_of(lines) for line in row)


def rows_of(lines: list[TextLine]) -> list[list[TextLine]]:
    """Lines that stand beside one another, from top to bottom, each row from left to right."""
    rows: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda line: line.box.center_y):
        first = rows[-1][0].box if rows else None
        apart = line.box.center_y - first.center_y if first else 0.0
        if first is not None and apart < 0.5 * min(line.box.height, first.height):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.box.left) for row in rows]


def _settings(models: dict[str, Path]) -> dict[str, Any]:
    return {
        "Global.log_level": "critical",
        # Screenshots are upright.
        "Global.use_cls": False,
        # Letters are cut out of the picture at its own size.
        "Global.max_side_len": 1 << 16,
        "Global.width_height_ratio": -1,
        "Det.model_path": str(models[DETECTION]),
        "Rec.model_path": str(models[RECOGNITION]),
        "Det.limit_type": "max",
        "Det.limit_side_len": _PHONE_SIDE,
        # A character that stands alone after a comma is missed from 0.5 on.
        "Det.box_thresh": 0.35,
        # Short lines are not widened with nothing.
        "Rec.rec_img_shape": [3, 48, 32],
        "Rec.rec_batch_num": 4,
        "EngineConfig.onnxruntime.intra_op_num_threads": 1,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        "EngineConfig.onnxruntime.enable_cpu_mem_arena": False,
    }


def _tiles(width: int, height: int) -> Iterator[tuple[int, int]]:
    """First and last row of each part, one part if the picture is not tall."""
    tile, overlap = int(_TILE * width), int(_OVERLAP * width)
    if height <= _TALL * width:
        yield 0, height
        return
    count = -(-(height - overlap) // (tile - overlap))
    for number in range(count):
        begin = round(number * (height - tile) / (count - 1))
        yield begin, begin + tile


def _keep(lines: list[TextLine], line: TextLine) -> None:
    """Add a line; of one that two tiles show, the one that shows more of it, more surely."""
    for place in range(len(lines) - 1, max(-1, len(lines) - _NEAR), -1):
        if lines[place].box.shared(line.box) > _SAME:
            if _weight(line) > _weight(lines[place]):
                lines[place] = line
            return
    lines.append(line)


def _weight(line: TextLine) -> float:
    return line.confidence * line.box.area


@cache
def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


logging.getLogger("RapidOCR").propagate = False
