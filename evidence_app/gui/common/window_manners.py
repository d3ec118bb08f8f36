"""What holds for every window and dialog of the program, wherever it is made."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Signal
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


class WindowManners(QObject):
    """Notices each dialog when it is first shown.

    Attributes:
        quit_wanted: The keys that end the program were pressed over a dialog, which hides those
            of the window from Qt.
    """

    quit_wanted = Signal()

    def __init__(self, application: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Prepare a dialog just before it is seen."""
        if event.type() is QEvent.Type.Show and isinstance(watched, QDialog):
            self._prepare(watched)
        elif event.type() is QEvent.Type.Resize and isinstance(watched, QDialog):
            _keep_inside(watched)
        return False

    def _prepare(self, dialog: QDialog) -> None:
        fit(dialog)
        if dialog.findChild(QShortcut, _NAME) is None:
            keys = QShortcut(QKeySequence(QUIT), dialog)
            keys.setObjectName(_NAME)
            keys.activated.connect(self.quit_wanted)


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
