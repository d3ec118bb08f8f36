"""From content to a valid PDF/A file."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC
from pathlib import Path

from evidence_app.dossier import archival, folding, key_figures, limits, styles
from evidence_app.dossier import text as texts
from evidence_app.dossier.content import DossierContent, Embedded
from evidence_app.dossier.context import Chapter, DossierContext, repeats_as
from evidence_app.dossier.folding import LineIndex
from evidence_app.dossier.key_figures import Figures
from evidence_app.dossier.options import DossierOptions, Part
from evidence_app.dossier.page_writer import PageWriter
from evidence_app.dossier.picture_store import PictureStore
from evidence_app.dossier.print_images import PrintImages
from evidence_app.dossier.progress import ExportStep
from evidence_app.dossier.redaction import second_reading, verification
from evidence_app.dossier.redaction.check import Burned
from evidence_app.dossier.redaction.second_reading import ReadWords
from evidence_app.dossier.sections import chapters, contents, cover, disagreements
from evidence_app.dossier.signature_place import SignaturePlace
from evidence_app.dossier.structure import Structure
from evidence_app.dossier.wording import Wording
from evidence_app.errors import EvidenceError
from evidence_app.messages import MessageCode, message
from evidence_app.model.event import Event
from evidence_app.model.times import zone
from evidence_app.progress import Meter, Progress
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
    progress: Progress,
    read: ReadWords | None = None,
) -> SignaturePlace | None:
    """Write the dossier; nothing is written to ``out`` before it is complete and valid.

    Args:
        content: What it says.
        options: The person's choices.
        out: A PDF file; one that is there is replaced.
        progress: Is told the share that is done, 0 to 1, and the `ExportStep`.
        read: Reads pages once more on which something is blacked out; None if they are only looked
            at here.

    Returns:
        Where its signature belongs; None if it is to have none that is shown.

    Raises:
        Cancelled: The person asked to stop.
        DamagedError: An original is not what was imported, and ``content`` refuses that.
        EvidenceError: The file does not pass the check, or shows what was blacked out, and was
            not saved.
    """
    meter = Meter(progress, 1)
    with tempfile.TemporaryDirectory(prefix="evidence-dossier-") as folder:
        parts = tuple(Path(folder) / name for name in ("pages", "pictures", "elements"))
        checked = Path(folder) / "out"
        began = time.monotonic()
        burned, place = _draw(content, options, parts, meter)
        meter.begin(ExportStep.CHECKING)
        embedded = tuple((content.embedded or {}).values())
        expected_s = time.monotonic() - began
        _make_archival(parts, embedded, checked, meter, expected_s=expected_s)
        verification.require_no_leaks(checked, content.secrecy, burned, progress)
        if read is not None:
            second_reading.require_unreadable(checked, content.secrecy, burned, read, progress)
        shutil.move(checked, out)
    progress.tell(1, 1, ExportStep.CHECKING)
    return place


def _make_archival(
    parts: Sequence[Path],
    embedded: Sequence[Embedded],
    checked: Path,
    meter: Meter,
    expected_s: float,
) -> None:
    """Have `archival` make and check PDF/A in a process that can be stopped at any time.

    Raises:
        Cancelled: The person asked to stop.
        DamagedError: An original that is to lie within the file is not what was imported.
        EvidenceError: The file did not pass.
    """
    began = time.monotonic()
    child = Child(_ARCHIVAL, archival.MEMORY)
    try:
        with ThreadPoolExecutor(1, thread_name_prefix="checking") as thread:
            exchange = thread.submit(_exchange, child, parts, embedded, checked)
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


def _exchange(
    child: Child, parts: Sequence[Path], embedded: Sequence[Embedded], checked: Path
) -> str | None:
    """Send files and receive another; why there is none, or None."""
    try:
        with child.watched(_TIMEOUT_S), checked.open("wb") as received:
            child.send({"associated": [part.file.values() for part in embedded]})
            for part in parts:
                with part.open("rb") as sent:
                    child.send_file(sent)
            for file in embedded:
                with file.open() as original:
                    child.send_file(original)
            reasons = child.receive().head
            if reasons is None:
                child.receive_file(received)
            return None if reasons is None else str(reasons)
    except (EOFError, OSError, ValueError, TypeError, LookupError) as error:
        return f"{type(error).__name__}: {error}"


def _draw(
    content: DossierContent, options: DossierOptions, parts: Sequence[Path], meter: Meter
) -> tuple[list[Burned], SignaturePlace | None]:
    """Draw the pages, and take down their pictures and elements.

    Returns:
        The pictures on them in which something was blacked out, and where the signature belongs.
    """
    drawn, pictures, elements = parts
    where = zone(content.case.timezone)
    wording = Wording(options.language, where)
    meter.begin(ExportStep.COUNTING)
    figures, lines = _count(content, meter)
    meter.total = _work(content, options, lines)
    title = texts.plain(content.case.title)
    running = texts.one_line(content.case.title)
    with (
        PrintImages(content.access) as images,
        PictureStore(pictures) as store,
        drawn.open("wb") as file,
        elements.open("w", encoding="utf-8", errors="replace", newline="\n") as taken_down,
    ):
        structure = Structure(taken_down)
        page = styles.geometry(options.page, is_bound=options.binding_margin)
        sheet = PageWriter(file, store, structure, page, wording, meter, running)
        sheet.describe(
            title,
            texts.plain(content.case.owner_name),
            content.generated_at.astimezone(UTC),
            content.program,
        )
        _compose(DossierContext(content, options, figures, lines, wording, sheet, images))
        return images.burned, sheet.signature_place


def _count(content: DossierContent, meter: Meter) -> tuple[Figures, LineIndex]:
    """Count the events, and give each its line of the chronology, in one pass."""
    where = zone(content.case.timezone)
    index = LineIndex()

    def passing() -> Iterator[Event]:
        for line in folding.lines(content.access.events(), where, repeats_as(content)):
            meter.check()
            index.add(line)
            yield line.event
            yield from line.repeats

    return key_figures.count(passing(), where, content.role_of), index


def _work(content: DossierContent, options: DossierOptions, lines: LineIndex) -> int:
    """How many pieces of work there are; checking takes about as long as drawing."""
    acts = sum(len(group.instances) for group in content.findings)
    rows = sum(exhibit.item.event_count for exhibit in content.exhibits)
    count = len(content.exhibits)
    of_part = {
        Part.FINDINGS: min(acts, limits.FINDINGS),
        Part.CHRONOLOGY: min(lines.count, limits.LINES),
        Part.EXHIBITS: count,
        Part.LOGS: min(rows, limits.ROWS),
        Part.LIST: count,
        Part.ORIGINALS: count,
    }
    return max(2, 2 * sum(of_part.get(part, 0) for part in options.chapters()))


def _compose(book: DossierContext) -> None:
    following = chapters.of(book)
    structure = book.sheet.structure
    with structure.within("Sect"):
        cover.write(book)
    if book.content.disagreements:
        with structure.within("Sect"):
            disagreements.write(book)
    with structure.within("Sect"):
        contents.write(book, following)
    for step, chapter in _with_steps(following):
        book.sheet.meter.begin(step)
        with structure.within("Sect"):
            book.sheet.section(chapter.key, chapter.title)
            chapter.write(book)
    book.sheet.finish()


_STEPS = {
    Part.FINDINGS: ExportStep.FINDINGS,
    Part.CHRONOLOGY: ExportStep.TIMELINE,
    Part.EXHIBITS: ExportStep.EXHIBITS,
    Part.LOGS: ExportStep.EXHIBITS,
    Part.ORIGINALS: ExportStep.ORIGINALS,
}


def _with_steps(following: Sequence[Chapter]) -> Iterator[tuple[ExportStep, Chapter]]:
    """Each chapter with the step under which its progress is told."""
    for chapter in following:
        yield _STEPS.get(Part(chapter.key), ExportStep.SUMMARY), chapter
