"""placeholder"""

from dataclasses import dataclass
from enum import StrEnum


class Strength(StrEnum):
    STRONG = "strong"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Match:
    quote: str
    strength: Strength


class Lexicon:
    def classify(self, text: str) -> dict[str, Match]:
        return {}


def lexicon() -> Lexicon:
    return Lexicon()
