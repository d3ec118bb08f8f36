"""One page that stands alone: who made contact how often, when, and from which numbers."""

from __future__ import annotations

from itertools import islice

from evidence_app.dossier import charts
from evidence_app.dossier import text as texts
from evidence_app.dossier.context import DossierContext
from evidence_app.dossier.key_figures import COUNTED_ROLES, Number
from evidence_app.dossier.sections.number_table import NumberTable
from evidence_app.dossier.styles import (
    ACCENT,
    FINE,
    SMALL,
    SOFT,
    STRONG,
    TINT,
    Style,
)
from evidence_app.model.event import Event

_FIGURE = Style(18, 22, True, ACCENT)
_TILES_A_ROW = 3
_TILE_HEIGHT = 38.0
_TILE_GAP = 6.0
_QUOTES = 3
_GRAVEST = (
    "threat_of_violence",
    "public_shaming",
    "threat_of_arrest",
    "impersonation",
    "forged_documents",
    "insult_obscenity",
    "workplace_harassment",
    "third_party_disclosure",
)
"""Violation types whose words an officer wants to read first."""
_QUOTE_HEIGHT = 23.0
_HEADING_HEIGHT = 18.0
_MOST_OUTLIERS = 4


def write(book: DossierContext) -> None:
    """Write the page; it is never more than one."""
    if not book.content.exhibits:
        book.sheet.paragraph(book.wording("glance.empty"))
        return
    if not book.figures.contacts:
        book.sheet.paragraph(book.wording("glance.no_contacts"))
        _write_not_counted(book)
        return
    _write_tiles(book)
    _write_not_counted(book)
    _write_days(book)
    _write_hours(book)
    quotes = _quotes(book)
    below = _HEADING_HEIGHT + len(quotes) * _QUOTE_HEIGHT if quotes else 0.0
    _write_numbers(book, below)
    _write_quotes(book, quotes)


def _write_heading(book: DossierContext, key: str) -> None:
    with book.sheet.structure.within("H2"):
        book.sheet.line(book.wording(key), STRONG)


def _write_tiles(book: DossierContext) -> None:
    wording, figures, sheet = book.wording, book.figures, book.sheet
    busiest = figures.busiest_day()
    tiles = [
        (wording.number(figures.contacts), wording("glance.contacts")),
        (wording.number(figures.calls), wording("glance.calls")),
        (wording.number(figures.messages), wording("glance.messages")),
        (wording.number(figures.at_night), wording("glance.at_night")),
        (wording.number(figures.different_numbers()), wording("glance.numbers")),
    ]
    if busiest:
        day, count = busiest
        tiles.append((wording.number(count), wording("glance.busiest", date=wording.day(day))))
    width = (sheet.geometry.measure - (_TILES_A_ROW - 1) * _TILE_GAP) / _TILES_A_ROW
    tags = sheet.structure.last("L")
    for n, (value, label) in enumerate(tiles):
        x = sheet.geometry.left + n % _TILES_A_ROW * (width + _TILE_GAP)
        with sheet.structure.into(tags), sheet.structure.within("LI"):
            _write_tile(book, x, width, value, label)
        if n % _TILES_A_ROW == _TILES_A_ROW - 1 or n == len(tiles) - 1:
            sheet.space(_TILE_HEIGHT + _TILE_GAP)


def _write_tile(book: DossierContext, x: float, width: float, value: str, label: str) -> None:
    sheet = book.sheet
    sheet.fill(x, sheet.y - _TILE_HEIGHT, width, _TILE_HEIGHT, TINT)
    sheet.fill(x, sheet.y - _TILE_HEIGHT, 2, _TILE_HEIGHT, ACCENT)
    with sheet.structure.within("Lbl"):
        end = sheet.put(x + 10, sheet.y - 26, value, _FIGURE)
    lines = texts.wrap(label, SMALL.size, x + width - end - 14)
    shown_lines = texts.first_lines(lines, 3, SMALL.size, x + width - end - 14)
    top = sheet.y - 21.5 + (len(shown_lines) - 1) * 5.25
    with sheet.structure.within("LBody"):
        for n, line in enumerate(shown_lines):
            sheet.put(end + 8, top - n * 10.5, line, SMALL.coloured(SOFT))


def _write_not_counted(book: DossierContext) -> None:
    """Whose contacts were counted, and whose were not."""
    wording, figures, sheet = book.wording, book.figures, book.sheet

    def listed(is_counted_role: bool) -> str:
        return wording("format.list").join(
            wording("glance.of_role", role=wording(f"role.{role}"), count=wording.number(count))
            for role, count in figures.by_role.most_common()
            if (role in COUNTED_ROLES) is is_counted_role
        )

    sentences = [wording("glance.counted", roles=listed(True))] if figures.contacts else []
    if figures.not_counted:
        sentences.append(wording("glance.not_counted", roles=listed(False)))
    sentences.append(wording("glance.counted_how"))
    sheet.paragraph(wording("format.sentences").join(sentences), FINE, after=6)


def _write_days(book: DossierContext) -> None:
    wording, figures, sheet = book.wording, book.figures, book.sheet
    if not figures.by_day:
        return
    axis = charts.axis(figures.by_day)
    days = charts.series(axis.days)
    _write_heading(book, f"chart.per_{days.unit}")
    charts.draw_days(sheet, days)
    outside = [
        wording("chart.on_day", date=wording.day(day), count=wording.number(count))
        for day, count in axis.outside[:_MOST_OUTLIERS]
    ]
    if len(axis.outside) > _MOST_OUTLIERS:
        outside.append("…")
    sentences = []
    if outside:
        sentences.append(wording("chart.outside", days=wording("format.list").join(outside)))
    if figures.without_day:
        sentences.append(wording.counted("chart.without_day", figures.without_day))
    if sentences:
        sheet.paragraph(wording("format.sentences").join(sentences), FINE)
    sheet.space(4)


def _write_hours(book: DossierContext) -> None:
    if book.figures.by_hour:
        _write_heading(book, "chart.hours")
        charts.draw_hours(book.sheet, book.figures.by_hour)


def _write_numbers(book: DossierContext, below: float) -> None:
    """Write the numbers with most contacts, as many as fit above ``below``."""
    sheet = book.sheet
    _write_heading(book, "glance.by_number")
    ranked = book.figures.ranked()
    table = NumberTable(book)
    count = NumberTable.rows_within(sheet.y - sheet.geometry.bottom - below)
    fits = len(ranked) <= count
    shown_numbers = ranked if fits else _most(ranked, count - 1)
    for number in shown_numbers:
        table.row(number, short=True)
    if not fits:
        rest_contacts = sum(number.total for number in ranked) - sum(
            number.total for number in shown_numbers
        )
        table.add_rest(len(ranked) - len(shown_numbers), rest_contacts)
    sheet.space(5)


def _most(ranked: list[Number], count: int) -> list[Number]:
    """Those with most contacts, still in their order."""
    chosen = {id(number) for number in sorted(ranked, key=lambda number: -number.total)[:count]}
    return [number for number in ranked if id(number) in chosen]


def _quotes(book: DossierContext) -> list[Event]:
    """Marked acts with words, of different kinds; the gravest, and the most marked, come first."""
    quoted: dict[int, Event] = {}
    for group in book.content.findings:
        with_words = (
            instance.event
            for instance in group.instances
            if instance.event and instance.event.text.strip() and instance.event.id not in quoted
        )
        for event in islice(with_words, 1):
            quoted[event.id] = event
    marks, gravity = book.content.event_violations, _gravity(book)

    def gravest_first(event: Event) -> tuple[int, int]:
        return gravity.get(event.id, len(_GRAVEST)), -len(marks.get(event.id, ()))

    return sorted(quoted.values(), key=gravest_first)[:_QUOTES]


def _gravity(book: DossierContext) -> dict[int, int]:
    """The place in `_GRAVEST` of the gravest kind that each act shows, by the act's number."""
    gravity: dict[int, int] = {}
    for group in book.content.findings:
        if group.code in _GRAVEST:
            place = _GRAVEST.index(group.code)
            for instance in group.instances:
                if instance.event is not None:
                    before = gravity.get(instance.event.id, place)
                    gravity[instance.event.id] = min(before, place)
    return gravity


def _write_quotes(book: DossierContext, quotes: list[Event]) -> None:
    sheet = book.sheet
    if not quotes or sheet.y - _HEADING_HEIGHT - _QUOTE_HEIGHT < sheet.geometry.bottom:
        return
    _write_heading(book, "glance.quotes")
    for event in quotes:
        if sheet.y - _QUOTE_HEIGHT < sheet.geometry.bottom:
            return
        _write_quote(book, event)
        sheet.space(_QUOTE_HEIGHT)


def _write_quote(book: DossierContext, event: Event) -> None:
    wording, sheet = book.wording, book.sheet
    number = book.content.exhibit_of(event)
    left, right = sheet.geometry.left, sheet.geometry.right
    with sheet.structure.within("P"), sheet.structure.within("Link"):
        label = book.exhibit_label(number)
        start = sheet.put_right(right, sheet.y - 8, label, SMALL.coloured(ACCENT))
        sheet.link(book.exhibit_key(number), start, sheet.y - 11, right - start, 12)
    quote = wording("format.quote", text=texts.one_line(event.text))
    sheet.put(left, sheet.y - 8, texts.shorten(quote, SMALL.size, start - left - 10), SMALL)
    names = wording("format.list").join(book.content.event_violations.get(event.id, ()))
    under = wording.joined(wording.stamp(event.time), wording.other_side(event), names)
    sheet.put(left, sheet.y - 18, texts.shorten(under, FINE.size, right - left), FINE)
