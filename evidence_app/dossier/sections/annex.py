"""The list of originals, the extract of the custody log, and the declaration."""

from __future__ import annotations

from evidence_app.dossier import text as texts
from evidence_app.dossier.content import Exhibit
from evidence_app.dossier.context import DossierContext
from evidence_app.dossier.styles import (
    ACCENT,
    BODY,
    CELL,
    FINE,
    HASH,
    INK,
    LABEL,
    SOFT,
    STRONG,
    WARNING,
)
from evidence_app.dossier.tables import Column, Table

_SIGN_FIELDS = ("name", "place", "date", "signature")


def write_originals(book: DossierContext) -> None:
    """Write the list of originals with their hashes."""
    words, sheet = book.words, book.sheet
    sheet.paragraph(words("originals.intro"), BODY, after=12)
    for exhibit in book.content.exhibits:
        sheet.meter.advance()
        _write_original(book, exhibit)


def _write_original(book: DossierContext, exhibit: Exhibit) -> None:
    sheet, item = book.sheet, exhibit.item
    geometry = sheet.geometry
    size = book.size(item)
    label = book.exhibit_label(exhibit.number)
    sheet.room(CELL.leading + HASH.leading + 8)
    sheet.space(3)
    sheet.anchor(f"original-{exhibit.number}")
    y = sheet.y - 9
    end = sheet.put(geometry.left, y, label, CELL.coloured(ACCENT))
    sheet.link(book.exhibit_key(exhibit.number), geometry.left, y - 3, end - geometry.left, 12)
    start = sheet.put_right(geometry.right, y, size, FINE)
    name = texts.shorten(texts.one_line(item.filename), CELL.size, start - end - 24)
    sheet.put(end + 12, y, name, CELL)
    sheet.space(CELL.leading + 1)
    digest = item.sha256 or book.words("marks.digest_withheld")
    end = sheet.put(geometry.left, sheet.y - 9, digest, HASH)
    if item.id in book.content.damaged:
        warning = STRONG.coloured(WARNING)
        sheet.put(end + 10, sheet.y - 9, book.words("originals.damaged"), warning)
    sheet.space(HASH.leading + 4)
    sheet.rule(sheet.y)


def write_custody(book: DossierContext) -> None:
    """Write the state of the custody log and its newest entries."""
    words, sheet, custody = book.words, book.sheet, book.content.custody
    sheet.paragraph(words("custody.intro"), BODY, after=10)
    for key, value in (
        ("custody.count", words.number(custody.count)),
        ("custody.head", custody.head_hash or "—"),
        ("custody.code", custody.code or "—"),
        ("custody.case_id", book.content.case.case_id),
    ):
        sheet.room(30)
        sheet.line(words(key), LABEL)
        sheet.paragraph(value, HASH.coloured(INK), after=5)
    for key, lines in (("custody.keys", _keys(book)), ("custody.anchors", _anchors(book))):
        if lines:
            sheet.room(30)
            sheet.line(words(key), LABEL)
        for line in lines:
            sheet.paragraph(line, HASH.coloured(INK), after=5)
    if not custody.newest:
        return
    sheet.space(8)
    sheet.subheading(words("custody.newest", count=len(custody.newest)))
    columns = (
        Column(words("table.number"), 1, right=True),
        Column(words("table.time"), 3),
        Column(words("table.action"), 3.4),
        Column(words("table.hash"), 4),
    )
    table = Table(sheet, columns)
    for entry in custody.newest:
        action = words(f"action.{entry.action}")
        at = words.moment(entry.at.astimezone(words.zone))
        table.row((str(entry.seq), at, action, entry.entry_hash))


def _keys(book: DossierContext) -> list[str]:
    return [
        book.words("custody.key", public=one.public_key, first=one.first, last=one.last)
        for one in book.content.custody.signers
    ]


def _anchors(book: DossierContext) -> list[str]:
    words = book.words
    return [
        words(
            "custody.anchor",
            entry=one.seq,
            at=words.moment(one.at.astimezone(words.zone)),
            authority=one.authority,
        )
        for one in book.content.custody.anchors
        if one.at is not None
    ]


def write_declaration(book: DossierContext) -> None:
    """Write the declaration and the lines to sign on."""
    words, sheet = book.words, book.sheet
    owner = texts.name(book.content.case.owner_name) or words("declaration.blank_name")
    for paragraph in words("declaration.text", name=owner).split("\n"):
        sheet.paragraph(paragraph, BODY, after=8)
    sheet.space(30)
    for field in _SIGN_FIELDS:
        sheet.room(44)
        sheet.space(30)
        sheet.canvas.setStrokeColorRGB(*SOFT)
        sheet.canvas.setLineWidth(0.6)
        left = sheet.geometry.left
        sheet.canvas.line(left + 110, sheet.y, sheet.geometry.right - 60, sheet.y)
        sheet.put(left, sheet.y + 2, words(f"declaration.{field}"), STRONG)
        sheet.space(14)
