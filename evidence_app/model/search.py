"""Searching a whole case: what is asked, and what is found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from evidence_app.model.event import EventType
from evidence_app.model.evidence import Item, ItemKind, SourcePlace
from evidence_app.model.finding import FindingStatus, Subject
from evidence_app.model.times import TimeReading

_PARTS = re.compile(r'(?P<without>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_SIGNS = {ord(one): '"' for one in "“”„«»「」『』＂"} | {ord(one): "-" for one in "－−"}
"""Quotation marks and the minus sign as other keyboards give them, and as they are read."""
_CONTENT = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand beside each other.

    Attributes:
        text: As typed.
        may_go_on: Whether its last word may be the beginning of a longer one.
    """

    text: str
    may_go_on: bool = False


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What is asked: words and "phrases", and -words that must not occur.

    Attributes:
        wanted: Each of them must occur.
        unwanted: None of them may occur.
    """

    wanted: tuple[Phrase, ...] = ()
    unwanted: tuple[Phrase, ...] = ()

    @classmethod
    def of(cls, text: str) -> SearchQuery:
        """What was typed; a word that is not in quotes may go on: ``threat`` finds ``threats``.

        Only words to leave out cannot be searched for: they are looked for as they stand.
        """
        phrases: list[Phrase] = []
        unwanted: list[Phrase] = []
        for is_unwanted, phrase in _phrases(text.replace("\0", " ").translate(_SIGNS)):
            (unwanted if is_unwanted else phrases).append(phrase)
        if not phrases:
            phrases, unwanted = unwanted, []
        return cls(tuple(phrases), tuple(unwanted))


def _phrases(text: str) -> Iterator[tuple[bool, Phrase]]:
    for match in _PARTS.finditer(text):
        phrase = match["phrase"]
        phrase_text = phrase if phrase is not None else match["word"]
        if _CONTENT.search(phrase_text):
            yield bool(match["without"]), Phrase(phrase_text, may_go_on=phrase is None)


class HitKind(StrEnum):
    """What a hit is of, in the order in which groups are shown."""

    MESSAGE = "message"
    EVENT = "event"
    PICTURE = "picture"
    TRANSCRIPT = "transcript"
    PAGE = "page"
    NOTE = "note"
    FINDING = "finding"
    PARTY = "party"
    ITEM = "item"


OF_EVENTS = (HitKind.MESSAGE, HitKind.EVENT, HitKind.NOTE)
"""The groups in which events are; the last has notes on other things too."""

OF_TEXTS = (HitKind.PICTURE, HitKind.TRANSCRIPT, HitKind.PAGE)
"""The groups of what stands in items: words in pictures, said in recordings, on pages."""

_MESSAGES = frozenset({EventType.MESSAGE, EventType.EMAIL, EventType.POST, EventType.VOICEMAIL})
_PICTURES = frozenset({ItemKind.PICTURE})
_SOUNDS = frozenset({ItemKind.RECORDING, ItemKind.VIDEO})


def kind_of_event(event_type: EventType) -> HitKind:
    """The group that an event is in."""
    if event_type is EventType.NOTE:
        return HitKind.NOTE
    return HitKind.MESSAGE if event_type in _MESSAGES else HitKind.EVENT


def kind_of_text(item_kind: ItemKind) -> HitKind:
    """The group that the texts of an item are in."""
    if item_kind in _PICTURES:
        return HitKind.PICTURE
    return HitKind.TRANSCRIPT if item_kind in _SOUNDS else HitKind.PAGE


@dataclass(frozen=True, slots=True)
class Snippet:
    """A part of a text in which the words stand.

    Attributes:
        text: One line.
        marks: Where the words are in it: first character, and the one after the last.
    """

    text: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where the words stand.

    Attributes:
        kind: What it is of.
        id: The number of the event, text, item, finding or party; of a note that of its subject.
        item: The item in which it stands; None for a party.
        title: Whose it is, in a few words; of a finding the code of its violation type.
        snippet: The words as they stand there.
        subject: The event, item or mark that it is, or that a text or finding stands at; None for
            a party.
        place: Where in the item.
        start_s: From when in a recording.
        time: When it was.
        status: What was decided on a finding; None for anything else.
    """

    kind: HitKind
    id: int
    item: Item | None
    title: str
    snippet: Snippet
    subject: Subject | None = None
    place: SourcePlace | None = None
    start_s: float | None = None
    time: TimeReading | None = None
    status: FindingStatus | None = None


@dataclass(frozen=True, slots=True)
class TextTarget:
    """The very text of an item that a hit leads to.

    Attributes:
        text_id: Its number.
        start_s: From when in a recording, in seconds; None if it is none.
    """

    text_id: int
    start_s: float | None = None


class HitOrder(StrEnum):
    """Which hits come first."""

    RELEVANCE = "relevance"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What was found.

    Attributes:
        hits: Those that are shown, by kind.
        counts: How many there are of each kind, shown or not.
        unfinished: The kinds of which there are more than were counted.
    """

    hits: Mapping[HitKind, tuple[Hit, ...]] = field(default_factory=dict)
    counts: Mapping[HitKind, int] = field(default_factory=dict)
    unfinished: frozenset[HitKind] = frozenset()

    def all_hits(self) -> list[Hit]:
        """All that are shown, in the order of the kinds."""
        return [hit for kind in HitKind for hit in self.hits.get(kind, ())]


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search that the person kept."""

    id: int
    name: str
    query: str
