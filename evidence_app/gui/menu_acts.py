"""What the entries of the menus open: dialogs on the case, and on the program itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from evidence_app import settings
from evidence_app.gui.case.rulebooks_dialog import RulebooksDialog
from evidence_app.gui.checking.check_code_dialog import CheckCodeDialog
from evidence_app.gui.checking.custody_dialog import CustodyDialog
from evidence_app.gui.checking.package_dialog import choose_package
from evidence_app.gui.checking.proof_dialog import ProofDialog
from evidence_app.gui.checking.timestamp_dialog import TimestampDialog
from evidence_app.gui.checking.verify_dialog import VerifyDialog
from evidence_app.gui.common.about_dialog import AboutDialog
from evidence_app.gui.common.saved_files import show_in_folder
from evidence_app.gui.exporting.export_dialog import ExportDialog
from evidence_app.gui.exporting.export_job import Form
from evidence_app.gui.exporting.file_export import export_file

if TYPE_CHECKING:
    from evidence_app.gui.main_window import MainWindow


class MenuActs(QObject):
    """One method for each entry; nothing happens where a case is needed and none is open."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def show_rules(self) -> None:
        """Show which rulebooks apply."""
        if self._window.workspace is not None:
            RulebooksDialog(self._window.workspace.session, self._window).open()

    def export_dossier(self) -> None:
        """Ask for the choices of a dossier."""
        if self._window.workspace is not None:
            ExportDialog(self._window.workspace.session, self._window).open()

    def export_package(self) -> None:
        """Ask for the choices of an evidence package."""
        workspace = self._window.workspace
        if workspace is not None:
            ExportDialog(workspace.session, self._window, Form.PACKAGE).open()

    def export_file(self) -> None:
        """Ask for the choices of a table, a text or a web page."""
        if self._window.workspace is not None:
            export_file(self._window.workspace.session, self._window)

    def check_package(self) -> None:
        """Ask for an evidence package and check it."""
        choose_package(self._window, self._window.desk.packages.open)

    def verify(self) -> None:
        """Check the case."""
        workspace = self._window.workspace
        if workspace is not None:
            VerifyDialog(workspace.session, self._window).open()

    def show_check_code(self) -> None:
        """Show the check code of the case."""
        workspace = self._window.workspace
        if workspace is not None:
            dialog = CheckCodeDialog(workspace.session, self._window)
            dialog.timestamp_wanted.connect(self.stamp)
            dialog.open()

    def stamp(self) -> None:
        """Offer a trusted timestamp."""
        workspace = self._window.workspace
        if workspace is not None:
            TimestampDialog(workspace.session, self._window.settings, self._window).open()

    def show_custody(self) -> None:
        """Show the history of the case."""
        if self._window.workspace is not None:
            CustodyDialog(self._window.workspace.session, self._window).open()

    def show_proof(self) -> None:
        """Say what the program proves, and what not."""
        ProofDialog(self._window).open()

    def show_log(self) -> None:
        """Show where the log is."""
        show_in_folder(settings.log_file())

    def show_about(self) -> None:
        """Say what the program is made of."""
        AboutDialog(self._window).open()
