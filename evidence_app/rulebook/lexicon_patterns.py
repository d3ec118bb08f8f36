"""The pattern language of the lexicons.

What stands in a pattern is what the text has to say; these signs have a meaning:

- ``(a|b)`` one of several, ``[0-3]`` one of these characters, ``x?`` or ``(xy)?`` may be missing,
  ``{kin}`` a word class of the file;
- ``~5`` a gap inside one sentence: up to 5 characters (zh) or 5 words (en);
- ``…`` a gap of up to 100 characters that may cross sentences;
- ``#`` a number in digits or Chinese numerals, outside zh with a currency sign;
- ``*`` the rest of a word;
- ``^`` and ``$`` the text's begin and end.

A pattern becomes a regular expression without unbounded repetition inside another repetition, and
sets of keys of which a text has to hold one each: a cheap test before the expression is tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

_WORD = re.compile(r"[a-z0-9]+")
_NUMBER = r"[0-9一二两三四五六七八九十百千万亿几半][0-9一二两三四五六七八九十百千万亿,.]{0,11}"
_SEPARATOR = r"[ ,:\-'\"()/*&…]{1,4}"
_ENGLISH_WORD = r"[\w$£€₹%@#]{1,30}(?:\.[0-9]{1,2})?"
_PREFIX = 3
_MAX_GAP = 60
_LONG_GAP = 100


class PatternError(ValueError):
    """A pattern cannot be read."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern, ready to be searched for.

    Attributes:
        expression: What finds it in a normalised text.
        required: Sets of keys; a text that lacks all keys of a set cannot match.
    """

    expression: re.Pattern[str]
    required: tuple[frozenset[str], ...]

    def may_match(self, keys: Set[str]) -> bool:
        """Whether a text of these keys (see :func:`keys_of`) can match at all."""
        return not any(needed.isdisjoint(keys) for needed in self.required)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a pattern: its expression, and what a text must hold for it."""

    source: str
    required: tuple[frozenset[str], ...] = ()


def keys_of(text: str) -> frozenset[str]:
    """All characters of a normalised text, and how its Latin words begin."""
    return frozenset(text) | {word[:_PREFIX] for word in _WORD.findall(text)}


def compile_pattern(source: str, classes: Mapping[str, str], language: str) -> Pattern:
    """Compile one pattern.

    Args:
        source: In the language above.
        classes: The word classes by name, each a pattern.
        language: ``zh`` counts gaps in characters and knows no word borders; all others in words.

    Raises:
        PatternError: A sign is out of place, or a class is not known.
    """
    source = source.lower()
    piece = _Parser(source, classes, is_spaced=language != "zh").whole()
    if not piece.required:
        raise PatternError(f"the pattern {source!r} matches everything")
    expression = piece.source
    if language != "zh":
        end = "" if source.endswith("*") else r"(?![a-z0-9])"
        expression = rf"(?<![a-z0-9])(?:{expression}){end}"
    return Pattern(re.compile(expression, re.DOTALL), piece.required)


def _signs_between(first: str, last: str) -> str:
    return "".join(map(chr, range(ord(first), ord(last) + 1)))


class _Parser:
    """Reads one pattern from left to right."""

    def __init__(
        self, source: str, classes: Mapping[str, str], *, is_spaced: bool, nested: int = 0
    ) -> None:
        self._source = source
        self._classes = classes
        self._is_spaced = is_spaced
        self._nested = nested
        self._at = 0
        if nested > 4:
            raise PatternError("word classes name each other in a circle")

    def whole(self) -> _Piece:
        piece = self._alternatives()
        if self._at < len(self._source):
            raise PatternError(f"a bracket too many in {self._source!r}")
        return piece

    def _alternatives(self) -> _Piece:
        pieces = [self._sequence()]
        while self._peek() == "|":
            self._at += 1
            pieces.append(self._sequence())
        if len(pieces) == 1:
            return pieces[0]
        required = (
            (frozenset().union(*(piece.required[0] for piece in pieces)),)
            if all(piece.required for piece in pieces)
            else ()
        )
        return _Piece(f"(?:{'|'.join(piece.source for piece in pieces)})", required)

    def _sequence(self) -> _Piece:
        pieces = list(self._items())
        required = tuple(needed for piece in pieces for needed in piece.required)
        return _Piece("".join(piece.source for piece in pieces), required)

    def _items(self) -> Iterator[_Piece]:
        # What is glued to a word's begin tells nothing about how a word of the text begins.
        is_word_begun = False
        while (sign := self._peek()) and sign not in "|)":
            begin = self._at
            piece = self._item(sign)
            is_letter = self._is_spaced and (sign in "({*" or (sign.isalnum() and sign.isascii()))
            is_letter = is_letter and not self._source[begin : self._at].rstrip(")").endswith(" ")
            if self._peek() == "?":
                self._at += 1
                yield _Piece(f"(?:{piece.source})?")
                is_word_begun = is_letter
                continue
            yield _Piece(piece.source) if is_letter and is_word_begun else piece
            is_word_begun = is_letter

    def _item(self, sign: str) -> _Piece:
        special = {
            "(": self._group,
            "{": self._class,
            "~": self._gap,
            " ": self._space,
            "[": self._one_of,
        }.get(sign)
        if special is not None:
            return special()
        return self._letter(sign)

    def _letter(self, sign: str) -> _Piece:
        fixed = {"…": rf".{{0,{_LONG_GAP}}}?", "#": _NUMBER, "*": "[a-z]{0,15}", "^": r"\A\s*"}
        fixed["$"] = r"\W{0,4}\Z"
        if self._is_spaced:
            fixed["#"] = rf"[$£€₹]?{_NUMBER}"
        at = self._at
        self._at += 1
        if sign in fixed:
            return _Piece(fixed[sign])
        if sign in "?}]":
            raise PatternError(f"{sign!r} is out of place in {self._source!r}")
        return _Piece(re.escape(sign), (frozenset([self._key(at)]),))

    def _key(self, at: int) -> str:
        """How the word that begins here begins; a character that may be missing ends the key."""
        if not self._is_spaced:
            return self._source[at]
        word = _WORD.match(self._source, at)
        if word is None:
            return self._source[at]
        found = word.group()
        follows = self._source[word.end() : word.end() + 1]
        if follows == "?":
            found, follows = found[:-1], "*"
        if len(found) >= _PREFIX or not follows or follows in " |)~…$":
            return found[:_PREFIX]
        return self._source[at]

    def _group(self) -> _Piece:
        self._at += 1
        piece = self._alternatives()
        if self._peek() != ")":
            raise PatternError(f"a bracket is not closed in {self._source!r}")
        self._at += 1
        return _Piece(f"(?:{piece.source})", piece.required)

    def _one_of(self) -> _Piece:
        end = self._source.find("]", self._at)
        signs = self._source[self._at + 1 : end]
        if end < 0 or not signs:
            raise PatternError(f"a bracket is not closed in {self._source!r}")
        self._at = end + 1
        expanded = re.sub("(.)-(.)", lambda found: _signs_between(*found.groups()), signs)
        return _Piece(f"[{re.escape(expanded)}]", (frozenset(expanded),))

    def _class(self) -> _Piece:
        end = self._source.find("}", self._at)
        name = self._source[self._at + 1 : end]
        if end < 0 or name not in self._classes:
            raise PatternError(f"there is no word class {name!r}")
        self._at = end + 1
        inner = _Parser(
            self._classes[name].lower(),
            self._classes,
            is_spaced=self._is_spaced,
            nested=self._nested + 1,
        )
        piece = inner.whole()
        return _Piece(f"(?:{piece.source})", piece.required)

    def _space(self) -> _Piece:
        self._at += 1
        if self._peek() == "~":
            return self._gap()
        return _Piece(_SEPARATOR if self._is_spaced else r"\s?")

    def _gap(self) -> _Piece:
        digits = re.compile("[0-9]+").match(self._source, self._at + 1)
        if digits is None or int(digits.group()) > _MAX_GAP:
            raise PatternError(f"a gap needs a number up to {_MAX_GAP} in {self._source!r}")
        self._at = digits.end()
        if not self._is_spaced:
            return _Piece(f"[^。!?;\\n]{{0,{digits.group()}}}?")
        if self._peek() == " ":
            self._at += 1
        count = f"{{0,{digits.group()}}}?"
        if self._source[: digits.start() - 1].endswith("^"):
            return _Piece(f"(?:{_ENGLISH_WORD}{_SEPARATOR}){count}")
        return _Piece(f"(?:{_SEPARATOR}{_ENGLISH_WORD}){count}(?:{_SEPARATOR}|(?!\\w))")

    def _peek(self) -> str:
        return self._source[self._at : self._at + 1]
