"""Holds the files inside a file until the file itself is in the case."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import BinaryIO, Self

from evidence_app.intake.records import Enclosure

_IN_MEMORY = 16 << 20
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Kept:
    """One enclosure that waits.

    Attributes:
        key: See `Enclosure`.
        filename: See `Enclosure`.
        start: Where its bytes begin in the spool.
        size: How many they are.
    """

    key: str
    filename: str
    start: int
    size: int


class Spool:
    """All enclosures of one file, in memory while they are small, else in one nameless file."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(  # noqa: SIM115 - closed with the spool.
            _IN_MEMORY, prefix="evidence-spool-"
        )
        self._kept: dict[str, Kept] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def __iter__(self) -> Iterator[Kept]:
        return iter(self._kept.values())

    def keep(self, enclosure: Enclosure) -> None:
        """Take over all bytes of an enclosure."""
        start = self._file.seek(0, os.SEEK_END)
        shutil.copyfileobj(enclosure.stream, self._file, _PIECE)
        size = self._file.tell() - start
        self._kept[enclosure.key] = Kept(enclosure.key, enclosure.filename, start, size)

    def find(self, key: str) -> Kept | None:
        """The enclosure of that key."""
        return self._kept.get(key)

    def open(self, kept: Kept) -> BinaryIO:
        """Its bytes, seekable; several can be open in turns."""
        return io.BufferedReader(_Part(self._file, kept.start, kept.size), _PIECE)


class _Part(io.RawIOBase):
    def __init__(self, file: tempfile.SpooledTemporaryFile[bytes], start: int, size: int) -> None:
        self._file = file
        self._start = start
        self._size = size
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        self._position = max(0, base + offset)
        return self._position

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        count = min(len(buffer), max(0, self._size - self._position))
        self._file.seek(self._start + self._position)
        piece = self._file.read(count)
        buffer[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)
