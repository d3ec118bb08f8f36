"""The encodings in which phones, carriers and Windows write text."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

SNIFF_SIZE = 65536
"""So many first bytes are enough to tell an encoding."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEAST_SHARE = 20
"""At least one byte of so many is a zero in UTF-16 that holds dates, numbers or line ends."""

_EARLY = 512
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\ufffe\uffff\ue000-\uf8ff]")
_CONTROLS = bytes(sorted(set(range(32)) - set(b"\t\n\r\f\x1b")))


# Each format that holds text asks about the same beginning of a file.
@lru_cache(maxsize=4)
def encoding_of(head: bytes, *, complete: bool = False) -> str | None:
    """The encoding of text that begins so, or None for what is no text.

    GB18030 holds all of GB2312 and GBK; a file that claims less is read as the whole.

    Args:
        head: The first bytes.
        complete: Whether they are all, so that the last character cannot be cut.
    """
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    if not head or has_controls(head):
        return _utf16_without_mark(head)
    for name in ("utf-8", "gb18030"):
        try:
            codecs.getincrementaldecoder(name)().decode(head, final=complete)
        except UnicodeDecodeError:
            continue
        return name
    return None


def has_controls(head: bytes) -> bool:
    """Whether bytes stand in it that no text of single bytes, nor of UTF-8, has."""
    # What is no text shows it early.
    return any(
        len(part.translate(None, _CONTROLS)) < len(part) for part in (head[:_EARLY], head[_EARLY:])
    )


def _utf16_without_mark(head: bytes) -> str | None:
    """UTF-16 shows by zeros on one side of its pairs, where signs of ASCII stand."""
    size = len(head) & ~1
    first, second = head[:size:2].count(0), head[1:size:2].count(0)
    if min(first, second) > 0 or max(first, second) * _LEAST_SHARE < size:
        return None
    name = "utf-16-le" if second else "utf-16-be"
    try:
        text = codecs.getincrementaldecoder(name)().decode(head[:size])
    except UnicodeDecodeError:
        return None
    return None if _NO_TEXT.search(text) else name
