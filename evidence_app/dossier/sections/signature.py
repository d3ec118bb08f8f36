"""The frame that says who signed the file digitally; viewers show the signature where it is."""

from __future__ import annotations

from evidence_app.dossier import text as texts
from evidence_app.dossier.content import Signatory
from evidence_app.dossier.context import DossierContext
from evidence_app.dossier.signature_place import SignaturePlace
from evidence_app.dossier.styles import SMALL, STRONG, Style

_INSIDE = 8.0

_Lines = list[tuple[str, Style]]


def height(book: DossierContext, by: Signatory) -> float:
    """Of the frame with what is above and below it, in points."""
    return _height(_lines(book, by)) + 2 * _INSIDE


def write(book: DossierContext, by: Signatory) -> None:
    """Write name, time and reason, and note where the signature belongs."""
    sheet, lines = book.sheet, _lines(book, by)
    tall = _height(lines)
    sheet.room(tall + 2 * _INSIDE)
    sheet.space(_INSIDE)
    left, right = sheet.geometry.left, sheet.geometry.right
    top, bottom = sheet.y, sheet.y - tall
    sheet.frame(left, bottom, right - left, tall)
    sheet.space(_INSIDE)
    for line, style in lines:
        text = texts.shorten(line, style.size, right - left - 2 * _INSIDE, bold=style.bold)
        sheet.line(text, style, indent=_INSIDE)
    sheet.y = bottom - _INSIDE
    sheet.signature_place = SignaturePlace(sheet.page, (left, bottom, right, top))


def _height(lines: _Lines) -> float:
    return sum(style.leading for _, style in lines) + 2 * _INSIDE


def _lines(book: DossierContext, by: Signatory) -> _Lines:
    wording = book.wording
    key = "signature.by" if by.is_person else "signature.by_computer"
    time = wording.moment(book.content.generated_at)
    sentences = (
        (wording(key, name=texts.one_line(by.name)), STRONG),
        (wording("signature.time", time=time), SMALL),
        (wording("signature.reason"), SMALL),
        (wording("signature.check"), SMALL),
    )
    # In two languages a sentence has a line for each.
    return [(line, style) for text, style in sentences for line in str(text).split("\n")]
