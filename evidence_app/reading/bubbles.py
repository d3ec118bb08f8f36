"""Bubbles: areas of one fill that lines of text stand in, and the side on which each is.

No colour of any app and no distance of any phone is known here. A bubble is found by the fill
around its words, its side by what the bubbles of a picture have in common.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median

import numpy as np

from evidence_app.model.event import Direction
from evidence_app.model.reading import Box, TextLine
from evidence_app.reading.raster import (
    SAME_FILL,
    SMALL,
    Area,
    Colour,
    Raster,
    distance,
    saturation,
    usual_colour,
)
from evidence_app.reading.stamps import parse

ALIKE = 6.0
"""Levels by which the fills of bubbles of one side may differ."""

_EDGE_PX = 3
_SAME_BUBBLE = 5.0
_SOLID_ON_PHOTO, _ROUND, _MIDST = 0.85, 0.74, 0.1
_SOLID = 0.7
_CENTRED = 0.05
_BAND, _BAND_GAP = 40.0, 0.08
_LEAN = 0.04
_LEAST_WIDE, _LEAST_HIGH = 0.09, 0.06
_FACE = (0.17, 0.2)
_FURTHER = 7
_BESIDE = 0.08
_BADGE = 1.15


@dataclass
class Bubble:
    """A bubble with the lines in it.

    Attributes:
        area: Where its fill is in the small picture.
        box: Where it is in the picture.
        lines: Numbers of the lines in it, without those of `inner`.
        inner: Bubbles within it: what it quotes.
        side: Incoming at the left, outgoing at the right; none in the middle.
        sureness: How sure the side is, from 0 to 1.
    """

    area: Area
    box: Box
    lines: list[int]
    inner: list[Bubble] = field(default_factory=list)
    side: Direction = Direction.NONE
    sureness: float = 0.0

    @property
    def fill(self) -> Colour:
        """Its colour."""
        return self.area.fill

    @property
    def left(self) -> int:
        """Its first column in the small picture."""
        return self.area.left

    @property
    def right(self) -> int:
        """The column after its last in the small picture."""
        return self.area.right

    @property
    def lean(self) -> float:
        """By how much its right margin is wider than its left one, in widths of the picture."""
        return (SMALL - self.right - self.left) / SMALL

    def is_centred(self) -> bool:
        """Whether it stands in the middle, and leaves room at both sides."""
        apart = abs(self.left - (SMALL - self.right))
        return apart <= _CENTRED * SMALL and self.right - self.left < 0.85 * SMALL


def found_bubbles(
    raster: Raster,
    lines: tuple[TextLine, ...],
    numbers: list[int],
    page: Colour,
    *,
    is_flat: bool,
) -> tuple[list[Bubble], list[int]]:
    """The bubbles of some lines, and the lines that stand on the page itself.

    Args:
        raster: The picture.
        lines: All of its lines.
        numbers: Which of them are in the scrolled part.
        page: The colour of the page.
        is_flat: Whether the page has one colour, and is no photo.
    """
    groups: dict[tuple[int, int], Bubble] = {}
    loose: list[int] = []
    for number in numbers:
        area = _area_around(raster, lines[number].box, page)
        if area is None:
            loose.append(number)
            continue
        bubble = groups.setdefault(area.number, Bubble(area, raster.box_of(area), []))
        bubble.lines.append(number)
    bubbles = _nested(_bands_joined(raster, list(groups.values()), page))
    least = _BADGE * _height_of_words(lines, numbers)
    faint = [
        bubble for bubble in bubbles
        if bubble.box.height < least or not (is_flat or _stands_out(raster, bubble, lines))
    ]  # fmt: skip
    loose += [number for bubble in faint for number in bubble.lines]
    bubbles = [bubble for bubble in bubbles if bubble not in faint]
    return sorted(bubbles, key=lambda bubble: bubble.area.top), loose


def without_faces(
    raster: Raster, bubbles: list[Bubble], lines: tuple[TextLine, ...], page: Colour
) -> list[Bubble]:
    """Without avatars that have a letter in them.

    These are small squares further outside than any bubble, with something beside them.
    """
    faces = [bubble for bubble in bubbles if _looks_like_face(bubble, lines)]
    others = [bubble for bubble in bubbles if bubble not in faces]
    few = len(others) // 10
    left = sorted([bubble.left for bubble in others] + [SMALL])[few]
    right = sorted([bubble.right for bubble in others] + [0], reverse=True)[few]

    def is_one(face: Bubble) -> bool:
        is_outermost = face.left < left - _FURTHER or face.right > right + _FURTHER
        return is_outermost and _has_neighbour(raster, face, lines, page)

    return [bubble for bubble in bubbles if bubble not in faces or not is_one(bubble)]


def is_face(line: TextLine, raster: Raster, usual_height: float, width: int) -> bool:
    """Whether a line is an avatar that was read as a character."""
    box = line.box
    if len(line.text.strip()) > 2 or not 0.7 < box.width / max(1, box.height) < 1.4:
        return False
    if box.height <= 1.7 * usual_height or not (box.right < 0.2 * width or box.left > 0.8 * width):
        return False
    if box.height > 2.15 * usual_height:
        return True
    usual = usual_colour(raster.part(box))
    return usual is None or usual[1] < 0.4


def wordless(raster: Raster, bubbles: list[Bubble], page: Colour) -> list[Bubble]:
    """Bubbles in which no word was read: the same fills, at the same edges, without a line."""
    bare: list[Bubble] = []
    sided = [bubble for bubble in bubbles if bubble.side is not Direction.NONE]
    for fill in _fills(sided):
        alike = [bubble for bubble in sided if distance(bubble.fill, fill) <= ALIKE]
        for area in raster.areas_of(fill, page):
            if _is_bubble(raster, area) and not any(
                _overlap(area, present.area) for present in bubbles + bare
            ):
                like = next((candidate for candidate in alike if _same_edge(area, candidate)), None)
                if like is not None:
                    bare.append(Bubble(area, raster.box_of(area), [], [], like.side, like.sureness))
    return bare


def shared_edges(bubble: Bubble, bubbles: list[Bubble]) -> tuple[int, int]:
    """How many others begin in the same column, and how many end in the same."""
    others = [other for other in bubbles if other is not bubble]
    lefts = sum(abs(other.left - bubble.left) <= 2 for other in others)
    return lefts, sum(abs(other.right - bubble.right) <= 2 for other in others)


def set_sides(raster: Raster, bubbles: list[Bubble], page: Colour) -> None:
    """Say of each bubble that is not in the middle on which side it is.

    Bubbles of one fill are judged together: which of their edges repeats while the other is
    ragged, which margin is wider, and whether the fill is a colour, as one's own often is. A fill
    that both sides have is judged one by one, by its edges; one that spans the whole width, by
    what the others are. What looks like an avatar beside the bubble counts most.
    """
    spanning = []
    for fill in _fills(bubbles):
        same = [bubble for bubble in bubbles if distance(bubble.fill, fill) <= ALIKE]
        if all(abs(bubble.lean) <= _LEAN for bubble in same):
            spanning.append(same)
            continue
        together, is_mixed = _vote(same, fill)
        for bubble in same:
            vote = 6 * bubble.lean if is_mixed else together + 1.5 * bubble.lean
            lefts, rights = shared_edges(bubble, bubbles)
            # One edge that is shared may be chance.
            vote += 1.5 * (lefts - rights) / (1 + lefts + rights)
            _decide(bubble, vote + 2.5 * avatar_beside(raster, bubble.area, page))
    decided = [bubble for bubble in bubbles if bubble.side is not Direction.NONE]
    for same in spanning:
        together = _vote(same, same[0].fill)[0] + _vote_of_others(decided)
        for bubble in same:
            _decide(bubble, together + 2.5 * avatar_beside(raster, bubble.area, page))


def _decide(bubble: Bubble, vote: float) -> None:
    bubble.side = Direction.INCOMING if vote > 0 else Direction.OUTGOING
    bubble.sureness = min(1.0, abs(vote) / 3)


def _vote_of_others(decided: list[Bubble]) -> float:
    """What speaks for a side if a fill is on one side only, and this one is another."""
    sides = {bubble.side for bubble in decided}
    if sides == {Direction.INCOMING}:
        return -1.5
    return 1.5 if sides == {Direction.OUTGOING} else 0.0


def _area_around(raster: Raster, box: Box, page: Colour) -> Area | None:
    """The bubble that a line stands in, or None if it stands on the page."""
    usual = usual_colour(raster.part(box))
    if usual is None or distance(usual[0], page) <= SAME_FILL:
        return None
    area = raster.area_at(box, usual[0], page)
    if area is None or not _is_bubble(raster, area) or area.right - area.left < 6:
        return None
    return area


def _height_of_words(lines: tuple[TextLine, ...], numbers: list[int]) -> float:
    """The height of the line in which the middle one of all characters stands.

    Badges beside names and counts of reactions are lower, with the fill around them.
    """
    heights = [height for n in numbers for height in [lines[n].box.height] * len(lines[n].text)]
    return median(heights or [0])


def _stands_out(raster: Raster, bubble: Bubble, lines: tuple[TextLine, ...]) -> bool:
    """Whether a bubble is drawn on a photo, and no part of it."""
    area = bubble.area
    solidity = raster.solidity(area)
    is_solid = solidity >= _SOLID_ON_PHOTO
    if not is_solid and len(bubble.lines) == 1:
        # Rounded ends are much of a bubble that holds a word or two, in its very middle.
        text = lines[bubble.lines[0]].box
        apart = abs(text.center_x - bubble.box.center_x), abs(text.center_y - bubble.box.center_y)
        is_solid = solidity >= _ROUND and max(apart) < _MIDST * bubble.box.height
    return is_solid and raster.is_sharp(area)


def _is_bubble(raster: Raster, area: Area) -> bool:
    spans = area.left <= 1 and area.right >= SMALL - 1
    return not spans and _is_large(area) and raster.solidity(area) >= _SOLID


def _is_large(area: Area) -> bool:
    wide, high = area.right - area.left, area.bottom - area.top
    return wide >= _LEAST_WIDE * SMALL * 0.6 and high >= _LEAST_HIGH * SMALL * 0.5


def _bands_joined(raster: Raster, bubbles: list[Bubble], page: Colour) -> list[Bubble]:
    """Bubbles whose fill changes from top to bottom are found in bands; put together again."""
    joined: list[Bubble] = []
    for bubble in sorted(bubbles, key=lambda bubble: bubble.area.top):
        above = joined[-1] if joined else None
        if above is not None and _is_next_band(raster, above.area, bubble.area, page):
            above.lines += bubble.lines
            above.area = Area(
                above.fill, above.area.number, min(above.left, bubble.left), above.area.top,
                max(above.right, bubble.right), bubble.area.bottom,
                above.area.pixels + bubble.area.pixels,
            )  # fmt: skip
            above.box = Box(
                min(above.box.left, bubble.box.left), above.box.top,
                max(above.box.right, bubble.box.right), bubble.box.bottom,
            )  # fmt: skip
        else:
            joined.append(bubble)
    return joined


def _is_next_band(raster: Raster, above: Area, below: Area, page: Colour) -> bool:
    """Whether one area goes on in the other, in another colour, with no page between them."""
    aligned = abs(above.left - below.left) <= 4 and abs(above.right - below.right) <= 4
    gap = below.top - above.bottom
    if not aligned or gap > _BAND_GAP * SMALL:
        return False
    if not SAME_FILL < distance(above.fill, below.fill) < _BAND:
        return False
    column = above.left + 5
    between = raster.small[above.bottom - 1 : below.top + 1, column - 1 : column + 2]
    return bool((np.abs(between - page).max(axis=2) > 4 * SAME_FILL).all())


def _nested(bubbles: list[Bubble]) -> list[Bubble]:
    """Bubbles with smaller ones inside them, because the fill of one bubble may vary."""
    outermost: list[Bubble] = []
    for bubble in sorted(bubbles, key=lambda bubble: -bubble.box.area):
        host = next((outer for outer in outermost if outer.area.holds(bubble.area)), None)
        if host is None:
            outermost.append(bubble)
        elif distance(host.fill, bubble.fill) <= _SAME_BUBBLE:
            host.lines += bubble.lines
        else:
            host.inner.append(bubble)
    return outermost


def _looks_like_face(bubble: Bubble, lines: tuple[TextLine, ...]) -> bool:
    wide, high = bubble.right - bubble.left, bubble.area.bottom - bubble.area.top
    text = "".join(lines[number].text.strip() for number in bubble.lines)
    is_outside = bubble.right < _FACE[1] * SMALL or bubble.left > (1 - _FACE[1]) * SMALL
    is_square = wide / max(1, high) > 0.75
    # One that a bar cuts is less high.
    return is_outside and wide <= _FACE[0] * SMALL and is_square and len(text) <= 2


def _has_neighbour(raster: Raster, face: Bubble, lines: tuple[TextLine, ...], page: Colour) -> bool:
    """Whether anything stands beside it, further inside, that is more than a time of day."""
    reach = int(0.14 * SMALL)
    top, bottom, left, right = face.area.top, face.area.bottom, face.left, face.right
    begin, end = (right + 2, right + reach) if right < SMALL / 2 else (left - reach, left - 2)
    beside = raster.small[top:bottom, begin:end]
    if (np.abs(beside - page).max(axis=2) > 8).mean() <= _BESIDE:
        return False
    place = Box(*(round(side / raster.scale) for side in (begin, top, end, bottom)))
    neighbours = [line.text for line in lines if line.box.shared(place) > 0]
    return not neighbours or any(parse(text) is None for text in neighbours)


def _fills(bubbles: list[Bubble]) -> list[Colour]:
    fills: list[Colour] = []
    for bubble in bubbles:
        if all(distance(fill, bubble.fill) > ALIKE for fill in fills):
            fills.append(bubble.fill)
    return fills


def _vote(bubbles: list[Bubble], fill: Colour) -> tuple[float, bool]:
    """Above 0 for the left; and whether both sides have the fill."""
    lefts = np.array([bubble.left for bubble in bubbles])
    rights = np.array([bubble.right for bubble in bubbles])
    vote = 0.0
    if len(bubbles) >= 2:
        left_spread, right_spread = int(np.ptp(lefts)), int(np.ptp(rights))
        if left_spread > 2 * _EDGE_PX and right_spread > 2 * _EDGE_PX:
            return 0.0, True
        if left_spread <= _EDGE_PX < right_spread:
            vote += 3
        elif right_spread <= _EDGE_PX < left_spread:
            vote -= 3
    margins = float(np.mean((SMALL - rights) - lefts)) / (0.15 * SMALL)
    vote += 2 * max(-1.0, min(1.0, margins))
    colour = saturation(fill)
    vote += -0.6 if colour > 40 else 0.3 if colour < 12 else 0.0
    return vote, False


def avatar_beside(raster: Raster, area: Area, page: Colour) -> int:
    """1 if something like a picture is beside the bubble's top at the left, -1 at the right."""
    top, bottom = area.top, int(min(area.top + 0.11 * SMALL, raster.rows - 1))
    if bottom - top < 6 or page.min() < 0:
        # Beside a bubble on a photo there is always something.
        return 0

    def busy(begin: float, end: float) -> float:
        if end - begin < 0.05 * SMALL:
            return 0.0
        part = raster.small[top:bottom, int(begin) : int(end)]
        differs = np.abs(part - page).max(axis=2) > 18
        return float(differs.any(axis=0).mean()) if differs.mean() > 0.2 else 0.0

    left = busy(2, min(area.left - 6, 0.19 * SMALL))
    right = busy(max(area.right + 6, 0.81 * SMALL), SMALL - 2)
    if left > 0.3 and right < 0.15:
        return 1
    return -1 if right > 0.3 and left < 0.15 else 0


def _overlap(first: Area, second: Area) -> bool:
    return min(first.right, second.right) > max(first.left, second.left) and min(
        first.bottom, second.bottom
    ) > max(first.top, second.top)


def _same_edge(area: Area, bubble: Bubble) -> bool:
    if bubble.side is Direction.INCOMING:
        return abs(area.left - bubble.left) <= 2 and area.right < 0.93 * SMALL
    return abs(area.right - bubble.right) <= 2 and area.left > 0.07 * SMALL
