"""The first window needs little of the program; the rest is loaded while the person looks at it."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_ends import close_window

from evidence_app.gui.app import make_window
from evidence_app.gui.background.loading_ahead import LoadingAhead
from evidence_app.gui.main_window import MainWindow

ROOT = Path(__file__).resolve().parents[2]

SEEN = """
import sys
from PySide6.QtCore import QTimer
from evidence_app import bootstrap
from evidence_app.gui import app

made = app.make_window

def make_window(application):
    window = made(application)
    def tell():
        assert window.welcome.isVisible()
        print(*sys.modules)
        application.exit(0)
    QTimer.singleShot(0, tell)
    return window

app.make_window = make_window
sys.exit(bootstrap.run([]))
"""

HEAVY = {
    "PIL", "PySide6.QtMultimedia", "PySide6.QtNetwork", "PySide6.QtPdf",
    "PySide6.QtPrintSupport", "alembic", "asyncio", "av", "click", "cryptography", "cv2",
    "email", "filelock", "lxml", "numpy", "onnxruntime", "phonenumbers", "pikepdf", "pyhanko",
    "reportlab", "rfc3161_client", "sqlalchemy", "sqlcipher3", "sqlite3", "ssl",
}  # fmt: skip
OF_CASES = {
    f"evidence_app.{part}"
    for part in (
        "anchoring", "casefile", "cli", "dossier", "gui.desk", "gui.menu_acts", "gui.workspace",
        "intake", "reading", "rulebook.lexicon", "rulebook.loader", "services.cases",
    )
}  # fmt: skip


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    main_window = make_window(qapp)
    main_window.show()
    yield main_window
    close_window(main_window, qtbot)


def test_the_first_window_is_seen_before_what_works_with_cases_is_loaded() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SEEN], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert "evidence_app.gui.case.welcome_page" in loaded
    assert loaded & (HEAVY | OF_CASES) == set()


def test_the_rest_is_loaded_while_the_window_is_looked_at(qtbot: QtBot, window: MainWindow) -> None:
    assert "desk" not in vars(window)
    LoadingAhead(window).start()
    qtbot.waitUntil(lambda: "desk" in vars(window), timeout=20_000)
