"""The rows of a list: what stands around each of the times that are written in one column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median, quantiles

from evidence_app.model.reading import Box, Stamp, TextLine
from evidence_app.reading.bars import STATUS
from evidence_app.reading.ocr import rows_of
from evidence_app.reading.stamps import NumberOrder, combined, parse

_PARTS = re.compile(r"\s*[•·|,，]\s*|\s{2,}")
_BADGE = re.compile(r"^[^\d\u4e00-\u9fff]?\d{0,3}\+?[^\d\u4e00-\u9fff]?$")
_ARROW = re.compile(r"[\s>›〉》»＞]+$")
_ARROW_AS_BRACKET = re.compile(r"^([^(（]+?)\s*[)）]$")
_TAIL_WORDS = 6
_NEAR = 0.02
_ALIGNED = 0.03
_RIGHT_FROM, _LEFT_UNTIL = 0.72, 0.4
_REGULAR, _MOSTLY = 0.16, 0.7
_LEAST_STEP = 0.08


@dataclass(frozen=True)
class Piece:
    """A line or a part of one.

    Attributes:
        line: What it says and where.
        number: Of the line that it is from.
        start: The column at which that line begins.
        stamp: The time that it says, if it is one.
    """

    line: TextLine
    number: int
    start: int
    stamp: Stamp | None

    @property
    def box(self) -> Box:
        """Where it is."""
        return self.line.box


@dataclass(frozen=True)
class Row:
    """What stands around one time.

    Attributes:
        texts: Its lines from top to bottom, each from left to right, without the time.
        anchor: The time.
        stamp: What that says, with the day of the heading above it.
        box: All of it, as wide as the picture.
    """

    texts: list[list[Piece]]
    anchor: Piece
    stamp: Stamp
    box: Box

    def pieces(self) -> list[Piece]:
        """All that stands in it, without the time."""
        return [piece for row in self.texts for piece in row]


@dataclass(frozen=True)
class Rows:
    """The rows of a list.

    Attributes:
        rows: From top to bottom.
        is_regular: Whether they are at regular distances, apart from headings.
    """

    rows: list[Row]
    is_regular: bool


class RowFinder:
    """Finds rows in the lines of one picture.

    Args:
        lines: Of the picture.
        width: Of the picture.
        height: Of the picture.
        order: How dates of two numbers are to be taken.
    """

    def __init__(
        self, lines: tuple[TextLine, ...], width: int, height: int, order: NumberOrder | None
    ) -> None:
        self._lines, self._width, self._height, self._order = lines, width, height, order

    def find(self) -> Rows:
        """The rows; none if no times stand in a column."""
        pieces = [piece for number in range(len(self._lines)) for piece in self._pieces(number)]
        pieces = self._with_whole_times(pieces)
        anchors = self._anchors(pieces)
        if len(anchors) < 2:
            return Rows([], False)
        headings = self._headings(pieces, anchors)
        cuts = [self._cut(above, below, pieces, headings) for above, below in pairwise(anchors)]
        tops = [anchor.box.center_y - cut[1] for anchor, cut in zip(anchors[1:], cuts, strict=True)]
        ends = [
            cut[0] - anchor.box.center_y for anchor, cut in zip(anchors[:-1], cuts, strict=True)
        ]
        first = max(
            [anchors[0].box.center_y - median(tops)]
            + [
                heading.box.bottom
                for heading in headings
                if heading.box.bottom <= anchors[0].box.top
            ]
        )
        last = anchors[-1].box.center_y + median(ends)
        limits = zip(
            [first, *(cut[1] for cut in cuts)], [*(cut[0] for cut in cuts), last], strict=True
        )
        rows = [
            self._row(anchor, pieces, headings, round(top), round(bottom))
            for anchor, (top, bottom) in zip(anchors, limits, strict=True)
        ]
        return Rows(rows, self._is_regular(anchors, headings))

    def are_aligned(self, rows: list[Row]) -> bool:
        """Whether most rows begin at one edge."""
        lefts = [min(piece.box.left for piece in [*row.pieces(), row.anchor]) for row in rows]
        if not lefts:
            return False
        usual = median(lefts)
        near = sum(abs(left - usual) < _ALIGNED * self._width for left in lefts)
        return near >= 0.75 * len(lefts)

    def _pieces(self, number: int) -> list[Piece]:
        """The pieces of a line: two if the detector joined a time with the text before it."""
        line = self._lines[number]
        start = line.box.left
        text = _ARROW_AS_BRACKET.sub(r"\1", _ARROW.sub("", line.text))
        stamp = parse(text, self._order)
        if stamp is not None:
            return [Piece(replace(line, text=text), number, start, stamp)]
        for cut in _cuts(text):
            tail = text[cut:].strip(" •·|,，")
            if (stamp := parse(tail, self._order)) is not None:
                column = start + round(line.box.width * cut / len(line.text))
                head = text[:cut].rstrip(" •·|,，")
                before = replace(line, text=head, box=replace(line.box, right=column))
                after = replace(line, text=tail, box=replace(line.box, left=column))
                return [Piece(before, number, start, None), Piece(after, number, start, stamp)]
        return [Piece(line, number, start, None)]

    def _with_whole_times(self, pieces: list[Piece]) -> list[Piece]:
        """Days and times of day that were read apart, though they stand beside one another."""
        joined: list[Piece] = []
        for row in _in_rows(pieces):
            for piece in row:
                before = joined[-1] if joined else None
                if before is not None and (whole_time := _whole_time(before, piece)) is not None:
                    joined[-1] = whole_time
                else:
                    joined.append(piece)
        return joined

    def _anchors(self, pieces: list[Piece]) -> list[Piece]:
        """The times of the rows, from top to bottom."""
        stamps = [
            piece for piece in pieces
            if piece.stamp is not None and piece.box.center_y > STATUS * self._width
        ]  # fmt: skip
        near = _NEAR * self._width
        right: list[Piece] = []
        for stamped in stamps:
            if stamped.box.right > _RIGHT_FROM * self._width:
                same = [
                    piece for piece in stamps if abs(piece.box.right - stamped.box.right) < near
                ]
                right = max(right, same, key=len)
        left: list[Piece] = []
        for stamped in stamps:
            if stamped.start < _LEFT_UNTIL * self._width:
                same = [piece for piece in stamps if abs(piece.start - stamped.start) < near]
                left = max(left, same, key=len)
        anchors = right if len(right) >= max(2, 0.75 * len(left)) else left
        return sorted(anchors, key=lambda piece: piece.box.center_y)

    def _headings(self, pieces: list[Piece], anchors: list[Piece]) -> list[Piece]:
        """Days that stand alone above several rows."""
        lone = [row[0] for row in _in_rows(pieces) if len(row) == 1]
        return [
            piece for piece in lone
            if piece not in anchors and piece.stamp is not None and piece.stamp.hour is None
            and piece.box.center_y > STATUS * self._width
        ]  # fmt: skip

    def _cut(
        self, above: Piece, below: Piece, pieces: list[Piece], headings: list[Piece]
    ) -> tuple[float, float]:
        """Where one row ends and the next one begins: at the widest gap between their lines."""
        begin, end = above.box.center_y, below.box.center_y
        for heading in headings:
            if begin < heading.box.center_y < end:
                return heading.box.top, heading.box.bottom
        inside = [
            piece.box for piece in pieces
            if piece.box.bottom > begin and piece.box.top < end and not self._is_badge(piece)
        ]  # fmt: skip
        gaps = list(_gaps(inside, begin, end))
        top, bottom = max(gaps, key=lambda gap: gap[1] - gap[0], default=(begin, end))
        return (top + bottom) / 2, (top + bottom) / 2

    def _row(
        self, anchor: Piece, pieces: list[Piece], headings: list[Piece], top: int, bottom: int
    ) -> Row:
        inside = [
            piece for piece in pieces
            if top <= piece.box.center_y < bottom and piece is not anchor and piece not in headings
            and not self._is_badge(piece)
        ]  # fmt: skip
        inside = [piece for piece in inside if not self._is_face(piece, inside)]
        box = Box(0, max(0, top), self._width, min(self._height, bottom))
        assert anchor.stamp is not None
        above = [heading for heading in headings if heading.box.center_y < anchor.box.center_y]
        day = above[-1].stamp if above else None
        return Row(_in_rows(inside), anchor, combined(anchor.stamp, day), box)

    def _is_badge(self, piece: Piece) -> bool:
        """Whether it is a number of unread messages, or an icon at the edge."""
        text = piece.line.text.strip()
        return piece.box.left > 0.8 * self._width and _BADGE.match(text) is not None

    def _is_face(self, piece: Piece, others: list[Piece]) -> bool:
        """Whether it is the letter of an avatar: left of where the row's words begin."""
        box = piece.box
        if box.right > 0.2 * self._width or len(piece.line.text.strip()) > 2:
            return False
        return any(
            box.right <= other.box.left < 0.32 * self._width
            and min(box.bottom, other.box.bottom) > max(box.top, other.box.top)
            for other in others
        )

    def _is_regular(self, anchors: list[Piece], headings: list[Piece]) -> bool:
        gaps = [
            below.box.center_y - above.box.center_y
            for above, below in pairwise(anchors)
            if not any(
                above.box.center_y < heading.box.center_y < below.box.center_y
                for heading in headings
            )
        ]
        if not gaps:
            return False
        step = quantiles(gaps, n=4)[0] if len(gaps) > 3 else min(gaps)
        if step < _LEAST_STEP * self._width:
            return False
        regular = sum(abs(gap / step - round(gap / step)) < _REGULAR for gap in gaps)
        return regular >= _MOSTLY * len(gaps)


def text_of(pieces: list[Piece]) -> str:
    """The words of some pieces."""
    return " ".join(piece.line.text.strip() for piece in pieces)


def _whole_time(before: Piece, piece: Piece) -> Piece | None:
    if before.stamp is None or piece.stamp is None or before.stamp.hour is not None:
        return None
    gap = piece.box.left - before.box.right
    beside = abs(piece.box.center_y - before.box.center_y) < 0.5 * piece.box.height
    stamp = combined(piece.stamp, before.stamp)
    if not beside or gap > 1.5 * piece.box.height or stamp is piece.stamp:
        return None
    box = Box(
        before.box.left, min(before.box.top, piece.box.top),
        piece.box.right, max(before.box.bottom, piece.box.bottom),
    )  # fmt: skip
    line = TextLine(box, stamp.text, min(before.line.confidence, piece.line.confidence))
    return Piece(line, piece.number, before.start, stamp)


def _cuts(text: str) -> list[int]:
    """Places at which a time may begin: after the last mark, else from the left to the right."""
    marked = [match.end() for match in _PARTS.finditer(text)]
    last = [match.end() for match in re.finditer(r"[•·|]", text)][-1:]
    spaces = [match.end() for match in re.finditer(r"\s+", text)][-_TAIL_WORDS:]
    word_starts = [
        match.start()
        for match in re.finditer(
            r"昨天|前天|今天|星期|周[一二三四五六日]|(?<!\d)\d{4}年|(?<![\d年])\d{1,2}月|[上下]午|晚上|早上|凌晨|中午|"
            r"(?<![\d:])\d{1,2}:\d\d|Yesterday|Today",
            text,
        )
    ]
    later = sorted({cut for cut in (*marked, *spaces, *word_starts) if 0 < cut < len(text)})
    return [cut for cut in (*last, *later) if cut < len(text)]


def _in_rows(pieces: list[Piece]) -> list[list[Piece]]:
    by_line = {id(piece.line): piece for piece in pieces}
    return [
        [by_line[id(line)] for line in row] for row in rows_of([piece.line for piece in pieces])
    ]


def _gaps(boxes: list[Box], begin: float, end: float) -> Iterator[tuple[float, float]]:
    """The stretches between two rows of a picture in which none of some boxes is."""
    reached = begin
    for box in sorted(boxes, key=lambda box: box.top):
        if box.top > reached:
            yield reached, min(box.top, end)
        reached = max(reached, box.bottom)
    if reached < end:
        yield reached, end
