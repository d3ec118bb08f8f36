"""What the person confirmed, by violation type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from evidence_app.dossier import key_figures, limits
from evidence_app.dossier import text as texts
from evidence_app.dossier.allowance import Allowance
from evidence_app.dossier.content import Basis, Breach, FindingGroup, Instance
from evidence_app.dossier.context import DossierContext
from evidence_app.dossier.options import Part
from evidence_app.dossier.sections import crops
from evidence_app.dossier.styles import BODY, SMALL, SOFT, STRONG, WARNING
from evidence_app.dossier.tables import LEAST, Cell, Column, Table

MOST_WORDS = 1500
"""Characters of a message that are repeated here; all of it stands with its exhibit."""

_FEWEST_IN_RUN = 2


def write(book: DossierContext) -> None:
    """Write the chapter."""
    wording, sheet = book.wording, book.sheet
    if not book.content.findings:
        sheet.paragraph(wording("findings.none"), BODY)
        return
    sheet.paragraph(wording("findings.intro"), BODY, after=8)
    _write_overview(book)
    sheet.space(14)
    rows = Allowance(limits.FINDINGS)
    for number, group in enumerate(book.content.findings, 1):
        _write_group(book, number, group, rows)


def title(number: int, group: FindingGroup) -> str:
    """As in the contents and above the group."""
    return f"{number}. {group.name}"


def _write_overview(book: DossierContext) -> None:
    """Each kind with its acts, their days, the exhibits that show it and what is not known."""
    wording = book.wording
    columns = (
        Column(wording("findings.title_one"), 4.2),
        Column(wording("findings.acts"), 1.2, right=True),
        Column(wording("findings.days"), 2.2),
        Column(wording("findings.exhibits"), 2.6),
        Column(wording("findings.not_known"), 4.6),
        Column(wording("findings.page"), 1.0, right=True),
    )
    table = Table(book.sheet, columns)
    for number, group in enumerate(book.content.findings, 1):
        key = f"finding-{group.code}"
        cells: tuple[Cell, ...] = (
            title(number, group),
            wording.number(len(group.instances)),
            "\n".join(_days(book, group)),
            stretches({instance.exhibit for instance in group.instances}),
            "\n".join(group.not_known) or "—",
            partial(_page_of, book, key),
        )
        table.row(cells, key)


def _page_of(book: DossierContext, key: str) -> str:
    return str(book.sheet.page_of[key])


def _days(book: DossierContext, group: FindingGroup) -> Iterator[str]:
    """The first and the last day on which something of a kind happened, as far as known."""
    readings = (
        instance.event.time
        if instance.event is not None
        else book.content.exhibit(instance.exhibit).item.time
        for instance in group.instances
    )
    times = (key_figures.when(reading, book.wording.zone) for reading in readings)
    days = {at.date() for at in times if at is not None}
    if days:
        yield from dict.fromkeys((f"{min(days)}", f"{max(days)}"))


def stretches(numbers: Iterable[int]) -> str:
    """Numbers in order, as ``3, 5, 9–12``."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(
        f"{run[0]}–{run[-1]}" if len(run) > _FEWEST_IN_RUN else ", ".join(map(str, run))
        for run in runs
    )


def _write_group(book: DossierContext, number: int, group: FindingGroup, rows: Allowance) -> None:
    wording, sheet = book.wording, book.sheet
    sheet.room(LEAST + 70)
    sheet.anchor(f"finding-{group.code}", title(number, group), level=1)
    sheet.subheading(title(number, group))
    sheet.paragraph(group.explanation, BODY.coloured(SOFT), after=2)
    for basis in group.bases:
        sheet.meter.advance()
        _write_basis(book, basis)
    if group.bases:
        sheet.space(10)
    sheet.room(SMALL.leading + 5 + LEAST)
    count = wording.counted("findings.shown", len(group.instances))
    sheet.paragraph(count, SMALL.coloured(SOFT), after=5)
    columns = (
        Column(wording("table.time"), 2.6),
        Column(wording("table.how"), 2.3),
        Column(wording("table.what"), 7.4),
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
    sheet.space(20)


def _write_basis(book: DossierContext, basis: Basis) -> None:
    """The passage with its force, then each finding by it."""
    wording, sheet = book.wording, book.sheet
    sheet.room(LEAST + 90)
    sheet.space(10)
    if basis.provision:
        provision = wording("findings.provision", provision=basis.provision)
        sheet.paragraph(provision, STRONG, after=2)
    if basis.quotation:
        sheet.paragraph(wording("format.quote", text=basis.quotation), BODY, after=2)
    rule = wording("findings.rule", rule=basis.rule)
    for line in (basis.force, basis.reservation, basis.condition, rule):
        if line:
            sheet.paragraph(line, SMALL.coloured(SOFT), after=2)
    sheet.space(3)
    has_lines = book.options.has(Part.CHRONOLOGY)
    columns = (
        Column(wording("findings.counted"), 8.2),
        Column(wording("findings.entries"), 1.3, right=True),
        Column(wording("findings.lines" if has_lines else "table.time"), 3.4),
        Column(wording("findings.exhibits"), 1.6),
    )
    table = Table(sheet, columns)
    for breach in basis.breaches:
        sheet.meter.advance()
        exhibits = dict.fromkeys(instance.exhibit for instance in breach.events)
        table.row(
            (
                _said(book, breach),
                wording.number(len(breach.events)),
                _places(book, breach, has_lines=has_lines),
                stretches(exhibits),
            ),
            book.exhibit_key(next(iter(exhibits))) if exhibits else "",
        )


def _said(book: DossierContext, breach: Breach) -> str:
    """The arithmetic, and the person's words on it."""
    wording, lines = book.wording, [breach.sentence]
    if breach.note.strip():
        note = wording.beginning(breach.note.strip(), limits.CHARACTERS)
        lines.append(wording("findings.note", note=note))
    return "\n".join(filter(None, lines))


def _places(book: DossierContext, breach: Breach, *, has_lines: bool) -> str:
    """Where all events that were counted are: lines of the timeline, else their times."""
    wording = book.wording
    events = [instance.event for instance in breach.events if instance.event is not None]
    if has_lines:
        numbers = {book.lines.printed(event.id) for event in events} - {None}
        return stretches(number for number in numbers if number is not None)
    listed = "\n".join(wording.stamp(event.time) for event in events[: limits.FINDINGS])
    if len(events) <= limits.FINDINGS:
        return listed
    shown_count, count = wording.number(limits.FINDINGS), wording.number(len(events))
    return f"{listed}\n{wording('format.first_of', shown=shown_count, count=count)}"


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
        lines = [wording("findings.whole_item", title=title), book.first_words(item)]
    else:
        event = instance.event
        lines = [book.wording.joined(book.headline(event), book.wording.other_side(event))]
        if event.text.strip():
            lines.append(quoted(wording("format.quote", text=event.text.strip()), book))
    if instance.note.strip():
        note = wording.beginning(instance.note.strip(), limits.CHARACTERS)
        lines.append(wording("findings.note", note=note))
    return "\n".join(filter(None, lines))


def quoted(text: str, book: DossierContext) -> str:
    """The text, or its beginning and a hint that it goes on in its exhibit."""
    if len(text) <= MOST_WORDS:
        return text
    return text[:MOST_WORDS] + "… " + book.wording("findings.goes_on")
