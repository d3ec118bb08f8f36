"""What is known of an exhibit, as labels and values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from evidence_app.dossier import limits
from evidence_app.dossier import text as texts
from evidence_app.dossier.content import Exhibit
from evidence_app.dossier.context import DossierContext
from evidence_app.dossier.options import Part
from evidence_app.dossier.sections import exhibit_marks
from evidence_app.dossier.sections.chronology import line_key
from evidence_app.dossier.sections.findings import stretches
from evidence_app.dossier.styles import (
    ACCENT,
    BODY,
    FINE,
    HASH,
    SMALL,
    SOFT,
    TINT,
    Style,
)
from evidence_app.model.evidence import ItemKind, ItemStatus

NUMBER = Style(9, 13, True, ACCENT)
TITLE = Style(12.5, 17.5, True)
COLUMN_TITLE = Style(9, 12, True)
COLUMN_HASH = Style(5.5, 9.5, False, SOFT)
_FACT = Style(8, 11.5)
_LABEL_WIDTH = 92.0
_KEPT_TOGETHER = 8
_MOST_LINES = 4


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is known.

    Attributes:
        label: What it is.
        value: Of any length.
        link: Where it leads, or nothing.
    """

    label: str
    value: str
    link: str = ""


def title(book: DossierContext, exhibit: Exhibit) -> str:
    """As in the contents and the bookmarks."""
    return book.wording.joined(book.exhibit_label(exhibit.number), book.name_of(exhibit.item))


def end_key(exhibit: Exhibit) -> str:
    """The key under which the page is remembered on which an exhibit ends."""
    return f"exhibit-{exhibit.number}-end"


def facts(book: DossierContext, exhibit: Exhibit) -> list[Fact]:
    """What is known, without the SHA-256 and the note."""
    wording, item = book.wording, exhibit.item
    separator = wording("format.list")
    how = wording.established(item.time)
    time = wording("exhibit.time_value", time=wording.stamp(item.time), how=how)
    kind = wording.joined(wording(f"item.{item.kind}"), item.media_type, book.size(item))
    is_named = item.kind is not ItemKind.NOTE and item.title not in ("", item.filename)
    name = texts.one_line(item.filename) if is_named else ""
    container = book.exhibit_label(exhibit.container) if exhibit.container else ""
    leads = book.exhibit_key(exhibit.container) if exhibit.container else ""
    exhibit_facts = [
        ("kind", kind, ""),
        ("file", name, ""),
        ("time", time if item.time else "", ""),
        ("lines", *_lines(book, exhibit)),
        ("length", wording.duration(item.duration_s), ""),
        ("pages", wording.number(item.page_count) if item.page_count else "", ""),
        ("container", container, leads),
        ("device", _device(book, exhibit), ""),
        ("place_taken", _metadata(book, exhibit, "GPS latitude", "GPS longitude"), ""),
        ("camera", _metadata(book, exhibit, "Make", "Model"), ""),
        ("imported", wording.moment(item.imported_at.astimezone(wording.zone)), ""),
        ("violations", separator.join(exhibit.violations), ""),
        ("tags", separator.join(exhibit.tags), ""),
        ("status", "" if item.status is ItemStatus.READ else wording(f"status.{item.status}"), ""),
    ]
    listed = [
        Fact(wording(f"exhibit.{key}"), value, to) for key, value, to in exhibit_facts if value
    ]
    listed += [
        Fact(label, value) for label, value in exhibit_marks.facts(book.content, wording, item)
    ]
    for limit in exhibit.limits:
        limit_text = wording(f"limit.{limit.code}", **limit.arguments)
        listed.append(Fact(wording("exhibit.limit"), limit_text))
    return listed


def _lines(book: DossierContext, exhibit: Exhibit) -> tuple[str, str]:
    """The lines of the chronology that lead here, and the anchor of the first of them."""
    if not book.options.has(Part.CHRONOLOGY) or exhibit.item.event_count > _MOST_LINES:
        return "", ""
    events = book.content.access.item_events(exhibit.item.id)
    printed = {book.lines.printed(event.id) for event in events}
    numbers = {number for number in printed if number}
    if not numbers:
        return "", ""
    return book.wording("exhibit.line", numbers=stretches(numbers)), line_key(min(numbers))


def _device(book: DossierContext, exhibit: Exhibit) -> str:
    device, wording = exhibit.device, book.wording
    if device is None:
        return ""
    custody = {True: wording("exhibit.kept"), False: wording("exhibit.not_kept"), None: ""}
    parts = (texts.name(device.name), texts.name(device.holder), custody[device.is_kept])
    return wording.joined(*(part for part in parts if part))


def _metadata(book: DossierContext, exhibit: Exhibit, *names: str) -> str:
    """The photo's own metadata on how it was taken, if the person chose to print it."""
    if not book.options.with_location or exhibit.item.kind is not ItemKind.PICTURE:
        return ""
    metadata = book.content.access.metadata(exhibit.item.id)
    values = [texts.one_line(metadata[name]) for name in names if name in metadata]
    return book.wording("format.list").join(values)


def write(book: DossierContext, exhibit: Exhibit) -> None:
    """Write number, title and facts over the whole width, and the note."""
    sheet = book.sheet
    begin(book, exhibit)
    with sheet.structure.within("H2"):
        sheet.line(book.exhibit_label(exhibit.number), NUMBER)
    name = texts.one_line(exhibit.item.title or exhibit.item.filename)
    sheet.paragraph(book.wording.beginning(name, limits.VALUE), TITLE, after=4)
    with sheet.structure.within("L"):
        for fact in facts(book, exhibit):
            _write_fact(book, fact, _FACT)
        _write_fact(book, Fact("SHA-256", book.digest(exhibit.item)), HASH)
    sheet.space(4)
    write_note(book, exhibit)
    sheet.space(6)


def begin(book: DossierContext, exhibit: Exhibit) -> None:
    """Make the position the place of the exhibit, to which everything leads."""
    book.sheet.anchor(f"exhibit-{exhibit.number}", title(book, exhibit), level=1)


def write_note(book: DossierContext, exhibit: Exhibit) -> None:
    """Write what the person noted beside it."""
    note = exhibit.item.note.strip()
    if note:
        book.sheet.room(2 * BODY.leading)
        book.sheet.paragraph(book.wording("exhibit.note"), FINE)
        book.sheet.paragraph(book.wording.beginning(note, limits.CHARACTERS), BODY)


def _write_fact(book: DossierContext, fact: Fact, style: Style) -> None:
    sheet = book.sheet
    available = sheet.geometry.measure - _LABEL_WIDTH - 6
    clean = texts.clean(book.wording.beginning(fact.value, limits.VALUE))
    lines = texts.wrap(clean, style.size, available)
    sheet.room(min(len(lines), _KEPT_TOGETHER) * style.leading + 2)
    with sheet.structure.within("LI"):
        label, value = sheet.structure.begin("Lbl"), sheet.structure.begin("LBody")
        for n, line in enumerate(lines):
            height = style.leading + (2 if n == len(lines) - 1 else 0)
            sheet.room(height)
            sheet.fill(sheet.geometry.left, sheet.y - height, sheet.geometry.measure, height, TINT)
            if n == 0:
                with sheet.structure.into(label):
                    left = sheet.geometry.left + 6
                    sheet.put(left, sheet.y - 9.5, fact.label, SMALL.coloured(SOFT))
            with sheet.structure.into(value):
                _write_value(book, line, fact.link, style, height)
            sheet.space(height)
        sheet.structure.end(label)
        sheet.structure.end(value)


def _write_value(book: DossierContext, line: str, link: str, style: Style, height: float) -> None:
    sheet = book.sheet
    left = sheet.geometry.left + _LABEL_WIDTH
    if not link:
        sheet.put(left, sheet.y - 9.5, line, style)
        return
    with sheet.structure.within("Link"):
        end = sheet.put(left, sheet.y - 9.5, line, style.coloured(ACCENT))
        sheet.link(link, left, sheet.y - height, end - left, height)


class ColumnBlock(NamedTuple):
    """Something that is known, as lines of a column.

    Attributes:
        tag: What it is in the structure.
        lines: What it says.
        style: How.
        link: Where it leads, or nothing.
    """

    tag: str
    lines: list[str]
    style: Style
    link: str = ""

    @property
    def height(self) -> float:
        """Of all its lines."""
        return len(self.lines) * self.style.leading


def column_blocks(book: DossierContext, exhibit: Exhibit, width: float) -> list[ColumnBlock]:
    """Number, title and facts for a column."""
    item = exhibit.item
    name = texts.one_line(item.title or item.filename)
    blocks = [(book.wording.beginning(name, limits.VALUE), COLUMN_TITLE, "")]
    for fact in facts(book, exhibit):
        fact_text = book.wording("exhibit.fact", label=fact.label, value=fact.value)
        style = FINE.coloured(ACCENT) if fact.link else FINE
        blocks.append((book.wording.beginning(fact_text, limits.VALUE), style, fact.link))
    blocks.append((f"SHA-256 {book.digest(item)}", COLUMN_HASH, ""))
    note = item.note.strip()
    if note:
        note_text = book.wording("exhibit.fact", label=book.wording("exhibit.note"), value=note)
        blocks.append((book.wording.beginning(note_text, limits.CHARACTERS), SMALL, ""))
    return [ColumnBlock("H2", [book.exhibit_label(exhibit.number)], NUMBER)] + [
        ColumnBlock("P", texts.wrap(texts.clean(text), style.size, width, style.bold), style, link)
        for text, style, link in blocks
    ]
