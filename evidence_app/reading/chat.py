"""From the bubbles of a chat to proposed messages, each with its direction and its time."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

import numpy as np

from evidence_app.model.event import Direction
from evidence_app.model.reading import (
    Box,
    ProposedEvent,
    ProposedKind,
    Stamp,
    TextLine,
    around,
)
from evidence_app.reading import wording
from evidence_app.reading.bars import STATUS, Bars
from evidence_app.reading.blocks import drafts_at, edges_of
from evidence_app.reading.bubbles import (
    ALIKE,
    Bubble,
    avatar_beside,
    found_bubbles,
    is_face,
    set_sides,
    shared_edges,
    without_faces,
    wordless,
)
from evidence_app.reading.clocks import split_clocks, take_clock, without_ticks
from evidence_app.reading.cuts import cut_bubbles
from evidence_app.reading.drafts import Draft, events_of
from evidence_app.reading.previews import with_previews
from evidence_app.reading.quotes import take_ruled, usual_fills, with_quotes
from evidence_app.reading.raster import SMALL, Area, Colour, Raster, distance, saturation
from evidence_app.reading.stamps import NumberOrder, is_clock, order_in, parse
from evidence_app.reading.titles import title_of

_FLAT = 0.6
_NO_LEVEL = -1000.0
_CENTRE = 0.055
_SMALLER = 0.95
_INSIDE = 0.8


@dataclass(frozen=True)
class Chat:
    """What was found.

    Attributes:
        title: The name in the title bar, or empty.
        events: From top to bottom.
        bubbles: How many stand clearly at one side: what tells a chat from anything else.
        closing_stamp: The last time between bubbles.
    """

    title: str
    events: tuple[ProposedEvent, ...]
    bubbles: int
    closing_stamp: Stamp | None


class ChatReader:
    """Reads one picture as a chat.

    Args:
        raster: The picture.
        lines: Its lines.
        bars: Where its scrolled part is.
        width: Of the picture.
    """

    def __init__(self, raster: Raster, lines: tuple[TextLine, ...], bars: Bars, width: int) -> None:
        self._raster, self._lines, self._width = raster, lines, width
        self._top: float = bars.top / raster.scale
        self._bottom: float = bars.bottom / raster.scale
        raster.limit(bars.top, bars.bottom)
        page, share = raster.page()
        self._is_flat = share >= _FLAT
        # On a photo no fill is that of the page.
        self._page = page if self._is_flat else np.full(3, _NO_LEVEL)
        self._order: NumberOrder | None = order_in(line.text for line in lines)
        self._usual_height = float(median(line.box.height for line in lines)) if lines else 0.0

    def read(self) -> Chat:
        """Find the events."""
        body, title = self._body_and_title()
        bubbles, loose = found_bubbles(
            self._raster, self._lines, body, self._page, is_flat=self._is_flat
        )
        bubbles = without_faces(self._raster, bubbles, self._lines, self._page)
        middle = [bubble for bubble in bubbles if self._is_notice(bubble, bubbles)]
        sided = [bubble for bubble in bubbles if bubble not in middle and not self._is_menu(bubble)]
        set_sides(self._raster, sided, self._page)
        usual = usual_fills(sided)
        cut = cut_bubbles(self._raster, sided)
        drafts = [self._of_bubble(bubble, usual, is_cut=bubble in cut) for bubble in sided]
        drafts += [self._of_notice(bubble.lines, bubble.box) for bubble in middle]
        drafts += self._like_others(bubbles, loose)
        split_clocks(drafts, self._lines, self._width)
        drafts = with_quotes(drafts, usual, self._width)
        pictures = self._pictures([*(bubble.box for bubble in bubbles), *self._boxes(drafts)])
        drafts = with_previews(drafts, pictures, self._width)
        drafts += self._faint(drafts, loose)
        drafts, found_title = self._with_loose(drafts, loose)
        drafts.sort(key=lambda draft: draft.box.top)
        events = tuple(events_of(drafts, self._lines, self._order))
        stamps = [draft.stamp for draft in drafts if draft.stamp is not None]
        closing = stamps[-1] if stamps else None
        aside = [bubble for bubble in sided if self._is_aside(bubble, sided)]
        return Chat(title or found_title, events, len(aside), closing)

    def _body_and_title(self) -> tuple[list[int], str]:
        body, titles = [], []
        for number, line in enumerate(self._lines):
            if line.box.center_y > self._bottom or is_face(
                line, self._raster, self._usual_height, self._width
            ):
                continue
            if line.box.center_y >= self._top:
                body.append(number)
            elif line.box.center_y >= STATUS * self._width:
                titles.append(line)
        return body, title_of(titles)

    def _faint(self, drafts: list[Draft], loose: list[int]) -> list[Draft]:
        """Messages whose bubbles a wallpaper hides; their lines are loose no longer."""
        edges = None if self._is_flat else edges_of(drafts, self._lines)
        if edges is None:
            return []
        heights = [self._lines[number].box.height for draft in drafts for number in draft.lines]
        least = _SMALLER * median(heights)
        body = [
            number for number in loose
            if self._lines[number].box.height >= least
            and self._stamp(self._lines[number].text) is None
        ]  # fmt: skip
        faint = drafts_at(edges, body, self._lines, self._width)
        used = {number for draft in faint for number in draft.lines}
        loose[:] = [number for number in loose if number not in used]
        return faint

    def _is_notice(self, bubble: Bubble, bubbles: list[Bubble]) -> bool:
        """Whether it is a chip in the middle: a date, or a notice of the app."""
        if not bubble.is_centred() or bubble.inner:
            return False
        lines = [self._lines[number] for number in sorted(bubble.lines)]
        middle = bubble.box.center_x
        # A sign before the first of several lines is no word.
        centred = lines[1:] or lines
        if any(abs(line.box.center_x - middle) > 0.06 * self._width for line in centred):
            return False
        if all(self._stamp(line.text) or wording.SYSTEM.search(line.text) for line in lines):
            return True
        if wording.SYSTEM.search(" ".join(line.text for line in lines)):
            return True
        is_small = all(line.box.height < 0.85 * self._usual_height for line in lines)
        is_exact = abs(bubble.left - (SMALL - bubble.right)) <= 4
        if not is_small or not is_exact or any(shared_edges(bubble, bubbles)):
            return False
        return avatar_beside(self._raster, bubble.area, self._page) == 0

    def _is_menu(self, bubble: Bubble) -> bool:
        text = " ".join(self._lines[number].text for number in bubble.lines)
        return wording.is_menu(text)

    def _is_aside(self, bubble: Bubble, bubbles: list[Bubble]) -> bool:
        """Whether it stands clearly at one side, or has an avatar there."""
        if bubble.right - bubble.left >= 0.88 * SMALL:
            return False
        if not self._is_flat:
            return any(shared_edges(bubble, bubbles))
        return abs(bubble.lean) > 0.05 or avatar_beside(self._raster, bubble.area, self._page) != 0

    def _stamp(self, text: str) -> Stamp | None:
        return parse(wording.without_channel(text), self._order)

    def _is_cut(self, box: Box) -> bool:
        edge = 3 / self._raster.scale
        return box.top <= self._top + edge or box.bottom >= self._bottom - edge

    def _of_bubble(self, bubble: Bubble, usual: dict[Direction, Colour], *, is_cut: bool) -> Draft:
        draft = Draft(
            ProposedKind.MESSAGE, bubble.side, bubble.box, list(bubble.lines),
            [number for inner in bubble.inner for number in inner.lines], fill=bubble.fill,
            sureness=bubble.sureness, is_cut=is_cut or self._is_cut(bubble.box),
        )  # fmt: skip
        take_clock(draft, self._lines, self._width)
        take_ruled(draft, self._lines, self._raster)
        self._take_name(draft, usual)
        if self._is_card(draft):
            draft.kind = ProposedKind.CARD
        return draft

    def _is_card(self, draft: Draft) -> bool:
        """Whether a larger heading stands above fainter words, as on links, files and places."""
        if len(draft.lines) < 2:
            return False
        # The heading may go on in a second line.
        numbers = sorted(draft.lines)
        first, last = self._lines[numbers[0]], self._lines[numbers[-1]]
        if first.box.height < 1.12 * last.box.height:
            return False
        ink, other = self._raster.ink(first.box), self._raster.ink(last.box)
        return ink is not None and other is not None and distance(ink, other) > 40

    def _like_others(self, bubbles: list[Bubble], loose: list[int]) -> list[Draft]:
        """Bubbles that no line led to, with the lines on them, which are loose no longer."""
        drafts: list[Draft] = []
        for bubble in wordless(self._raster, bubbles, self._page):
            inside = [
                number for number in loose if bubble.box.shared(self._lines[number].box) > _INSIDE
            ]
            loose[:] = [number for number in loose if number not in inside]
            draft = Draft(
                ProposedKind.MESSAGE, bubble.side, bubble.box, inside, fill=bubble.fill,
                sureness=bubble.sureness, is_cut=self._is_cut(bubble.box),
            )  # fmt: skip
            if inside:
                take_clock(draft, self._lines, self._width)
            # The end of a bubble that a bar covers tells nothing.
            if inside or not draft.is_cut:
                drafts.append(draft)
        return drafts

    def _take_name(self, draft: Draft, usual: dict[Direction, Colour]) -> None:
        """In a group chat, take a first line in a colour of its own for the sender's name."""
        fill = usual.get(Direction.INCOMING)
        if draft.side is not Direction.INCOMING or len(draft.lines) < 2 or fill is None:
            return
        if draft.fill is None or distance(draft.fill, fill) > ALIKE:
            return
        first, *other_lines = (self._lines[number] for number in sorted(draft.lines))
        above = first.box.center_y < other_lines[0].box.center_y - 0.5 * other_lines[0].box.height
        is_small = first.box.height <= 1.3 * median(line.box.height for line in other_lines)
        if not above or not is_small or re.search(r"[，。！？,!?]$", first.text):
            return
        ink, other = self._raster.ink(first.box), self._raster.ink(other_lines[0].box)
        if ink is None or other is None or distance(ink, other) <= 40:
            return
        if saturation(ink) > 50 > saturation(other):
            draft.name = sorted(draft.lines)[0]
            draft.lines.remove(draft.name)

    def _of_notice(self, numbers: list[int], box: Box) -> Draft:
        text = wording.joined([self._lines[number] for number in numbers])
        stamp = self._stamp(text)
        kind = None if stamp is not None else ProposedKind.SYSTEM
        draft = Draft(kind, Direction.NONE, box, numbers, stamp=stamp, is_cut=self._is_cut(box))
        return draft

    def _with_loose(self, drafts: list[Draft], loose: list[int]) -> tuple[list[Draft], str]:
        """Give lines on the page their meaning: times, notices, names; others mean nothing."""
        body = [self._lines[number].box.height for draft in drafts for number in draft.lines]
        usual = median(body) if body else None
        first = min((draft.box.top for draft in drafts), default=self._bottom)
        title, all_drafts, used = "", list(drafts), set[int]()
        used.update(
            number for number in loose if self._attach_clock(number, drafts, self._is_beside)
        )
        has_own = self._have_own_clocks(drafts)
        for number in loose:
            line = self._lines[number]
            if number in used or wording.DELIVERY.match(line.text.strip()):
                continue
            if wording.CHANNEL.match(line.text) or (has_own and is_clock(line.text)):
                continue
            if abs(line.box.center_x - self._width / 2) < _CENTRE * self._width:
                group = self._group(number, loose, used)
                if self._is_centre_line(group, usual):
                    text = wording.joined([self._lines[number] for number in group])
                    notice = self._of_notice(group, around([self._lines[n].box for n in group]))
                    is_plain = notice.stamp is None and not wording.SYSTEM.search(text)
                    if is_plain and line.box.bottom <= first and line.box.top < 0.42 * self._width:
                        title = title or text
                    else:
                        all_drafts.append(notice)
                    continue
            if not self._attach_clock(number, drafts, self._is_below):
                self._attach_name(number, loose, drafts)
        return all_drafts, title

    def _have_own_clocks(self, drafts: list[Draft]) -> bool:
        """Whether messages have their own times: one in the middle is then no time between them."""
        messages = [draft for draft in drafts if draft.side is not Direction.NONE and draft.lines]
        own = sum(bool(draft.clock_text) for draft in messages)
        return own >= max(2, 0.5 * len(messages))

    def _is_centre_line(self, group: list[int], usual: float | None) -> bool:
        lines = [self._lines[number] for number in group]
        if any(self._stamp(line.text) or wording.SYSTEM.search(line.text) for line in lines):
            return True
        return usual is not None and lines[0].box.height < _SMALLER * usual

    def _group(self, number: int, loose: list[int], used: set[int]) -> list[int]:
        """A line in the middle with the lines that continue it below; a time stands alone."""
        group = [number]
        if self._stamp(self._lines[number].text):
            return group
        for other in loose:
            line, last = self._lines[other], self._lines[group[-1]]
            close = 0 <= line.box.top - last.box.bottom + 2 < 0.6 * line.box.height
            middle = abs(line.box.center_x - self._width / 2) < _CENTRE * self._width
            if other > number and close and middle and not self._stamp(line.text):
                group.append(other)
                used.add(other)
        return group

    def _attach_clock(
        self, number: int, drafts: list[Draft], stands: Callable[[Box, Draft], bool]
    ) -> bool:
        """Whether a line is the time of a bubble that it stands beside or below."""
        line = self._lines[number]
        stamp = self._stamp(without_ticks(line.text))
        if stamp is None:
            return False
        for draft in drafts:
            if draft.side is not Direction.NONE and stands(line.box, draft):
                draft.clock, draft.clock_text = number, stamp.text
                return True
        return False

    def _is_beside(self, box: Box, draft: Draft) -> bool:
        inside = draft.side is Direction.INCOMING
        gap = box.left - draft.box.right if inside else draft.box.left - box.right
        is_near = -0.01 * self._width <= gap < 0.06 * self._width
        if draft.kind is ProposedKind.PICTURE and draft.box.shared(box) > 0.8:
            # Some apps write the time onto a picture.
            return draft.box.bottom - box.bottom < 2 * box.height
        return is_near and draft.box.top < box.center_y < draft.box.bottom + 0.02 * self._width

    def _attach_name(self, number: int, loose: list[int], drafts: list[Draft]) -> None:
        """A name above a bubble at the left; a badge may stand before it."""
        line = self._lines[number]
        beside = [
            other for other in map(self._lines.__getitem__, loose)
            if abs(other.box.center_y - line.box.center_y) < 0.5 * line.box.height
            and other is not line
        ]  # fmt: skip
        is_badge = wording.is_level(line.text)
        if not wording.without_level(line.text) or (
            is_badge and any(other.box.left > line.box.left for other in beside)
        ):
            return
        badges = [other.box.left for other in beside if wording.is_level(other.text)]
        start = min([line.box.left, *badges])
        for draft in drafts:
            if draft.side is Direction.INCOMING and self._is_above(line, start, draft):
                draft.name = number
                return

    def _is_below(self, box: Box, draft: Draft) -> bool:
        gap = box.top - draft.box.bottom
        edge = min(abs(box.left - draft.box.left), abs(box.right - draft.box.right))
        return -box.height < gap < 0.03 * self._width and edge < 0.06 * self._width

    def _is_above(self, line: TextLine, start: int, draft: Draft) -> bool:
        gap = draft.box.top - line.box.bottom + 0.35 * line.box.height
        beside = abs(draft.box.left - start) < 0.05 * self._width
        # What is drawn close above a picture may seem to be a part of it.
        least = -2 * line.box.height if draft.kind is ProposedKind.PICTURE else 0
        return least <= gap < 1.3 * line.box.height and beside

    def _boxes(self, drafts: list[Draft]) -> list[Box]:
        quoted = [self._lines[number].box for draft in drafts for number in draft.quoted]
        return [draft.box for draft in drafts] + quoted

    def _pictures(self, boxes: list[Box]) -> list[Draft]:
        """Large areas at one side that nothing explains."""
        if not self._is_flat:
            return []
        return [
            self._picture(area)
            for area in self._raster.blobs(self._page, boxes)
            if _is_picture(area)
        ]

    def _picture(self, area: Area) -> Draft:
        side = Direction.INCOMING if area.left < SMALL - area.right else Direction.OUTGOING
        box = self._raster.box_of(area)
        apart = abs(area.left - (SMALL - area.right)) / SMALL
        return Draft(
            ProposedKind.PICTURE, side, box, sureness=min(1.0, 4 * apart), is_cut=self._is_cut(box)
        )


def _is_picture(area: Area) -> bool:
    wide, high = area.right - area.left, area.bottom - area.top
    large = 0.15 * SMALL <= wide <= 0.9 * SMALL and high >= 0.1 * SMALL
    # What stands in the very middle is a window over the chat.
    is_aside = abs(area.left - (SMALL - area.right)) > 0.02 * SMALL
    return large and is_aside and area.filled >= 0.55
