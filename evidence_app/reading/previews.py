"""Links whose card begins with a picture."""

from __future__ import annotations

from evidence_app.model.event import Direction
from evidence_app.model.reading import ProposedKind, around
from evidence_app.reading.drafts import Draft

_ALIGNED, _CLOSE = 0.012, 0.02


def with_previews(drafts: list[Draft], pictures: list[Draft], width: int) -> list[Draft]:
    """Drafts and pictures; words right below a picture that is as wide are one card with it.

    Args:
        drafts: What was found in bubbles.
        pictures: What was found besides.
        width: Of the picture that was read.
    """
    alone = []
    for picture in pictures:
        below = next((draft for draft in drafts if _continues(picture, draft, width)), None)
        if below is None:
            alone.append(picture)
            continue
        below.kind, below.box = ProposedKind.CARD, around([picture.box, below.box])
        below.is_cut = below.is_cut or picture.is_cut
    return drafts + alone


def _continues(picture: Draft, draft: Draft, width: int) -> bool:
    if draft.side is Direction.NONE or not draft.lines:
        return False
    near, gap = _ALIGNED * width, draft.box.top - picture.box.bottom
    is_aligned = (
        abs(draft.box.left - picture.box.left) < near
        and abs(draft.box.right - picture.box.right) < near
    )
    return is_aligned and abs(gap) < _CLOSE * width
