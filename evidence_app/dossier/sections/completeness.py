"""What is in the document and what is not, so that nobody has to guess."""

from __future__ import annotations

from evidence_app.dossier.content import Omission
from evidence_app.dossier.context import DossierContext
from evidence_app.dossier.key_figures import CONTACTS
from evidence_app.dossier.options import PARTS, Profile
from evidence_app.dossier.styles import BODY, STRONG
from evidence_app.dossier.tables import Column, Table
from evidence_app.model.evidence import ItemStatus

_MOST_NUMBERS = 60


def write(book: DossierContext) -> None:
    """Write the chapter."""
    wording, sheet = book.wording, book.sheet
    count = len(book.content.exhibits)
    left_out = sum(n for why, n in book.content.omitted.items() if why is not Omission.AGAIN)
    shown_count, total = wording.number(count), wording.number(count + left_out)
    sheet.paragraph(wording("completeness.items", shown=shown_count, total=total), STRONG, after=6)
    for why, number in book.content.omitted.items():
        sheet.paragraph(wording.counted(f"omission.{why}", number), BODY, after=3)
    _write_gaps(book)
    _write_parts(book)
    sheet.space(8)
    _write_limits(book)
    _write_types(book)


def _write_gaps(book: DossierContext) -> None:
    """Numbers below the highest that no exhibit of this document has."""
    wording, sheet = book.wording, book.sheet
    numbers = {exhibit.number for exhibit in book.content.exhibits}
    gaps = sorted(set(range(1, max(numbers, default=0))) - numbers)
    if not gaps:
        return
    listed = wording("format.list").join(map(str, gaps[:_MOST_NUMBERS]))
    if len(gaps) > _MOST_NUMBERS:
        listed += "…"
    gaps_text = wording("completeness.gaps", count=wording.number(len(gaps)), numbers=listed)
    sheet.paragraph(gaps_text, BODY, after=3)


def _write_parts(book: DossierContext) -> None:
    """Chapters that were left out by choice."""
    wording = book.wording
    missing = [part for part in PARTS[Profile.FULL] if not book.options.has(part)]
    if missing:
        titles = wording("format.list").join(wording(f"{part}.title") for part in missing)
        book.sheet.paragraph(wording("completeness.parts", parts=titles), BODY, after=3)


def _write_limits(book: DossierContext) -> None:
    """What a source cannot contain, and what could not be read."""
    wording, sheet = book.wording, book.sheet
    rows: list[tuple[str, str, str]] = []
    for exhibit in book.content.exhibits:
        remarks = [wording(f"limit.{limit.code}", **limit.arguments) for limit in exhibit.limits]
        if exhibit.item.id in book.content.damaged:
            remarks.append(wording("originals.damaged"))
        elif exhibit.item.status is not ItemStatus.READ:
            remarks.append(wording(f"status.{exhibit.item.status}"))
        if remarks:
            label, key = book.exhibit_label(exhibit.number), book.exhibit_key(exhibit.number)
            rows.append(("\n".join(remarks), label, key))
    if not rows:
        return
    sheet.subheading(wording("completeness.limits"))
    columns = (Column(wording("completeness.limit"), 8), Column(wording("table.exhibit"), 1.6))
    table = Table(sheet, columns)
    for remark, label, key in rows:
        sheet.meter.check()
        table.row((remark, label), key)
    sheet.space(14)


def _write_types(book: DossierContext) -> None:
    """How many entries of each kind there are."""
    wording, sheet, figures = book.wording, book.sheet, book.figures
    if not figures.by_type:
        return
    sheet.subheading(wording("completeness.types"), keep_with=90)
    columns = (Column(wording("table.type"), 6), Column(wording("table.count"), 1.5, right=True))
    table = Table(sheet, columns)
    order = {kind: n for n, kind in enumerate(CONTACTS)}
    for kind, count in sorted(
        figures.by_type.items(), key=lambda type_and_count: order.get(type_and_count[0], 99)
    ):
        table.row((wording(f"event.{kind}"), wording.number(count)))
    if figures.undated:
        table.row((wording("chronology.undated"), wording.number(figures.undated)))
