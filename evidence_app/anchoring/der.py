"""Brings timestamp responses into the strict form (DER) that the library of timestamps reads.

Authorities that sign with OpenSSL put their certificates in any order, although a SET OF must be
sorted (X.690, 11.6). The order is not part of what is signed.
"""

from __future__ import annotations

from typing import NamedTuple

_SEQUENCE, _CONTEXT_0 = 0x30, 0xA0
_LONG = 0x80
_PATH = (_SEQUENCE, _SEQUENCE, _CONTEXT_0, _SEQUENCE, _CONTEXT_0)
"""TimeStampResp, timeStampToken, its content, SignedData, certificates: each time the last child
of that tag, which is the only one except in TimeStampResp, where the status comes before."""


class _Element(NamedTuple):
    tag: int
    start: int
    content: int
    end: int


def with_sorted_certificates(response: bytes) -> bytes:
    """The same response with the certificates in it sorted.

    Raises:
        ValueError: It is no such response.
    """
    inside = _Element(0, 0, 0, len(response))
    for tag in _PATH:
        fitting = [child for child in _children(response, inside) if child.tag == tag]
        if not fitting:
            raise ValueError("no timestamp response")
        inside = fitting[-1]
    certificates = [response[child.start : child.end] for child in _children(response, inside)]
    return response[: inside.content] + b"".join(sorted(certificates)) + response[inside.end :]


def _children(data: bytes, parent: _Element) -> list[_Element]:
    children, at = [], parent.content
    while at < parent.end:
        children.append(_element(data, at, parent.end))
        at = children[-1].end
    return children


def _element(data: bytes, start: int, limit: int) -> _Element:
    if start + 2 > limit:
        raise ValueError("cut off")
    content, length = start + 2, data[start + 1]
    if length & _LONG:
        count = length & ~_LONG
        length = int.from_bytes(data[content : content + count], "big")
        content += count
    if content + length > limit:
        raise ValueError("cut off")
    return _Element(data[start], start, content, content + length)
