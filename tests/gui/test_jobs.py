"""Only numbers and work cross threads: whoever waits for an outcome dies on the UI thread."""

import gc
import threading
import time
import weakref
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from evidence_app.casefile.case import CaseFile
from evidence_app.errors import Cancelled
from evidence_app.gui.background import jobs
from evidence_app.gui.background.jobs import DatabaseWorker, Task
from evidence_app.services import cases

MANY = "(SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6)"
SLOW = f"SELECT count(*) FROM {', '.join([MANY] * 14)}"


@pytest.fixture
def worker() -> Iterator[DatabaseWorker]:
    new_database_worker = DatabaseWorker()
    yield new_database_worker
    new_database_worker.stop()
    new_database_worker.join()


class Waiting(QObject):
    """Waits for an outcome, and notes on which thread it dies."""

    def __init__(self, deaths: list[int]) -> None:
        super().__init__()
        self.taken: list[object] = []
        weakref.finalize(self, lambda: deaths.append(threading.get_ident()))

    def take(self, value: object) -> None:
        self.taken.append(value)


def reached_from_thread(name: str, target: object) -> bool:
    """Whether the frames of a thread lead to an object, other than through a module."""
    import sys

    [thread] = [thread for thread in threading.enumerate() if thread.name == name]
    assert thread.ident is not None
    frame = sys._current_frames()[thread.ident]
    visited: set[int] = set()
    waiting: list[object] = []
    while frame is not None:
        waiting += list(frame.f_locals.values())
        frame = frame.f_back  # type: ignore[assignment]
    while waiting:
        reached = waiting.pop()
        if reached is target:
            return True
        if id(reached) in visited or isinstance(reached, type) or hasattr(reached, "__file__"):
            continue
        visited.add(id(reached))
        if isinstance(reached, dict) and "__name__" in reached:
            continue
        for other in gc.get_referents(reached):
            if not (isinstance(other, dict) and "__name__" in other):
                waiting.append(other)
    return False


def test_the_worker_never_holds_who_waits(worker: DatabaseWorker, qtbot: QtBot) -> None:
    deaths: list[int] = []
    begun, go_on = threading.Event(), threading.Event()
    waiting = Waiting(deaths)

    def work() -> int:
        begun.set()
        go_on.wait(10)
        return 7

    worker.submit(work, waiting.take, waiting.take, waiting)
    assert begun.wait(10)
    assert not reached_from_thread("database worker", waiting)
    go_on.set()
    values = waiting.taken
    qtbot.waitUntil(lambda: values == [7])
    assert not reached_from_thread("database worker", waiting)
    del waiting
    gc.collect()
    assert deaths == [threading.get_ident()]


def test_a_task_that_ends_after_its_dialog_tells_nobody(qtbot: QtBot) -> None:
    deaths: list[int] = []
    go_on = threading.Event()
    dialog = Waiting(deaths)
    task = Task(lambda _: go_on.wait(10), dialog)
    task.finished.connect(dialog.take)
    task.start()
    assert not reached_from_thread("task", dialog)
    assert not reached_from_thread("task", task)
    del dialog, task
    gc.collect()
    go_on.set()
    qtbot.waitUntil(lambda: not jobs._running)
    gc.collect()
    assert set(deaths) == {threading.get_ident()}


def test_outcomes_and_failures_come_to_the_ui_thread(worker: DatabaseWorker, qtbot: QtBot) -> None:
    received: list[tuple[object, QThread]] = []

    def fail() -> None:
        raise ValueError("x")

    def note(value: object) -> None:
        received.append((value, QThread.currentThread()))

    worker.submit(lambda: threading.get_ident(), note, note)
    worker.submit(fail, note, note)
    qtbot.waitUntil(lambda: len(received) == 2)
    assert received[0][0] != threading.get_ident()
    assert isinstance(received[1][0], ValueError)
    assert {thread for _, thread in received} == {QThread.currentThread()}


def test_stopping_drops_reads_and_makes_changes(qtbot: QtBot) -> None:
    worker = DatabaseWorker()
    done: list[str] = []
    begun, go_on = threading.Event(), threading.Event()

    def begin() -> None:
        begun.set()
        go_on.wait(10)

    def job(name: str) -> Callable[[], None]:
        return lambda: done.append(name)

    worker.submit(begin, print, print, is_read=False)
    assert begun.wait(10)
    for number in range(50):
        worker.submit(job(f"read {number}"), print, print, is_read=True)
    worker.submit(job("change"), print, print, is_read=False)
    ended: list[bool] = []
    worker.stop(lambda: ended.append(True))
    go_on.set()
    qtbot.waitUntil(lambda: ended == [True])
    assert done == ["change"]


def test_a_running_read_is_interrupted(case: CaseFile, qtbot: QtBot) -> None:
    worker = DatabaseWorker()
    begun = threading.Event()

    def endless() -> None:
        with case.read() as connection:
            begun.set()
            connection.exec_driver_sql(SLOW).all()

    worker.submit(endless, print, print, is_read=True)
    assert begun.wait(10)
    time.sleep(0.2)
    began = time.monotonic()
    ended: list[bool] = []
    worker.stop(lambda: ended.append(True))
    qtbot.waitUntil(lambda: ended == [True])
    assert time.monotonic() - began < 2


def test_a_connection_that_was_interrupted_serves_others(case: CaseFile) -> None:
    with (
        pytest.raises(Cancelled),
        cases.interruptible(lambda: True),
        case.read() as connection,
    ):
        connection.exec_driver_sql(SLOW).all()
    assert cases.info(case).title == "测试 case"
