"""The words of a PDF page with their places: what stands in one line, and where in it."""

from __future__ import annotations

import ctypes
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

_MOST_SIGNS = 60_000
"""So many signs of a page are looked at; a full page of small print has some ten thousand."""

_BLANK = 0x20
_SPACE = 0.12
_GAP = 0.62
"""Parts of the height of a line: wider than between letters, wider than between words."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words without a wide gap in it.

    Attributes:
        text: The words.
        left: Where it begins, in points.
        right: Where it ends.
    """

    text: str
    left: float
    right: float

    def words(self) -> list[Piece]:
        """Each word by itself, as wide as its share of the signs."""
        width = (self.right - self.left) / max(len(self.text), 1)
        pieces, at = [], 0
        for word in self.text.split(" "):
            start = self.left + at * width
            pieces.append(Piece(word, start, start + len(word) * width))
            at += len(word) + 1
        return pieces


@dataclass(frozen=True, slots=True)
class Line:
    """What stands in one line of a page, from left to right.

    Attributes:
        pieces: The stretches of words.
        height: Of its letters, in points.
        base: How far from the page's foot it stands.
    """

    pieces: Sequence[Piece]
    height: float
    base: float


@dataclass(frozen=True, slots=True)
class _Sign:
    """A sign, the ink of it, and the room that the font gives it.

    In fonts of East Asia the room of a digit is often stated as too wide.
    """

    text: str
    left: float
    right: float
    room_left: float
    room_right: float
    bottom: float
    top: float

    def middle(self) -> float:
        return (self.bottom + self.top) / 2


def lines_of(textpage: Any) -> list[Line]:
    """The lines of a page, from its head to its foot."""
    signs = sorted(_signs(textpage), key=lambda sign: -sign.middle())
    lines: list[Line] = []
    row: list[_Sign] = []
    for sign in signs:
        if row and not _is_in_line(row[0], sign):
            lines.append(_line(row))
            row = []
        row.append(sign)
    lines += [_line(row)] if row else []
    return [line for line in lines if line.pieces]


def _is_in_line(first: _Sign, sign: _Sign) -> bool:
    reach = max(first.top - first.bottom, sign.top - sign.bottom, 1) / 2
    return first.middle() - sign.middle() < reach


def _signs(textpage: Any) -> Iterator[_Sign]:
    from pypdfium2 import raw

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    room = raw.FS_RECTF()
    for index in range(min(textpage.count_chars(), _MOST_SIGNS)):
        code = raw.FPDFText_GetUnicode(textpage.raw, index)
        if not _is_shown(code) or raw.FPDFText_IsGenerated(textpage.raw, index):
            continue
        if not raw.FPDFText_GetCharBox(textpage.raw, index, left, right, bottom, top):
            continue
        if not raw.FPDFText_GetLooseCharBox(textpage.raw, index, room):
            room.left, room.right = left.value, right.value
            room.bottom, room.top = bottom.value, top.value
        ink = room.left if code == _BLANK else left.value
        yield _Sign(chr(code), ink, right.value, room.left, room.right, room.bottom, room.top)


def _is_shown(code: int) -> bool:
    """Whether a code stands for a sign: no control, no half of a pair."""
    return _BLANK <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF


def _line(signs: Sequence[_Sign]) -> Line:
    ordered = sorted(signs, key=lambda sign: sign.left)
    height = max(statistics.median(sign.top - sign.bottom for sign in ordered), 1.0)
    pieces: list[Piece] = []
    text, left, right, room_right = "", 0.0, 0.0, 0.0
    blank = False
    for sign in ordered:
        if not sign.text.strip():
            blank = True
            continue
        if text and sign.left - right > _GAP * height:
            pieces.append(Piece(text, left, right))
            text = ""
        elif text and _is_apart(text[-1], sign, room_right, height, blank=blank):
            text += " "
        left = left if text else sign.left
        text += sign.text
        right, room_right, blank = sign.right, sign.room_right, False
    return Line([*pieces, *([Piece(text, left, right)] if text else [])], height, ordered[0].bottom)


def _is_apart(before: str, sign: _Sign, room_right: float, height: float, *, blank: bool) -> bool:
    """Whether a space stands between two signs; some scripts put none between words."""
    if blank:
        return True
    return sign.room_left - room_right > _SPACE * height and not _is_wide(before, sign.text)


def _is_wide(before: str, after: str) -> bool:
    """Whether two signs are of a script that puts no spaces between words."""
    return before >= "\u2e80" and after >= "\u2e80"
