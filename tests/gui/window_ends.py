"""How tests find dialogs, and close a case or the window: it takes a moment and never blocks."""

from typing import TypeVar

from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from evidence_app.gui.main_window import MainWindow

LONGEST_MS = 30_000
T = TypeVar("T", bound=QDialog)


def shown(kind: type[T], qtbot: QtBot) -> T:
    """The dialog of that kind, once it is there."""

    def found() -> list[T]:
        widgets = QApplication.topLevelWidgets()
        return [one for one in widgets if isinstance(one, kind) and one.isVisible()]

    qtbot.waitUntil(lambda: bool(found()), timeout=LONGEST_MS)
    return found()[0]


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
