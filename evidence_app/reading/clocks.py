"""The small times that some apps write into their bubbles."""

from __future__ import annotations

import re

from evidence_app.model.event import Direction
from evidence_app.model.reading import Box, TextLine
from evidence_app.reading.drafts import Draft
from evidence_app.reading.stamps import is_clock

_FUSED = re.compile(
    r"\s*(?:(?:edited|已编辑|已編輯)\s*)?((?:(?:上午|下午|早上|晚上|凌晨|中午)\s?)?\d{1,2}[:：]\d{2}(?:\s?[AaPp]\.?[Mm]\.?)?)\W?[wWvV✓√/\\]{0,3}\W?$"
)  # fmt: skip
_EDITED = re.compile(r"^\W*(?:edited|已编辑|已編輯)\W*", re.I)
_TICKS = re.compile(r"(?<=[\dMm])\s*[\W_wWvV]{0,4}$")


def without_ticks(text: str) -> str:
    """A time without the marks beside it: that a message was received, or was changed."""
    return _TICKS.sub("", _EDITED.sub("", text))


def take_clock(draft: Draft, lines: tuple[TextLine, ...], width: int) -> None:
    """Take the small time at the lower right of a bubble for its own."""
    if len(draft.lines) + len(draft.quoted) < 2:
        return
    largest = max(lines[number].box.height for number in draft.lines)
    for number in sorted(draft.lines, key=lambda place: -lines[place].box.center_y):
        box = lines[number].box
        is_low = box.center_y > draft.box.bottom - 1.9 * box.height
        is_right = draft.box.right - box.right < 0.2 * width
        text = without_ticks(lines[number].text)
        if is_low and is_right and box.height < 1.1 * largest and is_clock(text):
            draft.clock, draft.clock_text = number, text
            draft.lines = [
                other
                for other in draft.lines
                if other != number and not _is_mark(lines[other], box)
            ]
            return


def split_clocks(drafts: list[Draft], lines: tuple[TextLine, ...], width: int) -> None:
    """Part times from last lines that they were read together with.

    Only where most bubbles have their time within them: a message may end in a time too.
    """
    worded = [draft for draft in drafts if draft.lines and draft.side is not Direction.NONE]
    fused = [
        draft for draft in worded if not draft.clock_text and _ends_in_clock(draft, lines, width)
    ]
    have = sum(bool(draft.clock_text) for draft in worded)
    if have + len(fused) < max(2, 0.6 * len(worded)):
        return
    for draft in fused:
        last = sorted(draft.lines)[-1]
        match = _FUSED.search(lines[last].text)
        assert match is not None
        draft.clock, draft.clock_text = last, match[1]


def _is_mark(line: TextLine, clock: Box) -> bool:
    """Whether a line beside a time says that a message was received, in signs, or was changed."""
    if _EDITED.fullmatch(line.text):
        return abs(line.box.center_y - clock.center_y) < clock.height
    return (
        line.box.left >= clock.right - clock.height
        and line.box.bottom > clock.top
        and len(line.text) <= 3
    )


def _ends_in_clock(draft: Draft, lines: tuple[TextLine, ...], width: int) -> bool:
    last = lines[sorted(draft.lines)[-1]]
    is_right = draft.box.right - last.box.right < 0.09 * width
    return is_right and _FUSED.search(last.text) is not None
