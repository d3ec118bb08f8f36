"""What stands against trusting a case file, in sentences for the person."""

from __future__ import annotations

from evidence_app.casefile.case import CaseFile
from evidence_app.messages import Message, MessageCode, message
from evidence_app.model.verification import Mismatch, MismatchKind

_SHOWN = 3
_DIGITS = 16
_CODES = {
    MismatchKind.TAIL_CUT: MessageCode.DOUBT_TAIL_CUT,
    MismatchKind.REWRITTEN: MessageCode.DOUBT_REWRITTEN,
    MismatchKind.SWAPPED: MessageCode.DOUBT_SWAPPED,
    MismatchKind.UNKNOWN_KEY: MessageCode.DOUBT_UNKNOWN_KEY,
    MismatchKind.ROW_CHANGED: MessageCode.DOUBT_ROW,
    MismatchKind.VERSION: MessageCode.DOUBT_VERSION,
}


def sentence(doubt: Mismatch) -> Message:
    """One doubt."""
    value = doubt.found[:_DIGITS] if doubt.kind is MismatchKind.UNKNOWN_KEY else doubt.found
    return message(_code(doubt), where=doubt.where, expected=doubt.expected, found=value)


def sentences(case: CaseFile) -> list[Message]:
    """The doubts about an open case, the first few of them."""
    return [sentence(doubt) for doubt in case.doubts[:_SHOWN]]


def accept(case: CaseFile) -> None:
    """Take the file as it is, with an entry in the log that says so, and go on with it.

    Raises:
        UserError: There is a doubt that nobody can accept, or the file cannot be changed.
    """
    case.accept_doubts()


def _code(doubt: Mismatch) -> MessageCode:
    if doubt.kind is MismatchKind.NEWER:
        is_whole = doubt.where == "version"
        return MessageCode.DOUBT_NEWER if is_whole else MessageCode.DOUBT_NEWER_PART
    if doubt.kind is not MismatchKind.STRUCTURE:
        return _CODES.get(doubt.kind, MessageCode.DOUBT_LOG)
    if doubt.expected == "none":
        return MessageCode.DOUBT_STRUCTURE_MORE
    missing = doubt.found == "none"
    return MessageCode.DOUBT_STRUCTURE_LESS if missing else MessageCode.DOUBT_STRUCTURE
