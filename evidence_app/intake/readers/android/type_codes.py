"""What Android's numbers for calls and messages mean, wherever they are written."""

from __future__ import annotations

from evidence_app.model.event import Direction, Outcome

CALL_TYPES = {
    "1": (Direction.INCOMING, Outcome.ANSWERED),
    "2": (Direction.OUTGOING, Outcome.UNKNOWN),
    "3": (Direction.INCOMING, Outcome.MISSED),
    "4": (Direction.INCOMING, Outcome.VOICEMAIL),
    "5": (Direction.INCOMING, Outcome.REJECTED),
    "6": (Direction.INCOMING, Outcome.BLOCKED),
    "7": (Direction.INCOMING, Outcome.ANSWERED),
}
"""By the ``type`` of a call; makers add others, which mean nothing to us."""

MESSAGE_TYPES = {
    "1": (Direction.INCOMING, Outcome.UNKNOWN),
    "2": (Direction.OUTGOING, Outcome.UNKNOWN),
    "3": (Direction.OUTGOING, Outcome.DRAFT),
    "4": (Direction.OUTGOING, Outcome.FAILED),
    "5": (Direction.OUTGOING, Outcome.FAILED),
    "6": (Direction.OUTGOING, Outcome.FAILED),
}
"""By the ``type`` of an SMS or the ``msg_box`` of an MMS."""

OTHER = (Direction.NONE, Outcome.UNKNOWN)
"""What any other number means."""
