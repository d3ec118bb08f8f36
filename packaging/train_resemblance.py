"""Makes the lexicon's models of resemblance from the labelled messages.

Run ``python packaging/train_resemblance.py`` after ``tests/rulebook/labelled`` or the spelling of
the lexicon changed; ``--check`` cross-validates instead of writing. Ridge regression for each
violation type over n-grams weighted by their rarity; the same messages give the same files.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from evidence_app.rulebook.lexicon_data import load
from evidence_app.rulebook.lexicon_resemblance import Resemblance, ngrams, write

ROOT = Path(__file__).resolve().parent.parent
LABELLED = ROOT / "tests" / "rulebook" / "labelled"
LEXICONS = ROOT / "resources" / "lexicons"
ROWS = {"zh": 12_000, "en": 18_000}
"""How many n-grams are kept: those that weigh most."""
RIDGE = 0.5
FOLDS = 5
BY_RULES_ALONE = frozenset({"outside_hours_contact", "excessive_contact", "induce_new_borrowing"})
"""Types that not all labelled sets were labelled for."""


@dataclass(frozen=True)
class Message:
    """A labelled message: its n-grams and the violation codes."""

    ngrams: frozenset[str]
    labels: frozenset[str]


def messages(language: str) -> list[Message]:
    """All labelled messages of a language."""
    normaliser = load().normaliser
    found = []
    for path in sorted(LABELLED.rglob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            is_chinese = any("\u4e00" <= sign <= "\u9fff" for sign in row["text"])
            if is_chinese == (language == "zh"):
                text = normaliser.normal(row["text"]).text
                labels = frozenset(row["labels"]) - BY_RULES_ALONE
                found.append(Message(ngrams(text, language), labels))
    return found


@dataclass(frozen=True)
class Fit:
    """What was learned, before it is rounded: see :class:`Resemblance`."""

    bias: npt.NDArray[np.float64]
    places: dict[str, int]
    rarity: npt.NDArray[np.float64]
    weights: npt.NDArray[np.float64]

    def rounded(self, codes: Sequence[str], language: str) -> Resemblance:
        """The model in hundredths."""
        rows = np.rint(np.column_stack((self.rarity, self.weights)) * 100).astype(int).tolist()
        bias = np.rint(self.bias * 100).astype(int).tolist()
        named = {ngram: tuple(rows[place]) for ngram, place in self.places.items()}
        return Resemblance(language, tuple(codes), tuple(bias), named)


def train(learned: Sequence[Message], codes: Sequence[str], language: str) -> Fit:
    """What some messages teach, with as many n-grams as are to be kept."""
    counts = Counter(ngram for message in learned for ngram in message.ngrams)
    first = _fit(learned, codes, {one for one, count in counts.items() if count > 1})
    importance = np.abs(first.weights).max(axis=1) * first.rarity
    names = list(first.places)
    best = np.argsort(-importance, kind="stable")[: ROWS[language]]
    return _fit(learned, codes, {names[place] for place in best})


def _fit(learned: Sequence[Message], codes: Sequence[str], kept: Set[str]) -> Fit:
    counts = Counter(one for message in learned for one in message.ngrams if one in kept)
    places = {ngram: place for place, ngram in enumerate(sorted(counts))}
    rarity = np.array([math.log(len(learned) / counts[ngram]) for ngram in places])
    table = _table(learned, places, rarity)
    wanted = np.array([[1.0 if code in one.labels else -1.0 for code in codes] for one in learned])
    bias = wanted.mean(axis=0)
    kernel = table @ table.T + RIDGE * np.eye(len(learned))
    weights = table.T @ np.linalg.solve(kernel, wanted - bias)
    return Fit(bias, places, rarity, weights)


def _table(
    learned: Sequence[Message], places: dict[str, int], rarity: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    table = np.zeros((len(learned), len(places)))
    for row, message in enumerate(learned):
        found = sorted(places[one] for one in message.ngrams if one in places)
        table[row, found] = rarity[found]
    return table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)


def check(language: str, codes: Sequence[str]) -> None:
    """Print what the model alone reaches on messages that it did not learn, by threshold."""
    everything = messages(language)
    scores = np.zeros((len(everything), len(codes)))
    for fold in range(FOLDS):
        learned = [one for place, one in enumerate(everything) if place % FOLDS != fold]
        model = train(learned, codes, language)
        rest = everything[fold::FOLDS]
        scores[fold::FOLDS] = _table(rest, model.places, model.rarity) @ model.weights
        scores[fold::FOLDS] += model.bias
    wanted = np.array([[code in one.labels for code in codes] for one in everything])
    for threshold in (-0.2, -0.3, -0.35, -0.4, -0.5):
        shown = scores > threshold
        right = int((shown & wanted).sum())
        print(
            f"{language} above {threshold}: precision {right / shown.sum():.3f}, "
            f"recall {right / wanted.sum():.3f}"
        )


def main() -> None:
    """Write both models, or cross-validate them."""
    for language in ROWS:
        learned = messages(language)
        codes = sorted({code for message in learned for code in message.labels})
        if "--check" in sys.argv:
            check(language, codes)
        else:
            model = train(learned, codes, language).rounded(codes, language)
            write(LEXICONS / f"resemblance.{language}.tsv", model)


if __name__ == "__main__":
    main()
