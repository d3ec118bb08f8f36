"""What every chapter needs."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass

from evidence_app.dossier import text as texts
from evidence_app.dossier.content import DossierContent
from evidence_app.dossier.folding import LineIndex
from evidence_app.dossier.key_figures import Figures
from evidence_app.dossier.options import DossierOptions, Part
from evidence_app.dossier.page_writer import PageWriter
from evidence_app.dossier.print_images import PrintImages
from evidence_app.dossier.wording import Wording
from evidence_app.model.event import Event, EventType
from evidence_app.model.evidence import Item
from evidence_app.model.party import Role

WORDLESS = (EventType.PICTURE, EventType.RECORDING, EventType.DOCUMENT)
"""Acts that have no words of their own; what stands in the exhibit says more."""

_FIRST_WORDS = 80


@dataclass(frozen=True, slots=True)
class DossierContext:
    """The dossier that is being written.

    Attributes:
        content: What it says.
        options: The person's choices.
        figures: What was counted.
        lines: On which line of the chronology each act is.
        wording: The dossier's texts in its language.
        sheet: Where it is written.
        pictures: Makes pictures fit for print.
    """

    content: DossierContent
    options: DossierOptions
    figures: Figures
    lines: LineIndex
    wording: Wording
    sheet: PageWriter
    pictures: PrintImages

    def exhibit_label(self, number: int) -> str:
        """As ``Exhibit 12``."""
        return self.wording("exhibit.label", number=number)

    def exhibit_key(self, number: int) -> str:
        """The anchor to which mentions of an exhibit lead."""
        for part, prefix in _SHOWN_IN:
            if self.options.has(part):
                return f"{prefix}-{number}"
        return "cover"

    def size(self, item: Item) -> str:
        """The size of an original; empty if it is withheld, as its SHA-256 value then is too."""
        return self.wording.size(item.size) if item.sha256 else ""

    def digest(self, item: Item) -> str:
        """The SHA-256 value of an original, or that it is withheld."""
        return item.sha256 or self.wording("marks.digest_withheld")

    def name_of(self, item: Item) -> str:
        """What the person calls an item, on one line."""
        return texts.name(item.title or item.filename)

    def headline(self, event: Event) -> str:
        """What happened and how long, on one line; for what has no words, its beginning."""
        wording = self.wording
        title = self.wordless_title(event) if event.type in WORDLESS else ""
        return wording.joined(wording.act(event), wording.length(event), title)

    def wordless_title(self, event: Event) -> str:
        """The first words of the exhibit of an act that has none itself, else its name."""
        item = self.content.exhibit(self.content.exhibit_of(event)).item
        return self.first_words(item) or self.name_of(item)

    def first_words(self, item: Item) -> str:
        """What can be read first in an item, in quotation marks; empty if nothing was read."""
        for block in self.content.access.texts(item.id):
            line = texts.one_line(block.text[: 4 * _FIRST_WORDS])
            if line:
                more = "…" if len(line) > _FIRST_WORDS else ""
                return self.wording("format.quote", text=line[:_FIRST_WORDS] + more)
        return ""

    def role(self, event: Event) -> str:
        """What the other side of an event is to the case; empty if nobody said so."""
        role = self.content.role_of(event)
        return "" if role is Role.UNKNOWN else self.wording(f"role.{role}")


_SHOWN_IN = (
    (Part.EXHIBITS, "exhibit"),
    (Part.ORIGINALS, "original"),
    (Part.LIST, "listed"),
)
"""The parts in which exhibits have an anchor, the best first."""


def repeats_as(content: DossierContent) -> Callable[[Event], Hashable]:
    """What acts have in common that share a line of the chronology."""

    def kind(event: Event) -> Hashable:
        if event.type in WORDLESS or event.id in content.linked:
            return None
        named = event.party_id if event.party else None
        marks = content.event_violations.get(event.id, ())
        role = content.role_of(event)
        return event.type, event.direction, role, named, marks, event.text.strip()

    return kind


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
