"""What in the case is not as it was put in, if the person wished a dossier of it all the same."""

from __future__ import annotations

from evidence_app.dossier.context import DossierContext
from evidence_app.dossier.styles import BODY, SMALL, SOFT, WARNING
from evidence_app.dossier.tables import Column, Table

KEY = "disagreements"
_MOST = 300


def write(book: DossierContext) -> None:
    """Write the page, which nobody can miss: right behind the cover."""
    words, sheet = book.words, book.sheet
    sheet.section(KEY, words("disagreements.title"), WARNING)
    for paragraph in words("disagreements.intro").split("\n"):
        sheet.paragraph(paragraph, BODY, after=6)
    sheet.space(8)
    found = book.content.disagreements
    columns = (Column(words("disagreements.what"), 7), Column(words("table.exhibit"), 1.6))
    table = Table(sheet, columns)
    for one in found[:_MOST]:
        said = words.mismatch(one.mismatch)
        if one.exhibit is None:
            table.row((said, ""))
        else:
            table.row((said, book.exhibit_label(one.exhibit)), book.exhibit_key(one.exhibit))
    if len(found) > _MOST:
        shown, count = words.number(_MOST), words.number(len(found))
        sheet.space(6)
        sheet.paragraph(words("disagreements.rest", shown=shown, count=count), SMALL.coloured(SOFT))
