"""Reads what waits in many cases, several items at the same time, here or on a cluster.

Only the bytes of an item leave the case; what was read is written here, by the one writer that each
case has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass, field
from itertools import groupby, islice
from pathlib import Path

from evidence_app import logs
from evidence_app.casefile.case import CaseFile
from evidence_app.casefile.records import jobs as job_records
from evidence_app.errors import DamagedError, UserError
from evidence_app.messages import MessageCode, message
from evidence_app.model.proposals import Job
from evidence_app.reading.cluster import ClusterReaders
from evidence_app.reading.failures import ReadingFailure
from evidence_app.reading.portable import Answer, Task, picture_of
from evidence_app.reading.readers import LocalReaders, Readers
from evidence_app.services import items, reading, threads
from evidence_app.services.reading import ReadOutcome

_PAGES_AT_ONCE = 8
"""Pages of one document that are read together: it travels once for them."""


def readers(workers: int, scheduler: str = "") -> Readers:
    """What reads the items.

    Args:
        workers: So many processes of this computer.
        scheduler: The address of a Dask scheduler, if that is to read instead.

    Raises:
        UserError: The cluster cannot be used.
    """
    return ClusterReaders(scheduler) if scheduler else LocalReaders(workers)


@dataclass(eq=False)
class _OpenCase:
    """A case while it is read.

    Attributes:
        path: Its file.
        case: It itself.
        begun: The jobs that are being read, by their numbers.
        is_through: Whether nothing waits in it any more.
    """

    path: Path
    case: CaseFile
    begun: set[int] = field(default_factory=set)
    is_through: bool = False


@dataclass(frozen=True, slots=True)
class _Sent:
    source: _OpenCase
    jobs: Sequence[Job]


class Backlog:
    """What waits in some cases.

    Args:
        readers: What reads.
        on_read: Is told of each picture and page, and in which file.
    """

    def __init__(self, readers: Readers, on_read: Callable[[Path, ReadOutcome], None]) -> None:
        self._readers = readers
        self._on_read = on_read
        self._sent: dict[Future[list[Answer]], _Sent] = {}
        self._open: list[_OpenCase] = []

    @logs.step("read a backlog")
    def run(
        self, cases: Iterable[tuple[Path, CaseFile]], item_ids: Sequence[int] | None = None
    ) -> None:
        """Read all that waits; each case is closed once it is through.

        Args:
            cases: Open cases and their files; the next one is asked for when there is room.
            item_ids: Only these; None for all.

        Raises:
            UserError: A case cannot be changed, or the cluster is gone; what was being read waits.
        """
        try:
            for path, case in cases:
                source = _OpenCase(path, case)
                self._open.append(source)
                self._send_all(source, item_ids)
            while self._sent:
                self._take_some()
        finally:
            for source in list(self._open):
                self._give_up(source)

    def _send_all(self, source: _OpenCase, item_ids: Sequence[int] | None) -> None:
        begun = self._jobs(source, item_ids)
        for (_, is_page), jobs in groupby(begun, lambda job: (job.item_id, job.page is not None)):
            while batch := list(islice(jobs, _PAGES_AT_ONCE if is_page else 1)):
                self._send(source, batch)
                while len(self._sent) >= self._readers.most_at_once:
                    self._take_some()
        source.is_through = True
        self._close_if_done(source)

    @staticmethod
    def _jobs(source: _OpenCase, item_ids: Sequence[int] | None) -> Iterator[Job]:
        while True:
            with job_records.writing(source.case) as connection:
                job = job_records.begin_next(connection, item_ids)
            if job is None:
                return
            source.begun.add(job.id)
            yield job

    def _send(self, source: _OpenCase, jobs: Sequence[Job]) -> None:
        try:
            item = items.get(source.case, jobs[0].item_id)
            with items.open_original(source.case, item.id) as stream:
                data = stream.read()
        except DamagedError as failure:
            for job in jobs:
                self._end(source, job, reading.give_up(source.case, job, failure.message))
            return
        day = reading.taken_on(source.case, item)
        pages = tuple(job.page for job in jobs if job.page is not None)
        task = Task(data, item.sha256, "" if day is None else day.isoformat(), pages)
        self._sent[self._readers.submit(task)] = _Sent(source, jobs)

    def _take_some(self) -> None:
        done, _ = wait(self._sent, return_when=FIRST_COMPLETED)
        for future in done:
            sent = self._sent.pop(future)
            for job, answer in zip(sent.jobs, _answers(future, len(sent.jobs)), strict=True):
                self._take(sent.source, job, answer)
            self._close_if_done(sent.source)

    def _take(self, source: _OpenCase, job: Job, answer: Answer) -> None:
        try:
            picture = picture_of(answer)
        except ReadingFailure as failure:
            if failure.message.code is MessageCode.READING_MODELS_MISSING:
                raise
            self._end(source, job, reading.give_up(source.case, job, failure.message))
            return
        self._end(source, job, reading.keep(source.case, job, picture))

    def _end(self, source: _OpenCase, job: Job, outcome: ReadOutcome) -> None:
        source.begun.discard(job.id)
        self._on_read(source.path, outcome)

    def _close_if_done(self, source: _OpenCase) -> None:
        if source.is_through and not source.begun and source in self._open:
            threads.join(source.case)
            self._open.remove(source)
            source.case.close()

    def _give_up(self, source: _OpenCase) -> None:
        """What is being read waits again: that was no attempt."""
        self._open.remove(source)
        with source.case, job_records.writing(source.case) as connection:
            for job_id in source.begun:
                job_records.put_back(connection, job_id)


def _answers(future: Future[list[Answer]], count: int) -> list[Answer]:
    """What was read of one item; a worker that was lost again and again failed with it.

    Raises:
        UserError: The cluster is gone, or has not this program.
    """
    try:
        answers = future.result()
    except CancelledError as error:
        raise UserError(message(MessageCode.CLUSTER_LOST)) from error
    except Exception as error:  # Whatever a worker that is not as ours is may raise.
        if type(error).__name__ != "KilledWorker":
            raise UserError(message(MessageCode.CLUSTER_LOST)) from error
        return [(MessageCode.READER_CRASHED.value, "", b"")] * count
    is_fitting = isinstance(answers, list) and len(answers) == count
    return answers if is_fitting else [(MessageCode.READER_CRASHED.value, "", b"")] * count
