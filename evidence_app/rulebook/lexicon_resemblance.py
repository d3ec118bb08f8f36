"""How much a short text resembles messages that people labelled: a linear model over n-grams.

It weighs what the words of the lexicon show: a hit may be chance, and no hit may be a gap. It is
data (``resources/lexicons/resemblance.*.tsv``), made by
``packaging/train_resemblance.py`` from the labelled messages of ``tests/rulebook/labelled``, and
names the passage that weighs most.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from evidence_app import resources

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

SMALLEST = 35
"""The code of the first sign that stands for a number in a table: all signs are printable ASCII."""
ZERO = 80
"""The code of the sign that stands for a weight of nothing."""
LARGEST = 126
ANY = "any"
"""Stands in a model for the code of a message that shows any violation."""
RARITY_STEP = 0.1
WEIGHT_STEP = 0.03
_SCALE = 100
_DIGITS = re.compile(r"[0-9][0-9,.]*")
_TOKEN = re.compile(r"[a-z]+|0")
_ENDING = re.compile(r"(?:ingly|edly|ing|ed|es|ly|s|er)$")
_SHORTEST_STEM = 3
_CLAUSE = re.compile(r"(?:[^,。!?;:\n]|(?<=[0-9])[,:](?=[0-9]))+")
"""Neither an amount nor a time of day ends one."""
_CHARACTERS = {"zh": (1, 2), "en": (4, 5)}
"""The lengths of the n-grams of characters."""
_REACH = 4
"""How many words (in Chinese: characters) behind one make a pair with it."""
_FAR_REACH = {"zh": 4, "en": 8}
"""How many words behind one make a far pair with it."""
PAIRED = "~"
"""The sign between the two of a pair."""
FAR_PAIRED = "~~"
"""The sign between the two of a far pair."""


def ngrams(text: str, language: str) -> frozenset[str]:
    """The n-grams of a normalised text: of characters, in English also of words, and pairs.

    A pair is two words (``=call~=boss``) or two Chinese characters (``打~妈``) with up to three
    between, a far pair (``=call~~=boss``) two words with four to seven between; a word stands
    without its ending (``=call``).
    """
    plain = "^" + _DIGITS.sub("0", text.replace("\n", " ").replace("\t", " ")) + "$"
    grams = {
        plain[at : at + length]
        for length in _CHARACTERS[language]
        for at in range(len(plain) - length + 1)
    }
    units: Sequence[str] = plain
    nearest = 2  # Neighbouring characters are an n-gram already.
    if language == "en":
        units = [_stem(word) for word in _TOKEN.findall(plain)]
        grams.update(units)
        nearest = 1
    for distance in range(nearest, _FAR_REACH[language] + 1):
        sign = PAIRED if distance <= _REACH else FAR_PAIRED
        grams.update(
            f"{first}{sign}{second}" for first, second in zip(units, units[distance:], strict=False)
        )
    return frozenset(grams)


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    ending = _ENDING.search(word, _SHORTEST_STEM)
    stem = word[: ending.start()] if ending else word
    return "=" + (stem.removesuffix("e") if len(word) > _SHORTEST_STEM + 1 else stem)


@dataclass(frozen=True, slots=True)
class Resemblance:
    """The model of one language.

    Attributes:
        language: ``zh`` or ``en``.
        codes: The violation codes that it knows, and :data:`ANY`.
        bias: For each code the score of a text of which nothing is known, in hundredths.
        rows: For each n-gram the signs that say how rare it is (:data:`RARITY_STEP` each above
            :data:`SMALLEST`) and for each code how much it speaks for it (:data:`WEIGHT_STEP`
            each above or below :data:`ZERO`).
    """

    language: str
    codes: tuple[str, ...]
    bias: tuple[int, ...]
    rows: Mapping[str, bytes]

    def scores(self, text: str) -> Mapping[str, float]:
        """For each code the score of a normalised text, about -1 (unlike) to 1 (alike)."""
        return self.scores_of(ngrams(text, self.language))

    def scores_of(self, grams: Set[str]) -> Mapping[str, float]:
        """For each code the score of a text of these n-grams."""
        table = self._table(grams)
        rarities = table[:, 0] - SMALLEST
        length = math.sqrt(int(rarities @ rarities)) or 1
        sums = rarities @ (table[:, 1:] - ZERO)
        return {
            code: total * WEIGHT_STEP / length + bias / _SCALE
            for code, total, bias in zip(self.codes, sums.tolist(), self.bias, strict=True)
        }

    def _table(self, grams: Set[str]) -> npt.NDArray[np.int64]:
        """The rows of those n-grams that the model knows."""
        import numpy as np

        rows = b"".join([self.rows[gram] for gram in grams if gram in self.rows])
        signs = np.frombuffer(rows, dtype=np.uint8).reshape(-1, len(self.codes) + 1)
        return signs.astype(np.int64)

    def passage(self, text: str, code: str) -> tuple[int, int]:
        """Begin and end of the clause that speaks most for a code."""
        column = self.codes.index(code) + 1

        def weight(span: tuple[int, int]) -> int:
            table = self._table(ngrams(text[slice(*span)], self.language))
            return int((table[:, 0] - SMALLEST) @ (table[:, column] - ZERO))

        spans = (clause.span() for clause in _CLAUSE.finditer(text))
        return max(spans, key=weight, default=(0, len(text)))


def write(path: Path, model: Resemblance) -> None:
    """Write a model as a table: the codes, their bias, and a row of signs for each n-gram."""
    lines = ["\t".join(("n-gram", "rarity", *model.codes))]
    lines.append("\t".join(("", "0", *map(str, model.bias))))
    lines += [f"{ngram}\t{row.decode('ascii')}" for ngram, row in model.rows.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


@cache
def resemblance(language: str) -> Resemblance:
    """The program's model of that language."""
    path = resources.path("lexicons", f"resemblance.{language}.tsv")
    text = path.read_text(encoding="utf-8").removesuffix("\n")
    head, biases, *lines = text.split("\n")
    rows = {ngram: signs.encode("ascii") for ngram, signs in (line.split("\t") for line in lines)}
    bias = tuple(map(int, biases.split("\t")[2:]))
    return Resemblance(language, tuple(head.split("\t")[2:]), bias, rows)
