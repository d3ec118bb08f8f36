"""Bringing files into a case: every one is kept and read, or reported with the reason."""

from __future__ import annotations

import io
import logging
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from evidence_app.casefile import case_records, content, item_records, queries
from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.content import Incoming
from evidence_app.errors import Cancelled, EvidenceError, MendableError
from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.ingest import Arrival, Ingested, ingest
from evidence_app.intake.reading_pool import ReadingPool
from evidence_app.intake.records import Description, Notice, Record
from evidence_app.intake.walk import WalkProblem, walk
from evidence_app.messages import Message, MessageCode, message
from evidence_app.model.custody import Action
from evidence_app.model.evidence import ItemStatus, SkippedEntry
from evidence_app.model.times import Instant, TimePrecision, TimeReading, TimeSource, to_text

_LOG = logging.getLogger(__name__)
_AHEAD = 5000
"""So many records are read before the case is locked for writing."""


class ImportOutcome(StrEnum):
    """What became of a file."""

    IMPORTED = "imported"
    ALREADY_THERE = "already_there"
    PARTLY_READ = "partly_read"
    KEPT_UNREAD = "kept_unread"
    NOT_IMPORTED = "not_imported"


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of one file; it is durable when this is reported.

    Attributes:
        path: The file, as it was given.
        outcome: What became of it.
        item_id: The item that it is now, or None.
        events: How many events it yielded.
        reason: Why it is not simply imported, or None.
        skipped: Its entries that could not be read.
        notices: What else is to be said of it.
    """

    path: str
    outcome: ImportOutcome
    item_id: int | None = None
    events: int = 0
    reason: Message | None = None
    skipped: tuple[SkippedEntry, ...] = ()
    notices: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far an import is.

    Attributes:
        done_files: Files that are finished.
        total_files: All files, as far as folders were entered.
        done_bytes: Bytes that were read.
        total_bytes: Of all files.
        current: The file in hand.
    """

    done_files: int
    total_files: int
    done_bytes: int
    total_bytes: int
    current: str


OnProgress = Callable[[ImportProgress], None]
OnResult = Callable[[ImportResult], None]
IsCancelled = Callable[[], bool]


def never() -> bool:
    """Do not cancel."""
    return False


class Importer:
    """Imports files with a pool of limited worker processes; close it when done."""

    def __init__(self, case: CaseFile, workers: int = 1) -> None:
        if case.read_only:
            raise MendableError(message(MessageCode.CASE_READ_ONLY))
        self._case = case
        self._pool = ReadingPool(workers)

    def __enter__(self) -> Self:
        self._pool.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.__exit__(kind, error, trace)

    def run(
        self,
        paths: Sequence[Path],
        *,
        progress: OnProgress = lambda state: None,
        is_cancelled: IsCancelled = never,
        on_result: OnResult = lambda result: None,
    ) -> list[ImportResult]:
        """Import files, and all files in folders, one after the other.

        When it is cancelled, what was reported as imported stays, and the rest is reported as
        not imported.
        """
        results: list[ImportResult] = []
        found = [one for one in walk(paths) if not self._is_beside_case(one)]
        state = _Progress([one for one in found if isinstance(one, Path)], progress)
        for entry in found:
            if isinstance(entry, WalkProblem):
                result = _refused(_readable(entry.path), entry.message)
            else:
                result = self._one(entry, state, is_cancelled)
                state.finish_file()
            results.append(result)
            on_result(result)
        return results

    def run_bytes(self, name: str, data: bytes, origin: str = "clipboard") -> ImportResult:
        """Import something that is no file, as a picture from the clipboard."""
        return self._store(name, name, origin, io.BytesIO(data), None, never, lambda count: None)

    def _is_beside_case(self, found: Path | WalkProblem) -> bool:
        """Whether it is one of the files that are beside the case file while it is open."""
        name = self._case.path.name
        beside = {f"{name}-wal", f"{name}-shm", f"{name}-journal", f".{name}.lock"}
        return (
            isinstance(found, Path)
            and found.name in beside
            and found.parent.resolve() == self._case.path.parent.resolve()
        )

    def _one(self, path: Path, state: _Progress, is_cancelled: IsCancelled) -> ImportResult:
        if is_cancelled():
            return _refused(_readable(path), message(MessageCode.IMPORT_CANCELLED))
        state.begin_file(path)
        try:
            with path.open("rb") as stream:
                facts = os.fstat(stream.fileno())
                if not stat.S_ISREG(facts.st_mode):
                    return _refused(_readable(path), message(MessageCode.NOT_A_REGULAR_FILE))
                if path.samefile(self._case.path):
                    return _refused(_readable(path), message(MessageCode.OWN_CASE_FILE))
                return self._store(
                    _readable(path),
                    _readable(path.name),
                    _readable(path.parent),
                    _Steady(stream),
                    _written(facts.st_mtime),
                    is_cancelled,
                    state.add_bytes,
                )
        except FileNotFoundError:
            return _refused(_readable(path), message(MessageCode.FILE_VANISHED))
        except OSError as error:
            reason = error.strerror or type(error).__name__
            return _refused(_readable(path), message(MessageCode.FILE_UNREADABLE, reason=reason))
        except Exception:
            # A bug of ours at one file must not cost the person the files after it.
            _LOG.exception("unexpected failure at %r", path)
            return _refused(_readable(path), message(MessageCode.IMPORT_FAILED))

    def _store(
        self,
        path: str,
        filename: str,
        origin: str,
        stream: BinaryIO,
        written: TimeReading | None,
        is_cancelled: IsCancelled,
        on_bytes: Callable[[int], None],
    ) -> ImportResult:
        incoming: Incoming | None = None
        try:
            incoming = content.receive(
                self._case, stream, on_bytes=on_bytes, is_cancelled=is_cancelled
            )
            known = self._known(incoming.sha256)
            if known is not None:
                content.discard(self._case, incoming)
                return ImportResult(path, ImportOutcome.ALREADY_THERE, known)
            return self._keep(path, Arrival(filename, origin, incoming, written), is_cancelled)
        except Cancelled:
            _forget(self._case, incoming)
            return _refused(path, message(MessageCode.IMPORT_CANCELLED))
        except EvidenceError as error:
            _forget(self._case, incoming)
            return _refused(path, error.message)

    def _known(self, sha256: str) -> int | None:
        with self._case.read() as connection:
            known = queries.item_by_sha256(connection, sha256)
            trashed = known is not None and item_records.is_trashed(connection, known)
        if known is not None and trashed:
            with self._case.change(Action.RESTORE_ITEM, {"items": [known]}) as change:
                item_records.edit_item(change, known, trashed_at=None)
        return known

    def _keep(self, path: str, arrival: Arrival, is_cancelled: IsCancelled) -> ImportResult:
        detail: dict[str, object] = {
            "filename": arrival.filename,
            "origin": arrival.origin,
            "sha256": arrival.incoming.sha256,
            "size": arrival.incoming.size,
        }
        if arrival.written is not None:
            detail["file_written_at"] = to_text(arrival.written.moment)
        records = self._records(arrival, is_cancelled)
        ahead = list(islice(records, _AHEAD))
        described = next((one for one in ahead if isinstance(one, Description)), None)
        media_type = described.media_type if described else "application/octet-stream"
        with self._case.change(Action.IMPORT, detail, undoable=False) as change:
            ingested = ingest(change, arrival, chain(ahead, records), media_type=media_type)
            detail |= {"item": ingested.item_id, "events": ingested.events}
        return _result(path, ingested, empty=arrival.incoming.size == 0)

    def _records(self, arrival: Arrival, is_cancelled: IsCancelled) -> Iterator[Record]:
        if arrival.incoming.size == 0:
            return iter(())
        with self._case.read() as connection:
            region = case_records.info(connection).jurisdiction.region()
        stream = arrival.incoming.stream(self._case)
        records = self._pool.read(
            stream, arrival.incoming.size, arrival.filename, region, is_cancelled
        )
        return _until_failure(records)


def _until_failure(records: Iterable[Record]) -> Iterator[Record]:
    """The records up to where the reader fails, and what it says of that."""
    try:
        yield from records
    except ReadFailure as failure:
        yield Notice(failure.message, damaged=True)


def _result(path: str, ingested: Ingested, *, empty: bool) -> ImportResult:
    if ingested.status is ItemStatus.READ:
        outcome, reason = ImportOutcome.IMPORTED, None
    elif ingested.status is ItemStatus.PARTLY_READ:
        outcome = ImportOutcome.PARTLY_READ
        reason = ingested.damage or message(
            MessageCode.PARTLY_READ, read=ingested.events, skipped=len(ingested.skipped)
        )
    else:
        outcome = ImportOutcome.KEPT_UNREAD
        code = MessageCode.EMPTY_FILE if empty else MessageCode.NOT_UNDERSTOOD
        reason = ingested.damage or message(code)
    return ImportResult(
        path,
        outcome,
        ingested.item_id,
        ingested.events,
        reason,
        tuple(ingested.skipped),
        tuple(ingested.notices),
    )


def _refused(path: str, reason: Message) -> ImportResult:
    return ImportResult(path, ImportOutcome.NOT_IMPORTED, reason=reason)


def _readable(name: Path | str) -> str:
    """A name as text; one whose bytes are not UTF-8 most likely comes from a Chinese archive."""
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")


def _forget(case: CaseFile, incoming: Incoming | None) -> None:
    if incoming is not None:
        content.discard(case, incoming)


class _Steady(io.FileIO):
    """A file that must not change while it is read.

    Raises, on reading:
        MendableError: It has grown, shrunk or been written to; a file that grows faster than
            it is read would never end.
    """

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file.fileno(), closefd=False)
        self._facts = os.fstat(file.fileno())
        self._read = 0

    def read(self, size: int | None = -1, /) -> bytes:
        piece = super().read(size) or b""
        self._read += len(piece)
        if self._read > self._facts.st_size or (not piece and self._has_changed()):
            raise MendableError(message(MessageCode.FILE_CHANGED_WHILE_READING))
        return piece

    def _has_changed(self) -> bool:
        facts = os.fstat(self.fileno())
        changed = facts.st_mtime_ns != self._facts.st_mtime_ns
        return changed or self._read != self._facts.st_size


def _written(seconds: float) -> TimeReading:
    at = datetime.fromtimestamp(seconds, UTC).replace(microsecond=0)
    return TimeReading(Instant(at), TimeSource.FILE_SYSTEM, TimePrecision.SECOND, "")


class _Progress:
    def __init__(self, files: Sequence[Path], tell: OnProgress) -> None:
        self._sizes = [_size(path) for path in files]
        self._tell = tell
        self._files = 0
        self._bytes = 0
        self._current = ""

    def begin_file(self, path: Path) -> None:
        self._current = _readable(path.name)
        self._say()

    def add_bytes(self, count: int) -> None:
        self._bytes += count
        self._say()

    def finish_file(self) -> None:
        self._files += 1
        self._bytes = sum(self._sizes[: self._files])
        self._say()

    def _say(self) -> None:
        total = sum(self._sizes)
        self._tell(ImportProgress(self._files, len(self._sizes), self._bytes, total, self._current))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
