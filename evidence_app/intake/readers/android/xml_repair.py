"""Mends what backup apps write wrongly in XML, on the way to the parser; the original stays.

Old versions write an emoji as two references to the halves of a UTF-16 pair
(``&#55357;&#56832;``), which is not XML and which no parser takes. The halves are joined; a lone
half and a forbidden control character become U+FFFD.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

_PIECE = 1 << 18
_REFERENCE = rb"&#(?:x[0-9A-Fa-f]{1,6}|[0-9]{1,7});"
_SUSPECT = re.compile(rb"(?:" + _REFERENCE + rb")+|[\x00-\x08\x0b\x0c\x0e-\x1f]")
_ONE = re.compile(_REFERENCE)
_TAIL = re.compile(rb"(?:" + _REFERENCE + rb")*(?:&(?:#[xX]?[0-9A-Fa-f]{0,7})?)?\Z")
_LAST = re.compile(_REFERENCE + rb"\Z")
_LONGEST_TAIL = 4096
_CONTROLS = bytes(sorted(set(range(32)) - set(b"\t\n\r")))
_REPLACEMENT = "\ufffd".encode()


class RepairedXml:
    """The bytes of a damaged XML file, mended piece by piece.

    Attributes:
        repairs: How many characters were mended so far.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.repairs = 0

    def pieces(self) -> Iterator[bytes]:
        """The mended bytes as UTF-8, in order."""
        held = b""
        for piece in self._decoded():
            text = held + piece
            cut = _safe_cut(text)
            held = text[cut:]
            yield self._mended(text[:cut])
        yield self._mended(held)

    def _mended(self, text: bytes) -> bytes:
        is_clean = b"&#" not in text and len(text.translate(None, _CONTROLS)) == len(text)
        return text if is_clean else _SUSPECT.sub(self._mend, text)

    def _decoded(self) -> Iterator[bytes]:
        """The bytes as UTF-8 without a byte-order mark."""
        head = self._stream.read(4)
        encoding = _encoding(head)
        if encoding is None:
            yield head.removeprefix(codecs.BOM_UTF8)
            while piece := self._stream.read(_PIECE):
                yield piece
            return
        decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        yield decoder.decode(head).removeprefix("\ufeff").encode()
        while piece := self._stream.read(_PIECE):
            yield decoder.decode(piece).encode("utf-8", "replace")

    def _mend(self, match: re.Match[bytes]) -> bytes:
        run = match[0]
        if not run.startswith(b"&"):
            self.repairs += 1
            return _REPLACEMENT
        codes = [_code(reference) for reference in _ONE.findall(run)]
        if all(_is_allowed(code) for code in codes):
            return run
        return b"".join(self._characters(codes))

    def _characters(self, codes: list[int]) -> Iterator[bytes]:
        position = 0
        while position < len(codes):
            code = codes[position]
            after = codes[position + 1] if position + 1 < len(codes) else 0
            position += 1
            if 0xD800 <= code < 0xDC00 <= after < 0xE000:
                position += 1
                self.repairs += 1
                yield chr(0x10000 + ((code - 0xD800) << 10) + after - 0xDC00).encode()
            elif _is_allowed(code):
                yield b"&#%d;" % code
            else:
                self.repairs += 1
                yield _REPLACEMENT


def _safe_cut(text: bytes) -> int:
    """Where the text can be cut without parting a reference, or two that belong together."""
    start = max(0, len(text) - _LONGEST_TAIL)
    tail = _TAIL.search(text, start)
    cut = tail.start() if tail else len(text)
    before = _LAST.search(text, max(0, cut - 16), cut)
    is_first_half = before is not None and 0xD800 <= _code(before[0]) < 0xDC00
    return before.start() if before is not None and is_first_half else cut


def _encoding(head: bytes) -> str | None:
    if head.startswith((codecs.BOM_UTF16_LE, b"<\x00")):
        return "utf-16-le"
    if head.startswith((codecs.BOM_UTF16_BE, b"\x00<")):
        return "utf-16-be"
    return None


def _code(reference: bytes) -> int:
    digits = reference[2:-1]
    return int(digits[1:], 16) if digits[:1] == b"x" else int(digits)


def _is_allowed(code: int) -> bool:
    return (
        code in (9, 10, 13)
        or 32 <= code < 0xD800
        or 0xE000 <= code <= 0xFFFD
        or (0x10000 <= code <= 0x10FFFF)
    )
