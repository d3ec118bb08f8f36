"""How long the timeline takes with 100,000 events: figures, no verdicts.

Run it as ``python tests/benchmarks/test_timeline_model.py`` from the checkout.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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


def told(name: str, work: Callable[[], object]) -> None:
    """Do the work and print how long it took."""
    begun = time.perf_counter()
    result = work()
    took = (time.perf_counter() - begun) * 1000
    sys.stdout.write(f"{name:44} {took:9.1f} ms   {result or ''}\n")


def wait_until(ready: Callable[[], bool]) -> None:
    """Let the window work until something is so."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    timer = QTimer(interval=1)
    timer.timeout.connect(lambda: loop.quit() if ready() else None)
    timer.start()
    loop.exec()


def make_case(folder: Path) -> CaseFile:
    """A case with one call backup."""
    from evidence_app.model.case import Jurisdiction
    from evidence_app.services import cases
    from evidence_app.services.importing.importer import Importer

    log = folder / "calls-20260310.xml"
    log.write_text("".join(backup(COUNT)), encoding="utf-8")
    case = cases.create(
        folder / "large.evcase",
        title="Large",
        timezone="Asia/Shanghai",
        jurisdiction=Jurisdiction.CHINA,
    )
    with Importer(case) as importer:
        told(
            f"import of {COUNT:,} calls",
            lambda: (
                importer.run(
                    [log],
                    progress=lambda _: None,
                    is_cancelled=lambda: False,
                    on_result=lambda _: None,
                )[0].outcome
            ),
        )
    return case


def drag(view: TimelineView) -> str:
    """Pull the scroll bar over the whole case, a frame at a time."""
    from PySide6.QtWidgets import QApplication

    bar, worst = view.verticalScrollBar(), 0.0
    for step in range(200):
        begun = time.perf_counter()
        bar.setValue(bar.maximum() * step // 200)
        view.viewport().repaint()
        worst = max(worst, time.perf_counter() - begun)
        QApplication.processEvents()
    return f"worst frame {worst * 1000:.1f} ms"


def measure(case: CaseFile) -> None:
    """Show the case and print the figures."""
    from evidence_app.gui.session import Session
    from evidence_app.gui.timeline.page import TimelinePage
    from evidence_app.model.filters import EventFilter
    from evidence_app.services import events as timeline

    told("index of all", lambda: len(timeline.index(case, EventFilter()).ids))
    told("search of “0042”", lambda: len(timeline.index(case, EventFilter(text="0042")).ids))
    session = Session(case)
    page = TimelinePage(session)
    page.resize(1200, 800)
    page.show()
    model, view = page.model, page.view
    told("first rows in sight", lambda: wait_until(lambda: model.row_at(1) is not None))
    told("one frame", view.viewport().repaint)
    told("200 frames over the whole case", lambda: drag(view))
    there = view.top_row() + 2
    told("rows in sight after that", lambda: wait_until(lambda: model.row_at(there) is not None))
    told("choose everything", view.selectAll)
    view.clearSelection()
    loaded: list[bool] = []
    model.loaded.connect(lambda: loaded.append(True))
    page.filters.order.click()
    told("newest first", lambda: wait_until(lambda: bool(loaded)))
    page.close()
    session.close()


def main() -> None:
    """Make the case, then measure."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    application = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        measure(make_case(Path(folder)))
    application.quit()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    main()
