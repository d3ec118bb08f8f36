"""An event as rules see it: who reached whom, when on the person's clock, what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.party import Role
from evidence_app.model.rulebook import CollectorKind
from evidence_app.rulebook.lexicon import Speaker


class OwnAct(StrEnum):
    """What the person did, or somebody on their behalf, that rules build on."""

    STOP_REQUEST = "stop_request"
    PLAN_REQUEST = "plan_request"
    AGREEMENT = "agreement"
    DISPUTE = "dispute"
    PAYMENT = "payment"
    AGREED_HOURS = "agreed_hours"
    REFUSED_FOR_OTHER = "refused_for_other"
    REPRESENTED = "represented"
    COMPLAINT = "complaint"


CALLS = frozenset({EventType.CALL})
WRITTEN = frozenset({EventType.MESSAGE, EventType.EMAIL})
CHANNELS = {
    "call": CALLS,
    "message": frozenset({EventType.MESSAGE}),
    "email": frozenset({EventType.EMAIL}),
    "voicemail": frozenset({EventType.VOICEMAIL}),
    "letter": frozenset({EventType.LETTER}),
    "visit": frozenset({EventType.VISIT}),
    "post": frozenset({EventType.POST}),
}
"""The words for channels in rulebooks, and the types of events that they stand for."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words in a document, a picture or a recording that a collector may have said.

    Attributes:
        text: The words.
        speaker: Whose they are, as far as that is known.
        day: On which they were said, if it stands beside them.
        is_read_by_machine: Whether the program read or heard them and the person did not confirm
            it.
    """

    text: str
    speaker: Speaker = Speaker.UNKNOWN
    day: date | None = None
    is_read_by_machine: bool = False


@dataclass(frozen=True, slots=True)
class Contact:
    """One event.

    Attributes:
        event_id: Its number in the case.
        type: What it was.
        direction: Who reached out, as seen from the person.
        outcome: What became of it.
        local: When, on a clock where the person was (naive); None if no source states it, or no
            more than the day.
        day: The day, by that clock; None if it is not known.
        at_ms: Milliseconds since 1970, by which contacts are ordered; None if not known.
        duration_s: How long a call lasted; None if not known.
        number: The other side's number or address in its comparable form; empty if withheld.
        own_number: Which of the person's own numbers or addresses was reached; empty if not known.
        party: The other side; None if it is not known.
        role: What the other side is to the case.
        collector: Who collects: the agency, or the creditor where it collects itself; None if
            the person did not say.
        creditor: For whom it was: the creditor's party; None if the person did not say.
        kind: Who collects, as far as the person could tell.
        creditor_kind: For what kind of creditor, as far as the person could tell.
        debt: The debt that it was about; None if not known.
        text: What was said, as far as it is text.
        own_act: What the person did by it, if it was the person's own act.
        about: The party that the person's own act concerns; None: all of them.
        media: The channels that the person's own act concerns, names of `CHANNELS`; empty: all.
        is_clock_wrong: Whether the day that its source states cannot be; it is not known then.
        passages: What stands in the document, picture or recording that it is or came with.
    """

    event_id: int
    type: EventType
    direction: Direction
    outcome: Outcome
    local: datetime | None
    day: date | None
    at_ms: int | None
    duration_s: float | None = None
    number: str = ""
    own_number: str = ""
    party: int | None = None
    role: Role = Role.UNKNOWN
    collector: int | None = None
    creditor: int | None = None
    kind: CollectorKind = CollectorKind.UNKNOWN
    creditor_kind: CollectorKind = CollectorKind.UNKNOWN
    debt: int | None = None
    text: str = ""
    own_act: OwnAct | None = None
    about: int | None = None
    media: frozenset[str] = frozenset()
    passages: tuple[Passage, ...] = ()
    is_clock_wrong: bool = False

    @property
    def is_theirs(self) -> bool:
        """Whether a collector's side reached out to the person.

        A visit, a letter, a voicemail or a post of a collector can only be theirs, also where
        nobody wrote down a direction; a call or message cannot be told without it.
        """
        if self.role not in COLLECTING or self.own_act is not None:
            return False
        if self.outcome is Outcome.DRAFT:
            return False
        return self.direction is Direction.INCOMING or (
            self.direction is Direction.NONE and self.type in ONE_WAY
        )

    @property
    def order_ms(self) -> int:
        """Where it stands among the others: one of which only the day is known begins its day."""
        if self.at_ms is not None:
            return self.at_ms
        return (self.day.toordinal() - EPOCH) * DAY_MS if self.day is not None else 0

    def is_after(self, other: Contact, days: int = 0) -> bool:
        """Whether it surely came later than another one and some whole days."""
        if self.at_ms is not None and other.at_ms is not None:
            return self.at_ms > other.at_ms + days * DAY_MS
        if self.day is None or other.day is None:
            return False
        return (self.day - other.day).days > days

    @property
    def is_conversation(self) -> bool:
        """Whether two people are known to have spoken."""
        return self.type is EventType.CALL and self.outcome is Outcome.ANSWERED

    @property
    def is_answer_unknown(self) -> bool:
        """Whether it is a call of which no source says if it was answered."""
        return self.type is EventType.CALL and self.outcome is Outcome.UNKNOWN


DAY_MS = 86_400_000
EPOCH = date(1970, 1, 1).toordinal()
ONE_WAY = frozenset({EventType.VISIT, EventType.LETTER, EventType.POST, EventType.VOICEMAIL})
"""What one side does alone, so that its maker is known without a direction."""
TWO_WAY = frozenset({EventType.CALL, EventType.MESSAGE, EventType.EMAIL})
"""What either side can do, so that only a direction says who did it."""
COLLECTING = frozenset({Role.CREDITOR, Role.AGENCY, Role.COLLECTOR})
"""The roles of those who collect. Who is unknown does not collect: that would be a guess."""


@dataclass(frozen=True, slots=True)
class AgreedHours:
    """Hours for calls that the person agreed on with a collector.

    Attributes:
        start_minute: Minutes after midnight at which they begin.
        end_minute: Minutes after midnight before which they end.
        since: The first day on which they hold.
        party: With whom; None: with all.
    """

    start_minute: int
    end_minute: int
    since: date
    party: int | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known besides the events themselves.

    Attributes:
        agreed_hours: Hours for calls that the person agreed on.
        holidays: Public holidays of the place, where a rule has them.
        is_zone_known: Whether the person said in which zone they live.
    """

    agreed_hours: tuple[AgreedHours, ...] = ()
    holidays: frozenset[date] = field(default_factory=frozenset)
    is_zone_known: bool = True
