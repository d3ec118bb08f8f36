"""Takes in what is dropped: cases are offered to be opened, and evidence needs a case."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox

from evidence_app.errors import Cancelled
from evidence_app.gui.background.jobs import Task
from evidence_app.gui.case import one_window
from evidence_app.gui.importing import drop
from evidence_app.gui.importing.batches import Files
from evidence_app.gui.importing.dropped_cases_dialog import DroppedCasesDialog
from evidence_app.services import dropped_files
from evidence_app.services.dropped_files import DroppedFiles

if TYPE_CHECKING:
    from evidence_app.gui.main_window import MainWindow


class Receiver(QObject):
    """Asks what cannot be known of what was dropped."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def receive(self, paths: Sequence[Path]) -> None:
        """Look through files and folders, and import them, or ask about the cases in them."""
        received = tuple(paths)
        task = Task(lambda running: dropped_files.sort(received, running), self)
        task.finished.connect(self._sorted)
        task.failed.connect(self._failed)
        task.start()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Cancelled):
            self._window.show_error(error)

    def _sorted(self, dropped: DroppedFiles) -> None:
        if self._window.desk.closer.is_closing():
            return
        if dropped.package is not None and self._window.workspace is None:
            self._window.desk.packages.open(dropped.package)
            return
        if not dropped.cases:
            self._window.bring_in(Files(dropped.paths))
            return
        dialog = DroppedCasesDialog(dropped, self._window)
        dialog.open_wanted.connect(self._window.open_case)
        dialog.others_wanted.connect(
            lambda: self._window.bring_in(
                Files(dropped.paths, frozenset(dropped.cases) | dropped.beside)
            )
        )
        dialog.all_wanted.connect(lambda: self._window.bring_in(Files(dropped.paths)))
        dialog.open()

    def ask_where(self, batch: Files | drop.Picture) -> None:
        """Ask into which case evidence goes that was dropped while none is open."""
        last = next(
            (path for path in map(Path, self._window.settings.recent) if path.exists()), None
        )
        if last is None:
            self._window.open_and_bring_in(batch, None)
            return
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("Evidence App")
        box.setText(self.tr("Which case should this go into?"))
        box.setInformativeText(self.tr("The last one you used is “{0}”.").format(last.stem))
        add = box.addButton(self.tr("Add to the last case"), QMessageBox.ButtonRole.AcceptRole)
        new = box.addButton(self.tr("Start a new case"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(add)
        add.clicked.connect(partial(self._into, batch, last))
        new.clicked.connect(partial(self._window.open_and_bring_in, batch, None))
        box.open()

    def _into(self, batch: Files | drop.Picture, case: Path) -> None:
        """Import into a case; if another window has it open, that one does it."""
        if isinstance(batch, Files) and one_window.ask(case, batch):
            self._window.desk.closer.quit()
        else:
            self._window.open_and_bring_in(batch, case)
