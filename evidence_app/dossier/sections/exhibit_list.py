"""The list of exhibits as courts ask for it: number, name, source, purpose, pages, copies."""

from __future__ import annotations

from collections.abc import Callable

from evidence_app.dossier import text as texts
from evidence_app.dossier.content import Exhibit
from evidence_app.dossier.context import DossierContext
from evidence_app.dossier.options import Part
from evidence_app.dossier.sections import exhibit_facts
from evidence_app.dossier.sections.declaration import SIGN_LINE, sign_line
from evidence_app.dossier.styles import BODY
from evidence_app.dossier.tables import ROW, Column, Table, before_last
from evidence_app.model.evidence import ItemKind

_SIGNED = ("list.submitter", "list.date")
_SIGN_HEIGHT = len(_SIGNED) * SIGN_LINE


def write(book: DossierContext) -> None:
    """Write the list, and the lines to sign on."""
    wording, sheet = book.wording, book.sheet
    sheet.paragraph(wording("list.intro"), BODY, after=8)
    table = Table(
        sheet,
        (
            Column(wording("list.number"), 1.8),
            Column(wording("list.name"), 4.5),
            Column(wording("list.source"), 3.6),
            Column(wording("list.purpose"), 4.4),
            Column(wording("list.pages"), 1.3, right=True),
            Column(wording("list.copies"), 1.0, right=True),
        ),
    )
    purposes = _purposes(book)
    for exhibit, is_next_to_last in before_last(book.content.exhibits):
        sheet.meter.advance()
        item = exhibit.item
        kind = wording(f"item.{item.kind}")
        cells = (
            book.exhibit_label(exhibit.number),
            wording("list.named", name=book.name_of(item), kind=kind),
            _source(book, exhibit),
            purposes.get(exhibit.number) or wording(f"purpose.{item.kind}"),
            _pages(book, exhibit),
            "1",
        )
        key = book.exhibit_key(exhibit.number)
        below = 2 * ROW + _SIGN_HEIGHT if is_next_to_last else 0.0
        table.row(cells, key, anchor=f"listed-{exhibit.number}", below=below)
    sheet.room(_SIGN_HEIGHT)
    for key in _SIGNED:
        sign_line(book, wording(key))


def _purposes(book: DossierContext) -> dict[int, str]:
    """What each exhibit is marked as showing, by its number."""
    wording, names = book.wording, dict[int, dict[str, None]]()
    for group in book.content.findings:
        for instance in group.instances:
            names.setdefault(instance.exhibit, {})[group.name] = None
    return {
        number: wording("list.shows", names=wording("format.list").join(purposes))
        for number, purposes in names.items()
    }


def _source(book: DossierContext, exhibit: Exhibit) -> str:
    wording, device = book.wording, exhibit.device
    if exhibit.item.kind is ItemKind.NOTE:
        return wording("list.written")
    if device is None:
        return wording("list.given")
    name = wording("list.device", device=texts.name(device.name))
    return wording.joined(name, wording("exhibit.kept") if device.is_kept else "")


def _pages(book: DossierContext, exhibit: Exhibit) -> Callable[[], str]:
    """Says from which page to which an exhibit is shown, once all pages are written."""
    sheet, key, end = book.sheet, book.exhibit_key(exhibit.number), exhibit_facts.end_key(exhibit)

    def say() -> str:
        first = sheet.page_of[key]
        last = sheet.page_of.get(end, first)
        return str(first) if first == last else f"{first}–{last}"

    return say if book.options.has(Part.EXHIBITS) else lambda: "—"
