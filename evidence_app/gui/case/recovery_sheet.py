"""A sheet to print and keep: its code opens the case if the password is lost."""

from __future__ import annotations

from datetime import datetime
from html import escape

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QTextBrowser, QVBoxLayout, QWidget

from evidence_app.gui.appearance import theme
from evidence_app.gui.common import printing


class RecoverySheet(QDialog):
    """Shows the sheet, and prints it; it is never written to a file by the program."""

    def __init__(self, title: str, code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Recovery code"))
        self.text = QTextBrowser()
        self.text.setHtml(self._html(title, code))
        hint = QLabel(
            self.tr(
                "Whoever has this sheet and the file can read the case. It is valid until you "
                "change the password."
            )
        )
        hint.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.print_ = buttons.addButton(self.tr("Print…"), QDialogButtonBox.ButtonRole.ActionRole)
        self.print_.clicked.connect(self._ask_printer)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.WIDE_SPACE] * 4)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self.text, 1)
        layout.addWidget(hint)
        layout.addWidget(buttons)
        self.resize(620, 460)

    def print_on(self, printer: QPrinter) -> None:
        """Print the sheet in black on white, whatever the window's colours."""
        printing.print_html(self.text.toHtml(), self.text.font(), printer)

    def _ask_printer(self) -> None:
        printing.ask_and_print(self.text.toHtml(), self)

    def _html(self, title: str, code: str) -> str:
        heading = escape(self.tr("Recovery code of “{0}”").format(title))
        advice = escape(
            self.tr(
                "This code opens the case file without its password. In the program, choose the "
                "case and type the code where the password is asked for. Keep this sheet apart "
                "from the computer, as you would keep a key."
            )
        )
        made_on = escape(self.tr("Made on {0}").format(f"{datetime.now().astimezone():%Y-%m-%d}"))
        groups = code.split("-")
        lines = [" - ".join(groups[at : at + 5]) for at in range(0, len(groups), 5)]
        typed = "<br>".join(map(escape, lines))
        return (
            f"<h2>{heading}</h2><p>{advice}</p>"
            f'<p style="font-family:monospace; font-size:16pt"><b>{typed}</b></p><p>{made_on}</p>'
        )
