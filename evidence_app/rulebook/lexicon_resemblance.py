"""How much a short text resembles messages that people labelled: a linear model over n-grams.

It weighs what the words of the lexicon show: a hit may be chance, and no hit may be a gap. It is
data (``resources/lexicons/resemblance.*.tsv``), made by
``packaging/train_resemblance.py`` from the labelled messages of ``tests/rulebook/labelled``, and
names the passage that weighs most.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from evidence_app import resources

_SCALE = 100
_DIGITS = re.compile(r"[0-9][0-9,.]*")
_TOKEN = re.compile(r"[a-z]+|0|[^\w\s]")
_CLAUSE = re.compile(r"[^,。!?;:\n]+")
_CHARACTERS = {"zh": (1, 2, 3), "en": (3, 4, 5)}
"""The lengths of the n-grams of characters."""


def ngrams(text: str, language: str) -> frozenset[str]:
    """The n-grams of a normalised text: of characters, and in English of words too."""
    plain = "^" + _DIGITS.sub("0", text.replace("\n", " ").replace("\t", " ")) + "$"
    found = {
        plain[at : at + length]
        for length in _CHARACTERS[language]
        for at in range(len(plain) - length + 1)
    }
    if language == "en":
        words = _TOKEN.findall(plain)
        found.update(words)
        found.update(f"{word} {following}" for word, following in pairwise(words))
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Resemblance:
    """The model of one language.

    Attributes:
        language: ``zh`` or ``en``.
        codes: The violation codes that it knows.
        bias: For each code the score of a text of which nothing is known.
        places: For each n-gram its row.
        rarity: For each row how rare the n-gram is.
        weights: For each row and code how much the n-gram speaks for the code.
    """

    language: str
    codes: tuple[str, ...]
    bias: npt.NDArray[np.float64]
    places: Mapping[str, int]
    rarity: npt.NDArray[np.float64]
    weights: npt.NDArray[np.float64]

    def scores(self, text: str) -> Mapping[str, float]:
        """For each code the score of a normalised text, about -1 (unlike) to 1 (alike)."""
        rows = self._rows(text)
        if not rows:
            return dict(zip(self.codes, self.bias.tolist(), strict=True))
        rarity = self.rarity[rows]
        total = rarity @ self.weights[rows] / math.sqrt(float(rarity @ rarity)) + self.bias
        return dict(zip(self.codes, total.tolist(), strict=True))

    def passage(self, text: str, code: str) -> tuple[int, int]:
        """Begin and end of the clause that speaks most for a code."""
        return max(
            (found.span() for found in _CLAUSE.finditer(text)),
            key=lambda span: self._weight_of(text[slice(*span)], code),
            default=(0, len(text)),
        )

    def _weight_of(self, clause: str, code: str) -> float:
        rows = self._rows(clause)
        return float(self.rarity[rows] @ self.weights[rows, self.codes.index(code)])

    def _rows(self, text: str) -> list[int]:
        places = self.places
        # In an order that is the same each time: sums of floats depend on it.
        return sorted(places[one] for one in ngrams(text, self.language) if one in places)


def write(path: Path, model: Resemblance) -> None:
    """Write a model as a table: a row for each n-gram, a column for each code."""

    def whole(numbers: Sequence[float]) -> Iterator[str]:
        return (str(round(number * _SCALE)) for number in numbers)

    lines = ["\t".join(("n-gram", "rarity", *model.codes))]
    lines.append("\t".join(("", "0", *whole(model.bias.tolist()))))
    for ngram, place in model.places.items():
        rarity = model.rarity[place].item()
        lines.append("\t".join((ngram, *whole((rarity, *model.weights[place].tolist())))))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


@cache
def resemblance(language: str) -> Resemblance:
    """The program's model of that language."""
    path = resources.path("lexicons", f"resemblance.{language}.tsv")
    head, *lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    names, _, numbers = zip(*(line.partition("\t") for line in lines), strict=True)
    codes = tuple(head.split("\t")[2:])
    table = np.fromstring("\t".join(numbers), sep="\t").reshape(len(lines), len(codes) + 1) / _SCALE
    places = {name: place for place, name in enumerate(names[1:])}
    return Resemblance(language, codes, table[0, 1:], places, table[1:, 0], table[1:, 1:])
