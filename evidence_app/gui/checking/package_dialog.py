"""Checks an evidence package that somebody handed over; no case needs to be open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QWidget

from evidence_app import settings
from evidence_app.errors import EvidenceError
from evidence_app.gui.checking.check_dialog import CheckDialog
from evidence_app.model.verification import MismatchKind, PackageVerification
from evidence_app.services.exporting import package_verification


class PackageDialog(CheckDialog):
    """The check of a package.

    Attributes:
        open_wanted: The person wants to look at what is in it.
    """

    open_wanted = Signal()

    def __init__(
        self, path: Path, parent: QWidget | None = None, *, can_be_opened: bool = False
    ) -> None:
        super().__init__(
            QCoreApplication.translate("PackageDialog", "Every file is read…"),
            QCoreApplication.translate("PackageDialog", "Check code"),
            parent,
        )
        self.setWindowTitle(self.tr("Evidence package “{0}”").format(path.name))
        self._checked: PackageVerification | None = None
        self._can_be_opened = can_be_opened
        self.look = self.buttons.addButton(
            self.tr("Open it to look"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.look.clicked.connect(self._look)
        self.look.hide()
        self.code.typed_code.connect(self._compare)
        self.begin(lambda task: package_verification.verify(path, progress=task), self._show)

    def _look(self) -> None:
        self.accept()
        self.open_wanted.emit()

    def _show(self, checked: PackageVerification) -> None:
        self._checked = checked
        self.look.setVisible(bool(checked.files) and self._can_be_opened)
        if checked.is_intact:
            files = self.tr("%n file(s) are as they were when the package was made.", "",
                            checked.files)  # fmt: skip
            added = self.tr("Nothing was added and nothing is missing.")
            entries = self.tr(
                "%n entry(ies) of the history follow each other.", "", checked.entries
            )
            rows = self.tr("The history agrees with %n entry(ies) in the tables.", "", checked.rows)
            self.verdict.end(f"{files} {added} {entries} {rows}", is_good=True)
        elif not checked.files:
            verdict_text = self.tr(
                "This file is not built as this program writes packages, so nothing in it was "
                "read. If somebody packed the folder again, unpack it and check the folder."
            )
            self.verdict.end(verdict_text, is_good=False)
        else:
            verdict_text = self.tr("%n problem(s) found.", "", len(checked.mismatches))
            self.verdict.end(verdict_text, is_good=False)
        self.table.show_all(checked.mismatches)
        self.facts.setText(self._fact_words(checked))
        self.facts.setVisible(bool(checked.signer))
        self.code.show_code(checked.code)
        self.code.setVisible(bool(checked.code))
        self.resize(860 if checked.mismatches else 680, 520 if checked.mismatches else 340)

    def _fact_words(self, checked: PackageVerification) -> str:
        template = (
            self.tr("Signed with the key of this computer: {0}")
            if checked.is_own
            else self.tr("Signed with the key of another computer: {0}")
        )
        advice = self.tr(
            "Whoever changes a package can sign it again with another key. "
            "Compare this key and the check code with those in an evidence "
            "report or a message that reached you by another route."
        )
        paragraphs = [template.format(checked.signer), advice]
        if any(mismatch.kind is MismatchKind.SIGNER for mismatch in checked.mismatches):
            paragraphs.append(
                self.tr(
                    "The history in this package was signed with another key: "
                    "{0}. Whoever made this package did not write the history."
                ).format(checked.signers[-1].public_key if checked.signers else "—")
            )
        elif len(checked.signers) > 1:
            paragraphs.append(
                self.tr(
                    "From entry {0} of the history on, another key signs than "
                    "before. Ask the person who made the case whether it was "
                    "handed over then."
                ).format(checked.signers[-1].first)
            )
        if checked.withheld:
            older = self.tr("%n entry(ies) of the history are of an older "
                            "version: their words cannot be shown, only their "
                            "SHA-256 values.", "", checked.withheld)  # fmt: skip
            paragraphs.append(older)
        return "\n\n".join(paragraphs)

    def _compare(self, code: str) -> None:
        if self._checked is None:
            return
        try:
            mismatches = package_verification.compare_with(self._checked, code)
        except EvidenceError as error:
            self.code.refuse(error)
        else:
            self.code.tell(mismatches)


def choose_package(parent: QWidget, open_it: Callable[[Path], None]) -> None:
    """Ask for a package, and check it; ``open_it`` opens it if the person wants to look."""
    title = QCoreApplication.translate("PackageDialog", "Check an evidence package")
    kinds = QCoreApplication.translate("PackageDialog", "Evidence packages")
    path, _ = QFileDialog.getOpenFileName(
        parent, title, str(settings.documents_folder()), f"{kinds} (*.zip *.001 bagit.txt)"
    )
    if path:
        dialog = PackageDialog(Path(path), parent, can_be_opened=True)
        dialog.open_wanted.connect(lambda: open_it(Path(path)))
        dialog.open()
