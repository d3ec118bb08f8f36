"""Writes a case in one file of another form: a table, a text document, a web page, a graph."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QProgressDialog, QWidget

from evidence_app.errors import Cancelled
from evidence_app.gui.appearance import languages, texts
from evidence_app.gui.background.jobs import Task
from evidence_app.gui.common.saved_files import open_file, show_in_folder
from evidence_app.gui.exporting.mismatch_question import MismatchQuestion
from evidence_app.gui.session import Session
from evidence_app.model.changes import Changes
from evidence_app.services.exporting import documents, exports

_WORD, _EXCEL, _CSV, _GRAPH = (
    "Word (*.docx)",
    "Excel (*.xlsx)",
    "CSV (*.csv)",
    "CASE/UCO (*.jsonld)",
)
_DOCUMENTS: dict[str, Callable[..., Changes]] = {
    ".docx": documents.word,
    ".html": documents.html,
    ".jsonld": documents.case_uco,
}
"""What writes a file of that ending; all others are tables."""


class FileExport(QObject):
    """One file, from the question where to the answer that it is there."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._window = parent
        self._out = Path()
        self._task: Task | None = None
        self._waiting: QProgressDialog | None = None

    def ask(self) -> None:
        """Ask where to write it; the person is asked again before a file is replaced."""
        path = self._session.case.path.with_suffix(".xlsx")
        asking = QFileDialog(self._window, self.tr("Save in another form"), str(path.parent))
        asking.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asking.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        asking.setNameFilters([_EXCEL, _CSV, _WORD, self.tr("Web page (*.html)"), _GRAPH])
        asking.setDefaultSuffix("xlsx")
        asking.filterSelected.connect(
            lambda chosen: asking.setDefaultSuffix(chosen.rpartition("*.")[2].rstrip(")"))
        )
        asking.selectFile(path.name)
        asking.fileSelected.connect(lambda chosen: self.write(Path(chosen)))
        asking.open()

    def write(self, out: Path, *, despite_mismatches: bool = False) -> None:
        """Write the table there, also if something does not agree and the person wishes it."""
        case, language = self._session.case, languages.spoken()
        write: Callable[..., Changes] = _DOCUMENTS.get(out.suffix.lower(), exports.table)
        choices = language if write is exports.table else exports.DossierOptions(language=language)
        task = Task(
            lambda task: write(
                case,
                out,
                choices,
                despite_mismatches=despite_mismatches,
                progress=task,
            ),
            self,
        )
        # Bound methods hold nothing, and this object goes with its window, not before: PySide does
        # not survive that a slot holds the last reference to what is being deleted.
        self._out = out
        task.finished.connect(self._finish)
        task.failed.connect(self._fail)
        waiting = QProgressDialog(
            self.tr("Writing the file…"), self.tr("Cancel"), 0, 0, self._window
        )
        waiting.setWindowModality(Qt.WindowModality.WindowModal)
        waiting.setMinimumDuration(500)
        waiting.canceled.connect(task.cancel)
        self._task, self._waiting = task, waiting
        task.start()

    def _end(self) -> None:
        if self._waiting is not None:
            self._waiting.reset()
            self._waiting.deleteLater()
            self._waiting = None

    def _finish(self, changes: Changes) -> None:
        out = self._out
        self._end()
        self._session.tell(changes)
        message_box = QMessageBox(self._window)
        message_box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        message_box.setIcon(QMessageBox.Icon.Information)
        message_box.setWindowTitle(self.tr("Export"))
        message_box.setText(self.tr("Saved as {0}").format(out.name))
        folder = message_box.addButton(self.tr("Show in folder"), QMessageBox.ButtonRole.ActionRole)
        opened = message_box.addButton(self.tr("Open"), QMessageBox.ButtonRole.ActionRole)
        message_box.addButton(QMessageBox.StandardButton.Close)
        folder.clicked.connect(lambda: show_in_folder(out))
        opened.clicked.connect(lambda: open_file(out))
        message_box.open()

    def _fail(self, error: Exception) -> None:
        self._end()
        if isinstance(error, exports.MismatchError):
            question = MismatchQuestion(error.mismatches, self._window)
            question.anyway.clicked.connect(self._write_anyway)
            question.open()
        elif not isinstance(error, Cancelled):
            QMessageBox.warning(self._window, self.tr("Export"), texts.error_text(error))

    def _write_anyway(self) -> None:
        self.write(self._out, despite_mismatches=True)


def export_file(session: Session, parent: QWidget) -> None:
    """Ask where, and write the case in the form that the file's ending says."""
    FileExport(session, parent).ask()
