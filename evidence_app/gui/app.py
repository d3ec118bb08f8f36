"""The application: one window, its language and theme, and what happens to unexpected errors."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType

from PySide6.QtGui import QFontDatabase, QFontInfo, QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

import evidence_app
from evidence_app import resources, settings
from evidence_app.gui.appearance import icons
from evidence_app.gui.appearance.languages import Languages
from evidence_app.gui.background.end_signals import EndSignals
from evidence_app.gui.background.file_open_events import FileOpenEvents
from evidence_app.gui.background.garbage import GarbageCollector
from evidence_app.gui.background.loading_ahead import LoadingAhead
from evidence_app.gui.main_window import MainWindow
from evidence_app.model.case import CASE_ENDING

DESKTOP_ID = "io.github.evidence_app.EvidenceApp"
"""The name of the entry by which desktops know the program, and group its windows."""

_LOG = logging.getLogger(__name__)
Hook = Callable[[type[BaseException], BaseException, TracebackType | None], None]


def run(files: Sequence[Path]) -> int:
    """Show the window until it is closed; return the exit status.

    Args:
        files: A case, which is opened, unless another window has it open: then that one comes to
            the front. Or files to add to a case, after asking to which.
    """
    application = QApplication(sys.argv[:1])
    if _is_one_case(files):
        # Only who opens a case may have to look for another window; to others it costs time.
        from evidence_app.gui.case import one_window

        if one_window.ask(files[0]):
            return 0
    window = make_window(application)
    sys.excepthook = _hook(window)
    window.closed.connect(application.exit)
    end_when_asked(application, window)
    FileOpenEvents(application).opened.connect(lambda path: _open(window, [path]))
    window.show()
    _open(window, files)
    loading = LoadingAhead(window)
    loading.start()
    return application.exec()


def _open(window: MainWindow, files: Sequence[Path]) -> None:
    if window.workspace is None and _is_one_case(files):
        window.desk.one_window.claim(files[0])
        window.open_case(files[0])
    elif files:
        window.add(list(files))


def _is_one_case(files: Sequence[Path]) -> bool:
    return len(files) == 1 and files[0].suffix == CASE_ENDING


def make_window(application: QApplication) -> MainWindow:
    """The window with the person's settings on it."""
    QGuiApplication.setDesktopFileName(DESKTOP_ID)
    application.setApplicationName("Evidence App")
    application.setApplicationVersion(evidence_app.__version__)
    application.setWindowIcon(icons.app_icon())
    GarbageCollector(application)
    _add_fonts(application)
    chosen = settings.load()
    languages = Languages(application)
    languages.use(chosen.language)
    window = MainWindow(chosen, languages)
    window.apply_theme()
    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.connect(lambda _: window.apply_theme())
    return window


def end_when_asked(application: QApplication, window: MainWindow) -> None:
    """End in good order when the computer asks: a signal, or the end of the session."""
    EndSignals(application).asked.connect(partial(window.quit, is_hurried=True))
    application.commitDataRequest.connect(lambda _: window.quit(is_hurried=True))


def _add_fonts(application: QApplication) -> None:
    """Use the bundled fonts for what the computer's own has not, Chinese and emoji above all."""
    font = application.font()
    # "Sans Serif" and the like name no font: Qt would take the next of the list instead.
    families = [QFontInfo(font).family(), *font.families()]
    for name in ("NotoSansSC_400Regular.ttf", "NotoSansSC_700Bold.ttf", "NotoEmoji_400Regular.ttf"):
        number = QFontDatabase.addApplicationFont(str(resources.path("fonts", name)))
        families += QFontDatabase.applicationFontFamilies(number)
    font.setFamilies(list(dict.fromkeys(families)))
    application.setFont(font)


def _hook(window: QWidget) -> Hook:
    def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        _LOG.error("unexpected failure", exc_info=(kind, error, trace))
        if isinstance(error, Exception):
            # The names of all that a case can hold: a cost that a start need not bear.
            from evidence_app.gui.appearance import texts

            QMessageBox.warning(window, "Evidence App", texts.error_text(error))

    return tell
