"""The pattern language of the lexicons.

What stands in a pattern is what the text has to say; these signs have a meaning:

- ``(a|b)`` one of several, ``[0-3]`` one of these characters, ``x?`` or ``(xy)?`` may be missing,
  ``{kin}`` a word class of the file;
- ``~5`` a gap inside one sentence: up to 5 characters (zh) or 5 words (en);
- ``…`` a gap of up to 100 characters that may cross sentences;
- ``&`` between two parts: both stand in one sentence, in any order; ``&&``: in one text;
- ``#`` a number in digits or Chinese numerals, outside zh with a currency sign;
- ``*`` the rest of a word;
- ``^`` and ``$`` the text's begin and end.

A pattern becomes regular expressions without unbounded repetition inside another repetition, and
sets of keys of which a text has to hold one each: a cheap test before the expressions are tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from operator import add

_WORD = re.compile(r"[a-z0-9]+")
HAS_HAN = re.compile("[\u3400-\u9fff]")
_NUMBER = r"[0-9一二两三四五六七八九十百千万亿几半][0-9一二两三四五六七八九十百千万亿,.]{0,11}"
_SEPARATOR = r"[ ,:\-'\"()/*&…]{1,4}"
_ENGLISH_WORD = r"[\w$£€₹%@#]{1,30}(?:\.[0-9]{1,2})?"
_PREFIXES = (1, 2, 3, 4, 5)
_LETTERS = re.compile(r"[a-z0-9\u3400-\u9fff]+(?!\?)")
_FIXED = {
    "…": ".{0,100}?(?<![a-z0-9])",
    "*": "[a-z]{0,15}",
    "^": r"\A\s*",
    "$": r"\W{0,4}\Z",
}
_AND = re.compile(" &&? ")
_MAX_GAP = 60
SENTENCE_END = re.compile(r"[。!?;\n]+|\.(?=\s|\Z)")


class PatternError(ValueError):
    """A pattern cannot be read."""


@dataclass(frozen=True)
class Pattern:
    """A pattern, ready to be searched for.

    Attributes:
        sources: The regular expressions that all have to match, in any order.
        required: Sets of keys; a text that lacks all keys of a set cannot match.
        is_one_sentence: Whether they have to match in one sentence.
    """

    sources: tuple[str, ...]
    required: tuple[frozenset[str], ...]
    is_one_sentence: bool = True

    @cached_property
    def _expressions(self) -> Sequence[re.Pattern[str]]:
        # Most patterns are never needed: they are compiled when a text may match them.
        return [re.compile(source, re.DOTALL) for source in self.sources]

    @cached_property
    def rarest(self) -> frozenset[str]:
        """The set of keys that the fewest texts hold."""
        return _rarest(self.required)

    def may_match(self, keys: Set[str]) -> bool:
        """Whether a text of these keys (see :func:`keys_of`) can match at all."""
        return not any(needed.isdisjoint(keys) for needed in self.required)

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the pattern stands in a normalised text."""
        first, *others = self._expressions
        for match in first.finditer(text):
            begin, end = match.span()
            reach = (0, len(text))
            if others and self.is_one_sentence:
                reach = sentence_around(text, begin, end)
            for expression in others:
                other = expression.search(text, *reach)
                if other is None:
                    break
                begin, end = min(begin, other.start()), max(end, other.end())
            else:
                yield begin, end


def sentence_around(text: str, begin: int, end: int) -> tuple[int, int]:
    """Begin and end of the sentence that holds ``text[begin:end]``."""
    first = 0
    for sentence_end in SENTENCE_END.finditer(text):
        if sentence_end.end() <= begin:
            first = sentence_end.end()
        elif sentence_end.end() >= end:
            return first, sentence_end.end()
    return first, len(text)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a pattern.

    Attributes:
        source: Its regular expression.
        required: What a text must hold for it.
        literal: The letters, if it is letters that must stand there.
        is_border: Whether a word may begin behind it.
    """

    source: str
    required: tuple[frozenset[str], ...] = ()
    literal: str = ""
    is_border: bool = False


def keys_of(text: str) -> frozenset[str]:
    """All characters of a normalised text, all pairs of them, and how its Latin words begin."""
    keys = set(text)
    for word in set(_WORD.findall(text)):
        keys.update([word[:length] for length in _PREFIXES])
    if HAS_HAN.search(text):
        keys.update(map(add, text, text[1:]))
    return frozenset(keys)


def _rarest(required: Sequence[frozenset[str]]) -> frozenset[str]:
    """Of several sets the one whose keys are the longest and the fewest."""

    def commonness(keys: frozenset[str]) -> float:
        return sum(8.0 ** -(len(key) * (1 if key.isascii() else 2)) for key in keys)

    return min(required, key=commonness)


def compile_pattern(source: str, classes: Classes) -> Pattern:
    """Compile one pattern.

    Args:
        source: In the language above.
        classes: The word classes of its file.

    Raises:
        PatternError: A sign is out of place, or a class is not known.
    """
    is_one_sentence = " && " not in source
    pieces = [classes.piece(part) for part in _AND.split(source.lower())]
    required = tuple(needed for piece in pieces for needed in piece.required)
    if not all(piece.required for piece in pieces):
        raise PatternError(f"the pattern {source!r} matches everything")
    sources = tuple(classes.bordered(piece.source) for piece in pieces)
    return Pattern(sources, required, is_one_sentence)


class Classes:
    """The word classes of a file, each read once.

    Args:
        patterns: The word classes by name, each a pattern.
        language: ``zh`` counts gaps in characters and knows no word borders; all others in words.
    """

    def __init__(self, patterns: Mapping[str, str], language: str) -> None:
        self._patterns = patterns
        self._is_spaced = language != "zh"
        self._pieces: dict[str, _Piece] = {}
        self._open: set[str] = set()

    def piece(self, source: str) -> _Piece:
        """Read a pattern."""
        return _Parser(source, self, is_spaced=self._is_spaced).pattern()

    def of(self, name: str) -> _Piece:
        """The class of that name.

        Raises:
            PatternError: There is none, or it names itself.
        """
        if name not in self._patterns:
            raise PatternError(f"there is no word class {name!r}")
        if name in self._open:
            raise PatternError("word classes name each other in a circle")
        if name not in self._pieces:
            self._open.add(name)
            self._pieces[name] = self.piece(self._patterns[name].lower())
            self._open.remove(name)
        return self._pieces[name]

    def bordered(self, expression: str) -> str:
        """An expression that matches whole words only, where words are spaced."""
        if not self._is_spaced:
            return expression
        return rf"(?<![a-z0-9])(?:{expression})(?![a-z0-9])"


def _signs_between(first: str, last: str) -> str:
    return "".join(map(chr, range(ord(first), ord(last) + 1)))


class _Parser:
    """Reads one pattern from left to right."""

    def __init__(self, source: str, classes: Classes, *, is_spaced: bool) -> None:
        self._source = source
        self._classes = classes
        self._is_spaced = is_spaced
        self._at = 0

    def pattern(self) -> _Piece:
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
        required: tuple[frozenset[str], ...] = ()
        if all(piece.required for piece in pieces):
            required = (frozenset().union(*(_rarest(piece.required) for piece in pieces)),)
        return _Piece(f"(?:{'|'.join(piece.source for piece in pieces)})", required)

    def _sequence(self) -> _Piece:
        pieces = list(self._items())
        return _Piece("".join(piece.source for piece in pieces), tuple(self._required(pieces)))

    def _required(self, pieces: Sequence[_Piece]) -> Iterator[frozenset[str]]:
        """What the pieces of a sequence need, neighbouring letters taken together."""
        letters = ""
        # What is glued to a word's begin tells nothing about how a word of the text begins.
        is_glued = False
        for piece in [*pieces, _Piece("")]:
            if piece.literal and (not self._is_spaced or piece.literal.isalnum()):
                letters += piece.literal
                continue
            yield from self._keys(letters, is_glued=is_glued)
            if not (self._is_spaced and (letters or is_glued)) or piece.literal:
                yield from piece.required
            letters = ""
            is_glued = self._is_spaced and not piece.is_border

    def _keys(self, letters: str, *, is_glued: bool) -> Iterator[frozenset[str]]:
        if not letters or is_glued:
            return
        if self._is_spaced:
            yield frozenset([letters[: _PREFIXES[-1]]])
        elif len(letters) == 1:
            yield frozenset(letters)
        else:
            yield from (frozenset([pair]) for pair in map(add, letters, letters[1:]))

    def _items(self) -> Iterator[_Piece]:
        while (sign := self._peek()) and sign not in "|)":
            begin = self._at
            piece = self._item(sign)
            if self._source[begin : self._at].rstrip(")").endswith(" "):
                piece = replace(piece, is_border=True)
            if self._peek() == "?":
                self._at += 1
                piece = _Piece(f"(?:{piece.source})?", is_border=piece.is_border)
            yield piece

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
        return self._letters(sign)

    def _letters(self, sign: str) -> _Piece:
        run = _LETTERS.match(self._source, self._at)
        if run is None:
            self._at += 1
            return self._sign(sign)
        self._at = run.end()
        letters = run.group()
        return _Piece(letters, (frozenset([letters]),), letters)

    def _sign(self, sign: str) -> _Piece:
        if sign == "#":
            return _Piece(rf"[$£€₹]?{_NUMBER}" if self._is_spaced else _NUMBER)
        if sign in _FIXED:
            return _Piece(_FIXED[sign], is_border=sign != "*")
        if sign in "?}]":
            raise PatternError(f"{sign!r} is out of place in {self._source!r}")
        return _Piece(re.escape(sign), (frozenset([sign]),), sign, not sign.isalnum())

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
        expanded = re.sub("(.)-(.)", lambda match: _signs_between(*match.groups()), signs)
        return _Piece(f"[{re.escape(expanded)}]", (frozenset(expanded),))

    def _class(self) -> _Piece:
        end = self._source.find("}", self._at)
        name = self._source[self._at + 1 : end]
        piece = self._classes.of(name)
        self._at = end + 1
        return _Piece(f"(?:{piece.source})", piece.required)

    def _space(self) -> _Piece:
        self._at += 1
        if self._peek() == "~":
            return self._gap()
        return _Piece(_SEPARATOR if self._is_spaced else r"\s?", is_border=True)

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
            return _Piece(f"(?:{_ENGLISH_WORD}{_SEPARATOR}){count}", is_border=True)
        gap = f"(?:{_SEPARATOR}{_ENGLISH_WORD}){count}(?:{_SEPARATOR}|(?!\\w))"
        return _Piece(gap, is_border=True)

    def _peek(self) -> str:
        return self._source[self._at : self._at + 1]
