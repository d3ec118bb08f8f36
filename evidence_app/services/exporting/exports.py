"""What leaves the case: dossier, tables, evidence package. Each export is an entry in the log."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from pathlib import Path

from evidence_app import logs
from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.custody import signing
from evidence_app.casefile.snapshot import Snapshot
from evidence_app.dossier import print_images
from evidence_app.dossier.content import DossierContent
from evidence_app.dossier.options import PARTS, DossierOptions, Part, Profile
from evidence_app.dossier.progress import ExportStep
from evidence_app.dossier.wording import Wording
from evidence_app.errors import DamagedError
from evidence_app.messages import MessageCode
from evidence_app.model.changes import Changes
from evidence_app.model.custody import Action
from evidence_app.model.evidence import Item
from evidence_app.model.times import zone
from evidence_app.model.verification import Mismatch, MismatchKind
from evidence_app.progress import SILENT, Progress
from evidence_app.services import custody, verification
from evidence_app.services import events as timeline
from evidence_app.services.events import EventFilter
from evidence_app.services.exporting import dossier_content, embedding, redaction, tables
from evidence_app.services.exporting.appearing import Note, appearing, place_of
from evidence_app.services.exporting.redaction import Redactions
from evidence_app.services.exporting.second_reader import SecondReader
from evidence_app.services.exporting.signatures import Signing, signer
from evidence_app.services.exporting.tables import Language
from evidence_app.services.verification import MismatchError

__all__ = ["PARTS", "DossierOptions", "MismatchError", "Part", "Profile", "Signing"]


def usual_request(options: DossierOptions) -> str:
    """What is asked for on the cover if the person says nothing else."""
    return str(Wording(options.language, zone("UTC"))(f"request.{options.profile}"))


@logs.step("export a dossier")
def dossier(
    case: CaseFile,
    out: Path,
    options: DossierOptions,
    *,
    signature: Signing | None = None,
    despite_mismatches: bool = False,
    progress: Progress = SILENT,
) -> Changes:
    """Write the dossier as a PDF/A-2b file, or PDF/A-3b with originals, after a look at them.

    Args:
        case: The case.
        out: The file; one that is there is replaced, but only when the new one is complete.
        options: The person's choices.
        signature: With what the dossier is signed; it is not if there is none.
        despite_mismatches: Whether the person wishes it although something in the case is not as
            it was put in; the dossier says what, then.
        progress: Is told the share that is done, 0 to 1, and a word for the step; when cancelled
            nothing is left behind.

    Raises:
        Cancelled: The person asked to stop.
        MismatchError: Something in the case is not as it was put in.
        UserError: The file cannot be written.
        EvidenceError: The finished file did not pass the check for PDF/A, or could not be signed.
    """
    from evidence_app.dossier import pdf

    signing = signer(signature, progress)

    def write(
        state: CaseFile, content: DossierContent, redactions: Redactions, unfinished: Path
    ) -> None:
        taken = state, replace(content, signatory=signing.by), options, redactions
        with (
            SecondReader(progress) as reader,
            embedding.within(*taken, reader.text_of, progress) as full_content,
        ):
            place = pdf.render(
                full_content, options, unfinished, progress=progress, read=reader.text_of
            )
        signing.sign(unfinished, place)

    return document(case, out, "dossier", options, write, despite_mismatches, progress)


def document(
    case: CaseFile,
    out: Path,
    kind: str,
    options: DossierOptions,
    write: Callable[[CaseFile, DossierContent, Redactions, Path], None],
    despite_mismatches: bool,
    progress: Progress,
) -> Changes:
    """Write one file of a state of the case as `dossier` does.

    ``write`` gets the state, what a dossier of it says without what is blacked out, what that is,
    and the place of the file; ``kind`` is the word for it in the log.
    """
    note = Note(case, kind, out)
    with Snapshot(case) as state, appearing(case, out, note.finish) as unfinished:
        inspection = note.of = _Inspection(state, despite_mismatches, progress)
        content = inspection.of(dossier_content.gather(state, options), _not_printed(options))
        with _as_mismatch():
            redactions = redaction.of_state(state, progress)
            write(state, redactions.content(content), redactions, unfinished)
    return note.changes


@logs.step("preview a dossier")
def preview(
    case: CaseFile,
    out: Path,
    options: DossierOptions,
    *,
    progress: Progress = SILENT,
) -> None:
    """Write the dossier only to look at it: as `dossier` does, without an entry in the log.

    No originals lie within it.

    Only the pictures that it shows are checked; a damaged one stops nothing.
    """
    from evidence_app.dossier import pdf

    with (
        Snapshot(case) as state,
        appearing(case, out, lambda unfinished: unfinished.replace(out)) as unfinished,
    ):
        content = replace(dossier_content.gather(state, options), refuses_damage=False)
        content = redaction.of_state(state, progress).content(content)
        pdf.render(content, options, unfinished, progress=progress)


@logs.step("export a table")
def table(
    case: CaseFile,
    out: Path,
    language: Language = "en",
    *,
    despite_mismatches: bool = False,
    progress: Progress = SILENT,
) -> Changes:
    """Write all entries as a table, CSV or XLSX by the file's ending, after a look at them.

    Args:
        case: The case.
        out: The file; one that is there is replaced, but only when the new one is complete.
        language: Of the headings.
        despite_mismatches: As for `dossier`; the first rows say what does not agree, then.
        progress: Asked at every row; if it is cancelled, nothing is left behind.

    Raises:
        Cancelled: The person asked to stop.
        MismatchError: Something in the case is not as it was put in.
        UsageError: The ending is another one.
        UserError: The file cannot be written.
    """
    write = tables.writer_for(out)
    note = Note(case, "table", out)
    with Snapshot(case) as state, appearing(case, out, note.finish) as unfinished:
        inspection = note.of = _Inspection(state, despite_mismatches, progress.unshown())
        redactions = redaction.of_state(state, progress)
        events = map(redactions.cleaned, timeline.stream(state, EventFilter()))
        rows = chain(
            tables.warnings(inspection.mismatches, language),
            redactions.rows(tables.rows(state, events, language)),
        )
        write(progress.until_cancelled(rows), unfinished)
    return note.changes


@logs.step("export a package")
def package(
    case: CaseFile,
    out: Path,
    options: DossierOptions,
    *,
    signature: Signing | None = None,
    despite_mismatches: bool = False,
    progress: Progress = SILENT,
) -> Changes:
    """Write an evidence package (BagIt 1.0): dossier, originals, tables and custody log.

    Args:
        case: The case.
        out: A ZIP file by its ending, of which one that is there is replaced when the new one is
            complete; else a folder that is not there yet.
        options: The person's choices for the dossier; originals that it does not show are not in
            the package.
        signature: With what the dossier is signed; it is not if there is none.
        despite_mismatches: As for `dossier`; the package says what does not agree, and leaves
            originals out that are not what was imported.
        progress: Is told the share that is done, 0 to 1, and a word for the step; when cancelled
            nothing is left behind.

    Raises:
        Cancelled: The person asked to stop.
        MismatchError: Something in the case is not as it was put in; nothing is left behind.
        UserError: Nothing can be written there, or the folder is there already.
        EvidenceError: The dossier did not pass the check for PDF/A, or could not be signed.
    """
    from evidence_app.services.exporting import package_content

    signing, note = signer(signature, progress), Note(case, "package", out)
    _continue_here(case)
    with (
        Snapshot(case) as state,
        tempfile.TemporaryDirectory(prefix="evidence-package-") as folder,
    ):
        inspection = note.of = _Inspection(state, despite_mismatches, progress)
        # Originals are checked when they are packed.
        content = inspection.of(dossier_content.gather(state, options), lambda item: False)
        with _as_mismatch(), SecondReader(progress) as reader:
            redactions = redaction.of_state(state, progress)
            content = replace(redactions.content(content), signatory=signing.by)
            taken = state, content, options, redactions, Path(folder), signing.sign, reader.text_of
            copies = package_content.prepare(*taken, progress)
        with _as_mismatch(), place_of(case, out, note.finish) as place:
            written = state, content, options, copies, Path(folder), place
            packed = package_content.write(*written, progress)
            note.fingerprint = packed.sha256, packed.size
    return note.changes


def _continue_here(case: CaseFile) -> None:
    """Enter that the log goes on with this computer's key, if that of another signed its end.

    A package is signed by whoever makes it, who must be the one who signed the end of its log.
    """
    newest, own = custody.head(case), signing.installation_key().public
    if newest is not None and newest.signer not in (None, own) and not case.read_only:
        with case.change(Action.CHANGE_KEY, {}, undoable=False):
            pass


@contextmanager
def _as_mismatch() -> Iterator[None]:
    """Tell of a damaged original that was found when it was printed or packed as of the others.

    Raises:
        MismatchError: Such an original was found.
    """
    try:
        yield
    except DamagedError as error:
        if error.message.code is not MessageCode.ORIGINAL_DAMAGED:
            raise
        where = error.message.arguments["item"]
        mismatch = Mismatch(MismatchKind.ORIGINAL, where, "its SHA-256", "other bytes")
        raise MismatchError([mismatch]) from error


def _not_printed(options: DossierOptions) -> Callable[[Item], bool]:
    """Which originals a dossier names without reading them."""
    return lambda item: not (options.has(Part.EXHIBITS) and print_images.reads(item))


class _Inspection:
    """The look at a state of a case before it is exported.

    Attributes:
        mismatches: What does not agree, as far as it is known.
        entry: The number of the newest entry of the log in that state.
    """

    def __init__(
        self,
        state: Snapshot,
        despite_mismatches: bool,
        progress: Progress,
    ) -> None:
        self._state = state
        self._is_wished = despite_mismatches
        self._progress = progress
        progress.tell(0, 1, ExportStep.LOOKING)
        newest = custody.head(state)
        self.entry = newest.seq if newest is not None else 0
        self.mismatches: tuple[Mismatch, ...] = ()
        self._add(verification.check_state(state, progress))

    def of(self, content: DossierContent, is_read: Callable[[Item], bool]) -> DossierContent:
        """The content with what does not agree.

        Args:
            content: Of the same state.
            is_read: Which originals are to be checked now; all, if what does not agree is to be
                said, for it is said first. The others are checked when they are printed or packed.

        Raises:
            MismatchError: Something does not agree, and it is not to be exported then.
        """
        originals = [exhibit.item for exhibit in content.exhibits]
        unchecked = originals if self._is_wished else filter(is_read, originals)
        damaged = verification.damaged_originals(self._state, unchecked, self._progress)
        self._add(damaged.values())
        disagreements = dossier_content.disagreements(
            self._state, content.exhibits, self.mismatches
        )
        return replace(
            content,
            disagreements=disagreements,
            damaged=frozenset(damaged),
            refuses_damage=not self._is_wished,
        )

    def require_same(self) -> None:
        """Look once more if somebody wrote into the file while it was exported.

        Raises:
            MismatchError: What does not agree is not what it was.
            UserError: Nobody had the file open, and somebody wrote into it.
        """
        if not self._state.was_written_over():
            return
        new = [
            mismatch
            for mismatch in verification.check_state(self._state, self._progress)
            if mismatch not in self.mismatches
        ]
        if new:
            raise MismatchError(new)

    def _add(self, mismatches: Iterable[Mismatch]) -> None:
        self.mismatches = (*self.mismatches, *mismatches)
        if self.mismatches and not self._is_wished:
            raise MismatchError(self.mismatches)
