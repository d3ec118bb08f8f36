"""Checks an evidence package that somebody handed over; no case needs to be open."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from evidence_app import settings
from evidence_app.errors import Cancelled, EvidenceError
from evidence_app.gui import texts, theme
from evidence_app.gui.jobs import Task
from evidence_app.gui.widgets.check_code import CheckCode
from evidence_app.gui.widgets.mismatch_table import MismatchTable
from evidence_app.gui.widgets.verdict import Verdict
from evidence_app.model.verification import PackageVerification
from evidence_app.services import package_verification


class PackageDialog(QDialog):
    """Works while it is open; closing it stops the check."""

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Evidence package “{0}”").format(path.name))
        self._checked: PackageVerification | None = None
        self.verdict = Verdict(self.tr("Every file is read …"))
        self.table = MismatchTable()
        self.facts = QLabel()
        self.facts.setWordWrap(True)
        self.facts.setTextFormat(Qt.TextFormat.PlainText)
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.facts.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.code = CheckCode(self.tr("Check code"))
        self.code.typed_code.connect(self._compare)
        self.facts.hide()
        self.code.hide()
        self._lay_out()
        self._task = Task(
            lambda task: package_verification.verify(
                path,
                progress=lambda done, total: task.tell((done, total)),
                is_cancelled=task.is_cancelled,
            ),
            self,
        )
        self._task.progress.connect(self.verdict.show_progress)
        self._task.finished.connect(self._show)
        self._task.failed.connect(self._fail)
        self._task.start()

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.WIDE_SPACE] * 4)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self.verdict)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.facts)
        layout.addWidget(self.code)
        layout.addStretch()
        layout.addWidget(buttons)
        self.resize(640, 200)

    def done(self, code: int) -> None:
        """Stop the check, and close."""
        self._task.cancel()
        self._task.wait()
        super().done(code)

    def _show(self, checked: PackageVerification) -> None:
        self._checked = checked
        if checked.is_intact:
            files = self.tr("%n file(s) are as they were when the package was made.", "",
                            checked.files)  # fmt: skip
            added = self.tr("Nothing was added and nothing is missing.")
            entries = self.tr("%n line(s) of the log follow each other.", "", checked.entries)
            self.verdict.end(f"{files} {added} {entries}", is_good=True)
        else:
            words = self.tr("%n thing(s) are not as they should be.", "", len(checked.mismatches))
            self.verdict.end(words, is_good=False)
        self.table.show_all(checked.mismatches)
        self.facts.setText(self._fact_words(checked))
        self.facts.setVisible(bool(checked.signer))
        self.code.show_code(checked.code)
        self.code.setVisible(bool(checked.code))
        self.resize(860 if checked.mismatches else 680, 520 if checked.mismatches else 340)

    def _fact_words(self, checked: PackageVerification) -> str:
        words = (
            self.tr("Signed with the key of this computer: {0}")
            if checked.is_own
            else self.tr("Signed with the key of another computer: {0}")
        )
        advice = self.tr(
            "Whoever changes a package can sign it anew, with another key. Compare this key and "
            "the check code with those in a dossier or a message that reached you on another way."
        )
        return f"{words.format(checked.signer)}\n\n{advice}"

    def _compare(self, code: str) -> None:
        if self._checked is None:
            return
        try:
            found = package_verification.compare_with(self._checked, code)
        except EvidenceError as error:
            self.code.refuse(error)
        else:
            self.code.tell(found)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, Cancelled):
            self.verdict.end(texts.error_text(error), is_good=False)


def choose_package(parent: QWidget) -> None:
    """Ask for a package, and check it."""
    title = QCoreApplication.translate("PackageDialog", "Check an evidence package")
    kinds = QCoreApplication.translate("PackageDialog", "Evidence packages")
    path, _ = QFileDialog.getOpenFileName(
        parent, title, str(settings.documents_folder()), f"{kinds} (*.zip bagit.txt)"
    )
    if path:
        PackageDialog(Path(path), parent).open()
