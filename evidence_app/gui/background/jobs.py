"""Work off the UI thread: one serial database worker, and threads of their own for long work.

Only numbers, the work itself and plain data cross threads. Who waits for an outcome stays on the
UI thread, under the number of the work: a widget whose last reference a thread held would be
destroyed on that thread, which ends the program.
"""

from __future__ import annotations

import itertools
import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from evidence_app import logs
from evidence_app.errors import Cancelled, EvidenceError
from evidence_app.progress import Progress, ProgressState
from evidence_app.services import cases

_LOG = logging.getLogger(__name__)

Failed = Callable[[Exception], None]
_Receiver = Callable[[Any], None]


@dataclass(frozen=True, slots=True)
class _State:
    """What work tells of itself while it runs."""

    value: Any


@dataclass(frozen=True, slots=True)
class _Result:
    """What work returned."""

    value: Any


@dataclass(frozen=True, slots=True)
class _Failure:
    """What work raised."""

    error: Exception


class _Replies(QObject):
    """Brings what threads tell to the UI thread, and knows there who waits for it."""

    arrived = Signal(int, object)

    def __init__(self) -> None:
        super().__init__()
        self._numbers = itertools.count(1)
        self._receivers: dict[int, _Receiver] = {}
        self.arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def expect(self, receiver: _Receiver) -> int:
        """Give a number to whoever waits."""
        number = next(self._numbers)
        self._receivers[number] = receiver
        return number

    def forget(self, number: int) -> None:
        """Let nobody wait for this any more."""
        self._receivers.pop(number, None)

    def _deliver(self, number: int, report: object) -> None:
        receiver = self._receivers.get(number)
        if receiver is not None:
            receiver(report)


_replies: _Replies | None = None


def _ui_replies() -> _Replies:
    """The one that lives as long as the program; made on the UI thread when first needed."""
    global _replies
    if _replies is None:
        _replies = _Replies()
    return _replies


def _tell(number: int, report: object) -> None:
    assert _replies is not None, "work is begun on the UI thread"
    _replies.arrived.emit(number, report)


@dataclass(frozen=True, slots=True)
class _Job:
    number: int
    work: Callable[[], Any]
    is_read: bool


class DatabaseWorker:
    """One thread that does queries and mutations of a case one after the other.

    The outcome is told on the UI thread; not at all if the owner is gone.
    """

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._is_stopping = threading.Event()
        self._replies = _ui_replies()
        self._reads: set[int] = set()
        self._end: int | None = None
        self._thread = threading.Thread(
            target=_work_off, args=(self._jobs, self._is_stopping), name="database worker"
        )
        self._thread.start()

    def submit(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Failed,
        owner: QObject | None = None,
        *,
        is_read: bool = False,
    ) -> None:
        """Queue work.

        Args:
            work: What the thread does; it must hold no widget.
            done: Gets what it returns.
            failed: Gets what it raises.
            owner: Whoever waits; nobody is told if it is gone by then.
            is_read: Whether nothing is lost if it is never done.
        """
        if self._is_stopping.is_set() and is_read:
            return

        def receive(outcome: _Result | _Failure) -> None:
            self._replies.forget(number)
            self._reads.discard(number)
            if owner is not None and not isValid(owner):
                return
            if isinstance(outcome, _Failure):
                failed(outcome.error)
            else:
                done(outcome.value)

        number = self._replies.expect(receive)
        if is_read:
            self._reads.add(number)
        self._jobs.put(_Job(number, work, is_read))

    def stop(self, ended: Callable[[], None] | None = None) -> None:
        """Finish the changes that are queued, drop what was only to be read, end the thread.

        It does not wait; ``ended`` is called once the thread is at its end.
        """
        self._is_stopping.set()
        for number in self._reads:
            self._replies.forget(number)
        self._reads.clear()

        def receive(_: object) -> None:
            self._replies.forget(number)
            self._thread.join()
            if ended is not None:
                ended()

        number = self._replies.expect(receive)
        self._jobs.put(_Job(number, _nothing, is_read=False))
        self._jobs.put(None)

    def join(self) -> None:
        """Wait for the end of the thread."""
        self._thread.join()


def _nothing() -> None:
    """What is queued last, to be told when all else is done."""


def _work_off(jobs: queue.SimpleQueue[_Job | None], is_stopping: threading.Event) -> None:
    while (job := jobs.get()) is not None:
        if job.is_read and is_stopping.is_set():
            continue
        if job.is_read:
            with cases.interruptible(is_stopping.is_set):
                outcome = _outcome(job.work)
        else:
            outcome = _outcome(job.work)
        _tell(job.number, outcome)
        # Nothing of it stays here until the next one comes.
        del job, outcome


def _outcome(work: Callable[[], Any]) -> _Result | _Failure:
    try:
        return _Result(work())
    except Exception as error:
        if isinstance(error, EvidenceError):
            _LOG.info("work for the window: %s", logs.kind_of(error))
        elif not isinstance(error, Cancelled):
            _LOG.exception("work for the window failed")
        return _Failure(error)


class TaskHandle(Progress):
    """A task as its work sees it: its progress is shown on the UI thread."""

    def __init__(self, number: int, cancelled: threading.Event) -> None:
        super().__init__(is_cancelled=cancelled.is_set)
        self._number = number

    def show(self, state: ProgressState) -> None:
        """Tell how far the work is."""
        self.post(state)

    def post(self, news: object) -> None:
        """Tell something else than how far the work is, as what it has changed."""
        _tell(self._number, _State(news))


class Task(QObject):
    """Long work on a thread of its own, with progress and a way to stop.

    Attributes:
        progress: What the work tells of itself while it runs: a `ProgressState`, or what it posts.
        finished: What it returned.
        failed: What it raised.
    """

    progress = Signal(object)
    finished = Signal(object)
    failed = Signal(object)

    def __init__(self, work: Callable[[TaskHandle], Any], parent: QObject | None = None) -> None:
        """Prepare the work.

        Args:
            work: Gets a handle, to tell its progress and to ask whether it was cancelled; it must
                hold no widget.
            parent: Qt's parent; if that is gone before the work ends, nobody is told.
        """
        super().__init__(parent)
        self._cancelled = threading.Event()
        self._work: Callable[[TaskHandle], Any] | None = work
        self._number = 0
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin."""
        assert self._work is not None, "a task begins once"
        self._number = _ui_replies().expect(self._receive)
        handle = TaskHandle(self._number, self._cancelled)
        work, self._work = self._work, None
        self._thread = threading.Thread(
            target=_carry_out, args=(work, handle, self._number), name="task"
        )
        _running.add(self)
        self._thread.start()

    def cancel(self) -> None:
        """Ask the work to stop."""
        self._cancelled.set()

    def is_cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._cancelled.is_set()

    def _receive(self, report: _State | _Result | _Failure) -> None:
        if isinstance(report, _State):
            if isValid(self):
                self.progress.emit(report.value)
            return
        _ui_replies().forget(self._number)
        assert self._thread is not None
        self._thread.join()
        _running.discard(self)
        if isValid(self):
            if isinstance(report, _Failure):
                self.failed.emit(report.error)
            else:
                self.finished.emit(report.value)
        _tell_idle()


def _carry_out(work: Callable[[TaskHandle], Any], handle: TaskHandle, number: int) -> None:
    _tell(number, _outcome(partial(work, handle)))


_running: set[Task] = set()
_waiting_for_idle: list[Callable[[], None]] = []


def cancel_all() -> None:
    """Ask all tasks to stop."""
    for task in _running:
        task.cancel()


def when_idle(then: Callable[[], None]) -> None:
    """Call ``then`` from the event loop as soon as no task runs."""
    _waiting_for_idle.append(then)
    _tell_idle()


def _tell_idle() -> None:
    if not _running and _waiting_for_idle:
        QTimer.singleShot(0, _call_idle)


def _call_idle() -> None:
    if _running:
        return
    waiting = _waiting_for_idle.copy()
    _waiting_for_idle.clear()
    for then in waiting:
        then()
