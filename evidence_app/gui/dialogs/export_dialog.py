"""Asks how the dossier should be, shows its pages, and writes it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from evidence_app.errors import Cancelled
from evidence_app.gui import icons, texts, theme
from evidence_app.gui.jobs import Task
from evidence_app.gui.session import Session
from evidence_app.model.changes import Changes
from evidence_app.model.finding import Finding
from evidence_app.services import exports, findings
from evidence_app.services.exports import DossierOptions

Done = Callable[[Path, Any], None]
Work = Callable[..., Changes | None]

_STEPS = 1000
_CHOICES_WIDTH = 300


class ExportDialog(QDialog):
    """The dossier, from the choices to the finished file."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Dossier"))
        self._session = session
        self._task: Task | None = None
        self._out: Path | None = None
        self._stale = False
        self._folder = tempfile.TemporaryDirectory(prefix="evidence-preview-")
        self._preview_number = 0
        self.language = QComboBox()
        self.paper = QComboBox()
        self.timeline = QCheckBox(self.tr("The timeline of all events"))
        self.exhibits = QCheckBox(self.tr("The exhibits"))
        self.call_logs = QCheckBox(self.tr("The rows of call logs"))
        self.only_findings = QCheckBox(self.tr("Only what shows a violation"))
        self.hint = QLabel()
        self.document = QPdfDocument(self)
        self.view = QPdfView()
        self.waiting = QLabel(self.tr("Preparing the preview …"))
        self.stack = QStackedWidget()
        self.bar = QProgressBar()
        self.step = QLabel()
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.save_button = QPushButton(self.tr("Save the dossier …"))
        self.folder_button = QPushButton(self.tr("Show in folder"))
        self.open_button = QPushButton(self.tr("Open"))
        self.close_button = QPushButton(self.tr("Close"))
        self._fill()
        self._lay_out()
        self._connect()
        self.resize(1040, 720)
        session.query(findings.list_findings, self._show_hint, owner=self)
        self._preview()

    def options(self) -> DossierOptions:
        """What was chosen."""
        return DossierOptions(
            language=self.language.currentData(),
            page=self.paper.currentData(),
            include_timeline=self.timeline.isChecked(),
            include_exhibits=self.exhibits.isChecked(),
            include_call_logs=self.call_logs.isChecked(),
            only_findings=self.only_findings.isChecked(),
        )

    def _parts(self) -> tuple[QCheckBox, ...]:
        return (self.timeline, self.exhibits, self.call_logs, self.only_findings)

    def _fill(self) -> None:
        self.language.addItem("简体中文", "zh")
        self.language.addItem("English", "en")
        self.language.setCurrentIndex(0 if texts.language() == "zh" else 1)
        self.paper.addItem("A4", "a4")
        self.paper.addItem("Letter", "letter")
        for box in (self.timeline, self.exhibits, self.call_logs):
            box.setChecked(True)
        self.view.setDocument(self.document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setAccessibleName(self.tr("Preview of the dossier"))
        self.waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack.addWidget(self.waiting)
        self.stack.addWidget(self.view)
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.hint.setWordWrap(True)
        self.save_button.setProperty("primary", True)
        self.save_button.setIcon(icons.icon("file-down"))
        for button in (self.folder_button, self.open_button):
            button.hide()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(theme.SPACE)
        form.addRow(self.tr("Language"), self.language)
        form.addRow(self.tr("Paper"), self.paper)
        choices = QVBoxLayout()
        choices.setSpacing(theme.SPACE)
        choices.addLayout(form)
        choices.addWidget(QLabel(self.tr("What it holds")))
        for box in self._parts():
            choices.addWidget(box)
        choices.addWidget(self.hint)
        choices.addStretch()
        side = QWidget()
        side.setFixedWidth(_CHOICES_WIDTH)
        side.setLayout(choices)
        middle = QHBoxLayout()
        middle.addWidget(side)
        middle.addWidget(self.stack, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.step, 1)
        foot.addWidget(self.bar, 1)
        for button in (
            self.cancel_button,
            self.folder_button,
            self.open_button,
            self.close_button,
            self.save_button,
        ):
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.WIDE_SPACE] * 4)
        layout.setSpacing(theme.SPACE)
        layout.addLayout(middle, 1)
        layout.addLayout(foot)

    def _connect(self) -> None:
        for box in (self.language, self.paper):
            box.currentIndexChanged.connect(self._preview)
        for check in self._parts():
            check.toggled.connect(self._preview)
        self.save_button.clicked.connect(self._save)
        self.cancel_button.clicked.connect(self._cancel)
        self.close_button.clicked.connect(self.close)
        self.folder_button.clicked.connect(lambda: _show(self._out and self._out.parent))
        self.open_button.clicked.connect(lambda: _show(self._out))

    def _show_hint(self, found: list[Finding]) -> None:
        if not found:
            self.hint.setText(
                self.tr(
                    "Nothing is marked as a violation yet. The dossier will hold the timeline "
                    "and the evidence; go to the timeline and press T to mark violations."
                )
            )

    def _preview(self) -> None:
        if self._task is not None:
            self._stale = True
            self._task.cancel()
            return
        self._preview_number += 1
        out = Path(self._folder.name) / f"preview-{self._preview_number}.pdf"
        self.stack.setCurrentWidget(self.waiting)
        self._start(out, self._previewed, exports.preview)

    def _save(self) -> None:
        name = f"{self._session.case.path.stem}.pdf"
        start = str(self._session.case.path.with_name(name))
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the dossier at"), start, "PDF (*.pdf)"
        )
        if not chosen:
            return
        self._out = Path(chosen if chosen.endswith(".pdf") else f"{chosen}.pdf")
        if self._task is not None:
            self._task.cancel()
            self._task.wait()
            self._end()
        self._stale = False
        self._start(self._out, self._saved, exports.dossier)

    def _start(self, out: Path, done: Done, work: Work) -> None:
        case, options = self._session.case, self.options()
        task = Task(
            lambda running: work(
                case,
                out,
                options,
                progress=lambda share, step: running.tell((share, step)),
                is_cancelled=running.is_cancelled,
            ),
            self,
        )
        task.progress.connect(self._tell)
        task.finished.connect(lambda result: done(out, result))
        task.failed.connect(self._failed)
        self._task = task
        self.bar.show()
        self.cancel_button.show()
        self.save_button.setEnabled(work is exports.preview)
        task.start()

    def _tell(self, state: tuple[float, str]) -> None:
        self.bar.setValue(round(_STEPS * state[0]))

    def _end(self) -> None:
        if self._task is not None:
            self._task.wait()
            self._task.deleteLater()
            self._task = None
        self.bar.hide()
        self.cancel_button.hide()
        self.save_button.setEnabled(True)

    def _previewed(self, out: Path, _result: object) -> None:
        self._end()
        if self._again():
            return
        self.document.load(str(out))
        self.stack.setCurrentWidget(self.view)
        pages = self.document.pageCount()
        self.step.setText(self.tr("%n page(s)", "", pages))

    def _saved(self, out: Path, changes: Changes) -> None:
        self._end()
        self._session.tell(changes)
        self.step.setText(self.tr("Saved as {0}").format(out.name))
        for button in (self.folder_button, self.open_button):
            button.show()

    def _failed(self, error: Exception) -> None:
        self._end()
        if self._again():
            return
        self.waiting.setText(self.tr("There is no preview."))
        if not isinstance(error, Cancelled):
            QMessageBox.warning(self, self.windowTitle(), texts.error_text(error))

    def _again(self) -> bool:
        """Whether the choices have changed while the preview was made."""
        if not self._stale:
            return False
        self._stale = False
        self._preview()
        return True

    def _cancel(self) -> None:
        if self._task is not None:
            self._stale = False
            self._task.cancel()

    def done(self, result: int) -> None:
        """Stop what runs and forget the previews."""
        if self._task is not None:
            self._task.cancel()
            self._task.wait()
        self.document.close()
        self._folder.cleanup()
        super().done(result)


def export_table(session: Session, parent: QWidget) -> None:
    """Ask where, and write all events as a table."""
    suggested = str(session.case.path.with_suffix(".xlsx"))
    title = QCoreApplication.translate("ExportDialog", "Save the table at")
    chosen, _ = QFileDialog.getSaveFileName(parent, title, suggested, "Excel (*.xlsx);;CSV (*.csv)")
    if not chosen:
        return
    out = Path(chosen)
    language = texts.language()
    session.mutate(
        lambda case: exports.table(case, out, language), done=lambda _: _show(out.parent)
    )


def _show(path: Path | None) -> None:
    if path is not None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
