"""What a message quotes: beside a rule in its bubble, or in a box that hangs below it."""

from __future__ import annotations

from evidence_app.model.event import Direction
from evidence_app.model.reading import Box, ProposedKind, TextLine, around
from evidence_app.reading.bubbles import Bubble
from evidence_app.reading.drafts import Draft
from evidence_app.reading.raster import Colour, Raster, distance, saturation

_GREY, _OTHER = 40, 5
_SMALLER = 0.93
_NEAR, _BESIDE = 0.022, 0.025


def take_ruled(draft: Draft, lines: tuple[TextLine, ...], raster: Raster) -> None:
    """Take the first lines of a bubble as a quotation if a vertical rule runs beside only them."""
    if draft.fill is None or draft.quoted or draft.side is Direction.NONE:
        return
    numbers = sorted(draft.lines)
    boxes = [lines[number].box for number in numbers]
    for count in range(len(boxes) - 1, 0, -1):
        first, lower = boxes[:count], boxes[count:]
        if max(box.height for box in first) > _SMALLER * max(box.height for box in lower):
            continue
        if raster.has_rule(_before(first, draft.box), draft.fill):
            draft.quoted, draft.lines = numbers[:count], numbers[count:]
            return


def _before(boxes: list[Box], bubble: Box) -> Box:
    """The strip between a bubble's edge and some of its lines."""
    outline = around(boxes)
    height = boxes[0].height
    left = max(bubble.left + height // 4, outline.left - height)
    return Box(left, outline.top + height // 6, outline.left, outline.bottom - height // 6)


def with_quotes(drafts: list[Draft], usual: dict[Direction, Colour], width: int) -> list[Draft]:
    """Drafts in which boxes that hang below a bubble, in a fill of their own, are its quotes.

    Args:
        drafts: Of a chat.
        usual: The fill that bubbles of each side have.
        width: Of the picture.
    """
    remaining: list[Draft] = []
    for draft in sorted(drafts, key=lambda draft: draft.box.top):
        if _is_odd(draft, usual):
            above = next(
                (earlier for earlier in reversed(remaining) if earlier.kind is not None), None
            )
            if above is not None and _hangs_below(draft, above, width):
                above.quoted += draft.lines
                continue
        remaining.append(draft)
    return remaining


def _is_odd(draft: Draft, usual: dict[Direction, Colour]) -> bool:
    if draft.fill is None or draft.kind is not ProposedKind.MESSAGE:
        return False
    fill = draft.fill
    return saturation(fill) < _GREY and all(
        distance(fill, other) > _OTHER for other in usual.values()
    )


def _hangs_below(quote: Draft, above: Draft, width: int) -> bool:
    gap = quote.box.top - above.box.bottom
    if above.side is Direction.INCOMING:
        apart = abs(above.box.left - quote.box.left)
    else:
        apart = abs(above.box.right - quote.box.right)
    close = -2 <= gap < _NEAR * width and apart < _BESIDE * width
    return close and not above.quoted and above.side is not Direction.NONE


def usual_fills(bubbles: list[Bubble]) -> dict[Direction, Colour]:
    """The fill that most lines of each side have."""
    usual: dict[Direction, Colour] = {}
    for side in (Direction.INCOMING, Direction.OUTGOING):
        same = [bubble for bubble in bubbles if bubble.side is side]
        if same:
            usual[side] = max(same, key=lambda bubble: _lines_like(bubble, same)).fill
    return usual


def _lines_like(bubble: Bubble, bubbles: list[Bubble]) -> int:
    return sum(len(other.lines) for other in bubbles if distance(other.fill, bubble.fill) <= 5)
