"""The first page."""

from __future__ import annotations

from collections.abc import Iterator

from evidence_app.dossier import text as texts
from evidence_app.dossier.content import DossierContent, Omission
from evidence_app.dossier.context import DossierContext
from evidence_app.dossier.options import Part
from evidence_app.dossier.sections import debts, disagreements, signature
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
from evidence_app.dossier.wording import Wording
from evidence_app.model.party import Party, Role

_KIND = Style(11, 16, True, ACCENT)
_VALUE = Style(10, 15)
_LABEL_WIDTH = 112.0
_MOST_TITLE_LINES = 4
_MOST_SIDES = 6
MOST_DEBTS = 3
_ACCUSED = (Role.CREDITOR, Role.AGENCY, Role.COLLECTOR)
_TOP = 112.0
_FOOT = 124.0
_BETWEEN = 8.0


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
    kind = book.wording("cover.kind")
    sheet.anchor("cover", kind)
    sheet.line(book.wording.joined(kind, book.wording(f"profile.{book.options.profile}")), _KIND)
    sheet.space(8)
    _write_title(book)
    sheet.space(20)
    with sheet.structure.within("L"):
        for label, lines in _fitting(book, _facts(book)):
            with sheet.structure.within("LI"):
                _write_fact(book, label, lines)
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
    warning = book.wording("disagreements.on_cover", page=sheet.page + 1)
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
    content, wording, figures = book.content, book.wording, book.figures
    case = content.case
    act_count = sum(len(group.instances) for group in content.findings)
    findings = wording("cover.findings_value", types=len(content.findings), acts=act_count)
    place = wording.joined(wording(f"jurisdiction.{case.jurisdiction}"), case.timezone)
    sides = "\n".join(accused(content, wording)) or wording("cover.nobody")
    owed = "\n".join(debts.lines(content, wording, MOST_DEBTS))
    request = book.options.request or wording(f"request.{book.options.profile}")
    facts = [
        (wording("cover.owner"), case.owner_name, 1),
        (wording("cover.numbers"), wording("format.list").join(content.own_numbers), 2),
        (wording("cover.against"), sides, _MOST_SIDES + 1),
        (wording("cover.debt"), owed, MOST_DEBTS + 1),
        (wording("cover.period"), wording.period(figures.first_day, figures.last_day), 1),
        (wording("cover.request"), request, 4),
        (wording("cover.exhibits"), _exhibits(book), 2),
        (wording("cover.findings"), findings if act_count else wording("cover.no_findings"), 1),
        (wording("cover.jurisdiction"), place, 1),
        (wording("cover.made"), wording.moment(content.generated_at), 1),
    ]
    return [fact for fact in facts if fact[1]]


def accused(content: DossierContent, wording: Wording) -> Iterator[str]:
    """Whom it is about, one on a line, with their numbers."""
    parties = [party for party in content.parties if party.role in _ACCUSED]
    parties.sort(key=lambda party: (_ACCUSED.index(party.role), -party.event_count))
    for party in parties[:_MOST_SIDES]:
        numbers = wording("format.list").join(identifier.raw for identifier in party.identifiers)
        yield wording.joined(_side(content, wording, party), numbers)
    if len(parties) > _MOST_SIDES:
        yield wording("cover.more_sides", count=wording.number(len(parties) - _MOST_SIDES))


def _side(content: DossierContent, wording: Wording, party: Party) -> str:
    """What somebody is called and is to the case, and for whom they collect, if that is known."""
    role = wording(f"role.{party.role}")
    if not party.name:
        return role
    name, creditor = texts.one_line(party.name), debts.creditor_name(content, party.acts_for)
    if creditor:
        return wording("cover.side_for", name=name, role=role, creditor=creditor)
    return wording("cover.side", name=name, role=role)


def _exhibits(book: DossierContext) -> str:
    """How many exhibits there are, of how many items of the case."""
    wording, content = book.wording, book.content
    count = len(content.exhibits)
    left_out = sum(n for why, n in content.omitted.items() if why is not Omission.AGAIN)
    shown_count, total = wording.number(count), wording.number(count + left_out)
    if Omission.UNMARKED in content.omitted:
        unmarked = wording.number(content.omitted[Omission.UNMARKED])
        return wording("cover.left_out", shown=shown_count, total=total, count=unmarked)
    return wording("cover.of_all", shown=shown_count, total=total)


_Fact = tuple[str, list[str]]


def _fitting(book: DossierContext, facts: list[tuple[str, str, int]]) -> list[_Fact]:
    """The lines of each fact; so few of the longest that all stand on the page."""
    sheet = book.sheet
    available = sheet.geometry.measure - _LABEL_WIDTH
    broken = [(label, _lines_of(value, most, available)) for label, value, most in facts]
    room = sheet.y - _FOOT - 2 * _VALUE.leading - len(facts) * _BETWEEN
    while sum(len(lines) for _, lines in broken) * _VALUE.leading > room:
        longest = max((lines for _, lines in broken), key=len)
        if len(longest) == 1:
            break
        longest[-2:] = [texts.shorten(longest[-2] + "…", _VALUE.size, available)]
    return broken


def _lines_of(value: str, most: int, available: float) -> list[str]:
    parts = [texts.wrap(texts.one_line(part), _VALUE.size, available) for part in value.split("\n")]
    if sum(map(len, parts)) > most:
        each = max(1, most // len(parts))
        parts = [texts.first_lines(part, each, _VALUE.size, available) for part in parts]
    return [line for part in parts for line in part]


def _write_fact(book: DossierContext, label: str, lines: list[str]) -> None:
    sheet = book.sheet
    left = sheet.geometry.left
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
    sheet.space(_BETWEEN - 6)


def _write_foot(book: DossierContext) -> None:
    """The check code and the head of the custody log, and who made this."""
    content, wording, sheet = book.content, book.wording, book.sheet
    sheet.y = _FOOT
    if content.custody.head_hash:
        sheet.line(wording("cover.code"), FINE.coloured(SOFT))
        sheet.line(content.custody.code, HASH)
        sheet.space(3)
        label = wording("cover.custody", count=wording.number(content.custody.count))
        sheet.line(label, FINE.coloured(SOFT))
        sheet.line(content.custody.head_hash, HASH)
        sheet.space(3)
    sheet.line(wording("cover.program", program=content.program), FINE.coloured(FAINT))
