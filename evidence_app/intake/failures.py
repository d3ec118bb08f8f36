"""Why a file cannot be read, or not to its end."""

from __future__ import annotations

from evidence_app.errors import EvidenceError
from evidence_app.messages import Message, MessageCode, message


class ReadFailure(EvidenceError):
    """Nothing more can be read of a file; what was read before stays."""


def cut_off(entry: int, line: int | None = None) -> Message:
    """What is said of a file that ends or breaks too early.

    Args:
        entry: How many entries stand before that place.
        line: Where it is, from 1; None if the format has no lines.
    """
    if not entry and line is None:
        return message(MessageCode.DAMAGED_FROM_START)
    if not entry:
        return message(MessageCode.DAMAGED_FROM_LINE, line=line)
    if line is None:
        return message(MessageCode.DAMAGED_XML, entry=entry)
    return message(MessageCode.DAMAGED_AT_LINE, line=line, entry=entry)
