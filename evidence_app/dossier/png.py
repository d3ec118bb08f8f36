"""The compressed rows of a PNG file, as PDF can hold them, and nothing else of the file."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_COMPONENTS = {0: 1, 2: 3, 3: 1}
"""Of grey, of red, green and blue, and of a palette; those with transparency are not passed."""

_PALETTE = 3
_KINDS_OF_FILTERS = 5
_NOT_PASSED = {b"tRNS", b"acTL", b"fcTL", b"fdAT"}
_PIECE = 1 << 18


@dataclass(frozen=True, slots=True)
class Rows:
    """A picture's rows.

    Attributes:
        data: In zlib's format, each row after the number of its filter.
        width: In pixels.
        height: In pixels.
        colours: Components of a pixel.
        bits: Of a component.
        palette: Three bytes for each value, or none.
    """

    data: bytes
    width: int
    height: int
    colours: int
    bits: int
    palette: bytes


def rows(data: bytes) -> Rows:
    """The rows of a PNG file, not made anew.

    They are decompressed to see that they are all of the picture and nothing but it: what would
    follow them in the same stream could be anything.

    Raises:
        ValueError: The data is no PNG, is damaged, or is not of a kind that PDF can hold.
    """
    head, palette, parts = b"", b"", []
    for kind, content in _chunks(data):
        if kind in _NOT_PASSED:
            raise ValueError(f"a chunk {kind!r}")
        if kind == b"IHDR":
            head = content
        elif kind == b"PLTE":
            palette = content
        elif kind == b"IDAT":
            parts.append(content)
    if len(head) != 13 or not parts:
        raise ValueError("a chunk is missing")
    width, height = int.from_bytes(head[:4], "big"), int.from_bytes(head[4:8], "big")
    bits, kind_of_colour, *methods = head[8:]
    colours = _COMPONENTS.get(kind_of_colour)
    if colours is None or bits > 8 or any(methods):
        raise ValueError("transparent, too deep, or interlaced")
    if kind_of_colour != _PALETTE:
        palette = b""
    elif not palette or len(palette) % 3 or len(palette) > 768:
        raise ValueError("no palette")
    joined = b"".join(parts)
    _check(joined, 1 + (width * colours * bits + 7) // 8, height)
    return Rows(joined, width, height, colours, bits, palette)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and content of each chunk up to the end of the picture."""
    if not data.startswith(_SIGNATURE):
        raise ValueError("no PNG")
    at = len(_SIGNATURE)
    while at + 12 <= len(data):
        end = at + 8 + int.from_bytes(data[at : at + 4], "big")
        kind = data[at + 4 : at + 8]
        if end + 4 > len(data):
            raise ValueError("a chunk is cut off")
        if zlib.crc32(data[at + 4 : end]) != int.from_bytes(data[end : end + 4], "big"):
            raise ValueError("a chunk is damaged")
        if kind == b"IEND":
            return
        yield kind, data[at + 8 : end]
        at = end + 4
    raise ValueError("the end is missing")


def _check(data: bytes, row: int, height: int) -> None:
    """See that a stream has so many rows of so many bytes, all of known filters, and no more."""
    unpacker = zlib.decompressobj()
    done, remaining = 0, data
    try:
        while not unpacker.eof and remaining:
            piece = unpacker.decompress(remaining, _PIECE)
            remaining = unpacker.unconsumed_tail
            # Where the next row begins in this piece.
            filters = piece[-done % row :: row]
            if filters and max(filters) >= _KINDS_OF_FILTERS:
                raise ValueError("no filter of PNG")
            done += len(piece)
            if done > row * height:
                raise ValueError("more than the picture")
    except zlib.error as error:
        raise ValueError("the rows are damaged") from error
    if done != row * height or not unpacker.eof or unpacker.unused_data or remaining:
        raise ValueError("other than the picture")
