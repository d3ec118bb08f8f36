"""Screenshots of one scrolled conversation, joined in order, each message counted once.

What tells that two pictures overlap are their pixels: equal words are no sign, because a message
that was sent three times is three messages. A gap is never bridged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from evidence_app.model.reading import (
    Box,
    PictureLayout,
    PlacedPicture,
    ProposedEvent,
    ReadPicture,
    ScrolledThread,
    Stamp,
    ThreadEvent,
)
from evidence_app.reading.overlaps import Frame, Overlap, frame_of, overlap
from evidence_app.reading.stamps import combined

_SAME = 0.5
_LARGER = 1.05
_NEAR = 40
"""Places by which pictures are apart in the order in which they were taken."""


@dataclass
class _Placed:
    """An event on the strip of its thread."""

    event: ProposedEvent
    box: Box
    places: list[tuple[int, int]]


def threads_of(
    pictures: Sequence[ReadPicture], on_pair: Callable[[], None] = lambda: None
) -> list[ScrolledThread]:
    """Join what overlaps; pictures that overlap with no other one are in no thread.

    Args:
        pictures: Read ones, in the order in which they were taken as far as that is known.
        on_pair: Is called before two are compared; what it raises ends it.
    """
    frames = _frames(pictures)
    return [_joined(frames, chain) for chain in _chains(frames, on_pair) if len(chain) > 1]


def joined(pictures: Sequence[ReadPicture]) -> ScrolledThread | None:
    """A thread of pictures whose order is known; None if two that follow do not overlap."""
    frames = _frames(pictures)
    if len(frames) < max(1, len(pictures)):
        return None
    chain: list[tuple[int, Overlap | None]] = [(0, None)]
    for number in range(1, len(pictures)):
        link = overlap(frames[number - 1], frames[number])
        if link is None:
            return None
        chain.append((number, link))
    return _joined(frames, chain)


def _frames(pictures: Sequence[ReadPicture]) -> dict[int, Frame]:
    return {
        number: frame
        for number, picture in enumerate(pictures)
        if picture.layout is PictureLayout.CHAT and (frame := frame_of(picture)) is not None
    }


_Link = tuple[Overlap, int, int]


def _chains(
    frames: dict[int, Frame], on_pair: Callable[[], None]
) -> list[list[tuple[int, Overlap | None]]]:
    """Pictures in order, each with how it overlaps with the one before.

    Pictures that were taken soon after one another are compared first; of the others only those
    that nothing follows with those that nothing precedes.
    """
    places = {number: place for place, number in enumerate(frames)}
    pairs = [(above, below) for above in frames for below in frames if above != below]
    near = [pair for pair in pairs if abs(places[pair[0]] - places[pair[1]]) <= _NEAR]
    after: dict[int, tuple[int, Overlap]] = {}
    before: set[int] = set()
    _link(_links(frames, near, on_pair), after, before)
    compared = set(near)
    far = [
        pair
        for pair in pairs
        if pair not in compared and pair[0] not in after and pair[1] not in before
    ]
    _link(_links(frames, far, on_pair), after, before)
    return [_chain(first, after) for first in frames if first not in before]


def _links(
    frames: dict[int, Frame], pairs: Iterable[tuple[int, int]], on_pair: Callable[[], None]
) -> list[_Link]:
    links: list[_Link] = []
    for above, below in pairs:
        if not _may_belong(frames[above], frames[below]):
            continue
        on_pair()
        link = overlap(frames[above], frames[below])
        if link is not None and (link.shift > 3 or above < below):
            links.append((link, above, below))
    return links


def _link(links: list[_Link], after: dict[int, tuple[int, Overlap]], before: set[int]) -> None:
    # What most speaks for comes first, not what is shifted least: repeated messages make false
    # short overlaps.
    for shared, above, below in sorted(links, key=lambda link: -link[0].weight):
        if above not in after and below not in before and not _leads_to(after, below, above):
            after[above] = (below, shared)
            before.add(below)


def _chain(first: int, after: dict[int, tuple[int, Overlap]]) -> list[tuple[int, Overlap | None]]:
    chain: list[tuple[int, Overlap | None]] = [(first, None)]
    while chain[-1][0] in after:
        chain.append(after[chain[-1][0]])
    return chain


def _leads_to(after: dict[int, tuple[int, Overlap]], start: int, end: int) -> bool:
    while start in after:
        start = after[start][0]
        if start == end:
            return True
    return start == end


def _may_belong(frame: Frame, another: Frame) -> bool:
    """Whether two pictures can be of one conversation: their titles do not differ."""
    first, second = frame.title, another.title
    return not first or not second or first in second or second in first


def _joined(frames: dict[int, Frame], chain: list[tuple[int, Overlap | None]]) -> ScrolledThread:
    placed: list[_Placed] = []
    pictures: list[PlacedPicture] = []
    first = frames[chain[0][0]].relief
    offset = 0
    closing: Stamp | None = None
    for number, link in chain:
        frame = frames[number]
        offset += link.shift if link is not None else 0
        ambiguous = link is not None and link.is_ambiguous
        pictures.append(PlacedPicture(number, round(offset / first.scale), ambiguous))
        for place, event in enumerate(frame.picture.events):
            box = frame.boxes[place][0].moved(offset)
            _put(placed, _Placed(_timed(event, closing), box, [(number, place)]))
        closing = frame.picture.closing_stamp or closing
    placed.sort(key=lambda entry: entry.box.top)
    events = [
        ThreadEvent(entry.event, tuple(entry.places))
        for entry in placed
        if not _is_rest(entry, placed)
    ]
    return ScrolledThread(tuple(pictures), tuple(events))


def _put(placed: list[_Placed], new: _Placed) -> None:
    """Add an event, or let it take the place of the same one that shows less."""
    same = next((entry for entry in reversed(placed) if _is_same(entry, new)), None)
    if same is None:
        placed.append(new)
        return
    same.places += new.places
    shows_more = same.event.is_cut and not new.event.is_cut
    is_larger = new.box.area > _LARGER * same.box.area
    if shows_more or (same.event.is_cut == new.event.is_cut and is_larger):
        name = new.event.name or same.event.name
        stamp = same.event.stamp if new.event.stamp is None else new.event.stamp
        same.event, same.box = replace(new.event, name=name, stamp=stamp), new.box


def _is_same(first: _Placed, second: _Placed) -> bool:
    if first.box.shared(second.box) <= _SAME or first.places[-1][0] == second.places[0][0]:
        return False
    is_cut = first.event.is_cut or second.event.is_cut
    return is_cut or first.event.direction is second.event.direction


def _is_rest(entry: _Placed, placed: list[_Placed]) -> bool:
    """Whether it is a fragment, cut at a seam, of an event that is there in full."""
    return entry.event.is_cut and any(
        not other.event.is_cut and entry.box.shared(other.box) > 0.3
        for other in placed
        if other is not entry
    )


def _timed(event: ProposedEvent, closing: Stamp | None) -> ProposedEvent:
    """The event with the time that stands in a picture above, if its own shows none."""
    if closing is None:
        return event
    if event.stamp is None:
        return replace(event, stamp=closing, is_stamp_own=False)
    return replace(event, stamp=combined(event.stamp, closing)) if event.is_stamp_own else event
