"""What works with cases, put together: opening, closing, keeping, taking in, showing, helping.

Nearly all of the program is behind it. So the window loads it when it is first needed, or as soon
as the person sees the window.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMessageBox

from evidence_app import settings
from evidence_app.gui.background.closing import Closer
from evidence_app.gui.background.jobs import TaskHandle
from evidence_app.gui.case import asking
from evidence_app.gui.case.case_dialog import CaseDialog
from evidence_app.gui.case.one_window import OneWindow
from evidence_app.gui.case.opener import CaseOpener
from evidence_app.gui.case.package_opening import PackageOpener
from evidence_app.gui.case.safekeeping import FILTER, CaseSafety
from evidence_app.gui.common import error_box
from evidence_app.gui.help.help_desk import HelpDesk
from evidence_app.gui.importing.batches import Files, Picture
from evidence_app.gui.importing.receiving import Receiver
from evidence_app.gui.importing.results_dialog import ImportResults
from evidence_app.gui.menu_acts import MenuActs
from evidence_app.gui.session import Session
from evidence_app.gui.workspace import Workspace
from evidence_app.services import cases, coverage, devices
from evidence_app.services.cases import CaseFile
from evidence_app.services.importing.importer import ImportResult
from evidence_app.services.sample import sample_case

if TYPE_CHECKING:
    from evidence_app.gui.main_window import MainWindow


class Desk(QObject):
    """Everything that the window does with cases."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._waiting_drop: Files | Picture | None = None
        self.opener = CaseOpener(window)
        self.closer = Closer(window)
        self.keeper = CaseSafety(window)
        self.receiver = Receiver(window)
        self.packages = PackageOpener(window)
        self.one_window = OneWindow(window, self.opener)
        self.help = HelpDesk(window)
        self.acts = MenuActs(window)
        self.opener.busy.connect(window.show_busy)
        self.opener.opened.connect(self._opened)
        self.opener.not_opened.connect(self._on_not_opened)
        self.opener.failed.connect(window.show_error)
        self.opener.rescue_wanted.connect(self.keeper.ask_to_rescue)
        self.opener.copies_wanted.connect(self.keeper.show_copies)
        self.closer.may_end.connect(window.leave)

    def new_case(self) -> None:
        """Ask what the case is about and make it."""
        dialog = CaseDialog(self._window)
        if dialog.exec() != CaseDialog.DialogCode.Accepted:
            self._waiting_drop = None
            return
        answers = dialog.answers()
        self._make(
            lambda _: cases.create(
                answers.path,
                title=answers.title,
                owner_name=answers.owner_name,
                numbers=answers.numbers,
                timezone=answers.timezone,
                jurisdiction=answers.jurisdiction,
            )
        )

    def choose_case(self) -> None:
        """Ask for a case file and open it."""
        folder = str(settings.documents_folder())
        title = self.tr("Open a case")
        path, _ = QFileDialog.getOpenFileName(self._window, title, folder, FILTER)
        if path:
            self.open_case(Path(path))

    def open_case(self, path: Path, *, read_only: bool = False) -> None:
        """Open a case file."""
        if not self._is_busy():
            self.closer.close_case(lambda: self.opener.open(path, read_only=read_only))

    def open_sample(self) -> None:
        """Open the sample case; it is made when it is first wanted."""
        path = settings.sample_case()
        if path.exists():
            self.open_case(path)
            return
        self._window.statusBar().showMessage(self.tr("Making the sample case…"))
        self._make(lambda task: sample_case.create_sample(path, task))

    def _make(self, work: Callable[[TaskHandle], CaseFile]) -> None:
        if not self._is_busy():
            self.closer.close_case(lambda: self.opener.make(work))

    def _is_busy(self) -> bool:
        return self.opener.is_busy() or self.closer.is_closing()

    def _on_not_opened(self) -> None:
        self._waiting_drop = None
        self._window.show_case_state()

    def _opened(self, case: CaseFile) -> None:
        session = Session(case, self._window)
        session.failed.connect(self._window.show_error)
        workspace = Workspace(session)
        workspace.lane.finished.connect(self._show_results)
        self.help.follow(workspace)
        self.packages.show_band(workspace)
        self._window.show_workspace(workspace)
        waiting, self._waiting_drop = self._waiting_drop, None
        if waiting is not None:
            self.bring_in(waiting)
        self.keeper.show_wanted_sheet()

    def lock_case(self) -> None:
        """Close a case with a password, and ask for the password to open it again."""
        workspace = self._window.workspace
        if workspace is None or workspace.session.case.key is None:
            return
        if workspace.lane.is_busy():
            self._window.auto_lock.watch(self._window.settings.lock_minutes)
            return
        case = workspace.session.case
        self.closer.close_case(
            lambda: self.opener.unlock(case.path, read_only=case.read_only), asks=False
        )

    def bring_in(self, batch: Files | Picture) -> None:
        """Import what holds no case files, or what the person wants as it is."""
        if self._window.workspace is not None:
            self._window.workspace.lane.add(batch)
        elif not self._is_busy():
            self.receiver.ask_where(batch)

    def open_and_bring_in(self, batch: Files | Picture, case: Path | None) -> None:
        """Open a case, or make a new one if None, and import into it."""
        self._waiting_drop = batch
        if case is None:
            self.new_case()
        else:
            self.open_case(case)

    def add_entry(self) -> None:
        """Ask what happened and write it down."""
        if self._window.workspace is not None:
            asking.add_entry(self._window.workspace.session, self._window)

    def edit_case(self) -> None:
        """Ask anew what the case is about."""
        if self._window.workspace is not None:
            asking.edit_case(self._window.workspace.session, self._window)

    def show_error(self, error: Exception) -> QMessageBox:
        """Say what happened, in one sentence; where it helps, offer to save a copy elsewhere."""
        save_copy = self.keeper.save_copy if self._window.workspace is not None else None
        return error_box.show(error, self._window, save_copy)

    def _show_results(self, results: list[ImportResult]) -> None:
        if self.closer.import_ended(results) or not results:
            return
        sheet = ImportResults(results, self._window)
        sheet.finished.connect(self.closer.results_were_seen)
        workspace = self._window.workspace
        if workspace is not None:
            sheet.show_item.connect(workspace.open_item)
            sheet.questions_wanted.connect(workspace.ask)
            sheet.device_told.connect(workspace.tell_device)
            workspace.session.query(devices.list_devices, sheet.offer_devices, owner=sheet)
            workspace.session.query(coverage.list_gaps, sheet.tell_gaps, owner=sheet)
        sheet.open()
