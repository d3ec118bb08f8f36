"""Excel's workbooks of before 2007 by hand: BIFF records in an OLE compound file."""

import struct
from collections.abc import Sequence

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD

Rows = Sequence[Sequence[str | float]]


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _text8(text: str, *, raw: str = "") -> bytes:
    """A string of BIFF8 with a count of two bytes: UTF-16, or, as ``raw`` says, bytes alone."""
    if raw:
        data = text.encode(raw)
        return struct.pack("<HB", len(data), 0) + data
    if all(ord(sign) < 256 for sign in text):
        return struct.pack("<HB", len(text), 0) + text.encode("latin-1")
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def _cells(rows: Rows, label: int, text: Sequence[bytes]) -> bytes:
    pieces, texts = b"", iter(text)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            at = struct.pack("<HHH", number, column, 0)
            if isinstance(cell, str):
                pieces += _record(label, at + next(texts))
            else:
                pieces += _record(0x0203, at + struct.pack("<d", cell))
    return pieces


def biff8(
    sheets: dict[str, Rows], *, codepage: int | None = 1252, raw: str = "", shared: bool = True
) -> bytes:
    """A workbook of Excel 97 to 2003.

    Args:
        sheets: The rows by the sheet's name.
        codepage: What the CODEPAGE record says; None for no such record.
        raw: An encoding in which broken writers put 8-bit characters where the format has none.
        shared: Whether the words stand in the table of shared strings.
    """
    words = [c for rows in sheets.values() for row in rows for c in row if isinstance(c, str)]
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0x0DBB, 1996, 0, 6))
    start += _record(0x0042, struct.pack("<H", codepage)) if codepage is not None else b""
    strings = b""
    if shared:
        strings = struct.pack("<II", len(words), len(words))
        strings += b"".join(_text8(word, raw=raw) for word in words)
        strings = _record(0x00FC, strings)
    index, bodies = 0, []
    for rows in sheets.values():
        own = [c for row in rows for c in row if isinstance(c, str)]
        if shared:
            numbers = [struct.pack("<I", n) for n in range(index, index + len(own))]
            cells = _cells(rows, 0x00FD, numbers)
        else:
            cells = _cells(rows, 0x0204, [_text8(word, raw=raw) for word in own])
        index += len(own)
        size = struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows), default=0), 0)
        bodies.append(
            _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0x0DBB, 1996, 0, 6))
            + _record(0x0200, size) + cells + _record(0x000A)
        )  # fmt: skip
    named = [struct.pack("<BB", len(n), 1) + n.encode("utf-16-le") for n in sheets]
    return compound(_assembled(start, named, strings, bodies), "Workbook")


def biff5(sheets: dict[str, Rows], *, encoding: str, codepage: int | None) -> bytes:
    """A workbook of Excel 5 and 95, whose words are bytes in an encoding."""
    start = _record(0x0809, struct.pack("<HHHH", 0x0500, 5, 0x0DBB, 1996))
    start += _record(0x0042, struct.pack("<H", codepage)) if codepage is not None else b""
    bodies = []
    for rows in sheets.values():
        words = [c.encode(encoding) for row in rows for c in row if isinstance(c, str)]
        texts = [struct.pack("<H", len(word)) + word for word in words]
        size = struct.pack("<HHHHH", 0, len(rows), 0, max(map(len, rows), default=0), 0)
        bodies.append(
            _record(0x0809, struct.pack("<HHHH", 0x0500, 0x10, 0x0DBB, 1996))
            + _record(0x0200, size) + _cells(rows, 0x0204, texts) + _record(0x000A)
        )  # fmt: skip
    names = [name.encode(encoding) for name in sheets]
    named = [struct.pack("<B", len(name)) + name for name in names]
    return compound(_assembled(start, named, b"", bodies), "Book")


def _assembled(
    start: bytes, names: Sequence[bytes], strings: bytes, bodies: Sequence[bytes]
) -> bytes:
    size = sum(4 + 6 + len(name) for name in names)
    at = len(start) + size + len(strings) + len(_record(0x000A))
    listed = b""
    for name, body in zip(names, bodies, strict=True):
        listed += _record(0x0085, struct.pack("<IBB", at, 0, 0) + name)
        at += len(body)
    return start + listed + strings + _record(0x000A) + b"".join(bodies)


def compound(stream: bytes, name: str) -> bytes:
    """An OLE compound file with one stream, in sectors of 512 bytes."""
    if len(stream) < 4096:
        stream += bytes(4096 - len(stream))
    count = -(-len(stream) // _SECTOR)
    tables = 1
    while tables * _SECTOR // 4 < count + 1 + tables:
        tables += 1
    chain = [_FAT] * tables + [_END]
    first = tables + 1
    chain += [*range(first + 1, first + count), _END]
    chain += [_FREE] * (tables * _SECTOR // 4 - len(chain))
    listed = [*range(tables), *[_FREE] * (109 - tables)]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, tables, tables, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", *listed)
    entries = _entry("Root Entry", 5, _END, 0, child=1) + _entry(name, 2, first, len(stream))
    directory = entries + bytes(_SECTOR - len(entries))
    body = stream + bytes(count * _SECTOR - len(stream))
    return header + struct.pack(f"<{len(chain)}I", *chain) + directory + body


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE) -> bytes:
    encoded = (name + "\0").encode("utf-16-le")
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(encoded), kind, 1, _FREE, _FREE, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
