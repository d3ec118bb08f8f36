"""Files that are hashed and read while the one before them is written to the case."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from itertools import chain
from pathlib import Path

from evidence_app.casefile import originals
from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.originals import Incoming
from evidence_app.casefile.records import queries
from evidence_app.closing import Closing
from evidence_app.intake.failures import ReadFailure
from evidence_app.intake.phone_backup import BackupFile
from evidence_app.intake.process.pool import ReadingPool
from evidence_app.intake.process.spool import Spool
from evidence_app.intake.readers import database_sidecar
from evidence_app.intake.readers.support.database_parts import main_of
from evidence_app.intake.records import (
    Enclosure,
    EventColumns,
    EventRecord,
    Notice,
    Record,
    Source,
)
from evidence_app.model.evidence import Rendition, TextBlock
from evidence_app.progress import Progress
from evidence_app.services.importing.context import ReadingContext
from evidence_app.services.importing.incoming_file import SourceFile, opened, readable

_RECORDS = 5000
"""So many records are read before the case is locked for writing."""

_CHARACTERS = 4 << 20
"""So long texts, and bytes of pictures, may be among them."""


class Reading:
    """What a reader yields of one file, up to where it fails; the first of it is read at once.

    Attributes:
        context: What is known before the file is read.
        progress: Is told the share of the file that is read; another may take its place, which
            shows it elsewhere and is cancelled together with the first.
        first: The first records.
        spool: The files in the file, as far as the records are read.
    """

    def __init__(
        self,
        pool: ReadingPool,
        file: SourceFile,
        size: int,
        context: ReadingContext,
        progress: Progress,
    ) -> None:
        self.context = context
        self.spool = Spool()
        self.progress = progress
        self._rest = _records(pool, file, size, self)
        try:
            self.first = list(_beginning(self._rest))
        except BaseException:
            self.close()
            raise

    def __iter__(self) -> Iterator[Record]:
        return chain(self.first, self._rest)

    def close(self) -> None:
        """Let go of the reading process and of the files in the file."""
        self._rest.close()
        self.spool.close()


class PendingImport:
    """A file on its way into the case, as far as it has come; close it when it is in.

    Attributes:
        file: The file.
        incoming: Its bytes, once they are read and hashed.
        reading: What is read of it.
    """

    def __init__(self, file: SourceFile, files: ExitStack | None = None) -> None:
        self.file = file
        self.incoming: Incoming | None = None
        self.reading: Reading | None = None
        self._files = files or ExitStack()

    def close(self) -> None:
        """Let go of the file and of what was read of it."""
        self.forget_reading()
        self._files.close()

    def read(
        self,
        case: CaseFile,
        pool: ReadingPool,
        incoming: Incoming,
        context: ReadingContext,
        progress: Progress,
    ) -> Reading:
        """Read it, unless that was done with the same answers before."""
        if self.reading is None or self.reading.context != context:
            self.forget_reading()
            # The bytes that were received are those that the case keeps.
            whole_file = replace(self.file, stream=incoming.stream(case))
            self.reading = Reading(pool, whole_file, incoming.size, context, progress)
        self.reading.progress = progress
        return self.reading

    def forget_reading(self) -> None:
        """Let go of what was read."""
        reading, self.reading = self.reading, None
        if reading is not None:
            reading.close()


class Prefetcher(Closing):
    """A thread in which the next file comes in; close it when there is none left."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="reading ahead")
        self._next: Future[PendingImport] | None = None

    def close(self) -> None:
        """Wait for the file that is coming in, and let go of it."""
        self._thread.shutdown(wait=True)
        if self._next is not None and self._next.exception() is None:
            self._next.result().close()

    def begin(self, fetch: Callable[[], PendingImport]) -> None:
        """Let the next file come in."""
        self._next = self._thread.submit(fetch)

    def take(self) -> PendingImport | None:
        """The file that was begun, or None; raises what its coming in raised."""
        waiting, self._next = self._next, None
        return None if waiting is None else waiting.result()


def _beginning(records: Iterator[Record]) -> Iterator[Record]:
    """So many records as memory is well spent on."""
    size = count = 0
    for record in records:
        yield record
        count += len(record) if isinstance(record, EventColumns) else 1
        size += _size(record)
        if count >= _RECORDS or size >= _CHARACTERS:
            return


def _size(record: Record) -> int:
    match record:
        case TextBlock() | EventRecord():
            return len(record.text)
        case EventColumns():
            return sum(map(len, record.cells["text"]))
        case Rendition():
            return len(record.data)
        case _:
            return 0


def arrive(case: CaseFile, entry: Path | BackupFile) -> PendingImport:
    """Open a file of the person's; see `incoming_file.opened` for what that raises."""
    files = ExitStack()
    if isinstance(entry, Path):
        return PendingImport(files.enter_context(opened(entry, case.path)), files)
    file = files.enter_context(opened(entry.path, case.path))
    named = replace(file, filename=entry.filename, origin=readable(entry.path))
    return PendingImport(named, files)


def fetch(
    case: CaseFile,
    pool: ReadingPool,
    entry: Path | BackupFile,
    context: ReadingContext,
    progress: Progress,
) -> PendingImport:
    """Open a file, and read it unless it is large or in the case already.

    Raises:
        Cancelled: The person asked to stop.
        UserError: It cannot be imported.
        OSError: It cannot be read.
    """
    arriving = arrive(case, entry)
    path = entry if isinstance(entry, Path) else entry.path
    try:
        if path.stat().st_size <= originals.IN_MEMORY:
            received = originals.receive(case, arriving.file.stream, progress=progress)
            arriving.incoming = received
            with case.read() as connection:
                is_new = queries.item_by_sha256(connection, received.sha256) is None
            if is_new:
                arriving.read(case, pool, received, context, progress)
    except BaseException:
        arriving.close()
        raise
    return arriving


def _records(
    pool: ReadingPool,
    file: SourceFile,
    size: int,
    reading: Reading,
) -> Generator[Record, None, None]:
    """What a reader yields, up to where it fails; the files in the file go to the spool."""
    source = Source(
        file.stream,
        size,
        file.filename,
        reading.context.region,
        zone=reading.context.where.key,
        own_zone=reading.context.own_zone.key if reading.context.own_zone is not None else None,
        answers=reading.context.answers,
        companions=file.companions,
        depth=file.depth,
        container=file.container,
    )
    if size == 0:
        # A database's log is often empty, and still no file that nobody understands.
        yield from database_sidecar.read(source) if main_of(file.filename) else ()
        return
    try:
        display = reading.progress.shown_by(lambda state: reading.progress.show(state))
        for record in pool.read(source, display):
            if isinstance(record, Enclosure):
                reading.spool.keep(record)
            yield record
    except ReadFailure as failure:
        yield Notice(failure.message, damaged=True)
