"""Bringing files into a case: every one is kept and read, or reported with the reason."""

from __future__ import annotations

import io
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import BinaryIO

from evidence_app.casefile import originals
from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.originals import Incoming
from evidence_app.casefile.records import items as item_records
from evidence_app.casefile.records import parts as part_records
from evidence_app.casefile.records import queries
from evidence_app.casefile.storage import lock as case_lock
from evidence_app.closing import Closing
from evidence_app.errors import Cancelled, EvidenceError, UserError
from evidence_app.intake.phone_backup import BackupFile
from evidence_app.intake.process.pool import ReadingPool
from evidence_app.intake.process.spool import Spool
from evidence_app.intake.readers.support.database_parts import main_of
from evidence_app.intake.records import MAIN, Description
from evidence_app.intake.walk import WalkProblem, walk
from evidence_app.messages import MessageCode, message
from evidence_app.model.changes import Area
from evidence_app.model.custody import Action
from evidence_app.model.times import to_text
from evidence_app.progress import SILENT, Progress
from evidence_app.services.importing import existing_items, linking, refusals
from evidence_app.services.importing.backup_media import BackupMedia
from evidence_app.services.importing.context import ImportOptions, ReadingContext, context_for
from evidence_app.services.importing.incoming_file import SourceFile, readable
from evidence_app.services.importing.ingest import NewItem, ingest, renew
from evidence_app.services.importing.prefetch import (
    PendingImport,
    Prefetcher,
    Reading,
    arrive,
    fetch,
)
from evidence_app.services.importing.results import (
    ImportMeter,
    ImportOutcome,
    ImportProgress,
    ImportResult,
    OnResult,
    log_counts,
    refused,
    result_of,
)

__all__ = ["ImportOptions", "ImportOutcome", "ImportProgress", "ImportResult", "Importer"]

CLIPBOARD = "clipboard"
"""The origin of what was pasted and is no file."""

Entry = Path | BackupFile | WalkProblem


class Importer(Closing):
    """Imports files with a pool of limited worker processes; close it when done.

    Args:
        case: Where the files go.
        options: What the person said about them beforehand.
        workers: How many files can be read at the same time.
    """

    def __init__(
        self, case: CaseFile, options: ImportOptions | None = None, workers: int = 1
    ) -> None:
        if case.read_only:
            raise UserError(message(MessageCode.CASE_READ_ONLY))
        self._case = case
        self._options = options or ImportOptions()
        # One more for the file that is read ahead.
        self._pool = ReadingPool(workers + 1)
        self._context: ReadingContext | None = None
        self._found_again = False

    def close(self) -> None:
        """End the reading processes."""
        self._pool.close()

    def run(
        self,
        paths: Sequence[Path],
        *,
        leave_out: Collection[Path] = (),
        progress: Progress = SILENT,
        on_result: OnResult = lambda result: None,
    ) -> list[ImportResult]:
        """Import files, all files in folders, and all files in those, one after the other.

        When it is cancelled, what was reported as imported stays, and the rest is reported as
        not imported.

        Args:
            paths: Files and folders.
            leave_out: Files in them that are not wanted.
            progress: Is told how far it is, as `ImportProgress`.
            on_result: Is told what became of each file.
        """
        began = time.monotonic()
        results: list[ImportResult] = []
        entries: list[Entry] = [
            entry
            for entry in walk(paths)
            if isinstance(entry, WalkProblem)
            or (entry not in leave_out and not self._is_beside_case(entry))
        ]
        meter = ImportMeter([entry for entry in entries if isinstance(entry, Path)], progress)
        media = BackupMedia(self._case)
        with Prefetcher() as ahead:
            if len(entries) > 1:
                # Else the first of many would need a reading process of its own.
                self._begin(entries[0], ahead, progress.unshown())
            for number, entry in enumerate(entries, 1):
                following = entries[number] if number < len(entries) else None
                for result in self._entry(entry, following, ahead, meter):
                    results.append(result)
                    on_result(result)
                    named = media.follow(entry, result)
                    entries += named
                    meter.expect([file.path for file in named])
                if not isinstance(entry, WalkProblem):
                    meter.finish_file()
        media.link()
        self._settle(results)
        results += self._databases_of(results, progress)
        log_counts(results, time.monotonic() - began)
        return results

    def _databases_of(
        self, results: Sequence[ImportResult], progress: Progress
    ) -> list[ImportResult]:
        """Read databases again that were in the case before a part of them came."""
        new = {
            result.item_id
            for result in results
            if result.item_id is not None and result.outcome is not ImportOutcome.ALREADY_THERE
        }
        with self._case.read() as connection:
            parts = [
                item for item in queries.items(connection, list(new)) if main_of(item.filename)
            ]
            mains = {
                item_records.of_name(connection, part.origin, main_of(part.filename) or "")
                for part in parts
            }
        again: list[ImportResult] = []
        for item_id in sorted(main for main in mains - new if main is not None):
            again += self.read_again(item_id, progress)
        return again

    def run_bytes(self, name: str, data: bytes, origin: str = CLIPBOARD) -> list[ImportResult]:
        """Import something that is no file, as a picture from the clipboard."""
        return self.run_stream(name, io.BytesIO(data), origin)

    def run_stream(self, name: str, stream: BinaryIO, origin: str) -> list[ImportResult]:
        """Import what a stream gives, from where it stands to its end."""
        began = time.monotonic()
        file = SourceFile(name, name, origin, stream)
        with closing(PendingImport(file)) as arriving:
            results = list(self._store(arriving, ImportMeter((), SILENT)))
        self._settle(results)
        log_counts(results, time.monotonic() - began)
        return results

    def read_again(self, item_id: int, progress: Progress = SILENT) -> list[ImportResult]:
        """Read an item once more, with the answers that the case has now."""
        with self._case.read() as connection:
            [item] = queries.items(connection, [item_id])
            companions = item_records.companions(self._case, connection, item)
            container = part_records.container_name(connection, item_id)
            content_id = item_records.content_of(connection, item_id)
            main_name = main_of(item.filename)
            if main_name and item_records.of_name(connection, item.origin, main_name) is not None:
                companions[MAIN] = io.BytesIO()
        assert content_id is not None
        context = context_for(self._case, self._options, item_id)
        stream = originals.open_content(self._case, content_id)
        file = SourceFile(
            item.filename,
            item.filename,
            item.origin,
            stream,
            companions=companions,
            container=container,
        )
        detail: dict[str, object] = {"item": item_id, "filename": item.filename}
        with closing(Reading(self._pool, file, item.size, context, progress.unshown())) as reading:
            with self._case.change(Action.ANSWER, detail, undoable=False) as change:
                ingested = renew(change, item_id, reading, context.own_zone)
            results = [result_of(item.filename, ingested, empty=item.size == 0)]
            meter = ImportMeter((), progress.unshown())
            results += self._parts(file, ingested.item_id, reading.spool, meter)
        self._settle(results)
        return results

    def _is_beside_case(self, path: Path) -> bool:
        """Whether it is one of the files that are beside the case file while it is open."""
        name = self._case.path.name
        lock = case_lock.lock_file(self._case.path).name
        beside = {f"{name}-wal", f"{name}-shm", f"{name}-journal", lock}
        return path.name in beside and path.parent.resolve() == self._case.path.parent.resolve()

    def _entry(
        self,
        entry: Entry,
        following: Entry | None,
        ahead: Prefetcher,
        meter: ImportMeter,
    ) -> Iterator[ImportResult]:
        path = readable(entry if isinstance(entry, Path) else entry.path)
        if isinstance(entry, WalkProblem):
            yield refused(path, entry.message)
        elif meter.progress.is_cancelled():
            yield refused(path, message(MessageCode.IMPORT_CANCELLED))
        else:
            yield from refusals.with_refusal(path, self._file(entry, following, ahead, meter))

    def _file(
        self,
        entry: Path | BackupFile,
        following: Entry | None,
        ahead: Prefetcher,
        meter: ImportMeter,
    ) -> Iterator[ImportResult]:
        meter.begin_file(readable(entry.name if isinstance(entry, Path) else entry.filename))
        progress = meter.progress.unshown()
        with closing(self._arriving(entry, following, ahead, progress)) as arriving:
            yield from self._store(arriving, meter)

    def _arriving(
        self,
        entry: Path | BackupFile,
        following: Entry | None,
        ahead: Prefetcher,
        progress: Progress,
    ) -> PendingImport:
        """A file, which may have come in already; the one after it begins to."""
        try:
            arriving = ahead.take()
        finally:
            self._begin(following, ahead, progress)
        return arriving or arrive(self._case, entry)

    def _begin(self, entry: Entry | None, ahead: Prefetcher, progress: Progress) -> None:
        if isinstance(entry, Path | BackupFile):
            context = self._current_context()
            ahead.begin(partial(fetch, self._case, self._pool, entry, context, progress))

    def _current_context(self) -> ReadingContext:
        self._context = self._context or context_for(self._case, self._options)
        return self._context

    def _store(self, arriving: PendingImport, meter: ImportMeter) -> Iterator[ImportResult]:
        """Keep a file, and all files in it; each is durable when it is yielded."""
        file = arriving.file
        try:
            incoming = self._received(arriving, meter)
            item_id = existing_items.of_bytes(self._case, incoming.sha256)
            if item_id is None:
                result = self._keep(arriving, incoming, meter)
            else:
                self._found_again |= existing_items.note_place(self._case, file, item_id)
                self._take_parts_again(arriving, item_id, incoming, meter.progress.unshown())
                originals.discard(self._case, incoming)
                result = ImportResult(file.path, ImportOutcome.ALREADY_THERE, item_id)
        except Cancelled:
            _forget(self._case, arriving.incoming)
            result = refused(file.path, message(MessageCode.IMPORT_CANCELLED))
        except EvidenceError as error:
            _forget(self._case, arriving.incoming)
            result = refused(file.path, error.message)
        yield result
        if result.item_id is not None and arriving.reading is not None:
            spool = arriving.reading.spool
            yield from self._parts(file, result.item_id, spool, meter.of_parts())

    def _received(self, arriving: PendingImport, meter: ImportMeter) -> Incoming:
        if arriving.incoming is not None:
            meter.received(arriving.incoming.size)
        else:
            arriving.incoming = originals.receive(
                self._case, arriving.file.stream, progress=meter.receiving()
            )
        return arriving.incoming

    def _parts(
        self, file: SourceFile, item_id: int, spool: Spool, meter: ImportMeter
    ) -> Iterator[ImportResult]:
        for member in spool:
            part = file.part(member, spool, item_id)
            if meter.progress.is_cancelled():
                yield refused(part.path, message(MessageCode.IMPORT_CANCELLED))
            else:
                with closing(PendingImport(part)) as arriving:
                    yield from self._store(arriving, meter)

    def _take_parts_again(
        self, arriving: PendingImport, item_id: int, incoming: Incoming, progress: Progress
    ) -> None:
        """Fetch the files in a file once more, if an earlier import ended before they were in."""
        with self._case.read() as connection:
            is_complete = part_records.is_complete(connection, item_id)
        if is_complete:
            arriving.forget_reading()
            return
        context = context_for(self._case, self._options, item_id)
        for _ in arriving.read(self._case, self._pool, incoming, context, progress):
            pass

    def _keep(
        self,
        arriving: PendingImport,
        incoming: Incoming,
        meter: ImportMeter,
    ) -> ImportResult:
        file, context = arriving.file, self._current_context()
        detail = _detail(file, incoming)
        reading = arriving.read(self._case, self._pool, incoming, context, meter.reading())
        described = next(
            (record for record in reading.first if isinstance(record, Description)), None
        )
        media_type = described.media_type if described else "application/octet-stream"
        arrival = NewItem(
            file.filename, file.origin, incoming, file.written, file.container_id, file.key
        )
        with self._case.change(Action.IMPORT, detail, undoable=False) as change:
            ingested = ingest(
                change, arrival, reading, media_type=media_type, own_zone=context.own_zone
            )
            detail |= {"item": ingested.item_id, "events": ingested.events}
            change.on_finish = meter.written
        if Area.PARTIES in change.areas or Area.QUESTIONS in change.areas:
            self._context = None
        return result_of(file.path, ingested, empty=incoming.size == 0)

    def _settle(self, results: Iterable[ImportResult]) -> None:
        """Bring together what came from several files: names, pictures of messages, devices."""
        new = [
            result.item_id
            for result in results
            if result.item_id is not None and result.outcome is not ImportOutcome.ALREADY_THERE
        ]
        if not new and not self._found_again:
            return
        self._context = None
        self._found_again = False
        linking.bring_together(self._case, new, self._options)


def _detail(file: SourceFile, incoming: Incoming) -> dict[str, object]:
    detail: dict[str, object] = {
        "filename": file.filename,
        "origin": file.origin,
        "sha256": incoming.sha256,
        "size": incoming.size,
    }
    if file.written is not None:
        detail["file_written_at"] = to_text(file.written.moment)
    if file.container_id is not None:
        detail["container"] = file.container_id
    return detail


def _forget(case: CaseFile, incoming: Incoming | None) -> None:
    if incoming is not None:
        originals.discard(case, incoming)
