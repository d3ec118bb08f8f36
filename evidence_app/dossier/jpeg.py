"""JPEG data as it is, but for all that is not the picture: made anew from what a decoder draws.

Cameras and phones write more into a file than a picture: where it was taken, who owns the phone,
a smaller copy, a second picture, a film behind the end. So nothing is taken over because it looks
harmless: only the size, the tables that the one scan uses, and that scan.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

_SOF, _DHT, _SOI, _EOI, _SOS, _DQT, _APP0, _APP14 = (
    b"\xff\xc0", b"\xff\xc4", b"\xff\xd8", b"\xff\xd9", b"\xff\xda", b"\xff\xdb", 0xE0, 0xEE,
)  # fmt: skip
_YCC = b"\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00\x01"
"""Adobe's marker: the components are luma and chroma, which readers guess differently without."""

_SEQUENTIAL = {0xC0, 0xC1}
_NOT_PASSED = {0xC2, 0xC3, 0xDC, 0xDD, 0xDE, 0xDF, *range(0xC5, 0xD0)}
"""Progressive, lossless, hierarchical and arithmetic coding, and restart intervals: between their
scans and intervals bytes can hide that nothing draws."""

_QUANTIZERS = 64
_WHOLE_SCAN = b"\x00\x3f\x00"


@dataclass(slots=True)
class _Parts:
    """What was found before the scan."""

    quantizers: dict[int, bytes] = field(default_factory=dict)
    codes: dict[int, bytes] = field(default_factory=dict)
    frame: bytes = b""
    is_jfif: bool = False
    adobe: int | None = None


def made_anew(data: bytes) -> tuple[bytes, bytes]:
    """The same picture, not decoded, as a whole file; and its beginning, without the last byte.

    If a decoder can draw all of the beginning, there are bytes behind the picture in its scan: it
    must not be passed on.

    Raises:
        ValueError: The data is no JPEG, or not of the kind of which this can be told.
    """
    parts = _Parts()
    for marker, segment, end in _segments(data):
        if marker == _SOS[1]:
            scan = _scan(data, end)
            head = _head(parts, segment)
            return head + scan + _EOI, head + scan[:-1]
        _note(parts, marker, segment)
    raise ValueError("the picture's data is missing")


def _segments(data: bytes) -> Iterator[tuple[int, bytes, int]]:
    """Marker, content and end of each segment, up to the scan."""
    if data[:2] != _SOI:
        raise ValueError("no JPEG")
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise ValueError("a marker is missing")
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if end > len(data):
            raise ValueError("a segment is cut off")
        yield marker, data[at + 4 : end], end
        at = end


def _scan(data: bytes, start: int) -> bytes:
    """The coded picture, up to the first marker, which must be the end of the picture."""
    end = data.find(b"\xff", start)
    while end >= 0 and data[end : end + 2] == b"\xff\x00":
        end = data.find(b"\xff", end + 2)
    if end <= start or data[end : end + 2] != _EOI:
        raise ValueError("the picture does not end with its first scan")
    return data[start:end]


def _note(parts: _Parts, marker: int, segment: bytes) -> None:
    if marker in _NOT_PASSED:
        raise ValueError(f"marker {marker:02X}")
    if marker == _DQT[1]:
        parts.quantizers |= dict(_quantizers(segment))
    elif marker == _DHT[1]:
        parts.codes |= dict(_codes(segment))
    elif marker in _SEQUENTIAL:
        if parts.frame:
            raise ValueError("two pictures in one")
        parts.frame = segment
    elif marker == _APP0 and segment.startswith(b"JFIF\x00"):
        parts.is_jfif = True
    elif marker == _APP14 and segment.startswith(b"Adobe") and len(segment) >= 12:
        parts.adobe = segment[11]


def _quantizers(segment: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(segment):
        table = segment[at : at + 1 + _QUANTIZERS]
        if table[0] > 3 or len(table) != 1 + _QUANTIZERS:
            raise ValueError("a table of another kind")
        yield table[0], table
        at += len(table)


def _codes(segment: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(segment):
        size = 17 + sum(segment[at + 1 : at + 17])
        table = segment[at : at + size]
        if table[0] & 0xEF > 3 or len(table) != size:
            raise ValueError("a table of another kind")
        yield table[0], table
        at += size


def _head(parts: _Parts, scan: bytes) -> bytes:
    """All that stands before the coded picture; only the tables that it uses."""
    frame = parts.frame
    if len(frame) < 9 or frame[0] != 8:
        raise ValueError("no frame of 8 bits")
    count = frame[5]
    fits = len(frame) == 6 + 3 * count and len(scan) == 4 + 2 * count
    if count not in (1, 3) or not fits or scan[0] != count or scan[-3:] != _WHOLE_SCAN:
        raise ValueError("another kind of frame or scan")
    components = [frame[6 + 3 * n : 9 + 3 * n] for n in range(count)]
    if count == 3 and not _is_ycc(parts, bytes(component[0] for component in components)):
        raise ValueError("colours that are coded in another way")
    used = [scan[2 + 2 * n] for n in range(count)]
    table_numbers = {selector >> 4 for selector in used} | {
        0x10 | selector & 15 for selector in used
    }
    try:
        quantizers = [
            parts.quantizers[number]
            for number in sorted({component[2] for component in components})
        ]
        codes = [parts.codes[number] for number in sorted(table_numbers)]
    except KeyError as error:
        raise ValueError("a table is missing") from error
    pieces = [_SOI, _YCC if count == 3 else b""]
    pieces += [_segment(_DQT, table) for table in quantizers]
    pieces += [_segment(_SOF, frame), *(_segment(_DHT, table) for table in codes)]
    return b"".join([*pieces, _segment(_SOS, scan)])


def _is_ycc(parts: _Parts, names: bytes) -> bool:
    """Whether decoders take the components for luma and chroma, as most files have them."""
    if parts.is_jfif or parts.adobe == 1:
        return True
    return parts.adobe is None and names != b"RGB"


def _segment(marker: bytes, content: bytes) -> bytes:
    return marker + (len(content) + 2).to_bytes(2, "big") + content
