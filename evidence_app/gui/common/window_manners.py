"""What holds for every window and dialog of the program, wherever it is made."""

from __future__ import annotations

import re

from PySide6.QtCore import QByteArray, QEvent, QObject, QRect, QSize, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QFrame,
    QLayout,
    QMessageBox,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

_FRAME = QSize(8, 36)
"""What the window manager draws around a window, as far as that can be known beforehand."""

QUIT = "Ctrl+Q"
"""Not every desktop has keys of its own for this."""

_NAME = "quit"
_SIZE = re.compile(r"([1-9][0-9]{1,4})x([1-9][0-9]{1,4})")


class WindowManners(QObject):
    """Notices each dialog when it is first shown.

    Attributes:
        quit_wanted: The keys that end the program were pressed over a dialog, which hides those
            of the window from Qt.
    """

    quit_wanted = Signal()

    def __init__(self, application: QApplication, parent: QObject, sizes: dict[str, str]) -> None:
        """Notice dialogs.

        Args:
            application: Whose dialogs.
            parent: Qt's parent.
            sizes: What the person made of the sizes of dialogs, by dialog and screen; kept here.
        """
        super().__init__(parent)
        self._sizes = sizes
        self._first_sizes: dict[int, QSize] = {}
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Prepare a dialog just before it is seen."""
        if event.type() is QEvent.Type.Show and isinstance(watched, QDialog):
            self._prepare(watched)
        elif event.type() is QEvent.Type.Resize and isinstance(watched, QDialog):
            _keep_inside(watched)
        elif event.type() is QEvent.Type.Hide and isinstance(watched, QDialog):
            self._keep_size(watched)
        return False

    def _prepare(self, dialog: QDialog) -> None:
        match = _SIZE.fullmatch(self._sizes.get(_size_name(dialog), ""))
        if match is not None:
            dialog.resize(int(match[1]), int(match[2]))
        fit(dialog)
        self._first_sizes[id(dialog)] = dialog.size()
        if dialog.findChild(QShortcut, _NAME) is None:
            keys = QShortcut(QKeySequence(QUIT), dialog)
            keys.setObjectName(_NAME)
            keys.activated.connect(self.quit_wanted)

    def _keep_size(self, dialog: QDialog) -> None:
        """Keep the dialog's size if the person changed it."""
        first_size, size = self._first_sizes.pop(id(dialog), None), dialog.size()
        is_own = type(dialog).__module__.startswith("evidence_app.")
        if is_own and first_size not in (None, size) and not dialog.isMaximized():
            self._sizes[_size_name(dialog)] = f"{size.width()}x{size.height()}"


def keep_place(window: QWidget, places: dict[str, str]) -> None:
    """Keep a window's place and size for each size of screen."""
    places[_place_name(window)] = bytes(window.saveGeometry().toBase64().data()).decode("ascii")


def restore_place(window: QWidget, places: dict[str, str]) -> None:
    """Put a window where it was on a screen of that size, but within the screen."""
    geometry = places.get(_place_name(window), "")
    if geometry:
        window.restoreGeometry(QByteArray.fromBase64(geometry.encode("ascii", "replace")))
    if not (window.isMaximized() or window.isFullScreen()):
        fit(window)


def _place_name(window: QWidget) -> str:
    size = window.screen().size()
    return f"geometry {size.width()}x{size.height()}"


def _size_name(dialog: QDialog) -> str:
    """The key under which a dialog's size is kept, one for each size of screen."""
    screen = dialog.screen().size()
    return f"{type(dialog).__name__} {screen.width()}x{screen.height()}"


def room(window: QWidget) -> QRect:
    """Where on its screen a window can be, without panels of the desktop."""
    parent = window.parentWidget()
    screen = (parent.window() if parent is not None else window).screen()
    return screen.availableGeometry()


def fit(window: QWidget) -> None:
    """Make a window that is about to be shown no larger than its screen.

    A dialog whose parts need more than that gets a scroll bar.
    """
    most = room(window).size() - _FRAME
    layout = window.layout()
    if isinstance(window, QDialog):
        is_own = not isinstance(window, QMessageBox | QFileDialog)
        needed = window.minimumSizeHint().expandedTo(window.minimumSize())
        if layout is not None and is_own and needed.boundedTo(most) != needed:
            _let_scroll(window, layout)
        _keep_inside(window)
    else:
        window.resize(window.size().boundedTo(most))


def _keep_inside(dialog: QDialog) -> None:
    size = dialog.size().boundedTo(room(dialog).size() - _FRAME)
    if size != dialog.size() and not dialog.isMaximized():
        dialog.resize(size)


def _let_scroll(window: QWidget, layout: QLayout) -> None:
    inside = QWidget()
    inside.setLayout(layout)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(inside)
    outer = QVBoxLayout(window)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(area)
    window.setMinimumSize(0, 0)
