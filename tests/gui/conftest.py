"""Fixtures for tests of the window."""

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import FunctionType, MethodType
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from evidence_app.gui.background import jobs
from evidence_app.gui.background.garbage import GarbageCollector
from evidence_app.gui.reading.reading_queue import ReadingQueue

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session", autouse=True)
def garbage_on_the_ui_thread(qapp: QApplication) -> Iterator[None]:
    """As in the program: no widget is ever destroyed on another thread."""
    collector = GarbageCollector(qapp)
    yield
    collector.deleteLater()


@pytest.fixture(autouse=True)
def pictures_are_read_when_a_test_wants_it(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Nothing is read beside what a test is about, until it calls this."""
    start = ReadingQueue.start
    monkeypatch.setattr(ReadingQueue, "start", lambda _queue: None)
    return lambda: monkeypatch.setattr(ReadingQueue, "start", start)


@pytest.fixture(autouse=True)
def no_widget_crosses_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """All that a thread is given to do is looked through for widgets, in every test."""
    submit, start = jobs.DatabaseWorker.submit, jobs.Task.start

    def submit_plain(worker: jobs.DatabaseWorker, work: Any, *rest: Any, **named: Any) -> None:
        assert_plain(work)
        submit(worker, work, *rest, **named)

    def start_plain(task: jobs.Task) -> None:
        assert_plain(task._work)
        start(task)

    monkeypatch.setattr(jobs.DatabaseWorker, "submit", submit_plain)
    monkeypatch.setattr(jobs.Task, "start", start_plain)


def assert_plain(work: object) -> None:
    """Fail if a function, or anything that it closes over, is or holds an object of Qt."""
    waiting, visited = [work], set[int]()
    while waiting:
        reached = waiting.pop()
        if id(reached) in visited:
            continue
        visited.add(id(reached))
        assert not isinstance(reached, QObject), f"{work} takes {reached} to another thread"
        if isinstance(reached, partial):
            waiting += [reached.func, *reached.args, *reached.keywords.values()]
        elif isinstance(reached, MethodType):
            waiting += [reached.__self__, reached.__func__]
        elif isinstance(reached, FunctionType):
            waiting += [cell.cell_contents for cell in reached.__closure__ or ()]
            waiting += [*(reached.__defaults__ or ()), *(reached.__kwdefaults__ or {}).values()]
        elif isinstance(reached, list | tuple | set | frozenset):
            waiting += reached
        elif isinstance(reached, dict):
            waiting += reached.values()
