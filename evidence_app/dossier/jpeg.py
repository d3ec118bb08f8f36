"""JPEG data as it is, without what may tell more than the picture."""

from __future__ import annotations

_APP0, _APP15, _ADOBE, _COMMENT, _SCAN = 0xE0, 0xEF, 0xEE, 0xFE, 0xDA
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})


def without_metadata(data: bytes) -> bytes:
    """The same picture, not decoded, without camera data, places and comments.

    Raises:
        ValueError: The data is no JPEG.
    """
    if data[:2] != b"\xff\xd8":
        raise ValueError("no JPEG")
    kept = [data[:2]]
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise ValueError("a marker is missing")
        marker = data[at + 1]
        if marker == _SCAN:
            return b"".join([*kept, data[at:]])
        if marker == 0xFF:
            at += 1
            continue
        if marker in _ALONE:
            at += 2
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if _is_needed(marker):
            kept.append(data[at:end])
        at = end
    raise ValueError("the picture's data is missing")


def _is_needed(marker: int) -> bool:
    """Adobe's marker says how colours are coded; other application data is not drawn."""
    return marker == _ADOBE or (marker != _COMMENT and not _APP0 < marker <= _APP15)
