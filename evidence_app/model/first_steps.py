"""The steps of a first case."""

from __future__ import annotations

from enum import StrEnum


class FirstStep(StrEnum):
    """What a newcomer does with a case, in this order."""

    EVIDENCE = "evidence"
    PEOPLE = "people"
    SUGGESTIONS = "suggestions"
    EXPORT = "export"
