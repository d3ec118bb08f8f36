"""Searching a whole case: what is asked, and what is found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from evidence_app.model.evidence import Item, SourcePlace
from evidence_app.model.times import TimeReading

_PARTS = re.compile(r'(?P<without>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
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
        wanted: list[Phrase] = []
        unwanted: list[Phrase] = []
        for is_unwanted, phrase in _phrases(text.replace("\0", " ")):
            (unwanted if is_unwanted else wanted).append(phrase)
        if not wanted:
            wanted, unwanted = unwanted, []
        return cls(tuple(wanted), tuple(unwanted))


def _phrases(text: str) -> Iterator[tuple[bool, Phrase]]:
    for match in _PARTS.finditer(text):
        phrase = match["phrase"]
        phrase_text = phrase if phrase is not None else match["word"]
        if _CONTENT.search(phrase_text):
            yield bool(match["without"]), Phrase(phrase_text, may_go_on=phrase is None)


class HitKind(StrEnum):
    """What a hit is of, in the order in which groups are shown."""

    EVENT = "event"
    TEXT = "text"
    ITEM = "item"
    PARTY = "party"


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
        id: The number of the event, text, item or party.
        item: The item in which it stands; None for a party.
        title: Whose it is, in a few words; empty if that is for the window to say.
        snippet: The words as they stand there.
        place: Where in the item.
        start_s: From when in a recording.
        time: When it was.
    """

    kind: HitKind
    id: int
    item: Item | None
    title: str
    snippet: Snippet
    place: SourcePlace | None = None
    start_s: float | None = None
    time: TimeReading | None = None


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
    """

    hits: Mapping[HitKind, tuple[Hit, ...]] = field(default_factory=dict)
    counts: Mapping[HitKind, int] = field(default_factory=dict)

    def all_hits(self) -> list[Hit]:
        """All that are shown, in the order of the kinds."""
        return [hit for kind in HitKind for hit in self.hits.get(kind, ())]


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search that the person kept."""

    id: int
    name: str
    query: str
