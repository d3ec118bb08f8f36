"""Finds originals in a damaged case file without SQLite: by what its pages look like.

Every page that looks like a leaf of a table is read, wherever it lies, and what looks like a row
of ``content`` or ``content_chunk`` is taken. Whether an original is whole, its SHA-256 tells.
Source of the format: https://www.sqlite.org/fileformat2.html (sections 1.3, 1.6 and 2.1).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

_MAGIC = b"SQLite format 3\x00"
_USUAL_PAGE = 16384
_HEADER = 100
_TABLE_LEAF = 0x0D
_LEAF_HEADER = 8
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8, 8: 0, 9: 0}
_FIRST_BLOB, _FIRST_TEXT = 12, 13
_DIGEST_TYPE = _FIRST_TEXT + 2 * 64
_LARGEST_RECORD = (1 << 20) + 64


@dataclass(frozen=True, slots=True)
class CarvedContent:
    """What looks like the row of an original.

    Attributes:
        id: Its number.
        sha256: 64 hexadecimal digits.
        size: In bytes.
    """

    id: int
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class _Cell:
    """Where a record lies: so much of it on its page, the rest on pages that follow."""

    start: int
    local: int
    size: int
    overflow: int


class Carved:
    """The originals that can be made out in a file.

    Attributes:
        contents: Their rows.
    """

    def __init__(self, path: Path) -> None:
        """Look through the whole file.

        Raises:
            OSError: It cannot be read at all.
        """
        self._file: BinaryIO = path.open("rb")
        head = self._file.read(_HEADER)
        self._page_size, reserved = _measures(head)
        self._usable = self._page_size - reserved
        self._pages = path.stat().st_size // self._page_size + 1
        self._pieces: dict[int, dict[int, _Cell]] = {}
        self.contents: list[CarvedContent] = []
        for number in range(self._pages):
            self._look_at(number)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def pieces(self, content_id: int) -> Iterator[bytes]:
        """The pieces of an original that were found, in their order."""
        cells = self._pieces.get(content_id, {})
        for seq in sorted(cells):
            record = self._record(cells[seq])
            columns = _columns(record, len(record))
            if columns is not None and len(columns) == 3:
                _, at, size = columns[2]
                yield record[at : at + size]

    def _look_at(self, number: int) -> None:
        """Take the rows of one page, if it looks like a leaf of a table."""
        start = number * self._page_size
        self._file.seek(start)
        page = self._file.read(self._page_size)
        base = _HEADER if number == 0 else 0
        if len(page) < base + _LEAF_HEADER or page[base] != _TABLE_LEAF:
            return
        count = int.from_bytes(page[base + 3 : base + 5], "big")
        pointers = base + _LEAF_HEADER
        if pointers + 2 * count > len(page):
            return
        for (place,) in struct.iter_unpack(">H", page[pointers : pointers + 2 * count]):
            self._look_at_cell(page, place, start)

    def _look_at_cell(self, page: bytes, place: int, start: int) -> None:
        size, at = _varint(page, place)
        row_id, at = _varint(page, at)
        if not 0 < size <= _LARGEST_RECORD or row_id <= 0 or at >= len(page):
            return
        local = self._local(size)
        columns = _columns(page[at : at + local], size)
        if columns is None:
            return
        overflow = 0
        if local < size:
            overflow = int.from_bytes(page[at + local : at + local + 4], "big")
        kinds = [kind for kind, _, _ in columns]
        if len(kinds) == 3 and _is_blob(kinds[2]) and {kinds[0], kinds[1]} <= _INTEGERS.keys():
            content_id, seq = (_integer(page[at:], columns[n]) for n in (0, 1))
            if content_id > 0 and seq >= 0:
                cell = _Cell(start + at, local, size, overflow)
                self._pieces.setdefault(content_id, {}).setdefault(seq, cell)
        elif len(kinds) == 4 and kinds[:2] == [0, _DIGEST_TYPE] and kinds[2] in _INTEGERS:
            self._take_content(row_id, page[at : at + local], columns)

    def _take_content(
        self, row_id: int, record: bytes, columns: list[tuple[int, int, int]]
    ) -> None:
        _, at, size = columns[1]
        digest = record[at : at + size].decode("ascii", "replace")
        if all(sign in "0123456789abcdef" for sign in digest) and len(digest) == size:
            length = _integer(record, columns[2])
            self.contents.append(CarvedContent(row_id, digest, length))

    def _local(self, size: int) -> int:
        """How many bytes of a record of that size lie on its own page."""
        most = self._usable - 35
        if size <= most:
            return size
        least = (self._usable - 12) * 32 // 255 - 23
        fitting = least + (size - least) % (self._usable - 4)
        return fitting if fitting <= most else least

    def _record(self, cell: _Cell) -> bytes:
        self._file.seek(cell.start)
        record = bytearray(self._file.read(cell.local))
        following, left = cell.overflow, self._pages
        while len(record) < cell.size and 0 < following <= self._pages and left > 0:
            self._file.seek((following - 1) * self._page_size)
            page = self._file.read(self._usable)
            following = int.from_bytes(page[:4], "big")
            record += page[4 : 4 + cell.size - len(record)]
            left -= 1
        return bytes(record)


def _measures(head: bytes) -> tuple[int, int]:
    """Size of a page, and its reserved bytes, as the file says or as they usually are."""
    if not head.startswith(_MAGIC) or len(head) < _HEADER:
        return _USUAL_PAGE, 0
    size = int.from_bytes(head[16:18], "big")
    size = 1 << 16 if size == 1 else size
    reserved = head[20]
    if size < 512 or size & (size - 1) or size - reserved < 480:
        return _USUAL_PAGE, 0
    return size, reserved


def _columns(record: bytes, size: int) -> list[tuple[int, int, int]] | None:
    """Serial type, place and size of each column, if they just fill a record of that size."""
    header, at = _varint(record, 0)
    if not at < header <= min(len(record), 64):
        return None
    found = []
    place = header
    while at < header:
        kind, at = _varint(record, at)
        width = _width(kind)
        if width is None:
            return None
        found.append((kind, place, width))
        place += width
    return found if place == size else None


def _width(kind: int) -> int | None:
    if kind >= _FIRST_BLOB:
        return (kind - _FIRST_BLOB) // 2
    if kind == 7:
        return 8
    return 0 if kind == 0 else _INTEGERS.get(kind)


def _is_blob(kind: int) -> bool:
    return kind >= _FIRST_BLOB and kind % 2 == 0


def _integer(record: bytes, column: tuple[int, int, int]) -> int:
    kind, at, size = column
    if kind in (8, 9):
        return kind - 8
    return int.from_bytes(record[at : at + size], "big", signed=True)


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes and the place after it; zero where there is none."""
    value = 0
    for count, byte in enumerate(data[at : at + 9]):
        if count == 8:
            return (value << 8) | byte, at + 9
        value = (value << 7) | (byte & 0x7F)
        if byte < 0x80:
            return value, at + count + 1
    return 0, len(data)
