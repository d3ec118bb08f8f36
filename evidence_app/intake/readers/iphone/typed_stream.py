"""The words of a message that Apple keeps as a typed stream instead of as text."""

from __future__ import annotations

import logging

_LOG = logging.getLogger(__name__)


def words_of(data: object) -> str:
    """The words in an ``attributedBody``, empty if there are none or it cannot be read."""
    if not isinstance(data, bytes) or not data:
        return ""
    return _string_after_class(data)


def _string_after_class(data: bytes) -> str:
    """The first string of the stream.

    An attributed string begins with its words: the class ``NSString``, a few bytes that say that
    one of it follows, ``+``, and a length of one byte, or of two or four after 0x81 or 0x82.
    """
    at = data.find(b"NSString")
    if at < 0:
        at = data.find(b"NSMutableString")
    plus = data.find(b"+", at + 8, at + 40) if at >= 0 else -1
    if plus < 0:
        return ""
    size, start = _length(data, plus + 1)
    encoded = data[start : start + size]
    if len(encoded) < size:
        _LOG.info("a message's words are cut off")
    return encoded.decode("utf-8", "replace")


def _length(data: bytes, at: int) -> tuple[int, int]:
    first = data[at] if at < len(data) else 0
    if first == 0x81:
        return int.from_bytes(data[at + 1 : at + 3], "little"), at + 3
    if first == 0x82:
        return int.from_bytes(data[at + 1 : at + 5], "little"), at + 5
    return first, at + 1
