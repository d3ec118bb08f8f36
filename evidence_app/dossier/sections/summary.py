"""The summary: key figures, the chart, who made contact, and what was found."""

from __future__ import annotations

from evidence_app.dossier import charts
from evidence_app.dossier import text as texts
from evidence_app.dossier.context import DossierContext
from evidence_app.dossier.key_figures import CONTACTS
from evidence_app.dossier.styles import ACCENT, BODY, FIGURE, SMALL, SOFT, TINT
from evidence_app.dossier.tables import Column, Table

_TILES_A_ROW = 3
_TILE_HEIGHT = 62.0
_TILE_GAP = 10.0
_MOST_SENDERS = 12


def write(book: DossierContext) -> None:
    """Write the chapter."""
    words, sheet = book.words, book.sheet
    sheet.paragraph(_overview(book), BODY, after=12)
    if book.figures.contacts:
        _write_tiles(book)
    if book.figures.by_day:
        charts.draw(sheet, book.figures.by_day)
    if book.content.findings:
        _write_findings(book)
    if book.figures.contacts:
        _write_senders(book)
    _write_types(book)
    if book.figures.undated:
        sheet.paragraph(words.counted("summary.undated", book.figures.undated), SMALL)


def _overview(book: DossierContext) -> str:
    words, figures = book.words, book.figures
    if not book.content.exhibits:
        return words("summary.empty")
    return words(
        "summary.overview",
        exhibits=words.counted("summary.exhibits", len(book.content.exhibits)),
        entries=words.counted("summary.entries", figures.entries),
        period=words.period(figures.first_day, figures.last_day),
    )


def _write_tiles(book: DossierContext) -> None:
    words, figures, sheet = book.words, book.figures, book.sheet
    busiest = figures.busiest_day()
    tiles = [
        (figures.contacts, words("summary.contacts")),
        (figures.calls, words("summary.calls")),
        (figures.messages, words("summary.messages")),
        (figures.at_night, words("summary.at_night")),
        (len(figures.numbers), words("summary.numbers")),
        (len(figures.by_day), words("summary.days")),
    ]
    sheet.room(2 * (_TILE_HEIGHT + _TILE_GAP))
    width = (sheet.geometry.measure - (_TILES_A_ROW - 1) * _TILE_GAP) / _TILES_A_ROW
    for n, (value, label) in enumerate(tiles):
        x = sheet.geometry.left + n % _TILES_A_ROW * (width + _TILE_GAP)
        _write_tile(book, x, width, words.number(value), label)
        if n % _TILES_A_ROW == _TILES_A_ROW - 1:
            sheet.space(_TILE_HEIGHT + _TILE_GAP)
    if busiest:
        day, count = busiest
        line = words("summary.busiest", date=words.day(day), count=words.number(count))
        sheet.paragraph(line, BODY)
    sheet.paragraph(words("summary.counted_how"), SMALL.coloured(SOFT), after=12)


def _write_tile(book: DossierContext, x: float, width: float, value: str, label: str) -> None:
    sheet = book.sheet
    sheet.fill(x, sheet.y - _TILE_HEIGHT, width, _TILE_HEIGHT, TINT)
    sheet.fill(x, sheet.y - _TILE_HEIGHT, 2, _TILE_HEIGHT, ACCENT)
    sheet.put(x + 12, sheet.y - 29, value, FIGURE)
    for n, line in enumerate(texts.wrap(label, SMALL.size, width - 20)[:2]):
        sheet.put(x + 12, sheet.y - 43 - n * 10, line, SMALL.coloured(SOFT))


def _write_findings(book: DossierContext) -> None:
    words, sheet = book.words, book.sheet
    sheet.space(6)
    sheet.subheading(words("summary.findings"))
    columns = (
        Column(words("summary.violation"), 6),
        Column(words("summary.times"), 1.3, right=True),
        Column(words("summary.page"), 1.5),
    )
    table = Table(sheet, columns)
    for group in book.content.findings:
        see = words("summary.see")
        table.row((group.name, words.number(len(group.shown_by)), see), f"finding-{group.code}")
    sheet.space(16)


def _write_senders(book: DossierContext) -> None:
    words, sheet = book.words, book.sheet
    sheet.subheading(words("summary.senders"))
    columns = (Column(words("table.other_side"), 6), Column(words("table.count"), 1.5, right=True))
    table = Table(sheet, columns)
    ranked = book.figures.by_sender.most_common()
    for name, count in ranked[:_MOST_SENDERS]:
        table.row((texts.name(name) or words("withheld.or_not_stated"), words.number(count)))
    rest = ranked[_MOST_SENDERS:]
    if rest:
        label = words("summary.other_senders", number=words.number(len(rest)))
        table.row((label, words.number(sum(count for _, count in rest))))
    sheet.space(16)


def _write_types(book: DossierContext) -> None:
    words, sheet = book.words, book.sheet
    if not book.figures.by_type:
        return
    sheet.subheading(words("summary.types"))
    columns = (Column(words("table.type"), 6), Column(words("table.count"), 1.5, right=True))
    table = Table(sheet, columns)
    order = {kind: n for n, kind in enumerate(CONTACTS)}
    for kind, count in sorted(book.figures.by_type.items(), key=lambda one: order.get(one[0], 99)):
        table.row((words(f"event.{kind}"), words.number(count)))
    sheet.space(10)
