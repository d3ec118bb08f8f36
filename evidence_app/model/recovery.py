"""What could be rescued of a damaged case file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recovery:
    """What the new case has, and what it has not.

    Attributes:
        originals: How many originals are whole.
        damaged: The names of items whose originals are not; what is left of them is kept.
        nameless: How many whole originals had lost their names and are items of their own now.
        rows: How many rows were taken over.
        lost_rows: How many rows are known to be lost, or to have been altered or added.
        unvouched: For how many of the rows that were taken over nothing vouches, for the log of
            the damaged file is damaged too.
    """

    originals: int
    damaged: tuple[str, ...]
    nameless: int
    rows: int
    lost_rows: int
    unvouched: int
