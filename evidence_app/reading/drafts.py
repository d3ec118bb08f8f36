"""Draft events of a chat, and how they become events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from evidence_app.model.event import Direction, Outcome
from evidence_app.model.reading import (
    Box,
    ProposedEvent,
    ProposedKind,
    Stamp,
    TextLine,
)
from evidence_app.reading import wording
from evidence_app.reading.raster import Colour
from evidence_app.reading.stamps import NumberOrder, combined, parse

_ROOMY = 4


@dataclass
class Draft:
    """An event while it is put together.

    Attributes:
        kind: What it is.
        side: Whose it is.
        box: Where it is.
        lines: Numbers of the lines that are its words.
        quoted: Numbers of the lines that it quotes.
        name: The line with the name, or None.
        clock: The line with its own time, or None.
        clock_text: The words of that time, where they were read together with its last line.
        fill: The bubble's colour, or None.
        sureness: How sure the side is.
        is_cut: Whether the picture ends within it.
        stamp: The time that it states, if it is a stamp.
    """

    kind: ProposedKind | None
    side: Direction
    box: Box
    lines: list[int] = field(default_factory=list)
    quoted: list[int] = field(default_factory=list)
    name: int | None = None
    clock: int | None = None
    clock_text: str = ""
    fill: Colour | None = None
    sureness: float = 1.0
    is_cut: bool = False
    stamp: Stamp | None = None


def events_of(
    drafts: list[Draft], lines: tuple[TextLine, ...], order: NumberOrder | None
) -> Iterator[ProposedEvent]:
    """The events of drafts from top to bottom; times become those of what follows them.

    Args:
        drafts: In order.
        lines: Of the picture.
        order: How dates of two numbers are to be taken.
    """
    above: Draft | None = None
    for draft in drafts:
        if draft.kind is None:
            above = draft
        else:
            yield _event(draft, above, lines, order)


def _event(
    draft: Draft, above: Draft | None, all_lines: tuple[TextLine, ...], order: NumberOrder | None
) -> ProposedEvent:
    lines = [all_lines[number] for number in draft.lines]
    text = wording.joined(lines)
    if draft.clock is not None and draft.clock in draft.lines:
        text = text[: text.rfind(draft.clock_text)].rstrip()
    kind, outcome, seconds = _kind(draft, lines, text)
    own = parse(draft.clock_text, order) if draft.clock_text else None
    stamp_line = above.lines[0] if above is not None else None
    stamp = above.stamp if above is not None else None
    if own is not None:
        stamp, stamp_line = combined(own, stamp), draft.clock
    return ProposedEvent(
        kind, draft.side, draft.box, text,
        wording.without_level(all_lines[draft.name].text) if draft.name is not None else "",
        wording.joined([all_lines[number] for number in sorted(draft.quoted)]),
        tuple(draft.lines), stamp, stamp_line, own is not None,
        min((line.confidence for line in lines), default=0.0),
        draft.sureness, draft.is_cut, outcome, seconds,
    )  # fmt: skip


def _kind(
    draft: Draft, lines: list[TextLine], text: str
) -> tuple[ProposedKind, Outcome, int | None]:
    """The kind of an event; of a call, also its outcome and its length in seconds."""
    assert draft.kind is not None
    if draft.kind in (ProposedKind.PICTURE, ProposedKind.SYSTEM):
        return draft.kind, Outcome.UNKNOWN, None
    if (seconds := wording.voice_seconds(text)) is not None and len(lines) <= 2:
        return ProposedKind.VOICE, Outcome.UNKNOWN, seconds
    if (seconds := wording.recording_seconds(text)) is not None and _is_roomy(draft, lines):
        return ProposedKind.VOICE, Outcome.UNKNOWN, seconds
    if (call := wording.call_in(text)) is not None:
        return ProposedKind.CALL, *call
    if _is_orange(draft.fill) or wording.is_transfer([line.text for line in lines]):
        return ProposedKind.TRANSFER, Outcome.UNKNOWN, None
    return draft.kind, Outcome.UNKNOWN, None


def _is_roomy(draft: Draft, lines: list[TextLine]) -> bool:
    """Whether a bubble is far wider than its last words: it holds more than them."""
    return draft.box.width > _ROOMY * lines[-1].box.width


def _is_orange(fill: Colour | None) -> bool:
    """The colour in which transfers and gifts of money are shown everywhere in Chinese apps."""
    return fill is not None and fill[0] > 215 and 110 < fill[1] < 200 and fill[2] < 120
