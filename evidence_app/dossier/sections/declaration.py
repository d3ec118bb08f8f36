"""A declaration to sign, as a draft, in the form that the place of the case knows."""

from __future__ import annotations

from evidence_app.dossier import text as texts
from evidence_app.dossier.content import DossierContent
from evidence_app.dossier.context import DossierContext
from evidence_app.dossier.sections import signature
from evidence_app.dossier.styles import BODY, SMALL, SOFT, STRONG, SUBHEADING, WARNING
from evidence_app.dossier.wording import Wording
from evidence_app.model.case import Jurisdiction

_BY_HAND = "signature"
SIGN_LINE = 38.0
"""The height of a line to sign on."""
_SIGN_FIELDS = ("name", "place", "date", _BY_HAND)
_FORMS = {
    Jurisdiction.CHINA: "cn",
    Jurisdiction.UNITED_STATES: "us",
    Jurisdiction.UNITED_KINGDOM: "gb",
}


def write(book: DossierContext) -> None:
    """Write the declaration and the lines to sign on."""
    wording, sheet = book.wording, book.sheet
    sheet.paragraph(wording("declaration.draft"), SMALL.coloured(WARNING), after=12)
    title, *paragraphs = draft(book.content, wording)
    sheet.paragraph(title, SUBHEADING, after=6, tag="H2")
    for paragraph in paragraphs:
        sheet.paragraph(paragraph, BODY, after=7)
    sheet.room(len(_SIGN_FIELDS) * SIGN_LINE + 20)
    sheet.space(12)
    by = book.content.signatory
    for field in _SIGN_FIELDS:
        if not (field == _BY_HAND and by is not None and by.is_person):
            sign_line(book, wording(f"declaration.{field}"))
    if by is not None:
        signature.write(book, by)


def draft(content: DossierContent, wording: Wording) -> list[str]:
    """The title of the declaration, and its paragraphs."""
    case = content.case
    form = _FORMS.get(case.jurisdiction, "other")
    values = {
        "name": texts.name(case.owner_name) or wording("declaration.blank"),
        "blank": wording("declaration.blank"),
        "count": wording.number(len(content.exhibits)),
        "code": content.custody.code,
        "program": content.program,
    }
    text = wording(f"declaration.{form}", **values).strip()
    return [wording(f"declaration.{form}_title"), *text.split("\n")]


def sign_line(book: DossierContext, label: str) -> None:
    """A line to write on, after what is to be written there."""
    sheet = book.sheet
    sheet.space(26)
    left, right = sheet.geometry.left, sheet.geometry.right
    sheet.stroke(left + 110, sheet.y, right - 60, sheet.y, SOFT, 0.6)
    sheet.put(left, sheet.y + 2, label, STRONG)
    sheet.space(12)
