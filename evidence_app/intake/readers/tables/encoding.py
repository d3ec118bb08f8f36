"""In which encoding the words of a table are, where neither a mark nor the format says it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evidence_app.intake.readers.tables.headings import known_headings

_BY_PAGE = {
    932: "cp932", 936: "gb18030", 949: "cp949", 950: "big5hkscs", 1250: "cp1250",
    1251: "cp1251", 1252: "cp1252", 1254: "cp1254", 54936: "gb18030", 65001: "utf-8",
}  # fmt: skip
CANDIDATES = (
    "gb18030", "big5hkscs", "cp932", "cp949", "cp1252", "cp1251", "cp1250", "cp1254",
)  # fmt: skip
"""The encodings that may be asked about, without UTF, which shows by itself."""

_ALPHABETS = ("cp1252", "cp1251", "cp1250", "cp1254")
_WESTERN_LETTERS = frozenset("ÄÖÜäöüßÀÂÇÈÉÊËÎÏÔÙÛàâçèéêëîïôùûÁÍÓÚÑáíóúñÃÕãõ€°º«»“”‘’–—·…¿¡ì ")
_CELL = re.compile('[\\t\\r\\n,;|"]')
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_COMMON_CHINESE = re.compile(rb"(?:[\xa1-\xa3\xb0-\xd7][\xa1-\xfe])+")
_PRIVATE = re.compile("[\ue000-\uf8ff\ufffd\u0080-\u009f]")


@dataclass(frozen=True, slots=True)
class Guess:
    """What an encoding may be.

    Attributes:
        name: The likeliest, by Python's name.
        doubted: All that it may be, the likeliest first; empty if it is sure.
    """

    name: str
    doubted: tuple[str, ...] = ()


def guess(data: bytes, page: int = 0) -> Guess:
    """The encoding of words that are bytes.

    Headings that are known in one encoding alone decide; then what a code page states, if it is
    one of several bytes a sign; then whether the signs are the common ones of Chinese or of
    Western Europe. Whatever is left is in doubt.

    Args:
        data: The words, without a mark of the order of bytes.
        page: Windows' number of the encoding that the file states, or 0.
    """
    if _decoded(data, "utf-8") is not None:
        return Guess("utf-8")
    stated = _BY_PAGE.get(page, "")
    possible = [name for name in (stated, *CANDIDATES) if name and _decoded(data, name)]
    possible = list(dict.fromkeys(possible))
    hits = {name: known_headings(_CELL.split(_decoded(data, name) or "")) for name in possible}
    best = max(possible, key=lambda name: hits[name], default="")
    if best and hits[best]:
        return Guess(best)
    if stated in possible and stated not in _ALPHABETS and not _is_alphabet(data):
        return Guess(stated)
    if "gb18030" in possible and _is_common_chinese(data):
        return Guess("gb18030")
    text = _decoded(data, "cp1252") if _is_alphabet(data) else None
    if text is not None and {sign for sign in text if ord(sign) > 127} <= _WESTERN_LETTERS:
        return Guess("cp1252")
    if _is_alphabet(data):
        possible.sort(key=lambda name: name not in _ALPHABETS)
    return Guess(possible[0], tuple(possible)) if possible else Guess("cp1252", CANDIDATES)


def samples(cells: Sequence[bytes], names: Sequence[str]) -> dict[str, str]:
    """How cells look in each encoding, for a person to choose by; those that look alike once."""
    lines: dict[str, str] = {}
    for name in names:
        texts = [text for cell in cells if (text := _decoded(cell, name))]
        line = " · ".join(" ".join(text.split()) for text in texts)[:120]
        if len(texts) == len(cells) and line not in lines.values():
            lines[name] = line
    return lines


def _decoded(data: bytes, name: str) -> str | None:
    """The text, or None if the bytes are none in that encoding, or use signs that nobody writes."""
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        return None
    return None if _PRIVATE.search(text) else text


def _is_alphabet(data: bytes) -> bool:
    """Whether the bytes are letters of one byte each: from 0xC0 up, and not always in pairs."""
    runs = [len(run) for run in _HIGH_RUN.findall(data)]
    letters = sum(byte >= 0xC0 for byte in data)
    odd = sum(length % 2 for length in runs)
    return odd * 10 >= len(runs) * 3 and letters * 20 >= sum(runs) * 17


def _is_common_chinese(data: bytes) -> bool:
    """Whether nine of ten signs are of the first level of GB 2312, or its punctuation."""
    high = sum(map(len, _HIGH_RUN.findall(data)))
    return sum(map(len, _COMMON_CHINESE.findall(data))) * 10 >= high * 9
