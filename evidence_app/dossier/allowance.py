"""Counts what is printed of something that may be too much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


class Allowance:
    """So many things may still be printed.

    Attributes:
        is_cut: Whether the last ones were more.
    """

    def __init__(self, most: int) -> None:
        self._remaining = most
        self.is_cut = False

    def of(self, things: Iterable[T]) -> Iterator[T]:
        """The first of them, as many as may be printed; ``is_cut`` holds for them afterwards."""
        self.is_cut = False
        for thing in things:
            if not self._remaining:
                self.is_cut = True
                return
            self._remaining -= 1
            yield thing
