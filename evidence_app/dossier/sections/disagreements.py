"""What in the case is not as it was put in, if the person wished a dossier of it all the same."""

from __future__ import annotations

from evidence_app.dossier.context import DossierContext
from evidence_app.dossier.styles import BODY, SMALL, SOFT, WARNING
from evidence_app.dossier.tables import Column, Table

KEY = "disagreements"
_MOST = 300


def write(book: DossierContext) -> None:
    """Write the page, which nobody can miss: right behind the cover."""
    wording, sheet = book.wording, book.sheet
    sheet.section(KEY, wording("disagreements.title"), WARNING)
    for paragraph in wording("disagreements.intro").split("\n"):
        sheet.paragraph(paragraph, BODY, after=6)
    sheet.space(8)
    disagreements = book.content.disagreements
    columns = (Column(wording("disagreements.what"), 7), Column(wording("table.exhibit"), 1.6))
    table = Table(sheet, columns)
    for disagreement in disagreements[:_MOST]:
        mismatch_text = wording.mismatch(disagreement.mismatch)
        if disagreement.exhibit is None:
            table.row((mismatch_text, ""))
        else:
            table.row(
                (mismatch_text, book.exhibit_label(disagreement.exhibit)),
                book.exhibit_key(disagreement.exhibit),
            )
    if len(disagreements) > _MOST:
        shown_count, count = wording.number(_MOST), wording.number(len(disagreements))
        sheet.space(6)
        sheet.paragraph(
            wording("disagreements.rest", shown=shown_count, count=count), SMALL.coloured(SOFT)
        )
