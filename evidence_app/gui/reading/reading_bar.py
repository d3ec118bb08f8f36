"""The slim strip at the foot of the window that shows how many pictures and pages are read."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from evidence_app.gui.appearance import texts, theme
from evidence_app.model.proposals import JobCounts


class ReadingBar(QWidget):
    """How far the reading of pictures is, and a way to pause it.

    Attributes:
        pause_wanted: The person wants to stop it for now.
        go_on_wanted: The person wants it to go on.
    """

    pause_wanted = Signal()
    go_on_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts = JobCounts()
        self._is_paused = False
        self._error: Exception | None = None
        self.words = QLabel()
        self.words.setMinimumWidth(0)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self.button = QPushButton()
        self.button.clicked.connect(self._on_button)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE, 2, theme.SPACE, 2)
        row.setSpacing(theme.SPACE)
        row.addWidget(self.words, 2)
        row.addWidget(self._bar, 1)
        row.addWidget(self.button)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        counts = self._counts
        done, total = counts.done + counts.failed, counts.total
        if self._error is not None:
            self.words.setText(texts.error_text(self._error))
        elif self._is_paused:
            sentence = self.tr("Reading pictures and pages is paused: {0} of {1} are read")
            self.words.setText(sentence.format(done, total))
        else:
            number = min(done + 1, total)
            self.words.setText(
                self.tr("Reading pictures and pages: {0} of {1}").format(number, total)
            )
        is_still = self._is_paused or self._error is not None
        self.button.setText(self.tr("Go on") if is_still else self.tr("Pause"))
        self._bar.setAccessibleName(self.tr("Progress of reading pictures and pages"))
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)

    def show_progress(self, counts: JobCounts) -> None:
        """Show how far it is."""
        self._counts = counts
        self._is_paused, self._error = False, None
        self._show()

    def show_pause(self) -> None:
        """Show that it is paused."""
        self._is_paused = True
        self._show()

    def show_error(self, error: Exception) -> None:
        """Show why pictures are not read."""
        self._error = error
        self._show()

    def _show(self) -> None:
        self.button.setEnabled(True)
        self.retranslate()
        self.setVisible(self._counts.waiting > 0)

    def _on_button(self) -> None:
        is_still = self._is_paused or self._error is not None
        self._error = None
        self.button.setEnabled(False)
        (self.go_on_wanted if is_still else self.pause_wanted).emit()
