"""The encodings in which phones, carriers and Windows write text."""

from __future__ import annotations

import codecs

SNIFF_SIZE = 65536
"""So many first bytes are enough to tell an encoding."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes(sorted(set(range(32)) - set(b"\t\n\r\f\x1b")))


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
    if not head or len(head.translate(None, _CONTROLS)) < len(head):
        return None
    for name in ("utf-8", "gb18030"):
        try:
            codecs.getincrementaldecoder(name)().decode(head, final=complete)
        except UnicodeDecodeError:
            continue
        return name
    return None
