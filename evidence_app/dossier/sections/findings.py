"""What the person confirmed, by violation type."""

from __future__ import annotations

from evidence_app.dossier.book import Book
from evidence_app.dossier.content import FindingGroup, Shown
from evidence_app.dossier.styles import BODY, SMALL, SOFT
from evidence_app.dossier.tables import Column, Table

MOST_WORDS = 1500
"""Characters of a message that are repeated here; all of it stands with its exhibit."""


def write(book: Book) -> None:
    """Write the chapter."""
    words, sheet = book.words, book.sheet
    if not book.content.findings:
        sheet.paragraph(words("findings.none"), BODY)
        return
    sheet.paragraph(words("findings.intro"), BODY, after=14)
    for number, group in enumerate(book.content.findings, 1):
        _write_group(book, number, group)


def title(number: int, group: FindingGroup) -> str:
    """As in the contents and above the group."""
    return f"{number}. {group.name}"


def _write_group(book: Book, number: int, group: FindingGroup) -> None:
    words, sheet = book.words, book.sheet
    sheet.room(110)
    sheet.anchor(f"finding-{group.code}", title(number, group), level=1)
    sheet.subheading(title(number, group))
    sheet.paragraph(group.explanation, BODY.coloured(SOFT), after=2)
    count = words.counted("findings.shown", len(group.shown_by))
    sheet.paragraph(count, SMALL.coloured(SOFT), after=5)
    columns = (
        Column(words("table.time"), 2.5),
        Column(words("table.how"), 3.6),
        Column(words("table.what"), 6.2),
        Column(words("table.exhibit"), 1.6),
    )
    table = Table(sheet, columns)
    for shown in group.shown_by:
        sheet.meter.advance()
        table.row(_cells(book, shown), book.exhibit_key(shown.exhibit))
    sheet.space(20)


def _cells(book: Book, shown: Shown) -> tuple[str, ...]:
    words = book.words
    item = book.content.exhibits[shown.exhibit - 1].item
    reading = shown.event.time if shown.event else item.time
    if reading is None and shown.event is None and item.event_count > 1:
        stamp, how = words("findings.see_entries"), ""
    else:
        stamp, how = words.stamp(reading), words.established(reading)
    return (
        stamp,
        how,
        _what(book, shown),
        book.exhibit_label(shown.exhibit),
    )


def _what(book: Book, shown: Shown) -> str:
    words = book.words
    if shown.event is None:
        item = book.content.exhibits[shown.exhibit - 1].item
        lines = [words("findings.whole_item", title=item.title or item.filename)]
    else:
        event = shown.event
        lines = [book.headline(event)]
        if event.text.strip():
            lines.append(quoted(words("format.quote", text=event.text.strip()), book))
    if shown.note.strip():
        lines.append(words("findings.note", note=shown.note.strip()))
    return "\n".join(lines)


def quoted(text: str, book: Book) -> str:
    """The text, or its beginning and a hint that it goes on in its exhibit."""
    if len(text) <= MOST_WORDS:
        return text
    return text[:MOST_WORDS] + "… " + book.words("findings.goes_on")
