"""What a benchmark measures: our time beside that of something known, in the same run."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table.

    Attributes:
        name: What was done.
        seconds: How long it took us.
        baseline: What it is compared with.
        baseline_seconds: How long that took in the same run.
        aim: The highest ratio of the two that we want to see; None for what is only watched.
    """

    name: str
    seconds: float
    baseline: str
    baseline_seconds: float
    aim: float | None = None

    @property
    def ratio(self) -> float:
        """Our time as a multiple of the baseline's."""
        return self.seconds / self.baseline_seconds if self.baseline_seconds else float("inf")

    @property
    def verdict(self) -> str:
        """Whether the aim was reached."""
        if self.aim is None:
            return ""
        return "reached" if self.ratio <= self.aim else "missed"


def timed(work: Callable[[], object]) -> float:
    """Seconds that the work takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def best(work: Callable[[], object], rounds: int = 3) -> float:
    """The least of several times: for short work that leaves nothing behind."""
    return min(timed(work) for _ in range(rounds))


def table(figures: list[Figure]) -> str:
    """All figures under each other."""
    rows = [("what", "seconds", "compared with", "seconds", "ratio", "aim", "verdict")]
    rows += [
        (
            figure.name,
            f"{figure.seconds:.3f}",
            figure.baseline,
            f"{figure.baseline_seconds:.3f}",
            f"{figure.ratio:.2f}",
            "" if figure.aim is None else f"≤ {figure.aim:g}",
            figure.verdict,
        )
        for figure in figures
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
