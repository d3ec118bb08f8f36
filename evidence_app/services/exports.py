"""What leaves the case: dossier, tables, evidence package. Each export is an entry in the log."""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from evidence_app import logs, scratch
from evidence_app.casefile import case_records, durable
from evidence_app.casefile.case import CaseFile
from evidence_app.dossier.options import DossierOptions
from evidence_app.dossier.package.places import FolderPlace, Place, ZipPlace
from evidence_app.errors import Cancelled, MendableError
from evidence_app.messages import MessageCode, message
from evidence_app.model.changes import Changes
from evidence_app.model.custody import Action
from evidence_app.services import dossier_content, tables, timeline
from evidence_app.services.tables import Language
from evidence_app.services.timeline import EventFilter

__all__ = ["DossierOptions"]

_PIECE = 1 << 20


@logs.step("export a dossier")
def dossier(
    case: CaseFile,
    out: Path,
    options: DossierOptions,
    *,
    progress: Callable[[float, str], None] = lambda share, step: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Changes:
    """Write the dossier as a PDF/A-2b file.

    Args:
        case: The case.
        out: The file; one that is there is replaced, but only when the new one is complete.
        options: The person's choices.
        progress: Is told the share that is done, 0 to 1, and a word for the step.
        is_cancelled: Is asked often; if it says so, nothing is left behind.

    Raises:
        Cancelled: ``is_cancelled`` said so.
        MendableError: The file cannot be written.
        EvidenceError: The finished file did not pass the check for PDF/A.
    """
    preview(case, out, options, progress=progress, is_cancelled=is_cancelled)
    return _noted(case, "dossier", out)


@logs.step("preview a dossier")
def preview(
    case: CaseFile,
    out: Path,
    options: DossierOptions,
    *,
    progress: Callable[[float, str], None] = lambda share, step: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Write the dossier only to look at it: as `dossier` does, without an entry in the log."""
    from evidence_app.dossier import pdf

    content = dossier_content.gather(case, options)
    with _appearing(case, out) as unfinished:
        pdf.render(content, options, unfinished, progress=progress, is_cancelled=is_cancelled)


@logs.step("export a table")
def table(
    case: CaseFile,
    out: Path,
    language: Language = "en",
    *,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Changes:
    """Write all entries as a table, CSV or XLSX by the file's ending.

    Args:
        case: The case.
        out: The file; one that is there is replaced, but only when the new one is complete.
        language: Of the headings.
        is_cancelled: Is asked at every row; if it says so, nothing is left behind.

    Raises:
        Cancelled: ``is_cancelled`` said so.
        WrongUseError: The ending is another one.
        MendableError: The file cannot be written.
    """
    write = tables.writer_for(out)
    with _appearing(case, out) as unfinished:
        rows = tables.rows(case, timeline.stream(case, EventFilter()), language)
        write(_until_cancelled(rows, is_cancelled), unfinished)
    return _noted(case, "table", out)


@logs.step("export a package")
def package(
    case: CaseFile,
    out: Path,
    options: DossierOptions,
    *,
    progress: Callable[[float, str], None] = lambda share, step: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Changes:
    """Write an evidence package (BagIt 1.0): dossier, originals, tables and custody log.

    Args:
        case: The case.
        out: A ZIP file by its ending, of which one that is there is replaced when the new one is
            complete; else a folder that is not there yet.
        options: The person's choices for the dossier; originals that it does not show are not in
            the package.
        progress: Is told the share that is done, 0 to 1, and a word for the step.
        is_cancelled: Is asked often; if it says so, nothing is left behind.

    Raises:
        Cancelled: ``is_cancelled`` said so.
        DamageError: An original is not what was imported; nothing is left behind.
        MendableError: Nothing can be written there, or the folder is there already.
        EvidenceError: The finished dossier did not pass the check for PDF/A.
    """
    from evidence_app.services import package_content

    content = dossier_content.gather(case, options)
    with tempfile.TemporaryDirectory(prefix="evidence-package-") as folder:
        parts = Path(folder)
        package_content.prepare(
            case, content, options, parts, progress=progress, is_cancelled=is_cancelled
        )
        with _place(case, out) as place:
            packed = package_content.write(
                case, content, options, parts, place, progress=progress, is_cancelled=is_cancelled
            )
    return _noted(case, "package", out, (packed.sha256, packed.size))


@contextmanager
def _place(case: CaseFile, out: Path) -> Iterator[Place]:
    """Where a package is written: a ZIP file by its ending, else a new folder."""
    if out.suffix.lower() == ".zip":
        with _appearing(case, out) as unfinished, zipfile.ZipFile(unfinished, "w") as archive:
            yield ZipPlace(archive, out.stem)
    elif out.exists():
        raise MendableError(message(MessageCode.TARGET_EXISTS, path=out))
    else:
        with _appearing(case, out) as unfinished:
            yield FolderPlace(unfinished)


def _until_cancelled(
    rows: Iterator[Sequence[str]], is_cancelled: Callable[[], bool]
) -> Iterator[Sequence[str]]:
    for row in rows:
        if is_cancelled():
            raise Cancelled
        yield row


@contextmanager
def _appearing(case: CaseFile, out: Path) -> Iterator[Path]:
    """A file or folder beside ``out`` that takes its name if the block ends well, else vanishes."""
    if out.exists() and out.samefile(case.path):
        raise MendableError(message(MessageCode.TARGET_EXISTS, path=out))
    unfinished = scratch.unfinished_beside(out)
    try:
        try:
            yield unfinished
            _make_durable(unfinished)
            unfinished.replace(out)
        finally:
            scratch.remove(unfinished)
    except OSError as error:
        reason = error.strerror or str(error)
        raise MendableError(message(MessageCode.CANNOT_WRITE, path=out, reason=reason)) from error


def _make_durable(path: Path) -> None:
    if not path.is_dir():
        durable.sync(path)
    for folder, _, _ in os.walk(path):
        # The files in it are on the disk already: see `FolderPlace`.
        durable.sync_folder(Path(folder))


def _noted(
    case: CaseFile, kind: str, out: Path, fingerprint: tuple[str, int] | None = None
) -> Changes:
    """Enter the export into the custody log, unless the case may not be changed.

    Args:
        case: The case.
        kind: What was exported.
        out: Where it is.
        fingerprint: SHA-256 and size, if they are not those of the file: a package's digest is
            that of its list of lists, whether it lies in a folder or a ZIP file.
    """
    if case.read_only:
        return Changes()
    sha256, size = fingerprint or _fingerprint(out)
    detail = {"kind": kind, "filename": out.name, "sha256": sha256, "size": size}
    try:
        with case.change(Action.EXPORT, detail, undoable=False) as change:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            case_records.add_export(
                change, kind=kind, filename=out.name, sha256=sha256, size=size, created_at=now
            )
    except BaseException:
        # What cannot be entered into the log does not leave the case.
        scratch.remove(out)
        raise
    return Changes(frozenset(change.areas), change.entry)


def _fingerprint(path: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
            size += len(piece)
    return digest.hexdigest(), size
