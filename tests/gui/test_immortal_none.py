"""Qt calls that return nothing must not use None up, or Python 3.11 ends the program."""

import subprocess
import sys

_MANY_CALLS = """
from evidence_app.gui.appearance import icons
from PySide6.QtCore import QObject

thing = QObject()
for _ in range(200_000):
    thing.blockSignals(False)
    thing.setObjectName("")
print("alive", icons is not None)
"""


def test_many_qt_calls_do_not_end_the_program() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _MANY_CALLS], capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stdout.strip()) == (0, "alive True"), done.stderr
