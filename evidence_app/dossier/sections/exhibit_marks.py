"""What the person marked on an exhibit, in words: what was blacked out and why, and notes."""

from __future__ import annotations

from collections import Counter

from evidence_app.dossier.content import DossierContent
from evidence_app.dossier.context import DossierContext
from evidence_app.dossier.styles import BODY
from evidence_app.dossier.wording import Wording
from evidence_app.model.evidence import Item
from evidence_app.model.mark import Mark, MarkKind


def facts(content: DossierContent, words: Wording, item: Item) -> list[tuple[str, str]]:
    """Labels and values for the facts of an exhibit; empty for one without marks."""
    marks = content.access.marks(item.id)
    hidden = Counter(_hidden(words, mark) for mark in marks if mark.kind is MarkKind.REDACTION)
    noted = [
        _noted(words, mark) for mark in marks if mark.kind is not MarkKind.REDACTION and mark.note
    ]
    lines = [
        text if count == 1 else words("marks.several", what=text, count=words.number(count))
        for text, count in hidden.items()
    ]
    rows = [(words("marks.hidden"), "\n".join(lines)), (words("marks.notes"), "\n".join(noted))]
    return [(label, value) for label, value in rows if value]


def notice(content: DossierContent, words: Wording) -> str:
    """How many places were blacked out in the whole document; empty if there are none."""
    count = exhibits = 0
    for exhibit in content.exhibits:
        marks = content.access.marks(exhibit.item.id)
        hidden = sum(mark.kind is MarkKind.REDACTION for mark in marks)
        count, exhibits = count + hidden, exhibits + bool(hidden)
    if not count:
        return ""
    return words("marks.notice", count=words.number(count), exhibits=words.number(exhibits))


def write_notice(book: DossierContext) -> None:
    """Say how many places were blacked out, if there are any."""
    notice_text = notice(book.content, book.words)
    if notice_text:
        book.sheet.subheading(book.words("marks.title"))
        book.sheet.paragraph(notice_text, BODY, after=12)


def _hidden(words: Wording, mark: Mark) -> str:
    if not mark.note:
        return words("marks.without_reason", where=_where(words, mark))
    return words("marks.with_reason", where=_where(words, mark), reason=mark.note)


def _noted(words: Wording, mark: Mark) -> str:
    named = words.joined(words(f"marks.{mark.kind}"), mark.text)
    return words("marks.note", what=words.joined(named, _where(words, mark)), note=mark.note)


def _where(words: Wording, mark: Mark) -> str:
    if mark.words is not None:
        return words("marks.in_message")
    if mark.stretch is not None:
        start, end = words.duration(mark.stretch.start_s), words.duration(mark.stretch.end_s)
        return words("marks.in_recording", start=start, end=end)
    if mark.page is not None:
        return words("marks.on_page", number=mark.page)
    return words("marks.on_picture")
