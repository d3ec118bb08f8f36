"""What each part of a search is given, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evidence_app.casefile.records.search_hits import Reading
from evidence_app.model.search import Hit, HitKind, HitOrder, SearchQuery
from evidence_app.model.snippets import Matcher


@dataclass(frozen=True)
class Search:
    """A search.

    Attributes:
        connection: One state of the case in which is searched.
        words: As they were typed.
        query: What they ask for.
        matcher: Finds them in a text.
        order: Which hits come first.
        limits: How many hits of each kind are wanted.
    """

    connection: Reading
    words: str
    query: SearchQuery
    matcher: Matcher
    order: HitOrder
    limits: Mapping[HitKind, int]


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one kind.

    Attributes:
        hits: As many as were wanted.
        count: How many there are.
        is_unfinished: Whether there are more than that.
    """

    hits: Sequence[Hit] = ()
    count: int = 0
    is_unfinished: bool = False


HitGroups = Mapping[HitKind, Group]
