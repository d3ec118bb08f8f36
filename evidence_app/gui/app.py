"""The application: one window, its language and theme, and what happens to unexpected errors."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

import evidence_app
from evidence_app import resources, settings
from evidence_app.gui.appearance import icons, texts
from evidence_app.gui.appearance.languages import Languages
from evidence_app.gui.background.end_signals import EndSignals
from evidence_app.gui.background.garbage import GarbageCollector
from evidence_app.gui.main_window import MainWindow

_LOG = logging.getLogger(__name__)
Hook = Callable[[type[BaseException], BaseException, TracebackType | None], None]


def run(case: Path | None) -> int:
    """Show the window until it is closed; return the exit status."""
    application = QApplication(sys.argv[:1])
    window = make_window(application)
    sys.excepthook = _hook(window)
    window.closed.connect(application.exit)
    end_when_asked(application, window)
    window.show()
    if case is not None:
        window.open_case(case)
    return application.exec()


def make_window(application: QApplication) -> MainWindow:
    """The window with the person's settings on it."""
    QGuiApplication.setDesktopFileName("evidence-app")
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
    EndSignals(application).asked.connect(partial(window.closer.quit, is_hurried=True))
    application.commitDataRequest.connect(lambda _: window.closer.quit(is_hurried=True))


def _add_fonts(application: QApplication) -> None:
    """Use the bundled fonts for what the computer's own has not, Chinese and emoji above all."""
    font = application.font()
    families = [*font.families()]
    for name in ("NotoSansSC_400Regular.ttf", "NotoSansSC_700Bold.ttf", "NotoEmoji_400Regular.ttf"):
        number = QFontDatabase.addApplicationFont(str(resources.path("fonts", name)))
        families += QFontDatabase.applicationFontFamilies(number)
    font.setFamilies(list(dict.fromkeys(families)))
    application.setFont(font)


def _hook(window: QWidget) -> Hook:
    def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        _LOG.error("unexpected failure", exc_info=(kind, error, trace))
        if isinstance(error, Exception):
            QMessageBox.warning(window, "Evidence App", texts.error_text(error))

    return tell
