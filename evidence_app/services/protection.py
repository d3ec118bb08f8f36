"""How well the computer is protected from files that come from others."""

from __future__ import annotations

from evidence_app.messages import Message, MessageCode, message
from evidence_app.sandbox import inside
from evidence_app.sandbox.protection import Gap, Protection


def of_this_system() -> Protection:
    """How well this system can close off a process that reads files from others."""
    return inside.offered()


def sentence(protection: Protection) -> Message:
    """What the person is told of it."""
    return message(_code(protection))


def _code(protection: Protection) -> MessageCode:
    files = protection.gaps & {Gap.READS_FILES, Gap.WRITES_FILES}
    if protection.is_whole:
        return MessageCode.CLOSED_OFF
    if Gap.UNTRIED in protection.gaps:
        return MessageCode.CLOSED_OFF_UNTRIED
    if Gap.ACTS not in protection.gaps:
        return MessageCode.CLOSED_OFF_BUT_FILES
    return MessageCode.HARDLY_CLOSED_OFF if files else MessageCode.CLOSED_OFF_BUT_ACTS
