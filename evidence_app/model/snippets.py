"""Finds the words of a search in a text, by the rules of the search index, and cuts out a line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from evidence_app.folding import fold, simplified_characters
from evidence_app.model.search import Phrase, SearchQuery, Snippet

CJK = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
"""Characters that are words of their own, as inside brackets of a pattern."""

PART_OF_NUMBER = 3
"""So many digits are looked for anywhere in a number, as people remember its end."""

_WORD = re.compile(f"[{CJK}]|[^\\W_{CJK}]+")
_BEFORE = 24
_LENGTH = 120
_NEAR = 400
"""Characters on either side of the words: more than a line, whatever blanks are among them."""


class Matcher:
    """Finds what a query asks for."""

    def __init__(self, query: SearchQuery) -> None:
        self._wanted = [re.compile(_pattern(phrase)) for phrase in query.wanted]
        self._unwanted = [re.compile(_pattern(phrase)) for phrase in query.unwanted]

    def accepts(self, text: str) -> bool:
        """Whether all wanted words stand in a text, and none of the unwanted ones."""
        plain = _folded_text(text)
        return self._has_wanted(plain) and not self._has_unwanted(plain)

    def has_all(self, text: str) -> bool:
        """Whether all wanted words stand in a text, whatever else does."""
        return self._has_wanted(_folded_text(text))

    def refuses(self, text: str) -> bool:
        """Whether an unwanted word stands in a text."""
        return bool(self._unwanted) and self._has_unwanted(_folded_text(text))

    def _has_wanted(self, plain: str) -> bool:
        return all(pattern.search(plain) for pattern in self._wanted)

    def _has_unwanted(self, plain: str) -> bool:
        return any(pattern.search(plain) for pattern in self._unwanted)

    def marks(self, text: str) -> list[tuple[int, int]]:
        """Where wanted words stand in a text, in order and apart."""
        plain = _folded_text(text)
        if not any(pattern.search(plain) for pattern in self._wanted):
            return []
        places = _places(text, plain)
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

    def snippet(self, text: str, at: int | None = None) -> Snippet:
        """The line around words that are found; the beginning of the text if there are none.

        Args:
            text: In which they stand.
            at: Where those begin that are shown; None for the first ones.
        """
        if at is None:
            at = next(iter(self.marks(text)), (0, 0))[0]
        before_words = text[max(at - _NEAR, 0) : at]
        head = " ".join(before_words.split())
        if head and before_words[-1].isspace():
            head += " "
        line = head + " ".join(text[at : at + _NEAR].split())
        start = max(len(head) - _BEFORE, 0)
        cut = line[start : start + _LENGTH]
        before = "…" if start or text[: max(at - _NEAR, 0)].strip() else ""
        after = "…" if start + _LENGTH < len(line) or text[at + _NEAR :].strip() else ""
        move = len(before) - start
        inside = tuple(
            (first + move, min(end, start + _LENGTH) + move)
            for first, end in self.marks(line)
            if start <= first < start + _LENGTH
        )
        return Snippet(f"{before}{cut}{after}", inside)


def _pattern(phrase: Phrase) -> str:
    plain_words: list[str] = _WORD.findall(_folded_text(phrase.text))
    parts = []
    for place, word in enumerate(plain_words):
        if re.match(f"[{CJK}]", word):
            parts.append(re.escape(word))
            continue
        if len(plain_words) == 1 and word.isdigit() and len(word) >= PART_OF_NUMBER:
            return re.escape(word)
        is_open = phrase.may_go_on and place == len(plain_words) - 1
        parts.append(
            f"(?<![^\\W_{CJK}]){re.escape(word)}" + ("" if is_open else f"(?![^\\W_{CJK}])")
        )
    return r"[\W_]*".join(parts) or r"(?!)"


class _Folding(dict[int, str]):
    """What each character is read as; what was asked once is remembered."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        parts = unicodedata.normalize("NFD", fold(character))
        bare = "".join(part for part in parts if not unicodedata.combining(part)) or " "
        # Syllables of Hangul come apart above.
        folded = self[code] = unicodedata.normalize("NFC", bare).lower()
        return folded


_FOLDING = _Folding()


_USUAL = (
    *((0, 0x7F), (0x2010, 0x2027), (0x2030, 0x205E), (0x3000, 0x3020)),
    *((0x4E00, 0x9FFF), (0xFF01, 0xFF0F), (0xFF1A, 0xFF20)),
)
"""ASCII, Chinese characters, and signs that are never read as parts of words."""


@cache
def _special() -> re.Pattern[str]:
    """A character that may be read as another one, other than capitals of ASCII."""
    usual = {code for first, last in _USUAL for code in range(first, last + 1)}
    usual -= set(map(ord, simplified_characters()))
    # One set that is looked up: alternatives would take ten times as long.
    return re.compile(f"[^{''.join(re.escape(chr(code)) for code in sorted(usual))}]")


def _folded_text(text: str) -> str:
    """The text as it is indexed."""
    # To look takes a tenth of what it takes to fold each character.
    if text.isascii() or not _special().search(text):
        return text.lower()
    return text.translate(_FOLDING)


def _places(text: str, folded: str) -> Sequence[int]:
    """For each character of a folded text the place in the one that it was made of."""
    if len(text) == len(folded):
        # No character becomes none, so each has become one.
        return range(len(text))
    return [place for place, character in enumerate(text) for _ in _FOLDING[ord(character)]]
