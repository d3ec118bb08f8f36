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
    words, sheet = book.words, book.sheet
    count = len(book.content.exhibits)
    left_out = sum(n for why, n in book.content.omitted.items() if why is not Omission.AGAIN)
    shown_count, total = words.number(count), words.number(count + left_out)
    sheet.paragraph(words("completeness.items", shown=shown_count, total=total), STRONG, after=6)
    for why, number in book.content.omitted.items():
        sheet.paragraph(words.counted(f"omission.{why}", number), BODY, after=3)
    _write_gaps(book)
    _write_parts(book)
    sheet.space(8)
    _write_limits(book)
    _write_types(book)


def _write_gaps(book: DossierContext) -> None:
    """Numbers below the highest that no exhibit of this document has."""
    words, sheet = book.words, book.sheet
    numbers = {exhibit.number for exhibit in book.content.exhibits}
    gaps = sorted(set(range(1, max(numbers, default=0))) - numbers)
    if not gaps:
        return
    listed = words("format.list").join(map(str, gaps[:_MOST_NUMBERS]))
    if len(gaps) > _MOST_NUMBERS:
        listed += "…"
    gaps_text = words("completeness.gaps", count=words.number(len(gaps)), numbers=listed)
    sheet.paragraph(gaps_text, BODY, after=3)


def _write_parts(book: DossierContext) -> None:
    """Chapters that were left out by choice."""
    words = book.words
    missing = [part for part in PARTS[Profile.FULL] if not book.options.has(part)]
    if missing:
        titles = words("format.list").join(words(f"{part}.title") for part in missing)
        book.sheet.paragraph(words("completeness.parts", parts=titles), BODY, after=3)


def _write_limits(book: DossierContext) -> None:
    """What a source cannot contain, and what could not be read."""
    words, sheet = book.words, book.sheet
    rows: list[tuple[str, str, str]] = []
    for exhibit in book.content.exhibits:
        remarks = [words(f"limit.{limit.code}", **limit.arguments) for limit in exhibit.limits]
        if exhibit.item.id in book.content.damaged:
            remarks.append(words("originals.damaged"))
        elif exhibit.item.status is not ItemStatus.READ:
            remarks.append(words(f"status.{exhibit.item.status}"))
        if remarks:
            label, key = book.exhibit_label(exhibit.number), book.exhibit_key(exhibit.number)
            rows.append(("\n".join(remarks), label, key))
    if not rows:
        return
    sheet.subheading(words("completeness.limits"))
    columns = (Column(words("completeness.limit"), 8), Column(words("table.exhibit"), 1.6))
    table = Table(sheet, columns)
    for said_of, label, key in rows:
        sheet.meter.check()
        table.row((said_of, label), key)
    sheet.space(14)


def _write_types(book: DossierContext) -> None:
    """How many entries of each kind there are."""
    words, sheet, figures = book.words, book.sheet, book.figures
    if not figures.by_type:
        return
    sheet.subheading(words("completeness.types"), keep_with=90)
    columns = (Column(words("table.type"), 6), Column(words("table.count"), 1.5, right=True))
    table = Table(sheet, columns)
    order = {kind: n for n, kind in enumerate(CONTACTS)}
    for kind, count in sorted(
        figures.by_type.items(), key=lambda type_and_count: order.get(type_and_count[0], 99)
    ):
        table.row((words(f"event.{kind}"), words.number(count)))
    if figures.undated:
        table.row((words("chronology.undated"), words.number(figures.undated)))
