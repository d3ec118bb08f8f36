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
    FAR_PAIRED,
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
ROWS = {"zh": 90_000, "en": 110_000}
"""How many n-grams are kept: the most frequent. Those that weigh most would be chance words of
single messages, and a writer whom the model never saw would not use them."""
RIDGE = {"zh": 0.3, "en": 0.5}
CHARACTERS_WEIGHT = {"zh": 1.0, "en": 0.5}
"""How much an n-gram of characters counts beside a word; Chinese has no words here."""
PAIR_WEIGHT = {"zh": 0.6, "en": 0.75}
"""How much a pair counts. A Chinese text has three times as many pairs."""
FAR_PAIR_WEIGHT = 0.35
"""How much a far pair counts."""
ANY_SHARE = 0.1
"""How much it counts for each type that a message shows any violation: what harmless messages say
speaks against all types, also against those of which it has no example."""
BLOCK = 10_000
"""How many n-grams are worked on at a time, so that the table fits in memory."""
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
    labelled = []
    for path in sorted(LABELLED.rglob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            is_chinese = any("\u4e00" <= sign <= "\u9fff" for sign in row["text"])
            if is_chinese == (language == "zh"):
                text = normaliser.normal(row["text"]).text
                labels = frozenset(row["labels"]) - BY_RULES_ALONE
                trained_labels = labels | {ANY} if row["labels"] else labels
                labelled.append(
                    Message(path.stem.split("_")[0], ngrams(text, language), trained_labels)
                )
    return labelled


def train(learned: Sequence[Message], codes: Sequence[str], language: str) -> Resemblance:
    """What some messages teach."""
    counts = Counter(
        ngram for message in learned for ngram in message.ngrams if ngram.isprintable()
    )
    commonest = sorted(counts, key=lambda ngram: (-counts[ngram], ngram))[: ROWS[language]]
    places = {ngram: place for place, ngram in enumerate(sorted(commonest))}
    rarity = np.array(
        [math.log(len(learned) / counts[ngram]) * _weight(ngram, language) for ngram in places]
    )
    columns = [
        np.array(sorted(places[ngram] for ngram in message.ngrams if ngram in places), dtype=int)
        for message in learned
    ]
    begins = range(0, len(places), BLOCK)
    targets = np.array(
        [[1.0 if code in message.labels else -1.0 for code in codes] for message in learned]
    )
    is_type = np.array([code != ANY for code in codes])
    targets += ANY_SHARE * is_type * targets[:, ~is_type]
    bias = targets.mean(axis=0)
    kernel = RIDGE[language] * np.eye(len(learned), dtype=np.float32)
    for begin in begins:
        table = _table(columns, rarity, begin)
        kernel += table @ table.T
    shares = np.linalg.solve(kernel.astype(np.float64), targets - bias)
    weights = np.concatenate([_table(columns, rarity, begin).T @ shares for begin in begins])
    signs = np.column_stack((SMALLEST + rarity / RARITY_STEP, ZERO + weights / WEIGHT_STEP))
    rows = np.clip(np.rint(signs), SMALLEST, LARGEST).astype(np.uint8)
    named = {ngram: rows[place].tobytes() for ngram, place in places.items()}
    return Resemblance(
        language, tuple(codes), tuple(np.rint(bias * 100).astype(int).tolist()), named
    )


def _weight(ngram: str, language: str) -> float:
    if FAR_PAIRED in ngram:
        return FAR_PAIR_WEIGHT
    if PAIRED in ngram:
        return PAIR_WEIGHT[language]
    return 1.0 if ngram.startswith("=") else CHARACTERS_WEIGHT[language]


def _table(
    columns: Sequence[npt.NDArray[np.int_]], rarity: npt.NDArray[np.float64], begin: int
) -> npt.NDArray[np.float32]:
    """The messages of unit length: a part of their columns."""
    end = min(begin + BLOCK, len(rarity))
    table = np.zeros((len(columns), end - begin), dtype=np.float32)
    for row, of_message in enumerate(columns):
        length = max(float(np.linalg.norm(rarity[of_message])), 1e-9)
        first, last = np.searchsorted(of_message, (begin, end))
        inside = of_message[first:last]
        table[row, inside - begin] = rarity[inside] / length
    return table


def check(language: str, codes: Sequence[str]) -> None:
    """Print what the model alone reaches on each writer's messages, by threshold."""
    everything = messages(language)
    for writer in sorted({message.writer for message in everything}):
        model = train(
            [message for message in everything if message.writer != writer], codes, language
        )
        rest = [message for message in everything if message.writer == writer]
        scores = np.array([list(model.scores_of(message.ngrams).values()) for message in rest])
        expected = np.array([[code in message.labels for code in codes] for message in rest])
        for threshold in (-0.2, -0.3, -0.4, -0.5):
            hits = scores > threshold
            right = int((hits & expected).sum())
            print(
                f"{language} {writer} above {threshold}: "
                f"precision {right / max(1, hits.sum()):.3f}, recall {right / expected.sum():.3f}"
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
