"""Imports one after the other, off the UI thread; more can be added while one runs."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from evidence_app.errors import Cancelled
from evidence_app.gui.background.jobs import Task, TaskHandle
from evidence_app.gui.importing.batches import Answer, Batch, Certificates, Files, Picture
from evidence_app.model.changes import Area, Changes
from evidence_app.progress import ProgressState
from evidence_app.services import certificates, questions
from evidence_app.services.cases import CaseFile
from evidence_app.services.importing.importer import Importer, ImportProgress, ImportResult

_TELL_EVERY_S = 0.1
_REFRESH_EVERY_S = 1.5
_TOUCHED = Changes(
    frozenset({Area.ITEMS, Area.EVENTS, Area.PARTIES, Area.QUESTIONS, Area.CUSTODY}), entry=0
)


@dataclass(frozen=True, slots=True)
class LaneProgress:
    """How far the import is.

    Attributes:
        state: Of the files.
        left_s: Seconds that it may still take, or None as long as that is unknown.
        waiting: How many further drops wait.
    """

    state: ImportProgress
    left_s: float | None
    waiting: int


class ImportQueue(QObject):
    """The imports of one case.

    Attributes:
        progressed: How far the present import is.
        changed: What came into the case; told now and then while it runs.
        finished: All results since the lane was last idle.
        failed: An error that ended an import.
    """

    progressed = Signal(object)
    changed = Signal(object)
    finished = Signal(list)
    failed = Signal(object)

    def __init__(self, case: CaseFile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._case = case
        self._waiting: deque[Batch] = deque()
        self._results: list[ImportResult] = []
        self._task: Task | None = None
        self._cancelled = False

    def add(self, batch: Batch) -> None:
        """Import this, or read with this answer, after what is waiting already."""
        self._waiting.append(batch)
        if self._task is None:
            self._cancelled = False
            self._next()

    def cancel(self) -> None:
        """Stop the present import and forget what waits; what is in the case stays there."""
        self._cancelled = True
        self._waiting.clear()
        if self._task is not None:
            self._task.cancel()

    def is_busy(self) -> bool:
        """Whether anything is being imported."""
        return self._task is not None

    def _next(self) -> None:
        if not self._waiting:
            self._task = None
            results, self._results = self._results, []
            self.changed.emit(_TOUCHED)
            self.finished.emit(results)
            return
        batch = self._waiting.popleft()
        case = self._case
        task = Task(lambda running: _import(case, batch, running), self)
        task.progress.connect(self._tell)
        task.finished.connect(self._done)
        task.failed.connect(self._broken)
        self._task = task
        task.start()

    def _tell(self, report: object) -> None:
        if isinstance(report, Changes):
            self.changed.emit(report)
        elif isinstance(report, tuple):
            state, seconds_left = report
            self.progressed.emit(LaneProgress(state, seconds_left, len(self._waiting)))

    def _done(self, results: list[ImportResult]) -> None:
        self._results += results
        self._clear_task()
        self._next()

    def _broken(self, error: Exception) -> None:
        if not isinstance(error, Cancelled):
            self.failed.emit(error)
        self._clear_task()
        self._next()

    def _clear_task(self) -> None:
        if self._task is not None:
            self._task.deleteLater()
            self._task = None


def _import(case: CaseFile, batch: Batch, task: TaskHandle) -> list[ImportResult]:
    if isinstance(batch, Answer):
        questions.answer(case, batch.question_ids, batch.value, progress=task)
        return []
    with Importer(case) as importer:
        if isinstance(batch, Picture):
            return importer.run_bytes(batch.name, batch.data)
        results = importer.run(
            batch.paths,
            leave_out=batch.leave_out if isinstance(batch, Files) else (),
            progress=task.shown_by(_Pace(task).show),
        )
    if isinstance(batch, Certificates):
        filed = [result.item_id for result in results if result.item_id is not None]
        certificates.file(case, batch.certified_id, filed)
    return results


class _Pace:
    """Tells progress often enough for the eye, and not more often."""

    def __init__(self, task: TaskHandle) -> None:
        self._task = task
        self._began = self._told_at = self._refreshed = time.monotonic()

    def show(self, state: ProgressState) -> None:
        assert isinstance(state, ImportProgress)
        now = time.monotonic()
        if now - self._told_at >= _TELL_EVERY_S or state.done_files == state.total_files:
            self._told_at = now
            self._task.post((state, self._seconds_left(state, now)))
        if now - self._refreshed >= _REFRESH_EVERY_S:
            self._refreshed = now
            self._task.post(_TOUCHED)

    def _seconds_left(self, state: ImportProgress, now: float) -> float | None:
        passed = now - self._began
        files = state.done_files / max(state.total_files, 1)
        share = (files + state.share) / 2
        return passed * (1 - share) / share if passed > 1 and share > 0.02 else None
