"""With whom a chat is: the name or number in the bar above it."""

from __future__ import annotations

import re

from evidence_app.model.reading import TextLine
from evidence_app.reading import wording
from evidence_app.reading.stamps import parse

_LEAST_DIGITS = 5
_SMALLER = 0.75


def title_of(lines: list[TextLine]) -> str:
    """The title among the lines of a title bar; empty if a notification lies over it.

    Args:
        lines: Of the bar from top to bottom, without those of the status bar.
    """
    if lines and wording.is_news(lines[0].text):
        return ""
    named = [line for line in lines if _may_be_name(line.text)]
    if not named:
        return ""
    # What stands below it says where somebody is or was last seen.
    least = _SMALLER * max(line.box.height for line in named)
    return next(line.text for line in named if line.box.height >= least)


def _may_be_name(text: str) -> bool:
    if wording.CHANNEL.match(text) or parse(text) is not None:
        return False
    # One letter is the arrow that leads back, a short number is that of unread messages.
    letters, digits = re.findall(r"[^\W\d]", text), re.findall(r"\d", text)
    return len(letters) > 1 or len(digits) >= _LEAST_DIGITS
