"""What leaves the case: the dossier and tables. Each export is one entry in the custody log."""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from evidence_app.casefile import case_records
from evidence_app.casefile.case import CaseFile
from evidence_app.dossier.options import DossierOptions
from evidence_app.errors import Cancelled, MendableError
from evidence_app.messages import MessageCode, message
from evidence_app.model.changes import Changes
from evidence_app.model.custody import Action
from evidence_app.services import dossier_content, tables
from evidence_app.services.tables import Language

__all__ = ["DossierOptions"]

_PIECE = 1 << 20


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
        write(_until_cancelled(tables.rows(case, language), is_cancelled), unfinished)
    return _noted(case, "table", out)


def _until_cancelled(
    rows: Iterator[Sequence[str]], is_cancelled: Callable[[], bool]
) -> Iterator[Sequence[str]]:
    for row in rows:
        if is_cancelled():
            raise Cancelled
        yield row


@contextmanager
def _appearing(case: CaseFile, out: Path) -> Iterator[Path]:
    """A file beside ``out`` that takes its place when the block ends well, else vanishes."""
    if out.exists() and out.samefile(case.path):
        raise MendableError(message(MessageCode.TARGET_EXISTS, path=out))
    unfinished = out.with_name(f".{uuid.uuid4().hex}{out.suffix}")
    try:
        try:
            yield unfinished
            _make_durable(unfinished)
            unfinished.replace(out)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise MendableError(message(MessageCode.CANNOT_WRITE, path=out, reason=reason)) from error


def _make_durable(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _noted(case: CaseFile, kind: str, out: Path) -> Changes:
    """Enter the export into the custody log, unless the case may not be changed."""
    if case.read_only:
        return Changes()
    sha256, size = _fingerprint(out)
    detail = {"kind": kind, "filename": out.name, "sha256": sha256, "size": size}
    try:
        with case.change(Action.EXPORT, detail, undoable=False) as change:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            case_records.add_export(
                change, kind=kind, filename=out.name, sha256=sha256, size=size, created_at=now
            )
    except BaseException:
        # What cannot be entered into the log does not leave the case.
        out.unlink(missing_ok=True)
        raise
    return Changes(frozenset(change.areas), change.entry)


def _fingerprint(path: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
            size += len(piece)
    return digest.hexdigest(), size
