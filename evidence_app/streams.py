"""Bytes that lie elsewhere, as a stream that can be read from any place."""

from __future__ import annotations

import io


class Seekable(io.RawIOBase):
    """A stream over bytes that a subclass fetches.

    Args:
        size: How many bytes there are.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._position = 0

    def fetch(self, position: int, most: int) -> bytes:
        """At least one and at most ``most`` bytes from a place before the end."""
        raise NotImplementedError

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def tell(self) -> int:
        """The present place."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        self._position = max(0, base + offset)
        return self._position

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Read on from the present place."""
        most = min(len(buffer), self._size - self._position)
        piece = self.fetch(self._position, most) if most > 0 else b""
        buffer[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)
