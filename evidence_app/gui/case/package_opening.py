"""Opens an evidence package in the window, to look at it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from evidence_app.errors import Cancelled
from evidence_app.gui.case.package_band import PackageBand
from evidence_app.gui.checking.package_dialog import PackageDialog
from evidence_app.gui.common.wait_dialog import WaitDialog
from evidence_app.gui.workspace import Workspace
from evidence_app.services import package_cases
from evidence_app.services.package_cases import PackageCase

if TYPE_CHECKING:
    from evidence_app.gui.main_window import MainWindow


class PackageOpener(QObject):
    """Closes the case that is open, checks a package, and shows it in the case's place."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def open(self, path: Path) -> None:
        """Open the package at that path, unless something is being opened or closed."""
        if not self._window.desk.opener.is_busy():
            self._window.desk.closer.close_case(lambda: self._begin(path))

    def show_band(self, workspace: Workspace) -> None:
        """Say above all pages that this is a package, if it is one."""
        case = workspace.session.case
        if isinstance(case, PackageCase):
            band = PackageBand(case)
            band.check_wanted.connect(lambda: PackageDialog(case.source, self._window).open())
            workspace.put_above(band)

    def _begin(self, path: Path) -> None:
        dialog = WaitDialog(
            self.tr("Checking the evidence package “{0}”…").format(path.name),
            lambda task: package_cases.open_package(path, task),
            self._window,
        )
        dialog.finished_work.connect(self._window.desk.opener.opened)
        dialog.failed_work.connect(self._fail)
        dialog.start()

    def _fail(self, error: Exception) -> None:
        self._window.desk.opener.not_opened.emit()
        if not isinstance(error, Cancelled):
            self._window.show_error(error)
