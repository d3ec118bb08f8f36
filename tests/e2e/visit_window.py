"""Opens the window on a case, waits for its timeline, shows every page, closes; for other tests.

Arguments: the case file, and how many events its timeline has. Status 0 if all of it happened.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from evidence_app.gui import app
from evidence_app.gui.workspace import Page

LONGEST_MS = 30_000
PAUSE_MS = 50


def main(case: Path, events: int) -> int:
    application = QApplication(sys.argv[:1])
    window = app.make_window(application)
    window.show()
    window.open_case(case)
    pages = [Page.TIMELINE, *Page]

    def go_on() -> None:
        workspace = window.workspace
        if workspace is None or workspace.timeline.model.event_count() != events:
            return
        if pages:
            workspace.show_page(pages.pop(0))
        else:
            window.close()

    pause = QTimer()
    pause.timeout.connect(go_on)
    pause.start(PAUSE_MS)
    QTimer.singleShot(LONGEST_MS, lambda: application.exit(1))
    return application.exec()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
