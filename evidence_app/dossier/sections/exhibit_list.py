"""The list of exhibits as courts ask for it: number, name, source, purpose, pages, copies."""

from __future__ import annotations

from collections.abc import Callable

from evidence_app.dossier import text as texts
from evidence_app.dossier.content import Exhibit
from evidence_app.dossier.context import DossierContext
from evidence_app.dossier.options import Part
from evidence_app.dossier.sections import exhibit_facts
from evidence_app.dossier.sections.declaration import sign_line
from evidence_app.dossier.styles import BODY
from evidence_app.dossier.tables import Column, Table
from evidence_app.model.evidence import ItemKind


def write(book: DossierContext) -> None:
    """Write the list, and the lines to sign on."""
    words, sheet = book.words, book.sheet
    sheet.paragraph(words("list.intro"), BODY, after=8)
    table = Table(
        sheet,
        (
            Column(words("list.number"), 1.5),
            Column(words("list.name"), 4.4),
            Column(words("list.source"), 3.4),
            Column(words("list.purpose"), 4.6),
            Column(words("list.pages"), 1.3, right=True),
            Column(words("list.copies"), 1.0, right=True),
        ),
    )
    purposes = _purposes(book)
    for exhibit in book.content.exhibits:
        sheet.meter.advance()
        item = exhibit.item
        kind = words(f"item.{item.kind}")
        cells = (
            book.exhibit_label(exhibit.number),
            words("list.named", name=book.name_of(item), kind=kind),
            _source(book, exhibit),
            purposes.get(exhibit.number) or words(f"purpose.{item.kind}"),
            _pages(book, exhibit),
            "1",
        )
        table.row(cells, book.exhibit_key(exhibit.number), anchor=f"listed-{exhibit.number}")
    sheet.room(90)
    for key in ("list.submitter", "list.date"):
        sign_line(book, words(key))


def _purposes(book: DossierContext) -> dict[int, str]:
    """What each exhibit is marked as showing, by its number."""
    words, names = book.words, dict[int, dict[str, None]]()
    for group in book.content.findings:
        for shown in group.shown_by:
            names.setdefault(shown.exhibit, {})[group.name] = None
    return {
        number: words("list.shows", names=words("format.list").join(purposes))
        for number, purposes in names.items()
    }


def _source(book: DossierContext, exhibit: Exhibit) -> str:
    words, device = book.words, exhibit.device
    if exhibit.item.kind is ItemKind.NOTE:
        return words("list.written")
    if device is None:
        return words("list.given")
    name = words("list.device", device=texts.name(device.name))
    return words.joined(name, words("exhibit.kept") if device.is_kept else "")


def _pages(book: DossierContext, exhibit: Exhibit) -> Callable[[], str]:
    """Says from which page to which an exhibit is shown, once all pages are written."""
    sheet, key, end = book.sheet, book.exhibit_key(exhibit.number), exhibit_facts.end_key(exhibit)

    def say() -> str:
        first = sheet.page_of[key]
        last = sheet.page_of.get(end, first)
        return str(first) if first == last else f"{first}–{last}"

    return say if book.options.has(Part.EXHIBITS) else lambda: "—"
