"""Events: what happened at a time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from evidence_app.model.evidence import SourcePlace
from evidence_app.model.times import TimeReading


class EventType(StrEnum):
    """The kinds of act, by channel."""

    CALL = "call"
    MESSAGE = "message"
    VOICEMAIL = "voicemail"
    EMAIL = "email"
    LETTER = "letter"
    VISIT = "visit"
    POST = "post"
    PAYMENT = "payment"
    AGREEMENT = "agreement"
    COMPLAINT = "complaint"
    STOP_REQUEST = "stop_request"
    PLAN_REQUEST = "plan_request"
    DISPUTE = "dispute"
    AGREED_HOURS = "agreed_hours"
    REFUSED_FOR_OTHER = "refused_for_other"
    REPRESENTED = "represented"
    RECORDING = "recording"
    PICTURE = "picture"
    DOCUMENT = "document"
    NOTE = "note"


OWN_ACTS = frozenset(
    {
        EventType.PAYMENT,
        EventType.AGREEMENT,
        EventType.COMPLAINT,
        EventType.STOP_REQUEST,
        EventType.PLAN_REQUEST,
        EventType.DISPUTE,
        EventType.AGREED_HOURS,
        EventType.REFUSED_FOR_OTHER,
        EventType.REPRESENTED,
    }
)
"""What the person did, or somebody on their behalf."""

NUMBERED = frozenset({EventType.CALL, EventType.MESSAGE, EventType.VOICEMAIL})
"""What comes from a number, so that the number can be withheld."""


class Direction(StrEnum):
    """Who reached out, as seen from the owner of the case."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"
    NONE = "none"


class Outcome(StrEnum):
    """What became of a call or message."""

    ANSWERED = "answered"
    MISSED = "missed"
    REJECTED = "rejected"
    BLOCKED = "blocked"
    VOICEMAIL = "voicemail"
    DRAFT = "draft"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened.

    Attributes:
        id: Its number in the case.
        item_id: The item that proves it.
        type: What it was.
        direction: Who reached out.
        outcome: What became of it.
        time: When, with source and precision; None if no source states it.
        duration_s: In seconds, or None.
        party_id: Who the other side was, or None if no number or address is known.
        party: The party's name, empty if it has none.
        identifier: The number or address as written in the source.
        identifier_normalized: E.164 for a full telephone number, else a comparable form;
            empty if there is none.
        contact_name: The name that the source gives.
        text: The message's words, or the person's account.
        place: Where it stands in the item.
        filename: The item's file name.
        is_number_withheld: The source says that the other side hid its number.
    """

    id: int
    item_id: int
    type: EventType
    direction: Direction
    outcome: Outcome
    time: TimeReading | None
    duration_s: float | None
    party_id: int | None
    party: str
    identifier: str
    identifier_normalized: str
    contact_name: str
    text: str
    place: SourcePlace | None
    filename: str
    is_number_withheld: bool = False

    @property
    def other_name(self) -> str:
        """The other side: the name of the party or of the contact, else the number as written."""
        return self.party or self.contact_name or self.identifier
