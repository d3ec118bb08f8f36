"""What the person confirmed, by violation type."""

from __future__ import annotations

from evidence_app.dossier import limits
from evidence_app.dossier import text as texts
from evidence_app.dossier.allowance import Allowance
from evidence_app.dossier.content import Basis, Breach, FindingGroup, Shown
from evidence_app.dossier.context import DossierContext
from evidence_app.dossier.sections import crops
from evidence_app.dossier.styles import BODY, SMALL, SOFT, STRONG, WARNING
from evidence_app.dossier.tables import Column, Table

MOST_WORDS = 1500
"""Characters of a message that are repeated here; all of it stands with its exhibit."""


def write(book: DossierContext) -> None:
    """Write the chapter."""
    words, sheet = book.words, book.sheet
    if not book.content.findings:
        sheet.paragraph(words("findings.none"), BODY)
        return
    sheet.paragraph(words("findings.intro"), BODY, after=14)
    rows = Allowance(limits.FINDINGS)
    for number, group in enumerate(book.content.findings, 1):
        _write_group(book, number, group, rows)


def title(number: int, group: FindingGroup) -> str:
    """As in the contents and above the group."""
    return f"{number}. {group.name}"


def _write_group(book: DossierContext, number: int, group: FindingGroup, rows: Allowance) -> None:
    words, sheet = book.words, book.sheet
    sheet.room(110)
    sheet.anchor(f"finding-{group.code}", title(number, group), level=1)
    sheet.subheading(title(number, group))
    sheet.paragraph(group.explanation, BODY.coloured(SOFT), after=2)
    count = words.counted("findings.shown", len(group.shown_by))
    sheet.paragraph(count, SMALL.coloured(SOFT), after=5)
    columns = (
        Column(words("table.time"), 2.6),
        Column(words("table.how"), 1.9),
        Column(words("table.what"), 7.8),
        Column(words("table.exhibit"), 1.6),
    )
    table = Table(sheet, columns)
    printed = 0
    for shown in rows.of(group.shown_by):
        sheet.meter.advance()
        table.row(_cells(book, shown), book.exhibit_key(shown.exhibit))
        crops.write(book, table, shown)
        printed += 1
    if rows.is_cut:
        count = words.number(len(group.shown_by))
        cut_note = words("format.first_of", shown=words.number(printed), count=count)
        sheet.paragraph(cut_note, STRONG.coloured(WARNING))
    for basis in group.bases:
        sheet.meter.advance()
        _write_basis(book, basis)
    sheet.space(20)


def _write_basis(book: DossierContext, basis: Basis) -> None:
    """The passage with its force, then each finding by it."""
    words, sheet = book.words, book.sheet
    sheet.room(100)
    sheet.space(10)
    if basis.provision:
        provision = words("findings.provision", provision=basis.provision)
        sheet.paragraph(provision, STRONG, after=2)
    if basis.quotation:
        sheet.paragraph(words("format.quote", text=basis.quotation), BODY, after=2)
    for line in (basis.force, basis.reservation, words("findings.rule", rule=basis.rule)):
        if line:
            sheet.paragraph(line, SMALL.coloured(SOFT), after=2)
    for breach in basis.breaches:
        sheet.meter.advance()
        _write_breach(book, breach)


def _write_breach(book: DossierContext, breach: Breach) -> None:
    """The arithmetic, and every event that was counted."""
    words, sheet = book.words, book.sheet
    sheet.room(50)
    sheet.space(6)
    if breach.sentence:
        sheet.paragraph(breach.sentence, BODY, after=2)
    listed = [
        f"{words.stamp(shown.event.time)} ({book.exhibit_label(shown.exhibit)})"
        for shown in breach.events[: limits.FINDINGS]
        if shown.event is not None
    ]
    count = words.number(len(breach.events))
    basis_text = words("findings.rests_on", count=count, events="; ".join(listed))
    sheet.paragraph(basis_text, SMALL.coloured(SOFT), after=2)
    if len(breach.events) > limits.FINDINGS:
        shown_count = words.number(limits.FINDINGS)
        cut = words("format.first_of", shown=shown_count, count=count)
        sheet.paragraph(cut, STRONG.coloured(WARNING))
    if breach.note.strip():
        note = words.beginning(breach.note.strip(), limits.CHARACTERS)
        sheet.paragraph(words("findings.note", note=note), BODY, after=4)


def _cells(book: DossierContext, shown: Shown) -> tuple[str, ...]:
    words = book.words
    item = book.content.exhibit(shown.exhibit).item
    reading = shown.event.time if shown.event else item.time
    if reading is None and shown.event is None and item.event_count > 1:
        stamp, how = words("findings.see_entries"), ""
    else:
        stamp, how = words.stamp(reading), words.established_short(reading)
    return (
        stamp,
        how,
        _what(book, shown),
        book.exhibit_label(shown.exhibit),
    )


def _what(book: DossierContext, shown: Shown) -> str:
    words = book.words
    if shown.event is None:
        item = book.content.exhibit(shown.exhibit).item
        title = texts.name(item.title or item.filename)
        lines = [words("findings.whole_item", title=title)]
    else:
        event = shown.event
        lines = [book.words.joined(book.headline(event), book.words.other_side(event))]
        if event.text.strip():
            lines.append(quoted(words("format.quote", text=event.text.strip()), book))
    if shown.note.strip():
        note = words.beginning(shown.note.strip(), limits.CHARACTERS)
        lines.append(words("findings.note", note=note))
    return "\n".join(lines)


def quoted(text: str, book: DossierContext) -> str:
    """The text, or its beginning and a hint that it goes on in its exhibit."""
    if len(text) <= MOST_WORDS:
        return text
    return text[:MOST_WORDS] + "… " + book.words("findings.goes_on")
