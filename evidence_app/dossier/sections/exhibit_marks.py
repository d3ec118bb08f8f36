"""What the person marked on an exhibit, in words: what was blacked out and why, and notes."""

from __future__ import annotations

from collections import Counter

from evidence_app.dossier.content import DossierContent
from evidence_app.dossier.context import DossierContext
from evidence_app.dossier.styles import BODY
from evidence_app.dossier.wording import Wording
from evidence_app.model.evidence import Item
from evidence_app.model.mark import Mark, MarkKind


def facts(content: DossierContent, wording: Wording, item: Item) -> list[tuple[str, str]]:
    """Labels and values for the facts of an exhibit; empty for one without marks."""
    marks = content.access.marks(item.id)
    hidden = Counter(_hidden(wording, mark) for mark in marks if mark.kind is MarkKind.REDACTION)
    noted = [
        _noted(wording, mark) for mark in marks if mark.kind is not MarkKind.REDACTION and mark.note
    ]
    lines = [
        text if count == 1 else wording("marks.several", what=text, count=wording.number(count))
        for text, count in hidden.items()
    ]
    rows = [(wording("marks.hidden"), "\n".join(lines)), (wording("marks.notes"), "\n".join(noted))]
    return [(label, value) for label, value in rows if value]


def notice(content: DossierContent, wording: Wording) -> str:
    """How many places were blacked out in the whole document; empty if there are none."""
    count = exhibits = 0
    for exhibit in content.exhibits:
        marks = content.access.marks(exhibit.item.id)
        hidden = sum(mark.kind is MarkKind.REDACTION for mark in marks)
        count, exhibits = count + hidden, exhibits + bool(hidden)
    if not count:
        return ""
    return wording("marks.notice", count=wording.number(count), exhibits=wording.number(exhibits))


def write_notice(book: DossierContext) -> None:
    """Say how many places were blacked out, if there are any."""
    notice_text = notice(book.content, book.wording)
    if notice_text:
        book.sheet.subheading(book.wording("marks.title"))
        book.sheet.paragraph(notice_text, BODY, after=12)


def _hidden(wording: Wording, mark: Mark) -> str:
    if not mark.note:
        return wording("marks.without_reason", where=_where(wording, mark))
    return wording("marks.with_reason", where=_where(wording, mark), reason=mark.note)


def _noted(wording: Wording, mark: Mark) -> str:
    named = wording.joined(wording(f"marks.{mark.kind}"), mark.text)
    return wording("marks.note", what=wording.joined(named, _where(wording, mark)), note=mark.note)


def _where(wording: Wording, mark: Mark) -> str:
    if mark.words is not None:
        return wording("marks.in_message")
    if mark.stretch is not None:
        start, end = wording.duration(mark.stretch.start_s), wording.duration(mark.stretch.end_s)
        return wording("marks.in_recording", start=start, end=end)
    if mark.page is not None:
        return wording("marks.on_page", number=mark.page)
    return wording("marks.on_picture")
