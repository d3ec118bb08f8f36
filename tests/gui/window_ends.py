"""How tests close a case or the window: both take a moment, and neither blocks."""

from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from evidence_app.gui.main_window import MainWindow

LONGEST_MS = 30_000


def close_case(window: MainWindow, qtbot: QtBot) -> None:
    """Close the case, and wait until it is given back."""
    window.close_case()
    qtbot.waitUntil(lambda: not window.closer.is_closing(), timeout=LONGEST_MS)
    assert window.workspace is None


def close_window(window: MainWindow, qtbot: QtBot) -> None:
    """End the program, and wait until nothing runs any more."""
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog) and widget.isVisible():
            widget.reject()
    with qtbot.waitSignal(window.closed, timeout=LONGEST_MS):
        window.close()
    window.deleteLater()
