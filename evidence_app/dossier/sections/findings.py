"""What the person confirmed, by violation type."""

from __future__ import annotations

from evidence_app.dossier import limits
from evidence_app.dossier import text as texts
from evidence_app.dossier.allowance import Allowance
from evidence_app.dossier.content import Basis, Breach, FindingGroup, Instance
from evidence_app.dossier.context import DossierContext
from evidence_app.dossier.sections import crops
from evidence_app.dossier.styles import BODY, SMALL, SOFT, STRONG, WARNING
from evidence_app.dossier.tables import Column, Table

MOST_WORDS = 1500
"""Characters of a message that are repeated here; all of it stands with its exhibit."""


def write(book: DossierContext) -> None:
    """Write the chapter."""
    wording, sheet = book.wording, book.sheet
    if not book.content.findings:
        sheet.paragraph(wording("findings.none"), BODY)
        return
    sheet.paragraph(wording("findings.intro"), BODY, after=14)
    rows = Allowance(limits.FINDINGS)
    for number, group in enumerate(book.content.findings, 1):
        _write_group(book, number, group, rows)


def title(number: int, group: FindingGroup) -> str:
    """As in the contents and above the group."""
    return f"{number}. {group.name}"


def _write_group(book: DossierContext, number: int, group: FindingGroup, rows: Allowance) -> None:
    wording, sheet = book.wording, book.sheet
    sheet.room(110)
    sheet.anchor(f"finding-{group.code}", title(number, group), level=1)
    sheet.subheading(title(number, group))
    sheet.paragraph(group.explanation, BODY.coloured(SOFT), after=2)
    count = wording.counted("findings.shown", len(group.instances))
    sheet.paragraph(count, SMALL.coloured(SOFT), after=5)
    columns = (
        Column(wording("table.time"), 2.6),
        Column(wording("table.how"), 1.9),
        Column(wording("table.what"), 7.8),
        Column(wording("table.exhibit"), 1.6),
    )
    table = Table(sheet, columns)
    printed = 0
    for instance in rows.of(group.instances):
        sheet.meter.advance()
        table.row(_cells(book, instance), book.exhibit_key(instance.exhibit))
        crops.write(book, table, instance)
        printed += 1
    if rows.is_cut:
        count = wording.number(len(group.instances))
        cut_note = wording("format.first_of", shown=wording.number(printed), count=count)
        sheet.paragraph(cut_note, STRONG.coloured(WARNING))
    for basis in group.bases:
        sheet.meter.advance()
        _write_basis(book, basis)
    sheet.space(20)


def _write_basis(book: DossierContext, basis: Basis) -> None:
    """The passage with its force, then each finding by it."""
    wording, sheet = book.wording, book.sheet
    sheet.room(100)
    sheet.space(10)
    if basis.provision:
        provision = wording("findings.provision", provision=basis.provision)
        sheet.paragraph(provision, STRONG, after=2)
    if basis.quotation:
        sheet.paragraph(wording("format.quote", text=basis.quotation), BODY, after=2)
    for line in (basis.force, basis.reservation, wording("findings.rule", rule=basis.rule)):
        if line:
            sheet.paragraph(line, SMALL.coloured(SOFT), after=2)
    for breach in basis.breaches:
        sheet.meter.advance()
        _write_breach(book, breach)


def _write_breach(book: DossierContext, breach: Breach) -> None:
    """The arithmetic, and every event that was counted."""
    wording, sheet = book.wording, book.sheet
    sheet.room(50)
    sheet.space(6)
    if breach.sentence:
        sheet.paragraph(breach.sentence, BODY, after=2)
    listed = [
        f"{wording.stamp(instance.event.time)} ({book.exhibit_label(instance.exhibit)})"
        for instance in breach.events[: limits.FINDINGS]
        if instance.event is not None
    ]
    count = wording.number(len(breach.events))
    basis_text = wording("findings.rests_on", count=count, events="; ".join(listed))
    sheet.paragraph(basis_text, SMALL.coloured(SOFT), after=2)
    if len(breach.events) > limits.FINDINGS:
        shown_count = wording.number(limits.FINDINGS)
        cut = wording("format.first_of", shown=shown_count, count=count)
        sheet.paragraph(cut, STRONG.coloured(WARNING))
    if breach.note.strip():
        note = wording.beginning(breach.note.strip(), limits.CHARACTERS)
        sheet.paragraph(wording("findings.note", note=note), BODY, after=4)


def _cells(book: DossierContext, instance: Instance) -> tuple[str, ...]:
    wording = book.wording
    item = book.content.exhibit(instance.exhibit).item
    reading = instance.event.time if instance.event else item.time
    if reading is None and instance.event is None and item.event_count > 1:
        stamp, how = wording("findings.see_entries"), ""
    else:
        stamp, how = wording.stamp(reading), wording.established_short(reading)
    return (
        stamp,
        how,
        _description(book, instance),
        book.exhibit_label(instance.exhibit),
    )


def _description(book: DossierContext, instance: Instance) -> str:
    wording = book.wording
    if instance.event is None:
        item = book.content.exhibit(instance.exhibit).item
        title = texts.name(item.title or item.filename)
        lines = [wording("findings.whole_item", title=title)]
    else:
        event = instance.event
        lines = [book.wording.joined(book.headline(event), book.wording.other_side(event))]
        if event.text.strip():
            lines.append(quoted(wording("format.quote", text=event.text.strip()), book))
    if instance.note.strip():
        note = wording.beginning(instance.note.strip(), limits.CHARACTERS)
        lines.append(wording("findings.note", note=note))
    return "\n".join(lines)


def quoted(text: str, book: DossierContext) -> str:
    """The text, or its beginning and a hint that it goes on in its exhibit."""
    if len(text) <= MOST_WORDS:
        return text
    return text[:MOST_WORDS] + "… " + book.wording("findings.goes_on")
