"""Text from the case on its way to the page: made safe in one place, and broken into lines."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from evidence_app.dossier import fonts, limits

_CLOSING = "、。，．,.：；:;！？!?）)】》」』”’％%…—～·〉］｝〕"
_OPENING = "（(【《「『“‘〈［｛〔"
_WIDE = (
    "\u2e80-\u303f\u3040-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
    "\u2600-\u27bf\U0001f000-\U0003ffff"
)
CUT = "\u2060"
"""At the end of a line that ends within a word (WORD JOINER)."""

_WIDE_LETTER = re.compile(f"[{_WIDE}]")
_OPEN, _CLOSE = re.escape(_OPENING), re.escape(_CLOSING)
_TOKEN = re.compile(rf"\s+|[{_OPEN}]*(?:(?![{_CLOSE}])[{_WIDE}]|[^\s{_WIDE}]+)[{_CLOSE}]*|.")
_LINE_END = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")


def clean(text: str) -> str:
    """What of the text may be printed, with line feeds at line ends: the one place that decides.

    Nothing in the dossier is read as markup, so ``<b>`` and ``&`` stay what they are. Control
    characters are removed. Characters that turn the direction of writing stay in, and are
    printed as their code points.
    """
    if text.isprintable():
        # Neither control characters nor line ends: nearly every text of a call log.
        return text
    lines = _LINE_END.split(text.replace("\t", "    "))
    return "\n".join("".join(c for c in line if unicodedata.category(c) != "Cc") for line in lines)


def one_line(text: str) -> str:
    """The text on one line, single spaces only."""
    return " ".join(clean(text).split())


def name(text: str) -> str:
    """The text on one line, its beginning if it is longer than any name."""
    line = one_line(text)
    return line if len(line) <= limits.NAME else line[: limits.NAME].rstrip() + "…"


def plain(text: str) -> str:
    """A name for bookmarks and metadata, where nothing can be drawn: code points instead."""
    return "".join(
        fonts.code_point(c) if unicodedata.category(c) in ("Cf", "Cs") and c != "\u200d" else c
        for c in name(text)
    )


@lru_cache(maxsize=4096)
def _word_width(word: str, bold: bool) -> float:
    return fonts.width(word, bold)


def wrap(text: str, size: float, available: float, bold: bool = False) -> list[str]:
    """Break clean text into lines that are at most ``available`` points wide.

    Chinese breaks between characters, though not before closing or after opening punctuation;
    words are cut only if they are wider than a line. A line that ends within a word ends with
    `CUT`, which is not seen.
    """
    limit = available / size
    lines: list[str] = []
    for paragraph in text.split("\n"):
        if fonts.width(paragraph, bold) <= limit:
            lines.append(paragraph)
        else:
            lines.extend(_wrap_paragraph(paragraph, limit, bold))
    return lines


def widest_word(text: str, size: float, bold: bool = False) -> float:
    """How wide a line must be, in points, so that `wrap` cuts no word of clean text."""
    words = (token for token in _TOKEN.findall(text) if not token.isspace())
    # A hair more, so that rounding cuts nothing.
    return max((_word_width(word, bold) for word in words), default=0.0) * size + 0.01


def _wrap_paragraph(paragraph: str, limit: float, bold: bool) -> list[str]:
    lines: list[str] = []
    line, used = "", 0.0
    for token in _TOKEN.findall(paragraph):
        needed = _word_width(token, bold)
        if used + needed > limit and not token.isspace():
            if line.strip():
                lines.append(line.rstrip())
                line, used = "", 0.0
            if needed > limit:
                *full, token = _cut(token, limit, bold)
                lines.extend(piece + CUT for piece in full)
                needed = _word_width(token, bold)
        if line or not token.isspace():
            line, used = line + token, used + needed
    if line.strip():
        lines.append(line.rstrip())
    return lines


def _cut(word: str, limit: float, bold: bool) -> list[str]:
    pieces: list[str] = []
    piece, used = "", 0.0
    for character in word:
        needed = fonts.place(character, bold)[1]
        if piece and used + needed > limit:
            pieces.append(piece)
            piece, used = "", 0.0
        piece, used = piece + character, used + needed
    return [*pieces, piece]


def is_parted(line: str, following: str) -> bool:
    """Whether a word ends with a line, so that a space belongs between it and the next one."""
    if not line or not following or line[-1] in (CUT, " ") or following[0] == " ":
        return False
    return not (_WIDE_LETTER.match(line[-1]) and _WIDE_LETTER.match(following[0]))


def shorten(text: str, size: float, available: float, bold: bool = False) -> str:
    """The beginning of one line that fits, with an ellipsis if it is not all."""
    limit = available / size
    if fonts.width(text, bold) <= limit:
        return text
    used = fonts.width("…", bold)
    beginning = ""
    for character in text:
        used += fonts.place(character, bold)[1]
        if used > limit:
            break
        beginning += character
    return beginning.rstrip() + "…"


def first_lines(
    lines: list[str], most: int, size: float, available: float, bold: bool = False
) -> list[str]:
    """The first of some lines; the last of them says with an ellipsis that there are more."""
    if len(lines) <= most:
        return lines
    cut = shorten(f"{lines[most - 1]}…", size, available, bold)
    return [*lines[: most - 1], cut]
