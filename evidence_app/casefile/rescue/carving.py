"""Salvage of originals from a damaged case file without SQLite, page by page.

Facts of the format are from https://www.sqlite.org/fileformat2.html: the header in section 1.3,
the lock-byte page in 1.4, pages of b-trees in 1.6, overflow pages in 1.6 too, records in 2.1.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

from evidence_app.casefile.schema import CHUNK_SIZE

_MAGIC = b"SQLite format 3\x00"
_PAGE_SIZES = frozenset(512 << power for power in range(8))
_LEAST_USABLE = 480
_HEADER_SIZE = 100
_TABLE_LEAF = b"\x0d"
_LEAF_HEADER = 8
_LOCK_BYTE = 1 << 30
_INTEGER_SIZES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8, 8: 0, 9: 0}
_NULL = 0
_SHA256_TYPE = 13 + 2 * 64
_SHA256 = re.compile(rb"[0-9a-f]{64}")
_LONGEST_HEADER = 1 + 4 * 9
_LARGEST_INTEGER = (1 << 63) - 1


@dataclass(frozen=True)
class CarvedContent:
    """What the file says of an original; whether its bytes are whole, only their hash tells.

    Attributes:
        id: The number that its pieces go by.
        sha256: Of all its bytes, 64 lower-case hexadecimal digits.
        size: In bytes.
        media_type: None if the file does not say.
    """

    id: int
    sha256: str
    size: int
    media_type: str | None


class _Layout(NamedTuple):
    """How a file is cut into pages, in bytes."""

    page_size: int
    reserved: int

    @property
    def usable(self) -> int:
        return self.page_size - self.reserved

    @property
    def lock_page(self) -> int:
        return _LOCK_BYTE // self.page_size + 1

    def local(self, payload: int) -> int:
        """How many bytes of a payload stand in the leaf; the others are in overflow pages."""
        most = self.usable - 35
        if payload <= most:
            return payload
        least = (self.usable - 12) * 32 // 255 - 23
        local = least + (payload - least) % (self.usable - 4)
        return local if local <= most else least


_LAYOUT = _Layout(16384, 0)
"""Of every unencrypted case file that this program makes."""


class _Record(NamedTuple):
    """A row that begins in a leaf page: the types of its values, and where they stand."""

    rowid: int
    types: list[int]
    body: int
    payload_start: int
    payload: int


class _Piece(NamedTuple):
    """Where a row of ``content_chunk`` stands."""

    seq: int
    rowid: int
    page: int
    data_start: int
    local: int
    size: int


class _Pages:
    """The pages of a file that may be damaged in any way."""

    def __init__(self, stream: BinaryIO, layout: _Layout) -> None:
        self.layout = layout
        self._stream = stream
        self._count = -(-stream.seek(0, io.SEEK_END) // layout.page_size)

    def leaves(self) -> Iterator[tuple[int, bytes]]:
        # The first page holds the list of tables, and no rows of theirs.
        for number in range(2, self._count + 1):
            page = self.page(number)
            if page[:1] == _TABLE_LEAF:
                yield number, page

    def page(self, number: int) -> bytes:
        """The first one has number 1; fewer bytes or none where they cannot be read."""
        size = self.layout.page_size
        return _read(self._stream, (number - 1) * size, size) if self.holds(number) else b""

    def holds(self, number: int) -> bool:
        return 1 < number <= self._count and number != self.layout.lock_page

    def data(self, piece: _Piece) -> bytes:
        page = self.page(piece.page)
        data_end = piece.data_start + piece.local
        data = bytearray(page[piece.data_start : data_end])
        following = _number(page, data_end)
        visited: set[int] = set()
        while len(data) < piece.size and self.holds(following) and following not in visited:
            visited.add(following)
            page = self.page(following)
            data += page[4 : min(self.layout.usable, 4 + piece.size - len(data))]
            following = _number(page, 0)
        return bytes(data)


class _Survey:
    """Where in a file the rows are, if it has the given layout."""

    def __init__(self, pages: _Pages) -> None:
        self.pages = pages
        self.contents: list[CarvedContent] = []
        self.pieces: dict[int, list[_Piece]] = {}
        for number, page in pages.leaves():
            self._add_leaf(number, page)

    @property
    def piece_count(self) -> int:
        return sum(map(len, self.pieces.values()))

    def _add_leaf(self, number: int, page: bytes) -> None:
        count = int.from_bytes(page[3:5], "big")
        pointers = page[_LEAF_HEADER : _LEAF_HEADER + 2 * count]
        starts = [pointers[at : at + 2] for at in range(0, len(pointers) - 1, 2)]
        for start in dict.fromkeys(starts):
            record = _record(page, int.from_bytes(start, "big"))
            content = record and _content(page, record)
            if content:
                self.contents.append(content)
            elif record and len(record.types) == 3:
                self._add_piece(number, page, record)

    def _add_piece(self, number: int, page: bytes, record: _Record) -> None:
        id_type, seq_type, data_type = record.types
        if id_type not in _INTEGER_SIZES or seq_type not in _INTEGER_SIZES or data_type % 2:
            return
        content_id, at = _integer(page, record.body, id_type)
        seq, at = _integer(page, at, seq_type)
        size = _length(data_type)
        local_end = record.payload_start + self.pages.layout.local(record.payload)
        if content_id < 1 or seq < 0 or not 0 < size <= CHUNK_SIZE:
            return
        piece = _Piece(seq, record.rowid, number, at, local_end - at, size)
        if piece.local == size or self.pages.holds(_number(page, local_end)):
            self.pieces.setdefault(content_id, []).append(piece)


class Carved:
    """The originals that are left in a case file, whatever else of it is damaged.

    Making one reads the file once, and keeps in memory only where the pieces are. Nothing that
    the file holds makes it fail: what is no row is passed over. A page that the disk refuses
    to read counts as damaged.

    Args:
        stream: The file, from its first byte, to be kept open. It is best opened without a
            buffer (``buffering=0``), which would lose good pages beside an unreadable one.

    Attributes:
        contents: What the file says of its originals, page by page. Damage can
            make two of them go by one number.
    """

    def __init__(self, stream: BinaryIO) -> None:
        stated = _stated_layout(_read(stream, 0, _HEADER_SIZE))
        # A header that was altered can state a layout that the pages do not have.
        surveys = [_Survey(_Pages(stream, layout)) for layout in dict.fromkeys((stated, _LAYOUT))]
        best = max(surveys, key=lambda survey: survey.piece_count)
        self.contents = best.contents
        self._pages = best.pages
        self._pieces = best.pieces

    @property
    def ids(self) -> list[int]:
        """The numbers of all originals that pieces are left of, also of those not in `contents`."""
        return sorted(self._pieces)

    def pieces(self, content_id: int, size: int | None = None) -> Iterator[bytes]:
        """The bytes of one original, at most `CHUNK_SIZE` at a time, in their order.

        A piece that is gone is left out, and one that is broken off is short;
        bytes that were altered are given as they are. So the whole is to be hashed.

        Args:
            content_id: From `contents` or `ids`.
            size: Of the original in bytes, if known: tells its pieces from others that by
                damage go by the same number.
        """
        pieces = self._pieces.get(content_id, [])
        if size is not None:
            pieces = [piece for piece in pieces if piece.seq * CHUNK_SIZE < size]
        runs = Counter(piece.rowid - piece.seq for piece in pieces)

        def likelihood(piece: _Piece) -> tuple[bool, int]:
            fits = size is None or piece.size == min(CHUNK_SIZE, size - piece.seq * CHUNK_SIZE)
            # An original's pieces are stored one after another.
            return fits, runs[piece.rowid - piece.seq]

        best: dict[int, _Piece] = {}
        for piece in pieces:
            best[piece.seq] = max(best.get(piece.seq, piece), piece, key=likelihood)
        for seq in sorted(best):
            yield self._pages.data(best[seq])


def _read(stream: BinaryIO, position: int, count: int) -> bytes:
    try:
        stream.seek(position)
        return stream.read(count)
    except OSError:
        return b""


def _stated_layout(head: bytes) -> _Layout:
    """What the header says, unless it cannot be."""
    if not head.startswith(_MAGIC) or len(head) < _HEADER_SIZE:
        return _LAYOUT
    stated = int.from_bytes(head[16:18], "big")
    layout = _Layout(65536 if stated == 1 else stated, head[20])
    sound = layout.page_size in _PAGE_SIZES and layout.usable >= _LEAST_USABLE
    return layout if sound else _LAYOUT


def _number(page: bytes, at: int) -> int:
    """The number of a page that stands in another one, 0 where that ends."""
    stated = page[at : at + 4]
    return int.from_bytes(stated, "big") if len(stated) == 4 else 0


def _record(page: bytes, start: int) -> _Record | None:
    """The row whose cell begins at ``start``, or None if its parts do not agree in length."""
    try:
        payload, at = _varint(page, start)
        rowid, payload_start = _varint(page, at)
        header_size, at = _varint(page, payload_start)
        body = payload_start + header_size
        types = []
        while at < body and header_size <= _LONGEST_HEADER:
            value_type, at = _varint(page, at)
            types.append(value_type)
    except IndexError:
        return None
    if at != body or header_size + sum(map(_length, types)) != payload:
        return None
    return _Record(rowid, types, body, payload_start, payload)


def _content(page: bytes, record: _Record) -> CarvedContent | None:
    """The row of ``content`` that a record is, or None."""
    end = record.payload_start + record.payload
    if len(record.types) != 4 or end > len(page) or not 0 < record.rowid <= _LARGEST_INTEGER:
        return None
    id_type, sha256_type, size_type, media_type = record.types
    if id_type != _NULL or sha256_type != _SHA256_TYPE or size_type not in _INTEGER_SIZES:
        return None
    if media_type != _NULL and (media_type < 13 or media_type % 2 == 0):
        return None
    sha256 = page[record.body : record.body + 64]
    size, at = _integer(page, record.body + 64, size_type)
    if not _SHA256.fullmatch(sha256) or size < 0:
        return None
    text = None if media_type == _NULL else page[at:end].decode(errors="replace")
    return CarvedContent(record.rowid, sha256.decode("ascii"), size, text)


def _varint(page: bytes, at: int) -> tuple[int, int]:
    """An integer of one to nine bytes, and where it ends.

    Raises:
        IndexError: The page ends before.
    """
    value = 0
    for place in range(at, at + 8):
        byte = page[place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place + 1
    return value << 8 | page[at + 8], at + 9


def _length(value_type: int) -> int:
    """How many bytes a value takes, by its type in the header of its record."""
    if value_type >= 12:
        return (value_type - 12) // 2
    return 8 if value_type == 7 else _INTEGER_SIZES.get(value_type, 0)


def _integer(page: bytes, at: int, value_type: int) -> tuple[int, int]:
    """The number that stands at a place, by its type, and where it ends."""
    if value_type >= 8:
        return value_type - 8, at
    end = at + _INTEGER_SIZES[value_type]
    return int.from_bytes(page[at:end], "big", signed=True), end
