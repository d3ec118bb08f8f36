"""Unpacks within limits that what is declared cannot move: bytes are counted as they come."""

from __future__ import annotations

import io
import tempfile
import zlib
from collections.abc import Callable
from typing import BinaryIO, cast

from evidence_app.intake.failures import ReadFailure
from evidence_app.messages import MessageCode, message

MAX_ENTRIES = 50_000
MAX_TOTAL = 16 << 30
MAX_RATIO = 200
RATIO_FROM = 100 << 20
"""Below that size it does not matter how well something was packed."""

_IN_MEMORY = 8 << 20
_PIECE = 1 << 20


class Budget:
    """How much one archive may unpack to.

    Args:
        packed: The size of the archive in bytes.
        alive: Called now and then.
    """

    def __init__(self, packed: int, alive: Callable[[], None]) -> None:
        self._most = min(MAX_TOTAL, max(RATIO_FROM, packed * MAX_RATIO))
        self._alive = alive
        self._used = 0

    def check_count(self, count: int) -> None:
        """Refuse too many entries.

        Raises:
            ReadFailure: There are too many.
        """
        if count > MAX_ENTRIES:
            raise ReadFailure(message(MessageCode.ARCHIVE_TOO_LARGE))

    def use(self, count: int) -> None:
        """Count bytes that were unpacked.

        Raises:
            ReadFailure: They are too many.
        """
        self._used += count
        self._alive()
        if self._used > self._most:
            raise ReadFailure(message(MessageCode.ARCHIVE_TOO_LARGE))

    def copy(self, packed: BinaryIO) -> BinaryIO:
        """All bytes of a stream, at 0; in memory while they are few.

        Raises:
            ReadFailure: They are too many.
        """
        buffer = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - the reader closes it.
        try:
            while piece := packed.read(_PIECE):
                self.use(len(piece))
                buffer.write(piece)
            buffer.seek(0)
        except BaseException:
            buffer.close()
            raise
        return cast(BinaryIO, buffer)


class Inflated(io.RawIOBase):
    """What zlib packed, unpacked as it is read, and counted also where it is skipped."""

    def __init__(self, packed: BinaryIO, budget: Budget) -> None:
        super().__init__()
        self._packed = packed
        self._budget = budget
        self._zlib = zlib.decompressobj()
        self._waiting = b""

    def readable(self) -> bool:
        """It is."""
        return True

    def read(self, size: int = -1) -> bytes:
        """At most so many bytes; none at the end.

        Raises:
            zlib.error: It is damaged.
            ReadFailure: It unpacks to too much.
        """
        most = _PIECE if size < 0 else size
        while len(self._waiting) < most and not self._zlib.eof:
            packed = self._zlib.unconsumed_tail or self._packed.read(_PIECE)
            if not packed:
                break
            piece = self._zlib.decompress(packed, _PIECE)
            self._budget.use(len(piece))
            self._waiting += piece
        data, self._waiting = self._waiting[:most], self._waiting[most:]
        return data


class Shelf:
    """Where a 7z archive puts its files: all in one nameless file, by their names."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._files: dict[str, _Slot] = {}

    def create(self, filename: str) -> _Slot:
        """A place for a file; the library calls it."""
        slot = _Slot(self._budget)
        self._files[filename] = slot
        return slot

    def close(self) -> None:
        """Let go of all files."""
        for slot in self._files.values():
            slot.forget()

    def stream(self, filename: str) -> BinaryIO | None:
        """The bytes of a file, or None if it was not unpacked."""
        slot = self._files.get(filename)
        return slot.stream() if slot is not None else None


class _Slot:
    """What the library writes one file into."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._buffer = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - goes with the slot.

    def write(self, piece: bytes | bytearray) -> int:
        self._budget.use(len(piece))
        return self._buffer.write(piece)

    def read(self, size: int | None = None) -> bytes:
        return self._buffer.read(-1 if size is None else size)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._buffer.seek(offset, whence)

    def flush(self) -> None:
        self._buffer.flush()

    def size(self) -> int:
        return self._buffer.seek(0, io.SEEK_END)

    def close(self) -> None:
        """The file is complete; its bytes are still wanted."""

    def forget(self) -> None:
        """Let go of the bytes."""
        self._buffer.close()

    def stream(self) -> BinaryIO:
        self._buffer.seek(0)
        return cast(BinaryIO, self._buffer)
