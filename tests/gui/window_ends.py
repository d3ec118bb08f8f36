"""How tests find dialogs, and close a case or the window: it takes a moment and never blocks."""

from typing import TypeVar

from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from evidence_app.gui.main_window import MainWindow

LONGEST_MS = 30_000
T = TypeVar("T", bound=QDialog)


def wait_for(kind: type[T], qtbot: QtBot) -> T:
    """The dialog of that kind, once it is there."""

    def visible() -> list[T]:
        widgets = QApplication.topLevelWidgets()
        return [widget for widget in widgets if isinstance(widget, kind) and widget.isVisible()]

    qtbot.waitUntil(lambda: bool(visible()), timeout=LONGEST_MS)
    return visible()[0]


def close_case(window: MainWindow, qtbot: QtBot) -> None:
    """Close the case, and wait until it is given back."""
    window.close_case()
    qtbot.waitUntil(lambda: not window.desk.closer.is_closing(), timeout=LONGEST_MS)
    assert window.workspace is None


def close_window(window: MainWindow, qtbot: QtBot) -> None:
    """End the program, and wait until nothing runs any more."""
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog) and widget.isVisible():
            widget.reject()
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=LONGEST_MS)
    window.deleteLater()
