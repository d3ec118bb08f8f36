"""Names and titles that the person writes: one line each, which lists and pages have room for."""

from __future__ import annotations

from evidence_app.errors import UserError
from evidence_app.messages import MessageCode, message

LONGEST = 500
"""Characters."""

_START = 30


def checked(written: str) -> str:
    """A name or a title without the blanks around it, on one line.

    Raises:
        UserError: It is too long.
    """
    text = " ".join(written.split())
    if len(text) > LONGEST:
        raise UserError(
            message(MessageCode.TEXT_TOO_LONG, start=text[:_START], length=len(text), most=LONGEST)
        )
    return text
