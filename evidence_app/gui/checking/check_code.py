"""The check code of a case or a package, and a field to compare the log with another code."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QToolButton, QWidget

from evidence_app.gui.appearance import icons, texts, theme
from evidence_app.gui.checking import mismatch_texts
from evidence_app.model.verification import Mismatch


class CheckCode(QWidget):
    """Says of a typed code whether the log holds that state.

    Args:
        label: What the code that is shown is of.

    Attributes:
        typed_code: A code that is to be compared with the log; `tell` or `refuse` is the answer.
    """

    typed_code = Signal(str)

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code_field = QLineEdit()
        self.code_field.setReadOnly(True)
        self.code_field.setAccessibleName(label)
        copy = QToolButton()
        copy.setIcon(icons.icon("copy"))
        copy.setToolTip(self.tr("Copy"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.code_field.text()))
        self.typed = QLineEdit()
        self.typed.setPlaceholderText(self.tr("Check code on the last pages of an evidence report"))
        self.typed.setAccessibleName(self.typed.placeholderText())
        self.typed.textChanged.connect(self._compare)
        self.result_label = QLabel()
        self.result_label.setWordWrap(True)
        self.result_label.setTextFormat(Qt.TextFormat.PlainText)
        self.result_label.hide()
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(QLabel(label), 0, 0)
        layout.addWidget(self.code_field, 0, 1)
        layout.addWidget(copy, 0, 2)
        layout.addWidget(QLabel(self.tr("Compare with")), 1, 0)
        layout.addWidget(self.typed, 1, 1, 1, 2)
        layout.addWidget(self.result_label, 2, 1, 1, 2)

    def show_code(self, code: str) -> None:
        """Show the state that was checked."""
        self.code_field.setText(code)
        self.code_field.setCursorPosition(0)

    def _compare(self, code: str) -> None:
        if not code.strip():
            self.result_label.hide()
            return
        self.typed_code.emit(code)

    def tell(self, mismatches: list[Mismatch]) -> None:
        """Say how the log differs from that state."""
        if mismatches:
            self._say(mismatch_texts.difference(mismatches[0]), good=False)
        else:
            self._say(
                self.tr(
                    "The codes agree: the entries up to then are all still "
                    "there, and later ones follow them."
                ),
                good=True,
            )

    def refuse(self, error: Exception) -> None:
        """Say why it cannot be compared."""
        self._say(texts.error_text(error), good=False)

    def _say(self, text: str, *, good: bool) -> None:
        palette = self.result_label.palette()
        colour = theme.good() if good else theme.bad()
        palette.setColor(QPalette.ColorRole.WindowText, colour)
        self.result_label.setPalette(palette)
        self.result_label.setText(text)
        self.result_label.show()
