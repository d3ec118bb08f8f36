"""Holds the files inside a file until the file itself is in the case."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from evidence_app.closing import Closing
from evidence_app.intake.records import Enclosure
from evidence_app.streams import Seekable

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


class Spool(Closing):
    """All enclosures of one file, in memory while they are small, else in one nameless file."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(  # noqa: SIM115 - closed with the spool.
            _IN_MEMORY, prefix="evidence-spool-"
        )
        self._entries: dict[str, Kept] = {}

    def close(self) -> None:
        """Let go of them all."""
        self._file.close()

    def __iter__(self) -> Iterator[Kept]:
        return iter(self._entries.values())

    def keep(self, enclosure: Enclosure) -> None:
        """Take over all bytes of an enclosure."""
        start = self._file.seek(0, os.SEEK_END)
        shutil.copyfileobj(enclosure.stream, self._file, _PIECE)
        size = self._file.tell() - start
        self._entries[enclosure.key] = Kept(enclosure.key, enclosure.filename, start, size)

    def find(self, key: str) -> Kept | None:
        """The enclosure of that key."""
        return self._entries.get(key)

    def open(self, entry: Kept) -> BinaryIO:
        """Its bytes, seekable; several can be open in turns."""
        return io.BufferedReader(_Part(self._file, entry.start, entry.size), _PIECE)


class _Part(Seekable):
    def __init__(self, file: tempfile.SpooledTemporaryFile[bytes], start: int, size: int) -> None:
        super().__init__(size)
        self._file = file
        self._start = start

    def fetch(self, position: int, most: int) -> bytes:
        self._file.seek(self._start + position)
        return self._file.read(most)
