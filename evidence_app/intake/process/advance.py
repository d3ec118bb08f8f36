"""How far the reading of a file is, from where its reader stands in it."""

from __future__ import annotations


class Advance:
    """Turns places in a file into the share of the work that is done.

    Some readers look through the whole file before they yield what is in it. As long as none of
    it came, it is taken for granted that they do.

    Args:
        size: Bytes of the file.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._looked_through = 0
        self._last = 0
        self._expected = 2 * size
        self._share = 0.0

    def at(self, position: int, *, yields: bool) -> float:
        """The share that is done, from 0 to 1; it never gets smaller.

        Args:
            position: Where the reader stands, as the reading process says.
            yields: Whether it yields the file's records already.
        """
        position = max(0, min(position, self._size))
        if position < self._last and not yields:
            self._looked_through += self._last
        if yields and self._expected == 2 * self._size:
            self._looked_through += self._last if position < self._last else 0
            self._expected = self._looked_through + self._size
        self._last = position
        done = min(self._looked_through + position, self._expected)
        self._share = max(self._share, done / max(self._expected, 1))
        return self._share
