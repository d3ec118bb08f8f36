"""Excel's workbooks of before 2007, put so that no statement of their encoding can mislead.

The words of BIFF8 are UTF-16 whatever its CODEPAGE record says, and many writers put anything
there. A reader that trusts the record returns garbage, or refuses the file. Facts: [MS-XLS] 2.4.52
(CodePage), 2.5.293 (XLUnicodeRichExtendedString); [MS-CFB] for the container.
"""

from __future__ import annotations

import io
import struct
from typing import BinaryIO

import olefile

MAGIC = olefile.MAGIC
_STREAMS = ("Workbook", "Book")
_LOCKED = "EncryptedPackage"
_LARGEST = 256 << 20
_CODEPAGE, _END_OF_GLOBALS = 0x0042, 0x000A
_UTF16 = 1200
_MOST_RECORDS = 1 << 20

_SECTOR_SHIFT = 12
_SECTOR = 1 << _SECTOR_SHIFT
_HEADER_ENTRIES = 109
_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_STREAM, _ROOT = 2, 5


class LockedError(Exception):
    """The file is a newer document, encrypted, in a container of the old kind."""


def prepared(stream: BinaryIO) -> tuple[BinaryIO, int] | None:
    """A copy of the workbook alone, which says that its words are UTF-16.

    Words that are bytes in some encoding then come out as if they were Latin-1, byte for byte.

    Returns:
        The copy, and the code page that the original states (0 for none); None if the file holds
        no workbook, or one that is too large to be a list of calls.

    Raises:
        LockedError: It is a newer workbook that only its password opens.
    """
    stream.seek(0)
    try:
        with olefile.OleFileIO(stream) as container:
            if container.exists(_LOCKED):
                raise LockedError
            name = next(
                (stream_name for stream_name in _STREAMS if container.exists(stream_name)), None
            )
            if name is None or container.get_size(name) > _LARGEST:
                return None
            book = bytearray(container.openstream(name).read())
    # What the library raises for damaged files is not of one kind.
    except (OSError, ValueError, IndexError, KeyError, TypeError, struct.error):
        return None
    stated = _say_utf16(book)
    return io.BytesIO(_container(bytes(book), name)), stated


def _say_utf16(book: bytearray) -> int:
    """Let every CODEPAGE record say UTF-16; return what the first one said."""
    at, stated = 0, 0
    for _ in range(_MOST_RECORDS):
        if at + 4 > len(book):
            break
        kind, size = struct.unpack_from("<HH", book, at)
        if kind == _END_OF_GLOBALS:
            break
        if kind == _CODEPAGE and size == 2 and at + 6 <= len(book):
            stated = stated or struct.unpack_from("<H", book, at + 4)[0]
            struct.pack_into("<H", book, at + 4, _UTF16)
        at += 4 + size
    return stated


def _container(stream: bytes, name: str) -> bytes:
    """A compound file of version 4 with nothing but one stream, which no small-stream table needs.

    Its header has room for 109 sectors of the allocation table: 446 MiB.
    """
    stream = stream.ljust(_SECTOR, b"\0")
    count = -(-len(stream) // _SECTOR)
    room = _SECTOR // 4
    tables = -(-(count + 2) // (room - 1))
    first = tables + 1
    chain = [_TABLE] * tables + [_END, *range(first + 1, first + count), _END]
    chain += [_FREE] * (tables * room - len(chain))
    listed = [*range(tables), *[_FREE] * (_HEADER_ENTRIES - tables)]
    header = MAGIC + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 4, 0xFFFE, _SECTOR_SHIFT, 6)
    header += struct.pack("<9I", 1, tables, tables, 0, _SECTOR, _END, 0, _END, 0)
    header += struct.pack(f"<{_HEADER_ENTRIES}I", *listed)
    # Calamine takes a root that starts nowhere for an empty container.
    directory = _entry("Root Entry", _ROOT, first, 0, 1)
    directory += _entry(name, _STREAM, first, len(stream), _FREE)
    return b"".join(
        (
            header.ljust(_SECTOR, b"\0"),
            struct.pack(f"<{len(chain)}I", *chain),
            directory.ljust(_SECTOR, b"\0"),
            stream.ljust(count * _SECTOR, b"\0"),
        )
    )


def _entry(name: str, kind: int, start: int, size: int, child: int) -> bytes:
    """One of the directory's entries: 128 bytes."""
    encoded = f"{name}\0".encode("utf-16-le")
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(encoded), kind, 1, _FREE, _FREE, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
