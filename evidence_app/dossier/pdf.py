"""From content to a valid PDF/A-2b file."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

from evidence_app.dossier import figures
from evidence_app.dossier import text as texts
from evidence_app.dossier.book import Book, Chapter
from evidence_app.dossier.content import DossierContent
from evidence_app.dossier.options import DossierOptions
from evidence_app.dossier.pictures import PictureShop
from evidence_app.dossier.progress import ExportStep, Meter
from evidence_app.dossier.sections import annex, cover, exhibits, findings, reading, summary
from evidence_app.dossier.sections import timeline as timeline_section
from evidence_app.dossier.sections.contents import Contents
from evidence_app.dossier.sheet import Sheet
from evidence_app.dossier.wording import Wording
from evidence_app.errors import EvidenceError
from evidence_app.messages import MessageCode, message
from evidence_app.model.times import zone

if TYPE_CHECKING:
    from pikepdf import Pdf

FLAVOUR = "2b"
"""Of PDF/A."""

_MAPPING = re.compile(rb"<([0-9A-F]{2})> <([0-9A-F]{5,6})>")


def render(
    content: DossierContent,
    options: DossierOptions,
    out: Path,
    *,
    progress: Callable[[float, str], None],
    is_cancelled: Callable[[], bool],
) -> None:
    """Write the dossier; ``out`` appears complete and valid, or not at all.

    Args:
        content: What it says.
        options: The person's choices.
        out: A PDF file; one that is there is replaced.
        progress: Is told the share that is done, 0 to 1, and the `ExportStep`.
        is_cancelled: Is asked often.

    Raises:
        Cancelled: ``is_cancelled`` said so.
        EvidenceError: The file does not pass the check, and was not saved.
    """
    meter = Meter(progress, is_cancelled)
    with tempfile.TemporaryDirectory(prefix="evidence-dossier-") as folder:
        drawn = Path(folder) / "drawn.pdf"
        _draw(content, options, drawn, meter)
        meter.begin(ExportStep.CHECKING)
        meter.check()
        _save_archival(drawn, out)
    progress(1.0, ExportStep.CHECKING.value)


def _draw(content: DossierContent, options: DossierOptions, drawn: Path, meter: Meter) -> None:
    where = zone(content.case.timezone)
    words = Wording(options.language, where)
    meter.begin(ExportStep.COUNTING)
    counted = figures.count(content.access.events(), where)
    meter.total = _work(content, options, counted)
    title = texts.plain(content.case.title)
    with PictureShop(content.access) as pictures, drawn.open("wb") as file:
        sheet = Sheet(file, options.page, words, meter, texts.one_line(content.case.title))
        sheet.describe(
            title,
            texts.plain(content.case.owner_name),
            content.generated_at.astimezone(UTC),
            content.program,
        )
        _compose(Book(content, options, counted, words, sheet, pictures))


def _work(content: DossierContent, options: DossierOptions, counted: figures.Figures) -> int:
    """How many pieces of work there are: entries, findings, exhibits."""
    pieces = sum(len(group.shown_by) for group in content.findings) + len(content.exhibits)
    if options.include_timeline:
        pieces += counted.entries
    if options.include_exhibits:
        pieces += len(content.exhibits)
        if options.include_call_logs:
            pieces += sum(exhibit.item.event_count for exhibit in content.exhibits)
    return max(1, pieces)


def _compose(book: Book) -> None:
    chapters = _chapters(book)
    cover.write(book)
    contents = Contents(book, chapters)
    for step, chapter in _with_steps(chapters):
        book.sheet.meter.begin(step)
        book.sheet.section(chapter.key, chapter.title)
        chapter.write(book)
    contents.fill_in()
    book.sheet.finish()


_STEPS = {
    "findings": ExportStep.FINDINGS,
    "timeline": ExportStep.TIMELINE,
    "exhibits": ExportStep.EXHIBITS,
    "originals": ExportStep.ORIGINALS,
}


def _with_steps(chapters: list[Chapter]) -> list[tuple[ExportStep, Chapter]]:
    """Each chapter with the step under which its progress is told."""
    step = ExportStep.SUMMARY
    found = []
    for chapter in chapters:
        step = _STEPS.get(chapter.key, step)
        found.append((step, chapter))
    return found


def _chapters(book: Book) -> list[Chapter]:
    words, content, options = book.words, book.content, book.options
    groups = tuple(
        (f"finding-{group.code}", findings.title(number, group))
        for number, group in enumerate(content.findings, 1)
    )
    chapters = [
        Chapter("reading", words("reading.title"), reading.write),
        Chapter("summary", words("summary.title"), summary.write),
        Chapter("findings", words("findings.title"), findings.write, groups),
    ]
    if options.include_timeline:
        months = timeline_section.months(book)
        chapters.append(
            Chapter("timeline", words("timeline.title"), timeline_section.write, months)
        )
    if options.include_exhibits:
        shown = tuple(
            (f"exhibit-{exhibit.number}", exhibits.title(book, exhibit))
            for exhibit in content.exhibits
        )
        chapters.append(Chapter("exhibits", words("exhibits.title"), exhibits.write, shown))
    return [
        *chapters,
        Chapter("originals", words("originals.title"), annex.write_originals),
        Chapter("custody", words("custody.title"), annex.write_custody),
        Chapter("declaration", words("declaration.title"), annex.write_declaration),
    ]


def _save_archival(drawn: Path, out: Path) -> None:
    """Make PDF/A of what ReportLab wrote; it is checked before it takes its place.

    Raises:
        EvidenceError: It did not pass.
    """
    import pikepdf
    from pikepdf import pdfa

    with pikepdf.open(drawn) as pdf:
        for page in pdf.pages:
            if "/Trans" in page:
                del page["/Trans"]
        _mend_character_maps(pdf)
        decimal = pikepdf.Dictionary(S=pikepdf.Name.D, St=1)
        pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([0, decimal]))
        try:
            pdfa.save(pdf, out, FLAVOUR)
        except pdfa.PdfaError as error:
            reason = "; ".join(str(one) for one in error.report.findings[:3])
            raise EvidenceError(message(MessageCode.EXPORT_INVALID, reason=reason)) from error


def _mend_character_maps(pdf: Pdf) -> None:
    """Write characters beyond the first plane as UTF-16, so that emoji can be searched for."""
    import pikepdf

    for each in pdf.objects:
        if not isinstance(each, pikepdf.Dictionary) or each.get("/Type") != pikepdf.Name.Font:
            continue
        stream = each.get("/ToUnicode")
        if isinstance(stream, pikepdf.Stream):
            data = stream.read_bytes()
            mended = _MAPPING.sub(_as_utf16, data)
            if mended != data:
                stream.write(mended)


def _as_utf16(match: re.Match[bytes]) -> bytes:
    units = chr(int(match[2], 16)).encode("utf-16-be").hex().upper()
    return b"<%b> <%b>" % (match[1], units.encode())
