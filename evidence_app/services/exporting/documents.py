"""What leaves the case in other forms than PDF, from the same content as the dossier."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from evidence_app import logs
from evidence_app.casefile.case import CaseFile
from evidence_app.dossier import case_uco as graphs
from evidence_app.dossier import print_images
from evidence_app.dossier import text as texts
from evidence_app.dossier.content import DossierContent
from evidence_app.dossier.editable import html_page
from evidence_app.dossier.editable.blocks import blocks
from evidence_app.dossier.options import DossierOptions
from evidence_app.dossier.print_images import PrintImages
from evidence_app.dossier.redaction import verification
from evidence_app.model.changes import Changes
from evidence_app.progress import SILENT, Progress
from evidence_app.services import custody
from evidence_app.services.exporting import exports
from evidence_app.services.exporting.redaction import Redactions
from evidence_app.services.verification import MismatchError, damaged_originals


@logs.step("export a graph")
def case_uco(
    case: CaseFile,
    out: Path,
    options: DossierOptions,
    *,
    despite_mismatches: bool = False,
    progress: Progress = SILENT,
) -> Changes:
    """Write exhibits, hashes and custody as a CASE/UCO graph (JSON-LD); otherwise as a dossier.

    Raises:
        Cancelled: The person asked to stop.
        MismatchError: Something in the case is not as it was put in.
        UserError: The file cannot be written.
    """

    def write(state: CaseFile, content: DossierContent, unfinished: Path) -> None:
        # A dossier checks pictures when it prints them; here only their SHA-256 is told.
        pictures = [
            exhibit.item for exhibit in content.exhibits if print_images.reads(exhibit.item)
        ]
        damaged = damaged_originals(state, pictures, progress)
        if damaged and content.refuses_damage:
            raise MismatchError(tuple(damaged.values()))
        unfinished.write_bytes(graphs.to_bytes(content, custody.list_entries(state)))

    return _document(
        *(case, out, "case-uco", options, write),
        despite_mismatches=despite_mismatches,
        progress=progress,
    )


@logs.step("export a page")
def html(
    case: CaseFile,
    out: Path,
    options: DossierOptions,
    *,
    despite_mismatches: bool = False,
    progress: Progress = SILENT,
) -> Changes:
    """Write the content of a dossier as one HTML page that needs nothing else; as `case_uco`."""

    def write(state: CaseFile, content: DossierContent, unfinished: Path) -> None:
        title = texts.plain(content.case.title)
        with (
            PrintImages(content.access) as pictures,
            unfinished.open("w", encoding="utf-8", newline="\n") as file,
        ):
            parts = progress.until_cancelled(blocks(content, options, pictures))
            html_page.write(parts, title, options.language, file)

    return _document(
        *(case, out, "html", options, write),
        despite_mismatches=despite_mismatches,
        progress=progress,
    )


@logs.step("export a text document")
def word(
    case: CaseFile,
    out: Path,
    options: DossierOptions,
    *,
    despite_mismatches: bool = False,
    progress: Progress = SILENT,
) -> Changes:
    """Write the content of a dossier as a DOCX file that can be edited; as `case_uco`."""
    from evidence_app.dossier.editable import word_file

    def write(state: CaseFile, content: DossierContent, unfinished: Path) -> None:
        title, author = texts.plain(content.case.title), texts.plain(content.case.owner_name)
        with PrintImages(content.access) as pictures:
            parts = progress.until_cancelled(blocks(content, options, pictures))
            word_file.write(parts, title, author, content.generated_at, options, unfinished)

    return _document(
        *(case, out, "docx", options, write),
        despite_mismatches=despite_mismatches,
        progress=progress,
    )


def _document(
    case: CaseFile,
    out: Path,
    kind: str,
    options: DossierOptions,
    write: Callable[[CaseFile, DossierContent, Path], None],
    *,
    despite_mismatches: bool,
    progress: Progress,
) -> Changes:
    """Write a document, and let it out only if no word that was blacked out is in it."""

    def write_and_look(
        state: CaseFile, content: DossierContent, redactions: Redactions, unfinished: Path
    ) -> None:
        write(state, content, unfinished)
        verification.require_no_words(unfinished, content.secrecy)

    return exports.document(
        *(case, out, kind, options, write_and_look),
        despite_mismatches,
        progress.unshown(),
    )
