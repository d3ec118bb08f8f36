"""Replaces words that are blacked out, by blocks that do not tell how long they were."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from evidence_app.folding import fold

BLANK = "██████"
"""Stands for any words that were blacked out."""

_DIGITS = re.compile(r"\d")
_SEPARATED = re.compile(r"[\d\s().\-/+\u2010-\u2015]+")
_NUMBER_IN_WORDS = re.compile(r"\+?\d(?:[\s().\-/\u2010-\u2015]?\d){6,}")
_ADDRESS_IN_WORDS = re.compile(r"[\w.+\-]+@[\w.\-]+")
_DATE = re.compile(r"(?:19|20)\d\d(?:0\d|1[0-2])(?:[0-2]\d|3[01])(?:[0-2]\d[0-5]\d(?:[0-5]\d)?)?")
_BETWEEN = r"[\s().\-/\u2010-\u2015\u00a0\u200b-\u200f\u202a-\u202e]*"
_LEAST_DIGITS, _LONG_WORD = 5, 6
_CN_COUNTRY = re.compile(r"(?:\+|00)?86(?=1\d{10}$)")
_INTERNATIONAL = re.compile(r"(?:\+|00)\d{1,3}(?=\d{7,}$)")
_WORD = re.compile(r"[a-z0-9]")


class _Folding(dict[int, str]):
    """What each character is compared as; found when it is met for the first time."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        plain = fold(character).lower()
        if len(plain) != 1:
            plain = character
        parts = unicodedata.normalize("NFD", plain)
        self[code] = parts[0] if len(parts) > 1 and parts[0].isascii() else plain
        return self[code]


_FOLDING = _Folding()


def folded(text: str) -> str:
    """The text in the form in which words are compared, each character in its place."""
    return text.translate(_FOLDING)


class Blanking:
    """Finds words in texts, however they are written, and puts `BLANK` in their place.

    Args:
        words: What is found anywhere in a text; numbers with any separators too.
    """

    def __init__(self, words: Iterable[str]) -> None:
        forms = {form for word in words for form in _forms(word)}
        ordered = sorted(forms, key=len, reverse=True)
        self._pattern = re.compile("|".join(ordered)) if ordered else None

    def __bool__(self) -> bool:
        """Whether there is anything to find."""
        return self._pattern is not None

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where in a text such words stand: first character, and the one behind the last."""
        if self._pattern is None or not text:
            return []
        return [match.span() for match in self._pattern.finditer(folded(text))]

    def text(self, text: str) -> str:
        """The text without them."""
        return without(text, self.spans(text))


def without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """A text with `BLANK` in the place of stretches of it, which may overlap."""
    parts, at = [], 0
    for first, end in _merged(spans):
        parts += [text[at:first], BLANK]
        at = end
    return "".join(parts) + text[at:]


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for first, end in sorted(spans):
        if merged and first <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((first, end))
    return merged


def distinctive(word: str, common: str) -> bool:
    """Whether a word tells of one person or thing, so that it is blacked out wherever it stands.

    Others, as "please", are blacked out only where the person chose them.

    Args:
        word: Which.
        common: All that the program says itself, folded.
    """
    plain = folded(word).strip()
    digits = "".join(_DIGITS.findall(plain))
    if _SEPARATED.fullmatch(plain):
        return len(digits) >= _LEAST_DIGITS and not _DATE.fullmatch(digits)
    letters = [character for character in plain if character.isalnum()]
    least = 2 if any(ord(letter) > 0x2E7F for letter in letters) else 3
    return len(letters) >= least and plain not in common


def inner_words(word: str) -> list[str]:
    """Numbers and addresses in words that are blacked out, which must go wherever they stand."""
    return [*_NUMBER_IN_WORDS.findall(word), *_ADDRESS_IN_WORDS.findall(word)]


def number_forms(digits: str) -> list[str]:
    """The digits of a number with and without what is dialled before it."""
    plain = re.sub(r"[^\d+]", "", digits)
    forms = [re.sub(r"\D", "", plain)]
    for prefix in (_CN_COUNTRY, _INTERNATIONAL):
        short = prefix.sub("", plain)
        forms.append(re.sub(r"\D", "", short))
    forms += [form[1:] for form in forms if form.startswith("0") and len(form) > 8]
    return list(dict.fromkeys(form for form in forms if len(form) >= _LEAST_DIGITS))


def _forms(word: str) -> Sequence[str]:
    """Patterns that find a word in folded text."""
    plain = folded(word).strip()
    if not plain:
        return ()
    if _SEPARATED.fullmatch(plain) and len(_DIGITS.findall(plain)) >= _LEAST_DIGITS:
        return [_BETWEEN.join(digits) for digits in number_forms(plain)]
    pattern = r"\s+".join(map(re.escape, plain.split()))
    if len(plain) < _LONG_WORD:
        before = r"(?<![a-z0-9])" if _WORD.match(plain[0]) else ""
        after = r"(?![a-z0-9])" if _WORD.match(plain[-1]) else ""
        pattern = f"{before}{pattern}{after}"
    return [pattern]
