"""The check code of the open case: to send, to print, or to compare with one of before."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from evidence_app.gui.appearance import theme
from evidence_app.gui.checking import check_code_line, present_check_code
from evidence_app.gui.checking.check_code import CheckCode
from evidence_app.gui.checking.check_code_line import CheckCodeLine
from evidence_app.gui.common import printing
from evidence_app.gui.session import Session
from evidence_app.services import custody


class CheckCodeDialog(QDialog):
    """Shows it at once; the check of the whole case is another dialog.

    Attributes:
        timestamp_wanted: The person wants a timestamp of an independent service as well.
    """

    timestamp_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Check code"))
        self._session = session
        self._line: CheckCodeLine | None = None
        explanation = QLabel(check_code_line.explanation())
        explanation.setWordWrap(True)
        self.code = CheckCode(self.tr("Current check code"))
        self.code.typed_code.connect(self._compare)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.copy = buttons.addButton(self.tr("Copy as one line"), role)
        self.print_ = buttons.addButton(self.tr("Print…"), role)
        self.stamp = buttons.addButton(self.tr("Trusted timestamp…"), role)
        self.copy.clicked.connect(self._copy)
        self.print_.clicked.connect(self._print)
        self.stamp.clicked.connect(self._stamp)
        self.stamp.setEnabled(not session.case.read_only)
        for button in (self.copy, self.print_):
            button.setEnabled(False)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.WIDE_SPACE] * 4)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(explanation)
        layout.addWidget(self.code)
        layout.addStretch(1)
        layout.addWidget(buttons)
        self.resize(680, 320)
        session.query(present_check_code.of_case, self._show, owner=self)

    def _show(self, line: CheckCodeLine) -> None:
        self._line = line
        self.code.show_code(line.code)
        for button in (self.copy, self.print_):
            button.setEnabled(bool(line.code))

    def _compare(self, code: str) -> None:
        code_field = self.code
        self._session.query(
            lambda case: custody.compare_with(case, code),
            code_field.tell,
            code_field.refuse,
            owner=code_field,
        )

    def _copy(self) -> None:
        if self._line is not None:
            QGuiApplication.clipboard().setText(self._line.text())

    def _print(self) -> None:
        if self._line is not None:
            printing.ask_and_print(self._line.html(), self)

    def _stamp(self) -> None:
        self.accept()
        self.timestamp_wanted.emit()
