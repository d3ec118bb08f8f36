"""Makes the lexicon's models of resemblance from the labelled messages.

Run ``python packaging/train_resemblance.py`` after ``tests/rulebook/labelled`` or the spelling of
the lexicon changed; ``--check`` prints what a model reaches on the messages of each writer that it
did not learn, instead of writing. Ridge regression for each violation type over n-grams weighted by
their rarity; the same messages give the same files.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from evidence_app.rulebook.lexicon_data import load
from evidence_app.rulebook.lexicon_resemblance import (
    ANY,
    LARGEST,
    PAIRED,
    RARITY_STEP,
    SMALLEST,
    WEIGHT_STEP,
    ZERO,
    Resemblance,
    ngrams,
    write,
)

ROOT = Path(__file__).resolve().parent.parent
LABELLED = ROOT / "tests" / "rulebook" / "labelled"
LEXICONS = ROOT / "resources" / "lexicons"
ROWS = {"zh": 60_000, "en": 34_000}
"""How many n-grams are kept: the most frequent. Those that weigh most would be chance words of
single messages, and a writer whom the model never saw would not use them."""
RIDGE = 0.5
PAIR_WEIGHT = {"zh": 0.6, "en": 1.0}
"""How much a pair counts beside the other n-grams. A Chinese text has three times as many pairs."""
BY_RULES_ALONE = frozenset({"outside_hours_contact", "excessive_contact", "induce_new_borrowing"})
"""Types that not all labelled sets were labelled for."""


@dataclass(frozen=True)
class Message:
    """A labelled message: who wrote it, its n-grams, the violation codes and :data:`ANY`."""

    writer: str
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
                shown = labels | {ANY} if row["labels"] else labels
                found.append(Message(path.stem.split("_")[0], ngrams(text, language), shown))
    return found


def train(learned: Sequence[Message], codes: Sequence[str], language: str) -> Resemblance:
    """What some messages teach."""
    counts = Counter(one for message in learned for one in message.ngrams if one.isprintable())
    kept = sorted(counts, key=lambda ngram: (-counts[ngram], ngram))[: ROWS[language]]
    places = {ngram: place for place, ngram in enumerate(sorted(kept))}
    rarity = np.array(
        [
            math.log(len(learned) / counts[ngram])
            * (PAIR_WEIGHT[language] if PAIRED in ngram else 1.0)
            for ngram in places
        ]
    )
    table = _table(learned, places, rarity)
    wanted = np.array([[1.0 if code in one.labels else -1.0 for code in codes] for one in learned])
    bias = wanted.mean(axis=0)
    kernel = (table @ table.T).astype(np.float64) + RIDGE * np.eye(len(learned))
    weights = table.T @ np.linalg.solve(kernel, wanted - bias)
    signs = np.column_stack((SMALLEST + rarity / RARITY_STEP, ZERO + weights / WEIGHT_STEP))
    rows = np.clip(np.rint(signs), SMALLEST, LARGEST).astype(np.uint8)
    named = {ngram: rows[place].tobytes() for ngram, place in places.items()}
    return Resemblance(
        language, tuple(codes), tuple(np.rint(bias * 100).astype(int).tolist()), named
    )


def _table(
    learned: Sequence[Message], places: dict[str, int], rarity: npt.NDArray[np.float64]
) -> npt.NDArray[np.float32]:
    table = np.zeros((len(learned), len(places)), dtype=np.float32)
    for row, message in enumerate(learned):
        found = sorted(places[one] for one in message.ngrams if one in places)
        table[row, found] = rarity[found] / max(float(np.linalg.norm(rarity[found])), 1e-9)
    return table


def check(language: str, codes: Sequence[str]) -> None:
    """Print what the model alone reaches on each writer's messages, by threshold."""
    everything = messages(language)
    for writer in sorted({message.writer for message in everything}):
        model = train([one for one in everything if one.writer != writer], codes, language)
        rest = [one for one in everything if one.writer == writer]
        scores = np.array([list(model.scores_of(one.ngrams).values()) for one in rest])
        wanted = np.array([[code in one.labels for code in codes] for one in rest])
        for threshold in (-0.2, -0.3, -0.4, -0.5):
            shown = scores > threshold
            right = int((shown & wanted).sum())
            print(
                f"{language} {writer} above {threshold}: "
                f"precision {right / max(1, shown.sum()):.3f}, recall {right / wanted.sum():.3f}"
            )


def main() -> None:
    """Write both models, or check them."""
    for language in ROWS:
        learned = messages(language)
        codes = sorted({code for message in learned for code in message.labels})
        if "--check" in sys.argv:
            check(language, codes)
        else:
            model = train(learned, codes, language)
            write(LEXICONS / f"resemblance.{language}.tsv", model)


if __name__ == "__main__":
    main()
