"""Reads a file that was divided into numbered parts (``NAME.001``, ``NAME.002`` …) as one."""

from __future__ import annotations

import io
import os
from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate, count
from pathlib import Path
from typing import IO

_FIRST = ".001"


def is_first(path: Path) -> bool:
    """Whether a path is called like the first of several parts."""
    return path.suffix == _FIRST


def joined(first: Path, open_file: Callable[[Path], IO[bytes]]) -> IO[bytes]:
    """All parts from the first to the one before the first that is missing, as one file.

    Args:
        first: The part of which `is_first` holds.
        open_file: Opens one part.

    Raises:
        OSError: A part cannot be read.
    """
    parts: list[IO[bytes]] = []
    try:
        for number in count(1):
            part = first.with_suffix(f".{number:03}")
            if not part.exists():
                break
            parts.append(open_file(part))
        return io.BufferedReader(_Joined(parts))
    except BaseException:
        for opened_part in parts:
            opened_part.close()
        raise


class _Joined(io.RawIOBase):
    def __init__(self, parts: Sequence[IO[bytes]]) -> None:
        self._parts = parts
        self._ends = list(accumulate(part.seek(0, os.SEEK_END) for part in parts))
        self._place = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        starts = {os.SEEK_SET: 0, os.SEEK_CUR: self._place, os.SEEK_END: self._ends[-1]}
        self._place = starts[whence] + offset
        return self._place

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        number = bisect_right(self._ends, self._place)
        if number == len(self._parts):
            return 0
        start = self._ends[number - 1] if number else 0
        part = self._parts[number]
        part.seek(self._place - start)
        data = part.read(min(len(buffer), self._ends[number] - self._place))
        buffer[: len(data)] = data
        self._place += len(data)
        return len(data)

    def close(self) -> None:
        for part in self._parts:
            part.close()
        super().close()
