"""Evidence items: one original each, with what is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from evidence_app.messages import Message
from evidence_app.model.times import TimeReading


class ItemKind(StrEnum):
    """What an item is to the person."""

    PICTURE = "picture"
    RECORDING = "recording"
    VIDEO = "video"
    CALL_LOG = "call_log"
    MESSAGES = "messages"
    EMAIL = "email"
    DOCUMENT = "document"
    TEXT = "text"
    TABLE = "table"
    NOTE = "note"
    CONTACTS = "contacts"
    ARCHIVE = "archive"
    OTHER = "other"


class ItemStatus(StrEnum):
    """How much of an item the program could read."""

    READ = "read"
    PARTLY_READ = "partly_read"
    UNREAD = "unread"


class RenditionKind(StrEnum):
    """Derivatives that can be made again from the original at any time."""

    THUMBNAIL = "thumbnail"
    PREVIEW = "preview"
    WAVEFORM = "waveform"
    SOUND = "sound"
    LAYOUT = "layout"
    """What a picture of a chat shows where, by which it is joined with others."""


@dataclass(frozen=True, slots=True)
class Item:
    """An evidence item.

    Attributes:
        id: Its number in the case.
        kind: What it is.
        title: What the person calls it; the file name until it is edited.
        filename: The name of the file as it was dropped.
        origin: The folder or source it came from, as it was when it was imported.
        sha256: Of the original, 64 hexadecimal digits.
        size: Of the original, in bytes.
        media_type: By content, e.g. ``image/png``.
        status: How much of it was read.
        imported_at: When it came into the case, aware.
        time: The time in force, or None.
        note: The person's words.
        width: In pixels, of a picture, as it is shown.
        height: In pixels, of a picture, as it is shown.
        duration_s: Of a recording.
        page_count: Of a document.
        event_count: How many events it yielded.
    """

    id: int
    kind: ItemKind
    title: str
    filename: str
    origin: str
    sha256: str
    size: int
    media_type: str
    status: ItemStatus
    imported_at: datetime
    time: TimeReading | None = None
    note: str = ""
    width: int | None = None
    height: int | None = None
    duration_s: float | None = None
    page_count: int | None = None
    event_count: int = 0


@dataclass(frozen=True, slots=True)
class Rendition:
    """A derivative of an original.

    Attributes:
        kind: What it is for.
        media_type: Of the data; a waveform is ``application/x-waveform``: one unsigned byte of
            peak loudness for each of equally long stretches.
        data: The bytes.
    """

    kind: RenditionKind
    media_type: str
    data: bytes


class PlaceUnit(StrEnum):
    """What a place in a source is counted in; all count from 1."""

    ROW = "row"
    LINE = "line"
    ENTRY = "entry"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class SourcePlace:
    """Where in a file something stands.

    Attributes:
        unit: What `number` counts.
        number: From 1.
        sheet: The sheet's name, in a workbook.
    """

    unit: PlaceUnit
    number: int
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class SkippedEntry:
    """An entry of a file that could not be read.

    Attributes:
        place: Where it stands.
        reason: Why.
        raw: Its words, shortened to 500 characters.
    """

    place: SourcePlace
    reason: Message
    raw: str


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Text that stands in an item.

    Attributes:
        text: The words.
        place: Where they stand.
    """

    text: str
    place: SourcePlace
