"""What each part of a search is given, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evidence_app.casefile.case import CaseFile
from evidence_app.model.search import Hit, HitKind, HitOrder
from evidence_app.model.snippets import Matcher


@dataclass(frozen=True)
class Search:
    """A search.

    Attributes:
        case: Where.
        words: As they were typed.
        matcher: Finds them in a text.
        order: Which hits come first.
        limits: How many hits of each kind are wanted.
    """

    case: CaseFile
    words: str
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
