"""The violation types: a taxonomy that does not depend on the jurisdiction."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Literal

from evidence_app import resources
from evidence_app.errors import UsageError
from evidence_app.messages import MessageCode, message

Language = Literal["en", "zh"]


@dataclass(frozen=True, slots=True)
class ViolationType:
    """One kind of violation.

    Attributes:
        code: Its identity, e.g. ``abusive_visit``.
        order: Where it stands among the others, from 1.
        severity: 1 low to 4 critical (a danger to somebody).
        name_en: In English.
        name_zh: In Simplified Chinese.
        explanation_en: One plain sentence for the person.
        explanation_zh: The same in Simplified Chinese.
    """

    code: str
    order: int
    severity: int
    name_en: str
    name_zh: str
    explanation_en: str
    explanation_zh: str

    def name(self, language: Language) -> str:
        """The name in that language."""
        return self.name_zh if language == "zh" else self.name_en

    def explanation(self, language: Language) -> str:
        """The explanation in that language."""
        return self.explanation_zh if language == "zh" else self.explanation_en


@cache
def all_types() -> tuple[ViolationType, ...]:
    """All types in their order."""
    text = resources.path("rulebooks", "violation_types.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["type"]
    return tuple(ViolationType(order=order, **row) for order, row in enumerate(rows, 1))


def get(code: str) -> ViolationType:
    """The type of that code.

    Raises:
        UsageError: There is none.
    """
    for violation_type in all_types():
        if violation_type.code == code:
            return violation_type
    codes = ", ".join(violation_type.code for violation_type in all_types())
    raise UsageError(message(MessageCode.UNKNOWN_VIOLATION, value=code, known=codes))
