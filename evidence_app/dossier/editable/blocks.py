"""The parts of a document, from the same content as the PDF; writers know nothing of cases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from evidence_app.dossier import key_figures, limits
from evidence_app.dossier import text as texts
from evidence_app.dossier.content import Basis, DossierContent, Exhibit, Instance
from evidence_app.dossier.options import DossierOptions, Part
from evidence_app.dossier.print_images import PrintImages
from evidence_app.dossier.sections import cover, debts, declaration, exhibit_marks, transcript
from evidence_app.dossier.wording import Wording
from evidence_app.errors import DamagedError
from evidence_app.model.event import Event
from evidence_app.model.evidence import ItemKind
from evidence_app.model.times import zone

MOST_ROWS = 5000
"""Rows of one table; programs that edit text get slow with more."""

_LOGS = (ItemKind.CALL_LOG, ItemKind.MESSAGES)
_PIXELS = (1400, 8000)
_HIDDEN = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 0 is the title of the document. ``anchor`` names it for links."""

    text: str
    level: int
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words, with line feeds; a warning is one that nobody should miss."""

    text: str
    is_warning: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of a table; ``anchor`` is where its last cell leads, or empty."""

    cells: tuple[str, ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; titles may be empty for pairs of a label and a value. Rows are given once."""

    titles: tuple[str, ...]
    rows: Iterator[Row]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as a JPEG or PNG file."""

    data: bytes
    is_jpeg: bool
    width: int
    height: int
    description: str


Block = Heading | Paragraph | Table | Picture


def blocks(
    content: DossierContent, options: DossierOptions, pictures: PrintImages
) -> Iterator[Block]:
    """The parts in their order; each must be used before the next is asked for.

    Raises:
        DamagedError: An original is not what was imported, and ``content`` refuses that.
    """
    yield from _Book(content, options, pictures).blocks()


def visible(text: str) -> str:
    """Text of the case as it may stand in a document.

    What turns the direction of letters, and could feign other words, stands as its number.
    """
    clean = _NO_XML.sub("\ufffd", texts.clean(text))
    return _HIDDEN.sub(lambda match: f"[U+{ord(match[0]):04X}]", clean)


class _Book:
    def __init__(
        self, content: DossierContent, options: DossierOptions, pictures: PrintImages
    ) -> None:
        self._content, self._options, self._pictures = content, options, pictures
        self._wording = Wording(options.language, zone(content.case.timezone))

    def blocks(self) -> Iterator[Block]:
        wording = self._wording
        yield from self._cover()
        yield from self._disagreements()
        yield from self._findings()
        if self._options.has(Part.CHRONOLOGY):
            yield Heading(wording("chronology.title"), 1)
            yield Paragraph(wording("chronology.intro", zone=self._content.case.timezone))
            yield from self._timeline()
        yield Heading(wording("exhibits.title"), 1)
        yield Paragraph(wording("exhibits.intro"))
        for exhibit in self._content.exhibits:
            yield from self._exhibit(exhibit)
        yield from self._end()

    def _cover(self) -> Iterator[Block]:
        wording, content = self._wording, self._content
        yield Heading(visible(content.case.title), 0)
        yield Paragraph(wording("cover.kind"))
        request = self._options.request or wording(f"request.{self._options.profile}")
        pairs = [
            ("cover.owner", content.case.owner_name),
            ("cover.numbers", wording("format.list").join(content.own_numbers)),
            ("cover.against", "\n".join(cover.accused(content, wording))),
            ("cover.debt", "\n".join(debts.lines(content, wording, cover.MOST_DEBTS))),
            ("cover.request", request),
            ("cover.exhibits", wording.number(len(content.exhibits))),
            ("cover.made", wording.moment(content.generated_at)),
            ("custody.code", content.custody.code),
        ]
        yield Table((), (Row((wording(key), visible(value))) for key, value in pairs if value))
        hidden = exhibit_marks.notice(content, wording)
        if hidden:
            yield Paragraph(hidden)
        for why, number in content.omitted.items():
            yield Paragraph(wording.counted(f"omission.{why}", number))

    def _disagreements(self) -> Iterator[Block]:
        wording, disagreements = self._wording, self._content.disagreements
        if disagreements:
            yield Heading(wording("disagreements.title"), 1)
            yield Paragraph(wording("disagreements.intro"), is_warning=True)
            for disagreement in disagreements[:MOST_ROWS]:
                yield Paragraph(visible(wording.mismatch(disagreement.mismatch)), is_warning=True)

    def _findings(self) -> Iterator[Block]:
        wording, groups = self._wording, self._content.findings
        yield Heading(wording("findings.title"), 1)
        yield Paragraph(wording("findings.intro" if groups else "findings.none"))
        titles = tuple(wording(f"table.{column}") for column in ("time", "how", "what", "exhibit"))
        for number, group in enumerate(groups, 1):
            yield Heading(f"{number}. {group.name}", 2)
            yield Paragraph(group.explanation)
            yield Paragraph(wording.counted("findings.shown", len(group.instances)))
            for basis in group.bases:
                yield from self._basis(basis)
            yield Table(titles, map(self._instance_row, group.instances[:MOST_ROWS]))
            yield from self._cut(len(group.instances))
            if group.not_known:
                lacking = "\n".join((wording("findings.not_known"), *group.not_known))
                yield Paragraph(visible(lacking))

    def _basis(self, basis: Basis) -> Iterator[Block]:
        """The passage, then what was found by it, with its arithmetic."""
        wording = self._wording
        provision = basis.provision and wording("findings.provision", provision=basis.provision)
        quotation = basis.quotation and wording("format.quote", text=basis.quotation)
        parts = [provision, quotation, basis.force, basis.reservation, basis.condition]
        for breach in basis.breaches:
            parts += [breach.sentence, breach.note]
        for part in parts:
            if part.strip():
                yield Paragraph(visible(part))

    def _cut(self, count: int) -> Iterator[Block]:
        wording = self._wording
        if count > MOST_ROWS:
            shown_count, total = wording.number(MOST_ROWS), wording.number(count)
            cut_note = wording("format.first_of", shown=shown_count, count=total)
            yield Paragraph(cut_note, is_warning=True)

    def _instance_row(self, instance: Instance) -> Row:
        wording = self._wording
        item = self._content.exhibit(instance.exhibit).item
        reading = instance.event.time if instance.event is not None else item.time
        if instance.event is None:
            lines = [wording("findings.whole_item", title=item.title or item.filename)]
        else:
            lines = [self._act(instance.event)]
        if instance.note.strip():
            lines.append(wording("findings.note", note=instance.note.strip()))
        text = visible(wording.beginning("\n".join(lines), limits.CHARACTERS))
        return self._row(
            (wording.stamp(reading), wording.established(reading), text), instance.exhibit
        )

    def _row(self, cells: tuple[str, ...], exhibit: int) -> Row:
        label = self._wording("exhibit.label", number=exhibit)
        return Row((*cells, label), f"exhibit-{exhibit}")

    def _act(self, event: Event) -> str:
        wording = self._wording
        line = wording.joined(wording.act(event), wording.other_side(event), wording.length(event))
        text = event.text.strip()
        return f"{line}\n{wording('format.quote', text=text)}" if text else line

    def _timeline(self) -> Iterator[Block]:
        wording, content = self._wording, self._content
        titles = tuple(wording(f"table.{column}") for column in ("time", "how", "what", "exhibit"))

        def row(event: Event) -> Row:
            reading = event.time
            lines = [self._act(event), *content.event_violations.get(event.id, ())]
            text = visible(wording.beginning("\n".join(lines), limits.CHARACTERS))
            cells = (wording.stamp(reading), wording.established_short(reading), text)
            return self._row(cells, content.exhibit_of(event))

        yield Table(titles, map(row, islice(content.access.events(), MOST_ROWS)))
        figures = key_figures.count(content.access.events(), wording.zone, content.role_of)
        yield from self._cut(figures.entries)

    def _exhibit(self, exhibit: Exhibit) -> Iterator[Block]:
        wording, item = self._wording, exhibit.item
        label = wording("exhibit.label", number=exhibit.number)
        title = texts.name(item.title or item.filename)
        anchor = f"exhibit-{exhibit.number}"
        yield Heading(visible(wording.joined(label, title)), 2, anchor)
        time = wording(
            "exhibit.time_value", time=wording.stamp(item.time), how=wording.established(item.time)
        )
        pairs = [
            ("exhibit.kind", wording(f"item.{item.kind}")),
            ("exhibit.file", item.filename),
            ("exhibit.time", time if item.time is not None else ""),
            ("exhibit.violations", wording("format.list").join(exhibit.violations)),
            ("exhibit.note", wording.beginning(item.note.strip(), limits.CHARACTERS)),
        ]
        rows = [Row((wording(key), visible(value))) for key, value in pairs if value]
        marks = exhibit_marks.facts(self._content, wording, item)
        rows += [Row((label, visible(value))) for label, value in marks]
        digest = item.sha256 or wording("marks.digest_withheld")
        yield Table((), iter([*rows, Row(("SHA-256", digest))]))
        if item.id in self._content.damaged:
            yield Paragraph(wording("exhibit.damaged"), is_warning=True)
        elif self._is_partly_chosen(exhibit):
            yield Paragraph(wording("exhibit.entries_chosen"))
        elif self._options.has(Part.EXHIBITS):
            yield from self._body(exhibit)

    def _is_partly_chosen(self, exhibit: Exhibit) -> bool:
        """Whether other entries stand in the file than those that the timeline has."""
        if not self._options.only_findings or exhibit.violations:
            return False
        count = sum(1 for _ in self._content.access.item_events(exhibit.item.id))
        return count < exhibit.item.event_count

    def _body(self, exhibit: Exhibit) -> Iterator[Block]:
        wording, item = self._wording, exhibit.item
        try:
            pictures = self._pictures.order(item, _PIXELS).result()
        except DamagedError:
            if self._content.refuses_damage:
                raise
            yield Paragraph(wording("exhibit.damaged"), is_warning=True)
            return
        description = visible(texts.name(item.title or item.filename))
        for form in pictures.forms:
            if form is not None:
                size = form.width, form.height
                yield Picture(form.as_file(), form.is_jpeg, *size, description)
        has_pages = any(form is not None for form in pictures.forms)
        self._pictures.discard(pictures)
        if pictures.is_substitute:
            yield Paragraph(wording("exhibit.substitute"), is_warning=True)
        elif not has_pages and item.kind is ItemKind.PICTURE:
            yield Paragraph(wording("exhibit.no_picture"))
        # The entries of a log stand in the timeline.
        is_log = item.kind in _LOGS or (item.kind is ItemKind.TABLE and item.event_count > 0)
        texts_of_item = [] if is_log else self._content.access.texts(item.id)
        spoken = self._content.access.transcript(item.id)
        if spoken:
            yield from map(Paragraph, transcript.origins(wording, spoken))
        text = "\n".join(
            [transcript.line_of(wording, line) for line in spoken]
            or [block.text for block in texts_of_item]
        ).strip()
        if text:
            yield Heading(wording("transcript.title" if spoken else "exhibit.text"), 3)
            yield Paragraph(visible(text[: limits.TEXT]))
        if len(text) > limits.TEXT:
            shown_count, count = wording.number(limits.TEXT), wording.number(len(text))
            yield Paragraph(wording("exhibit.cut", shown=shown_count, count=count))

    def _end(self) -> Iterator[Block]:
        wording = self._wording
        if not self._options.has(Part.DECLARATION):
            return
        yield Heading(wording("declaration.title"), 1)
        yield Paragraph(wording("declaration.draft"), is_warning=True)
        title, *paragraphs = declaration.draft(self._content, wording)
        yield Heading(title, 2)
        for paragraph in paragraphs:
            yield Paragraph(visible(paragraph))
