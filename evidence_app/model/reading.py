"""What was read from a picture: lines of text, and the events that are proposed from them.

Nothing here is a fact of the case: it is what a program read, until a person accepts it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from evidence_app.model.event import Direction, Outcome


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels of the picture as it is shown, turned upright.

    Attributes:
        left: Its first column.
        top: Its first row.
        right: The column after its last.
        bottom: The row after its last.
    """

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """In pixels."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """In pixels."""
        return self.bottom - self.top

    @property
    def center_x(self) -> float:
        """The column of its middle."""
        return (self.left + self.right) / 2

    @property
    def center_y(self) -> float:
        """The row of its middle."""
        return (self.top + self.bottom) / 2

    @property
    def area(self) -> int:
        """In pixels."""
        return max(0, self.width) * max(0, self.height)

    def moved(self, down: int) -> Box:
        """The same rectangle so many rows further down."""
        return Box(self.left, self.top + down, self.right, self.bottom + down)

    def shared(self, other: Box) -> float:
        """How much of the smaller one lies in the other, from 0 to 1."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        if width <= 0 or height <= 0:
            return 0.0
        return width * height / max(1, min(self.area, other.area))


def around(boxes: list[Box]) -> Box:
    """The smallest rectangle around one or several."""
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text in a picture.

    Attributes:
        box: Where it stands.
        text: As the engine read it.
        confidence: The engine's own, from 0 to 1.
    """

    box: Box
    text: str
    confidence: float


class PictureLayout(StrEnum):
    """What a picture shows."""

    CHAT = "chat"
    CALL_LIST = "call_list"
    MESSAGE_LIST = "message_list"
    PLAIN = "plain"


class DayBasis(StrEnum):
    """What the day of a time stamp rests on."""

    STATED = "stated"
    """A month and a day are written; the year may be missing."""
    RELATIVE = "relative"
    """Today, yesterday: counted from the day on which the picture was taken."""
    WEEKDAY = "weekday"
    """A day of the week within the week before the picture was taken."""
    NONE = "none"
    """A time of day alone."""


class StampDoubt(StrEnum):
    """Why a time stamp does not say all."""

    YEAR_ASSUMED = "year_assumed"
    """The year is not written; the latest one before the picture was taken is assumed."""
    DAY_OR_MONTH = "day_or_month"
    """Which number is the day and which the month cannot be told."""
    MIDNIGHT = "midnight"
    """Twelve at night begins a day or ends it."""
    WEEKDAY_DIFFERS = "weekday_differs"
    """The weekday that is written is not that of the date."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time expression in a picture, with no more in it than it says.

    Attributes:
        text: As it stands there.
        basis: What its day rests on.
        year: As written, or None.
        month: As written, or None.
        day_of_month: As written, or None.
        days_before: Days before the picture was taken (0 is the same day), or None.
        weekday: From 0 (Monday), or None.
        hour: From 0 to 23, or None.
        minute: Or None.
        second: Or None.
        doubts: Why it does not say all.
        day: The calendar day, if it is written, or follows from the day of the picture.
    """

    text: str
    basis: DayBasis
    year: int | None = None
    month: int | None = None
    day_of_month: int | None = None
    days_before: int | None = None
    weekday: int | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    doubts: frozenset[StampDoubt] = frozenset()
    day: date | None = None


class ProposedKind(StrEnum):
    """What a proposed event is."""

    MESSAGE = "message"
    VOICE = "voice"
    PICTURE = "picture"
    TRANSFER = "transfer"
    CARD = "card"
    """A link, a file, a place or a name card."""
    CALL = "call"
    SYSTEM = "system"
    """A notice of the app itself, such as a message that was taken back."""


@dataclass(frozen=True, slots=True)
class ProposedEvent:
    """An event as the picture suggests it.

    Attributes:
        kind: What it is.
        direction: Who reached out; from the side on which it stands, or from words of a list.
        box: The whole bubble or row.
        text: Its words, wrapped lines joined.
        name: Who wrote it or who called, if the picture says it; else empty.
        quote: The words that it quotes, or empty.
        lines: Which lines of the picture it was made of; numbers from 0.
        stamp: The time that holds for it, or None.
        stamp_line: The line in which that stands, or None.
        is_stamp_own: Whether the time stands at the event itself, and not above it for all that
            follow.
        confidence: How sure its words are, from 0 to 1: that of its least sure line.
        side_confidence: How sure the direction is, from 0 to 1.
        is_cut: Whether the picture ends within it.
        outcome: What became of a call.
        duration_s: Of a call or voice message, in seconds, or None.
        count: How many calls a row of a list stands for; their times are not in the picture.
    """

    kind: ProposedKind
    direction: Direction
    box: Box
    text: str = ""
    name: str = ""
    quote: str = ""
    lines: tuple[int, ...] = ()
    stamp: Stamp | None = None
    stamp_line: int | None = None
    is_stamp_own: bool = False
    confidence: float = 1.0
    side_confidence: float = 1.0
    is_cut: bool = False
    outcome: Outcome = Outcome.UNKNOWN
    duration_s: int | None = None
    count: int = 1


@dataclass(frozen=True, slots=True)
class Relief:
    """How strongly the scrolled part of a picture changes from left to right, made small.

    Two pictures of one scrolled conversation are joined by it.

    Attributes:
        rows: Its height.
        columns: Its width.
        top: The row of the whole small picture at which it begins.
        scale: Rows of the small picture for one row of the picture.
        data: One byte for each cell, row by row, compressed with zlib.
    """

    rows: int
    columns: int
    top: int
    scale: float
    data: bytes


@dataclass(frozen=True, slots=True)
class ReadPicture:
    """All that was read from a picture.

    Attributes:
        width: Of the picture as it is shown, in pixels.
        height: Of the picture as it is shown, in pixels.
        engine: What read it, with its version and its models.
        is_whole: Whether all of the picture could be decoded.
        layout: What it shows.
        title: The name in the title bar of a chat, or empty.
        top: The row at which the scrolled part begins, below the title bar.
        bottom: The row at which it ends, above the input bar.
        lines: In reading order.
        events: From top to bottom.
        closing_stamp: The last time that stands in a chat, whether or not anything follows it.
        relief: For joining it with others, of a chat.
        taken_on: The day on which it was taken, if it is known.
    """

    width: int
    height: int
    engine: str
    is_whole: bool = True
    layout: PictureLayout = PictureLayout.PLAIN
    title: str = ""
    top: int = 0
    bottom: int = 0
    lines: tuple[TextLine, ...] = ()
    events: tuple[ProposedEvent, ...] = ()
    closing_stamp: Stamp | None = None
    relief: Relief | None = None
    taken_on: date | None = None


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """One picture of a scrolled conversation.

    Attributes:
        picture: Its place in the list that was given.
        offset: How many pixels below the first picture of its thread it begins.
        is_ambiguous: Another overlap with the one before fits as well: messages that repeat one
            another may be missing between the two.
    """

    picture: int
    offset: int
    is_ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class ThreadEvent:
    """One event of a thread, however many pictures show it.

    Attributes:
        event: As the picture shows it that shows most of it.
        shown: Where else it is: pairs of a picture's and an event's place, from 0.
    """

    event: ProposedEvent
    shown: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class ScrolledThread:
    """Pictures that overlap, from the top of the conversation to its end.

    Attributes:
        pictures: In order.
        events: Each once, in order.
    """

    pictures: tuple[PlacedPicture, ...]
    events: tuple[ThreadEvent, ...] = field(default=())
