"""How an export takes its place: a file or folder that appears with its entry in the log."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from evidence_app import scratch
from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records import case_info as case_records
from evidence_app.casefile.storage import atomic_file
from evidence_app.dossier.package.places import FolderPlace, Place, ZipPlace
from evidence_app.errors import UserError
from evidence_app.messages import MessageCode, message
from evidence_app.model.changes import Changes
from evidence_app.model.custody import Action
from evidence_app.model.verification import Mismatch


class Inspected(Protocol):
    """The look at the state of a case that is exported.

    Attributes:
        entry: The number of the newest entry of the log in that state.
        mismatches: What does not agree.
    """

    entry: int
    mismatches: tuple[Mismatch, ...]

    def require_same(self) -> None:
        """Make sure that what was looked at is what was read after it.

        Raises:
            MismatchError, UserError: It is not.
        """


@contextmanager
def place_of(case: CaseFile, out: Path, finish: Callable[[Path], None]) -> Iterator[Place]:
    """Where a package is written: a ZIP file by its ending, else a new folder."""
    if out.suffix.lower() == ".zip":
        with (
            appearing(case, out, finish) as unfinished,
            zipfile.ZipFile(unfinished, "w") as archive,
        ):
            yield ZipPlace(archive, out.stem)
    elif out.exists():
        raise UserError(message(MessageCode.TARGET_EXISTS, path=out))
    else:
        with appearing(case, out, finish) as unfinished:
            yield FolderPlace(unfinished)


@contextmanager
def appearing(case: CaseFile, out: Path, finish: Callable[[Path], object]) -> Iterator[Path]:
    """A file or folder beside ``out`` that ``finish`` gives its name, else it vanishes."""
    if out.exists() and out.samefile(case.path):
        raise UserError(message(MessageCode.TARGET_EXISTS, path=out))
    unfinished = scratch.unfinished_beside(out)
    try:
        try:
            yield unfinished
            _make_durable(unfinished)
            finish(unfinished)
        finally:
            scratch.remove(unfinished)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(message(MessageCode.CANNOT_WRITE, path=out, reason=reason)) from error


def _make_durable(path: Path) -> None:
    if not path.is_dir():
        atomic_file.sync(path)
    for folder, _, _ in os.walk(path):
        # The files in it are on the disk already: see `FolderPlace`.
        atomic_file.sync_folder(Path(folder))


class Note:
    """The entry in the log for an export, and the export's appearing: both, or neither.

    Attributes:
        of: The look at the state that is exported, which may be older than the log at the end.
        fingerprint: SHA-256 and size, if they are not those of one file.
        changes: What was changed by the entry; nothing if the case may not be changed.
    """

    def __init__(self, case: CaseFile, kind: str, out: Path) -> None:
        self.of: Inspected | None = None
        self.fingerprint: tuple[str, int] | None = None
        self.changes = Changes()
        self._case, self._kind, self._out = case, kind, out

    def finish(self, unfinished: Path) -> None:
        """Give what was written its name, within the transaction of the entry."""
        assert self.of is not None, "nothing is exported without a look"
        self.of.require_same()
        if self._case.read_only:
            unfinished.replace(self._out)
            return
        sha256, size = self.fingerprint or _fingerprint(unfinished)
        values: dict[str, Any] = {
            "kind": self._kind,
            "filename": self._out.name,
            "sha256": sha256,
            "size": size,
        }
        looked = {"entry": self.of.entry, "mismatches": len(self.of.mismatches)}
        is_there = False
        try:
            with self._case.change(Action.EXPORT, values | looked, undoable=False) as change:
                now = datetime.now(UTC).isoformat(timespec="seconds")
                case_records.add_export(change, **values, created_at=now)
                unfinished.replace(self._out)
                is_there = True
        except BaseException:
            # What cannot be entered into the log does not leave the case.
            if is_there:
                scratch.remove(self._out)
            raise
        self.changes = Changes(frozenset(change.areas), change.entry)


def _fingerprint(path: Path) -> tuple[str, int]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return digest, file.tell()
