"""The fonts of the dossier, all embedded: a main one, and one for emoji, chosen run by run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path

from evidence_app import resources

REGULAR = "DossierRegular"
BOLD = "DossierBold"
EMOJI = "DossierEmoji"
BOX = ""
"""Stands for "no font has this character": its code point is shown in a box."""

BOX_SCALE = 0.62
BOX_PADDING = 0.2
_FILES = {
    REGULAR: "NotoSansSC_400Regular.ttf",
    BOLD: "NotoSansSC_700Bold.ttf",
    EMOJI: "NotoEmoji_400Regular.ttf",
}
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufe0e\ufe0f\ufeff")
_STEERING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of characters in one font.

    Attributes:
        font: Its name, or `BOX`.
        text: What is written; for a box, the code point as ``U+1F9FF``.
        width: At size 1.
    """

    font: str
    text: str
    width: float


class _OnDisk:
    """The bytes of a font's file, read when they are asked for."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._size = path.stat().st_size

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, part: slice) -> bytes:
        first, end, _ = part.indices(self._size)
        with self._path.open("rb", buffering=0) as file:
            file.seek(first)
            return file.read(max(0, end - first))


@cache
def _coverage(font: str) -> tuple[Mapping[int, int], Mapping[int, float], float]:
    """Register the font; return its glyphs and advance widths by code point."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    path = resources.path("fonts", _FILES[font])
    loaded = TTFont(font, str(path))
    # ReportLab would hold 10 MB until the end, for the few glyphs that are embedded then, and as
    # much again for text that HarfBuzz shapes, of which there is none.
    loaded.face._ttf_data = _OnDisk(path)  # noqa: SLF001
    loaded.face.glyphToChar.clear()
    pdfmetrics.registerFont(loaded)
    return loaded.face.charToGlyph, loaded.face.charWidths, loaded.face.defaultWidth


def register() -> None:
    """Make all fonts known to ReportLab; its pages are not to be blown up by base 85."""
    from reportlab import rl_config

    rl_config.useA85 = 0
    for font in _FILES:
        _coverage(font)


@lru_cache(maxsize=1 << 16)
def place(character: str, bold: bool) -> tuple[str, float]:
    """The font of a character and its width at size 1; nothing at all if it is invisible."""
    if character in _INVISIBLE:
        return REGULAR, 0.0
    code = ord(character)
    if character not in _STEERING:
        for font in (BOLD if bold else REGULAR, EMOJI):
            glyphs, widths, default = _coverage(font)
            if code in glyphs:
                return font, widths.get(code, default) / 1000
    return BOX, BOX_PADDING + sum(place(c, False)[1] for c in code_point(character)) * BOX_SCALE


def code_point(character: str) -> str:
    """As ``U+202E``."""
    return f"U+{ord(character):04X}"


@cache
def _plain_widths(bold: bool) -> dict[str, float]:
    """The widths of the characters of ASCII that can be seen, which the main font all has."""
    return {chr(code): place(chr(code), bold)[1] for code in range(32, 127)}


@lru_cache(maxsize=1 << 14)
def width(text: str, bold: bool = False) -> float:
    """The width of the text at size 1."""
    if text.isascii() and text.isprintable():
        return sum(map(_plain_widths(bold).__getitem__, text))
    return sum(place(character, bold)[1] for character in text)


@lru_cache(maxsize=1 << 12)
def runs(text: str, bold: bool = False) -> tuple[Run, ...]:
    """The text by font, in order; invisible characters are left out."""
    if text.isascii() and text.isprintable():
        return (Run(BOLD if bold else REGULAR, text, width(text, bold)),) if text else ()
    visible = [character for character in text if character not in _INVISIBLE]
    font_runs: list[Run] = []
    for font, group in groupby(visible, key=lambda character: place(character, bold)[0]):
        members = list(group)
        if font == BOX:
            font_runs += [
                Run(BOX, code_point(character), place(character, bold)[1]) for character in members
            ]
        else:
            font_runs.append(Run(font, "".join(members), width("".join(members), bold)))
    return tuple(font_runs)
