"""What stretches of time the logs in a case cover, and where none does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from evidence_app.model.evidence import ItemKind


@dataclass(frozen=True, slots=True)
class Coverage:
    """What one log covers.

    Attributes:
        item_id: The log.
        filename: Its file name.
        kind: Whether of calls or of messages.
        first: The day of its first entry, in the case's zone.
        last: The day of its last entry.
        count: How many entries have a time.
    """

    item_id: int
    filename: str
    kind: ItemKind
    first: date
    last: date
    count: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Days that no log covers, between two that are covered.

    Attributes:
        kind: Of which logs.
        first: The first day without any.
        last: The last one.
    """

    kind: ItemKind
    first: date
    last: date


def gaps(logs: Iterable[Coverage]) -> list[Gap]:
    """The days between logs of one kind that none of them covers.

    Days inside a log are covered even if nothing happened on them: nobody called.
    """
    result: list[Gap] = []
    covered_until: dict[ItemKind, date] = {}
    for coverage in sorted(logs, key=lambda log: (log.kind, log.first)):
        before = covered_until.get(coverage.kind)
        if before is not None and coverage.first > before + timedelta(days=1):
            day = timedelta(days=1)
            result.append(Gap(coverage.kind, before + day, coverage.first - day))
        covered_until[coverage.kind] = (
            max(coverage.last, before) if before is not None else coverage.last
        )
    return result
