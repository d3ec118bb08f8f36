"""Asks how the dossier should be, shows its pages, and writes it, alone or in a package."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QColor, QPalette
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
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from evidence_app.errors import Cancelled
from evidence_app.gui.appearance import icons, languages, texts, theme
from evidence_app.gui.background.jobs import Task
from evidence_app.gui.common.saved_files import open_file, show_in_folder
from evidence_app.gui.exporting.choices_panel import ChoicesPanel
from evidence_app.gui.exporting.export_job import ExportJob, Form, step_text
from evidence_app.gui.exporting.mismatch_question import MismatchQuestion
from evidence_app.gui.exporting.more_choices import MoreChoices
from evidence_app.gui.exporting.part_list import PartList, profile_text
from evidence_app.gui.exporting.request_box import RequestBox
from evidence_app.gui.exporting.signature_box import SignatureBox
from evidence_app.gui.session import Session
from evidence_app.model.changes import Changes
from evidence_app.model.finding import Finding, FindingStatus
from evidence_app.progress import ProgressState
from evidence_app.services import findings
from evidence_app.services.exporting import embedding, exports
from evidence_app.services.exporting.exports import DossierOptions, MismatchError, Profile

_STEPS = 1000
_PAUSE_MS = 300


class ExportDialog(QDialog):
    """The dossier, from the choices to the finished file.

    One dossier is written at a time, never on the UI thread. Other choices stop the preview
    that is being made and begin another; closing waits for nothing but the stop.

    Args:
        session: The open case.
        parent: The window.
        form: What is chosen at first, the dossier or the package.
    """

    def __init__(
        self, session: Session, parent: QWidget | None = None, form: Form = Form.DOSSIER
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._task: Task | None = None
        self._running: ExportJob | None = None
        self._next: ExportJob | None = None
        self._refused: ExportJob | None = None
        self._closing = False
        self._count = 0
        self.saved: Path | None = None
        self._saved_text = ""
        self._folder = tempfile.TemporaryDirectory(prefix="evidence-preview-")
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._make_parts()
        self._fill()
        (self.as_package if form is Form.PACKAGE else self.as_dossier).setChecked(True)
        self._lay_out()
        self._connect()
        self.resize(1040, 720)
        session.query(findings.list_findings, self._show_hint, owner=self)
        self._ask_size()
        self._preview()

    def options(self) -> DossierOptions:
        """What was chosen."""
        return DossierOptions(
            language=self.language.currentData(),
            page=self.paper.currentData(),
            profile=Profile(self.profile.currentData()),
            parts=self.parts.chosen(),
            only_findings=self.only_findings.isChecked(),
            request=self.request.text(),
            **self.more.chosen(),
        )

    def _make_parts(self) -> None:
        from evidence_app.gui.exporting.dossier_preview import DossierPreview

        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.as_dossier = QRadioButton(self.tr("An evidence report (PDF)"))
        self.as_package = QRadioButton(self.tr("An evidence package (ZIP)"))
        self.package_hint = QLabel(
            self.tr(
                "It holds the evidence report, the original files, tables and "
                "the history, so that others can check them. The history shows "
                "when something was done, but nothing of what you leave out. "
                "Give it only to people whom you trust."
            )
        )
        self.language, self.paper = QComboBox(), QComboBox()
        self.profile, self.parts = QComboBox(), PartList()
        self.only_findings = QCheckBox(self.tr("Only what you marked as a violation"))
        self.more, self.request = MoreChoices(), RequestBox()
        self.signature = SignatureBox()
        self.hint, self.step = QLabel(), QLabel()
        self.preview = DossierPreview()
        self.bar = QProgressBar()
        self.stop_button = QPushButton(self.tr("Cancel"))
        self.save_button = QPushButton()
        self.folder_button = QPushButton(self.tr("Show in folder"))
        self.open_button = QPushButton(self.tr("Open"))
        self.close_button = QPushButton(self.tr("Close"))

    def _fill(self) -> None:
        self.language.addItem("简体中文", "zh")
        self.language.addItem("English", "en")
        self.language.addItem("简体中文 + English", "both")
        self.language.setCurrentIndex(0 if languages.spoken() == "zh" else 1)
        self.paper.addItem("A4", "a4")
        self.paper.addItem("Letter", "letter")
        for profile in Profile:
            self.profile.addItem(profile_text(profile), profile)
        self.profile.setCurrentIndex(self.profile.findData(Profile.FULL))
        self._take_profile()
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(160)
        for label in (self.hint, self.package_hint):
            label.setWordWrap(True)
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.save_button.setProperty("primary", True)
        self.save_button.setIcon(icons.icon("file-down", QColor("white")))
        self.save_button.setDefault(True)
        for part in (self.folder_button, self.open_button, self.stop_button, self.bar):
            part.hide()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(theme.SPACE)
        form.addRow(self.tr("Language"), self.language)
        form.addRow(self.tr("Paper"), self.paper)
        form.addRow(self.tr("For"), self.profile)
        contents = QLabel(self.tr("Contents (drag to reorder)"))
        contents.setBuddy(self.parts)
        above = (self.as_dossier, self.as_package, self.package_hint, form, self.request)
        below = (self.only_findings, self.more, self.hint, self.signature)
        middle = QHBoxLayout()
        middle.addWidget(ChoicesPanel((*above, contents, self.parts, *below)))
        middle.addWidget(self.preview, 1)
        foot = QHBoxLayout()
        for part in (self.bar, self.step):
            foot.addWidget(part)
        foot.addStretch(1)
        for button in (self.stop_button, self.folder_button, self.open_button, self.close_button):
            foot.addWidget(button)
        foot.addWidget(self.save_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.WIDE_SPACE] * 4)
        layout.setSpacing(theme.SPACE)
        layout.addLayout(middle, 1)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self._pause.timeout.connect(self._preview)
        self.as_package.toggled.connect(self._show_form)
        self.only_findings.toggled.connect(self._show_form)
        self._show_form()
        for box in (self.language, self.paper):
            box.currentIndexChanged.connect(self._choose)
        self.profile.currentIndexChanged.connect(self._take_profile)
        self.parts.changed.connect(self._choose)
        self.only_findings.toggled.connect(self._choose)
        self.only_findings.toggled.connect(self._ask_size)
        for part in (self.more, self.request):
            part.changed.connect(self._choose)
        self.save_button.clicked.connect(self._ask_where)
        self.stop_button.clicked.connect(self._stop)
        self.close_button.clicked.connect(self.close)
        # Bound methods hold nothing: PySide does not survive that a slot holds the last reference
        # to a dialog that deletes itself.
        self.folder_button.clicked.connect(self._show_in_folder)
        self.open_button.clicked.connect(self._open_saved)

    def _take_profile(self) -> None:
        self.parts.show_parts(exports.PARTS[Profile(self.profile.currentData())])

    def _ask_size(self) -> None:
        size = partial(embedding.total_size, options=self.options())
        self._session.query(size, self.more.show_size, owner=self)

    def _choose(self) -> None:
        self._saved_text = ""
        self._pause.start()

    def _show_form(self) -> None:
        is_package = self.as_package.isChecked()
        self.setWindowTitle(
            self.tr("Evidence package") if is_package else self.tr("Evidence report")
        )
        self.package_hint.setVisible(is_package)
        only_findings = self.only_findings.isChecked()
        self.more.show_for(is_package=is_package, only_findings=only_findings)
        self.save_button.setText(
            self.tr("Save the package…") if is_package else self.tr("Save the evidence report…")
        )

    def _show_in_folder(self) -> None:
        if self.saved is not None:
            show_in_folder(self.saved)

    def _open_saved(self) -> None:
        if self.saved is not None:
            open_file(self.saved)

    def _show_hint(self, listed_findings: list[Finding]) -> None:
        if any(finding.status is FindingStatus.CONFIRMED for finding in listed_findings):
            self.hint.hide()
            return
        self.only_findings.setEnabled(False)
        self.hint.setText(
            self.tr(
                "Nothing is marked as a violation yet. You can export anyway: "
                "the report will hold the timeline and the evidence. To mark "
                "something, choose it in the timeline and press T."
            )
        )

    def _preview(self) -> None:
        self._pause.stop()
        if any(job is not None and job.is_kept for job in (self._running, self._next)):
            return
        self._count += 1
        out = Path(self._folder.name) / f"{self._count}.pdf"
        self.preview.say(self.tr("Preparing the preview…"))
        options = self.options()
        self.request.show_usual(exports.usual_request(options))
        self._begin(ExportJob(out, options, Form.PREVIEW))

    def _ask_where(self) -> None:
        if not self.signature.is_complete():
            return
        is_package = self.as_package.isChecked()
        ending = "zip" if is_package else "pdf"
        path = self._session.case.path.with_suffix(f".{ending}")
        title = self.tr("Save the package") if is_package else self.tr("Save the evidence report")
        asking = QFileDialog(self, title, str(path.parent), f"{ending.upper()} (*.{ending})")
        asking.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asking.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        asking.setDefaultSuffix(ending)
        asking.selectFile(path.name)
        asking.fileSelected.connect(self._save_chosen)
        asking.open()

    def _save_chosen(self, chosen: str) -> None:
        self.save_to(Path(chosen))

    def save_to(self, out: Path) -> None:
        """Write what was chosen there; the person has agreed if a file is there already."""
        self._pause.stop()
        form = Form.PACKAGE if self.as_package.isChecked() else Form.DOSSIER
        self._begin(ExportJob(out, self.options(), form, self.signature.signing()))

    def _begin(self, job: ExportJob) -> None:
        if self._task is not None:
            self._next = job
            self._task.cancel()
            return
        self._running = job
        self._task = Task(job.work(self._session), self)
        self._task.progress.connect(self._tell)
        self._task.finished.connect(self._end)
        self._task.failed.connect(self._end)
        self._show_running(job)
        self._task.start()

    def _show_running(self, job: ExportJob | None) -> None:
        busy = job is not None
        is_saved = job is not None and job.is_kept
        self.bar.setValue(0)
        self.bar.setVisible(busy)
        self.stop_button.setVisible(busy)
        self.save_button.setEnabled(not is_saved)
        forms = (self.as_dossier, self.as_package)
        choices = (self.language, self.paper, self.profile, self.parts, self.only_findings)
        for part in (*forms, *choices, self.more, self.request, self.signature):
            part.setEnabled(not is_saved)
        if is_saved:
            self.folder_button.hide()
            self.open_button.hide()

    def _tell(self, state: ProgressState) -> None:
        if self._task is not None and not self._task.is_cancelled():
            self.bar.setValue(round(_STEPS * state.share))
            self.step.setText(step_text(state.step))

    def _end(self, outcome: Changes | Exception | None) -> None:
        job = self._running
        assert job is not None, "a task ends once"
        if self._task is not None:
            self._task.deleteLater()
        self._task = self._running = None
        self.step.clear()
        self._show_running(None)
        if isinstance(outcome, Changes):
            self._session.tell(outcome)
        if self._closing:
            self._leave()
        elif self._next is not None:
            following, self._next = self._next, None
            self._begin(following)
        elif isinstance(outcome, Exception):
            self._fail(job, outcome)
        else:
            self._succeed(job)

    def _succeed(self, job: ExportJob) -> None:
        pages = ""
        if job.form is not Form.PACKAGE:
            pages = self.tr("%n page(s)", "", self.preview.show_file(job.out))
        if job.is_kept:
            self.saved = job.out
            saved = self.tr("Saved as {0}").format(job.out.name)
            self._saved_text = f"{saved} · {pages}" if pages else saved
            self.folder_button.show()
            self.open_button.show()
        self.step.setText(self._saved_text or pages)
        if job.form is Form.PACKAGE and not self.preview.document.pageCount():
            # The preview was stopped for it.
            self._preview()

    def _fail(self, job: ExportJob, error: Exception) -> None:
        if not job.is_kept:
            self.preview.say(self.tr("There is no preview."))
        if isinstance(error, Cancelled):
            self.step.setText(self.tr("Stopped. Nothing was saved.") if job.is_kept else "")
        elif isinstance(error, MismatchError):
            self._refused = job
            question = MismatchQuestion(error.mismatches, self)
            question.anyway.clicked.connect(self._export_anyway)
            question.open()
        else:
            QMessageBox.warning(self, self.windowTitle(), texts.error_text(error))

    def _export_anyway(self) -> None:
        if self._refused is not None:
            self._begin(replace(self._refused, despite_mismatches=True))

    def _stop(self) -> None:
        self._next = None
        if self._task is not None:
            self._task.cancel()
            self.step.setText(self.tr("Stopping…"))

    def done(self, result: int) -> None:
        """Stop what runs, then close."""
        self.setResult(result)
        self._pause.stop()
        if self._task is None:
            self._leave()
            return
        self._closing = True
        self.setEnabled(False)
        self._stop()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what runs first."""
        if self._task is None:
            super().closeEvent(event)
        else:
            event.ignore()
            self.reject()

    def _leave(self) -> None:
        self._closing = False
        self.preview.forget()
        self._folder.cleanup()
        super().done(self.result())
