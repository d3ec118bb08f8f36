"""Who of the authors of a chat is the owner of the phone or account."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from evidence_app.intake.readers.chat.participants import folded
from evidence_app.model.event import Direction
from evidence_app.model.question import Question, QuestionKind

_MOST_CANDIDATES = 50
_NUMBER = re.compile(r"[~+]?[\s~]*[+(]?\d[\d\s()./-]{4,22}")
_COUNTED = re.compile(r"\b\d+\s*$")
_OWNER_WORDS = re.compile(
    r"我|本人|自己|机主|俺|me|i|myself|moi|ich|yo|eu|io|saya|ben|я|나|私|자신|मैं|tôi|ฉัน|ผม|أنا|من",
    re.I,
)
_DIRECTED = re.compile(
    r"(?:(?P<came>received from\b|from\b|来自|收到|收自)|"
    r"(?:sent to\b|to\b|发给|发送给|发送至|发往))"
    r"[\s:：]*(?P<other>\S.*?)\s*(?:\((?P<number>\+?[\d\s-]{5,20})\))?",
    re.I,
)
_SURE = re.compile(r"received from\b|sent to\b|来自|发给|发送给|发送至|发往", re.I)
_MOST_WORDS = 4
_LONGEST_WORDLESS = 8
_PARTICLES = frozenset(
    {
        "al",
        "bin",
        "da",
        "de",
        "del",
        "den",
        "der",
        "di",
        "dos",
        "el",
        "la",
        "le",
        "san",
        "van",
        "von",
    }
)


def owner_among(authors: Iterable[str], owners: Sequence[str]) -> str | None:
    """The one author whom the person named as the owner; None if it is none or several."""
    owner_names = {folded(owner) for owner in owners} - {""}
    owning_authors = {author for author in authors if folded(author) in owner_names}
    return owning_authors.pop() if len(owning_authors) == 1 else None


def ask_for_owner(authors: Counter[str]) -> Question:
    """The question who of them is the owner, those who wrote most first."""
    named = [name for name, _count in authors.most_common() if name]
    return Question(QuestionKind.OWNER, {"candidates": named[:_MOST_CANDIDATES]})


def is_name(text: str) -> bool:
    """Whether words look like somebody's name or number rather than like a heading or a verb.

    In scripts with two cases the words of a name begin with a capital; in the others a name is
    short.
    """
    if is_number(text):
        return True
    parts = [part for part in text.split() if part.casefold() not in _PARTICLES]
    letters = [first for part in parts if (first := next(filter(str.isalpha, part), ""))]
    if not letters or len(parts) > _MOST_WORDS or _COUNTED.search(text):
        return False
    if any(letter.lower() != letter.upper() for letter in letters):
        return not any(letter.islower() for letter in letters)
    return len(text) <= _LONGEST_WORDLESS


def is_number(text: str) -> bool:
    """Whether words look like somebody's number."""
    return _NUMBER.fullmatch(text) is not None


def names_owner(authors: Iterable[str]) -> bool:
    """Whether somebody among the authors is called I or me, as whoever typed the words is."""
    return any(map(_OWNER_WORDS.fullmatch, authors))


def directed(author: str) -> tuple[Direction, str, str] | None:
    """What words before a name say of who wrote, as ``Received from``; None if they say nothing.

    Returns:
        The direction, the other side's name and number; either may be empty.
    """
    match = _DIRECTED.fullmatch(author)
    if match is None:
        return None
    direction = Direction.INCOMING if match["came"] else Direction.OUTGOING
    if is_number(match["other"]):
        return direction, "", match["other"]
    return direction, match["other"], match["number"] or ""


def all_directed(authors: Iterable[str]) -> bool:
    """Whether such words stand before all names, and are no names themselves."""
    read = [(author, directed(author)) for author in authors]
    found = {side[0] for _, side in read if side is not None}
    return (
        bool(read)
        and all(side is not None for _, side in read)
        and (len(found) > 1 or all(_SURE.match(author) for author, _ in read))
    )
