"""From content to a valid PDF/A-2b file."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC
from pathlib import Path

from evidence_app.dossier import archival, key_figures, limits
from evidence_app.dossier import text as texts
from evidence_app.dossier.content import DossierContent
from evidence_app.dossier.context import Chapter, DossierContext
from evidence_app.dossier.options import DossierOptions
from evidence_app.dossier.page_writer import PageWriter
from evidence_app.dossier.print_images import PrintImages
from evidence_app.dossier.progress import ExportStep, Meter
from evidence_app.dossier.redaction import verification
from evidence_app.dossier.redaction.check import Burned
from evidence_app.dossier.sections import (
    annex,
    cover,
    disagreements,
    exhibits,
    findings,
    reading,
    summary,
)
from evidence_app.dossier.sections import timeline as timeline_section
from evidence_app.dossier.sections.contents import Contents
from evidence_app.dossier.wording import Wording
from evidence_app.errors import EvidenceError
from evidence_app.messages import MessageCode, message
from evidence_app.model.times import zone
from evidence_app.sandbox.child import Child

_ARCHIVAL = "evidence_app.dossier.archival"
_POLL_S = 0.05
_TIMEOUT_S = 1800.0
_MOST_REASON = 600


def render(
    content: DossierContent,
    options: DossierOptions,
    out: Path,
    *,
    progress: Callable[[float, str], None],
    is_cancelled: Callable[[], bool],
) -> None:
    """Write the dossier; nothing is written to ``out`` before it is complete and valid.

    Args:
        content: What it says.
        options: The person's choices.
        out: A PDF file; one that is there is replaced.
        progress: Is told the share that is done, 0 to 1, and the `ExportStep`.
        is_cancelled: Is asked often.

    Raises:
        Cancelled: ``is_cancelled`` said so.
        DamagedError: An original is not what was imported, and ``content`` refuses that.
        EvidenceError: The file does not pass the check, or shows what was blacked out, and was
            not saved.
    """
    meter = Meter(progress, is_cancelled)
    with tempfile.TemporaryDirectory(prefix="evidence-dossier-") as folder:
        drawn, checked = Path(folder) / "drawn.pdf", Path(folder) / "checked.pdf"
        began = time.monotonic()
        burned = _draw(content, options, drawn, meter)
        meter.begin(ExportStep.CHECKING)
        _make_archival(drawn, checked, meter, expected_s=time.monotonic() - began)
        verification.require_no_leaks(checked, content.secrecy, burned, meter.check)
        shutil.copyfile(checked, out)
    progress(1.0, ExportStep.CHECKING.value)


def _make_archival(drawn: Path, checked: Path, meter: Meter, expected_s: float) -> None:
    """Have `archival` make and check PDF/A in a process that can be stopped at any time.

    Raises:
        Cancelled: The person asked to stop.
        EvidenceError: The file did not pass.
    """
    began = time.monotonic()
    child = Child(_ARCHIVAL, archival.MEMORY)
    try:
        with ThreadPoolExecutor(1, thread_name_prefix="checking") as thread:
            exchange = thread.submit(_exchange, child, drawn, checked)
            try:
                while not exchange.done():
                    meter.check()
                    time.sleep(_POLL_S)
                    meter.creep((time.monotonic() - began) / max(expected_s, _POLL_S))
            except BaseException:
                child.kill()
                raise
        reasons = exchange.result()
    finally:
        child.stop()
    if reasons is not None:
        raise EvidenceError(message(MessageCode.EXPORT_INVALID, reason=reasons[-_MOST_REASON:]))


def _exchange(child: Child, drawn: Path, checked: Path) -> str | None:
    """Send a file and receive another; why there is none, or None."""
    try:
        with child.watched(_TIMEOUT_S), drawn.open("rb") as sent, checked.open("wb") as received:
            child.send_file(sent)
            reasons = child.receive().head
            if reasons is None:
                child.receive_file(received)
            return None if reasons is None else str(reasons)
    except (EOFError, OSError, ValueError, TypeError, LookupError) as error:
        return f"{type(error).__name__}: {error}"


def _draw(
    content: DossierContent, options: DossierOptions, drawn: Path, meter: Meter
) -> list[Burned]:
    """Draw the pages; the pictures on them in which something was blacked out."""
    where = zone(content.case.timezone)
    words = Wording(options.language, where)
    meter.begin(ExportStep.COUNTING)
    counted = key_figures.count(content.access.events(), where)
    meter.total = _work(content, options, counted)
    title = texts.plain(content.case.title)
    with PrintImages(content.access) as pictures, drawn.open("wb") as file:
        sheet = PageWriter(file, options.page, words, meter, texts.one_line(content.case.title))
        sheet.describe(
            title,
            texts.plain(content.case.owner_name),
            content.generated_at.astimezone(UTC),
            content.program,
        )
        _compose(DossierContext(content, options, counted, words, sheet, pictures))
        return pictures.burned


def _work(content: DossierContent, options: DossierOptions, counted: key_figures.Figures) -> int:
    """How many pieces of work there are; checking takes about as long as drawing."""
    acts = sum(len(group.shown_by) for group in content.findings)
    pieces = min(acts, limits.FINDINGS) + len(content.exhibits)
    if options.include_timeline:
        pieces += min(counted.entries, limits.ENTRIES)
    if options.include_exhibits:
        pieces += len(content.exhibits)
        if options.include_call_logs:
            rows = sum(exhibit.item.event_count for exhibit in content.exhibits)
            pieces += min(rows, limits.ROWS)
    return max(2, 2 * pieces)


def _compose(book: DossierContext) -> None:
    chapters = _chapters(book)
    cover.write(book)
    if book.content.disagreements:
        disagreements.write(book)
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


def _chapters(book: DossierContext) -> list[Chapter]:
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
    if options.include_timeline and book.figures.entries:
        months = timeline_section.months(book)
        chapters.append(
            Chapter("timeline", words("timeline.title"), timeline_section.write, months)
        )
    if options.include_exhibits and content.exhibits:
        shown = tuple(
            (f"exhibit-{exhibit.number}", exhibits.title(book, exhibit))
            for exhibit in content.exhibits
        )
        chapters.append(Chapter("exhibits", words("exhibits.title"), exhibits.write, shown))
    if content.exhibits:
        chapters.append(Chapter("originals", words("originals.title"), annex.write_originals))
    return [
        *chapters,
        Chapter("custody", words("custody.title"), annex.write_custody),
        Chapter("declaration", words("declaration.title"), annex.write_declaration),
    ]
