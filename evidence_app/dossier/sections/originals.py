"""The list of originals with their SHA-256 values."""

from __future__ import annotations

from evidence_app.dossier import text as texts
from evidence_app.dossier.content import Embedded, Exhibit
from evidence_app.dossier.context import DossierContext
from evidence_app.dossier.styles import ACCENT, BODY, CELL, FINE, HASH, STRONG, WARNING


def write(book: DossierContext) -> None:
    """Write the list of originals with their hashes."""
    wording, sheet = book.wording, book.sheet
    sheet.paragraph(wording("originals.intro"), BODY, after=12)
    if book.content.embedded is not None:
        sheet.paragraph(wording("originals.embedded_intro"), BODY, after=12)
    elif book.options.embed_originals:
        sheet.paragraph(wording("originals.preview"), BODY, after=12)
    for exhibit in book.content.exhibits:
        sheet.meter.advance()
        _write_original(book, exhibit)


def _write_original(book: DossierContext, exhibit: Exhibit) -> None:
    sheet, item = book.sheet, exhibit.item
    geometry = sheet.geometry
    size = book.size(item)
    label = book.exhibit_label(exhibit.number)
    sheet.room(CELL.leading + HASH.leading + 8)
    sheet.space(3)
    sheet.anchor(f"original-{exhibit.number}")
    y = sheet.y - 9
    with sheet.structure.within("P"), sheet.structure.within("Link"):
        end = sheet.put(geometry.left, y, label, CELL.coloured(ACCENT))
        sheet.link(book.exhibit_key(exhibit.number), geometry.left, y - 3, end - geometry.left, 12)
    start = sheet.put_right(geometry.right, y, size, FINE)
    name = texts.shorten(texts.one_line(item.filename), CELL.size, start - end - 24)
    sheet.put(end + 12, y, name, CELL)
    sheet.space(CELL.leading + 1)
    end = sheet.put(geometry.left, sheet.y - 9, book.digest(item), HASH)
    if item.id in book.content.damaged:
        warning = STRONG.coloured(WARNING)
        sheet.put(end + 10, sheet.y - 9, book.wording("originals.damaged"), warning)
    sheet.space(HASH.leading + 4)
    if book.content.embedded is not None:
        _write_embedded(book, book.content.embedded.get(exhibit.number))
    sheet.rule(sheet.y)


def _write_embedded(book: DossierContext, embedded: Embedded | None) -> None:
    """Under which name a file lies within this document, or that none does."""
    wording, sheet = book.wording, book.sheet
    if embedded is None:
        sheet.paragraph(wording("originals.not_embedded"), FINE, after=4)
        return
    file = embedded.file
    key = "originals.embedded" if file.is_source else "originals.copy_embedded"
    sheet.paragraph(wording(key, name=texts.one_line(file.name), digest=file.sha256), FINE, after=4)
