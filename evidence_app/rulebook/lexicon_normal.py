"""One spelling of many: what people do to words so that filters do not see them, undone.

Each character of the normal form knows where it stands in the original, so that what is quoted is
always the passage as it was written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass

_HAN = "\u3400-\u9fff"
_WRAPPED_LINE = 12
_LONG_PINYIN = 6
_SIGN = r"[ \t.·•・*_\-/|~^+'`=\u2500-\u27bf\U0001f000-\U0001faff]"
_BETWEEN_HAN = re.compile(rf"{_SIGN}(?<=[{_HAN}].){_SIGN}{{0,2}}(?=[{_HAN}])", re.DOTALL)
_WRAP = re.compile(rf"\n(?<=[{_HAN}].)(?=[{_HAN}])", re.DOTALL)
_SPELLED = re.compile(r"(?<![a-z0-9])[a-z](?:[ .\-_*][a-z]){2,}(?![a-z0-9])")
_REPEATED = re.compile(r"([a-z])\1{2,}")
_LEET = re.compile(r"(?<![a-z0-9@$!])(?=[0134578@$!]*[a-z])[a-z0134578@$!]{3,20}(?![a-z0-9@$])")
_HAS_LEET = re.compile("[a-z][0134578@$!]|[0134578@$!][a-z]")
_MIXED = re.compile(
    rf"[{_HAN}]{{0,2}}[a-z]{{1,8}}[{_HAN}][{_HAN}a-z]{{0,4}}|[{_HAN}]{{1,2}}[a-z]{{1,8}}"
)
_INVISIBLE = ("Cf", "Mn", "Me")
_SIGNS = str.maketrans("034578@$!", "oeastbasi")


@dataclass(frozen=True, slots=True)
class NormalText:
    """A text in its normal form.

    Attributes:
        text: The normal form.
        origins: For each of its characters the index in the original.
        original: What was written.
    """

    text: str
    origins: Sequence[int]
    original: str

    def passage(self, begin: int, end: int) -> str:
        """The original passage behind ``text[begin:end]``."""
        if begin >= end:
            return ""
        last = self.origins[end - 1]
        following = self.origins[end] if end < len(self.origins) else len(self.original)
        passage = self.original[self.origins[begin] : max(last + 1, following)]
        return passage.strip()


@dataclass(frozen=True, slots=True)
class Rewriting:
    """An expression, and what takes its place."""

    expression: re.Pattern[str]
    replacement: str


class _PlainSigns(dict[int, str]):
    """The plain form of each character that was seen: lower case, half width, simplified.

    Attributes:
        longer_or_gone: The characters whose plain form is not one character.
    """

    def __init__(self, characters: Mapping[str, str]) -> None:
        super().__init__()
        self._characters = characters
        self.longer_or_gone: set[str] = set()

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        plain = "".join(
            self._characters.get(character, character)
            for character in unicodedata.normalize("NFKC", sign)
            if unicodedata.category(character) not in _INVISIBLE
        ).lower()
        if len(plain) != 1:
            self.longer_or_gone.add(sign)
        self[code] = plain
        return plain


class Normaliser:
    """Brings texts into the normal form.

    Args:
        characters: Single characters and what each stands for, traditional ones first of all.
        spellings: Spellings and the words that they stand for.
        rewritings: Expressions that are replaced, after the words.
        pinyin: Chinese words and the pinyin of their characters: a word of which some characters
            are written in pinyin or by its first letter is read as the word.
        vocabulary: Latin words that the lexicons look for: a word with digits or signs inside is
            read as one of these or left alone.
    """

    def __init__(
        self,
        characters: Mapping[str, str],
        spellings: Mapping[str, str],
        rewritings: Sequence[Rewriting],
        pinyin: Mapping[str, Sequence[str]],
        vocabulary: Set[str],
    ) -> None:
        self._plain_signs = _PlainSigns(characters)
        self._vocabulary = vocabulary
        self._words = dict(spellings)
        for word, syllables in pinyin.items():
            if len(spelled := "".join(syllables)) >= _LONG_PINYIN:
                self._words.setdefault(spelled, word)
        longest_first = sorted(self._words, key=len, reverse=True)
        latin = "|".join(re.escape(word) for word in longest_first if word.isascii())
        others = "|".join(re.escape(word) for word in longest_first if not word.isascii())
        self._spellings = (
            re.compile(others),
            re.compile(rf"(?<![a-z0-9])(?:{latin})(?![a-z0-9])"),
        )
        self._rewritings = tuple(rewritings)
        self._pinyin_words = list(pinyin)
        self._mixed = _mixed_spelling(pinyin)

    def normal(self, text: str) -> NormalText:
        """The normal form of a text."""
        form = self._by_character(text)
        form = _replaced(form, _WRAP, lambda match: "" if self._is_wrapped(match) else "\n")
        form = _replaced(form, _BETWEEN_HAN, lambda match: "")
        form = _replaced(form, _SPELLED, lambda match: re.sub("[ .*_-]", "", match.group()))
        form = _replaced(form, _REPEATED, lambda match: match.group(1))
        if _HAS_LEET.search(form.text):
            form = _replaced(form, _LEET, lambda match: self._plain_word(match.group()))
        form = _replaced(form, _MIXED, self._with_chinese_words)
        for spelling in self._spellings:
            form = _replaced(form, spelling, lambda match: self._words[match.group()])
        for rewriting in self._rewritings:
            form = _replaced(form, rewriting.expression, _expanding(rewriting.replacement))
        return form

    def _with_chinese_words(self, match: re.Match[str]) -> str:
        return self._mixed.sub(
            lambda word: self._pinyin_words[(word.lastindex or 1) - 1], match.group()
        )

    def _by_character(self, text: str) -> NormalText:
        plain = text.translate(self._plain_signs)
        if self._plain_signs.longer_or_gone.isdisjoint(text):
            return NormalText(plain, range(len(text)), text)
        origins: list[int] = []
        for index, sign in enumerate(text):
            origins.extend([index] * len(self._plain_signs[ord(sign)]))
        return NormalText(plain, origins, text)

    @staticmethod
    def _is_wrapped(match: re.Match[str]) -> bool:
        line_begin = match.string.rfind("\n", 0, match.start()) + 1
        return match.start() - line_begin >= _WRAPPED_LINE

    def _plain_word(self, word: str) -> str:
        if word.isalpha():
            return word
        plain = word.translate(_SIGNS)
        for letter in ("i", "l"):
            candidate = plain.replace("1", letter)
            if candidate in self._vocabulary:
                return candidate
        return word


def _mixed_spelling(pinyin: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    """What finds words of which one character at least is spelled; the group tells the word."""
    spellings = []
    for word, syllables in pinyin.items():
        mixed = "".join(
            f"(?:{sign}|{syllable}|{syllable[0]})"
            for sign, syllable in zip(word, syllables, strict=True)
        )
        # All characters are the plain word, all first letters mean anything.
        initials = "".join(syllable[0] for syllable in syllables)
        spellings.append(rf"(?<![a-z])(?!{word}|{initials}(?![a-z]))({mixed})(?![a-z])")
    return re.compile("|".join(spellings))


def _expanding(replacement: str) -> Callable[[re.Match[str]], str]:
    return lambda match: match.expand(replacement)


def _replaced(
    form: NormalText, expression: re.Pattern[str], replacement: Callable[[re.Match[str]], str]
) -> NormalText:
    """The form with each match replaced; the origin of a replacement is where the match began."""
    if expression.search(form.text) is None:
        return form
    letters: list[str] = []
    origins: list[int] = []
    at = 0
    for match in expression.finditer(form.text):
        letters.append(form.text[at : match.start()])
        origins.extend(form.origins[at : match.start()])
        new = replacement(match)
        letters.append(new)
        if new:
            inside = form.origins[match.start() : match.end()]
            origins.extend(inside[min(index, len(inside) - 1)] for index in range(len(new)))
        at = match.end()
    letters.append(form.text[at:])
    origins.extend(form.origins[at:])
    return NormalText("".join(letters), origins, form.original)
