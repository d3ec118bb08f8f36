"""The window's language: chosen by the person, switchable while the program runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from evidence_app import resources
from evidence_app.messages import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from evidence_app.services.violations import Language

CHINESE = QLocale(QLocale.Language.Chinese, QLocale.Country.China)
ENGLISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)

QT_WORDS = (
    QT_TRANSLATE_NOOP("QFileDialog", "&Look in:"),
    QT_TRANSLATE_NOOP("QFileDialog", "Files of &type:"),
    QT_TRANSLATE_NOOP("QPrintPropertiesWidget", "Page &Set:"),
)
"""Words of Qt's own dialogs that its Chinese translation lacks; ours has them."""


def spoken() -> Language:
    """The language of names that are data: Chinese if the window speaks it, else English."""
    return "zh" if QLocale().language() is QLocale.Language.Chinese else "en"


class Languages:
    """Puts translations on the application."""

    def __init__(self, application: QApplication) -> None:
        self._application = application
        self._installed: list[QTranslator] = []

    def use(self, code: str) -> None:
        """Speak a language: ``en``, ``zh``, or that of the computer if empty."""
        for translator in self._installed:
            self._application.removeTranslator(translator)
        self._installed.clear()
        chinese = (code or self.of_computer()) == "zh"
        QLocale.setDefault(CHINESE if chinese else ENGLISH)
        if chinese:
            qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            self._install(f"{qt}/qtbase_zh_CN.qm")
        name = "evidence_app_zh_CN.qm" if chinese else "evidence_app_en.qm"
        self._install(str(resources.path("translations", name)))

    @staticmethod
    def of_computer() -> str:
        """``zh`` if the computer speaks Chinese, else ``en``."""
        return "zh" if QLocale.system().language() is QLocale.Language.Chinese else "en"

    def _install(self, path: str) -> None:
        translator = QTranslator(self._application)
        if translator.load(path):
            self._application.installTranslator(translator)
            self._installed.append(translator)
