"""How long search and timeline take with many events."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from figures import Figure, best, timed
from sqlcipher3 import dbapi2

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from evidence_app.gui.timeline.view import TimelineView
    from evidence_app.services.cases import CaseFile

COUNT = 100_000


def backup(count: int) -> Iterator[str]:
    """A call backup with that many calls, about two hundred a day."""
    yield f"<?xml version='1.0' encoding='UTF-8'?>\n<calls count=\"{count}\">\n"
    for number in range(count):
        at = 1_720_000_000_000 + number * 432_000
        yield (
            f'<call number="1380013{number % 500:04}" duration="{number % 300}" date="{at}" '
            f'type="{1 + number % 3}" presentation="1" contact_name="(Unknown)" />\n'
        )
    yield "</calls>\n"


def wait_until(ready: Callable[[], bool]) -> None:
    """Let the window work until something is so."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    timer = QTimer(interval=1)
    timer.timeout.connect(lambda: loop.quit() if ready() else None)
    timer.start()
    loop.exec()


def make_case(folder: Path, count: int) -> CaseFile:
    """A case with one call backup."""
    from evidence_app.model.case import Jurisdiction
    from evidence_app.services import cases
    from evidence_app.services.importing.importer import Importer

    log = folder / "calls-20260310.xml"
    log.write_text("".join(backup(count)), encoding="utf-8")
    case = cases.create(
        folder / "large.evcase",
        title="Large",
        timezone="Asia/Shanghai",
        jurisdiction=Jurisdiction.CHINA,
    )
    with Importer(case) as importer:
        importer.run([log])
    return case


def drag(view: TimelineView) -> float:
    """Pull the scroll bar over the whole case, a frame at a time; seconds of the worst."""
    from PySide6.QtWidgets import QApplication

    bar, worst = view.verticalScrollBar(), 0.0
    for step in range(200):
        bar.setValue(bar.maximum() * step // 200)
        worst = max(worst, timed(view.viewport().repaint))
        QApplication.processEvents()
    return worst


def bare(path: Path, query: str) -> float:
    """Seconds that SQLite itself takes for a query."""
    with closing(dbapi2.connect(str(path))) as connection:
        return best(lambda: connection.execute(query).fetchall(), 5)


def figures(folder: Path, count: int = COUNT) -> Iterator[Figure]:
    """Search, open and scroll, beside bare queries and the time of one frame."""
    from PySide6.QtWidgets import QApplication

    QApplication.instance() or QApplication(sys.argv[:1])
    with make_case(folder, count) as case:
        yield from _queries(case, count)
        yield from _window(case, count)


def _queries(case: CaseFile, count: int) -> Iterator[Figure]:
    from evidence_app.model.filters import EventFilter
    from evidence_app.services import events as timeline

    rows = "SELECT id FROM event ORDER BY sort_ms, id"
    took = best(lambda: timeline.index(case, EventFilter()), 5)
    yield Figure(f"index of {count:,} events", took, "bare query", bare(case.path, rows))
    words = "SELECT rowid FROM event_search WHERE event_search MATCH '13800130042'"
    took = best(lambda: timeline.index(case, EventFilter(text="13800130042")), 5)
    yield Figure(f"search in {count:,} events", took, "bare FTS5", bare(case.path, words), 3)


def _window(case: CaseFile, count: int) -> Iterator[Figure]:
    from evidence_app.gui.session import Session
    from evidence_app.gui.timeline.page import TimelinePage

    frame = 1 / 60
    session = Session(case)
    page = TimelinePage(session)
    page.resize(1200, 800)
    page.show()
    model, view = page.model, page.view
    took = timed(lambda: wait_until(lambda: model.row_at(1) is not None))
    yield Figure(f"first rows of {count:,} in sight", took, "one second", 1, 1)
    yield Figure("worst frame of 200 while scrolling", drag(view), "a frame", frame, 1)
    there = view.top_row() + 2
    took = timed(lambda: wait_until(lambda: model.row_at(there) is not None))
    yield Figure("rows in sight after scrolling", took, "a frame", frame)
    yield Figure("choose everything", timed(view.selectAll), "a frame", frame)
    page.close()
    session.close()


def test_a_small_case_is_measured(tmp_path: Path, qapp: QApplication) -> None:
    """The benchmark itself works."""
    assert len(list(figures(tmp_path, 200))) == 6
