"""Work off the UI thread: one serial database worker, and threads of their own for long work."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

_LOG = logging.getLogger(__name__)

Failed = Callable[[Exception], None]


@dataclass(frozen=True, slots=True)
class _Job:
    work: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Failed
    owner: QObject | None


class _Post(QObject):
    """Brings calls to the thread in which it was made."""

    call = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.call.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def _run(self, function: Callable[[], None]) -> None:
        function()


class DatabaseWorker:
    """One thread that does queries and mutations of a case one after the other.

    The outcome is told on the thread that made the worker; not at all if the owner is gone.
    """

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._post = _Post()
        self._thread = threading.Thread(target=self._run, name="database worker")
        self._thread.start()

    def submit(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Failed,
        owner: QObject | None = None,
    ) -> None:
        """Queue work; ``done`` gets what it returns, ``failed`` what it raises."""
        self._jobs.put(_Job(work, done, failed, owner))

    def stop(self) -> None:
        """Finish what is queued and end the thread; outcomes still on their way are dropped."""
        self._jobs.put(None)
        self._thread.join()
        self._post.deleteLater()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            _do(job, self._post)


class Task(QObject):
    """Long work on a thread of its own, with progress and a way to stop.

    Attributes:
        progress: What the work tells of itself while it runs.
        finished: What it returned.
        failed: What it raised.
    """

    progress = Signal(object)
    finished = Signal(object)
    failed = Signal(object)

    def __init__(self, work: Callable[[Task], Any], parent: QObject | None = None) -> None:
        """Prepare the work.

        Args:
            work: Gets this task, to tell its progress and to ask whether it was cancelled.
            parent: Qt's parent.
        """
        super().__init__(parent)
        self._cancelled = threading.Event()
        self._post = _Post()
        self._work = work
        self._thread = threading.Thread(target=self._run, name="task")

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def cancel(self) -> None:
        """Ask the work to stop."""
        self._cancelled.set()

    def is_cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._cancelled.is_set()

    def is_running(self) -> bool:
        """Whether it still works."""
        return self._thread.is_alive()

    def tell(self, state: object) -> None:
        """Tell the progress, from the work's thread."""
        self._post.call.emit(lambda: self.progress.emit(state))

    def wait(self) -> None:
        """Wait for its end; what it returned is told later."""
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        try:
            result = self._work(self)
        except Exception as error:
            _LOG.debug("work failed", exc_info=True)
            outcome = partial(_emit_failed, self, error)
        else:
            outcome = partial(_emit_finished, self, result)
        self._post.call.emit(partial(_settle, self, outcome))


def _settle(task: Task, outcome: Callable[[], None]) -> None:
    """Tell how a task ended, on the thread that made it.

    The other thread is waited for first and the task is held a moment longer, so that it is
    never that thread, nor a slot that still runs, which lets go of it last: a QObject that is
    destroyed elsewhere ends the program.
    """
    task.wait()
    QTimer.singleShot(0, partial(_let_go, task))
    if isValid(task):
        outcome()


def _let_go(task: Task) -> None:
    """Hold the task until now."""


def _emit_finished(task: Task, result: Any) -> None:
    task.finished.emit(result)


def _emit_failed(task: Task, error: Exception) -> None:
    task.failed.emit(error)


def _do(job: _Job, post: _Post) -> None:
    try:
        result = job.work()
    except Exception as error:
        _LOG.debug("work failed", exc_info=True)
        caught = error
        _tell(post, job.owner, lambda: job.failed(caught))
        return
    _tell(post, job.owner, lambda: job.done(result))


def _tell(post: _Post, owner: QObject | None, function: Callable[[], None]) -> None:
    def unless_gone() -> None:
        if owner is None or isValid(owner):
            function()

    post.call.emit(unless_gone)
