"""The chapters of a dossier, in the order that the person chose."""

from __future__ import annotations

from collections.abc import Callable

from evidence_app.dossier.context import Chapter, DossierContext
from evidence_app.dossier.options import Part
from evidence_app.dossier.sections import (
    chronology,
    completeness,
    custody,
    declaration,
    exhibit_facts,
    exhibit_list,
    exhibits,
    findings,
    glance,
    logs,
    number_table,
    originals,
    reading,
)

_Parts = tuple[tuple[str, str], ...]

_WRITERS: dict[Part, Callable[[DossierContext], None]] = {
    Part.LIST: exhibit_list.write,
    Part.GLANCE: glance.write,
    Part.FINDINGS: findings.write,
    Part.CHRONOLOGY: chronology.write,
    Part.EXHIBITS: exhibits.write,
    Part.LOGS: logs.write,
    Part.NUMBERS: number_table.write,
    Part.ORIGINALS: originals.write,
    Part.COMPLETENESS: completeness.write,
    Part.CUSTODY: custody.write,
    Part.READING: reading.write,
    Part.DECLARATION: declaration.write,
}


def of(book: DossierContext) -> list[Chapter]:
    """The chosen chapters that are not empty."""
    return [
        Chapter(part.value, book.wording(f"{part}.title"), _WRITERS[part], _parts(book, part))
        for part in book.options.chapters()
        if _has_content(book, part)
    ]


def _has_content(book: DossierContext, part: Part) -> bool:
    content = book.content
    if part is Part.CHRONOLOGY:
        return book.figures.entries > 0
    if part is Part.NUMBERS:
        return bool(book.figures.numbers)
    if part is Part.LOGS:
        return any(logs.is_log(exhibit.item) for exhibit in content.exhibits)
    if part in (Part.EXHIBITS, Part.ORIGINALS, Part.LIST):
        return bool(content.exhibits)
    return True


def _parts(book: DossierContext, part: Part) -> _Parts:
    """Anchors and titles of the parts of a chapter that are in the contents."""
    content = book.content
    if part is Part.FINDINGS:
        return tuple(
            (f"finding-{group.code}", findings.title(number, group))
            for number, group in enumerate(content.findings, 1)
        )
    if part is Part.CHRONOLOGY:
        return chronology.parts(book)
    if part is Part.EXHIBITS:
        return tuple(
            (f"exhibit-{exhibit.number}", exhibit_facts.title(book, exhibit))
            for exhibit in content.exhibits
        )
    if part is Part.LOGS:
        return tuple(
            (logs.key(exhibit), logs.title(book, exhibit))
            for exhibit in content.exhibits
            if logs.is_log(exhibit.item)
        )
    return ()
