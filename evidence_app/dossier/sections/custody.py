"""What was done to the case, in words; the hashes of all entries are in the package."""

from __future__ import annotations

from itertools import groupby

from evidence_app.dossier.context import DossierContext
from evidence_app.dossier.styles import BODY, HASH, INK, LABEL, STRONG, WARNING
from evidence_app.dossier.tables import Column, Table

_MOST_DAYS = 400


def write(book: DossierContext) -> None:
    """Write the state of the custody log, and what was done day by day."""
    wording, sheet, custody = book.wording, book.sheet, book.content.custody
    sheet.paragraph(wording("custody.intro"), BODY, after=10)
    for key, value in (
        ("custody.count", wording.number(custody.count)),
        ("custody.code", custody.code or "—"),
        ("custody.head", custody.head_hash or "—"),
        ("custody.case_id", book.content.case.case_id),
    ):
        sheet.room(30)
        sheet.line(wording(key), LABEL)
        sheet.paragraph(value, HASH.coloured(INK), after=5)
    for key, lines in (("custody.keys", _keys(book)), ("custody.anchors", _anchors(book))):
        if lines:
            sheet.room(30)
            sheet.line(wording(key), LABEL)
        for line in lines:
            sheet.paragraph(line, HASH.coloured(INK), after=5)
    if custody.steps:
        _write_steps(book)


def _write_steps(book: DossierContext) -> None:
    wording, sheet = book.wording, book.sheet
    sheet.space(8)
    sheet.subheading(wording("custody.steps"))
    columns = (Column(wording("custody.day"), 2.2), Column(wording("table.action"), 8))
    table = Table(sheet, columns)
    by_day = [
        (day, list(steps))
        for day, steps in groupby(book.content.custody.steps, key=lambda step: step.day)
    ]
    for day, steps in by_day[:_MOST_DAYS]:
        done = wording("format.list").join(
            wording(
                "custody.step",
                action=wording(f"action.{step.action}"),
                count=wording.number(step.count),
            )
            for step in steps
        )
        table.row((wording.day(day), done))
    if len(by_day) > _MOST_DAYS:
        shown_days, count = wording.number(_MOST_DAYS), wording.number(len(by_day))
        cut_note = wording("format.first_of", shown=shown_days, count=count)
        sheet.paragraph(cut_note, STRONG.coloured(WARNING))


def _keys(book: DossierContext) -> list[str]:
    return [
        book.wording("custody.key", public=signer.public_key, first=signer.first, last=signer.last)
        for signer in book.content.custody.signers
    ]


def _anchors(book: DossierContext) -> list[str]:
    wording = book.wording
    return [
        wording(
            "custody.anchor",
            entry=anchor.seq,
            at=wording.moment(anchor.at.astimezone(wording.zone)),
            authority=anchor.authority,
        )
        for anchor in book.content.custody.anchors
        if anchor.at is not None
    ]
