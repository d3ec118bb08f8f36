"""How much a short text resembles messages that people labelled: a linear model over n-grams.

It weighs what the words of the lexicon show: a hit may be chance, and no hit may be a gap. It is
data (``resources/lexicons/resemblance.*.tsv``), made by
``packaging/train_resemblance.py`` from the labelled messages of ``tests/rulebook/labelled``, and
names the passage that weighs most.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

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
    """The model of one language. All its numbers are hundredths.

    Attributes:
        language: ``zh`` or ``en``.
        codes: The violation codes that it knows.
        bias: For each code the score of a text of which nothing is known.
        rows: For each n-gram how rare it is, and for each code how much it speaks for it.
    """

    language: str
    codes: tuple[str, ...]
    bias: tuple[int, ...]
    rows: Mapping[str, tuple[int, ...]]

    def scores(self, text: str) -> Mapping[str, float]:
        """For each code the score of a normalised text, about -1 (unlike) to 1 (alike)."""
        rows = self._rows_of(text)
        length = math.sqrt(sum(row[0] ** 2 for row in rows)) or 1
        return {
            code: (sum(row[0] * row[column] for row in rows) / length + bias) / _SCALE
            for column, (code, bias) in enumerate(zip(self.codes, self.bias, strict=True), 1)
        }

    def passage(self, text: str, code: str) -> tuple[int, int]:
        """Begin and end of the clause that speaks most for a code."""
        column = self.codes.index(code) + 1
        return max(
            (found.span() for found in _CLAUSE.finditer(text)),
            key=lambda span: sum(row[0] * row[column] for row in self._rows_of(text[slice(*span)])),
            default=(0, len(text)),
        )

    def _rows_of(self, text: str) -> list[tuple[int, ...]]:
        return [self.rows[one] for one in ngrams(text, self.language) if one in self.rows]


def write(path: Path, model: Resemblance) -> None:
    """Write a model as a table: a row for each n-gram, a column for each code."""
    lines = ["\t".join(("n-gram", "rarity", *model.codes))]
    lines.append("\t".join(("", "0", *map(str, model.bias))))
    lines += ["\t".join((ngram, *map(str, row))) for ngram, row in model.rows.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


@cache
def resemblance(language: str) -> Resemblance:
    """The program's model of that language."""
    path = resources.path("lexicons", f"resemblance.{language}.tsv")
    head, *lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    rows = {name: tuple(map(int, numbers)) for name, *numbers in (one.split("\t") for one in lines)}
    _, *bias = rows.pop("")
    return Resemblance(language, tuple(head.split("\t")[2:]), tuple(bias), rows)
