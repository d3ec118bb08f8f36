"""The first page."""

from __future__ import annotations

from collections.abc import Iterator

from evidence_app.dossier import text as texts
from evidence_app.dossier.content import Omission
from evidence_app.dossier.context import DossierContext
from evidence_app.dossier.options import Part
from evidence_app.dossier.sections import disagreements, signature
from evidence_app.dossier.styles import (
    ACCENT,
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
from evidence_app.model.party import Role

_KIND = Style(11, 16, True, ACCENT)
_VALUE = Style(10, 15)
_LABEL_WIDTH = 112.0
_MOST_TITLE_LINES = 4
_MOST_SIDES = 6
_ACCUSED = (Role.CREDITOR, Role.AGENCY, Role.COLLECTOR)
_TOP = 112.0
_FOOT = 124.0


def write(book: DossierContext) -> None:
    """Write the cover."""
    sheet = book.sheet
    sheet.blank_page()
    geometry = sheet.geometry
    warned = bool(book.content.disagreements)
    sheet.fill(0, geometry.height - 9, geometry.width, 9, WARNING if warned else ACCENT)
    if warned:
        _write_warning(book)
    sheet.y = geometry.height - _TOP
    kind = book.words("cover.kind")
    sheet.anchor("cover", kind)
    sheet.line(book.words.joined(kind, book.words(f"profile.{book.options.profile}")), _KIND)
    sheet.space(8)
    _write_title(book)
    sheet.space(20)
    with sheet.structure.within("L"):
        for label, value, most in _facts(book):
            with sheet.structure.within("LI"):
                _write_fact(book, label, value, most)
    _write_signature(book)
    _write_foot(book)


def _write_signature(book: DossierContext) -> None:
    """Show the signature here, if there is no declaration and room for it."""
    by = book.content.signatory
    if by is None or book.options.has(Part.DECLARATION):
        return
    if book.sheet.y - signature.height(book, by) > _FOOT:
        signature.write(book, by)


def _write_warning(book: DossierContext) -> None:
    """Refer to the next page, which lists the mismatches."""
    sheet = book.sheet
    geometry = sheet.geometry
    sheet.y = geometry.height - 72
    warning = book.words("disagreements.on_cover", page=sheet.page + 1)
    with sheet.leading(disagreements.KEY):
        sheet.line(warning, STRONG.coloured(WARNING))


def _write_title(book: DossierContext) -> None:
    """The title, smaller the longer it is; the page does not overflow."""
    title = texts.one_line(book.content.case.title)
    measure = book.sheet.geometry.measure
    for size in (TITLE.size, 22.0, 18.0, 15.0, 12.0):
        style = Style(size, size * 1.32, True)
        lines = texts.wrap(title, size, measure, bold=True)
        if len(lines) <= _MOST_TITLE_LINES:
            break
    with book.sheet.structure.within("H1"):
        for line in texts.first_lines(lines, _MOST_TITLE_LINES, size, measure, bold=True):
            book.sheet.line(line, style)


def _facts(book: DossierContext) -> list[tuple[str, str, int]]:
    """Labels, values, and on how many lines a value may stand."""
    content, words, figures = book.content, book.words, book.figures
    case = content.case
    act_count = sum(len(group.shown_by) for group in content.findings)
    findings = words("cover.findings_value", types=len(content.findings), acts=act_count)
    place = words.joined(words(f"jurisdiction.{case.jurisdiction}"), case.timezone)
    sides = "\n".join(_sides(book)) or words("cover.nobody")
    request = book.options.request or words(f"request.{book.options.profile}")
    facts = [
        (words("cover.owner"), case.owner_name, 1),
        (words("cover.numbers"), words("format.list").join(content.own_numbers), 2),
        (words("cover.against"), sides, _MOST_SIDES + 1),
        (words("cover.period"), words.period(figures.first_day, figures.last_day), 1),
        (words("cover.request"), request, 4),
        (words("cover.exhibits"), _exhibits(book), 2),
        (words("cover.findings"), findings if act_count else words("cover.no_findings"), 1),
        (words("cover.jurisdiction"), place, 1),
        (words("cover.made"), words.moment(content.generated_at), 1),
    ]
    return [fact for fact in facts if fact[1]]


def _sides(book: DossierContext) -> Iterator[str]:
    """Whom it is about, one on a line, with their numbers."""
    words = book.words
    accused = [party for party in book.content.parties if party.role in _ACCUSED]
    accused.sort(key=lambda party: (_ACCUSED.index(party.role), -party.event_count))
    for party in accused[:_MOST_SIDES]:
        numbers = words("format.list").join(identifier.raw for identifier in party.identifiers)
        side = party.name and words("cover.side", name=party.name, role=words(f"role.{party.role}"))
        yield words.joined(texts.one_line(side or words(f"role.{party.role}")), numbers)
    if len(accused) > _MOST_SIDES:
        yield words("cover.more_sides", count=words.number(len(accused) - _MOST_SIDES))


def _exhibits(book: DossierContext) -> str:
    """How many exhibits there are, of how many items of the case."""
    words, content = book.words, book.content
    count = len(content.exhibits)
    left_out = sum(n for why, n in content.omitted.items() if why is not Omission.AGAIN)
    shown_count, total = words.number(count), words.number(count + left_out)
    if Omission.UNMARKED in content.omitted:
        unmarked = words.number(content.omitted[Omission.UNMARKED])
        return words("cover.left_out", shown=shown_count, total=total, count=unmarked)
    return words("cover.of_all", shown=shown_count, total=total)


def _write_fact(book: DossierContext, label: str, value: str, most: int) -> None:
    sheet = book.sheet
    left = sheet.geometry.left
    available = sheet.geometry.measure - _LABEL_WIDTH
    parts = value.split("\n")
    each = max(1, most // len(parts))
    lines = [line for part in parts for line in _fact_lines(part, each, available)]
    labels = texts.wrap(label, LABEL.size, _LABEL_WIDTH - 8)
    with sheet.structure.within("Lbl"):
        for n, line in enumerate(labels):
            sheet.put(left, sheet.y - 12 - n * LABEL.leading, line, LABEL)
    bottom = sheet.y - max(len(lines) * _VALUE.leading, (len(labels) - 1) * LABEL.leading + 15)
    with sheet.structure.within("LBody"):
        for line in lines:
            sheet.put(left + _LABEL_WIDTH, sheet.y - 12, line, _VALUE)
            sheet.space(_VALUE.leading)
    sheet.y = bottom - 6
    sheet.rule(sheet.y + 2)
    sheet.space(2)


def _fact_lines(value: str, most: int, available: float) -> list[str]:
    lines = texts.wrap(texts.one_line(value), _VALUE.size, available)
    return texts.first_lines(lines, most, _VALUE.size, available)


def _write_foot(book: DossierContext) -> None:
    """The check code and the head of the custody log, and who made this."""
    content, words, sheet = book.content, book.words, book.sheet
    sheet.y = _FOOT
    if content.custody.head_hash:
        sheet.line(words("cover.code"), FINE.coloured(SOFT))
        sheet.line(content.custody.code, HASH)
        sheet.space(3)
        label = words("cover.custody", count=words.number(content.custody.count))
        sheet.line(label, FINE.coloured(SOFT))
        sheet.line(content.custody.head_hash, HASH)
        sheet.space(3)
    sheet.line(words("cover.program", program=content.program), FINE.coloured(FAINT))
