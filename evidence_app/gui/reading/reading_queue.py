"""Reads the pictures of a case one after the other, off the UI thread, as long as it is open."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer, Signal

from evidence_app.errors import Cancelled
from evidence_app.gui.background.jobs import Task, TaskHandle
from evidence_app.model.changes import Area, Changes
from evidence_app.model.proposals import JobCounts
from evidence_app.services import reading
from evidence_app.services.cases import CaseFile
from evidence_app.services.reading import ReadOutcome

_AFTER_OPENING_MS = 1500
_TELL_EVERY_S = 5.0
"""Whoever is told reads anew: lists, and the rules."""


class ReadingQueue(QObject):
    """The reading of the pictures of one case.

    Attributes:
        progressed: How many pictures are read, as `JobCounts`.
        changed: What came into the case; told now and then, so that lists do not flicker.
        paused: The person stopped it for now.
        finished: Nothing waits any more.
        failed: An error that ended it; the pictures wait.
    """

    progressed = Signal(object)
    changed = Signal(object)
    paused = Signal()
    finished = Signal()
    failed = Signal(object)

    def __init__(self, case: CaseFile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._case = case
        self._task: Task | None = None
        self._is_paused = False
        self._is_over = False
        self._is_wanted_again = False

    def start_soon(self) -> None:
        """Begin when the window that was just opened has been drawn."""
        QTimer.singleShot(_AFTER_OPENING_MS, self, self.start)

    def start(self) -> None:
        """Read all pictures that were not read yet, unless it is paused or only looked at."""
        if self._is_over or self._is_paused or self._case.read_only:
            return
        if self._task is not None:
            self._is_wanted_again = True
            return
        self._is_wanted_again = False
        case = self._case
        task = Task(lambda running: _read_all(case, running), self)
        task.progress.connect(self._tell)
        task.finished.connect(self._done)
        task.failed.connect(self._broken)
        self._task = task
        task.start()

    def pause(self) -> None:
        """Stop until `go_on`; what was being read is read again then."""
        self._is_paused = True
        if self._task is None:
            self.paused.emit()
        else:
            self._task.cancel()

    def go_on(self) -> None:
        """Read again after a pause."""
        self._is_paused = False
        self.start()

    def stop(self) -> None:
        """Read no more: the case is being closed."""
        self._is_over = True
        if self._task is not None:
            self._task.cancel()

    def is_busy(self) -> bool:
        """Whether pictures are being read."""
        return self._task is not None

    def _tell(self, report: object) -> None:
        if isinstance(report, JobCounts):
            self.progressed.emit(report)
        elif isinstance(report, Changes):
            self.changed.emit(report)

    def _done(self, _nothing: object) -> None:
        self._let_go()
        if self._is_wanted_again:
            self.start()
        else:
            self.finished.emit()

    def _broken(self, error: Exception) -> None:
        self._let_go()
        if not isinstance(error, Cancelled):
            self.failed.emit(error)
        elif self._is_paused:
            self.paused.emit()
        elif not self._is_over:
            self.start()

    def _let_go(self) -> None:
        if self._task is not None:
            self._task.deleteLater()
            self._task = None


def _read_all(case: CaseFile, task: TaskHandle) -> None:
    teller = _Teller(case, task, reading.queue_unread(case))
    try:
        reading.run(case, on_read=teller.take, on_joined=teller.take_changes, progress=task)
    finally:
        teller.tell()


class _Teller:
    """Tells how many pictures are read, and now and then what changed: the first at once."""

    def __init__(self, case: CaseFile, task: TaskHandle, counts: JobCounts) -> None:
        self._case = case
        self._task = task
        self._areas: frozenset[Area] = frozenset()
        self._told_at = time.monotonic() - _TELL_EVERY_S
        if counts.waiting:
            task.post(counts)

    def take_changes(self, changes: Changes) -> None:
        self._areas |= changes.areas

    def take(self, outcome: ReadOutcome) -> None:
        self._areas |= outcome.changes.areas
        self._task.post(reading.counts(self._case))
        if time.monotonic() - self._told_at >= _TELL_EVERY_S:
            self.tell()

    def tell(self) -> None:
        if self._areas:
            self._task.post(Changes(self._areas | {Area.CUSTODY}))
        self._areas, self._told_at = frozenset(), time.monotonic()
