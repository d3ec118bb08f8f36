"""The first page."""

from __future__ import annotations

from evidence_app.dossier import text as texts
from evidence_app.dossier.context import DossierContext
from evidence_app.dossier.sections import disagreements
from evidence_app.dossier.styles import (
    ACCENT,
    BODY,
    FAINT,
    FINE,
    HASH,
    LABEL,
    SOFT,
    STRONG,
    TITLE,
    WARNING,
    Style,
)

_KIND = Style(11, 16, True, ACCENT)
_VALUE = Style(10, 16)
_LABEL_WIDTH = 128.0
_MOST_TITLE_LINES = 5
_MOST_VALUE_LINES = 3


def write(book: DossierContext) -> None:
    """Write the cover."""
    sheet = book.sheet
    sheet.blank_page()
    geometry = sheet.geometry
    warned = bool(book.content.disagreements)
    sheet.fill(0, geometry.height - 9, geometry.width, 9, WARNING if warned else ACCENT)
    if warned:
        _write_warning(book)
    sheet.y = geometry.height - 150
    sheet.anchor("cover", book.words("cover.kind"))
    sheet.line(book.words("cover.kind"), _KIND)
    sheet.space(8)
    _write_title(book)
    sheet.space(26)
    for label, value in _facts(book):
        _write_fact(book, label, value)
    _write_foot(book)


def _write_warning(book: DossierContext) -> None:
    """Lead to the page behind this one, which says what does not agree."""
    sheet = book.sheet
    geometry = sheet.geometry
    sheet.y = geometry.height - 78
    said = book.words("disagreements.on_cover", page=sheet.page + 1)
    sheet.link(disagreements.KEY, geometry.left, sheet.y - 18, geometry.measure, 18)
    sheet.line(said, STRONG.coloured(WARNING))


def _write_title(book: DossierContext) -> None:
    """The title, smaller the longer it is; the page does not overflow."""
    title = texts.one_line(book.content.case.title)
    measure = book.sheet.geometry.measure
    for size in (TITLE.size, 22.0, 18.0, 15.0, 12.0):
        style = Style(size, size * 1.32, True)
        lines = texts.wrap(title, size, measure, bold=True)
        if len(lines) <= _MOST_TITLE_LINES:
            break
    if len(lines) > _MOST_TITLE_LINES:
        rest = "".join(lines[_MOST_TITLE_LINES - 1 :])
        lines = [*lines[: _MOST_TITLE_LINES - 1], texts.shorten(rest, size, measure, bold=True)]
        lines[-1] = lines[-1] if lines[-1].endswith("…") else lines[-1] + "…"
    for line in lines:
        book.sheet.line(line, style)


def _facts(book: DossierContext) -> list[tuple[str, str]]:
    content, words, figures = book.content, book.words, book.figures
    case = content.case
    shown = sum(len(group.shown_by) for group in content.findings)
    findings = words("cover.findings_value", types=len(content.findings), acts=shown)
    facts = [
        (words("cover.owner"), case.owner_name),
        (words("cover.numbers"), words("format.list").join(content.own_numbers)),
        (words("cover.period"), words.period(figures.first_day, figures.last_day)),
        (words("cover.exhibits"), words.number(len(content.exhibits))),
        (words("cover.entries"), words.number(figures.entries)),
        (words("cover.findings"), findings if shown else words("cover.no_findings")),
        (words("cover.jurisdiction"), words(f"jurisdiction.{case.jurisdiction}")),
        (words("cover.zone"), case.timezone),
        (words("cover.made"), words.moment(content.generated_at)),
    ]
    return [(label, value) for label, value in facts if value]


def _write_fact(book: DossierContext, label: str, value: str) -> None:
    sheet = book.sheet
    left = sheet.geometry.left
    available = sheet.geometry.measure - _LABEL_WIDTH
    lines = texts.wrap(texts.one_line(value), _VALUE.size, available)
    if len(lines) > _MOST_VALUE_LINES:
        last = texts.shorten(f"{lines[_MOST_VALUE_LINES - 1]}…", _VALUE.size, available)
        lines = [*lines[: _MOST_VALUE_LINES - 1], last]
    top = sheet.y
    sheet.put(left, top - 12, label, LABEL)
    for line in lines:
        sheet.put(left + _LABEL_WIDTH, sheet.y - 12, line, _VALUE)
        sheet.space(_VALUE.leading)
    sheet.space(7)
    sheet.rule(sheet.y + 2)
    sheet.space(2)


def _write_foot(book: DossierContext) -> None:
    """The head of the custody log, and who made this."""
    content, words, sheet = book.content, book.words, book.sheet
    sheet.y = 118
    if content.custody.head_hash:
        label = words("cover.custody", count=words.number(content.custody.count))
        sheet.line(label, FINE.coloured(SOFT))
        sheet.line(content.custody.head_hash, HASH)
        sheet.space(6)
    sheet.line(words("cover.program", program=content.program), FINE.coloured(FAINT))
    if content.left_out:
        sheet.y = 150
        sheet.line(words("cover.left_out", count=content.left_out), BODY.coloured(ACCENT))
