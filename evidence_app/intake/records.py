"""What readers yield; none of it knows the case file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from typing import Any, BinaryIO

from evidence_app.messages import Message
from evidence_app.model.event import Direction, EventType, Outcome
from evidence_app.model.evidence import (
    ItemKind,
    Rendition,
    SkippedEntry,
    SourcePlace,
    TextBlock,
)
from evidence_app.model.question import Answers, Question
from evidence_app.model.times import TimeReading


@dataclass(frozen=True, slots=True)
class Description:
    """What an item is as a whole; a reader yields one, first.

    Attributes:
        kind: What it is to the person.
        media_type: By content.
        width: Pixels as shown, after the orientation is applied.
        height: Pixels as shown.
        duration_s: Of sound or video.
        page_count: Of a document.
        metadata: What the file says of itself, as name and value.
        reader: Which layout of its format it has; the reading process puts the format before.
    """

    kind: ItemKind
    media_type: str
    width: int | None = None
    height: int | None = None
    duration_s: float | None = None
    page_count: int | None = None
    metadata: dict[str, str] = field(default_factory=dict)
    reader: str = ""


@dataclass(frozen=True, slots=True)
class EventRecord:
    """One act: a call, a message, a recording.

    Attributes:
        type: What it was.
        direction: Who reached out.
        outcome: What became of it; a draft or a failed message is no contact.
        time: When, or None if the source does not say.
        duration_s: In seconds.
        identifier: The other side's number or address as written; empty if withheld.
        contact_name: The name that the source gives.
        text: The words.
        place: Where it stands.
        raw: The entry's fields as written.
        enclosed: The names of files that belong to it: the key of an `Enclosure` of the same
            file, or the name of a file that was exported beside it.
    """

    type: EventType
    direction: Direction
    outcome: Outcome
    time: TimeReading | None
    duration_s: float | None
    identifier: str
    contact_name: str
    text: str
    place: SourcePlace | None
    raw: dict[str, str] = field(default_factory=dict)
    enclosed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventColumns:
    """Acts of a file as the cells that they have in the case: see `intake.event_cells`.

    Readers yield acts one by one; these come out of the reading process.

    Attributes:
        cells: Each column by its name; all are equally long.
        enclosed: Which acts, by their places, have files that belong to them, and which: see
            `EventRecord`.
        zone: Of which zone the cells are by which events are sorted.
    """

    cells: dict[str, list[Any]]
    enclosed: Sequence[tuple[int, Sequence[str]]]
    zone: str

    def __len__(self) -> int:
        return len(self.cells["type"])


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file inside the file: a part of an archive, an attachment, a picture in a message.

    It becomes an item of its own, with its own hash, and is read as if it had been dropped.

    Attributes:
        key: By what acts of the same file name it in ``enclosed``; unique in the file. In an
            archive the path as it is written there.
        filename: What it is called, as written; it is never used as a path.
        stream: Its bytes from the present place on. A reader may yield a stream that can be
            read only once and only until the next record is asked for.
    """

    key: str
    filename: str
    stream: BinaryIO


@dataclass(frozen=True, slots=True)
class Contact:
    """A card of an address book.

    Attributes:
        name: Who it is.
        identifiers: Numbers and addresses as written.
    """

    name: str
    identifiers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell the person about the file as a whole.

    Attributes:
        message: What.
        damaged: Whether it means that a part of the file could not be read.
    """

    message: Message
    damaged: bool = False


Record = (
    Description
    | TimeReading
    | EventRecord
    | EventColumns
    | Enclosure
    | Contact
    | Question
    | SkippedEntry
    | Notice
    | TextBlock
    | Rendition
)


MAIN = "main"
"""Among the companions of a file that is only a part of another one: that the other is there."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file for a reader.

    Attributes:
        stream: Seekable, at 0.
        size: In bytes.
        filename: As dropped; for clues only, never to decide the format.
        region: By whose habits local telephone numbers are read, ISO 3166-1, or None.
        zone: The name of the case's zone, by which events are sorted.
        own_zone: The name of the zone of its wall-clock times, if the person said it, or None.
        answers: What the person said about it.
        companions: Files that lay beside it and belong to it, by the ending that their name has
            after its own, as ``-wal`` beside a database; `MAIN`,
            empty, if the file to which it belongs is there.
        depth: How many files it lies in.
        container: The name of the file that it lies in, or empty; for clues only.
        alive: To be called now and then during long work that yields nothing, so that the
            reader is not taken to hang.
    """

    stream: BinaryIO
    size: int
    filename: str
    region: str | None = None
    _: KW_ONLY
    zone: str = "UTC"
    own_zone: str | None = None
    answers: Answers = field(default_factory=Answers)
    companions: Mapping[str, BinaryIO] = field(default_factory=dict)
    depth: int = 0
    container: str = ""
    alive: Callable[[], None] = lambda: None


Reader = Callable[[Source], Iterator[Record]]
