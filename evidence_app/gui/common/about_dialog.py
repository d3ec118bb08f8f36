"""What the program is, which version, and under which licences all of it stands."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

import evidence_app
from evidence_app.gui.appearance import texts, theme
from evidence_app.gui.background.jobs import Task
from evidence_app.services import licences, protection


class AboutDialog(QDialog):
    """The version, where newer ones are, how well files are closed off, and the licences."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Evidence App"))
        self.label = QLabel(self._text())
        self.label.setWordWrap(True)
        self.licences = QPlainTextEdit()
        self.licences.setReadOnly(True)
        self.licences.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.licences.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.licences.setAccessibleName(self.tr("Licences of all parts"))
        heading = QLabel(self.tr("Licences of all parts"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.WIDE_SPACE] * 4)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self.label)
        layout.addWidget(heading)
        layout.addWidget(self.licences, 1)
        layout.addWidget(buttons)
        self.resize(680, 560)
        self._task = Task(lambda _: licences.text(), self)
        self._task.finished.connect(self.licences.setPlainText)
        self._task.failed.connect(lambda error: self.licences.setPlainText(texts.error_text(error)))
        self._task.start()

    def _text(self) -> str:
        protection_text = texts.message_text(protection.sentence(protection.of_this_system()))
        return self.tr(
            "Organizes evidence of debt-collection harassment.\n"
            "Everything stays on this computer. {1}\n\n"
            "Version {0}. The program never looks for newer versions by itself: look where you "
            "got this one from.\n"
            "Free software under the GNU General Public License, version 3 or later."
        ).format(evidence_app.__version__, protection_text)
