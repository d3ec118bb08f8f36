"""Explains what a speech model is, takes the folder of one, and has a recording heard."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from evidence_app import settings
from evidence_app.errors import Cancelled
from evidence_app.gui.appearance import texts, theme
from evidence_app.gui.background.jobs import Task, TaskHandle
from evidence_app.model.changes import Area, Changes
from evidence_app.services import speech
from evidence_app.services.speech import ChosenModel, HeardOutcome

if TYPE_CHECKING:
    from collections.abc import Callable

    from evidence_app.gui.session import Session
    from evidence_app.services.cases import CaseFile


class SpeechDialog(QDialog):
    """Stays open while a recording is heard; the rest of the window can be used meanwhile.

    Args:
        session: The open case.
        item_id: The recording.
        parent: Qt's parent.
    """

    def __init__(self, session: Session, item_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Recognise speech"))
        self._session = session
        self._item_id = item_id
        self._model: ChosenModel | None = None
        self._task: Task | None = None
        self.explanation, self.model_label, self.outcome_label = QLabel(), QLabel(), QLabel()
        self.choose, self.begin = QPushButton(), QPushButton()
        self.bar = QProgressBar()
        self._build()
        folder = settings.speech_model()
        if folder is not None:
            self._look_at(folder)

    def _build(self) -> None:
        self.explanation.setText(self._explanation())
        self.choose.setText(self.tr("Choose the folder of a model…"))
        self.begin.setText(self.tr("Recognise this recording"))
        self.begin.setProperty("primary", True)
        self.begin.setEnabled(False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(self.tr("The recording is being heard"))
        self.bar.hide()
        self.model_label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.model_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self.choose.clicked.connect(self._choose)
        self.begin.clicked.connect(self._begin)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.WIDE_SPACE] * 4)
        layout.setSpacing(theme.SPACE)
        for label in (self.explanation, self.model_label, self.outcome_label):
            label.setWordWrap(True)
        for part in (
            self.explanation,
            self.choose,
            self.model_label,
            self.begin,
            self.bar,
            self.outcome_label,
        ):
            layout.addWidget(part)
        layout.addStretch(1)
        layout.addWidget(buttons)
        self.resize(560, 420)

    def _explanation(self) -> str:
        return "\n\n".join(
            (
                self.tr(
                    "A speech model writes down what is said in a recording, on this computer: "
                    "nothing is sent anywhere, and the program downloads nothing."
                ),
                self.tr(
                    "You need a Whisper model for faster-whisper (CTranslate2). People share them "
                    "for free on huggingface.co under the name faster-whisper. “base” has about "
                    "150 MB and is enough to find words; “small” (about 500 MB) or larger reads "
                    "Chinese better. Put all its files into one folder and choose it here."
                ),
                self.tr("It makes mistakes. Please listen to what matters and correct the words."),
            )
        )

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder of a speech model"))
        if folder:
            self._look_at(Path(folder))

    def _look_at(self, folder: Path) -> None:
        self.outcome_label.setText("")
        self._run(lambda task: speech.choose_model(folder, task), self._take)

    def _take(self, model: ChosenModel) -> None:
        self._model = model
        settings.keep_speech_model(model.model.folder)
        name = model.known.name if model.known else self.tr("Not among the models known here")
        languages = (
            self.tr("Several languages") if model.model.is_multilingual else self.tr("English only")
        )
        size = self.tr("{0} MB").format(round(model.model.size / 1e6))
        self.model_label.setText(f"{name} · {languages} · {size}\nSHA-256 {model.sha256}")

    def _begin(self) -> None:
        model, case, item_id = self._model, self._session.case, self._item_id
        if model is not None:
            self._run(lambda task: _heard(case, item_id, model, task), self._tell)

    def _tell(self, outcome: HeardOutcome | None) -> None:
        if outcome is None:
            return
        if outcome.reason is not None:
            self.outcome_label.setText(texts.message_text(outcome.reason))
        elif outcome.segments:
            result = self.tr("%n part(s) are in the transcript now.", "", outcome.segments)
            self.outcome_label.setText(result)
        else:
            self.outcome_label.setText(self.tr("Nobody is heard in this recording."))
        areas = outcome.changes.areas | {Area.CUSTODY}
        self._session.tell(Changes(areas))

    def _run(self, work: Callable[[TaskHandle], Any], on_finished: Callable[[Any], None]) -> None:
        task = Task(work, self)
        task.finished.connect(on_finished)
        task.finished.connect(lambda _result: self._rest())
        task.failed.connect(self._fail)
        self._task = task
        self._enable(False)
        task.start()

    def _rest(self) -> None:
        self._task = None
        self._enable(True)

    def _fail(self, error: Exception) -> None:
        self._rest()
        if not isinstance(error, Cancelled):
            self.outcome_label.setText(texts.error_text(error))

    def _enable(self, is_idle: bool) -> None:
        self.bar.setVisible(not is_idle)
        self.choose.setEnabled(is_idle)
        is_writable = not self._session.case.read_only
        self.begin.setEnabled(is_idle and self._model is not None and is_writable)

    def done(self, result: int) -> None:
        """Closing stops it; what was not heard to its end waits."""
        if self._task is not None:
            self._task.cancel()
        super().done(result)


def _heard(
    case: CaseFile, item_id: int, model: ChosenModel, task: TaskHandle
) -> HeardOutcome | None:
    """What became of this recording; others that waited are heard with it."""
    outcomes: list[HeardOutcome] = []
    speech.queue(case, [item_id])
    speech.run(case, model, on_heard=outcomes.append, progress=task)
    return next((outcome for outcome in outcomes if outcome.item_id == item_id), None)
