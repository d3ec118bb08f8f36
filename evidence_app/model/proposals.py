"""What was read from pictures and is kept in a case: lines, proposed events, and work to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from evidence_app.messages import Message
from evidence_app.model.event import Direction, Outcome
from evidence_app.model.reading import DayBasis, ProposedKind, StampDoubt
from evidence_app.model.region import Region
from evidence_app.model.times import TimeReading


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line of text that was read from a picture or a page.

    Attributes:
        id: Its number in the case.
        text: As the engine read it.
        corrected: What the person made of it; None if nothing.
        region: Where it stands, or None.
        confidence: The engine's own, from 0 to 1.
        engine: What read it.
        page: Of a document, from 1; 1 for a picture.
    """

    id: int
    text: str
    corrected: str | None
    region: Region | None
    confidence: float
    engine: str
    page: int = 1

    @property
    def words(self) -> str:
        """What holds: the person's text before the machine's."""
        return self.text if self.corrected is None else self.corrected


class ProposalState(StrEnum):
    """What the person made of a proposal."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Proposal:
    """An event that a picture suggests; no fact of the case before the person accepts it.

    Attributes:
        id: Its number in the case.
        item_id: The picture or document.
        state: What the person made of it.
        position: Its place in the picture or on the page, from 1, from top to bottom.
        kind: What it is.
        direction: Who reached out.
        outcome: What became of a call.
        name: The other side as the picture names it, or empty.
        identifier: The other side's number or account, or empty.
        text: Its words.
        duration_s: Of a call or voice message, in seconds, or None.
        count: How many calls a row of a list stands for; their times are not in the picture.
        time: When, if a day follows from the picture; None otherwise.
        time_words: The time as it stands in the picture; empty if there is none.
        basis: What its day rests on.
        doubts: Why the time does not say all.
        region: The whole bubble or row, or None.
        confidence: How sure its words are, from 0 to 1.
        event_id: The event that it became, or None.
        same_as: The proposal of another picture that tells the same act, or None.
        page: Of a document, from 1; of a picture always 1.
    """

    id: int
    item_id: int
    state: ProposalState
    position: int
    kind: ProposedKind
    direction: Direction
    outcome: Outcome
    name: str
    identifier: str
    text: str
    duration_s: float | None
    count: int
    time: TimeReading | None
    time_words: str
    basis: DayBasis
    doubts: frozenset[StampDoubt]
    region: Region | None
    confidence: float
    event_id: int | None
    same_as: int | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class JoinedPicture:
    """A picture of a scrolled conversation, with the part that the one before does not show.

    Attributes:
        item_id: The picture.
        top: Where that begins, as a share of its height.
        bottom: Where it ends; not below `top`.
        is_ambiguous: It may begin further down: messages that repeat one another may be missing
            between it and the one before.
    """

    item_id: int
    top: float
    bottom: float
    is_ambiguous: bool = False


class JobState(StrEnum):
    """How far the reading of an item is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """An item that is to be read, or was.

    Attributes:
        id: Its number.
        item_id: The item.
        state: How far it is.
        attempts: How often it was begun.
        engine: What read it; empty before.
        reason: Why it failed, or None.
        page: The page of a document that is read, from 1; None for a picture or recording.
    """

    id: int
    item_id: int
    state: JobState
    attempts: int
    engine: str
    reason: Message | None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class JobCounts:
    """How many pictures, and pages without text, are read.

    Attributes:
        waiting: Still to be read.
        done: Read.
        failed: That could not be read.
    """

    waiting: int = 0
    done: int = 0
    failed: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.waiting + self.done + self.failed
