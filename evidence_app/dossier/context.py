"""What every chapter needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from evidence_app.dossier import text as texts
from evidence_app.dossier.content import DossierContent
from evidence_app.dossier.key_figures import Figures
from evidence_app.dossier.options import DossierOptions
from evidence_app.dossier.page_writer import PageWriter
from evidence_app.dossier.print_images import PrintImages
from evidence_app.dossier.wording import Wording
from evidence_app.model.event import Event, EventType
from evidence_app.model.evidence import Item

_WORDLESS = (EventType.PICTURE, EventType.RECORDING, EventType.DOCUMENT)
"""Acts that have no words of their own; what the exhibit is called says more."""


@dataclass(frozen=True, slots=True)
class DossierContext:
    """The dossier that is being written.

    Attributes:
        content: What it says.
        options: The person's choices.
        figures: What was counted.
        words: The dossier's own words.
        sheet: Where it is written.
        pictures: Makes pictures fit for print.
    """

    content: DossierContent
    options: DossierOptions
    figures: Figures
    words: Wording
    sheet: PageWriter
    pictures: PrintImages

    def exhibit_label(self, number: int) -> str:
        """As ``Exhibit 12``."""
        return self.words("exhibit.label", number=number)

    def size(self, item: Item) -> str:
        """The size of an original; empty if it is withheld, as its SHA-256 value then is too."""
        return self.words.size(item.size) if item.sha256 else ""

    def exhibit_key(self, number: int) -> str:
        """The anchor to which mentions of an exhibit lead."""
        prefix = "exhibit" if self.options.include_exhibits else "original"
        return f"{prefix}-{number}"

    def headline(self, event: Event) -> str:
        """What happened, with whom and how long, on one line."""
        words = self.words
        title = ""
        if event.type in _WORDLESS:
            item = self.content.exhibits[self.content.exhibit_of(event) - 1].item
            title = texts.name(item.title or item.filename)
        return words.joined(words.act(event), words.other_side(event), words.length(event), title)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One part of the dossier.

    Attributes:
        key: Its anchor.
        title: As in contents, bookmarks and header.
        write: Writes it.
        parts: Anchors and titles of its parts, for the contents.
    """

    key: str
    title: str
    write: Callable[[DossierContext], None]
    parts: tuple[tuple[str, str], ...] = ()
