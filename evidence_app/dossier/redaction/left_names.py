"""Finds names that stand in blacked-out words, and can be read elsewhere all the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from evidence_app.dossier.redaction.blanking import Blanking
from evidence_app.errors import EvidenceError
from evidence_app.messages import MessageCode, message

_SPACE = re.compile(r"\s+")
_FIRST_EAST_ASIAN = 0x2E80


class LeftNames:
    """Finds any of some names in texts.

    Args:
        names: As they are written in the case.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._each = [(name, Blanking((name,))) for name in names]
        self._any = Blanking(name for name, _ in self._each)

    def first_in(self, text: str) -> str:
        """The first of the names that stands in a text, also broken over lines; else nothing."""
        tight = _SPACE.sub("", text)
        if not self._any.spans(text) and not self._any.spans(tight):
            return ""
        for name, finds in self._each:
            # Chinese has no blanks between words that taking out line ends could remove.
            is_tight = any(ord(character) >= _FIRST_EAST_ASIAN for character in name)
            if finds.spans(text) or (is_tight and finds.spans(tight)):
                return name
        return ""

    def require_none_in(self, text: str) -> None:
        """Let no text out in which one stands.

        Raises:
            EvidenceError: One does.
        """
        name = self.first_in(text)
        if name:
            raise EvidenceError(message(MessageCode.REDACTION_NAME_LEFT, name=name))


def on_pages(path: Path, names: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Names on the pages of a PDF, each with the number of a page, from 1.

    Runs in a closed-off process only.
    """
    import pypdfium2

    if not names:
        return
    finder = LeftNames(names)
    with pypdfium2.PdfDocument(path) as document:
        for number, page in enumerate(document, 1):
            text = page.get_textpage()
            name = finder.first_in(str(text.get_text_bounded()))
            text.close()
            page.close()
            if name:
                yield name, number
