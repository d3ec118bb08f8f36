"""What is said in a recording, beside the times at which it is said and what is marked there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evidence_app.dossier import limits
from evidence_app.dossier.content import DossierContent
from evidence_app.dossier.context import DossierContext
from evidence_app.dossier.styles import SMALL, SOFT, STRONG, TINT, WARNING
from evidence_app.dossier.tables import LEAST, Column, Table
from evidence_app.dossier.wording import Wording
from evidence_app.model.evidence import Item
from evidence_app.model.mark import Mark, MarkKind, Stretch
from evidence_app.model.transcript import TranscriptLine, TranscriptOrigin

_SIDES = ("left", "right")


@dataclass(frozen=True, slots=True)
class _Row:
    stretch: Stretch
    line: TranscriptLine | None
    marks: tuple[Mark, ...]


def write(book: DossierContext, item: Item) -> bool:
    """Write the transcript of a recording; return whether there is one."""
    wording, sheet = book.wording, book.sheet
    lines = book.content.access.transcript(item.id)
    if not lines:
        return False
    marks = [mark for mark in book.content.access.marks(item.id) if mark.stretch is not None]
    sheet.room(LEAST + 60)
    sheet.paragraph(wording("transcript.title"), STRONG, after=3)
    for origin in origins(wording, lines):
        sheet.paragraph(origin, SMALL.coloured(SOFT), after=2)
    sheet.space(4)
    has_speakers = any(line.speaker for line in lines)
    columns = [Column(wording("transcript.time"), 2.2), Column(wording("table.words"), 8.8)]
    if has_speakers:
        columns.insert(1, Column(wording("transcript.speaker"), 2.6))
    if marks:
        columns.append(Column(wording("transcript.marks"), 4.0))
    table = Table(sheet, columns)
    remaining = limits.TEXT
    for row in _rows(lines, marks):
        sheet.meter.check()
        text = "" if row.line is None else _line_text(wording, row.line)
        cells = [_times(wording, row.stretch), text]
        if has_speakers:
            cells.insert(1, "" if row.line is None else _speaker(wording, row.line))
        if marks:
            cells.append("\n".join(_marked(book.content, wording, mark) for mark in row.marks))
        table.row(cells, ground=TINT if row.marks else None)
        remaining -= len(text)
        if remaining < 0:
            cut_note = wording("transcript.cut", count=wording.number(len(lines)))
            sheet.paragraph(cut_note, SMALL.coloured(WARNING))
            break
    sheet.space(6)
    return True


def origins(wording: Wording, lines: list[TranscriptLine]) -> Iterator[str]:
    """Where the words come from, and whether some of them are doubtful."""
    for origin, source in dict.fromkeys((line.origin, line.source) for line in lines):
        yield wording(f"transcript.{origin}", source=source)
    if any(line.is_doubtful for line in lines):
        yield wording("transcript.doubtful")
    if any(line.corrected is not None for line in lines):
        yield wording("transcript.corrected")


def _rows(lines: list[TranscriptLine], marks: list[Mark]) -> Iterator[_Row]:
    """The segments in order, each with the marks that begin in it; other marks get a row."""
    own: dict[int, list[Mark]] = {}
    alone: list[_Row] = []
    for mark in marks:
        stretch = mark.stretch
        if stretch is None:
            continue
        touched = [line for line in lines if line.stretch.touches(stretch)]
        if touched:
            own.setdefault(touched[0].id, []).append(mark)
        else:
            alone.append(_Row(stretch, None, (mark,)))
    rows = [_Row(line.stretch, line, tuple(own.get(line.id, ()))) for line in lines]
    yield from sorted(rows + alone, key=lambda row: (row.stretch.start_s, row.stretch.end_s))


def line_of(wording: Wording, line: TranscriptLine) -> str:
    """A segment on one line: its times, who speaks, and the words."""
    line_text = wording.joined(_times(wording, line.stretch), _speaker(wording, line))
    return wording("transcript.line", where=line_text, text=_line_text(wording, line))


def _line_text(wording: Wording, line: TranscriptLine) -> str:
    return wording("transcript.unsure", text=line.words) if line.is_doubtful else line.words


def _speaker(wording: Wording, line: TranscriptLine) -> str:
    if line.origin is TranscriptOrigin.SPEECH and line.speaker in _SIDES:
        return wording(f"transcript.{line.speaker}")
    return line.speaker


def _marked(content: DossierContent, wording: Wording, mark: Mark) -> str:
    """A mark as ``1:23 threat``: its beginning, and what it shows, or that it was blacked out."""
    start = wording.duration(mark.stretch.start_s) if mark.stretch else ""
    if mark.kind is MarkKind.REDACTION:
        return wording("transcript.mark", start=start, what=wording("marks.hidden"))
    violations = [
        group.name
        for group in content.findings
        if any(mark.id in finding.marks for finding in group.instances)
    ]
    content_text = wording.joined(*violations, mark.text, mark.note) or wording(
        f"marks.{mark.kind}"
    )
    return wording("transcript.mark", start=start, what=content_text)


def _times(wording: Wording, stretch: Stretch) -> str:
    start, end = wording.duration(stretch.start_s), wording.duration(stretch.end_s)
    return wording("marks.in_recording", start=start, end=end)
