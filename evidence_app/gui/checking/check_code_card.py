"""Offers the check code of a case that was changed, as one line to keep elsewhere."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from evidence_app.gui.appearance import icons, theme
from evidence_app.gui.checking import check_code_line
from evidence_app.gui.checking.check_code_line import CheckCodeLine


class CheckCodeCard(QFrame):
    """A quiet card; nothing waits for an answer to it.

    Attributes:
        used: The line was copied or printed, and need not be offered again.
        dismissed: The person does not want it.
    """

    used = Signal()
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("check_code_card")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._line: CheckCodeLine | None = None
        self.heading = QLabel()
        self.heading.setWordWrap(True)
        self.code = QLineEdit()
        self.code.setReadOnly(True)
        self.code.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.result_label = QLabel()
        self.result_label.setWordWrap(True)
        self.result_label.hide()
        self.copy, self.print_, self.why = (QPushButton() for _ in range(3))
        self.copy.clicked.connect(self._copy)
        self.print_.clicked.connect(self._print)
        self.why.setFlat(True)
        self.why.clicked.connect(self.explain)
        self.away = QToolButton()
        self.away.setAutoRaise(True)
        self.away.clicked.connect(self._dismiss)
        self._lay_out()
        self.retranslate()
        self.hide()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.away)
        acts = QHBoxLayout()
        for button in (self.copy, self.print_, self.why):
            acts.addWidget(button)
        acts.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.SPACE] * 4)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.code)
        column.addLayout(acts)
        column.addWidget(self.result_label)

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.copy.setIcon(icons.icon("copy"))
        self.copy.setText(self.tr("Copy"))
        self.print_.setIcon(icons.icon("printer"))
        self.print_.setText(self.tr("Print…"))
        self.why.setText(self.tr("What is this?"))
        self.away.setIcon(icons.icon("x"))
        self.away.setToolTip(self.tr("Not now"))
        self.away.setAccessibleName(self.away.toolTip())
        self.code.setAccessibleName(self.tr("Check code"))
        self.result_label.setText(
            self.tr("It is on the clipboard now: paste it into a message to somebody you trust.")
        )
        if self._line is not None:
            self.heading.setText(self._line.heading())

    def offer(self, line: CheckCodeLine | None) -> None:
        """Show a line, or nothing."""
        self._line = line
        self.result_label.hide()
        self.setVisible(line is not None)
        if line is not None:
            self.heading.setText(line.heading())
            self.code.setText(line.code)
            self.code.setCursorPosition(0)

    def explain(self) -> None:
        """Say what it is for."""
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Information)
        box.setWindowTitle(self.tr("Check code"))
        box.setText(check_code_line.explanation())
        box.finished.connect(box.deleteLater)
        box.open()

    def _copy(self) -> None:
        if self._line is not None:
            QGuiApplication.clipboard().setText(self._line.text())
            self.result_label.show()
            self.used.emit()

    def _print(self) -> None:
        # The first window has this card; Qt's library for printing is one more to load.
        from evidence_app.gui.common import printing

        if self._line is not None and printing.ask_and_print(self._line.html(), self):
            self.used.emit()

    def _dismiss(self) -> None:
        self.hide()
        self.dismissed.emit()
