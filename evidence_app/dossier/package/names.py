"""Which names the files of a package may have, so that no system takes one for another."""

from __future__ import annotations

import re
import unicodedata

from evidence_app.dossier.package import layout
from evidence_app.dossier.package.faults import Fault

_ESCAPING = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.?([/\\]|$)")
_LONGEST = 1024


def fault_of(name: str) -> Fault | None:
    """Why a file of a package may not be called so; None if it may.

    Args:
        name: Its folders divided by slashes.
    """
    if _ESCAPING.search(name):
        return Fault.ESCAPING
    is_plain = len(name) <= _LONGEST and all(map(_is_plain, name.split("/")))
    return None if is_plain else Fault.NAME


def _is_plain(part: str) -> bool:
    if not part or part != part.rstrip(" .") or part != unicodedata.normalize("NFC", part):
        return False
    return all(layout.harmless(character) == character for character in part)


class NameSpace:
    """The names that were met so far, as a system sees them that knows no case and no forms."""

    def __init__(self) -> None:
        self._spellings: dict[str, str] = {}
        self._files: set[str] = set()

    def add(self, name: str) -> Fault | None:
        """Note the name of a file; why it cannot stand beside those before it, or None."""
        if name in self._files:
            return Fault.TWICE
        parts = name.split("/")
        folders = ["/".join(parts[:depth]) for depth in range(1, len(parts))]
        if _key(name) in self._spellings or not all(map(self._is_same, folders)):
            return Fault.LOOKALIKE
        for folder in folders:
            self._spellings[_key(folder)] = folder
        self._spellings[_key(name)] = name
        self._files.add(name)
        return None

    def _is_same(self, folder: str) -> bool:
        return folder not in self._files and self._spellings.get(_key(folder), folder) == folder


def _key(name: str) -> str:
    """What names have in common that differ only by case or by the form of their letters."""
    folded = unicodedata.normalize("NFD", name).casefold()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKD", folded).casefold())
