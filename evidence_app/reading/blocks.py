"""Messages whose bubbles cannot be seen: blocks of lines along the two edges.

Photos of a screen, bubbles that are no more than a frame, and faint ones on a wallpaper leave
nothing but the words: those of the other side begin in one column, one's own end in one.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from evidence_app.model.event import Direction
from evidence_app.model.reading import Box, ProposedEvent, ProposedKind, Stamp, TextLine, around
from evidence_app.reading import wording
from evidence_app.reading.bars import STATUS
from evidence_app.reading.drafts import Draft, events_of
from evidence_app.reading.stamps import NumberOrder, order_in, parse

_SURE = 0.4
"""How sure a side is that only the edges of words tell."""

_LEFT_NEAR, _RIGHT_NEAR = 0.022, 0.06
_LEAN = 0.004
_MOST_ASKEW = 0.05
_FACE = 1.5
_MIDDLE = 0.06
_FOOT = 0.16
_INDENT = 0.06
_CLOSE = 0.75
_LEAST_BLOCKS = 4


@dataclass(frozen=True)
class Edges:
    """Where words begin and end.

    Attributes:
        left: The column in which those of the other side begin.
        right: The column in which one's own end; None if there are none.
    """

    left: float
    right: float | None


@dataclass(frozen=True)
class BlockChat:
    """A chat that its words alone tell.

    Attributes:
        title: What stands in the middle above it, or empty.
        events: From top to bottom.
        closing_stamp: The last time in it.
    """

    title: str
    events: tuple[ProposedEvent, ...]
    closing_stamp: Stamp | None


def edges_of(drafts: list[Draft], lines: tuple[TextLine, ...]) -> Edges | None:
    """The edges of the words in bubbles; None if the other side has none."""
    begins = _of_side(drafts, lines, Direction.INCOMING)
    ends = _of_side(drafts, lines, Direction.OUTGOING)
    if not begins:
        return None
    return Edges(min(box.left for box in begins), max((box.right for box in ends), default=None))


def _of_side(drafts: list[Draft], lines: tuple[TextLine, ...], side: Direction) -> list[Box]:
    return [
        around([lines[number].box for number in draft.lines])
        for draft in drafts
        if draft.side is side and draft.lines and draft.kind is ProposedKind.MESSAGE
    ]


def drafts_at(
    edges: Edges, numbers: list[int], lines: tuple[TextLine, ...], width: int
) -> list[Draft]:
    """Messages of the lines that begin or end at the edges of others."""
    drafts: list[Draft] = []
    for block in _blocks(numbers, lines):
        box = around([lines[number].box for number in block])
        side = _side(box, edges, width)
        if side is not Direction.NONE:
            drafts.append(Draft(ProposedKind.MESSAGE, side, box, block, sureness=_SURE))
    return drafts


class BlockReader:
    """Reads a picture in which no bubbles were found, as a chat if its words stand like one.

    Args:
        lines: Of the picture.
        width: Of the picture.
        height: Of the picture.
    """

    def __init__(self, lines: tuple[TextLine, ...], width: int, height: int) -> None:
        self._lines, self._width, self._height = lines, width, height
        self._order: NumberOrder | None = order_in(line.text for line in lines)

    def read(self) -> BlockChat | None:
        """Find the events; None if it is no chat.

        A chat has a time in the middle, and words of both sides that change places: a letter has
        its date and its signature at the right, but nothing of its own after them.
        """
        times = [
            Draft(None, Direction.NONE, line.box, [number], stamp=stamp)
            for number, line in enumerate(self._lines)
            if (stamp := self._time_in_middle(line)) is not None
        ]
        if not times:
            return None
        top = min(draft.box.top for draft in times)
        messages = self._messages(top, times)
        sides = [draft.side for draft in messages]
        is_answered = any(
            above is Direction.OUTGOING and below is Direction.INCOMING
            for above, below in pairwise(sides)
        )
        if len(messages) < _LEAST_BLOCKS or not is_answered:
            return None
        drafts = sorted([*times, *messages], key=lambda draft: draft.box.top)
        events = tuple(events_of(drafts, self._lines, self._order))
        last = max(times, key=lambda draft: draft.box.top)
        return BlockChat(self._title(top), events, last.stamp)

    def _time_in_middle(self, line: TextLine) -> Stamp | None:
        if line.box.center_y < STATUS * self._width:
            return None
        if abs(line.box.center_x - self._width / 2) > _MIDDLE * self._width:
            return None
        stamp = parse(wording.without_channel(line.text), self._order)
        return stamp if stamp is not None and stamp.hour is not None else None

    def _messages(self, top: int, times: list[Draft]) -> list[Draft]:
        """Blocks of words, each at the side to which it leans."""
        used = {number for draft in times for number in draft.lines}
        bottom = self._height - _FOOT * self._width
        body = [
            number for number, line in enumerate(self._lines)
            if top < line.box.center_y < bottom and number not in used
        ]  # fmt: skip
        if not body:
            return []
        usual = median(self._lines[number].box.height for number in body)
        worded = [number for number in body if not _is_face(self._lines[number], usual)]
        blocks = _blocks(worded, self._lines)
        boxes = [around([self._lines[number].box for number in block]) for block in blocks]
        return [
            Draft(
                ProposedKind.MESSAGE, self._leaning(box, boxes, times), box, block, sureness=_SURE
            )
            for box, block in zip(boxes, blocks, strict=True)
        ]

    def _leaning(self, box: Box, boxes: list[Box], times: list[Draft]) -> Direction:
        """The side of the middle, which the times show, on which a block stands.

        One that is as wide as can be leans little: what else begins or ends there tells then.
        """
        lean = (box.center_x - _middle(box.center_y, times)) / self._width
        near = _LEFT_NEAR * self._width
        begins = sum(abs(other.left - box.left) < near for other in boxes)
        ends = sum(abs(other.right - box.right) < near for other in boxes)
        if abs(lean) < _LEAN and begins != ends:
            return Direction.INCOMING if begins > ends else Direction.OUTGOING
        return Direction.INCOMING if lean < 0 else Direction.OUTGOING

    def _title(self, top: int) -> str:
        above = [
            line.text for line in self._lines
            if line.box.bottom < top and len(line.text.strip()) > 1
            and abs(line.box.center_x - self._width / 2) < _MIDDLE * self._width
            and parse(line.text) is None and not wording.CHANNEL.match(line.text)
        ]  # fmt: skip
        return above[-1] if above else ""


def _middle(row: float, times: list[Draft]) -> float:
    """The column of the screen's middle at a row; a photo of it may be askew."""
    first, last = times[0].box, times[-1].box
    far = last.center_y - first.center_y
    if far <= 0:
        return first.center_x
    askew = max(-_MOST_ASKEW, min(_MOST_ASKEW, (last.center_x - first.center_x) / far))
    return first.center_x + askew * (row - first.center_y)


def _is_face(line: TextLine, usual: float) -> bool:
    """Whether it is an avatar that was read as a character or two."""
    return len(line.text.strip()) <= 2 and line.box.height > _FACE * usual


def _side(box: Box, edges: Edges, width: int) -> Direction:
    if abs(box.left - edges.left) < _LEFT_NEAR * width:
        return Direction.INCOMING
    is_indented = box.left > edges.left + _INDENT * width
    if edges.right is not None and is_indented:
        near = edges.right - box.right < _RIGHT_NEAR * width
        return Direction.OUTGOING if near else Direction.NONE
    return Direction.NONE


def _blocks(numbers: list[int], lines: tuple[TextLine, ...]) -> list[list[int]]:
    """Lines that follow one another closely and begin in one column."""
    blocks: list[list[int]] = []
    for number in sorted(numbers, key=lambda place: lines[place].box.top):
        box = lines[number].box
        for block in reversed(blocks):
            last = lines[block[-1]].box
            close = -0.3 * last.height < box.top - last.bottom < _CLOSE * last.height
            if close and abs(box.left - last.left) < 0.6 * last.height:
                block.append(number)
                break
        else:
            blocks.append([number])
    return blocks
