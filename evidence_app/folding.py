"""One form for texts that are written in several ways, by which they are searched and compared."""

from __future__ import annotations

import unicodedata
from functools import cache

from evidence_app import resources


def fold(text: str) -> str:
    """Full-width and compatibility forms as ordinary ones, traditional characters as simplified.

    Source: Unicode's NFKC, and OpenCC's TSCharacters.
    """
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", text).translate(_simplified())


@cache
def simplified_characters() -> dict[str, str]:
    """Traditional characters, and the simplified one that each is read as."""
    path = resources.path("lexicons", "traditional.txt")
    rows = path.read_text(encoding="utf-8").splitlines()
    return {row[0]: row[1] for row in rows if row and not row.startswith("#")}


@cache
def _simplified() -> dict[int, str]:
    return str.maketrans(simplified_characters())
