"""Finds the words of a search in a text, by the rules of the search index, and cuts out a line."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from evidence_app.folding import fold
from evidence_app.model.search import Phrase, SearchQuery, Snippet

CJK = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
"""Characters that are words of their own, as inside brackets of a pattern."""

PART_OF_NUMBER = 3
"""So many digits are looked for anywhere in a number, as people remember its end."""

_WORD = re.compile(f"[{CJK}]|[^\\W_{CJK}]+")
_BEFORE = 24
_LENGTH = 120
_SPACE = re.compile(r"\s+")


class Matcher:
    """Finds what a query asks for."""

    def __init__(self, query: SearchQuery) -> None:
        self._wanted = [re.compile(_pattern(phrase)) for phrase in query.wanted]

    def marks(self, text: str) -> list[tuple[int, int]]:
        """Where wanted words stand in a text, in order and apart."""
        plain, places = _plain(text)
        spans = sorted(
            (places[match.start()], places[match.end() - 1] + 1)
            for pattern in self._wanted
            for match in pattern.finditer(plain)
            if match.end() > match.start()
        )
        merged: list[tuple[int, int]] = []
        for start, end in spans:
            if merged and start <= merged[-1][1]:
                merged[-1] = merged[-1][0], max(end, merged[-1][1])
            else:
                merged.append((start, end))
        return merged

    def snippet(self, text: str) -> Snippet:
        """The line around the first words that are found; the beginning if there are none."""
        line = _SPACE.sub(" ", text).strip()
        marks = self.marks(line)
        start = max(marks[0][0] - _BEFORE, 0) if marks else 0
        cut = line[start : start + _LENGTH]
        before = "…" if start else ""
        after = "…" if start + _LENGTH < len(line) else ""
        move = len(before) - start
        inside = tuple(
            (first + move, min(end, start + _LENGTH) + move)
            for first, end in marks
            if first < start + _LENGTH
        )
        return Snippet(f"{before}{cut}{after}", inside)


def _pattern(phrase: Phrase) -> str:
    words: list[str] = _WORD.findall(_plain(phrase.text)[0])
    parts = []
    for place, word in enumerate(words):
        if re.match(f"[{CJK}]", word):
            parts.append(re.escape(word))
            continue
        if len(words) == 1 and word.isdigit() and len(word) >= PART_OF_NUMBER:
            return re.escape(word)
        is_open = phrase.may_go_on and place == len(words) - 1
        parts.append(
            f"(?<![^\\W_{CJK}]){re.escape(word)}" + ("" if is_open else f"(?![^\\W_{CJK}])")
        )
    return r"[\W_]*".join(parts) or r"(?!)"


def _plain(text: str) -> tuple[str, list[int]]:
    """The text as it is indexed, and for each of its characters the place in the given one."""
    if text.isascii():
        return text.lower(), list(range(len(text)))
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        folded = _folded(character)
        characters.append(folded)
        places.extend([place] * len(folded))
    return "".join(characters), places


@cache
def _folded(character: str) -> str:
    parts = unicodedata.normalize("NFD", fold(character))
    bare = "".join(part for part in parts if not unicodedata.combining(part)) or " "
    # Syllables of Hangul come apart above.
    return unicodedata.normalize("NFC", bare).lower()
